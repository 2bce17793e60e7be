package store

import (
	"database/sql"

	"github.com/rembuk/rembuk/council"
)

const guestColumns = `member_id, group_id, told, heard, coalesce((SELECT same_as FROM member WHERE id = for_member), for_member), response,
	coalesce((SELECT same_as FROM member WHERE id = representative_id), representative_id), representative_name, reason, responded_at`

func scanGuest(row scanner) (council.Guest, error) {
	var g council.Guest
	var responded sql.NullInt64
	err := row.Scan(&g.MemberID, &g.GroupID, &g.Told, &g.Heard, &g.For, &g.Response, &g.Representative.MemberID, &g.Representative.Name, &g.Reason, &responded)
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
	return tx.run(`INSERT INTO meeting_guest (number, member_id, group_id, told, heard, for_member, response, representative_id, representative_name, reason, responded_at)
		VALUES (?, `+sameMember+`, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET group_id = excluded.group_id, told = excluded.told, heard = excluded.heard, for_member = excluded.for_member, response = excluded.response,
			representative_id = excluded.representative_id, representative_name = excluded.representative_name, reason = excluded.reason, responded_at = excluded.responded_at`,
		number, g.MemberID, g.MemberID, g.GroupID, g.Told, g.Heard, g.For, g.Response, g.Representative.MemberID, g.Representative.Name, g.Reason, optional(g.RespondedAt))
}

// DropGuest forgets a member who came for somebody and does no more.
func (tx *Tx) DropGuest(number, memberID int64) error {
	return tx.run(`DELETE FROM meeting_guest WHERE number = ? AND member_id = `+sameMember, number, memberID, memberID)
}

// ForgetResponses takes back what guests have answered, as after a meeting was moved
// to another time.
func (tx *Tx) ForgetResponses(number int64) error {
	return tx.run(`UPDATE meeting_guest SET response = '', representative_id = 0, representative_name = '', reason = '', responded_at = NULL WHERE number = ?`, number)
}

const attendeeColumns = `id, coalesce((SELECT same_as FROM member WHERE id = member_id), member_id), name,
	coalesce((SELECT same_as FROM member WHERE id = for_member), for_member), office, group_id, noted_by, at, from_edition, until_edition`

func scanAttendee(row scanner) (council.Attendee, error) {
	var a council.Attendee
	var at int64
	err := row.Scan(&a.ID, &a.MemberID, &a.Name, &a.For, &a.Office, &a.GroupID, &a.NotedBy, &at, &a.From, &a.Until)
	a.At = moment(at)
	return a, err
}

// Attendees lists who was at a meeting as it stands now, in the order in which they
// were noted.
func (tx *Tx) Attendees(number int64) ([]council.Attendee, error) {
	return all(tx, scanAttendee, `SELECT `+attendeeColumns+` FROM meeting_attendee WHERE number = ? AND until_edition = 0 ORDER BY id`, number)
}

// AttendeesIn lists who was at a meeting by an edition of its minutes.
func (tx *Tx) AttendeesIn(number int64, edition int) ([]council.Attendee, error) {
	return all(tx, scanAttendee, `SELECT `+attendeeColumns+` FROM meeting_attendee WHERE number = ?1
		AND from_edition <= ?2 AND (until_edition = 0 OR until_edition > ?2) ORDER BY id`, number, edition)
}

// AddAttendee notes somebody as present; fresh is false when the member is noted already.
func (tx *Tx) AddAttendee(number int64, a council.Attendee) (kept council.Attendee, fresh bool, err error) {
	a.From = max(a.From, 1)
	a.ID, fresh, err = tx.insertNew(`INSERT INTO meeting_attendee (number, member_id, name, for_member, office, group_id, noted_by, at, from_edition)
		VALUES (?, `+sameMember+`, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		number, a.MemberID, a.MemberID, a.Name, a.For, a.Office, a.GroupID, a.NotedBy, milliseconds(a.At), a.From)
	return a, fresh, err
}

// EndAttendee takes back, from an edition of the minutes on, that somebody was
// present; false when nobody is noted so. Who stands in no edition before is gone.
func (tx *Tx) EndAttendee(number, id int64, edition int) (bool, error) {
	gone, err := tx.exec(`DELETE FROM meeting_attendee WHERE number = ? AND id = ? AND from_edition >= ?`, number, id, edition)
	if err != nil {
		return false, err
	}
	ended, err := tx.exec(`UPDATE meeting_attendee SET until_edition = ? WHERE number = ? AND id = ? AND until_edition = 0`, edition, number, id)
	if err != nil {
		return false, err
	}
	deleted, err := gone.RowsAffected()
	if err != nil {
		return false, err
	}
	changed, err := ended.RowsAffected()
	return deleted+changed > 0, err
}
