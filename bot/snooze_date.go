package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dialogSnooze asks on which day a task is spoken of again. Its data is the
// task's reference, or nothing when the answer names the tasks as well.
const dialogSnooze = "snooze"

// pressSnoozeDate asks for the day; number 0 asks for the tasks too.
func (r *request) pressSnoozeDate(number int64) error {
	if !r.private {
		return r.stale()
	}
	if number == 0 {
		if err := r.ask(dialogSnooze, "", "", r.speak.Say("snooze.ask_several")); err != nil {
			return err
		}
		return r.toast("")
	}
	task, err := r.task(number, council.ActionOwnReminders)
	if err != nil {
		return err
	}
	if _, err := task.Snooze(r.actor.ID, r.now); err != nil {
		return r.explain(err, task)
	}
	if err := r.askSnooze([]int64{number}, r.speak.Say("snooze.ask", "Reference", task.Reference().String()), r.usualMoments(deadlineHour)); err != nil {
		return err
	}
	return r.toast("")
}

// askSnooze asks for the day on which tasks are spoken of again; where it is one
// task, days are offered.
func (r *request) askSnooze(numbers []int64, text string, offered []time.Time) error {
	references := make([]string, len(numbers))
	for i, number := range numbers {
		references[i] = council.TaskReference(number).String()
	}
	var rows [][]store.Button
	before := council.DayOf(r.now, r.city.Zone) // today is no later day
	for _, moment := range offered {
		day := council.DayOf(moment, r.city.Zone)
		if len(numbers) == 1 && day != before {
			rows = append(rows, []store.Button{{Text: r.speak.Day(moment.In(r.city.Zone)), Data: data(pressSnooze, numbers[0], day.String())}})
		}
		before = day
	}
	return r.ask(dialogSnooze, "", strings.Join(references, " "), text, rows...)
}

// answerSnooze takes the day, with the tasks before it where none were known.
func (r *request) answerSnooze(dialog store.Dialog) error {
	words := r.text
	r.text = dialog.Data
	numbers, _ := r.tasksNamed()
	r.text = words
	if named, rest := r.tasksNamed(); len(named) > 0 {
		numbers, words = named, rest
	}
	if len(numbers) == 0 {
		return r.ask(dialogSnooze, "", "", r.speak.Say("snooze.ask_several"))
	}
	due := reading.ReadDue(words, r.readingContext())
	if due.Outcome == reading.Found {
		return r.snoozeTasks(numbers, council.DayOf(due.Time, r.city.Zone))
	}
	text := r.speak.Say("snooze.unread", "Phrase", shorten(strings.TrimSpace(words), phraseLimit))
	switch {
	case due.Outcome == reading.Past && !due.Time.IsZero():
		text = r.speak.Say("snooze.past", "Day", r.speak.Day(due.Time))
	case len(due.Candidates) > 0:
		text = r.speak.Say("snooze.choose", "Phrase", shorten(strings.TrimSpace(words), phraseLimit))
	}
	return r.askSnooze(numbers, text, due.Candidates[:min(candidateLimit, len(due.Candidates))])
}
