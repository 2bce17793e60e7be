package bot

import (
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// turn is everything that is said at one moment.
type turn struct {
	*forecast
	day     council.Day
	at      time.Time
	digests map[store.Hearer][]saying
	order   []store.Hearer
	morning bool // something is said that has no hour of its own
}

func (f *forecast) turn(day council.Day, at time.Time) error {
	f.clock = at
	t := &turn{forecast: f, day: day, at: at, digests: make(map[store.Hearer][]saying)}
	if err := t.gather(); err != nil {
		return err
	}
	if t.morning && len(t.order) > 0 {
		if err := t.bringForward(); err != nil {
			return err
		}
	}
	for _, to := range t.order {
		if err := t.tell(to); err != nil {
			return err
		}
	}
	return nil
}

// gather decides about everything that is due.
func (t *turn) gather() error {
	for len(t.ahead[t.day]) > 0 && !t.ahead[t.day][0].Due.After(t.at) {
		reminder := t.ahead[t.day][0]
		t.ahead[t.day] = t.ahead[t.day][1:]
		if err := t.decide(reminder); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) decide(reminder council.Reminder) error {
	decision, item, err := t.consider(reminder, t.at)
	if err != nil {
		return err
	}
	if t.follows {
		next, err := t.next(reminder, decision, item, t.at)
		if err != nil {
			return err
		}
		t.add(next...)
	}
	switch decision.Verdict {
	case council.Drop:
		return nil
	case council.Wait:
		reminder.Due, reminder.Waited = t.timing.MorningOf(decision.Until), decision.Reason
		if reminder.Due.After(t.at) {
			t.wait(reminder)
		}
		return nil
	}
	audience, err := t.audience(reminder, item, t.at)
	if err != nil {
		return err
	}
	t.morning = t.morning || reminder.Step.OfTheMorning()
	for _, to := range t.withoutAlone(reminder, audience) {
		if _, known := t.digests[to]; !known {
			t.order = append(t.order, to)
		}
		t.digests[to] = append(t.digests[to], saying{at: t.at, to: to, reminder: reminder, item: item})
	}
	return nil
}

// withoutAlone leaves out those who have a reminder of their own instead.
func (f *forecast) withoutAlone(reminder council.Reminder, audience []store.Hearer) []store.Hearer {
	alone := f.alone[keyOf(reminder)]
	if reminder.MemberID != 0 || len(alone) == 0 {
		return audience
	}
	return slices.DeleteFunc(slices.Clone(audience), func(to store.Hearer) bool { return slices.Contains(alone, to.MemberID) })
}

// bringForward makes due now what those who are told something would be told
// later on the same day: a day has one morning.
func (t *turn) bringForward() error {
	for _, reminder := range slices.Clone(t.ahead[t.day]) {
		later := reminder.Due
		reminder.Due = t.at
		if !reminder.Step.OfTheMorning() || reminder.Waited == council.WaitedFailed {
			continue
		}
		decision, item, err := t.consider(reminder, t.at)
		if err != nil {
			return err
		}
		if decision.Verdict != council.Say {
			continue
		}
		audience, err := t.audience(reminder, item, t.at)
		if err != nil {
			return err
		}
		t.forward(reminder, later, t.withoutAlone(reminder, audience))
	}
	return t.gather()
}

// forward makes a reminder due now for those of its audience who are told something.
func (t *turn) forward(reminder council.Reminder, later time.Time, audience []store.Hearer) {
	told := slices.DeleteFunc(slices.Clone(audience), func(to store.Hearer) bool { return len(t.digests[to]) == 0 })
	if len(told) == 0 {
		return
	}
	if len(told) < len(audience) {
		for _, to := range told {
			own := reminder
			own.MemberID = to.MemberID
			t.add(own)
		}
		return
	}
	t.ahead[t.day] = slices.DeleteFunc(t.ahead[t.day], func(r council.Reminder) bool {
		return r.Due.Equal(later) && keyOf(r) == keyOf(reminder)
	})
	t.wait(reminder)
}

// tell says to somebody what may be said now; the rest waits, each for its own reason.
func (t *turn) tell(to store.Hearer) error {
	reachable, err := t.reachable(to)
	if err != nil {
		return err
	}
	listener, err := t.listener(to, t.at)
	if err != nil {
		return err
	}
	listener.Reminded += t.reminded[hearerDay{to.MemberID, t.day}]
	unasked := false
	for _, one := range newest(t.digests[to]) {
		decision := listener.Decide(one.reminder, one.item.Deadline(), t.at, t.timing)
		switch {
		case !reachable:
			one.unreachable = true
		case decision.Verdict == council.Say:
			unasked = unasked || !one.reminder.Step.AskedFor()
			if t.follows && one.item.Own.Number != 0 {
				t.add(t.goOn(one.item.Own, t.at)...)
			}
		default:
			one.until, one.why = decision.Until, decision.Reason
			t.putOff(one)
		}
		t.sayings = append(t.sayings, one)
	}
	if unasked {
		t.reminded[hearerDay{to.MemberID, t.day}]++
	}
	return nil
}

// putOff lets something wait for one of those it is for.
func (t *turn) putOff(one saying) {
	own := one.reminder
	own.Due, own.Waited = one.until, one.why
	if own.MemberID == one.to.MemberID || one.to.GroupID != 0 {
		t.wait(own)
		return
	}
	own.MemberID = one.to.MemberID
	t.add(own)
}

// newest leaves out the steps that meet a later one of their ladder.
func newest(sayings []saying) []saying {
	reminders := make([]council.Reminder, len(sayings))
	for i, one := range sayings {
		reminders[i] = one.reminder
	}
	var left []saying
	for i, met := range council.Met(reminders) {
		if !met {
			left = append(left, sayings[i])
		}
	}
	return left
}
