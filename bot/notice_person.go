package bot

import (
	"cmp"
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ownTask is a task in the digest of one of its assignees.
type ownTask struct {
	task    council.Task
	brief   bool // one line, below an evaluation
	asked   bool // whether it is still being worked on
	settled bool // nothing is expected of the person for now
	blocked bool

	indicator council.Indicator // whose evidence it is to bring; zero: none's
}

// earlierDue puts what is due sooner before the rest, and dates before none.
func earlierDue(a, b council.Item) int {
	one, other := a.Task.Deadline, b.Task.Deadline
	switch {
	case one.IsZero() && !other.IsZero():
		return 1
	case other.IsZero() && !one.IsZero():
		return -1
	}
	return cmp.Or(one.At.Compare(other.At), cmp.Compare(a.Task.Number, b.Task.Number))
}

// writeOwn lists the tasks the person has promised, with the date and the days left.
func (n *notice) writeOwn() error {
	items := n.items(council.ToAssignee)
	if len(items) > 0 {
		n.open("notice.person")
	}
	for _, item := range items {
		if n.listed[item.Task.Number] {
			continue
		}
		if err := n.writeTask(&ownTask{task: item.Task, asked: n.asks(items, item.Task)}); err != nil {
			return err
		}
	}
	return nil
}

// asks tells whether the person is asked for a sign of life, and none has come since.
func (n *notice) asks(items []council.Item, task council.Task) bool {
	own, _ := task.Assignee(n.member.ID)
	return slices.ContainsFunc(items, func(item council.Item) bool {
		return item.Task.Number == task.Number && item.Reminder.Step == council.StepSilent && !own.ActiveAt.After(item.Reminder.Anchor)
	})
}

// writeTask writes an own task: what is due, or in words what has become of it.
func (n *notice) writeTask(one *ownTask) error {
	own, _ := one.task.Assignee(n.member.ID)
	n.listed[one.task.Number] = true
	head := one.task.Reference().String() + " · " + shorten(one.task.Title, cardTitleLimit)
	word := n.settled(one)
	one.settled, one.blocked = word != "", own.State == council.TaskBlocked
	lines := []string{head}
	switch {
	case one.settled:
		lines[0] += " · " + word
	case one.brief:
		if !one.task.Deadline.IsZero() {
			lines[0] += " · " + n.deadline(one.task.Deadline)
		}
	default:
		lines = append(lines, n.dueLines(one.task)...)
	}
	if one.blocked && !one.settled {
		at := min(1, len(lines)-1)
		lines[at] += " · " + n.speak.Say("task.state."+string(council.TaskBlocked))
	}
	if !one.settled {
		more, err := n.awaitedLine(one.task)
		if err != nil {
			return err
		}
		if one.indicator, err = n.tx.IndicatorOfTask(one.task.Number); err != nil {
			return err
		}
		lines = append(append(lines, more...), n.examplesLine(one.indicator)...)
	}
	if one.asked && !one.settled {
		lines = append(lines, n.question())
	}
	n.add(lines...)
	n.parts[len(n.parts)-1].own = one
	if one.settled {
		return n.offerUndo(one.task)
	}
	return nil
}

// awaitedLine says which tasks wait for one; nothing if none does.
func (n *notice) awaitedLine(task council.Task) ([]string, error) {
	waiters, err := n.bot.waiters(n.tx, n.speak, task)
	if waiters == "" {
		return nil, err
	}
	return []string{waiters}, err
}

func (n *notice) dueLines(task council.Task) []string {
	days := n.city.days(n.now, task.Deadline.At)
	switch {
	case task.Deadline.IsZero():
		return nil
	case days < 0:
		return []string{n.speak.Moment(task.Deadline.At, n.city.Zone), n.speak.Count("notice.overdue", -days)}
	}
	return []string{n.deadline(task.Deadline)}
}

// settled says in words why nothing is expected of the person for now; empty
// when something is.
func (n *notice) settled(one *ownTask) string {
	own, mine := one.task.Assignee(n.member.ID)
	switch {
	case one.task.State.Ended():
		return n.speak.Say("task.state." + string(one.task.State))
	case !mine:
		return n.speak.Say("notice.passed_on")
	case own.State == council.TaskSubmitted:
		return n.speak.Say("task.state." + string(own.State))
	case one.task.Waiting():
		return n.speak.Say("wait.card.waits", "References", referencesOf(one.task.WaitsFor()))
	case own.SnoozedUntil.After(n.now):
		local := own.SnoozedUntil.In(n.city.Zone)
		return n.speak.Say("notice.snoozed", "Day", n.speak.Weekday(local)+" "+n.speak.BriefDate(local))
	case !one.brief && !one.asked && n.onlyAsked(one.task):
		return n.speak.Say("task.state." + string(own.State))
	}
	return ""
}

// onlyAsked tells whether a task is in the digest for nothing but the question
// whether it is still being worked on.
func (n *notice) onlyAsked(task council.Task) bool {
	return !slices.ContainsFunc(n.items(council.ToAssignee), func(item council.Item) bool {
		return item.Task.Number == task.Number && item.Reminder.Step != council.StepSilent
	})
}

// question asks for a sign of life, with the short form of address; people with a
// title are named.
func (n *notice) question() string {
	switch n.member.Address {
	case "Bapak":
		return n.speak.Say("notice.silent.bapak")
	case "Ibu":
		return n.speak.Say("notice.silent.ibu")
	case "":
		return n.speak.Say("notice.silent.unasked")
	}
	return n.speak.Say("notice.silent.titled", "Person", greetPerson(n.speak, n.member))
}

// offerUndo lets the person take back, for a while, what has just been done.
func (n *notice) offerUndo(task council.Task) error {
	var before council.Task
	undo, err := n.tx.LastUndo(task.Reference().String(), &before)
	if err != nil || undo.Version != task.Version || undo.MemberID != n.member.ID || n.now.Sub(undo.ChangedAt) > undoTime {
		return notFoundIsNil(err)
	}
	label := n.speak.Say("button.undo_one", "Reference", task.Reference().String())
	n.offer(store.Button{Text: label, Data: data(pressUndo, task.Number, task.Version)})
	return nil
}

// taskButtons lets the person answer with one press, task by task.
func (n *notice) taskButtons() {
	several := 0
	for _, part := range n.parts {
		if part.own != nil {
			several++
		}
	}
	for i := range n.parts {
		if own := n.parts[i].own; own != nil && !own.settled {
			n.parts[i].rows = append(n.parts[i].rows, n.rowsFor(own, several > 1)...)
		}
	}
}

func (n *notice) rowsFor(own *ownTask, several bool) [][]store.Button {
	number, reference := own.task.Number, own.task.Reference().String()
	named := func(label, action string) store.Button {
		if several {
			return store.Button{Text: n.speak.Say("button."+label+"_one", "Reference", reference), Data: data(action, number)}
		}
		return button(n.speak, label, action, number)
	}
	var rows [][]store.Button
	row := []store.Button{named("submit", pressSubmit)}
	if own.indicator.ID != 0 {
		rows = append(rows, []store.Button{n.uploadButton(own.indicator, several)})
	}
	if own.asked {
		rows = append(rows, []store.Button{named("alive", pressAlive)})
	}
	if !own.blocked {
		row = append(row, named("obstacle", pressObstacle))
	}
	if !own.asked {
		row = append(row, named("snooze", pressSnooze))
	}
	return append(rows, row)
}

// dateRow lets the person choose the day on which a task of a page is spoken of again.
func (n *notice) dateRow(parts []part) []store.Button {
	var open []int64
	for _, part := range parts {
		if part.own != nil && !part.own.settled {
			open = append(open, part.own.task.Number)
		}
	}
	switch len(open) {
	case 0:
		return nil
	case 1:
		return []store.Button{button(n.speak, "snooze_date", pressSnooze, open[0], snoozeAsk)}
	}
	return []store.Button{button(n.speak, "snooze_date", pressSnooze, 0, snoozeAsk)}
}
