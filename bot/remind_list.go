package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// remindersPage is how many reminders a page of the list holds.
const remindersPage = 5

// What the buttons of the list mean.
const (
	remindersPageOf = "page"
	remindersEnd    = "end"
	remindersUndo   = "undo"
)

// listReminders is /pengingat: the person's own in private, the group's in a group.
func (r *request) listReminders() error {
	if err := r.mayInPlace(council.ActionOwnReminders); err != nil {
		return err
	}
	text, rows, err := r.reminderList(0, council.OwnReminder{})
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutReminders, text, rows...)
}

// aboutReminders marks a message of the bot that lists reminders.
const aboutReminders = "reminders"

// pressReminders turns the page of a list, ends a reminder, or takes that back.
func (r *request) pressReminders(arguments pressArguments) error {
	if err := r.mayInPlace(council.ActionOwnReminders); err != nil {
		return err
	}
	if _, about, err := r.tx.MessageAbout(r.chatID, r.pressed); err != nil || about != aboutReminders {
		return errorsOr(err, r.stale())
	}
	var touched council.OwnReminder
	page, word := arguments.number(1), ""
	var err error
	switch number := arguments.number(2); arguments.text(0) {
	case remindersEnd:
		touched, err = r.endReminder(number)
		word = "reminder.ended"
	case remindersUndo:
		touched, err = r.restoreReminder(number, arguments.number(3))
		word = "reminder.undone"
	}
	if err != nil {
		return err
	}
	text, rows, err := r.reminderList(page, touched)
	if err != nil {
		return err
	}
	if err := r.edit(text, rows...); err != nil || word == "" {
		return errorsOr(err, r.toast(""))
	}
	return r.toast(r.speak.Say(word, "Reference", touched.Reference().String()))
}

// endReminder lets a reminder not be said any more.
func (r *request) endReminder(number int64) (council.OwnReminder, error) {
	own, err := r.reminder(number)
	if err != nil {
		return own, err
	}
	ended, err := own.End()
	if err != nil {
		return own, err
	}
	return ended, r.keepReminder(own, ended, council.EventEnded)
}

// reminderList is one page of the reminders of this place. touched is the one
// that was ended just now, which can be taken back.
func (r *request) reminderList(wanted int64, touched council.OwnReminder) (string, [][]store.Button, error) {
	all, err := r.remindersHere()
	if err != nil {
		return "", nil, err
	}
	var lines []string
	var rows [][]store.Button
	page, before, behind := onePage(wanted, remindersPage, len(all))
	if touched.Number != 0 && touched.Ended() {
		reference := touched.Reference().String()
		lines = append(lines, r.speak.Say("reminder.ended", "Reference", reference))
		rows = append(rows, []store.Button{{Text: r.speak.Say("button.undo_one", "Reference", reference),
			Data: data(pressReminders, remindersUndo, page, touched.Number, touched.Version)}})
	}
	lines = append(lines, r.remindersHead(len(all)))
	shown := all[page*remindersPage : min(len(all), (page+1)*remindersPage)]
	for _, own := range shown {
		line, err := r.reminderListed(own)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, line...)
	}
	rows = append(r.endRows(shown, page), rows...)
	turn := turnButtons(r.speak, page, before, behind, pressReminders, remindersPageOf)
	if len(turn) > 0 {
		rows = append(rows, turn)
	}
	foot, err := r.remindersFoot()
	return strings.Join(append(lines, foot...), "\n"), rows, err
}

func (r *request) remindersHere() ([]council.OwnReminder, error) {
	if r.private {
		return r.tx.OwnReminders(r.actor.ID)
	}
	return r.tx.GroupReminders(r.group.ID)
}

func (r *request) remindersHead(count int) string {
	switch {
	case r.private && count == 0:
		return r.speak.Say("reminder.list.none")
	case r.private:
		return r.speak.Say("reminder.list.own", "N", count)
	case count == 0:
		return r.speak.Say("reminder.list.none_group")
	}
	return r.speak.Say("reminder.list.group", "Group", r.groupName(r.group), "N", count)
}

// reminderListed is a reminder in two short lines: what, and when.
func (r *request) reminderListed(own council.OwnReminder) ([]string, error) {
	words := r.reminderWords()
	line, err := words.line(own, 60)
	when := words.deadline(council.Deadline{At: own.Next, Zone: r.city.Zone.String()})
	if own.Recurrence != nil {
		when = r.speak.Say("reminder.rule.next", "Rule", words.rule(*own.Recurrence), "Moment", when)
	}
	return []string{line, when}, err
}

// endRows offers to end what a page shows, three in a row.
func (r *request) endRows(shown []council.OwnReminder, page int) [][]store.Button {
	var rows [][]store.Button
	for i, own := range shown {
		if i%3 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: r.speak.Say("button.end_one", "Reference", own.Reference().String()),
			Data: data(pressReminders, remindersEnd, page, own.Number)})
	}
	return rows
}

// remindersFoot says where the others are: one's own in private, and what tasks
// and evaluations will say.
func (r *request) remindersFoot() ([]string, error) {
	if !r.private {
		return []string{r.speak.Say("reminder.list.own_in_private")}, nil
	}
	count, err := r.remindersPlanned()
	if err != nil || count == 0 {
		return nil, err
	}
	return []string{r.speak.Count("reminder.list.planned", count)}, nil
}

// remindersPlanned counts what tasks and evaluations are going to say to the
// person, as planned now.
func (r *request) remindersPlanned() (int, error) {
	tasks, err := r.tx.Tasks(store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}, 0, choicesSearched)
	if err != nil {
		return 0, err
	}
	var subjects []council.Reference
	for _, task := range tasks {
		subjects = append(subjects, task.Reference())
	}
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return 0, err
	}
	for _, evaluation := range evaluations {
		filter, err := r.tx.TasksFor(evaluation)
		if err != nil {
			return 0, err
		}
		filter.MemberID, filter.OpenOnly = r.actor.ID, true
		if open, err := r.tx.CountMatching(filter); err != nil || open > 0 {
			if err != nil {
				return 0, err
			}
			subjects = append(subjects, evaluation.Reference())
		}
	}
	return r.countPlanned(subjects)
}

func (r *request) countPlanned(subjects []council.Reference) (int, error) {
	count := 0
	for _, subject := range subjects {
		reminders, err := r.tx.WaitingReminders(subject)
		if err != nil {
			return 0, err
		}
		for _, reminder := range reminders {
			forOwner := reminder.Audience == council.ToOwner && reminder.MemberID == 0
			if forOwner || reminder.MemberID == r.actor.ID && reminder.Audience != council.ToLeader && reminder.Audience != council.ToCoordinator {
				count++
			}
		}
	}
	return count, nil
}
