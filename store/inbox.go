package store

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Received is one update as Telegram delivered it, long digit runs masked.
type Received struct {
	UpdateID int64
	ChatID   int64
	Raw      string
}

// SetAsideUpdate is an update that could not be handled. It holds no words.
type SetAsideUpdate struct {
	UpdateID int64
	Kind     string
	Reason   string
	At       time.Time
}

// Receive keeps updates and returns those that had not been seen before, in
// the order given.
func (tx *Tx) Receive(updates []Received, at time.Time) ([]Received, error) {
	return tx.receive(updates, "waiting", at)
}

// ReceiveHandled is Receive for updates that are handled in this transaction:
// their text need not be kept, and Handled need not be called.
func (tx *Tx) ReceiveHandled(updates []Received, at time.Time) ([]Received, error) {
	withoutText := slices.Clone(updates)
	for i := range withoutText {
		withoutText[i].Raw = ""
	}
	return tx.receive(withoutText, "handled", at)
}

func (tx *Tx) receive(updates []Received, state string, at time.Time) ([]Received, error) {
	var fresh []Received
	for _, update := range updates {
		result, err := tx.exec(`INSERT INTO inbox (update_id, chat_id, received_at, raw, state) VALUES (?, ?, ?, ?, ?) ON CONFLICT (update_id) DO NOTHING`,
			update.UpdateID, update.ChatID, milliseconds(at), update.Raw, state)
		if err != nil {
			return nil, err
		}
		if count, err := result.RowsAffected(); err != nil {
			return nil, err
		} else if count == 1 {
			fresh = append(fresh, update)
		}
	}
	return fresh, nil
}

// Waiting lists updates that were received and not handled, oldest first, from the one
// behind a number on and so many at most.
func (tx *Tx) Waiting(after int64, limit int) ([]Received, error) {
	return all(tx, scanReceived, `SELECT update_id, chat_id, raw FROM inbox WHERE state = 'waiting' AND update_id > ? ORDER BY update_id LIMIT ?`, after, limit)
}

// WaitingTexts reads what updates say that are not handled yet, by their numbers; the others
// are left out.
func (tx *Tx) WaitingTexts(ids []int64) (map[int64]string, error) {
	texts := make(map[int64]string, len(ids))
	for _, id := range ids {
		text, err := one(tx, scalar[string], `SELECT raw FROM inbox WHERE update_id = ? AND state = 'waiting'`, id)
		if err == nil {
			texts[id] = text
		} else if !errors.Is(err, ErrNotFound) {
			return nil, err
		}
	}
	return texts, nil
}

func scanReceived(row scanner) (Received, error) {
	var update Received
	err := row.Scan(&update.UpdateID, &update.ChatID, &update.Raw)
	return update, err
}

// Handled marks an update as done and blanks its text. It tells whether the
// update was still waiting: an update that was handled before must not be
// handled again.
func (tx *Tx) Handled(updateID int64) (bool, error) {
	result, err := tx.exec(`UPDATE inbox SET state = 'handled', raw = '' WHERE update_id = ? AND state = 'waiting'`, updateID)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count == 1, err
}

// SetAside keeps an update that cannot be handled out of everybody's way. kind
// and reason must hold no words of people. What is handled already stays so.
func (tx *Tx) SetAside(updateID int64, kind, reason string) error {
	return tx.run(`UPDATE inbox SET state = 'set_aside', kind = ?, reason = ? WHERE update_id = ? AND state = 'waiting'`, kind, reason, updateID)
}

// SetAsideUpdates lists what was set aside, oldest first.
func (tx *Tx) SetAsideUpdates() ([]SetAsideUpdate, error) {
	return all(tx, func(row scanner) (SetAsideUpdate, error) {
		var update SetAsideUpdate
		var at int64
		err := row.Scan(&update.UpdateID, &update.Kind, &update.Reason, &at)
		update.At = moment(at)
		return update, err
	}, `SELECT update_id, kind, reason, received_at FROM inbox WHERE state = 'set_aside' ORDER BY update_id`)
}

// PruneInbox forgets handled updates that were received before the moment, and
// the words of those set aside, of which kind and reason stay. The moment must
// be older than Telegram's own memory of 24 hours.
func (tx *Tx) PruneInbox(before time.Time) error {
	if err := tx.run(`UPDATE inbox SET raw = '' WHERE received_at < ? AND state = 'set_aside' AND raw <> ''`, milliseconds(before)); err != nil {
		return err
	}
	return tx.run(`DELETE FROM inbox WHERE received_at < ? AND state = 'handled'`, milliseconds(before))
}

// CountWaiting counts the updates that are not handled yet.
func (tx *Tx) CountWaiting() (int, error) {
	count, err := one(tx, scalar[int], `SELECT count(*) FROM inbox WHERE state = 'waiting'`)
	if err != nil {
		return 0, fmt.Errorf("count inbox: %w", err)
	}
	return count, nil
}
