package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// tasksPayload is in the link that opens the private chat with the person's tasks.
const tasksPayload = "tugas"

// listPage is how many tasks a page holds.
const listPage = 8

// Whose tasks a list shows.
const (
	listMine  = "m"
	listGroup = "g"
)

// listTasks is /tugas: mine in private, the group's in a group.
func (r *request) listTasks() error {
	if numbers, _ := r.tasksNamed(); len(numbers) > 0 {
		return r.showTask(numbers[0])
	}
	whose := listMine
	if !r.private {
		whose = listGroup
	}
	text, rows, err := r.taskList(whose, 0)
	if err != nil {
		return err
	}
	return r.reply(text, rows...)
}

// pressList turns the page of a list.
func (r *request) pressList(arguments pressArguments) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	if about != "" && about != cardDigest {
		return r.stale() // a list is about nothing; this message is something else
	}
	whose := listMine
	if !r.private {
		whose = listGroup
	}
	text, rows, err := r.taskList(whose, arguments.number(1))
	if err != nil {
		return err
	}
	show := r.edit
	if about == cardDigest {
		show = r.reply // the digest stays
	}
	if err := show(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// turnButtons lead from a page to the ones beside it, where there are such; what the
// buttons carry ends with the page.
func turnButtons(speak locale.Speaker, page int, before, behind bool, meaning string, arguments ...any) []store.Button {
	var turn []store.Button
	if before {
		turn = append(turn, button(speak, "previous", meaning, append(slices.Clone(arguments), page-1)...))
	}
	if behind {
		turn = append(turn, button(speak, "next", meaning, append(slices.Clone(arguments), page+1)...))
	}
	return turn
}

// onePage brings a page to one that there is, and tells which others there are.
func onePage(page int64, size, total int) (here int, before, behind bool) {
	last := max(0, (total-1)/size)
	here = int(min(max(0, page), int64(last)))
	return here, here > 0, here < last
}

func (r *request) taskList(whose string, wanted int64) (string, [][]store.Button, error) {
	filter, head, none, err := r.listOf(whose)
	if err != nil {
		return "", nil, err
	}
	count, err := r.tx.CountMatching(filter)
	if err != nil {
		return "", nil, err
	}
	if count == 0 {
		return r.speak.Say(none), nil, nil
	}
	page, before, behind := onePage(wanted, listPage, count)
	tasks, err := r.tx.Tasks(filter, page*listPage, listPage)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.speak.Say(head, "N", count, "Group", r.groupNameIn(r.speak, r.group))}
	for _, task := range tasks {
		lines = append(lines, r.taskLineText(task))
	}
	row := turnButtons(r.speak, page, before, behind, pressList, whose)
	if len(row) == 0 {
		return strings.Join(lines, "\n"), nil, nil
	}
	return strings.Join(lines, "\n"), [][]store.Button{row}, nil
}

func (r *request) listOf(whose string) (filter store.TaskFilter, head, none string, err error) {
	if whose == listGroup {
		if !r.linked() {
			return filter, "", "", council.Refuse("not_linked")
		}
		err = r.may(council.ActionSeeTask, council.Scope{GroupID: r.group.ID})
		return store.TaskFilter{GroupID: r.group.ID}, "task.list.group", "task.list.none_group", err
	}
	err = r.may(council.ActionStatusOwn, council.Scope{})
	return store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}, "task.list.mine", "task.list.none_mine", err
}

// taskLineText is a task in one line of a list.
func (r *request) taskLineText(task council.Task) string {
	line := task.Reference().String() + " · " + shorten(task.Title, 60) + " · " + r.speak.Say("task.state."+string(task.State))
	if !task.Deadline.IsZero() {
		local := task.Deadline.At.In(r.city.Zone)
		line += " · " + r.speak.ShortDay(local) + " " + r.speak.Hour(local)
	}
	return line
}

// visible narrows a filter to what the person may see, and in a group, where
// everybody reads the answer, to what is that group's.
func (r *request) visible(filter store.TaskFilter) store.TaskFilter {
	if !r.private && !r.ofCity() {
		filter.GroupID = r.group.ID
	}
	if allowed, _ := council.May(r.actor, council.ActionSeeTask, council.Scope{}); allowed {
		return filter
	}
	filter.VisibleTo = r.actor.ID
	for _, group := range r.actor.Groups {
		if allowed, _ := council.May(r.actor, council.ActionSeeTask, council.Scope{GroupID: group.ID}); allowed {
			filter.GroupIDs = append(filter.GroupIDs, group.ID)
		}
	}
	return filter
}

// choicesSearched is how many tasks are looked at for those that a command can mean.
const choicesSearched = 100

// askWhich offers tasks as buttons when a command names none: those of which
// the change can be made.
func (r *request) askWhich(press string, filter store.TaskFilter, change taskChange) error {
	if err := r.may(change.action, council.Scope{GroupID: r.group.ID, Assigned: true}); err != nil {
		return err
	}
	tasks, err := r.tx.Tasks(r.visible(filter), 0, choicesSearched)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for _, task := range tasks {
		if _, err := change.apply(task, r.actor.ID); err == nil && len(rows) < listPage {
			rows = append(rows, []store.Button{{
				Text: task.Reference().String() + " · " + shorten(task.Title, 40), Data: data(press, task.Number),
			}})
		}
	}
	switch {
	case len(rows) > 0:
		return r.reply(r.speak.Say("task.list.which"), rows...)
	case change.takes:
		return r.reply(r.speak.Say("task.list.none_to_take"))
	}
	return r.reply(r.speak.Say("task.list.none_mine"))
}

// showTask sends a task's card to the end of this chat, as when its reference
// is asked for.
func (r *request) showTask(number int64) error {
	task, err := r.task(number, council.ActionSeeTask)
	if err != nil {
		return err
	}
	card, err := r.tx.Card(task.Reference().String(), cardTask, r.chatID, r.thread)
	if err != nil {
		return err
	}
	if err := r.tx.ForgetCardMessage(card.ID, card.ThreadID); err != nil {
		return err
	}
	extra, err := r.standing(task)
	if err != nil {
		return err
	}
	return r.showCard(task, cardTask, r.chatID, r.thread, r.here(), extra)
}
