package bot

import (
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How far from a changed day a reminder can be that another calendar moves (the
// hour of mornings may come once a month only), how many rows are looked at, and
// how many examples are named.
const (
	shiftReach    = 60 * 24 * time.Hour
	shiftsLooked  = 20_000
	shiftExamples = 4
)

// holidayShifts is what a change of the calendar does to the reminders that wait.
type holidayShifts struct {
	moved    int // said on another day
	passed   int // of these: whose moment will have passed
	more     bool
	examples []shiftExample
}

type shiftExample struct {
	store.PlannedAlike
	from, to time.Time
}

// shifts compares the mornings of waiting reminders by the calendar as it is and
// as it would be. Of very many it looks at the nearest.
func (r *request) shifts(known []store.Holiday, changes []dayChange) (holidayShifts, error) {
	var shifts holidayShifts
	days := councilHolidays([]store.Holiday{*changed(changes[0]), *changed(changes[len(changes)-1])})
	from := days[0].Date.At(0, 0, r.city.Zone).Add(-shiftReach)
	if from.Before(r.now) {
		from = r.now
	}
	planned, more, err := r.tx.PlannedBetween(from, days[1].Date.At(0, 0, r.city.Zone).Add(shiftReach), shiftsLooked)
	if err != nil {
		return shifts, err
	}
	shifts.more = more
	before, after := r.city.Timing, r.city.Timing
	after.Calendar = council.NewCalendar(r.city.Zone, councilHolidays(changedList(known, changes)))
	after.Calendar.Hours = r.city.Timing.Calendar.Hours
	own := make(map[int64]council.Evaluation)
	for _, alike := range planned {
		evaluation, err := r.rhythmOf(alike.Subject, own)
		if err != nil {
			return shifts, err
		}
		from, to, moves := council.ShiftOf(alike.Reminder, before.For(evaluation), after.For(evaluation), r.now)
		if !moves {
			continue
		}
		shifts.moved += alike.Count
		if !to.After(r.now) {
			shifts.passed += alike.Count
		} else if len(shifts.examples) < shiftExamples {
			shifts.examples = append(shifts.examples, shiftExample{alike, from, to})
		}
	}
	return shifts, nil
}

// rhythmOf finds the evaluation that has hours of its own; the zero one for
// whatever keeps the city's.
func (r *request) rhythmOf(subject council.Reference, known map[int64]council.Evaluation) (council.Evaluation, error) {
	if subject.Letter != council.EvaluationLetter {
		return council.Evaluation{}, nil
	}
	if evaluation, found := known[subject.Number]; found {
		return evaluation, nil
	}
	evaluation, err := r.tx.Evaluation(subject.Number)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return evaluation, err
	}
	known[subject.Number] = evaluation
	return evaluation, nil
}

// changed is the day that a change is about.
func changed(change dayChange) *store.Holiday {
	if change.After != nil {
		return change.After
	}
	return change.Before
}

// changedList is the calendar as it is after the changes.
func changedList(known []store.Holiday, changes []dayChange) []store.Holiday {
	list := slices.DeleteFunc(slices.Clone(known), func(day store.Holiday) bool {
		return slices.ContainsFunc(changes, func(change dayChange) bool { return change.Date == day.Date })
	})
	for _, change := range changes {
		if change.After != nil {
			list = append(list, *change.After)
		}
	}
	return list
}

// shiftsText says what is moved; tense is "ahead" before the change and "done" after it.
func (r *request) shiftsText(shifts holidayShifts, tense string) []string {
	if shifts.moved == 0 {
		return []string{r.speak.Say("holiday.shift.none_" + tense)}
	}
	key := "holiday.shift." + tense
	if shifts.more {
		key += "_at_least"
	}
	lines := []string{r.speak.Count(key, shifts.moved)}
	for _, one := range shifts.examples {
		line := r.speak.Say("holiday.shift.line", "Reference", one.Subject.String(),
			"From", r.speak.ShortDay(one.from.In(r.city.Zone)), "To", r.speak.ShortDay(one.to.In(r.city.Zone)))
		if one.Count > 1 {
			line = r.speak.Count("holiday.shift.others", one.Count-1, "Reference", one.Subject.String(),
				"From", r.speak.ShortDay(one.from.In(r.city.Zone)), "To", r.speak.ShortDay(one.to.In(r.city.Zone)))
		}
		lines = append(lines, line)
	}
	if shifts.passed > 0 {
		lines = append(lines, r.speak.Count("holiday.shift.passed", shifts.passed))
	}
	return lines
}
