package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
)

// Claim takes a queued row for sending and tells everything about it as it
// stands now. ErrNotFound when it is no longer queued. It returns once the disk has every
// Update committed before, and so whatever the row tells of, though it does not wait until the
// disk has the claim: a row of which that was forgotten has not been sent either.
func (s *Store) Claim(ctx context.Context, id int64) (out Outgoing, err error) {
	var said string
	err = s.hand(ctx, job{until: durableBefore, done: make(chan error, 1), change: func(tx *Tx) error {
		out, said, err = tx.claim(id)
		return err
	}})
	if err != nil {
		return out, err
	}
	return out.saying(said) // here, where nobody's commit waits for it
}

// Claim is Store.Claim within a transaction.
func (tx *Tx) Claim(id int64) (Outgoing, error) {
	out, said, err := tx.claim(id)
	if err != nil {
		return out, err
	}
	return out.saying(said)
}

// claim marks a row as being sent; its payload is not decoded yet.
func (tx *Tx) claim(id int64) (out Outgoing, said string, err error) {
	out, err = one(tx, func(row scanner) (Outgoing, error) {
		var out Outgoing
		var card sql.NullInt64
		var message sql.NullInt64
		err := row.Scan(&out.ID, &out.ChatID, &out.ThreadID, &out.Kind, &out.Priority, &card, &out.Attempts, &said, &message)
		out.CardID, out.MessageID = card.Int64, int(message.Int64)
		return out, err
	}, `UPDATE outbox SET state = 'sending' WHERE id = ? AND state = 'queued'
		RETURNING id, chat_id, thread_id, kind, priority, card_id, attempts, payload, (SELECT message_id FROM card WHERE card.id = card_id)`, id)
	return out, said, err
}

// saying is a row with its payload.
func (out Outgoing) saying(payload string) (Outgoing, error) {
	if err := json.Unmarshal([]byte(payload), &out.Payload); err != nil {
		return out, err
	}
	if out.CardID == 0 {
		out.MessageID = out.Payload.MessageID
	}
	return out, nil
}

// TakeQueued claims those rows queued in this transaction that mine picks; it is
// asked in the order in which they should leave. OnQueued hears only of the others.
func (tx *Tx) TakeQueued(mine func(Queued) bool) ([]Outgoing, error) {
	var outs []Outgoing
	var others []queuedRow
	slices.SortStableFunc(tx.queued, func(a, b queuedRow) int { return cmp.Compare(a.Priority, b.Priority) })
	for _, row := range tx.queued {
		if !mine(row.Queued) {
			others = append(others, row)
			continue
		}
		out, err := tx.claimQueued(row)
		if err != nil {
			return outs, err
		}
		outs = append(outs, out)
	}
	tx.queued = others
	return outs, nil
}

// claimQueued is Claim for a row of this transaction: what it says is known, and
// so is, for the first face of a card, that it stands nowhere yet.
func (tx *Tx) claimQueued(row queuedRow) (Outgoing, error) {
	if row.out == nil || row.out.CardID != 0 && !row.out.First {
		return tx.Claim(row.ID)
	}
	out := *row.out
	out.ID, out.MessageID = row.ID, row.out.Payload.MessageID
	return out, tx.run(`UPDATE outbox SET state = 'sending' WHERE id = ? AND state = 'queued'`, row.ID)
}
