package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// CutOff is how many messages to a chat were given up, since sending them was cut off
// twice: they may not have arrived. Without a ChatID they went to people who are forgotten.
type CutOff struct {
	ChatID   int64
	ThreadID int
	Messages int
}

// CutOffTwice lists the messages and cards that wait and of which sending was cut off twice
// already, oldest first, with no more than what they are and which message they would edit.
// Polls are not among them: what becomes of those is kept with each.
func (tx *Tx) CutOffTwice() ([]Outgoing, error) {
	return all(tx, func(row scanner) (out Outgoing, err error) {
		err = row.Scan(&out.ID, &out.Kind, &out.MessageID)
		return out, err
	}, `SELECT id, kind, coalesce((SELECT message_id FROM card WHERE card.id = card_id), json_extract(payload, '$.message'), 0)
		FROM outbox WHERE ended_at IS NULL AND state = 'queued' AND attempts > 1 AND kind IN ('message', 'card') ORDER BY +id`)
}

// AddCutOff keeps, once, which messages were given up after they had been cut off twice, as
// something missed at a moment of the rules' clock. Without an id where nothing is new, or
// where the last such moment is not so long past: then it is kept with a later one.
func (tx *Tx) AddCutOff(at time.Time, apart time.Duration) (council.Absence, error) {
	const untold = `attempts > 0 AND state = 'unknown' AND reason = 'line broke' AND kind IN ('message', 'card')`
	count, err := one(tx, scalar[int], `SELECT count(*) FROM outbox WHERE `+untold)
	if err != nil || count == 0 {
		return council.Absence{}, err
	}
	recent, err := one(tx, scalar[int], `SELECT count(*) FROM absence WHERE cause = ? AND until_at > ? AND until_at <= ?`,
		council.CauseCutOff, milliseconds(at.Add(-apart)), milliseconds(at))
	if err != nil || recent > 0 {
		return council.Absence{}, err
	}
	absence, err := tx.AddAbsence(council.Absence{From: at, Until: at, Cause: council.CauseCutOff, Missed: council.Missed{Messages: count}})
	if err != nil {
		return absence, err
	}
	return absence, tx.run(`UPDATE outbox SET reason = ? WHERE `+untold, toldWith(absence))
}

// CutOffToldWith tells to whom the messages of what AddCutOff kept were sent, as far as
// that is not forgotten yet, in the order in which they were to leave.
func (tx *Tx) CutOffToldWith(absence council.Absence) ([]CutOff, error) {
	return all(tx, func(row scanner) (CutOff, error) {
		var cut CutOff
		err := row.Scan(&cut.ChatID, &cut.ThreadID, &cut.Messages)
		return cut, err
	}, `SELECT chat_id, thread_id, count(*) FROM outbox WHERE attempts > 0 AND state = 'unknown' AND reason = ? GROUP BY chat_id, thread_id ORDER BY min(id)`, toldWith(absence))
}

// toldWith is the reason of a row that was given up, once that is to be told.
func toldWith(absence council.Absence) string {
	return "line broke, told with " + absence.Reference().String()
}
