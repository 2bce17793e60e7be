package council

import (
	"slices"
	"time"
)

// OwnReminder is what somebody asked to be reminded of, once or repeatedly: in
// private, or in a group.
type OwnReminder struct {
	Number     int64
	MemberID   int64 // who asked
	GroupID    int64 // the group that is reminded; 0: the member, in private
	Text       string
	About      Reference   // the thing it is about; zero if it is about none
	Recurrence *Recurrence // nil: once
	Next       time.Time   // when it is said next; zero once it has ended
	CreatedAt  time.Time
	Version    int64 // grows with every change
}

// OwnReminderLimit is the longest text of an own reminder, in runes.
const OwnReminderLimit = 500

// Reference of the reminder.
func (o OwnReminder) Reference() Reference { return Reference{OwnReminderLetter, o.Number} }

// Ended tells whether it will not be said any more.
func (o OwnReminder) Ended() bool { return o.Next.IsZero() }

// End stops it. Refusal: "reminder_ended".
func (o OwnReminder) End() (OwnReminder, error) {
	if o.Ended() {
		return o, Refuse("reminder_ended", "Reference", o.Reference().String())
	}
	o.Next = time.Time{}
	o.Version++
	return o, nil
}

// Said is the reminder after it was said at a moment: a repeating one waits for
// its next time, any other has ended. A working day on which the person is away
// is none.
func (o OwnReminder) Said(now time.Time, leaves []Leave, calendar Calendar) OwnReminder {
	o.Version++
	if o.Recurrence == nil {
		o.Next = time.Time{}
		return o
	}
	next := o.Recurrence.Next(o.Next, calendar)
	for !next.IsZero() && (!next.After(now) || o.Skips(next, leaves, calendar)) {
		next = o.Recurrence.Next(next, calendar)
	}
	o.Next = next
	return o
}

// Skips tells whether an occurrence passes over its day: what was asked for on
// working days does so where the day has become a day off, and in private where
// the person is away. What was asked for by its date is not passed over.
func (o OwnReminder) Skips(moment time.Time, leaves []Leave, calendar Calendar) bool {
	if o.Recurrence == nil || o.Recurrence.Unit != EveryWorkday {
		return false
	}
	away := slices.ContainsFunc(leaves, func(l Leave) bool { return l.Covers(calendar.Day(moment)) })
	return !calendar.Workday(moment) || away && o.GroupID == 0
}

// Plan lists what is to be said: the next time, or nothing.
func (o OwnReminder) Plan() []Reminder {
	if o.Ended() {
		return nil
	}
	reminder := Reminder{Subject: o.Reference(), Step: StepOwn, Audience: ToMember, MemberID: o.MemberID, Anchor: o.Next, Due: o.Next}
	if o.GroupID != 0 {
		reminder.Audience, reminder.MemberID, reminder.GroupID = ToGroup, 0, o.GroupID
	}
	return []Reminder{reminder}
}

// Why an occurrence on a working day is passed over.
const (
	passedLeave  = "on_leave"
	passedDayOff = "day_off"
)

// DecideOwn decides about an own reminder that has come due. Reasons to drop:
// "reminder_ended", "moved" (it waits for another moment), "day_off" and
// "on_leave" (see Skips). It was asked for at its hour, so no quiet time holds it back.
func DecideOwn(reminder Reminder, own OwnReminder, leaves []Leave, calendar Calendar) Decision {
	switch {
	case own.Ended():
		return Decision{Verdict: Drop, Reason: "reminder_ended"}
	case !own.Next.Equal(reminder.Anchor):
		return Decision{Verdict: Drop, Reason: "moved"}
	case own.Skips(own.Next, leaves, calendar) && !calendar.Workday(own.Next):
		return Decision{Verdict: Drop, Reason: passedDayOff}
	case own.Skips(own.Next, leaves, calendar):
		return Decision{Verdict: Drop, Reason: passedLeave}
	}
	return Decision{Verdict: Say, Reason: "asked"}
}

// PassesOver tells whether an occurrence of an own reminder is passed over, so
// that the next one follows.
func (d Decision) PassesOver() bool {
	return d.Verdict == Drop && (d.Reason == passedLeave || d.Reason == passedDayOff)
}
