package bot

import (
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// assign is /disposisi T-12 @baso_contoh, or as a reply to the person's message; of
// indicators /disposisi ENV-08 ENV-09 @baso_contoh tenggat 9 Juni.
func (r *request) assign() error {
	full, entities := body(r.message)
	text, ids, err := r.takeMentions(full, entities)
	if err != nil {
		return err
	}
	r.text = strings.TrimSpace(text)
	if taken, err := r.assignsIndicators(ids); err != nil || taken {
		return err
	}
	numbers, rest := r.tasksNamed()
	if len(numbers) == 0 {
		return council.Refuse("which_task")
	}
	if sharesWithNobody(rest) && len(ids) == 0 {
		first, err := r.task(numbers[0], council.ActionShare)
		if err != nil {
			return err
		}
		return r.askPartners(first)
	}
	if words, wish := takePartners(rest, false, r.city.Groups); !wish.isZero() {
		return r.shareTasks(numbers, ids, words, wish)
	}
	if reply := r.message.ReplyToMessage; len(ids) == 0 && reply != nil && reply.From != nil && !reply.From.IsBot {
		member, err := r.known(reply.From)
		if err != nil {
			return err
		}
		ids = append(ids, member.ID)
	}
	return r.assignTasks(numbers, ids, rest)
}

// assignTasks gives tasks to people, to a group that the words name, or to the
// one person of the task's group whom they name; else it asks for whom.
func (r *request) assignTasks(numbers, ids []int64, words string) error {
	first, err := r.task(numbers[0], council.ActionAssign)
	if err != nil {
		return err
	}
	if kind, dimension, ok := r.groupWords(strings.TrimPrefix(words, "#")); ok && len(ids) == 0 {
		return r.assignGroup(numbers, kind, dimension)
	}
	if len(ids) == 0 && words != "" {
		if ids, err = r.namedIn(words, first.GroupID); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		return r.askAssignee(first)
	}
	tasks, err := r.changeTasks(numbers, assignChange(council.AssignTo(ids...), ids))
	if err != nil {
		return err
	}
	names, err := r.namePersons(r.speak, ids)
	if err != nil {
		return err
	}
	note, err := r.awayNote(r.speak, ids, first.Deadline)
	if err != nil {
		return err
	}
	text := r.speak.Say("task.reply.assigned", "Reference", referenceList(tasks), "Persons", names)
	return r.confirm(tasks, strings.TrimSpace(text+"\n"+note))
}

// namedIn finds the one person of a group whose name holds these words.
func (r *request) namedIn(words string, groupID int64) ([]int64, error) {
	group, err := r.tx.Group(groupID)
	if err != nil {
		return nil, notFoundIsNil(err)
	}
	return r.named(words, group)
}

// assignGroup gives tasks to a group. Whoever works inside one group can give
// them only to that one.
func (r *request) assignGroup(numbers []int64, kind council.GroupKind, dimension council.Dimension) error {
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	for _, group := range groups {
		if group.Kind != kind || group.Dimension != dimension {
			continue
		}
		if err := r.may(council.ActionAssign, council.Scope{GroupID: group.ID}); err != nil {
			return err
		}
		change := assignChange(council.AssignToGroup(group.ID), nil)
		change.detail = []string{"group", strconv.FormatInt(group.ID, 10)}
		tasks, err := r.changeTasks(numbers, change)
		if err != nil {
			return err
		}
		return r.confirm(tasks, r.speak.Say("task.reply.assigned", "Reference", referenceList(tasks), "Persons", r.groupNameIn(r.speak, group)))
	}
	return council.Refuse("no_such_group")
}

func assignChange(assignees []council.Assignee, ids []int64) taskChange {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	return taskChange{action: council.ActionAssign, event: council.EventReassigned, detail: []string{"members", strings.Join(texts, ",")},
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.Reassign(assignees) }}
}

// askAssignee offers the people the bot knows in the task's group.
func (r *request) askAssignee(task council.Task) error {
	if _, err := task.Reassign(nil); err != nil {
		return r.explain(err, task)
	}
	group, err := r.tx.Group(task.GroupID)
	if notFoundIsNil(err) != nil {
		return err
	}
	rows, err := r.peopleRows(group, func(id int64) string { return data(pressAssign, task.Number, id) })
	if err != nil {
		return err
	}
	rows = append(rows, []store.Button{button(r.speak, "nobody", pressAssign, task.Number, 0)}, []store.Button{button(r.speak, "share_with", pressShare, task.Number)})
	reference := task.Reference().String()
	return r.replyAbout(reference, cardTask, r.speak.Say("refused.no_person", "Reference", reference), rows...)
}

// pressAssign gives a task to somebody picked from a list, or to anyone in its group.
func (r *request) pressAssign(arguments pressArguments) error {
	if arguments.text(1) == "0" {
		return r.pressTask(arguments, assignChange(nil, nil), "assigned")
	}
	member, err := r.tx.Member(arguments.number(1))
	if err != nil {
		return errorsOr(err, r.stale())
	}
	task, err := r.changeTask(arguments.number(0), assignChange(council.AssignTo(member.ID), []int64{member.ID}))
	if err != nil {
		return err
	}
	if err := r.closePressed(task); err != nil {
		return err
	}
	note, err := r.awayNote(r.speak, []int64{member.ID}, task.Deadline)
	if err != nil {
		return err
	}
	return r.toast(strings.TrimSpace(r.speak.Say("task.toast.assigned", "Reference", task.Reference().String()) + " " + note))
}
