package store

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
)

// Record appends an event. words, if there are any, are kept apart from it.
func (tx *Tx) Record(event council.Event, words string) error {
	var wordsID int64
	if words != "" {
		id, err := tx.insert(`INSERT INTO words (member_id, text) VALUES (?, ?)`, event.MemberID, words)
		if err != nil {
			return err
		}
		wordsID = id
	}
	detail := ""
	if len(event.Detail) > 0 {
		text, err := json.Marshal(event.Detail)
		if err != nil {
			return err
		}
		detail = string(text)
	}
	if err := tx.run(`INSERT INTO event (at, member_id, subject, kind, detail, words_id) VALUES (?, ?, ?, ?, ?, ?)`,
		milliseconds(event.At), event.MemberID, event.Subject.String(), event.Kind, detail, wordsID); err != nil {
		return err
	}
	return tx.noteActivity(event)
}

// Happening is an event with the words that belong to it and the person's name as they stand now.
type Happening struct {
	council.Event
	Member council.Member // zero for the bot itself
	Words  string
}

// History lists what happened to a thing, newest first, a page at a time.
func (tx *Tx) History(subject council.Reference, offset, limit int) ([]Happening, error) {
	list, err := all(tx, scanHappening, `SELECT event.id, event.at, event.member_id, event.kind, event.detail, event.words_id,
		coalesce(member.name, ''), coalesce(member.username, ''), coalesce(member.address, ''), coalesce(words.text, '')
		FROM event LEFT JOIN member ON member.id = event.member_id LEFT JOIN words ON words.id = event.words_id
		WHERE event.subject = ? ORDER BY event.id DESC LIMIT ? OFFSET ?`, subject.String(), limit, offset)
	for i := range list {
		list[i].Subject = subject
	}
	return list, err
}

// LastHappening finds the last event of a kind of a thing, without a name and words; false
// for none.
func (tx *Tx) LastHappening(subject council.Reference, kind council.EventKind) (Happening, bool, error) {
	found, err := one(tx, scanHappening, `SELECT id, at, member_id, kind, detail, words_id, '', '', '', '' FROM event INDEXED BY event_subject
		WHERE subject = ? AND kind = ? ORDER BY id DESC LIMIT 1`, subject.String(), kind)
	if errors.Is(err, ErrNotFound) {
		return found, false, nil
	}
	found.Subject = subject
	return found, err == nil, err
}

// CountHistory counts the events of a thing, and tells whether nothing but its
// making and correcting is among them.
func (tx *Tx) CountHistory(subject council.Reference) (count int, untouched bool, err error) {
	touching := 0
	_, err = one(tx, func(row scanner) (int, error) { return 0, row.Scan(&count, &touching) },
		`SELECT count(*), count(*) FILTER (WHERE kind NOT IN ('created', 'corrected', 'attached')) FROM event WHERE subject = ?`, subject.String())
	return count, touching == 0, err
}

func scanHappening(row scanner) (Happening, error) {
	var h Happening
	var at int64
	var detail string
	err := row.Scan(&h.ID, &at, &h.MemberID, &h.Kind, &detail, &h.WordsID, &h.Member.Name, &h.Member.Username, &h.Member.Address, &h.Words)
	if err != nil {
		return h, err
	}
	h.At, h.Member.ID = moment(at), h.MemberID
	if detail != "" {
		err = json.Unmarshal([]byte(detail), &h.Detail)
	}
	return h, err
}

// LastEvent tells the number and the moment of the newest event; zero for none.
func (tx *Tx) LastEvent() (id int64, at time.Time, err error) {
	type last struct{ id, at int64 }
	newest, err := one(tx, func(row scanner) (last, error) {
		var l last
		err := row.Scan(&l.id, &l.at)
		return l, err
	}, `SELECT id, at FROM event ORDER BY id DESC LIMIT 1`)
	if errors.Is(err, ErrNotFound) {
		return 0, time.Time{}, nil
	}
	return newest.id, moment(newest.at), err
}
