package bot

import (
	"encoding/json"
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// answerDraft takes the answer to what was asked of a draft.
func (r *request) answerDraft(dialog store.Dialog) error {
	draft, err := readDraft(dialog)
	if err != nil {
		return err
	}
	switch dialog.Step {
	case stepTitle:
		line, err := r.readTaskLine(r.text, r.entities)
		if err != nil {
			return err
		}
		draft.merge(line)
		draft.Files = append(draft.Files, filesOf(r.message)...)
	case stepGroup:
		if kind, dimension, known := r.groupWords(r.text); known {
			draft.Kind, draft.Dimension = kind, dimension
		}
	case stepEvaluation:
		if draft.Evaluation, err = r.evaluationNamed(r.text); err != nil {
			return err
		}
	case stepWho:
		asked, err := r.answerWho(&draft)
		if err != nil || asked {
			return err
		}
	case stepDue:
		due := reading.ReadDue(r.text, r.readingContext())
		if due.Outcome != reading.Found && !due.NoDeadline {
			return r.askDueAgain(draft, due)
		}
		draft.Due, draft.NoDeadline = due, due.NoDeadline
	}
	return r.takeUp(dialog, draft)
}

// merge adds what a later answer says to what is known.
func (d *taskDraft) merge(line taskLine) {
	later := draftOf(line)
	d.Title, d.FullText, d.Due, d.DuePhrase, d.Recurrence, d.NoDeadline = later.Title, later.FullText, later.Due, later.DuePhrase, later.Recurrence, later.NoDeadline
	d.MemberIDs = append(d.MemberIDs, later.MemberIDs...)
	d.Partners = append(d.Partners, later.Partners...)
	if later.Kind != "" {
		d.Kind, d.Dimension = later.Kind, later.Dimension
	}
	if later.Recommends != 0 {
		d.Recommends = later.Recommends
	}
	if later.Meeting != 0 {
		d.Meeting = later.Meeting
	}
	if later.Evaluation != 0 {
		d.Evaluation = later.Evaluation
	}
}

// answerWho finds the person who was named; one who is not found is asked for again.
func (r *request) answerWho(draft *taskDraft) (asked bool, err error) {
	_, ids, err := r.takeMentions(r.text, r.entities)
	if err != nil {
		return false, err
	}
	group, err := r.tx.Group(draft.GroupID)
	if err != nil {
		return false, errorsOr(err, council.Refuse("no_such_group"))
	}
	if len(ids) == 0 {
		if ids, err = r.named(r.text, group); err != nil {
			return false, err
		}
	}
	if len(ids) == 0 {
		return true, r.askWho(*draft, group, r.speak.Say("task.draft.who_unknown", "Name", shorten(r.text, phraseLimit)))
	}
	draft.MemberIDs = ids
	return false, nil
}

// named finds the one person of a group whose name or @username holds these words.
func (r *request) named(words string, group council.Group) ([]int64, error) {
	members, err := r.tx.MembersOf(group.ChatID)
	if err != nil {
		return nil, err
	}
	if id := oneNamed(members, words); id != 0 {
		return []int64{id}, nil
	}
	return nil, nil
}

func (r *request) askDueAgain(draft taskDraft, due reading.Due) error {
	rows := r.dueRows(r.speak, stepDraft)
	text := r.speak.Say("task.draft.due_unread", "Phrase", shorten(r.text, phraseLimit))
	switch {
	case len(due.Candidates) > 0 && due.Outcome != reading.Past:
		rows, text = nil, r.speak.Say("task.draft.due_choose")
		for _, candidate := range due.Candidates[:min(candidateLimit, len(due.Candidates))] {
			rows = append(rows, []store.Button{r.dateButton(r.speak, stepDraft, candidate)})
		}
	case due.Outcome == reading.Past && !due.Time.IsZero():
		text = r.speak.Say("task.draft.due_past", "Moment", r.speak.Moment(due.Time, r.city.Zone))
	}
	return r.askDraft(draft, stepDue, text, rows...)
}

func readDraft(dialog store.Dialog) (draft taskDraft, err error) {
	return draft, json.Unmarshal([]byte(dialog.Data), &draft)
}

// takeUp goes on with a draft after an answer. An answer that the rules do not
// allow leaves the question open, so that nothing said so far is lost.
func (r *request) takeUp(dialog store.Dialog, draft taskDraft) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	err := r.goOn(draft)
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		if err := r.tx.SetDialog(dialog, r.now); err != nil {
			return err
		}
	}
	return err
}

// pressDraft takes an answer given by button.
func (r *request) pressDraft(arguments pressArguments) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogDraft || dialog.Step != arguments.text(0) {
		return errorsOr(err, r.toast(r.speak.Say("press.form")))
	}
	draft, err := readDraft(dialog)
	if err != nil {
		return err
	}
	chosen, err := r.choose(&draft, dialog.Step, arguments)
	if err != nil {
		return err
	}
	if !chosen {
		return r.stale()
	}
	if err := r.takeUp(dialog, draft); err != nil {
		return err
	}
	return r.toast("")
}

// choose takes what a button says into the draft, unless it is nothing that
// there is.
func (r *request) choose(draft *taskDraft, step string, arguments pressArguments) (bool, error) {
	id := arguments.number(1)
	switch step {
	case stepGroup:
		draft.GroupID = id
		return id > 0, nil
	case stepEvaluation:
		evaluation, err := r.evaluationAhead(council.EvaluationReference(id))
		draft.Evaluation = evaluation.Number
		return true, err
	case stepWho:
		if draft.Anyone = arguments.text(1) == "0"; draft.Anyone {
			return true, nil
		}
		draft.MemberIDs = []int64{id}
		_, err := r.tx.Member(id)
		return err == nil, notFoundIsNil(err)
	case stepDue:
		deadline, ok := r.dateOffered(arguments.text(1))
		draft.At, draft.Zone, draft.NoDeadline = deadline.At, deadline.Zone, deadline.IsZero()
		return ok, nil
	}
	return false, nil
}

// errorsOr gives the first error unless it says that there is nothing.
func errorsOr(first, second error) error {
	if notFoundIsNil(first) != nil {
		return first
	}
	return second
}
