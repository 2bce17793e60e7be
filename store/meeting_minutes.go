package store

import "github.com/rembuk/rembuk/council"

const topicColumns = `id, position, text, subject, state, proposed_by, at`

func scanTopic(row scanner) (council.Topic, error) {
	var t council.Topic
	var subject string
	var at int64
	err := row.Scan(&t.ID, &t.Position, &t.Text, &subject, &t.State, &t.ProposedBy, &at)
	t.Subject, _ = council.ParseReference(subject) // the column holds only what String wrote
	t.At = moment(at)
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
	t.ID, err = tx.insert(`INSERT INTO meeting_topic (number, position, text, subject, state, proposed_by, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		number, t.Position, t.Text, t.Subject.String(), t.State, t.ProposedBy, milliseconds(t.At))
	return t, err
}

// lastPosition is the place behind the last topic of an agenda.
func (tx *Tx) lastPosition(number int64) (int, error) {
	return one(tx, scalar[int], `SELECT coalesce(max(position), 0) + 1 FROM meeting_topic WHERE number = ? AND state = 'on_agenda'`, number)
}

// SaveTopic keeps a topic's text, place and state.
func (tx *Tx) SaveTopic(number int64, t council.Topic) error {
	return tx.run(`UPDATE meeting_topic SET position = ?, text = ?, state = ? WHERE number = ? AND id = ?`, t.Position, t.Text, t.State, number, t.ID)
}

const minuteColumns = `id, kind, text, subject, from_edition, until_edition, noted_by, at`

func scanMinute(row scanner) (council.Minute, error) {
	var l council.Minute
	var subject string
	var at int64
	err := row.Scan(&l.ID, &l.Kind, &l.Text, &subject, &l.From, &l.Until, &l.By, &at)
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
	l.ID, err = tx.insert(`INSERT INTO meeting_minute (number, kind, text, subject, from_edition, until_edition, noted_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		number, l.Kind, l.Text, l.Subject.String(), l.From, l.Until, l.By, milliseconds(l.At))
	return l, err
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
