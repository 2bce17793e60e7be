package store

import (
	"database/sql"

	"github.com/rembuk/rembuk/council"
)

const topicColumns = `id, position, text, subject, state, proposed_by, at, chat_id, thread_id, message_id, decided_by, decided_at`

func scanTopic(row scanner) (council.Topic, error) {
	var t council.Topic
	var subject string
	var at int64
	var decided sql.NullInt64
	err := row.Scan(&t.ID, &t.Position, &t.Text, &subject, &t.State, &t.ProposedBy, &at,
		&t.From.ChatID, &t.From.ThreadID, &t.From.MessageID, &t.DecidedBy, &decided)
	t.Subject, _ = council.ParseReference(subject) // the column holds only what String wrote
	t.At, t.DecidedAt = moment(at), optionalMoment(decided)
	return t, err
}

// Topics lists the topics of a meeting: the agenda in its order, then what is only
// proposed, or was declined.
func (tx *Tx) Topics(number int64) ([]council.Topic, error) {
	return all(tx, scanTopic, `SELECT `+topicColumns+` FROM meeting_topic WHERE number = ? ORDER BY state <> 'on_agenda', position, id`, number)
}

// AddTopic keeps a topic; one on the agenda comes last there.
func (tx *Tx) AddTopic(number int64, t council.Topic) (council.Topic, error) {
	var err error
	if t.State == council.TopicOnAgenda {
		if t.Position, err = tx.lastPosition(number); err != nil {
			return t, err
		}
	}
	t.ID, err = tx.insert(`INSERT INTO meeting_topic (number, position, text, subject, state, proposed_by, at,
			chat_id, thread_id, message_id, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		number, t.Position, t.Text, t.Subject.String(), t.State, t.ProposedBy, milliseconds(t.At),
		t.From.ChatID, t.From.ThreadID, t.From.MessageID, t.DecidedBy, optional(t.DecidedAt))
	return t, err
}

// lastPosition is the place behind the last topic of an agenda.
func (tx *Tx) lastPosition(number int64) (int, error) {
	return one(tx, scalar[int], `SELECT coalesce(max(position), 0) + 1 FROM meeting_topic WHERE number = ? AND state = 'on_agenda'`, number)
}

// SaveTopic keeps a topic's text, place and state. One that is on the agenda without a
// place there comes last.
func (tx *Tx) SaveTopic(number int64, t council.Topic) error {
	if t.State == council.TopicOnAgenda && t.Position == 0 {
		var err error
		if t.Position, err = tx.lastPosition(number); err != nil {
			return err
		}
	}
	return tx.run(`UPDATE meeting_topic SET position = ?, text = ?, state = ?, decided_by = ?, decided_at = ? WHERE number = ? AND id = ?`,
		t.Position, t.Text, t.State, t.DecidedBy, optional(t.DecidedAt), number, t.ID)
}

// Topic finds a topic of a meeting; ErrNotFound for none.
func (tx *Tx) Topic(number, id int64) (council.Topic, error) {
	return one(tx, scanTopic, `SELECT `+topicColumns+` FROM meeting_topic WHERE number = ? AND id = ?`, number, id)
}

const minuteColumns = `id, kind, text, subject, from_edition, until_edition, noted_by, at, chat_id, message_id`

func scanMinute(row scanner) (council.Minute, error) {
	var l council.Minute
	var subject string
	var at int64
	err := row.Scan(&l.ID, &l.Kind, &l.Text, &subject, &l.From, &l.Until, &l.By, &at, &l.Said.ChatID, &l.Said.MessageID)
	l.Subject, _ = council.ParseReference(subject) // the column holds only what String wrote
	l.At = moment(at)
	return l, err
}

// MinuteLines lists all lines that minutes ever had, in the order in which they were
// said; council.Standing gives those of one edition.
func (tx *Tx) MinuteLines(number int64) ([]council.Minute, error) {
	return all(tx, scanMinute, `SELECT `+minuteColumns+` FROM meeting_minute WHERE number = ? ORDER BY at, id`, number)
}

// AddMinute keeps a line of minutes.
func (tx *Tx) AddMinute(number int64, l council.Minute) (council.Minute, error) {
	var err error
	l.ID, err = tx.insert(`INSERT INTO meeting_minute (number, kind, text, subject, from_edition, until_edition, noted_by, at, chat_id, message_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		number, l.Kind, l.Text, l.Subject.String(), l.From, l.Until, l.By, milliseconds(l.At), l.Said.ChatID, l.Said.MessageID)
	return l, err
}

// MinuteLine finds a line of minutes; ErrNotFound where it is gone.
func (tx *Tx) MinuteLine(number, id int64) (council.Minute, error) {
	return one(tx, scanMinute, `SELECT `+minuteColumns+` FROM meeting_minute WHERE number = ? AND id = ?`, number, id)
}

// MinutesSaid lists the lines that a message has said, with the number of their
// meeting; none and 0 for another message.
func (tx *Tx) MinutesSaid(chatID int64, messageID int) (number int64, lines []council.Minute, err error) {
	if messageID == 0 {
		return 0, nil, nil
	}
	number, err = one(tx, scalar[int64], `SELECT coalesce(max(number), 0) FROM meeting_minute WHERE chat_id = ? AND message_id = ?`, chatID, messageID)
	if err != nil || number == 0 {
		return 0, nil, err
	}
	lines, err = all(tx, scanMinute, `SELECT `+minuteColumns+` FROM meeting_minute WHERE chat_id = ? AND message_id = ? AND number = ? ORDER BY id`, chatID, messageID, number)
	return number, lines, err
}

// SaveMinute keeps the words, kind and subject of a line that stands in no agreed
// edition: where it begins before the given one, nothing is changed.
func (tx *Tx) SaveMinute(number int64, l council.Minute, edition int) error {
	return tx.run(`UPDATE meeting_minute SET kind = ?, text = ?, subject = ? WHERE number = ? AND id = ? AND from_edition >= ? AND until_edition = 0`,
		l.Kind, l.Text, l.Subject.String(), number, l.ID, edition)
}

// EndMinute lets a line stand no more from an edition on. One that stood in no edition
// before is gone.
func (tx *Tx) EndMinute(number, id int64, edition int) error {
	if err := tx.run(`DELETE FROM meeting_minute WHERE number = ? AND id = ? AND from_edition >= ?`, number, id, edition); err != nil {
		return err
	}
	return tx.run(`UPDATE meeting_minute SET until_edition = ? WHERE number = ? AND id = ? AND until_edition = 0`, edition, number, id)
}

// MeetingsAbout lists the meetings in whose minutes a thing stands, the newest first.
func (tx *Tx) MeetingsAbout(subject council.Reference) ([]council.Meeting, error) {
	return tx.eachWithInvited(all(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting
		WHERE number IN (SELECT number FROM meeting_minute WHERE subject = ?) ORDER BY number DESC`, subject.String()))
}
