package store

import "time"

// IndicatorDraftState is what became of a sheet of indicators.
type IndicatorDraftState string

// States of a draft.
const (
	IndicatorDraftWaiting   IndicatorDraftState = "waiting"
	IndicatorDraftKept      IndicatorDraftState = "kept"
	IndicatorDraftCancelled IndicatorDraftState = "cancelled"
)

// IndicatorDraft is a sheet of indicators that was read and waits to be confirmed.
// Afterwards it can be looked at for a while.
type IndicatorDraft struct {
	Number     int64
	Evaluation int64 // 0: it is asked which
	State      IndicatorDraftState
	Content    string // JSON of the conversation's own
}

// CreateIndicatorDraft keeps a sheet that was read, and gives its number.
func (tx *Tx) CreateIndicatorDraft(d IndicatorDraft, now time.Time) (int64, error) {
	return tx.insert(`INSERT INTO indicator_draft (evaluation, state, content, created_at) VALUES (?, ?, ?, ?)`,
		d.Evaluation, d.State, d.Content, milliseconds(now))
}

// IndicatorDraft finds a sheet that was read; ErrNotFound if there is none any more.
func (tx *Tx) IndicatorDraft(number int64) (IndicatorDraft, error) {
	return one(tx, func(row scanner) (d IndicatorDraft, err error) {
		return d, row.Scan(&d.Number, &d.Evaluation, &d.State, &d.Content)
	}, `SELECT number, evaluation, state, content FROM indicator_draft WHERE number = ?`, number)
}

// MoveIndicatorDraft keeps for which evaluation a sheet is, and what became of it.
func (tx *Tx) MoveIndicatorDraft(number, evaluation int64, state IndicatorDraftState) error {
	return tx.run(`UPDATE indicator_draft SET evaluation = ?, state = ? WHERE number = ?`, evaluation, state, number)
}

// PruneIndicatorDrafts forgets the sheets that were read before the moment.
func (tx *Tx) PruneIndicatorDrafts(before time.Time) error {
	return tx.run(`DELETE FROM indicator_draft WHERE created_at < ?`, milliseconds(before))
}
