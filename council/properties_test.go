package council

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// combineByDefinition says it the long way: blocked if one is, else the first
// state, from the least advanced on, in which some member stands.
func combineByDefinition(own TaskState, members []TaskState) TaskState {
	for _, state := range []TaskState{TaskBlocked, TaskNew, TaskInProgress, TaskSubmitted, TaskDone, TaskCancelled} {
		if slices.Contains(members, state) {
			return state
		}
	}
	return own
}

func TestCombineIsItsDefinition(t *testing.T) {
	states := slices.Sorted(maps.Keys(transitions))
	rapid.Check(t, func(t *rapid.T) {
		own := rapid.SampledFrom(states).Draw(t, "own")
		members := rapid.SliceOfN(rapid.SampledFrom(states), 0, 4).Draw(t, "members")
		assignees := []Assignee{{GroupID: 2, State: TaskBlocked}}
		for i, state := range members {
			assignees = append(assignees, Assignee{MemberID: int64(i + 1), State: state})
		}
		if got, want := Combine(own, assignees), combineByDefinition(own, members); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}

func TestRandomWalksNeverLeaveTheTable(t *testing.T) {
	table := cells()
	rapid.Check(t, func(t *rapid.T) {
		task := Task{Number: 1, State: TaskNew}
		if rapid.Bool().Draw(t, "assigned") {
			task.Assignees = AssignTo(1, 2)
		}
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			event := rapid.SampledFrom(tableEvents).Draw(t, "event")
			memberID := rapid.Int64Range(0, 3).Draw(t, "member")
			states := map[int64]TaskState{}
			for _, assignee := range task.Assignees {
				states[assignee.MemberID] = assignee.State
			}
			changed, err := act(task, event, memberID)
			if err != nil {
				if codeOf(t, err) == "" || changed.Version != task.Version || changed.State != task.State {
					t.Fatalf("a refusal that changes: %+v, %v", changed, err)
				}
				continue
			}
			if changed.Version != task.Version+1 || changed.State != Combine(changed.State, changed.Assignees) {
				t.Fatalf("%s: %+v", event, changed)
			}
			if len(states) == 0 && changed.State != table[task.State][event] {
				t.Fatalf("%s from %s to %s", event, task.State, changed.State)
			}
			for _, assignee := range changed.Assignees {
				was, known := states[assignee.MemberID]
				if known && event != EventReassigned && was != assignee.State && table[was][event] != assignee.State {
					t.Fatalf("%s moved member %d from %s to %s", event, assignee.MemberID, was, assignee.State)
				}
			}
			task = changed
		}
	})
}

func TestLawsOfDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calendar := drawTiming(t).Calendar
		a, b, c := drawMoment(t, "a"), drawMoment(t, "b"), drawMoment(t, "c")
		between := calendar.DaysBetween
		if between(a, b) != -between(b, a) || between(a, b)+between(b, c) != between(a, c) || between(a, a) != 0 {
			t.Fatal("days do not add up")
		}
		if calendar.Day(a).Add(between(a, b)) != calendar.Day(b) {
			t.Fatal("adding the days does not lead to the other date")
		}
		if hours := b.Sub(a).Hours() / 24; float64(between(a, b)) > hours+1.1 || float64(between(a, b)) < hours-1.1 {
			t.Fatalf("%d days, but %.2f times 24 hours", between(a, b), hours)
		}
		workdays := rapid.IntRange(1, 20).Draw(t, "workdays")
		if later := calendar.AddWorkdays(a, workdays); !calendar.Workday(later) || !later.After(a) ||
			calendar.Day(calendar.AddWorkdays(later, 1-workdays)) != calendar.Day(calendar.NextWorkday(a)) {
			t.Fatalf("%d working days after %s: %s", workdays, a, later)
		}
	})
}

func TestNextAllowedIsTheFirstMomentAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calendar, moment := drawTiming(t).Calendar, drawMoment(t, "moment")
		next := calendar.NextAllowed(moment)
		if _, quiet := calendar.Quiet(next); quiet || next.Before(moment) || !calendar.NextAllowed(next).Equal(next) {
			t.Fatalf("next allowed after %s: %s", moment, next)
		}
		for between := moment; between.Before(next); between = between.Add(15 * time.Minute) {
			if _, quiet := calendar.Quiet(between); !quiet {
				t.Fatalf("%s was allowed before %s", between, next)
			}
		}
	})
}

func TestRecurrenceFallsOnItsDaysAndHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calendar, moment := drawTiming(t).Calendar, drawMoment(t, "moment")
		rule := Recurrence{
			Unit:    rapid.SampledFrom([]Unit{EveryDay, EveryWorkday, EveryWeek, EveryMonth}).Draw(t, "unit"),
			Every:   rapid.IntRange(1, 4).Draw(t, "every"),
			Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday")),
			Day:     rapid.SampledFrom([]int{-1, 1, 5, 28, 29, 30, 31}).Draw(t, "day"),
			Hour:    rapid.IntRange(0, 23).Draw(t, "hour"), Minute: rapid.IntRange(0, 59).Draw(t, "minute"),
		}
		for range 6 {
			next := rule.Next(moment, calendar)
			day := calendar.Day(next)
			if !next.After(moment) || !rule.fallsOn(day, calendar) || !next.Equal(day.At(rule.Hour, rule.Minute, calendar.zone())) {
				t.Fatalf("%+v after %s: %s", rule, moment, next)
			}
			moment = next
		}
	})
}
