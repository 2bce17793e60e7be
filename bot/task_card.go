package bot

import (
	"slices"
	"strings"

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
		handedIn, err := r.handedIn(task, where.speak, people)
		if err != nil {
			return payload, err
		}
		lines = append(lines, handedIn)
	case where.private && where.person.ID != 0 && isAssignee(task, where.person.ID) && !task.State.Ended():
		lines = append(lines, where.speak.Say("task.card.hello", "Person", greetPerson(where.speak, where.person)))
	}
	partners, err := r.cardPartners(task, where)
	if err != nil {
		return payload, err
	}
	waits, err := r.waitText(r.tx, where.speak, task)
	if err != nil {
		return payload, err
	}
	discussed, err := r.meetingsOnCard(task.Reference(), where)
	if err != nil {
		return payload, err
	}
	lines = append(lines, task.Reference().String()+" · "+cardTitle(task, where),
		joinParts(where.speak.Say("task.state."+string(task.State)), people, partners))
	if extra.question != "" {
		lines = append(lines, extra.question)
	} else {
		lines = append(lines, joinParts(r.cardDeadline(task, where), waits, discussed))
	}
	payload.Text = strings.Join(lines, "\n")
	payload.Buttons, err = r.cardButtons(task, kind, where, extra)
	return payload, err
}

// joinParts puts what there is to say into one line.
func joinParts(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// handedIn says who handed in, and with how many files.
func (r *request) handedIn(task council.Task, speak locale.Speaker, people string) (string, error) {
	files, err := r.tx.Attachments(task.Reference().String())
	if err != nil || len(files) == 0 {
		return speak.Say("task.card.check", "Persons", people), err
	}
	return speak.Say("task.card.check_files", "Persons", people, "Files", speak.Count("task.card.files", len(files))), nil
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

// cardNames is how many people a card names before it counts the others.
const cardNames = 4

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
	if more := len(names) - cardNames; more > 0 && !where.private {
		return where.speak.Say("task.card.more", "Names", strings.Join(names[:cardNames], ", "), "N", more), nil
	}
	if len(names) > 0 {
		return strings.Join(names, ", "), nil
	}
	return r.cardAnyone(task, where)
}

// cardAnyone names the group in which anyone may take the task.
func (r *request) cardAnyone(task council.Task, where place) (string, error) {
	id := task.GroupID
	if len(task.Assignees) > 0 {
		id = task.Assignees[0].GroupID
	}
	if where.group.ID == id && id != 0 || len(task.Assignees) == 0 && task.BelongsTo(where.group.ID) {
		return where.speak.Say("task.card.anyone"), nil
	}
	group, err := r.tx.Group(id)
	if err != nil {
		return where.speak.Say("task.card.anyone"), notFoundIsNil(err)
	}
	return where.speak.Say("task.card.anyone_in", "Group", r.groupNameIn(where.speak, group)), nil
}

func (r *request) cardPerson(assignee council.Assignee, member council.Member, where place) string {
	name := namePerson(where.speak, member)
	switch {
	case assignee.Progress > 0 && !assignee.State.Ended() && assignee.State != council.TaskSubmitted:
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
	switch {
	case task.State.Ended():
		reopen, err := r.reopenRow(task, where)
		if err != nil {
			return nil, err
		}
		rows = append(rows, reopen...)
	case kind == cardCheck && task.State == council.TaskSubmitted:
		accept, err := r.acceptLabel(task)
		if err != nil {
			return nil, err
		}
		rows = append(rows, []store.Button{
			button(where.speak, accept, pressAccept, task.Number), button(where.speak, "send_back", pressSendBack, task.Number),
		})
	case kind == cardTask:
		rows = append(rows, stateButtons(task, where)...)
		if task.Waiting() {
			rows = append(rows, r.waitOverRow(where.speak, task))
		}
	}
	more, err := r.moreButtons(task, kind, where, extra)
	if len(more) > 0 {
		rows = append(rows, more)
	}
	return rows, err
}

// reopenRow lets a coordinator, in private, take up a task that has ended.
func (r *request) reopenRow(task council.Task, where place) ([][]store.Button, error) {
	if !where.private || where.person.ID == 0 {
		return nil, nil
	}
	person, err := r.tx.Actor(where.person)
	if err != nil || !person.Coordinates() {
		return nil, err
	}
	return [][]store.Button{{button(where.speak, "reopen", pressReopen, task.Number)}}, nil
}

// stateButtons are the buttons that move an open task on from where it stands;
// in an assignee's own chat, from where this assignee stands.
func stateButtons(task council.Task, where place) [][]store.Button {
	state := task.State
	waiting, open := promised(task)
	if own, found := task.Assignee(where.person.ID); found && where.private {
		state, waiting = own.State, !own.Acknowledged
	}
	if state == council.TaskSubmitted || task.State == council.TaskSubmitted {
		return nil
	}
	change := []store.Button{button(where.speak, "due", pressDue, task.Number), button(where.speak, "cancel", pressCancel, task.Number)}
	take := button(where.speak, "take", pressTake, task.Number)
	work := []store.Button{button(where.speak, "submit", pressSubmit, task.Number), button(where.speak, "obstacle", pressObstacle, task.Number)}
	switch {
	case state == council.TaskNew && open:
		return [][]store.Button{append([]store.Button{take}, change...)}
	case state == council.TaskNew && waiting:
		return [][]store.Button{append([]store.Button{button(where.speak, "acknowledge", pressAcknowledge, task.Number)}, change...)}
	case open:
		work = append([]store.Button{take}, work...)
	}
	return [][]store.Button{work, change}
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

// moreButtons take back the last change and open what does not fit on the card.
func (r *request) moreButtons(task council.Task, kind string, where place, extra cardExtra) ([]store.Button, error) {
	var row []store.Button
	if extra.undoBy != 0 && (!where.private || where.person.ID == extra.undoBy) {
		row = append(row, button(where.speak, "undo", pressUndo, task.Number, task.Version))
	}
	if cut := cardTitle(task, where); task.FullText != "" && cut != task.FullText {
		row = append(row, button(where.speak, "full_text", pressText, task.Number, 0))
	}
	if !extra.fresh {
		count, _, err := r.tx.CountHistory(task.Reference())
		if err != nil {
			return nil, err
		}
		if count > 1 {
			row = append(row, store.Button{Text: where.speak.Say("button.history", "N", count), Data: data(pressHistory, task.Number, 0)})
		}
	}
	if !extra.bare {
		files, err := r.filesButton(task, where)
		if err != nil {
			return nil, err
		}
		row = append(row, files...)
	}
	if where.private || kind != cardTask || task.State != council.TaskNew {
		return row, nil
	}
	unreached, err := r.unreached(task)
	if err == nil && unreached {
		row = append(row, store.Button{Text: where.speak.Say("button.open_private"), URL: r.privateLink(task.Reference().String())})
	}
	return row, err
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
