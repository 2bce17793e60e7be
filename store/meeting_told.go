package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// KeepEdition keeps what the invited are told of a meeting by its edition, and why it
// was changed. What an edition said is never changed.
func (tx *Tx) KeepEdition(m council.Meeting, reason string) error {
	return tx.run(`INSERT INTO meeting_edition (number, edition, title, starts_at, length, place, state, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		m.Number, m.Edition, m.Title, milliseconds(m.Starts), m.Length.Milliseconds(), m.Place, m.State, reason)
}

// MeetingEdition gives a meeting as an edition said it, with its number, title, time,
// place and state alone, and why it was changed by it; ErrNotFound for an edition that
// nobody was told of.
func (tx *Tx) MeetingEdition(number int64, edition int) (m council.Meeting, reason string, err error) {
	m, err = one(tx, func(row scanner) (council.Meeting, error) {
		m := council.Meeting{Number: number, Edition: edition}
		var starts, length int64
		err := row.Scan(&m.Title, &starts, &length, &m.Place, &m.State, &reason)
		m.Starts, m.Length = moment(starts), time.Duration(length)*time.Millisecond
		return m, err
	}, `SELECT title, starts_at, length, place, state, reason FROM meeting_edition WHERE number = ? AND edition = ?`, number, edition)
	return m, reason, err
}

// GroupKnown gives what a group was told of a meeting; zero for nothing yet.
func (tx *Tx) GroupKnown(number, groupID int64) (council.Known, error) {
	list, err := all(tx, func(row scanner) (council.Known, error) {
		var known council.Known
		err := row.Scan(&known.Told, &known.Heard)
		return known, err
	}, `SELECT told, heard FROM meeting_group WHERE number = ? AND group_id = ?`, number, groupID)
	if err != nil || len(list) == 0 {
		return council.Known{}, err
	}
	return list[0], nil
}

// SaveGroupKnown keeps what a group was told of a meeting.
func (tx *Tx) SaveGroupKnown(number, groupID int64, known council.Known) error {
	return tx.run(`INSERT OR REPLACE INTO meeting_group (number, group_id, told, heard) VALUES (?, ?, ?, ?)`, number, groupID, known.Told, known.Heard)
}

// GroupsToldOf lists the ids of the groups that were told of a meeting.
func (tx *Tx) GroupsToldOf(number int64) ([]int64, error) {
	return all(tx, scalar[int64], `SELECT group_id FROM meeting_group WHERE number = ? ORDER BY group_id`, number)
}

// CardUnsent tells whether a card was never sent and waits to be.
func (tx *Tx) CardUnsent(card Card) (bool, error) {
	if card.MessageID != 0 {
		return false, nil
	}
	return one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM outbox WHERE card_id = ? AND state = 'queued')`, card.ID)
}
