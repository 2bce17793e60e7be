package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

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
	text, rows, err := r.taskList(arguments.text(0), max(0, int(arguments.number(1))))
	if err != nil {
		return err
	}
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) taskList(whose string, page int) (string, [][]store.Button, error) {
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
	offset, limit := pageOf(page, listPage)
	tasks, err := r.tx.Tasks(filter, offset, limit)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.speak.Say(head, "N", count, "Group", r.groupNameIn(r.speak, r.group))}
	for _, task := range tasks {
		lines = append(lines, r.taskLineText(task))
	}
	var row []store.Button
	if page > 0 {
		row = append(row, button(r.speak, "previous", pressList, whose, page-1))
	}
	if offset+len(tasks) < count {
		row = append(row, button(r.speak, "next", pressList, whose, page+1))
	}
	if len(row) == 0 {
		return strings.Join(lines, "\n"), nil, nil
	}
	return strings.Join(lines, "\n"), [][]store.Button{row}, nil
}

func (r *request) listOf(whose string) (filter store.TaskFilter, head, none string, err error) {
	if whose == listGroup && !r.private {
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

// visible narrows a filter to what the person may see.
func (r *request) visible(filter store.TaskFilter) store.TaskFilter {
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

// search is /cari kata.
func (r *request) search() error {
	scope := council.Scope{Assigned: true, GroupID: r.group.ID}
	if err := r.may(council.ActionSearch, scope); err != nil {
		return err
	}
	words := strings.TrimSpace(r.text)
	if words == "" {
		return r.reply(r.speak.Say("task.list.search_what"))
	}
	filter := r.visible(store.TaskFilter{Words: words})
	count, err := r.tx.CountMatching(filter)
	if err != nil {
		return err
	}
	if count == 0 {
		return r.reply(r.speak.Say("task.list.none_found", "Words", shorten(words, phraseLimit)))
	}
	tasks, err := r.tx.Tasks(filter, 0, 2*listPage)
	if err != nil {
		return err
	}
	lines := []string{r.speak.Say("task.list.found", "N", count, "Words", shorten(words, phraseLimit))}
	for _, task := range tasks {
		lines = append(lines, r.taskLineText(task))
	}
	return r.reply(strings.Join(lines, "\n"))
}

// askWhich offers tasks as buttons when a command names none.
func (r *request) askWhich(press string, filter store.TaskFilter, action council.Action) error {
	if err := r.may(action, council.Scope{GroupID: r.group.ID, Assigned: true}); err != nil {
		return err
	}
	tasks, err := r.tx.Tasks(r.visible(filter), 0, listPage)
	if err != nil {
		return err
	}
	if len(tasks) == 0 {
		return r.reply(r.speak.Say("task.list.none_mine"))
	}
	var rows [][]store.Button
	for _, task := range tasks {
		rows = append(rows, []store.Button{{
			Text: task.Reference().String() + " · " + shorten(task.Title, 40), Data: data(press, task.Number),
		}})
	}
	return r.reply(r.speak.Say("task.list.which"), rows...)
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
	return r.showCard(task, cardTask, r.chatID, r.thread, r.here(), cardExtra{})
}
