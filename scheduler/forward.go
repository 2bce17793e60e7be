package scheduler

import (
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
)

// bringForward makes due now what somebody who is told something would be told
// later on the same day, as by another evaluation's hour: a day has one morning.
// Those who hear nothing now hear it at the hour that was planned.
func (t *tick) bringForward() error {
	for again := slices.ContainsFunc(t.dues, func(one *due) bool { return one.Step.OfTheMorning() }); again; {
		again = false // unless what is brought forward brings others, or makes more due
		later, err := t.tx.RemindersUntil(t.now, t.today().Until.Add(-time.Millisecond))
		if err != nil {
			return err
		}
		for _, reminder := range later {
			forwarded, err := t.forward(reminder)
			if err != nil {
				return err
			}
			again = again || forwarded
		}
		if err := t.gather(); err != nil {
			return err
		}
	}
	return nil
}

// forward makes a reminder due now, if it may be said now: the reminder itself
// where all whom it is for are told something, else a copy for each who is.
func (t *tick) forward(reminder council.Reminder) (forwarded bool, err error) {
	if !reminder.Step.OfTheMorning() || reminder.Audience == council.ToBot || reminder.Waited == council.WaitedFailed {
		return false, nil
	}
	if to, alone := namedIn(reminder); alone && len(t.digests[to]) == 0 {
		return false, nil
	}
	reminder.Due = t.now
	if decision, _, err := t.consider(reminder); err != nil || decision.Verdict != council.Say {
		return false, err
	}
	audience, err := t.audience(reminder)
	if err != nil {
		return false, err
	}
	told := slices.DeleteFunc(slices.Clone(audience), func(to recipient) bool { return len(t.digests[to]) == 0 })
	switch len(told) {
	case 0:
		return false, nil
	case len(audience):
		return true, t.tx.MoveReminder(reminder.ID, t.now, reminder.Waited)
	}
	copies := make([]council.Reminder, len(told))
	for i, to := range told {
		copies[i] = reminder
		copies[i].MemberID = to.memberID
	}
	return true, t.tx.AddReminders(copies)
}
