package bot

import (
	"slices"
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
	Partners       []council.Dimension // the working groups with which it is to be shared
	Evaluation     int64
	Idea           int64       // of which the task comes
	Recommends     int64       // the recommendation for which it is
	Meeting        int64       // the meeting of which it is a follow-up
	Indicator      int64       // whose evidence the task is to bring
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
		Partners: line.Partners, Evaluation: line.Evaluation, Recommends: line.Recommends, Meeting: line.Meeting, Due: line.Due, DuePhrase: line.DuePhrase, Recurrence: line.Recurrence, NoDeadline: line.Due.NoDeadline,
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
	evaluations, err := r.evaluationsOfTitle(&draft)
	if err != nil {
		return err
	}
	switch {
	case len(evaluations) > 1:
		return r.askEvaluationOfTask(draft, evaluations)
	case draft.Guided && len(draft.MemberIDs) == 0 && !draft.Anyone:
		return r.askWho(draft, group, r.speak.Say("task.draft.who"))
	case draft.Guided && draft.asksDeadline() && draft.Recurrence == nil:
		return r.askDraft(draft, stepDue, r.speak.Say("task.draft.due"), r.dueRows(r.speak, stepDraft)...)
	}
	if draft.Indicator != 0 {
		indicator, err := r.tx.Indicator(draft.Indicator)
		if err != nil {
			return err
		}
		draft.Evaluation = indicator.Evaluation
	}
	return r.createTask(draft, group)
}

// draftGroup finds the group a task belongs to: the one named, else the one it
// was made in, else the assignee's. When several may be meant they are returned
// as choices.
func (r *request) draftGroup(draft taskDraft) (council.Group, []council.Group, error) {
	if draft.GroupID != 0 {
		group, err := r.tx.Group(draft.GroupID)
		if err != nil {
			return group, nil, errorsOr(err, council.Refuse("no_such_group"))
		}
		return group, nil, r.may(council.ActionCreateTask, council.Scope{GroupID: group.ID})
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
	own, err := r.groupsOf(draft.MemberIDs, groups)
	if err != nil {
		return council.Group{}, nil, err
	}
	if len(own) > 0 {
		groups = own
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

// askDraft puts the next question. After a press it takes the place of the
// question that was answered, so that a group gets no further message.
func (r *request) askDraft(draft taskDraft, step, text string, buttons ...[]store.Button) error {
	return r.askOn(dialogDraft, step, draft, text, buttons...)
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
