package bot

import (
	"github.com/rembuk/rembuk/council"
)

// weeklyPart is one of the things that a week's summary consists of: it says what
// it has to say, to whomever that concerns. Due is the summary, as it was planned.
type weeklyPart func(r *request, due council.Reminder) error

// weekly lists the parts of a week's summary.
func weekly() []weeklyPart {
	return []weeklyPart{
		(*request).remindOfNeeds,
		(*request).remindOfWeek,
	}
}

// sumUpWeek gives the summary of a week, once, and plans the next one. One that
// comes too late, as after an outage over its week, is left out.
func (r *request) sumUpWeek(due council.Reminder) error {
	if err := r.tx.AddReminders(council.NextWeek(due, r.now, r.city.Timing)); err != nil {
		return err
	}
	if due.Step != council.StepSummary || council.WeekOver(due.Subject, r.now, r.city.Timing.Calendar) {
		return nil
	}
	for _, part := range weekly() {
		if err := part(r, due); err != nil {
			return err
		}
	}
	return nil
}
