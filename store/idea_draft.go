package store

import (
	"encoding/json"
	"time"

	"github.com/rembuk/rembuk/council"
)

// IdeaDraft is an idea on its way: what somebody wrote and has not agreed to have
// kept, or an idea that has its number and of which something is still asked.
type IdeaDraft struct {
	ID        int64
	MemberID  int64
	FromGroup int64         // the group in which it was written; 0: in private
	Place     council.Place // the message that holds it
	Album     string        // of which album that message is the first; empty for none
	Text      string
	Files     []Attachment
	Step      string // what it waits for
	Number    int64  // of the idea; 0: it is none yet
	CreatedAt time.Time
}

const ideaDraftColumns = `id, member_id, from_group, chat_id, thread_id, message_id, album, text, files, step, idea_number, created_at`

func scanIdeaDraft(row scanner) (IdeaDraft, error) {
	var d IdeaDraft
	var files string
	var created int64
	if err := row.Scan(&d.ID, &d.MemberID, &d.FromGroup, &d.Place.ChatID, &d.Place.ThreadID, &d.Place.MessageID, &d.Album, &d.Text, &files,
		&d.Step, &d.Number, &created); err != nil {
		return d, err
	}
	d.CreatedAt = moment(created)
	return d, json.Unmarshal([]byte(files), &d.Files)
}

// CreateIdeaDraft keeps an idea on its way.
func (tx *Tx) CreateIdeaDraft(d IdeaDraft, now time.Time) (IdeaDraft, error) {
	files, err := json.Marshal(d.Files)
	if err != nil {
		return d, err
	}
	d.CreatedAt = now
	d.ID, err = tx.insert(`INSERT INTO idea_draft (member_id, from_group, chat_id, thread_id, message_id, album, text, files, step, idea_number, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, d.MemberID, d.FromGroup, d.Place.ChatID, d.Place.ThreadID, d.Place.MessageID, d.Album,
		d.Text, string(files), d.Step, d.Number, milliseconds(now))
	return d, err
}

// SaveIdeaDraft keeps what has become of it.
func (tx *Tx) SaveIdeaDraft(d IdeaDraft) error {
	files, err := json.Marshal(d.Files)
	if err != nil {
		return err
	}
	return tx.run(`UPDATE idea_draft SET message_id = ?, album = ?, text = ?, files = ?, step = ?, idea_number = ? WHERE id = ?`,
		d.Place.MessageID, d.Album, d.Text, string(files), d.Step, d.Number, d.ID)
}

// IdeaDraft finds a draft; ErrNotFound when it is finished or dropped.
func (tx *Tx) IdeaDraft(id int64) (IdeaDraft, error) {
	return one(tx, scanIdeaDraft, `SELECT `+ideaDraftColumns+` FROM idea_draft WHERE id = ?`, id)
}

// IdeaDraftAt finds the draft that a person's message holds; ErrNotFound if none.
func (tx *Tx) IdeaDraftAt(chatID int64, messageID int) (IdeaDraft, error) {
	return one(tx, scanIdeaDraft, `SELECT `+ideaDraftColumns+` FROM idea_draft WHERE chat_id = ? AND message_id = ? AND message_id <> 0
		ORDER BY id DESC LIMIT 1`, chatID, messageID)
}

// IdeaDraftOf finds the draft that began with an album; ErrNotFound if none.
func (tx *Tx) IdeaDraftOf(chatID, memberID int64, album string) (IdeaDraft, error) {
	return one(tx, scanIdeaDraft, `SELECT `+ideaDraftColumns+` FROM idea_draft WHERE chat_id = ? AND member_id = ? AND album = ? AND album <> ''
		ORDER BY id DESC LIMIT 1`, chatID, memberID, album)
}

// IdeaDrafts lists the drafts of a member, oldest first.
func (tx *Tx) IdeaDrafts(memberID int64) ([]IdeaDraft, error) {
	return all(tx, scanIdeaDraft, `SELECT `+ideaDraftColumns+` FROM idea_draft WHERE member_id = ? ORDER BY id`, memberID)
}

// DraftsAt lists the drafts of everybody that wait for one thing, oldest first.
func (tx *Tx) DraftsAt(step string) ([]IdeaDraft, error) {
	return all(tx, scanIdeaDraft, `SELECT `+ideaDraftColumns+` FROM idea_draft WHERE step = ? ORDER BY id`, step)
}

// DropIdeaDraft forgets a draft; an idea that has its number stays.
func (tx *Tx) DropIdeaDraft(id int64) error { return tx.run(`DELETE FROM idea_draft WHERE id = ?`, id) }

// DropUnkeptIdeas forgets all drafts of a member that are no ideas yet.
func (tx *Tx) DropUnkeptIdeas(memberID int64) error {
	return tx.run(`DELETE FROM idea_draft WHERE member_id = ? AND idea_number = 0`, memberID)
}

// PruneIdeaDrafts forgets drafts from before the moment.
func (tx *Tx) PruneIdeaDrafts(before time.Time) error {
	return tx.run(`DELETE FROM idea_draft WHERE created_at < ?`, milliseconds(before))
}

// IdeasBy lists the ideas that a member gave since a moment, newest first.
func (tx *Tx) IdeasBy(memberID int64, since time.Time) ([]council.Idea, error) {
	return all(tx, scanIdea, `SELECT `+ideaColumns+` FROM idea WHERE submitter_id = ? AND created_at >= ? ORDER BY number DESC`, memberID, milliseconds(since))
}

// UnnameIdeas lets the name of a member be shown on no idea any more.
func (tx *Tx) UnnameIdeas(memberID int64) error {
	return tx.run(`UPDATE idea SET named = 0, version = version + 1 WHERE submitter_id = ? AND named = 1`, memberID)
}

// HeldIdeas lists the ideas that wait for a coordinator, oldest first.
func (tx *Tx) HeldIdeas() ([]council.Idea, error) {
	return all(tx, scanIdea, `SELECT `+ideaColumns+` FROM idea WHERE held <> '' AND state = 'submitted' ORDER BY number`)
}
