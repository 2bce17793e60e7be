package store

import (
	"encoding/json"

	"github.com/rembuk/rembuk/council"
)

// KeepMinutesEdition keeps that an edition of a meeting's minutes was agreed, and as
// JSON what its documents say. An edition is kept once: what is kept stays.
func (tx *Tx) KeepMinutesEdition(number int64, e council.MinutesEdition, papers any) error {
	kept, err := json.Marshal(papers)
	if err != nil {
		return err
	}
	return tx.run(`INSERT INTO meeting_minutes_edition (number, edition, agreed_by, on_behalf, agreed_at, papers) VALUES (?, ?, ?, ?, ?, ?)`,
		number, e.Edition, e.AgreedBy, e.OnBehalf, milliseconds(e.AgreedAt), string(kept))
}

// MinutesEditions lists the agreed editions of a meeting's minutes, the first one first.
func (tx *Tx) MinutesEditions(number int64) ([]council.MinutesEdition, error) {
	return all(tx, func(row scanner) (e council.MinutesEdition, err error) {
		var at int64
		err = row.Scan(&e.Edition, &e.AgreedBy, &e.OnBehalf, &at)
		e.AgreedAt = moment(at)
		return e, err
	}, `SELECT edition, agreed_by, on_behalf, agreed_at FROM meeting_minutes_edition WHERE number = ? ORDER BY edition`, number)
}

// MinutesPapers reads what the documents of an agreed edition say; ErrNotFound for one
// that was not agreed.
func (tx *Tx) MinutesPapers(number int64, edition int, papers any) error {
	kept, err := one(tx, scalar[string], `SELECT papers FROM meeting_minutes_edition WHERE number = ? AND edition = ?`, number, edition)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(kept), papers)
}

// PutBackMinute lets a line stand again as it was before it was changed or ended in the
// edition that is open. What stands in an agreed edition has kept its words, and is only
// continued; what stood in none and is gone comes back under its number.
func (tx *Tx) PutBackMinute(number int64, l council.Minute, edition int) error {
	result, err := tx.exec(`UPDATE meeting_minute SET kind = ?, text = ?, subject = ?, until_edition = 0
		WHERE number = ? AND id = ? AND (until_edition = ? OR until_edition = 0 AND from_edition >= ?)`,
		l.Kind, l.Text, l.Subject.String(), number, l.ID, edition, edition)
	if err != nil {
		return err
	}
	if count, err := result.RowsAffected(); err != nil || count > 0 {
		return err
	}
	return tx.run(`INSERT INTO meeting_minute (id, number, kind, text, subject, from_edition, until_edition, noted_by, at, chat_id, message_id)
		VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		l.ID, number, l.Kind, l.Text, l.Subject.String(), max(l.From, edition), l.By, milliseconds(l.At), l.Said.ChatID, l.Said.MessageID)
}
