package bot

import (
	"errors"
	"strconv"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// confirmSheet keeps what a sheet says. What it does not have is left out of the
// evaluation only where that is wanted.
func (r *request) confirmSheet(draft indicatorDraft, retire bool) error {
	if draft.Evaluation == 0 {
		return r.stale()
	}
	evaluation, err := r.evaluationAhead(council.EvaluationReference(draft.Evaluation))
	if err != nil {
		return err
	}
	update, err := draft.update(r.tx)
	if err != nil {
		return err
	}
	if !retire {
		update.Missing = nil
	}
	changes := append(update.Changes, update.Retire()...)
	if len(changes) == 0 {
		return r.previewSheet(draft)
	}
	if err := r.tx.MoveIndicatorDraft(draft.Number, draft.Evaluation, store.IndicatorDraftKept); err != nil {
		return err
	}
	version, err := r.keepIndicators(evaluation.Number, changes)
	if err != nil {
		return err
	}
	key := "indicator.kept"
	if retire {
		key = "indicator.kept_all"
	}
	text := r.speak.Say(key, "Reference", evaluation.Reference().String(), "Name", evaluation.Name, "Changes", r.updateWords(update)) + "\n" +
		r.speak.Say("evaluation.undo_hint")
	var see []store.Button
	if len(draft.Sheet.Problems) > 0 {
		see = append(see, button(r.speak, "indicator_see", pressIndicator, sheetSee, draft.Number, 0))
	}
	if err := r.editIndicators("", aboutSheet, text, append(see, button(r.speak, "undo", pressIndicator, sheetUndo, evaluation.Number, version))); err != nil {
		return err
	}
	return r.toast(r.speak.Say("indicator.kept_short"))
}

// keepIndicators changes the indicators of an evaluation, and keeps for ten minutes
// how they were. It gives the version that a press to undo carries.
func (r *request) keepIndicators(evaluation int64, changes []council.IndicatorChange) (version int64, err error) {
	reference := council.Reference{Letter: council.SheetLetter, Number: evaluation}
	earlier, err := r.tx.LastUndo(reference.String(), &[]council.IndicatorChange{})
	if notFoundIsNil(err) != nil {
		return 0, err
	}
	version = max(earlier.Version+1, r.now.UnixMilli())
	for i := range changes {
		if changes[i].After, err = r.tx.SaveIndicator(changes[i].After); err != nil {
			return version, err
		}
	}
	if err := r.indicatorsChanged(reference, council.EventIndicators, len(changes)); err != nil {
		return version, err
	}
	return version, r.tx.KeepUndo(store.Undo{Subject: reference.String(), MemberID: r.actor.ID, Version: version, ChangedAt: r.now}, changes)
}

// indicatorsChanged records a change, and brings up to date what was said today.
func (r *request) indicatorsChanged(reference council.Reference, kind council.EventKind, count int) error {
	if err := r.record(reference, kind, "", "count", strconv.Itoa(count)); err != nil {
		return err
	}
	return r.refreshDigests(council.EvaluationReference(reference.Number))
}

// undoIndicators is /urungkan after a change of the indicators of an evaluation.
func (r *request) undoIndicators(evaluation int64) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	text, err := r.restoreIndicators(evaluation, 0)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutSheet, text)
}

// pressUndoIndicators undoes from the message that confirms a change, until the next one.
func (r *request) pressUndoIndicators(evaluation, version int64) error {
	text, err := r.restoreIndicators(evaluation, max(version, 1))
	if err != nil {
		return err
	}
	if err := r.editIndicators("", aboutSheet, text); err != nil {
		return err
	}
	return r.toast(r.speak.Say("indicator.undone_short"))
}

// restoreIndicators puts indicators back to how they were before a change, unless
// that was too long ago or one of them has changed again. What was new is left out;
// what was filed for it stays with it. The version is the one that the change made;
// 0 means whichever was last.
func (r *request) restoreIndicators(evaluation, version int64) (string, error) {
	reference := council.Reference{Letter: council.SheetLetter, Number: evaluation}
	var changes []council.IndicatorChange
	undo, err := r.tx.LastUndo(reference.String(), &changes)
	named := council.EvaluationReference(evaluation).String()
	switch {
	case errors.Is(err, store.ErrNotFound):
		return "", council.Refuse("nothing_to_undo")
	case err != nil:
		return "", err
	case version != 0 && version != undo.Version:
		return "", council.Refuse("indicators_changed_since", "Reference", named)
	case r.now.Sub(undo.ChangedAt) > undoTime:
		return "", council.Refuse("indicators_too_late", "Reference", named)
	}
	for _, change := range changes {
		now, err := r.tx.Indicator(change.After.ID)
		if err != nil {
			return "", err
		}
		if now != change.After {
			return "", council.Refuse("indicators_changed_since", "Reference", named)
		}
		back := change.Before
		if back.ID == 0 {
			back = change.After
			back.Retired = true
		}
		if _, err := r.tx.SaveIndicator(back); err != nil {
			return "", err
		}
		if len(changes) > 1 {
			continue
		}
		if err := r.record(now.Reference(), council.EventUndone, ""); err != nil {
			return "", err
		}
	}
	if err := r.tx.ForgetUndo(reference.String()); err != nil {
		return "", err
	}
	text := r.speak.Say("indicator.undone", "Reference", named)
	return text, r.indicatorsChanged(reference, council.EventUndone, len(changes))
}
