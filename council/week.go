package council

import "time"

// Week is a week from Monday to Sunday, numbered by ISO 8601.
type Week struct {
	Year   int
	Number int
}

// WeekOf is the week of a day.
func WeekOf(day Day) Week {
	year, number := day.noon().ISOWeek()
	return Week{year, number}
}

// Reference names the week, so that its summaries hang on it.
func (w Week) Reference() Reference {
	return Reference{WeekLetter, int64(w.Year*100 + w.Number)}
}

// mondayOf is the first day of a day's week.
func mondayOf(day Day) Day { return day.Add(-(int(day.Weekday()) + 6) % 7) }

// summariesAhead is how many weeks' summaries wait at a time: the second one
// stands by where the first has been given before, as after a change of the hour.
const summariesAhead = 2

// PlanWeek plans the next summaries after a moment, each once a week: the bot does
// them itself at the firing of the weekly expression. One that falls on a day off
// moves to the next working day of the same week, at the same hour; where there is
// none, to the last one before it; in a week without working days there is none.
func PlanWeek(after time.Time, timing Timing) []Reminder {
	calendar := timing.Calendar
	var planned []Reminder
	monday := mondayOf(calendar.Day(after))
	for range searchedWeeks {
		firing := timing.weekly(calendar.at(monday, 0).Add(-time.Nanosecond))
		if firing.IsZero() || len(planned) == summariesAhead {
			break
		}
		monday = mondayOf(calendar.Day(firing))
		if moment, works := timing.inWeek(monday, firing); works && moment.After(after) {
			planned = append(planned, Reminder{Subject: WeekOf(monday).Reference(), Step: StepSummary, Audience: ToBot,
				Anchor: calendar.at(monday, 0).UTC(), Due: moment.UTC()})
		}
		monday = monday.Add(7)
	}
	return planned
}

// searchedWeeks is how far ahead a summary is looked for of an expression that
// fires seldom.
const searchedWeeks = 5 * 53

// weekly is the next firing of the weekly expression.
func (t Timing) weekly(after time.Time) time.Time {
	if t.Weekly != nil {
		return t.Weekly(after)
	}
	monday := mondayOf(t.Calendar.Day(after))
	for !t.Calendar.at(monday, defaultMinute).After(after) {
		monday = monday.Add(7)
	}
	return t.Calendar.at(monday, defaultMinute)
}

// inWeek moves a firing onto a working day of its week; false when there is none.
func (t Timing) inWeek(monday Day, firing time.Time) (time.Time, bool) {
	day := t.Calendar.Day(firing)
	local := firing.In(t.Calendar.zone())
	minute := local.Hour()*60 + local.Minute()
	for later := day; later.Sub(monday) < 7; later = later.Add(1) {
		if t.Calendar.isWorkday(later) {
			return t.Calendar.at(later, minute), true
		}
	}
	for earlier := day.Add(-1); earlier.Sub(monday) >= 0; earlier = earlier.Add(-1) {
		if t.Calendar.isWorkday(earlier) {
			return t.Calendar.at(earlier, minute), true
		}
	}
	return time.Time{}, false
}

// NextWeek plans what follows on a summary that was due in a week: of the weeks
// that have gone by since, as in an outage, none but the present one.
func NextWeek(due Reminder, now time.Time, timing Timing) []Reminder {
	present := mondayOf(timing.Calendar.Day(now))
	planned := PlanWeek(due.Due, timing)
	for len(planned) > 0 && timing.Calendar.Day(planned[0].Anchor).Before(present) {
		planned = PlanWeek(planned[0].Due, timing)
	}
	return planned
}

// WeekOver tells whether a summary has lost its point: its week has gone by.
func WeekOver(subject Reference, now time.Time, calendar Calendar) bool {
	return WeekOf(calendar.Day(now)).Reference() != subject
}

// DecideWeek decides about telling a group what the others need from it this
// week. Reason to drop: "week_over". To wait: "not_due", "quiet_time".
func DecideWeek(reminder Reminder, now time.Time, timing Timing) Decision {
	switch {
	case WeekOver(reminder.Subject, now, timing.Calendar):
		return Decision{Verdict: Drop, Reason: "week_over"}
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	return unlessQuiet(Deadline{}, now, timing.Calendar)
}
