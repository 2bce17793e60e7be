package store

import (
	"database/sql"

	"github.com/rembuk/rembuk/council"
)

const guestColumns = `member_id, group_id, told, response, representative_id, representative_name, reason, responded_at`

func scanGuest(row scanner) (council.Guest, error) {
	var g council.Guest
	var responded sql.NullInt64
	err := row.Scan(&g.MemberID, &g.GroupID, &g.Told, &g.Response, &g.Representative.MemberID, &g.Representative.Name, &g.Reason, &responded)
	g.RespondedAt = optionalMoment(responded)
	return g, err
}

// Guests lists the members who are invited to a meeting, as far as the bot knows them,
// and those who answered.
func (tx *Tx) Guests(number int64) ([]council.Guest, error) {
	return all(tx, scanGuest, `SELECT `+guestColumns+` FROM meeting_guest WHERE number = ? ORDER BY member_id`, number)
}

// Guest finds what is known of one member about a meeting; ErrNotFound for nothing.
func (tx *Tx) Guest(number, memberID int64) (council.Guest, error) {
	return one(tx, scanGuest, `SELECT `+guestColumns+` FROM meeting_guest WHERE number = ? AND member_id = `+sameMember, number, memberID, memberID)
}

// SaveGuest keeps what is known of one member about a meeting.
func (tx *Tx) SaveGuest(number int64, g council.Guest) error {
	return tx.run(`INSERT INTO meeting_guest (number, member_id, group_id, told, response, representative_id, representative_name, reason, responded_at)
		VALUES (?, `+sameMember+`, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET group_id = excluded.group_id, told = excluded.told, response = excluded.response,
			representative_id = excluded.representative_id, representative_name = excluded.representative_name, reason = excluded.reason, responded_at = excluded.responded_at`,
		number, g.MemberID, g.MemberID, g.GroupID, g.Told, g.Response, g.Representative.MemberID, g.Representative.Name, g.Reason, optional(g.RespondedAt))
}

// ForgetResponses takes back what guests have answered, as after a meeting was moved
// to another time.
func (tx *Tx) ForgetResponses(number int64) error {
	return tx.run(`UPDATE meeting_guest SET response = '', representative_id = 0, representative_name = '', reason = '', responded_at = NULL WHERE number = ?`, number)
}

const attendeeColumns = `id, coalesce((SELECT same_as FROM member WHERE id = member_id), member_id), name, for_member, office, group_id, noted_by, at`

func scanAttendee(row scanner) (council.Attendee, error) {
	var a council.Attendee
	var at int64
	err := row.Scan(&a.ID, &a.MemberID, &a.Name, &a.For, &a.Office, &a.GroupID, &a.NotedBy, &at)
	a.At = moment(at)
	return a, err
}

// Attendees lists who was at a meeting, in the order in which they were noted.
func (tx *Tx) Attendees(number int64) ([]council.Attendee, error) {
	return all(tx, scanAttendee, `SELECT `+attendeeColumns+` FROM meeting_attendee WHERE number = ? ORDER BY id`, number)
}

// AddAttendee notes somebody as present; false when the member is noted already.
func (tx *Tx) AddAttendee(number int64, a council.Attendee) (bool, error) {
	_, fresh, err := tx.insertNew(`INSERT INTO meeting_attendee (number, member_id, name, for_member, office, group_id, noted_by, at)
		VALUES (?, `+sameMember+`, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		number, a.MemberID, a.MemberID, a.Name, a.For, a.Office, a.GroupID, a.NotedBy, milliseconds(a.At))
	return fresh, err
}

// DropAttendee takes back that somebody was present; false when nobody was noted so.
func (tx *Tx) DropAttendee(number, id int64) (bool, error) {
	result, err := tx.exec(`DELETE FROM meeting_attendee WHERE number = ? AND id = ?`, number, id)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}
