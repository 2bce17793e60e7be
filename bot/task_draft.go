package bot

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// taskDraft is a task on its way: what has been said of it so far. It is kept
// in the conversation's row, so that it survives a restart at every step.
type taskDraft struct {
	Title          string
	FullText       string
	MemberIDs      []int64
	Anyone         bool // it was said that anyone in the group may take it
	GroupID        int64
	Kind           council.GroupKind
	Dimension      council.Dimension
	Evaluation     int64
	Due            reading.Due `json:"-"`
	DuePhrase      string
	At             time.Time
	Zone           string
	NoDeadline     bool
	Recurrence     *council.Recurrence
	Files          []file
	CommandChat    int64
	CommandMessage int
	Guided         bool // it was begun without a line, so everything is asked
}

// Steps of the guided form.
const (
	stepTitle = "title"
	stepGroup = "group"
	stepWho   = "who"
	stepDue   = "due"
)

func draftOf(line taskLine) taskDraft {
	draft := taskDraft{
		Title: line.Title, FullText: line.FullText, MemberIDs: line.MemberIDs, Kind: line.Kind, Dimension: line.Dimension,
		Evaluation: line.Evaluation, Due: line.Due, DuePhrase: line.DuePhrase, Recurrence: line.Recurrence, NoDeadline: line.Due.NoDeadline,
	}
	return draft
}

func (d taskDraft) deadline() council.Deadline {
	if d.At.IsZero() {
		return council.Deadline{}
	}
	return council.Deadline{At: d.At.UTC(), Zone: d.Zone}
}

func (d taskDraft) asksDeadline() bool { return d.At.IsZero() && !d.NoDeadline }

// goOn makes the task, or asks for the next thing that is missing.
func (r *request) goOn(draft taskDraft) error {
	if draft.Due.Outcome == reading.Found {
		deadline := r.deadlineOf(draft.Due)
		draft.At, draft.Zone = deadline.At, deadline.Zone
	}
	if draft.Title == "" {
		draft.Guided = true
		return r.askDraft(draft, stepTitle, r.speak.Say("task.draft.title"))
	}
	group, choices, err := r.draftGroup(draft)
	if err != nil {
		return err
	}
	if group.ID == 0 {
		return r.askGroup(draft, choices)
	}
	draft.GroupID = group.ID
	switch {
	case draft.Guided && len(draft.MemberIDs) == 0 && !draft.Anyone:
		return r.askWho(draft, group, r.speak.Say("task.draft.who"))
	case draft.Guided && draft.asksDeadline() && draft.Recurrence == nil:
		return r.askDraft(draft, stepDue, r.speak.Say("task.draft.due"), r.dueRows(r.speak, stepDraft)...)
	}
	return r.createTask(draft, group)
}

// draftGroup finds the group a task belongs to: the one named, else the one it
// was made in, else the assignee's. When several may be meant they are returned
// as choices.
func (r *request) draftGroup(draft taskDraft) (council.Group, []council.Group, error) {
	if draft.GroupID != 0 {
		group, err := r.tx.Group(draft.GroupID)
		return group, nil, notFoundIsNil(err)
	}
	if r.linked() && draft.Kind == "" {
		return r.group, nil, r.may(council.ActionCreateTask, council.Scope{GroupID: r.group.ID})
	}
	groups, err := r.creatable()
	if err != nil {
		return council.Group{}, nil, err
	}
	if draft.Kind != "" {
		groups = slices.DeleteFunc(groups, func(g council.Group) bool { return g.Kind != draft.Kind || g.Dimension != draft.Dimension })
		if len(groups) == 0 {
			return council.Group{}, nil, r.refuseGroup()
		}
	}
	if slices.ContainsFunc(groups, func(g council.Group) bool { return g.ID == r.group.ID && r.linked() }) {
		return r.group, nil, nil
	}
	if draft.Kind != "" {
		return groups[0], nil, nil
	}
	if own, err := r.groupsOf(draft.MemberIDs, groups); err != nil || len(own) > 0 {
		groups = own
		if err != nil {
			return council.Group{}, nil, err
		}
	}
	if len(groups) == 1 {
		return groups[0], nil, nil
	}
	return council.Group{}, groups, nil
}

// refuseGroup says why the group that was named cannot be used.
func (r *request) refuseGroup() error {
	if allowed, _ := council.May(r.actor, council.ActionCreateTask, council.Scope{}); allowed {
		return council.Refuse("no_such_group")
	}
	return council.Refuse("other_group")
}

// creatable lists the groups in which the person may make tasks.
func (r *request) creatable() ([]council.Group, error) {
	groups, err := r.tx.Groups()
	return slices.DeleteFunc(groups, func(g council.Group) bool {
		allowed, _ := council.May(r.actor, council.ActionCreateTask, council.Scope{GroupID: g.ID})
		return !allowed
	}), err
}

// groupsOf narrows groups to those in which the first of these people is.
func (r *request) groupsOf(memberIDs []int64, groups []council.Group) ([]council.Group, error) {
	if len(memberIDs) == 0 {
		return nil, nil
	}
	member, err := r.tx.Member(memberIDs[0])
	if err != nil {
		return nil, err
	}
	person, err := r.tx.Actor(member)
	return slices.DeleteFunc(slices.Clone(groups), func(g council.Group) bool { return !person.In(g.ID) }), err
}

func (r *request) askDraft(draft taskDraft, step, text string, buttons ...[]store.Button) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.ask(dialogDraft, step, string(kept), text, buttons...)
}

// stepDraft, in the place of a task's number, means the draft of the person who presses.
const stepDraft = int64(0)

func (r *request) askGroup(draft taskDraft, choices []council.Group) error {
	if len(choices) == 0 {
		return r.reply(r.speak.Say("task.draft.no_group"))
	}
	var rows [][]store.Button
	for _, group := range choices {
		rows = append(rows, []store.Button{{Text: r.groupNameIn(r.speak, group), Data: data(pressDraft, stepGroup, group.ID)}})
	}
	return r.askDraft(draft, stepGroup, r.speak.Say("task.draft.group"), rows...)
}

// peopleOffered is how many names a question offers as buttons.
const peopleOffered = 8

func (r *request) askWho(draft taskDraft, group council.Group, text string) error {
	rows, err := r.peopleRows(group, func(id int64) string { return data(pressDraft, stepWho, id) })
	if err != nil {
		return err
	}
	rows = append(rows, []store.Button{{Text: r.speak.Say("button.nobody"), Data: data(pressDraft, stepWho, 0)}})
	return r.askDraft(draft, stepWho, text, rows...)
}

func (r *request) peopleRows(group council.Group, button func(memberID int64) string) ([][]store.Button, error) {
	members, err := r.tx.MembersOf(group.ChatID)
	if err != nil {
		return nil, err
	}
	var rows [][]store.Button
	for _, member := range members {
		if (member.Name == "" && member.Username == "") || len(rows) == peopleOffered {
			continue
		}
		rows = append(rows, []store.Button{{Text: namePerson(r.speak, member), Data: button(member.ID)}})
	}
	return rows, nil
}

// answerDraft takes the answer to what was asked of a draft.
func (r *request) answerDraft(dialog store.Dialog) error {
	draft, err := r.takeUp(dialog)
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
	case stepWho:
		done, err := r.answerWho(&draft)
		if err != nil || done {
			return err
		}
	case stepDue:
		due := reading.ReadDue(r.text, r.readingContext())
		if due.Outcome != reading.Found && !due.NoDeadline {
			return r.askDueAgain(draft, due)
		}
		draft.Due, draft.NoDeadline = due, due.NoDeadline
	}
	return r.goOn(draft)
}

// merge adds what a later answer says to what is known.
func (d *taskDraft) merge(line taskLine) {
	later := draftOf(line)
	d.Title, d.FullText, d.Due, d.DuePhrase, d.Recurrence, d.NoDeadline = later.Title, later.FullText, later.Due, later.DuePhrase, later.Recurrence, later.NoDeadline
	d.MemberIDs = append(d.MemberIDs, later.MemberIDs...)
	if later.Kind != "" {
		d.Kind, d.Dimension = later.Kind, later.Dimension
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
		return false, err
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

// named finds the one person of a group whose name holds these words.
func (r *request) named(words string, group council.Group) ([]int64, error) {
	members, err := r.tx.MembersOf(group.ChatID)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, member := range members {
		if words != "" && strings.Contains(strings.ToLower(member.Name), strings.ToLower(strings.TrimSpace(words))) {
			ids = append(ids, member.ID)
		}
	}
	if len(ids) != 1 {
		return nil, nil
	}
	return ids, nil
}

func (r *request) askDueAgain(draft taskDraft, due reading.Due) error {
	rows := r.dueRows(r.speak, stepDraft)
	text := r.speak.Say("task.draft.due_unread", "Phrase", shorten(r.text, phraseLimit))
	switch {
	case len(due.Candidates) > 0:
		rows, text = nil, r.speak.Say("task.draft.due_choose")
		for _, candidate := range due.Candidates[:min(candidateLimit, len(due.Candidates))] {
			rows = append(rows, []store.Button{r.dateButton(r.speak, stepDraft, candidate)})
		}
	case due.Outcome == reading.Past && !due.Time.IsZero():
		text = r.speak.Say("task.draft.due_past", "Moment", r.speak.Moment(due.Time, r.city.Zone))
	}
	return r.askDraft(draft, stepDue, text, rows...)
}

// takeUp reads a draft and ends its question, since an answer has come.
func (r *request) takeUp(dialog store.Dialog) (taskDraft, error) {
	var draft taskDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return draft, err
	}
	_, err := r.tx.EndDialog(r.chatID, r.actor.ID)
	return draft, err
}

// pressDraft takes an answer given by button.
func (r *request) pressDraft(arguments pressArguments) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogDraft || dialog.Step != arguments.text(0) {
		return errorsOr(err, r.toast(r.speak.Say("press.stale")))
	}
	draft, err := r.takeUp(dialog)
	if err != nil {
		return err
	}
	chosen := arguments.number(1)
	switch dialog.Step {
	case stepGroup:
		draft.GroupID = chosen
	case stepWho:
		draft.Anyone = chosen == 0
		if chosen != 0 {
			draft.MemberIDs = []int64{chosen}
		}
	case stepDue:
		draft.NoDeadline = chosen == 0
		if chosen != 0 {
			deadline := r.deadlineAt(time.Unix(chosen, 0))
			draft.At, draft.Zone = deadline.At, deadline.Zone
		}
	}
	if err := r.toast(""); err != nil {
		return err
	}
	return r.goOn(draft)
}

// errorsOr gives the first error unless it says that there is nothing.
func errorsOr(first, second error) error {
	if notFoundIsNil(first) != nil {
		return first
	}
	return second
}
