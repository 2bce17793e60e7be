package scheduler

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// decideOwn is for what somebody asked to be reminded of.
func (t *tick) decideOwn(reminder council.Reminder) error {
	own, err := t.tx.OwnReminder(reminder.Subject.Number)
	if errors.Is(err, store.ErrNotFound) {
		return t.drop(reminder, "subject_gone")
	}
	if err != nil {
		return err
	}
	return t.sayUnless(reminder, council.DecideOwn(reminder, own), council.Item{Own: own})
}

// goOn lets what somebody asked for wait for its next time, or end.
func (t *tick) goOn(one *due) error {
	if one.own.Number == 0 {
		return nil
	}
	leaves, err := t.tx.Leaves(one.own.MemberID, t.timing.Calendar.Day(t.now))
	if err != nil {
		return err
	}
	return t.tx.SaveOwnReminder(one.own.Said(t.now, leaves, t.timing.Calendar))
}

// decideAbsence is for a time in which the bot was away.
func (t *tick) decideAbsence(reminder council.Reminder) error {
	absence, err := t.tx.Absence(reminder.Subject.Number)
	if errors.Is(err, store.ErrNotFound) {
		return t.drop(reminder, "subject_gone")
	}
	if err != nil {
		return err
	}
	return t.sayUnless(reminder, council.DecideAbsence(absence, t.now, t.timing), council.Item{Absence: absence})
}

// decideYear is for a year to come whose holidays are not known.
func (t *tick) decideYear(reminder council.Reminder) error {
	if err := t.tx.AddReminders(council.PlanYear(t.now, t.timing)); err != nil {
		return err
	}
	return t.sayUnless(reminder, council.DecideYear(reminder, t.now, t.timing), council.Item{})
}

// sayUnless follows a decision about a reminder that names its audience itself.
func (t *tick) sayUnless(reminder council.Reminder, decision council.Decision, item council.Item) error {
	if say, err := t.follow(reminder, decision); err != nil || !say {
		return err
	}
	audience, err := t.audience(reminder, nil, council.Task{})
	if err != nil {
		return err
	}
	return t.add(reminder, item, audience)
}
