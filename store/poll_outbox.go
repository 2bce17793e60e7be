package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// Poll is what is posted, or which copy of a poll is closed.
type Poll struct {
	Copy     int64    `json:"copy"`
	Question string   `json:"question,omitempty"`
	Options  []string `json:"options,omitempty"`
	Several  bool     `json:"several,omitempty"`
	Named    bool     `json:"named,omitempty"`
}

// DropKeyed ends the row with this unique key if it has not begun to leave, and
// tells whether it did.
func (tx *Tx) DropKeyed(uniqueKey, reason string, now time.Time) (bool, error) {
	result, err := tx.exec(`UPDATE outbox SET state = 'never', reason = ?, ended_at = ?, payload = '' WHERE unique_key = ? AND state = 'queued'`,
		reason, milliseconds(now), uniqueKey)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}

// WaitsKeyed tells whether the row with this unique key is still to be sent.
func (tx *Tx) WaitsKeyed(uniqueKey string) (bool, error) {
	return one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM outbox WHERE unique_key = ? AND ended_at IS NULL)`, uniqueKey)
}

// ForgetActs forgets that the bot did something for a thing, so that it can be
// planned for the same anchor again.
func (tx *Tx) ForgetActs(subject council.Reference, step council.Step) error {
	return tx.run(`DELETE FROM reminder WHERE subject = ? AND step = ? AND audience = 'bot' AND state <> 'waiting'`, subject.String(), step)
}
