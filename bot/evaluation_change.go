package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dueEvaluation is /tenggat E-1: it moves a date and everything that hangs on it,
// or says that the evaluation is postponed, closed or cancelled.
func (r *request) dueEvaluation(reference council.Reference, text string) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	before, err := r.evaluation(reference)
	if err != nil {
		return err
	}
	after, kind, outcome, err := r.wished(before, text)
	if err != nil {
		return err
	}
	if after, err = r.keepEvaluation(before, after, kind); err != nil {
		return err
	}
	behind, rows, err := r.presentationBehind(before, after)
	if err != nil {
		return err
	}
	said := strings.Join(append([]string{r.evaluationOutcome(after, outcome)}, behind...), "\n")
	return r.replyAbout(reference.String(), aboutEvaluation, said, append([][]store.Button{r.outcomeButtons(after)}, rows...)...)
}

// wished is what a text makes of an evaluation: other dates, or the end of its
// being prepared; with what happens, and the sentence that says what came of it.
func (r *request) wished(before council.Evaluation, text string) (after council.Evaluation, kind council.EventKind, outcome string, err error) {
	if state, known := locale.Meaning("evaluation_change", text); known {
		after, kind, err = r.inState(before, council.EvaluationState(state))
		return after, kind, state, err
	}
	if ended(before) {
		return before, "", "", council.Refuse("evaluation_ended", "Reference", before.Reference().String(), "State", r.evaluationState(before))
	}
	after, err = r.moved(before, text)
	return after, council.EventDeadline, "changed", err
}

func ended(evaluation council.Evaluation) bool {
	return evaluation.State == council.EvaluationClosed || evaluation.State == council.EvaluationCancelled
}

// evaluation finds an evaluation; a refusal when there is none.
func (r *request) evaluation(reference council.Reference) (council.Evaluation, error) {
	evaluation, err := r.tx.Evaluation(reference.Number)
	if errors.Is(err, store.ErrNotFound) {
		return evaluation, council.Refuse("no_such_thing", "Reference", reference.String())
	}
	return evaluation, err
}

func (r *request) evaluationState(evaluation council.Evaluation) string {
	return strings.ToLower(r.speak.Say("evaluation.state." + string(evaluation.State)))
}

// moved gives an evaluation the dates that a text names. A date without words for
// a milestone moves the main one.
func (r *request) moved(evaluation council.Evaluation, text string) (council.Evaluation, error) {
	reference := evaluation.Reference().String()
	at, found := 0, false
	for _, due := range reading.FindAll(text, r.readingContext()) {
		kind := r.kindMeant(evaluation, text[at:due.Start])
		at = due.End
		switch {
		case due.Outcome != reading.Found && due.Outcome != reading.Past, due.Time.IsZero():
			return evaluation, council.Refuse("evaluation_date", "Reference", reference)
		case !due.Time.After(r.now):
			return evaluation, council.Refuse("evaluation_past", "Kind", r.speak.Say("evaluation.kind."+string(kind)),
				"Moment", r.speak.Moment(due.Time, r.city.Zone))
		}
		evaluation.Milestones = withMilestone(evaluation.Milestones, kind, r.deadlineOf(due))
		found = true
	}
	if !found {
		return evaluation, council.Refuse("evaluation_date", "Reference", reference)
	}
	evaluation.Milestones = withInternal(evaluation.Milestones, r.city.Timing.Calendar, r.now)
	slices.SortStableFunc(evaluation.Milestones, func(a, b council.Milestone) int { return a.Deadline.At.Compare(b.Deadline.At) })
	evaluation.State = council.EvaluationOpen
	return evaluation, nil
}

// kindMeant is the milestone that words name; without a name it is the
// presentation, or the only one there is.
func (r *request) kindMeant(evaluation council.Evaluation, words string) council.MilestoneKind {
	kind := milestoneKind(words)
	if kind != council.MilestonePresentation || hasMilestone(evaluation.Milestones, kind) {
		return kind
	}
	for _, milestone := range evaluation.Milestones {
		if milestone.Kind != council.MilestoneInternal {
			return milestone.Kind
		}
	}
	return kind
}

// inState is an evaluation that is postponed without a date, or ended.
func (r *request) inState(before council.Evaluation, state council.EvaluationState) (after council.Evaluation, kind council.EventKind, err error) {
	if ended(before) || before.State == state {
		return before, "", council.Refuse("evaluation_unchanged", "Reference", before.Reference().String(), "State", r.evaluationState(before))
	}
	kind = map[council.EvaluationState]council.EventKind{
		council.EvaluationPostponed: council.EventPostponed, council.EvaluationClosed: council.EventClosed,
		council.EvaluationCancelled: council.EventCancelled,
	}[state]
	after = before
	after.State = state
	return after, kind, nil
}

// keepEvaluation stores a change, what it means for the reminders, and how it was before.
func (r *request) keepEvaluation(before, after council.Evaluation, kind council.EventKind) (council.Evaluation, error) {
	after.Version = before.Version + 1
	if err := r.tx.SaveEvaluation(after); err != nil {
		return after, err
	}
	var detail []string
	for _, milestone := range after.Milestones {
		detail = append(detail, string(milestone.Kind), milestone.Deadline.At.Format(time.RFC3339))
	}
	if err := r.record(after.Reference(), kind, "", detail...); err != nil {
		return after, err
	}
	if err := r.planEvaluation(after); err != nil {
		return after, err
	}
	if err := r.followEvaluation(before, after); err != nil {
		return after, err
	}
	if err := r.refreshDigests(after.Reference()); err != nil {
		return after, err
	}
	return after, r.keepEvaluationUndo(after, before)
}

// planEvaluation keeps the reminders in step with an evaluation, in the same transaction.
func (r *request) planEvaluation(evaluation council.Evaluation) error {
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	kept, err := r.tx.Evaluation(evaluation.Number) // new milestones have their ids now
	if err != nil {
		return err
	}
	if err := r.tx.PlanReminders(kept.Reference(), council.PlanEvaluation(kept, groups, r.now, r.city.Timing), r.stays(kept)); err != nil {
		return err
	}
	return r.tx.PlanReminders(council.PackReference(kept.Number), council.PlanPack(kept, r.now, r.city.Timing), nil)
}

// stays tells which reminders of an evaluation stay when it is planned anew: what
// has come due and waits, as for the end of a quiet time.
func (r *request) stays(evaluation council.Evaluation) func(council.Reminder) bool {
	anchors := make(map[time.Time]bool)
	for _, milestone := range evaluation.Milestones {
		anchors[milestone.Deadline.At] = evaluation.State == council.EvaluationOpen
	}
	timing := r.city.Timing.For(evaluation)
	return func(reminder council.Reminder) bool { return anchors[reminder.Anchor] && timing.Begun(reminder, r.now) }
}

// planForGroups adds the reminders of open evaluations for groups that were
// linked after the evaluations were made. What is planned already stays.
func (r *request) planForGroups() error {
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return err
	}
	for _, evaluation := range evaluations {
		if err := r.tx.AddReminders(council.PlanEvaluation(evaluation, groups, r.now, r.city.Timing)); err != nil {
			return err
		}
	}
	return nil
}

// evaluationOutcome says what came of a change: every date and every reminder.
func (r *request) evaluationOutcome(evaluation council.Evaluation, outcome string) string {
	lines := []string{r.speak.Say("evaluation."+outcome, "Reference", evaluation.Reference().String(), "Name", evaluation.Name)}
	if evaluation.State == council.EvaluationOpen {
		words := r.evaluationText()
		lines = append(lines, words.milestones(evaluation.Milestones, false)...)
		lines = append(lines, words.plan(evaluation)...)
	}
	lines = append(lines, r.followedWords()...)
	return strings.Join(append(lines, r.speak.Say("evaluation.undo_hint")), "\n")
}
