package bot

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dialogPlanned keeps a change that was shown before and after, and waits for a
// press. Its step says of what it is.
const (
	dialogPlanned     = "planned"
	plannedTask       = "task"
	plannedEvaluation = "evaluation"
	plannedCity       = "city"
)

// plannedChange is such a change.
type plannedChange struct {
	Task      council.Task
	Deadline  council.Deadline // the task's new one
	Before    council.Evaluation
	After     council.Evaluation
	Kind      council.EventKind
	Outcome   string // the sentence that says what came of it
	City, New council.Rhythm
	Page      string // of the settings, to which it goes back
}

// keepPlanned lets a change wait under the buttons of the answer to this message.
func (r *request) keepPlanned(step string, change plannedChange) (preview int, err error) {
	kept, err := json.Marshal(change)
	if err != nil {
		return 0, err
	}
	preview = r.pressed
	if r.message != nil {
		preview = r.message.ID
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: previewOwner(preview), Kind: dialogPlanned, Step: step, Data: string(kept)}
	return preview, r.tx.SetDialog(dialog, r.now)
}

// plannedUnder finds the change that waits under a button; false when it was made
// in the meantime, and the press has been answered.
func (r *request) plannedUnder(preview int) (step string, change plannedChange, waits bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, previewOwner(preview))
	if errors.Is(err, store.ErrNotFound) || err == nil && dialog.Kind != dialogPlanned {
		return "", change, false, r.toast(r.speak.Say("press.stale"))
	}
	if err != nil {
		return "", change, false, err
	}
	return dialog.Step, change, true, json.Unmarshal([]byte(dialog.Data), &change)
}

// applyPlan makes the change that was shown, by the rights of who presses.
func (r *request) applyPlan(preview int) error {
	step, change, waits, err := r.plannedUnder(preview)
	if err != nil || !waits {
		return err
	}
	apply, known := map[string]func(plannedChange) error{
		plannedTask: r.applyTask, plannedEvaluation: r.applyEvaluation, plannedCity: r.applyCity,
	}[step]
	if !known {
		return r.stale()
	}
	if err := apply(change); err != nil {
		return err
	}
	_, err = r.tx.EndDialog(r.chatID, previewOwner(preview))
	return err
}

// planEvaluationChange shows what another date, other steps or a sentence would
// mean for what is said about an evaluation.
func (r *request) planEvaluationChange(reference council.Reference, text string) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	before, err := r.evaluation(reference)
	if err != nil {
		return err
	}
	if wish, about, err := r.readWish(text); about {
		return r.planRhythm(before, wish, err)
	}
	after, kind, outcome, err := r.wished(before, text)
	if err != nil {
		return err
	}
	change := plannedChange{Before: before, After: after, Kind: kind, Outcome: outcome}
	preview, err := r.keepPlanned(plannedEvaluation, change)
	if err != nil {
		return err
	}
	body, err := r.beforeAndAfter(change)
	if err != nil {
		return err
	}
	return r.replyAbout(reference.String(), aboutPlan, body, []store.Button{button(r.speak, "apply", pressPlan, planApply, preview)})
}

// applyEvaluation makes a change of an evaluation, unless it has changed since.
func (r *request) applyEvaluation(change plannedChange) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	current, err := r.evaluation(change.Before.Reference())
	if err != nil {
		return err
	}
	if current.Version != change.Before.Version {
		return council.Refuse("plan_changed", "Reference", current.Reference().String())
	}
	if past, found := r.pastMilestone(change.After.Milestones); found && change.Kind == council.EventDeadline {
		return council.Refuse("evaluation_past", "Kind", r.speak.Say("evaluation.kind."+string(past.Kind)),
			"Moment", r.speak.Moment(past.Deadline.At, r.city.Zone))
	}
	after, err := r.keepEvaluation(current, change.After, change.Kind)
	if err != nil {
		return err
	}
	if err := r.editAbout(after, r.evaluationOutcome(after, change.Outcome), r.outcomeButtons(after)); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// planTaskChange shows what another deadline of a task would mean.
func (r *request) planTaskChange(reference council.Reference, text string) error {
	task, err := r.task(reference.Number, council.ActionReschedule)
	if err != nil {
		return err
	}
	due := reading.ReadDue(text, r.readingContext())
	if due.Outcome != reading.Found && !due.NoDeadline {
		return r.askPlanDue(task, due, text)
	}
	deadline := council.Deadline{}
	if !due.NoDeadline {
		deadline = r.deadlineOf(due)
	}
	after, err := task.Reschedule(deadline)
	if err != nil {
		return r.explain(err, task)
	}
	preview, err := r.keepPlanned(plannedTask, plannedChange{Task: task, Deadline: deadline})
	if err != nil {
		return err
	}
	lines := []string{r.speak.Say("plan.change.head", "Reference", reference.String(), "Name", shorten(task.Title, cardTitleLimit))}
	for i, side := range []council.Task{task, after} {
		said, err := r.sayingsOfTask(side)
		if err != nil {
			return err
		}
		dates := []string{r.speak.Say("digest.no_date")}
		if !side.Deadline.IsZero() {
			dates = []string{r.evaluationText().deadline(side.Deadline)}
		}
		if lines, err = r.side(lines, i, dates, said); err != nil {
			return err
		}
	}
	lines = append(lines, r.speak.Say("plan.change.nothing"))
	return r.replyAbout(reference.String(), aboutPlan, strings.Join(lines, "\n"), []store.Button{button(r.speak, "apply", pressPlan, planApply, preview)})
}

// askPlanDue says which date was not understood.
func (r *request) askPlanDue(task council.Task, due reading.Due, text string) error {
	if due.Outcome == reading.Past && !due.Time.IsZero() {
		return council.Refuse("plan_past", "Moment", r.speak.Moment(due.Time, r.city.Zone), "Reference", task.Reference().String())
	}
	return council.Refuse("plan_date", "Phrase", shorten(strings.TrimSpace(text), phraseLimit), "Reference", task.Reference().String())
}

// applyTask makes a change of a deadline, unless that has changed since.
func (r *request) applyTask(change plannedChange) error {
	current, err := r.task(change.Task.Number, council.ActionReschedule)
	if err != nil {
		return err
	}
	reference := current.Reference().String()
	if current.Deadline != change.Task.Deadline {
		return council.Refuse("plan_changed", "Reference", reference)
	}
	if !change.Deadline.IsZero() && !change.Deadline.At.After(r.now) {
		return council.Refuse("plan_past", "Moment", r.speak.Moment(change.Deadline.At, r.city.Zone), "Reference", reference)
	}
	task, err := r.changeTask(current.Number, dueChange(change.Deadline))
	if err != nil {
		return err
	}
	text := r.speak.Say("task.reply.deadline_none", "Reference", reference)
	if !task.Deadline.IsZero() {
		text = r.speak.Say("task.reply.deadline", "Reference", reference, "Deadline", r.deadlineIn(r.speak, task.Deadline))
	}
	if err := r.edit(text, r.undoRow(task)); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.deadline", "Reference", reference))
}

// sayingsOfTask foretells what is said about a task as it is given.
func (r *request) sayingsOfTask(task council.Task) ([]saying, error) {
	facts, err := newPlanFacts(r.tx, r.city.Timing, r.now)
	if err != nil {
		return nil, err
	}
	facts.tasks[task.Number] = &council.Item{Task: task}
	beside, err := r.besides(task.Reference())
	if err != nil {
		return nil, err
	}
	until := r.now.AddDate(0, 0, planMonth)
	if task.Deadline.At.After(r.now) {
		until = task.Deadline.At.AddDate(0, 0, planMonth)
	}
	sayings, err := foretell(facts, append(beside, council.PlanTask(task, r.now, r.city.Timing)...), until, false)
	return about(task.Reference(), sayings), err
}

// besides lists what waits to be said about other evaluations: their hour may be
// an earlier one, and a day has one morning.
func (r *request) besides(reference council.Reference) ([]council.Reminder, error) {
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return nil, err
	}
	var reminders []council.Reminder
	for _, evaluation := range evaluations {
		if evaluation.Reference() == reference {
			continue
		}
		waiting, err := r.tx.WaitingReminders(evaluation.Reference())
		if err != nil {
			return nil, err
		}
		reminders = append(reminders, waiting...)
	}
	return reminders, nil
}

// about leaves what is said about one thing.
func about(reference council.Reference, sayings []saying) (left []saying) {
	for _, s := range sayings {
		if s.reminder.Subject == reference {
			left = append(left, s)
		}
	}
	return left
}
