package bot

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// pressAssignIndicators answers the buttons of indicators that are being assigned.
const pressAssignIndicators = "indtask"

// dialogAssignIndicators is the conversation in which indicators are assigned.
const dialogAssignIndicators = "indtask"

// What the buttons mean, and the steps of the conversation in which they stand.
const (
	assignFor     = "for"  // an evaluation
	assignWho     = "who"  // a member; 0: anyone
	assignDue     = "due"  // a moment in seconds; 0: none
	assignConfirm = "ok"   // step of the preview as well
	assignStop    = "stop" // nothing is made
	assignUndo    = "undo" // first and last task
	assignReady   = "ack"  // first and last task
)

// assignPreviewAbove is how many tasks are made without a preview.
const assignPreviewAbove = 10

// goOnAssigningIndicators makes the tasks, or asks for the next thing that is missing.
func (r *request) goOnAssigningIndicators(draft indicatorAssignment) error {
	if draft.Evaluation != 0 {
		if _, err := r.evaluationAhead(council.EvaluationReference(draft.Evaluation)); err != nil {
			return err
		}
	}
	evaluations, err := r.evaluationsMeant(draft)
	if err != nil {
		return err
	}
	switch {
	case len(evaluations) > 1:
		return r.askEvaluationMeant(draft, evaluations)
	case len(evaluations) == 1 && draft.Dimension != "":
		draft.Evaluation = evaluations[0].Number
	}
	wanted, taken, err := r.assignableIndicators(draft)
	if err != nil {
		return err
	}
	if len(wanted) == 0 {
		return r.replyNothingToAssign(draft, taken)
	}
	if len(draft.MemberIDs) == 0 && !draft.Anyone {
		return r.askAssigneeOfIndicators(draft)
	}
	if draft.Deadline.IsZero() && !draft.NoDeadline && draft.Phrase == "" {
		if draft.Deadline, err = r.internalDeadline(wanted); err != nil {
			return err
		}
	}
	if draft.Deadline.IsZero() && !draft.NoDeadline {
		return r.askDateOfIndicators(draft)
	}
	if len(wanted) > assignPreviewAbove && !draft.Confirmed {
		return r.previewAssignment(draft, wanted)
	}
	return r.makeIndicatorTasks(draft, wanted, taken)
}

// internalDeadline is the internal deadline of the one evaluation of indicators, as
// long as it is ahead; the zero Deadline otherwise.
func (r *request) internalDeadline(indicators []council.Indicator) (council.Deadline, error) {
	for _, indicator := range indicators {
		if indicator.Evaluation != indicators[0].Evaluation {
			return council.Deadline{}, nil
		}
	}
	evaluation, err := r.tx.Evaluation(indicators[0].Evaluation)
	if err != nil || evaluation.State != council.EvaluationOpen {
		return council.Deadline{}, err
	}
	for _, milestone := range evaluation.Milestones {
		if milestone.Kind == council.MilestoneInternal && milestone.Deadline.At.After(r.now) {
			return milestone.Deadline, nil
		}
	}
	return council.Deadline{}, nil
}

func (r *request) askEvaluationMeant(draft indicatorAssignment, evaluations []council.Evaluation) error {
	var rows [][]store.Button
	for _, evaluation := range evaluations[:min(len(evaluations), evaluationChoices)] {
		rows = append(rows, []store.Button{{Text: evaluation.Reference().String() + " · " + shorten(evaluation.Name, phraseLimit),
			Data: data(pressAssignIndicators, assignFor, evaluation.Number)}})
	}
	return r.askOn(dialogAssignIndicators, assignFor, draft, r.speak.Say("indicator.assign.evaluation"), rows...)
}

func (r *request) askAssigneeOfIndicators(draft indicatorAssignment) error {
	group, err := r.groupOfAssignment(draft)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	if group.ID != 0 {
		if rows, err = r.peopleRows(group, func(id int64) string { return data(pressAssignIndicators, assignWho, id) }); err != nil {
			return err
		}
	}
	rows = append(rows, []store.Button{button(r.speak, "nobody", pressAssignIndicators, assignWho, 0)})
	text := r.speak.Say("task.draft.who")
	if draft.unknown != "" {
		text = r.speak.Say("task.draft.who_unknown", "Name", shorten(draft.unknown, phraseLimit))
	}
	return r.askOn(dialogAssignIndicators, assignWho, draft, text, rows...)
}

// askDateOfIndicators asks until when, and says what was not understood of a date.
func (r *request) askDateOfIndicators(draft indicatorAssignment) error {
	text := r.speak.Say("task.draft.due")
	moments := r.usualDeadlines()
	switch {
	case draft.Phrase == "":
	case draft.due.Outcome == reading.Past && !draft.due.Time.IsZero():
		text = r.speak.Say("task.draft.due_past", "Moment", r.speak.Moment(draft.due.Time, r.city.Zone))
	case len(draft.due.Candidates) > 0:
		text, moments = r.speak.Say("task.draft.due_choose"), draft.due.Candidates[:min(candidateLimit, len(draft.due.Candidates))]
	default:
		text = r.speak.Say("task.draft.due_unread", "Phrase", shorten(draft.Phrase, phraseLimit))
	}
	var rows [][]store.Button
	for _, moment := range moments {
		local := moment.In(r.city.Zone)
		rows = append(rows, []store.Button{{Text: r.speak.Day(local) + " " + r.speak.Hour(local), Data: data(pressAssignIndicators, assignDue, moment.Unix())}})
	}
	rows = append(rows, []store.Button{button(r.speak, "no_deadline", pressAssignIndicators, assignDue, 0)})
	return r.askOn(dialogAssignIndicators, assignDue, draft, text, rows...)
}

// previewAssignment shows what would be made of many indicators at once.
func (r *request) previewAssignment(draft indicatorAssignment, wanted []council.Indicator) error {
	persons, err := r.assignedTo(draft)
	if err != nil {
		return err
	}
	codes := make([]string, len(wanted))
	for i, indicator := range wanted {
		codes[i] = indicator.Code
	}
	text := r.speak.Say("indicator.assign.preview", "N", len(wanted), "Codes", shorten(strings.Join(codes, ", "), textLimit/4),
		"Persons", persons, "Deadline", r.deadlineOrNone(draft.Deadline))
	return r.askOn(dialogAssignIndicators, assignConfirm, draft, text,
		[]store.Button{button(r.speak, "confirm", pressAssignIndicators, assignConfirm), button(r.speak, "cancel_form", pressAssignIndicators, assignStop)})
}

// assignedTo names those to whom indicators go.
func (r *request) assignedTo(draft indicatorAssignment) (string, error) {
	if len(draft.MemberIDs) > 0 {
		return r.namePersons(r.speak, draft.MemberIDs)
	}
	return r.speak.Say("status.anyone"), nil
}

func (r *request) deadlineOrNone(deadline council.Deadline) string {
	if deadline.IsZero() {
		return r.speak.Say("task.card.no_deadline")
	}
	return r.deadlineIn(r.speak, deadline)
}

// answerAssignment takes what was written in answer to a question about indicators.
func (r *request) answerAssignment(dialog store.Dialog) error {
	var draft indicatorAssignment
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	switch dialog.Step {
	case assignWho:
		text, ids, err := r.takeMentions(r.text, r.entities)
		if err != nil {
			return err
		}
		if draft.MemberIDs = ids; len(ids) == 0 {
			if err := r.readAssignee(&draft, tidy(text)); err != nil {
				return err
			}
		}
	case assignFor:
		number, err := r.evaluationNamed(r.text)
		if err != nil {
			return err
		}
		draft.Evaluation = number
	case assignDue:
		draft.Phrase = shorten(strings.TrimSpace(r.text), phraseLimit)
		draft.due = reading.ReadDue(r.text, r.readingContext())
		draft.NoDeadline = draft.due.NoDeadline
		if draft.due.Outcome == reading.Found {
			draft.Deadline = r.deadlineOf(draft.due)
		}
	}
	return r.takeUpAssignment(dialog, draft)
}

// takeUpAssignment goes on after an answer. What the rules do not allow leaves the
// question open, so that nothing said so far is lost.
func (r *request) takeUpAssignment(dialog store.Dialog, draft indicatorAssignment) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	err := r.goOnAssigningIndicators(draft)
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) {
		return errors.Join(err, r.tx.SetDialog(dialog, r.now))
	}
	return err
}

// pressAssignment answers a button: what was asked, or what was made in one go.
func (r *request) pressAssignment(arguments pressArguments) error {
	verb := arguments.text(0)
	switch verb {
	case assignUndo:
		return r.pressUndoIndicatorTasks(arguments.number(1), arguments.number(2))
	case assignReady:
		return r.pressReadyForIndicators(arguments.number(1), arguments.number(2))
	}
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogAssignIndicators || dialog.Step != verb && verb != assignStop {
		return errorsOr(err, r.toast(r.speak.Say("press.form")))
	}
	if verb == assignStop {
		if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
			return err
		}
		return errors.Join(r.edit(r.speak.Say("dialog.cancelled")), r.toast(""))
	}
	var draft indicatorAssignment
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	chosen, err := r.chooseInAssignment(&draft, verb, arguments)
	if err != nil {
		return err
	}
	if !chosen {
		return r.stale()
	}
	if err := r.takeUpAssignment(dialog, draft); err != nil {
		return err
	}
	return r.toast("")
}

// chooseInAssignment takes what a button says into the draft, unless it is nothing
// that there is.
func (r *request) chooseInAssignment(draft *indicatorAssignment, verb string, arguments pressArguments) (bool, error) {
	switch verb {
	case assignFor:
		evaluation, err := r.evaluationAhead(council.EvaluationReference(arguments.number(1)))
		draft.Evaluation = evaluation.Number
		return true, err
	case assignWho:
		if draft.Anyone = arguments.text(1) == "0"; draft.Anyone {
			return true, nil
		}
		draft.MemberIDs = []int64{arguments.number(1)}
		_, err := r.tx.Member(arguments.number(1))
		return err == nil, notFoundIsNil(err)
	case assignDue:
		deadline, known := r.dateOffered(arguments.text(1))
		draft.Deadline, draft.NoDeadline = deadline, deadline.IsZero()
		return known, nil
	case assignConfirm:
		draft.Confirmed = true
		return true, nil
	}
	return false, nil
}
