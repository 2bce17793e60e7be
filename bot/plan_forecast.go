package bot

import (
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// saying is one thing that will be said to one person or group, or will not be
// yet: then it waits for another moment, or the person cannot be written to.
type saying struct {
	at          time.Time
	to          store.Hearer
	reminder    council.Reminder
	item        *council.Item
	until       time.Time // when it waits; zero for what is said
	why         string    // the reason to wait
	unreachable bool
}

// forecast foretells what will be said as things stand now. It goes from moment
// to moment by the rules of the scheduler, and writes nothing.
type forecast struct {
	*planFacts
	until   time.Time
	follows bool      // what follows upon what is said counts as well
	clock   time.Time // how far it has come

	ahead    map[council.Day][]council.Reminder // in the order of time
	planned  map[reminderKey]bool
	alone    map[reminderKey][]int64 // who has a reminder of his or her own instead of a common one
	reminded map[hearerDay]int
	sayings  []saying
}

// reminderKey tells reminders from one another: each is said once.
type reminderKey struct {
	subject          council.Reference
	milestone        int64
	step             council.Step
	audience         council.Audience
	memberID, group  int64
	anchorMilliUnits int64
}

type hearerDay struct {
	memberID int64
	day      council.Day
}

func keyOf(r council.Reminder) reminderKey {
	return reminderKey{r.Subject, r.MilestoneID, r.Step, r.Audience, r.MemberID, r.GroupID, r.Anchor.UnixMilli()}
}

// common is the key of the reminder that a member's own one stands for.
func (k reminderKey) common() reminderKey {
	k.memberID = 0
	return k
}

// foretell gives what comes of reminders until a moment, in the order of time. It
// wants those of the whole last day, since what is due later on it may be brought forward.
func foretell(facts *planFacts, reminders []council.Reminder, until time.Time, follows bool) ([]saying, error) {
	f := &forecast{planFacts: facts, until: until, follows: follows, clock: facts.now, ahead: make(map[council.Day][]council.Reminder),
		planned: make(map[reminderKey]bool), alone: make(map[reminderKey][]int64), reminded: make(map[hearerDay]int)}
	f.add(reminders...)
	if err := f.toldAlready(reminders); err != nil {
		return nil, err
	}
	last := f.calendar().Day(until)
	for day := f.calendar().Day(f.now); !last.Before(day); day = day.Add(1) {
		for len(f.ahead[day]) > 0 {
			at := f.ahead[day][0].Due
			if at.After(until) {
				return f.sayings, nil
			}
			if err := f.turn(day, at); err != nil {
				return nil, err
			}
		}
	}
	return f.sayings, nil
}

// add plans reminders that are not planned yet. What is due already is said now.
func (f *forecast) add(reminders ...council.Reminder) {
	for _, reminder := range reminders {
		key := keyOf(reminder)
		if f.planned[key] {
			continue
		}
		f.planned[key] = true
		if common := key.common(); key.memberID != 0 {
			f.alone[common] = append(f.alone[common], key.memberID)
		}
		f.wait(reminder)
	}
}

// toldAlready finds out who has heard today what is common to several.
func (f *forecast) toldAlready(reminders []council.Reminder) (err error) {
	today := f.calendar().Day(f.now)
	for _, reminder := range reminders {
		if reminder.MemberID != 0 || reminder.GroupID != 0 || today.Before(f.calendar().Day(reminder.Due)) {
			continue
		}
		if f.alone[keyOf(reminder)], err = f.tx.RemindedAlone(reminder); err != nil {
			return err
		}
	}
	return nil
}

// wait puts a reminder where its moment is.
func (f *forecast) wait(reminder council.Reminder) {
	if f.calendar().Day(f.until).Before(f.calendar().Day(reminder.Due)) {
		return
	}
	if reminder.Due.Before(f.clock) {
		reminder.Due = f.clock
	}
	day := f.calendar().Day(reminder.Due)
	place, _ := slices.BinarySearchFunc(f.ahead[day], reminder.Due.Add(time.Nanosecond), func(r council.Reminder, due time.Time) int { return r.Due.Compare(due) })
	f.ahead[day] = slices.Insert(f.ahead[day], place, reminder)
}
