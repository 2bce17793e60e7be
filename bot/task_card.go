package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// Faces of a task.
const (
	cardTask  = "task"  // the card in a group, or a person's own in private
	cardCheck = "check" // the coordinator's, for handed-in work
)

// cardTitleLimit keeps the first line of a card short; the rest opens on a tap.
const cardTitleLimit = 120

// place is where a card stands, and to whom it speaks.
type place struct {
	speak   locale.Speaker
	private bool
	group   council.Group  // the card's group; zero in private
	person  council.Member // whose private chat it is; zero in groups
}

// cardExtra is what a card shows beside the task itself, until its next change.
type cardExtra struct {
	question string           // instead of the third line
	rows     [][]store.Button // before the usual buttons
	undoable bool             // [Urungkan]
	only     bool             // rows stand alone
	fresh    bool             // the task was made just now: there is no history
}

// showCard puts the card of a task into a chat, or brings it up to date there.
func (r *request) showCard(task council.Task, kind string, chatID int64, thread int, where place, extra cardExtra) error {
	card, err := r.tx.Card(task.Reference().String(), kind, chatID, thread)
	if err != nil {
		return err
	}
	payload, err := r.taskFace(task, kind, where, extra)
	if err != nil {
		return err
	}
	payload.Silent = where.group.ID != 0 && card.MessageID != 0
	return r.tx.Queue(store.Outgoing{
		ChatID: chatID, ThreadID: thread, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, First: extra.fresh, Payload: payload,
	}, time.Now())
}

// taskFace writes a card: three short lines, then the buttons.
func (r *request) taskFace(task council.Task, kind string, where place, extra cardExtra) (store.Payload, error) {
	payload := store.Payload{Subject: task.Reference().String(), About: kind}
	lines := make([]string, 0, 4)
	people, err := r.cardPeople(task, where)
	if err != nil {
		return payload, err
	}
	switch {
	case kind == cardCheck && task.State == council.TaskSubmitted:
		lines = append(lines, where.speak.Say("task.card.check", "Persons", people))
	case where.private && where.person.ID != 0 && isAssignee(task, where.person.ID) && !task.State.Ended():
		lines = append(lines, where.speak.Say("task.card.hello", "Person", greetPerson(where.speak, where.person)))
	}
	lines = append(lines, task.Reference().String()+" · "+cardTitle(task, where),
		where.speak.Say("task.state."+string(task.State))+" · "+people)
	if extra.question != "" {
		lines = append(lines, extra.question)
	} else {
		lines = append(lines, r.cardDeadline(task, where))
	}
	payload.Text = strings.Join(lines, "\n")
	payload.Buttons, err = r.cardButtons(task, kind, where, extra)
	return payload, err
}

// cardTitle is short in groups; in private the whole text stands there.
func cardTitle(task council.Task, where place) string {
	switch {
	case !where.private:
		return shorten(task.Title, cardTitleLimit)
	case task.FullText != "":
		return shorten(task.FullText, textLimit/2)
	}
	return task.Title
}

func isAssignee(task council.Task, memberID int64) bool {
	_, found := task.Assignee(memberID)
	return found
}

// cardPeople names who has promised the task, with each one's own standing.
func (r *request) cardPeople(task council.Task, where place) (string, error) {
	var names []string
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return "", err
		}
		names = append(names, r.cardPerson(assignee, member, where))
	}
	if len(names) > 0 {
		return strings.Join(names, ", "), nil
	}
	if where.group.ID == task.GroupID && where.group.ID != 0 {
		return where.speak.Say("task.card.anyone"), nil
	}
	group, err := r.tx.Group(task.GroupID)
	if err != nil {
		return where.speak.Say("task.card.anyone"), notFoundIsNil(err)
	}
	return where.speak.Say("task.card.anyone_in", "Group", r.groupNameIn(where.speak, group)), nil
}

func (r *request) cardPerson(assignee council.Assignee, member council.Member, where place) string {
	name := namePerson(where.speak, member)
	switch {
	case assignee.Progress > 0 && !assignee.State.Ended():
		return where.speak.Say("task.card.progress", "Name", name, "Percent", assignee.Progress)
	case assignee.Acknowledged && assignee.State == council.TaskNew:
		return where.speak.Say("task.card.acknowledged", "Name", name)
	}
	return name
}

// cardDeadline echoes the date in full. In groups nothing marks lateness beside
// a name, so a date that has passed is shown without the days.
func (r *request) cardDeadline(task council.Task, where place) string {
	if task.Deadline.IsZero() {
		if task.DeadlineAsked {
			return where.speak.Say("task.card.ask_deadline")
		}
		return where.speak.Say("task.card.no_deadline")
	}
	if task.State.Ended() || !where.private && r.city.days(r.now, task.Deadline.At) < 0 {
		return where.speak.Moment(task.Deadline.At, r.city.Zone)
	}
	text := r.deadlineIn(where.speak, task.Deadline)
	if name, off := r.city.Timing.Calendar.DayOff(task.Deadline.At); off && name != "" {
		text = where.speak.Say("task.card.day_off", "Deadline", text, "Name", name)
	}
	if task.Recurrence != nil {
		text = where.speak.Say("task.card.repeats", "Deadline", text)
	}
	return text
}

// deadlineIn writes a deadline with the days that are left.
func (r *request) deadlineIn(speak locale.Speaker, deadline council.Deadline) string {
	return speak.Deadline(deadline.At, deadline.Zone, r.city.days(r.now, deadline.At), r.city.Zone)
}

func (r *request) cardButtons(task council.Task, kind string, where place, extra cardExtra) ([][]store.Button, error) {
	rows := append([][]store.Button(nil), extra.rows...)
	if extra.only {
		return rows, nil
	}
	if kind == cardCheck {
		rows = append(rows, checkButtons(task, where.speak)...)
		if extra.undoable {
			rows = append(rows, []store.Button{button(where.speak, "undo", pressUndo, task.Number, task.Version)})
		}
		return rows, nil
	}
	rows = append(rows, stateButtons(task, where.speak)...)
	more, err := r.moreButtons(task, where, extra)
	if len(more) > 0 {
		rows = append(rows, more)
	}
	return rows, err
}

func checkButtons(task council.Task, speak locale.Speaker) [][]store.Button {
	if task.State != council.TaskSubmitted {
		return nil
	}
	return [][]store.Button{{
		button(speak, "accept", pressAccept, task.Number), button(speak, "send_back", pressSendBack, task.Number),
	}}
}

// stateButtons are the buttons that move a task on from where it stands.
func stateButtons(task council.Task, speak locale.Speaker) [][]store.Button {
	change := []store.Button{button(speak, "due", pressDue, task.Number), button(speak, "cancel", pressCancel, task.Number)}
	switch task.State {
	case council.TaskNew:
		if waiting, open := promised(task); open {
			return [][]store.Button{append([]store.Button{button(speak, "take", pressTake, task.Number)}, change...)}
		} else if waiting {
			return [][]store.Button{append([]store.Button{button(speak, "acknowledge", pressAcknowledge, task.Number)}, change...)}
		}
		fallthrough
	case council.TaskInProgress, council.TaskBlocked:
		return [][]store.Button{
			{button(speak, "submit", pressSubmit, task.Number), button(speak, "obstacle", pressObstacle, task.Number)}, change,
		}
	}
	return nil
}

// promised tells whether somebody's promise is still waited for, and whether
// the task is open to anyone.
func promised(task council.Task) (waiting, open bool) {
	open = true
	for _, assignee := range task.Assignees {
		if assignee.MemberID != 0 {
			open = false
			waiting = waiting || !assignee.Acknowledged
		}
	}
	return waiting, open
}

// moreButtons open what does not fit on the card.
func (r *request) moreButtons(task council.Task, where place, extra cardExtra) ([]store.Button, error) {
	var row []store.Button
	if extra.undoable {
		row = append(row, button(where.speak, "undo", pressUndo, task.Number, task.Version))
	}
	if !extra.fresh {
		count, untouched, err := r.tx.CountHistory(task.Reference())
		if err != nil {
			return nil, err
		}
		if !untouched {
			row = append(row, historyButton(where.speak, task.Number, count))
		}
	}
	if !where.private && task.State == council.TaskNew {
		unreached, err := r.unreached(task)
		if err != nil {
			return nil, err
		}
		if unreached {
			row = append(row, store.Button{Text: where.speak.Say("button.open_private"), URL: r.privateLink(task.Reference().String())})
		}
	}
	return row, nil
}

func historyButton(speak locale.Speaker, number int64, count int) store.Button {
	return store.Button{Text: speak.Say("button.history", "N", count), Data: data(pressHistory, number, 0)}
}

// unreached tells whether an assignee cannot be written to in private.
func (r *request) unreached(task council.Task) (bool, error) {
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil || member.Reach != council.ReachOpen {
			return err == nil, err
		}
	}
	return false, nil
}

// privateLink opens the bot's private chat and names a thing there.
func (r *request) privateLink(payload string) string {
	return "https://t.me/" + r.Username() + "?start=" + payload
}

// pageOf splits a list into pages.
func pageOf(page, size int) (offset, limit int) { return page * size, size }

// percentText writes a percentage.
func percentText(percent int) string { return strconv.Itoa(percent) + "%" }
