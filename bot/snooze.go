package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
)

// snoozeAsk stands in a button in the place of a day: the day is asked for.
const snoozeAsk = "ask"

// pressSnooze lets a task rest until the next working morning, until a day that
// was offered, or asks for the day.
func (r *request) pressSnooze(arguments pressArguments) error {
	number := arguments.number(0)
	if arguments.text(1) == snoozeAsk {
		return r.pressSnoozeDate(number)
	}
	day := r.tomorrow()
	if offered := arguments.text(1); offered != "" {
		var err error
		if day, err = council.ParseDay(offered); err != nil {
			return r.stale()
		}
	}
	task, err := r.changeTask(number, r.snoozeChange(day))
	if err != nil {
		return err
	}
	if err := r.closePressed(task); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	text, shortened := r.snoozedUntil(task, day)
	if shortened {
		return r.alert(text)
	}
	return r.toast(text)
}

func (r *request) tomorrow() council.Day { return council.DayOf(r.now, r.city.Zone).Add(1) }

// snoozeChange puts off what the person is told about a task until a day.
func (r *request) snoozeChange(day council.Day) taskChange {
	return taskChange{action: council.ActionOwnReminders, event: council.EventSnoozed, takes: true,
		apply: func(task council.Task, memberID int64) (council.Task, error) {
			until, shortened, possible := council.SnoozeUntil(day, task.Deadline, r.now, r.city.Timing)
			changed, err := task.Snooze(memberID, until)
			switch {
			case err != nil:
				return task, err
			case possible:
				return changed, nil
			case shortened:
				return task, council.Refuse("snooze_deadline", "Reference", task.Reference().String(),
					"Deadline", r.deadlineIn(r.speak, task.Deadline))
			}
			return task, council.Refuse("snooze_past", "Reference", task.Reference().String())
		}}
}

// snoozedUntil says when the person is reminded again, and why that is earlier
// than what was wished.
func (r *request) snoozedUntil(task council.Task, wished council.Day) (text string, shortened bool) {
	own, _ := task.Assignee(r.actor.ID)
	if _, shortened, _ = council.SnoozeUntil(wished, task.Deadline, r.now, r.city.Timing); shortened {
		local := task.Deadline.At.In(r.city.Zone)
		return r.speak.Say("snooze.shortened", "Reference", task.Reference().String(),
			"Day", r.speak.Weekday(local)+" "+r.speak.BriefDate(local), "Moment", r.speak.Moment(own.SnoozedUntil, r.city.Zone)), true
	}
	return r.speak.Say("snooze.until", "Moment", r.speak.Moment(own.SnoozedUntil, r.city.Zone)), false
}

// snoozeTasks puts several tasks off, and confirms it in a message.
func (r *request) snoozeTasks(numbers []int64, day council.Day) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	tasks, err := r.changeTasks(numbers, r.snoozeChange(day))
	if err != nil {
		return err
	}
	lines := make([]string, len(tasks))
	for i, task := range tasks {
		text, _ := r.snoozedUntil(task, day)
		lines[i] = task.Reference().String() + " · " + text
	}
	return r.confirm(tasks, strings.Join(lines, "\n"))
}

// pressAlive records that an assignee is still at work. Nobody else is told.
func (r *request) pressAlive(arguments pressArguments) error {
	task, err := r.changeTask(arguments.number(0), taskChange{action: council.ActionReport, event: council.EventProgress, takes: true,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Report(memberID, -1) }})
	if err != nil {
		return err
	}
	if err := r.closePressed(task); err != nil {
		return err
	}
	return r.toast(r.speak.Say("notice.alive", "Person", greetPerson(r.speak, r.actor.Member), "Reference", task.Reference().String()))
}
