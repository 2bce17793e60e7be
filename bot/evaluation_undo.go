package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// keepEvaluationUndo keeps how an evaluation was before a change, for ten minutes.
func (r *request) keepEvaluationUndo(after, before council.Evaluation) error {
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}
	return r.tx.KeepUndo(undo, before)
}

// outcomeButtons stand under what came of a change: the way back, and while the
// evaluation is being prepared the way to other steps.
func (r *request) outcomeButtons(evaluation council.Evaluation) []store.Button {
	row := []store.Button{button(r.speak, "undo", pressEvaluation, evaluationUndo, evaluation.Number, evaluation.Version)}
	if evaluation.State == council.EvaluationOpen {
		row = append(row, button(r.speak, "adjust", pressPlan, planAdjust, evaluation.Number))
	}
	return row
}

// undoEvaluation is /urungkan after a change of an evaluation.
func (r *request) undoEvaluation(reference council.Reference) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	current, err := r.evaluation(reference)
	if err != nil {
		return err
	}
	restored, err := r.restoreEvaluation(current)
	if err != nil {
		return err
	}
	return r.replyAbout(reference.String(), aboutEvaluation, r.undoneText(restored))
}

func (r *request) undoneText(restored council.Evaluation) string {
	lines := []string{r.speak.Say("evaluation.undone", "Reference", restored.Reference().String(), "Name", restored.Name),
		r.speak.Say("evaluation.state." + string(restored.State))}
	return strings.Join(append(lines, r.followedWords()...), "\n")
}

// pressUndoEvaluation undoes from the message that confirms a change, until the next one.
func (r *request) pressUndoEvaluation(number, version int64) error {
	current, err := r.evaluation(council.EvaluationReference(number))
	if err != nil {
		return err
	}
	if current.Version != version {
		return council.Refuse("undo_changed_since", "Reference", current.Reference().String())
	}
	restored, err := r.restoreEvaluation(current)
	if err != nil {
		return err
	}
	if err := r.editAbout(restored, r.undoneText(restored)); err != nil {
		return err
	}
	return r.toast(r.speak.Say("evaluation.undone", "Reference", restored.Reference().String(), "Name", shorten(restored.Name, cardTitleLimit)))
}

// restoreEvaluation puts an evaluation back to where it was before its last
// change, with everything that hangs on it.
func (r *request) restoreEvaluation(current council.Evaluation) (council.Evaluation, error) {
	reference := current.Reference().String()
	var before council.Evaluation
	if _, err := r.lastUndo(reference, &before); err != nil {
		return current, err
	}
	before.Version = current.Version + 1
	if err := r.tx.ForgetUndo(reference); err != nil {
		return current, err
	}
	if err := r.tx.SaveEvaluation(before); err != nil {
		return current, err
	}
	if err := r.record(before.Reference(), council.EventUndone, ""); err != nil {
		return current, err
	}
	if err := r.planEvaluation(before); err != nil {
		return current, err
	}
	return before, r.followEvaluation(current, before)
}
