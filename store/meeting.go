package store

import (
	"database/sql"
	"encoding/json"
	"time"

	"github.com/rembuk/rembuk/council"
)

// meetingAddressee is the table of the groups and roles that meetings are for.
const meetingAddressee = "meeting_addressee"

const meetingColumns = `number, title, starts_at, length, place,
	coalesce((SELECT same_as FROM member WHERE id = chair_id), chair_id), chair_name,
	coalesce((SELECT same_as FROM member WHERE id = scribe_id), scribe_id), scribe_name,
	seats, previous, recurrence, evaluation, question, state, edition, minutes_state, minutes_edition, minutes_proposal, minutes_proposed_by, minutes_proposed_at, minutes_agreed_by, minutes_agreed_at,
	created_by, created_at, ended_at, told_at, version`

func scanMeeting(row scanner) (council.Meeting, error) {
	var m council.Meeting
	var recurrence string
	var starts, length, created int64
	var proposed, agreed, ended, told sql.NullInt64
	err := row.Scan(&m.Number, &m.Title, &starts, &length, &m.Place, &m.Chair.MemberID, &m.Chair.Name, &m.Scribe.MemberID, &m.Scribe.Name,
		&m.Seats, &m.Previous, &recurrence, &m.Evaluation, &m.Question, &m.State, &m.Edition,
		&m.Minutes.State, &m.Minutes.Edition, &m.Minutes.Proposal, &m.Minutes.ProposedBy, &proposed, &m.Minutes.AgreedBy, &agreed, &m.CreatedBy, &created, &ended, &told, &m.Version)
	if err != nil {
		return m, err
	}
	m.Starts, m.Length, m.CreatedAt = moment(starts), time.Duration(length)*time.Millisecond, moment(created)
	m.Minutes.ProposedAt, m.Minutes.AgreedAt = optionalMoment(proposed), optionalMoment(agreed)
	m.EndedAt, m.ToldAt = optionalMoment(ended), optionalMoment(told)
	if recurrence != "" {
		err = json.Unmarshal([]byte(recurrence), &m.Recurrence)
	}
	return m, err
}

// CreateMeeting keeps a new meeting, made by this message, with those whom it invites,
// and gives it its number.
func (tx *Tx) CreateMeeting(m council.Meeting, chatID int64, messageID int) (council.Meeting, error) {
	recurrence, err := recurrenceText(m.Recurrence)
	if err != nil {
		return m, err
	}
	m.State, m.Edition, m.Version = council.MeetingPlanned, 1, 1
	m.Number, err = tx.insert(`INSERT INTO meeting (title, starts_at, length, place, chair_id, chair_name, scribe_id, scribe_name,
		seats, previous, recurrence, evaluation, question, state, edition, created_by, created_at, version, command_chat_id, command_message_id)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.Title, milliseconds(m.Starts), m.Length.Milliseconds(), m.Place, m.Chair.MemberID, m.Chair.Name, m.Scribe.MemberID, m.Scribe.Name,
		m.Seats, m.Previous, recurrence, m.Evaluation, m.Question, m.State, m.Edition, m.CreatedBy, milliseconds(m.CreatedAt), m.Version, chatID, messageID)
	if err != nil {
		return m, err
	}
	return m, tx.keepInvited(m)
}

// SaveMeeting keeps a meeting as a change has left it.
func (tx *Tx) SaveMeeting(m council.Meeting) error {
	recurrence, err := recurrenceText(m.Recurrence)
	if err != nil {
		return err
	}
	if err := tx.run(`UPDATE meeting SET title = ?, starts_at = ?, length = ?, place = ?, chair_id = ?, chair_name = ?, scribe_id = ?, scribe_name = ?,
		seats = ?, previous = ?, recurrence = ?, evaluation = ?, question = ?, state = ?, edition = ?,
		minutes_state = ?, minutes_edition = ?, minutes_proposal = ?, minutes_proposed_by = ?, minutes_proposed_at = ?, minutes_agreed_by = ?, minutes_agreed_at = ?, ended_at = ?, told_at = ?, version = ? WHERE number = ?`,
		m.Title, milliseconds(m.Starts), m.Length.Milliseconds(), m.Place, m.Chair.MemberID, m.Chair.Name, m.Scribe.MemberID, m.Scribe.Name,
		m.Seats, m.Previous, recurrence, m.Evaluation, m.Question, m.State, m.Edition,
		m.Minutes.State, m.Minutes.Edition, m.Minutes.Proposal, m.Minutes.ProposedBy, optional(m.Minutes.ProposedAt), m.Minutes.AgreedBy, optional(m.Minutes.AgreedAt), optional(m.EndedAt), optional(m.ToldAt), m.Version, m.Number); err != nil {
		return err
	}
	return tx.keepInvited(m)
}

// keepInvited keeps the groups and roles a meeting is for, and the members who are
// invited by name.
func (tx *Tx) keepInvited(m council.Meeting) error {
	if err := tx.address(meetingAddressee, m.Number, m.To); err != nil {
		return err
	}
	if err := tx.run(`UPDATE meeting_guest SET by_name = 0 WHERE number = ?`, m.Number); err != nil {
		return err
	}
	for _, id := range m.People {
		if err := tx.run(`INSERT INTO meeting_guest (number, member_id, by_name) VALUES (?, `+sameMember+`, 1)
			ON CONFLICT DO UPDATE SET by_name = 1`, m.Number, id, id); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) withInvited(m council.Meeting, err error) (council.Meeting, error) {
	if err != nil {
		return m, err
	}
	if m.To, err = tx.addressees(meetingAddressee, m.Number); err != nil {
		return m, err
	}
	m.People, err = all(tx, scalar[int64], `SELECT member_id FROM meeting_guest WHERE number = ? AND by_name = 1 ORDER BY member_id`, m.Number)
	return m, err
}

func (tx *Tx) eachWithInvited(list []council.Meeting, err error) ([]council.Meeting, error) {
	for i := range list {
		if err == nil {
			list[i], err = tx.withInvited(list[i], nil)
		}
	}
	return list, err
}

// Meeting finds a meeting; ErrNotFound if there is none with this number.
func (tx *Tx) Meeting(number int64) (council.Meeting, error) {
	return tx.withInvited(one(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting WHERE number = ?`, number))
}

// MeetingByCommand finds the meeting that a message made, and tells whether it is still as
// that message left it; ErrNotFound for none.
func (tx *Tx) MeetingByCommand(chatID int64, messageID int) (m council.Meeting, untouched bool, err error) {
	m, err = tx.withInvited(one(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting
		WHERE command_chat_id = ? AND command_message_id = ? AND command_message_id <> 0`, chatID, messageID))
	if err != nil {
		return m, false, err
	}
	untouched, err = one(tx, scalar[bool], `SELECT command_version = version FROM meeting WHERE number = ?`, m.Number)
	return m, untouched, err
}

// MeetingAsCommanded notes that a meeting is as its message says.
func (tx *Tx) MeetingAsCommanded(m council.Meeting) error {
	return tx.run(`UPDATE meeting SET command_version = version WHERE number = ?`, m.Number)
}

// MeetingOfQuestion finds the newest meeting that a question was answered with;
// ErrNotFound for none.
func (tx *Tx) MeetingOfQuestion(number int64) (council.Meeting, error) {
	return tx.withInvited(one(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting WHERE question = ? ORDER BY number DESC LIMIT 1`, number))
}

// MeetingsBetween lists the meetings that are planned or were held and begin within a
// span, or are under way at its beginning, by their time.
func (tx *Tx) MeetingsBetween(from, until time.Time) ([]council.Meeting, error) {
	return tx.eachWithInvited(all(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting
		WHERE starts_at + length > ? AND starts_at < ? AND state IN ('planned', 'held') ORDER BY starts_at, number`, milliseconds(from), milliseconds(until)))
}

// ComingMeetings lists the planned meetings that are not over at a moment, the next
// one first.
func (tx *Tx) ComingMeetings(now time.Time, limit int) ([]council.Meeting, error) {
	return tx.eachWithInvited(all(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting
		WHERE state = 'planned' AND starts_at + length > ? ORDER BY starts_at, number LIMIT ?`, milliseconds(now), limit))
}

// PastMeetings lists the meetings that are over, the last one first, cancelled ones too.
func (tx *Tx) PastMeetings(now time.Time, limit int) ([]council.Meeting, error) {
	return tx.eachWithInvited(all(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting
		WHERE state <> 'planned' OR starts_at + length <= ? ORDER BY starts_at DESC, number DESC LIMIT ?`, milliseconds(now), limit))
}
