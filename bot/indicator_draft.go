package bot

import (
	"encoding/json"
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// indicatorDraft is a sheet that waits to be confirmed. What it changes is compared
// anew each time with what the evaluation has then.
type indicatorDraft struct {
	Sheet report.IndicatorSheet
	From  int64 // the evaluation it was copied from; 0: it is a sheet

	Number     int64                     `json:"-"`
	Evaluation int64                     `json:"-"`
	State      store.IndicatorDraftState `json:"-"`
}

// keepSheet keeps a draft before it is shown.
func (r *request) keepSheet(draft indicatorDraft) (indicatorDraft, error) {
	content, err := json.Marshal(draft)
	if err != nil {
		return draft, err
	}
	draft.State = store.IndicatorDraftWaiting
	draft.Number, err = r.tx.CreateIndicatorDraft(store.IndicatorDraft{Evaluation: draft.Evaluation, State: draft.State, Content: string(content)}, r.now)
	return draft, err
}

// keptSheet finds a draft; ErrNotFound when it was forgotten.
func keptSheet(tx *store.Tx, number int64) (draft indicatorDraft, err error) {
	kept, err := tx.IndicatorDraft(number)
	if err != nil {
		return draft, err
	}
	draft.Number, draft.Evaluation, draft.State = kept.Number, kept.Evaluation, kept.State
	return draft, json.Unmarshal([]byte(kept.Content), &draft)
}

// update is what the draft changes in its evaluation as it is now.
func (d indicatorDraft) update(tx *store.Tx) (council.IndicatorUpdate, error) {
	known, err := tx.IndicatorsEver(d.Evaluation)
	return council.UpdateIndicators(known, d.Sheet.Indicators, d.Sheet.Fields, d.Evaluation), err
}

// pressSheet answers a button below a sheet. Once it is confirmed or given up, it can
// only be looked at.
func (r *request) pressSheet(verb string, number, argument int64) error {
	draft, err := keptSheet(r.tx, number)
	if errors.Is(err, store.ErrNotFound) {
		return r.stale()
	}
	if err != nil {
		return err
	}
	switch verb {
	case sheetSee:
		return r.seeSheet(draft, argument)
	case sheetFile:
		return r.sendSheetLines(draft)
	}
	if draft.State != store.IndicatorDraftWaiting {
		return r.stale()
	}
	switch verb {
	case sheetFor:
		return r.chooseEvaluation(draft, argument)
	case sheetBack:
		return r.previewSheet(draft)
	case sheetKeep, sheetKeepIt:
		return r.confirmSheet(draft, verb == sheetKeepIt)
	case sheetCancel:
		return r.cancelSheet(draft)
	}
	return r.stale()
}

// chooseEvaluation says for which evaluation a sheet is.
func (r *request) chooseEvaluation(draft indicatorDraft, evaluation int64) error {
	chosen, err := r.evaluationAhead(council.EvaluationReference(evaluation))
	if err != nil {
		return err
	}
	draft.Evaluation = chosen.Number
	if err := r.tx.MoveIndicatorDraft(draft.Number, draft.Evaluation, draft.State); err != nil {
		return err
	}
	return r.previewSheet(draft)
}

// previewSheet shows the preview in the place of what was pressed.
func (r *request) previewSheet(draft indicatorDraft) error {
	text, rows, err := r.sheetPreview(draft)
	if err != nil {
		return err
	}
	if err := r.editIndicators("", aboutSheet, text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// cancelSheet leaves the indicators as they are.
func (r *request) cancelSheet(draft indicatorDraft) error {
	if err := r.tx.MoveIndicatorDraft(draft.Number, draft.Evaluation, store.IndicatorDraftCancelled); err != nil {
		return err
	}
	if err := r.editIndicators("", aboutSheet, r.speak.Say("indicator.cancelled")); err != nil {
		return err
	}
	return r.toast(r.speak.Say("dialog.cancelled"))
}
