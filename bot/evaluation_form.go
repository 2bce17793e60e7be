package bot

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// Steps of the form for an evaluation.
const (
	stepEvaluationName   = "name"
	stepEvaluationDate   = "date"
	stepEvaluationUpload = "upload"
	stepEvaluationChange = "change"
)

// What the buttons of evaluations mean.
const (
	evaluationConfirm = "ok"
	evaluationChange  = "edit"
	evaluationUndo    = "undo"
	evaluationDate    = "date"
	evaluationSkip    = "skip"
	evaluationCancel  = "stop"
)

// newEvaluation is /evaluasi_baru: in one line, or step by step.
func (r *request) newEvaluation() error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	draft := r.readEvaluation(strings.TrimSpace(r.text), evaluationDraft{})
	return r.goOnEvaluation(draft)
}

// mayInPlace decides about an action here: in a group that is not linked, where
// strangers may read along, nothing is shown.
func (r *request) mayInPlace(action council.Action) error {
	if !r.private && !r.linked() && !r.actor.IsStranger() {
		return council.Refuse("not_linked")
	}
	return r.may(action, council.Scope{GroupID: r.group.ID})
}

// goOnEvaluation shows the preview, or asks for the next thing that is missing.
func (r *request) goOnEvaluation(draft evaluationDraft) error {
	switch {
	case draft.Name == "":
		draft.Guided = true
		return r.askEvaluation(draft, stepEvaluationName, r.speak.Say("evaluation.ask.name"))
	case draft.unread.Outcome != "" || !r.datedAhead(draft.Milestones):
		draft.Guided = true
		text, rows := r.evaluationDateQuestion(draft)
		return r.askEvaluation(draft, stepEvaluationDate, text, rows...)
	case draft.Guided && !draft.UploadAsked && !hasMilestone(draft.Milestones, council.MilestoneUpload):
		draft.UploadAsked = true
		skip := []store.Button{button(r.speak, "skip_upload", pressEvaluation, evaluationSkip)}
		return r.askEvaluation(draft, stepEvaluationUpload, r.speak.Say("evaluation.ask.upload"), skip)
	}
	return r.previewEvaluation(draft)
}

// datedAhead tells whether there is at least one date, and none has passed.
func (r *request) datedAhead(milestones []council.Milestone) bool {
	for _, milestone := range milestones {
		if !milestone.Deadline.At.After(r.now) {
			return false
		}
	}
	return len(milestones) > 0
}

// evaluationDateQuestion asks for a date only, and says what was not understood
// of the one that was given.
func (r *request) evaluationDateQuestion(draft evaluationDraft) (string, [][]store.Button) {
	due, phrase := draft.unread, shorten(draft.phrase, phraseLimit)
	switch {
	case len(due.Candidates) > 0:
		var rows [][]store.Button
		for _, candidate := range due.Candidates[:min(len(due.Candidates), candidateLimit)] {
			local := candidate.In(r.city.Zone)
			rows = append(rows, []store.Button{{Text: r.speak.Day(local) + " " + r.speak.Hour(local),
				Data: data(pressEvaluation, evaluationDate, candidate.Unix())}})
		}
		return r.speak.Say("evaluation.ask.date_choose", "Phrase", phrase), rows
	case due.Outcome == reading.Past && !due.Time.IsZero():
		return r.speak.Say("evaluation.ask.date_past", "Moment", r.speak.Moment(due.Time, r.city.Zone)), nil
	case due.Outcome != "":
		return r.speak.Say("evaluation.ask.date_unread", "Phrase", phrase), nil
	}
	for _, milestone := range draft.Milestones {
		if !milestone.Deadline.At.After(r.now) {
			return r.speak.Say("evaluation.ask.date_past", "Moment", r.speak.Moment(milestone.Deadline.At, r.city.Zone)), nil
		}
	}
	return r.speak.Say("evaluation.ask.date"), nil
}

func (r *request) askEvaluation(draft evaluationDraft, step, text string, rows ...[]store.Button) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.ask(dialogEvaluation, step, string(kept), text, rows...)
}

// answerEvaluation takes the answer to what the form asked.
func (r *request) answerEvaluation(dialog store.Dialog) error {
	if err := r.may(council.ActionEvaluation, council.Scope{}); err != nil {
		return err
	}
	var draft evaluationDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	switch dialog.Step {
	case stepEvaluationChange:
		return r.takeEvaluationChange(draft)
	case stepEvaluationName:
		return r.goOnEvaluation(r.readEvaluation(r.text, draft))
	case stepEvaluationUpload:
		return r.takeEvaluationDate(draft, council.MilestoneUpload)
	}
	return r.takeEvaluationDate(draft, council.MilestonePresentation)
}

// takeEvaluationDate reads an answer that should be a date. The answer to the
// question for the day may name further dates.
func (r *request) takeEvaluationDate(draft evaluationDraft, kind council.MilestoneKind) error {
	dues := reading.FindAll(r.text, r.readingContext())
	if kind == council.MilestonePresentation && len(dues) > 1 {
		named := r.readEvaluation(r.text, evaluationDraft{Name: draft.Name, Milestones: draft.Milestones, Guided: true})
		named.Name = draft.Name
		return r.goOnEvaluation(named)
	}
	due := reading.ReadDue(r.text, r.readingContext())
	switch {
	case due.NoDeadline && kind == council.MilestoneUpload:
		return r.goOnEvaluation(draft)
	case due.Outcome == reading.Found:
		if words := milestoneKind(r.text[:due.Start]); words != council.MilestonePresentation {
			kind = words
		}
		draft.set(kind, r.deadlineOf(due))
		return r.goOnEvaluation(draft)
	case due.Outcome == reading.None:
		due.Outcome = reading.Vague
	}
	draft.unread, draft.phrase = due, strings.TrimSpace(r.text)
	text, rows := r.evaluationDateQuestion(draft)
	step := stepEvaluationDate
	if kind == council.MilestoneUpload {
		step = stepEvaluationUpload
		rows = append(rows, []store.Button{button(r.speak, "skip_upload", pressEvaluation, evaluationSkip)})
	}
	return r.askEvaluation(draft, step, text, rows...)
}

// takeEvaluationChange reads what is to be changed in a preview, and shows it anew.
func (r *request) takeEvaluationChange(draft evaluationDraft) error {
	if _, err := r.tx.EndDialog(r.chatID, previewOwner(draft.Preview)); err != nil {
		return err
	}
	draft.Guided = false
	return r.goOnEvaluation(r.readEvaluation(strings.TrimSpace(r.text), draft))
}

// pressInForm takes an answer to the form that was given by button.
func (r *request) pressInForm(verb string, at time.Time) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && dialog.Kind != dialogEvaluation {
		return r.toast(r.speak.Say("press.stale"))
	}
	if err != nil {
		return err
	}
	var draft evaluationDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	if verb == evaluationDate {
		kind := council.MilestonePresentation
		if dialog.Step == stepEvaluationUpload {
			kind = council.MilestoneUpload
		}
		draft.set(kind, r.deadlineAt(at))
	}
	if err := r.goOnEvaluation(draft); err != nil {
		return err
	}
	return r.toast("")
}
