package store

import (
	"database/sql"
	"time"
)

// Queues is how much waits to be done, and what has waited longest.
type Queues struct {
	Waiting      int       // updates received and not handled
	WaitingFirst int64     // number of the oldest of them, 0 for none
	WaitingSince time.Time // when it was received, in real time
	SetAside     int       // updates that could not be handled
	Due          int       // messages that may be sent now, or are being sent
	DueFirst     int64     // number of the oldest of them, 0 for none
	DueSince     time.Time // when it was queued, in real time
	Unknown      int       // messages for which the line broke after they went out
	Late         int       // reminders and acts that are due and not decided
	LateSince    time.Time // when the first of them was due, on the rules' clock
}

// Queues counts what waits. now is a real moment; what was due before late, a moment
// of the rules' clock, counts as late.
func (tx *Tx) Queues(now, late time.Time) (Queues, error) {
	var q Queues
	var waitingSince, dueSince, lateSince sql.NullInt64
	var waitingFirst, dueFirst sql.NullInt64
	for _, look := range []struct {
		query     string
		arguments []any
		into      []any
	}{
		{`SELECT count(*), min(update_id), min(received_at) FROM inbox WHERE state = 'waiting'`, nil, []any{&q.Waiting, &waitingFirst, &waitingSince}},
		{`SELECT count(*) FROM inbox WHERE state = 'set_aside'`, nil, []any{&q.SetAside}},
		{`SELECT count(*), min(id), min(created_at) FROM outbox WHERE ended_at IS NULL AND not_before <= ?`, []any{milliseconds(now)}, []any{&q.Due, &dueFirst, &dueSince}},
		{`SELECT count(*) FROM outbox WHERE attempts > 0`, nil, []any{&q.Unknown}},
		{`SELECT count(*), min(due_at) FROM reminder WHERE state = 'waiting' AND due_at < ?`, []any{milliseconds(late)}, []any{&q.Late, &lateSince}},
	} {
		if _, err := one(tx, func(row scanner) (struct{}, error) { return struct{}{}, row.Scan(look.into...) }, look.query, look.arguments...); err != nil {
			return q, err
		}
	}
	q.WaitingFirst, q.DueFirst = waitingFirst.Int64, dueFirst.Int64
	q.WaitingSince, q.DueSince, q.LateSince = optionalMoment(waitingSince), optionalMoment(dueSince), optionalMoment(lateSince)
	return q, nil
}
