package store

import "time"

// Dialog is where a guided conversation with a person in a chat stands.
type Dialog struct {
	ChatID   int64
	MemberID int64
	Kind     string
	Step     string
	Data     string // JSON of the conversation's own
}

// Dialog finds the open conversation of a person in a chat; ErrNotFound if there is none.
func (tx *Tx) Dialog(chatID, memberID int64) (Dialog, error) {
	return one(tx, func(row scanner) (Dialog, error) {
		var d Dialog
		err := row.Scan(&d.ChatID, &d.MemberID, &d.Kind, &d.Step, &d.Data)
		return d, err
	}, `SELECT chat_id, member_id, kind, step, data FROM dialog WHERE chat_id = ? AND member_id = ?`, chatID, memberID)
}

// SetDialog opens a conversation or moves it on.
func (tx *Tx) SetDialog(d Dialog, now time.Time) error {
	return tx.run(`INSERT INTO dialog (chat_id, member_id, kind, step, data, updated_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (chat_id, member_id) DO UPDATE SET kind = excluded.kind, step = excluded.step, data = excluded.data, updated_at = excluded.updated_at`,
		d.ChatID, d.MemberID, d.Kind, d.Step, d.Data, milliseconds(now))
}

// EndDialog ends the conversation of a person in a chat and tells whether there was one.
func (tx *Tx) EndDialog(chatID, memberID int64) (bool, error) {
	result, err := tx.exec(`DELETE FROM dialog WHERE chat_id = ? AND member_id = ?`, chatID, memberID)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}
