package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogPreview keeps a draft that waits for [Benar].
const dialogPreview = "evaluation_preview"

// previewOwner stands in the place of a member in the row of a preview: it waits
// for whoever may confirm it, and other conversations do not end it.
func previewOwner(messageID int) int64 { return -(1 << 40) - int64(messageID) }

// previewEvaluation shows everything at once, to be confirmed with one press.
func (r *request) previewEvaluation(draft evaluationDraft) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	draft.Preview = r.pressed
	if r.message != nil {
		draft.Preview = r.message.ID
	}
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: previewOwner(draft.Preview), Kind: dialogPreview, Data: string(kept)}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	evaluation := r.draftedEvaluation(draft)
	words := r.evaluationText()
	lines := []string{r.speak.Say("evaluation.preview", "Name", evaluation.Name)}
	lines = append(lines, words.milestones(evaluation.Milestones, true)...)
	lines = append(lines, words.plan(evaluation)...)
	return r.reply(strings.Join(lines, "\n"), []store.Button{
		button(r.speak, "confirm", pressEvaluation, evaluationConfirm, draft.Preview),
		button(r.speak, "change", pressEvaluation, evaluationChange, draft.Preview),
	})
}

// draftedEvaluation is the evaluation that a draft would make now.
func (r *request) draftedEvaluation(draft evaluationDraft) council.Evaluation {
	milestones := withInternal(draft.Milestones, r.city.Timing.Calendar, r.now)
	slices.SortStableFunc(milestones, func(a, b council.Milestone) int { return a.Deadline.At.Compare(b.Deadline.At) })
	return council.Evaluation{Name: draft.Name, State: council.EvaluationOpen, Milestones: milestones,
		CreatedBy: r.actor.ID, CreatedAt: r.now}
}

// pressEvaluation answers every button of evaluations. What it carries may be
// forged, so who presses is asked anew.
func (r *request) pressEvaluation(arguments pressArguments) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	switch verb := arguments.text(0); verb {
	case evaluationConfirm:
		return r.confirmEvaluation(int(arguments.number(1)))
	case evaluationChange:
		return r.changePreview(int(arguments.number(1)))
	case evaluationUndo:
		return r.pressUndoEvaluation(arguments.number(1), arguments.number(2))
	case evaluationDate, evaluationSkip:
		return r.pressInForm(verb, time.Unix(arguments.number(1), 0))
	case evaluationCancel:
		return r.stopEvaluation()
	case evaluationPack:
		return r.sendPack(arguments.number(1))
	}
	return r.toast(r.speak.Say("press.stale"))
}

// preview finds the draft that waits under a button; false when it was confirmed
// or replaced in the meantime, and the press has been answered.
func (r *request) preview(number int) (draft evaluationDraft, waits bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, previewOwner(number))
	if errors.Is(err, store.ErrNotFound) || err == nil && dialog.Kind != dialogPreview {
		return draft, false, r.toast(r.speak.Say("press.stale"))
	}
	if err != nil {
		return draft, false, err
	}
	return draft, true, json.Unmarshal([]byte(dialog.Data), &draft)
}

// confirmEvaluation makes the evaluation and plans everything that hangs on it.
func (r *request) confirmEvaluation(number int) error {
	draft, waits, err := r.preview(number)
	if err != nil || !waits {
		return err
	}
	if past, found := r.pastMilestone(draft.Milestones); found {
		return council.Refuse("evaluation_past", "Kind", r.speak.Say("evaluation.kind."+string(past.Kind)),
			"Moment", r.speak.Moment(past.Deadline.At, r.city.Zone))
	}
	if _, err := r.tx.EndDialog(r.chatID, previewOwner(number)); err != nil {
		return err
	}
	evaluation, err := r.tx.CreateEvaluation(r.draftedEvaluation(draft))
	if err != nil {
		return err
	}
	if err := r.record(evaluation.Reference(), council.EventCreated, ""); err != nil {
		return err
	}
	if err := r.planEvaluation(evaluation); err != nil {
		return err
	}
	before := evaluation
	before.State = council.EvaluationCancelled
	if err := r.keepEvaluationUndo(evaluation, before); err != nil {
		return err
	}
	text := r.evaluationOutcome(evaluation, "created")
	if err := r.editAbout(evaluation, text, r.outcomeButtons(evaluation)); err != nil {
		return err
	}
	return r.toast(r.speak.Say("evaluation.created", "Reference", evaluation.Reference().String(), "Name", shorten(evaluation.Name, cardTitleLimit)))
}

func (r *request) pastMilestone(milestones []council.Milestone) (council.Milestone, bool) {
	for _, milestone := range milestones {
		if !milestone.Deadline.At.After(r.now) {
			return milestone, true
		}
	}
	return council.Milestone{}, false
}

// changePreview asks what is to be changed.
func (r *request) changePreview(number int) error {
	draft, waits, err := r.preview(number)
	if err != nil || !waits {
		return err
	}
	stop := []store.Button{button(r.speak, "cancel_form", pressEvaluation, evaluationCancel)}
	if err := r.askEvaluation(draft, stepEvaluationChange, r.speak.Say("evaluation.ask.change"), stop); err != nil {
		return err
	}
	return r.toast("")
}

// stopEvaluation ends the question what is to be changed; the preview stays.
func (r *request) stopEvaluation() error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	return r.toast(r.speak.Say("dialog.cancelled"))
}

// editAbout changes the message whose button was pressed into one about an evaluation.
func (r *request) editAbout(evaluation council.Evaluation, text string, buttons ...[]store.Button) error {
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindEdit, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Buttons: buttons, MessageID: r.pressed,
			Subject: evaluation.Reference().String(), About: aboutEvaluation},
	}, time.Now())
}

// aboutEvaluation marks a message of the bot about an evaluation.
const aboutEvaluation = "evaluation"
