package council

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var zoneNames = []string{"Asia/Makassar", "Asia/Jakarta", "Asia/Jayapura", "Europe/Kyiv", "America/New_York",
	"Africa/Cairo", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"}

func drawTiming(t *rapid.T) Timing {
	zone := zoneNamed(rapid.SampledFrom(zoneNames).Draw(t, "zone"))
	var holidays []Holiday
	for _, offset := range rapid.SliceOfNDistinct(rapid.IntRange(0, 500), 0, 60, rapid.ID).Draw(t, "holidays") {
		holidays = append(holidays, Holiday{Date: Day{2026, time.January, 1}.Add(offset), Name: "holiday"})
	}
	hour := rapid.SampledFrom([]int{8, 9, 10, 14, 16}).Draw(t, "hour")
	return Timing{Next: daily(hour, 0, zone), Calendar: NewCalendar(zone, holidays)}
}

func drawMoment(t *rapid.T, name string) time.Time {
	minutes := rapid.IntRange(0, 400*24*60).Draw(t, name)
	return time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC).Add(time.Duration(minutes) * time.Minute)
}

func drawTask(t *rapid.T, now time.Time) Task {
	ahead := time.Duration(rapid.IntRange(1, 60*24*60).Draw(t, "minutes ahead")) * time.Minute
	members := rapid.SliceOfNDistinct(rapid.Int64Range(1, 9), 0, 3, rapid.ID).Draw(t, "members")
	return Task{Number: 31, State: TaskNew, CreatedAt: now, Deadline: Deadline{At: now.Add(ahead)}, Assignees: AssignTo(members...)}
}

// checkPlanned holds for every plan, of tasks and of evaluations.
func checkPlanned(t *rapid.T, planned []Reminder, deadlines map[int64]Deadline, now time.Time, timing Timing) {
	seen := map[string]bool{}
	for _, reminder := range planned {
		deadline, calendar := deadlines[reminder.MilestoneID], timing.Calendar
		key := fmt.Sprint(reminder.MilestoneID, reminder.Audience, reminder.MemberID, reminder.GroupID, calendar.Day(reminder.Due))
		if seen[key] {
			t.Fatalf("two steps on one morning: %s", key)
		}
		seen[key] = true
		days, known := reminder.Step.Days()
		if !known || !reminder.Due.After(now) {
			t.Fatalf("%s at %s, planned at %s", reminder.Step, reminder.Due, now)
		}
		if overdue := days > 0; overdue != reminder.Due.After(deadline.At) {
			t.Fatalf("%s at %s for the deadline %s", reminder.Step, reminder.Due, deadline.At)
		}
		_, quiet := calendar.Quiet(reminder.Due)
		near := days <= 0 && deadline.At.Sub(reminder.Due) <= withinReach
		if days != 0 && !calendar.Workday(reminder.Due) || quiet && !near {
			t.Fatalf("%s at %s is in a quiet time", reminder.Step, reminder.Due)
		}
		nominal := calendar.Day(deadline.At).Add(days)
		if shift := calendar.Day(reminder.Due).Sub(nominal); days < 0 && shift > 0 || days == 0 && shift != 0 || days > 0 && shift < 0 {
			t.Fatalf("%s moved by %d days", reminder.Step, shift)
		}
	}
}

func TestPlansOfTasksKeepTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawTiming(t), drawMoment(t, "now")
		task := drawTask(t, now)
		planned := PlanTask(task, now, timing)
		checkPlanned(t, planned, map[int64]Deadline{0: task.Deadline}, now, timing)
		for _, reminder := range planned {
			if decision := DecideTask(reminder, task, reminder.Due, timing); decision.Verdict != Say {
				t.Fatalf("%s is not said in its own moment: %+v", reminder.Step, decision)
			}
		}
	})
}

func TestPlansOfEvaluationsKeepTheRules(t *testing.T) {
	kinds := []MilestoneKind{MilestonePresentation, MilestoneUpload, MilestoneFieldReview, MilestoneInterview, MilestoneInternal}
	groups := []Group{ownGroup, otherGroup, forum, councilGroup, secretariat}
	byID := map[int64]Group{}
	for _, group := range groups {
		byID[group.ID] = group
	}
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawTiming(t), drawMoment(t, "now")
		evaluation, deadlines := Evaluation{Number: 1, State: EvaluationOpen}, map[int64]Deadline{}
		for id := range rapid.Int64Range(1, 4).Draw(t, "milestones") {
			deadline := Deadline{At: now.Add(time.Duration(rapid.IntRange(-100, 80*24*60).Draw(t, "minutes")) * time.Minute)}
			deadlines[id] = deadline
			evaluation.Milestones = append(evaluation.Milestones, Milestone{id, rapid.SampledFrom(kinds).Draw(t, "kind"), deadline})
		}
		planned := PlanEvaluation(evaluation, groups, now, timing)
		checkPlanned(t, planned, deadlines, now, timing)
		for _, reminder := range planned {
			if reminder.GroupID == forum.ID || evaluation.Milestones[reminder.MilestoneID].Kind == MilestoneInternal {
				t.Fatalf("planned for nobody: %+v", reminder)
			}
			decision := DecideEvaluation(reminder, evaluation, byID[reminder.GroupID], Counts{Total: 1}, reminder.Due, timing)
			if decision.Verdict != Say {
				t.Fatalf("%s is not said in its own moment: %+v", reminder.Step, decision)
			}
		}
	})
}

// After an outage of any length at most one step before the deadline is said to
// an assignee, and what waits is said in the end or has a reason not to be.
func TestAnOutageSaysOnlyTheNewestStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, made := drawTiming(t), drawMoment(t, "made")
		task := drawTask(t, made)
		task.Assignees = AssignTo(5)
		back := made.Add(time.Duration(rapid.IntRange(0, 90*24*60).Draw(t, "minutes away")) * time.Minute)
		var said []Step
		for _, reminder := range PlanTask(task, made, timing) {
			if reminder.Audience != ToAssignee || reminder.Due.After(back) {
				continue
			}
			now := back
			decision := DecideTask(reminder, task, now, timing)
			for waits := 0; decision.Verdict == Wait; waits++ {
				if waits > 3 || !decision.Until.After(now) {
					t.Fatalf("%s waits at %s: %+v", reminder.Step, now, decision)
				}
				now = decision.Until
				decision = DecideTask(reminder, task, now, timing)
			}
			if decision.Verdict == Say {
				said = append(said, reminder.Step)
			}
		}
		if len(said) > 1 {
			t.Fatalf("said %v at once", said)
		}
	})
}

func TestTheOverdueChainNeverStops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, made := drawTiming(t), drawMoment(t, "made")
		task := drawTask(t, made)
		task.Assignees = AssignTo(5)
		after, now := Step(""), made
		for range 8 {
			next := NextOverdue(task, after, now, timing)
			if len(next) < 2 || next[0].Audience != ToAssignee || next[1].Audience != ToCoordinator || !next[0].Due.After(now) {
				t.Fatalf("after %q at %s: %v", after, now, written(next))
			}
			before, _ := after.Days()
			days, _ := next[0].Step.Days()
			if leader := len(next) == 3; days <= before || leader != (days >= 3) {
				t.Fatalf("after %q: %v", after, written(next))
			}
			after, now = next[0].Step, next[0].Due
		}
	})
}

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
