package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
)

// reassignButtons is for how many tasks a coordinator is offered somebody else at once.
const reassignButtons = 3

// writeCoordination tells a coordinator what is overdue, and with whom, and what
// nobody has promised.
func (n *notice) writeCoordination() error {
	if err := n.writeOverdue(); err != nil {
		return err
	}
	return n.writeUnpromised()
}

func (n *notice) writeOverdue() error {
	items := n.unlisted(func(item council.Item) bool { return item.Reminder.Step != council.StepUnacknowledged })
	if len(items) == 0 {
		return nil
	}
	n.open("notice.report")
	n.headline(n.speak.Say("notice.coordinator"))
	for _, item := range items {
		persons, err := n.bot.personsOf(n.tx, n.speak, item.Task)
		if err != nil {
			return err
		}
		left := n.speak.Left(n.city.days(n.now, item.Task.Deadline.At))
		if !item.Task.Overdue(n.now) {
			left = n.speak.Say("task.state." + string(item.Task.State))
		}
		n.add(n.speak.Say("notice.coordinator_line", "Reference", item.Task.Reference().String(),
			"Title", shorten(item.Task.Title, cardTitleLimit), "Persons", persons, "Left", left))
	}
	return nil
}

// writeUnpromised names the tasks that somebody was given two working days ago
// and has not said anything to.
func (n *notice) writeUnpromised() error {
	items := n.unlisted(func(item council.Item) bool { return item.Reminder.Step == council.StepUnacknowledged })
	if len(items) == 0 {
		return nil
	}
	n.open("notice.report")
	n.headline(n.speak.Say("notice.unpromised"))
	offered := 0
	for _, item := range items {
		reference := item.Task.Reference().String()
		line := reference + " · " + shorten(item.Task.Title, cardTitleLimit) + " · "
		waited, err := n.unpromisedBy(item.Task)
		if err != nil {
			return err
		}
		if waited == "" {
			n.add(line + n.answered(item.Task))
			continue
		}
		n.add(line + waited)
		if offered++; offered <= reassignButtons {
			reassign := button(n.speak, "reassign", pressReassign, item.Task.Number)
			if len(items) > 1 {
				reassign.Text = n.speak.Say("button.reassign_one", "Reference", reference)
			}
			n.offer(reassign)
		}
	}
	return nil
}

// unlisted gives a coordinator's tasks that have no line yet, each once.
func (n *notice) unlisted(wanted func(council.Item) bool) []council.Item {
	var items []council.Item
	for _, item := range n.items(council.ToCoordinator) {
		if item.Task.Number != 0 && wanted(item) && !n.listed[item.Task.Number] {
			n.listed[item.Task.Number] = true
			items = append(items, item)
		}
	}
	return items
}

// unpromisedBy names those who have not said anything; empty when everybody has.
func (n *notice) unpromisedBy(task council.Task) (string, error) {
	if task.State.Ended() {
		return "", nil
	}
	silent := task.Unpromised(n.now, n.city.Timing)
	if len(silent) == 0 {
		return "", nil
	}
	task.Assignees = slices.DeleteFunc(slices.Clone(task.Assignees), func(a council.Assignee) bool { return !slices.Contains(silent, a.MemberID) })
	return n.bot.personsOf(n.tx, n.speak, task)
}

// answered says what has become of a task that nobody had promised.
func (n *notice) answered(task council.Task) string {
	if task.State != council.TaskNew {
		return n.speak.Say("task.state." + string(task.State))
	}
	if waiting, _ := promised(task); waiting {
		return n.speak.Say("notice.passed_on")
	}
	return n.speak.Say("notice.promised")
}

// pressReassign asks to whom a task is to be given instead.
func (r *request) pressReassign(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionAssign)
	if err != nil {
		return err
	}
	if err := r.askAssignee(task); err != nil {
		return err
	}
	return r.toast("")
}
