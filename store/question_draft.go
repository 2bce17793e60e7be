package store

import (
	"encoding/json"
	"time"

	"github.com/rembuk/rembuk/council"
)

// QuestionDraft is what somebody wrote and has not confirmed yet: a question, or
// an answer to one.
type QuestionDraft struct {
	ID        int64
	Kind      string        // what it will be
	Number    int64         // the number of the question
	MemberID  int64         // who wrote it
	FromGroup int64         // the group in which it was written; 0: in private
	Place     council.Place // the message that holds it
	Album     string        // of which album that message is the first; empty for none
	To        council.Addressee
	Text      string
	Files     []Attachment
	WrittenAt time.Time // when it was written: dates in its text are read against that
}

// questionDraftKept is how long something that was never confirmed is kept.
const questionDraftKept = 30 * 24 * time.Hour

const questionDraftColumns = `id, kind, number, member_id, from_group, chat_id, thread_id, message_id, album, to_group, to_member, to_position, text, files, changed_at`

func scanQuestionDraft(row scanner) (QuestionDraft, error) {
	var d QuestionDraft
	var files string
	var written int64
	if err := row.Scan(&d.ID, &d.Kind, &d.Number, &d.MemberID, &d.FromGroup, &d.Place.ChatID, &d.Place.ThreadID, &d.Place.MessageID, &d.Album,
		&d.To.GroupID, &d.To.MemberID, &d.To.PositionID, &d.Text, &files, &written); err != nil {
		return d, err
	}
	d.WrittenAt = moment(written)
	return d, json.Unmarshal([]byte(files), &d.Files)
}

// CreateQuestionDraft keeps something to be confirmed, and forgets what nobody has
// confirmed for a month. WrittenAt is now where it is not known.
func (tx *Tx) CreateQuestionDraft(d QuestionDraft, now time.Time) (QuestionDraft, error) {
	files, err := json.Marshal(d.Files)
	if err != nil {
		return d, err
	}
	if err := tx.run(`DELETE FROM question_draft WHERE changed_at < ?`, milliseconds(now.Add(-questionDraftKept))); err != nil {
		return d, err
	}
	if d.WrittenAt.IsZero() {
		d.WrittenAt = now
	}
	d.ID, err = tx.insert(`INSERT INTO question_draft (kind, number, member_id, from_group, chat_id, thread_id, message_id, album,
		to_group, to_member, to_position, text, files, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.Kind, d.Number, d.MemberID, d.FromGroup, d.Place.ChatID, d.Place.ThreadID, d.Place.MessageID, d.Album,
		d.To.GroupID, d.To.MemberID, d.To.PositionID, d.Text, string(files), milliseconds(d.WrittenAt))
	return d, err
}

// SaveQuestionDraft keeps what has become of it.
func (tx *Tx) SaveQuestionDraft(d QuestionDraft) error {
	files, err := json.Marshal(d.Files)
	if err != nil {
		return err
	}
	return tx.run(`UPDATE question_draft SET message_id = ?, album = ?, to_group = ?, to_member = ?, to_position = ?, text = ?, files = ? WHERE id = ?`,
		d.Place.MessageID, d.Album, d.To.GroupID, d.To.MemberID, d.To.PositionID, d.Text, string(files), d.ID)
}

// QuestionDraft finds a draft; ErrNotFound when it was confirmed or dropped.
func (tx *Tx) QuestionDraft(id int64) (QuestionDraft, error) {
	return one(tx, scanQuestionDraft, `SELECT `+questionDraftColumns+` FROM question_draft WHERE id = ?`, id)
}

// QuestionDraftAt finds the draft that a person's message holds; ErrNotFound if none.
func (tx *Tx) QuestionDraftAt(chatID int64, messageID int) (QuestionDraft, error) {
	return one(tx, scanQuestionDraft, `SELECT `+questionDraftColumns+` FROM question_draft WHERE chat_id = ? AND message_id = ? AND message_id <> 0
		ORDER BY id DESC LIMIT 1`, chatID, messageID)
}

// QuestionDraftOf finds the draft that began with an album; ErrNotFound if none.
func (tx *Tx) QuestionDraftOf(chatID, memberID int64, album string) (QuestionDraft, error) {
	return one(tx, scanQuestionDraft, `SELECT `+questionDraftColumns+` FROM question_draft WHERE chat_id = ? AND member_id = ? AND album = ? AND album <> ''
		ORDER BY id DESC LIMIT 1`, chatID, memberID, album)
}

// DropQuestionDraft forgets a draft.
func (tx *Tx) DropQuestionDraft(id int64) error {
	return tx.run(`DELETE FROM question_draft WHERE id = ?`, id)
}

// QuestionDraftSent keeps of an answer that has left only which message held it.
func (tx *Tx) QuestionDraftSent(id int64, kind string) error {
	return tx.run(`UPDATE question_draft SET kind = ?, text = '', files = '[]', album = '' WHERE id = ?`, kind, id)
}

// Unheard lists the messages of one kind that wait to be sent to a chat, as when it
// turns out that nothing can reach it; what only changes a message that stands there
// is not among them. Of each there is what it is about.
func (tx *Tx) Unheard(chatID int64, kind string) ([]Payload, error) {
	return all(tx, func(row scanner) (Payload, error) {
		var payload Payload
		err := row.Scan(&payload.Subject, &payload.About)
		return payload, err
	}, `SELECT DISTINCT payload ->> '$.subject', payload ->> '$.about' FROM outbox WHERE chat_id = ? AND ended_at IS NULL
		AND payload ->> '$.about' LIKE ? || ':%' AND payload ->> '$.edit_only' IS NULL`, chatID, kind)
}
