package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// historyPage is how many events a page of the history holds.
const historyPage = 6

// wordsShown is how much of what was written a line of the history shows, so
// that a page of them fits into one message.
const wordsShown = 500

// pressHistory opens the history of a task on its card, page by page.
func (r *request) pressHistory(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionSeeTask)
	if err != nil {
		return err
	}
	total, _, err := r.tx.CountHistory(task.Reference())
	if err != nil {
		return err
	}
	page, before, behind := onePage(arguments.number(1), historyPage, total)
	text, err := r.historyText(task, page)
	if err != nil {
		return err
	}
	row := []store.Button{}
	if behind {
		row = append(row, button(r.speak, "older", pressHistory, task.Number, page+1))
	}
	if before {
		row = append(row, button(r.speak, "newer", pressHistory, task.Number, page-1))
	}
	row = append(row, button(r.speak, "back", pressCard, task.Number))
	if err := r.edit(text, row); err != nil {
		return err
	}
	return r.toast("")
}

// textPage is how many characters of a task's full text a page shows.
const textPage = 3000

// pressText opens the full text of a task on its card, page by page.
func (r *request) pressText(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionSeeTask)
	if err != nil {
		return err
	}
	text := []rune(task.FullText)
	if len(text) == 0 {
		text = []rune(task.Title)
	}
	page, before, behind := onePage(arguments.number(1), textPage, len(text))
	text = text[page*textPage : min(len(text), (page+1)*textPage)]
	row := []store.Button{}
	row = append(row, turnButtons(r.speak, page, before, behind, pressText, task.Number)...)
	row = append(row, button(r.speak, "back", pressCard, task.Number))
	if err := r.edit(task.Reference().String()+" · "+strings.TrimSpace(string(text)), row); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) historyText(task council.Task, page int) (string, error) {
	happenings, err := r.tx.History(task.Reference(), page*historyPage, historyPage)
	if err != nil {
		return "", err
	}
	lines := []string{r.speak.Say("task.history.head", "Reference", task.Reference().String(), "Title", shorten(task.Title, cardTitleLimit))}
	for _, happening := range happenings {
		line, err := r.historyLine(happening)
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}

func (r *request) historyLine(h store.Happening) (string, error) {
	local := h.At.In(r.city.Zone)
	line := r.speak.ShortDay(local) + " " + r.speak.Hour(local) + " · "
	if h.MemberID != 0 {
		line += namePerson(r.speak, h.Member) + " "
	}
	what, err := r.historyWhat(h)
	if err != nil {
		return "", err
	}
	line += what
	if h.Words != "" {
		line += ": " + shorten(h.Words, wordsShown)
	}
	return line, nil
}

func (r *request) historyWhat(h store.Happening) (string, error) {
	key := "task.history." + string(h.Kind)
	switch h.Kind {
	case council.EventProgress:
		return strings.TrimSpace(r.speak.Say(key, "Percent", h.Detail["percent"])), nil
	case council.EventDeadline:
		at, err := time.Parse(time.RFC3339, h.Detail["deadline"])
		if err != nil {
			return r.speak.Say(key, "Deadline", r.speak.Say("task.card.no_deadline")), nil
		}
		return r.speak.Say(key, "Deadline", r.speak.Moment(at, r.city.Zone)), nil
	case council.EventShared, council.EventUnshared:
		groups, err := r.historyGroups(h.Detail["groups"])
		return r.speak.Say(key, "Groups", groups), err
	case council.EventNoted:
		return r.speak.Say("follow_up.history", "Reference", h.Detail["meeting"]), nil
	case council.EventWaits, council.EventFreed:
		return r.speak.Say(key, "References", h.Detail["tasks"]), nil
	case council.EventReassigned:
		persons, err := r.historyPersons(h)
		return r.speak.Say(key, "Persons", persons), err
	}
	if !r.speak.Knows(key) {
		key = "task.history.changed"
	}
	return r.speak.Say(key), nil
}

// historyPersons names those to whom a task was passed on: people, a group, or anyone.
func (r *request) historyPersons(h store.Happening) (string, error) {
	if id := (pressArguments{h.Detail["group"]}).number(0); id != 0 {
		group, err := r.tx.Group(id)
		if err == nil {
			return r.groupNameIn(r.speak, group), nil
		}
		return r.speak.Say("task.card.anyone"), notFoundIsNil(err)
	}
	var ids []int64
	for _, id := range strings.Split(h.Detail["members"], ",") {
		if number := (pressArguments{id}).number(0); number != 0 {
			ids = append(ids, number)
		}
	}
	if len(ids) == 0 {
		return r.speak.Say("task.card.anyone"), nil
	}
	names, err := r.namePersons(r.speak, ids)
	return names, notFoundIsNil(err)
}
