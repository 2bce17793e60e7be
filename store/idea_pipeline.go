package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// IdeaLives lists what happened to every idea before a moment, in the order in which
// they were given. Those that wait for a coordinator, or were none, are left out.
func (tx *Tx) IdeaLives(until time.Time) ([]council.IdeaLife, error) {
	type given struct{ number, group int64 }
	ideas, err := all(tx, func(row scanner) (one given, err error) {
		err = row.Scan(&one.number, &one.group)
		return one, err
	}, `SELECT number, from_group FROM idea WHERE held = '' ORDER BY number`)
	if err != nil {
		return nil, err
	}
	lives, places := make([]council.IdeaLife, len(ideas)), make(map[int64]int, len(ideas))
	for place, one := range ideas {
		lives[place].GroupID, places[one.number] = one.group, place
	}
	events, err := all(tx, scanIdeaEvent, `SELECT subject, at, kind, coalesce(nullif(detail, '') ->> 'decision', '') FROM event
		WHERE subject >= 'I-' AND subject < 'I.' AND at < ? ORDER BY id`, milliseconds(until))
	for _, event := range events {
		if place, known := places[event.Subject.Number]; known {
			lives[place].Events = append(lives[place].Events, event)
		}
	}
	return lives, err
}

func scanIdeaEvent(row scanner) (council.Event, error) {
	var event council.Event
	var subject, decision string
	var at int64
	if err := row.Scan(&subject, &at, &event.Kind, &decision); err != nil {
		return event, err
	}
	event.Subject, _ = council.ParseReference(subject) // what is none belongs to no idea
	event.At, event.Detail = moment(at), map[string]string{council.DetailDecision: decision}
	return event, nil
}
