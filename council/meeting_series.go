package council

import (
	"slices"
	"time"
)

// Coordinates tells whether council and working groups meet in it, as they should every
// month (or council and secretariat).
func (m Meeting) Coordinates(groups []Group) bool {
	invites := func(kinds ...GroupKind) bool {
		return slices.ContainsFunc(groups, func(group Group) bool { return slices.Contains(kinds, group.Kind) && m.To.Include(group) })
	}
	return invites(KindCouncil) && invites(KindWorkingGroup, KindSecretariat)
}

// nextMonth is the first month after the meeting's that can still be missed: its beginning,
// and when coordinators are told.
func (m Meeting) nextMonth(now time.Time, timing Timing) (begins, due time.Time, missed bool) {
	calendar := timing.Calendar
	month := MonthOf(m.Starts, calendar.zone())
	for range meetingMonths {
		month = month.Add(1)
		span := month.Span(calendar.zone())
		last := calendar.workdayOnOrBefore(calendar.Day(span.Until).Add(-1))
		due = timing.onWorkday(calendar.addWorkdays(last, 1-meetingMonthLeft), -1)
		if due.After(now) {
			return span.From, due, true
		}
	}
	return begins, due, false
}

// nextOffer is the first one after the meeting, of those that repeat, that is still to be
// offered: its date by the rule, and when it is offered.
func (m Meeting) nextOffer(now time.Time, timing Timing) (on, due time.Time, follows bool) {
	if m.Recurrence == nil {
		return on, due, false
	}
	calendar := timing.Calendar
	on = m.Recurrence.around(m.Starts, calendar)
	for range searchedForMatch {
		if on = m.Recurrence.Next(on, calendar); on.IsZero() {
			break
		}
		if !on.After(m.Starts) || m.Recurrence.Unit != EveryMonth && !calendar.Workday(on) {
			continue
		}
		due = timing.onWorkday(calendar.addWorkdays(calendar.Day(m.Recurrence.TakesPlace(on, calendar)), -meetingNextBefore), -1)
		if due.Before(m.Ends()) {
			due = timing.morningFrom(m.Ends())
		}
		if due.After(now) && due.Before(on) {
			return on, due, true
		}
	}
	return on, due, false
}

// around is the moment of the rule that a meeting near it stands for, which may have been
// moved by some days.
func (r Recurrence) around(moment time.Time, calendar Calendar) time.Time {
	day := calendar.Day(moment)
	switch {
	case r.Unit == EveryMonth:
		day = r.inMonth(day.Year, day.Month)
	case r.Unit == EveryWeek && len(r.Others) == 0:
		day = mondayOf(day).Add((int(r.Weekday) + 6) % 7)
	}
	return day.At(r.Hour, r.Minute, calendar.zone())
}

// TakesPlace is when that is held which the rule sets on a moment: what comes by its date in
// the month yields to the working day after a day off.
func (r Recurrence) TakesPlace(on time.Time, calendar Calendar) time.Time {
	if r.Unit == EveryMonth && !calendar.Workday(on) {
		return calendar.NextWorkday(on)
	}
	return on
}

// Next is the meeting that goes on with this one, on a date by the rule: with the same
// invited, place and duties. It takes the rule along. Refusals: "series_over", and those of
// CheckMeeting.
func (m Meeting) Next(on time.Time, by int64, now time.Time, calendar Calendar) (Meeting, error) {
	if m.Recurrence == nil {
		return Meeting{}, m.refuse("series_over")
	}
	next := Meeting{Title: m.Title, Starts: m.Recurrence.TakesPlace(on, calendar).UTC(), Length: m.Length, Place: m.Place, To: m.To, People: m.People,
		Chair: m.Chair, Scribe: m.Scribe, Seats: m.Seats, Previous: m.Number, Recurrence: m.Recurrence, CreatedBy: by, CreatedAt: now}
	return next, CheckMeeting(next, now)
}

// EndSeries says that the meeting comes no more after this one; the rule may have gone to
// the next one.
func (m Meeting) EndSeries() Meeting {
	m.Recurrence = nil
	m.Version++
	return m
}

// FollowMeeting plans what follows on a reminder of a meeting that was decided on: the next
// offer of those that repeat, and the next month that may be missed.
func FollowMeeting(reminder Reminder, decision Decision, m Meeting, groups []Group, now time.Time, timing Timing) []Reminder {
	offered := reminder.Step == StepMeetingNext && (decision.Verdict == Say || decision.Reason == "deadline_passed")
	missed := reminder.Step == StepMeetingMonth && decision.Verdict == Say
	if !offered && !missed {
		return nil
	}
	return slices.DeleteFunc(PlanMeeting(m, groups, now, timing), func(r Reminder) bool { return r.Step != reminder.Step })
}
