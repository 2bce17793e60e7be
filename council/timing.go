package council

import "time"

// Timing says at which moment of a day reminders go out.
type Timing struct {
	// Next is the pure "next firing after" of the city's cron expression, in
	// the city's zone. Nil is 08.00 every day.
	Next func(after time.Time) time.Time
	// Weekly is the same of the cron expression of the week's summary. Nil is
	// 08.00 every Monday.
	Weekly func(after time.Time) time.Time
	// Expressions tells what Next and Weekly follow; two that differ fire at different
	// moments. Empty where nobody says.
	Expressions string
	Calendar    Calendar
	Rhythm      Rhythm // what the city changed of the usual ladders and hour
	Clocks      Clocks // what the city changed of how long things may take
}

// For is the timing of an evaluation: what it does not say itself is the city's.
func (t Timing) For(evaluation Evaluation) Timing {
	t.Rhythm = evaluation.Rhythm.or(t.Rhythm)
	return t
}

// Of an expression that fires seldom, firings are looked for on so many days;
// one that never fires on a working day in that time yields to 08.00.
const (
	searchedDays  = 31
	defaultMinute = 8 * 60
	soonBefore    = 2 * time.Hour
)

// Moment is when a step is said; false for no step, and for a "soon" that would
// lie before working time.
//
// A step before the deadline's day takes the last firing on a working day on or
// before its own day; the day itself the last firing on or before it, working
// day or not; an overdue step the last firing of the first working day with one,
// from its own day on.
func (t Timing) Moment(step Step, deadline Deadline) (time.Time, bool) {
	days, known := step.Days()
	if !known {
		return time.Time{}, false
	}
	day := t.Calendar.Day(deadline.At).Add(days)
	switch {
	case step == StepSoon:
		return t.soon(deadline)
	case days < 0:
		return t.onWorkday(t.Calendar.workdayOnOrBefore(day), -1), true
	case days > 0:
		return t.onWorkday(t.Calendar.workdayOnOrAfter(day), 1), true
	}
	return t.onOrBefore(day), true
}

// MomentOf is when a reminder is said by what it hangs on; false for no step.
func (t Timing) MomentOf(reminder Reminder) (time.Time, bool) {
	switch reminder.Step {
	case StepUnacknowledged:
		return t.promiseMissed(reminder.Anchor), true
	case StepSilent:
		return t.silent(reminder.Anchor), true
	case StepSnoozed, StepOwn, StepAbsence, StepWeekly:
		return reminder.Anchor, true
	case StepYearMissing:
		return t.morningFrom(reminder.Anchor), true
	case StepLikeness, StepCheckEvidence:
		return t.morningFrom(reminder.Anchor.Add(time.Nanosecond)), true
	case StepAnswerSoon, StepAnswerDay, StepAnswerLate, StepAnswerNeeds, StepReviewSoon, StepReviewDay, StepDecideSoon, StepDecideDay:
		return t.answerMoment(reminder.Step, reminder.Anchor), true
	}
	return t.Moment(reminder.Step, Deadline{At: reminder.Anchor})
}

// Begun tells whether the moment of a reminder has come: it is due and not said
// yet, or was put off. What has begun stays when reminders are planned anew.
func (t Timing) Begun(reminder Reminder, now time.Time) bool {
	moment, known := t.MomentOf(reminder)
	return known && !moment.After(now)
}

// MorningOf is the morning of a moment's day, if that is still to come then: what
// waits over quiet times belongs to the day's digest. Where the morning itself lies
// in a quiet time, as after working time, it is the moment.
func (t Timing) MorningOf(moment time.Time) time.Time {
	morning, fires := t.lastFiring(t.Calendar.Day(moment))
	if _, quiet := t.Calendar.Quiet(morning); fires && !quiet && morning.After(moment) {
		return morning
	}
	return moment
}

// soon is two working hours before the deadline, in working time of the
// deadline's own day. A day off counts as well here: whoever makes
// a task for the same day works on that day. In the first two working hours there is no such moment.
func (t Timing) soon(deadline Deadline) (time.Time, bool) {
	day, hours := t.Calendar.Day(deadline.At), t.Calendar.WorkingHours()
	end := t.Calendar.at(day, hours.Ends)
	if deadline.At.Before(end) {
		end = deadline.At
	}
	moment := end.Add(-soonBefore)
	return moment, !moment.Before(t.Calendar.at(day, hours.Starts))
}

func (t Timing) onWorkday(first Day, direction int) time.Time {
	day := first
	for range searchedDays {
		if moment, fires := t.lastFiring(day); fires {
			return moment
		}
		day = t.Calendar.addWorkdays(day, direction)
	}
	return t.Calendar.inHours(first, defaultMinute)
}

func (t Timing) onOrBefore(day Day) time.Time {
	for back := range searchedDays {
		if moment, fires := t.lastFiring(day.Add(-back)); fires {
			return moment
		}
	}
	return t.Calendar.inHours(day, defaultMinute)
}

// lastFiring is the last moment of a local day at which the expression fires.
func (t Timing) lastFiring(day Day) (last time.Time, fires bool) {
	if t.Rhythm.Minute != 0 {
		return t.Calendar.inHours(day, t.Rhythm.Minute), true
	}
	if t.Next == nil {
		return t.Calendar.inHours(day, defaultMinute), true
	}
	midnight, end := t.Calendar.at(day, 0), t.Calendar.at(day.Add(1), 0)
	moment := t.Next(midnight.Add(-time.Nanosecond))
	for !moment.Before(midnight) && moment.Before(end) && moment.After(last) {
		last, fires = moment, true
		moment = t.Next(moment)
	}
	if fires && t.Calendar.Hours != (Hours{}) {
		local := last.In(t.Calendar.zone())
		last = t.Calendar.inHours(day, local.Hour()*60+local.Minute())
	}
	return last, fires
}
