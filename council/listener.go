package council

import "time"

// Budget is how many unasked reminders a day a person is sent at most, over all
// groups; the rest waits for the next morning's digest.
const Budget = 3

// Listener is one person or one group whom something is due to be said to.
type Listener struct {
	Leaves   []Leave     // of a person
	Quiet    []QuietTime // the listener's own, beside everybody's
	Reminded int         // how many unasked reminders a person has been sent today
	Group    bool
}

// roomBefore is how long before a deadline a reminder must come to be of use:
// where the listener's own quiet time ends later than that, it does not wait.
const roomBefore = 2 * time.Hour

// Decide decides whether what is due is said to this listener now. Reasons to
// wait: "on_leave" (until the first morning after it), "own_quiet_time" (until
// its end and that of everybody's, if that leaves two hours before the deadline)
// and "budget" (until the next morning). What the listener asked for, at an hour
// that the listener chose, is said: reason "asked". The deadline is the thing's own,
// which not every reminder hangs on; zero if it has none.
func (l Listener) Decide(reminder Reminder, deadline Deadline, now time.Time, timing Timing) Decision {
	if reminder.Step == StepOwn {
		return Decision{Verdict: Say, Reason: "asked"}
	}
	calendar, today := timing.Calendar, timing.Calendar.Day(now)
	if back, away := timing.Back(l.Leaves, today); away {
		return Decision{Verdict: Wait, Reason: "on_leave", Until: back}
	}
	ahead := deadline.At.After(now)
	if until := l.quietUntil(deadline, now, timing); until.After(now) && (!ahead || until.Add(roomBefore).Before(deadline.At)) {
		return Decision{Verdict: Wait, Reason: "own_quiet_time", Until: until}
	}
	if !l.Group && l.Reminded >= Budget && !reminder.Step.AskedFor() {
		return Decision{Verdict: Wait, Reason: "budget", Until: timing.morningFrom(today.Add(1).At(0, 0, calendar.zone()))}
	}
	return Decision{Verdict: Say, Reason: "due"}
}

// mostRests is more than the quiet times, own and everybody's, that can follow one
// another where something of a working day stays free.
const mostRests = 8

// quietUntil is when a quiet time of the listener's own is over and everybody's
// does not follow on it; the moment itself when there is none, or when too little
// of a working day stays free, as after the city has shortened its hours. On another
// day it is the morning, if that is free.
func (l Listener) quietUntil(deadline Deadline, now time.Time, timing Timing) time.Time {
	if CheckQuiet(l.Quiet, timing.Calendar.WorkingHours()) != nil {
		return now
	}
	end := quietUntilAll(l.Quiet, now, timing.Calendar)
	if !end.After(now) {
		return now
	}
	for range mostRests {
		rest := unlessQuiet(deadline, end, timing.Calendar)
		if rest.Verdict == Say {
			return l.orMorning(end, now, timing)
		}
		end = quietUntilAll(l.Quiet, rest.Until, timing.Calendar)
	}
	return now
}

// orMorning is the morning of a later day that a quiet time has led to, if that is
// free: a day has one morning.
func (l Listener) orMorning(end, now time.Time, timing Timing) time.Time {
	calendar, morning := timing.Calendar, timing.MorningOf(end)
	if calendar.Day(end) != calendar.Day(now) && quietUntilAll(l.Quiet, morning, calendar).Equal(morning) {
		return morning
	}
	return end
}
