package council

import (
	"fmt"
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

// drawTask draws a task of members who each stand where they stand, with or
// without a date.
func drawTask(t *rapid.T, now time.Time, timing Timing) Task {
	task := Task{Number: 31, State: TaskNew, CreatedAt: now.AddDate(0, 0, -rapid.IntRange(0, 20).Draw(t, "days old")),
		Deadline: Deadline{At: now.Add(time.Duration(rapid.IntRange(-20*24*60, 60*24*60).Draw(t, "minutes ahead")) * time.Minute)}}
	if rapid.IntRange(0, 9).Draw(t, "without a date") == 0 {
		task.Deadline = Deadline{}
	}
	before := func(name string) time.Time {
		minutes := rapid.IntRange(0, int(now.Sub(task.CreatedAt).Minutes())).Draw(t, name)
		return now.Add(-time.Duration(minutes) * time.Minute)
	}
	for _, member := range rapid.SliceOfNDistinct(rapid.Int64Range(1, 9), 0, 3, rapid.ID).Draw(t, "members") {
		assignee := Assignee{MemberID: member, State: rapid.SampledFrom([]TaskState{TaskNew, TaskInProgress, TaskBlocked, TaskSubmitted}).Draw(t, "state"),
			Acknowledged: rapid.Bool().Draw(t, "acknowledged")}
		if rapid.Bool().Draw(t, "a time is known") {
			assignee.AssignedAt = before("given")
		}
		if assignee.State != TaskNew || assignee.Acknowledged {
			assignee.ActiveAt = before("active")
		}
		wish := timing.Calendar.Day(now).Add(rapid.IntRange(-3, 30).Draw(t, "wish"))
		if until, _, possible := SnoozeUntil(wish, task.Deadline, now, timing); possible && rapid.Bool().Draw(t, "put off") {
			assignee.SnoozedUntil = until
		}
		task.Assignees = append(task.Assignees, assignee)
	}
	task.State = Combine(TaskNew, task.Assignees)
	return task
}

// checkPlanned holds for every plan, of tasks and of evaluations.
func checkPlanned(t *rapid.T, planned []Reminder, deadlines map[int64]Deadline, now time.Time, timing Timing) {
	mornings := map[string]bool{}
	for _, reminder := range planned {
		deadline, calendar := deadlines[reminder.MilestoneID], timing.Calendar
		_, quiet := calendar.Quiet(reminder.Due)
		near := !reminder.Due.After(deadline.At) && deadline.At.Sub(reminder.Due) <= WithinReach
		if quiet && !near {
			t.Fatalf("%s at %s is in a quiet time", reminder.Step, reminder.Due)
		}
		if slices.Contains(CareSteps, reminder.Step) {
			continue
		}
		key := fmt.Sprint(reminder.MilestoneID, reminder.Audience, reminder.MemberID, reminder.GroupID, calendar.Day(reminder.Due))
		if mornings[key] {
			t.Fatalf("two steps on one morning: %s", key)
		}
		mornings[key] = true
		days, known := reminder.Step.Days()
		if !known || !reminder.Due.After(now) {
			t.Fatalf("%s at %s, planned at %s", reminder.Step, reminder.Due, now)
		}
		if overdue := days > 0; overdue != reminder.Due.After(deadline.At) {
			t.Fatalf("%s at %s for the deadline %s", reminder.Step, reminder.Due, deadline.At)
		}
		if days != 0 && !calendar.Workday(reminder.Due) {
			t.Fatalf("%s at %s is on a day off", reminder.Step, reminder.Due)
		}
		nominal := calendar.Day(deadline.At).Add(days)
		if shift := calendar.Day(reminder.Due).Sub(nominal); days < 0 && shift > 0 || days == 0 && shift != 0 || days > 0 && shift < 0 {
			t.Fatalf("%s moved by %d days", reminder.Step, shift)
		}
	}
}

// TestPlansOfTasksKeepTheRules: every row of a plan is one of its kind, comes at
// the moment that its anchor gives, and is said at that moment or dropped for
// what other rows of the plan say better.
func TestPlansOfTasksKeepTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawTiming(t), drawMoment(t, "now")
		task := drawTask(t, now, timing)
		planned := PlanTask(task, now, timing)
		checkPlanned(t, planned, map[int64]Deadline{0: task.Deadline}, now, timing)
		kinds := map[Reminder]bool{}
		for _, reminder := range planned {
			if moment, known := timing.MomentOf(reminder); !known || !moment.Equal(reminder.Due) {
				t.Fatalf("%s is planned at %s, and its moment is %s", reminder.Step, reminder.Due, moment)
			}
			decision := DecideTask(reminder, task, reminder.Due, timing)
			if expected := dropped(task, reminder); decision.Verdict != Say && (decision.Verdict != Drop || decision.Reason != expected) {
				t.Fatalf("%s is not said in its own moment: %+v, want %s", reminder.Step, decision, expected)
			}
			reminder.Due = time.Time{}
			if kinds[reminder] {
				t.Fatalf("planned twice: %+v", reminder)
			}
			kinds[reminder] = true
		}
		if again := PlanTask(task, now, timing); !slices.Equal(planned, again) {
			t.Fatalf("planned again it is %s, and was %s", written(again), written(planned))
		}
	})
}

// dropped is the reason for which a reminder may have lost its point by its own
// moment, though the task is as it was when the plan was made.
func dropped(task Task, reminder Reminder) string {
	own, _ := task.Assignee(reminder.MemberID)
	switch {
	case task.State == TaskSubmitted && reminder.Audience != ToAssignee, own.State == TaskSubmitted:
		return "task_submitted"
	case task.Overdue(reminder.Due) && (reminder.Step == StepUnacknowledged || reminder.Step == StepSilent):
		return "overdue"
	case own.SnoozedUntil.After(reminder.Due):
		return "snoozed"
	}
	return ""
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
			decision := DecideEvaluation(reminder, evaluation, byID[reminder.GroupID], Counts{Total: 1, OfIndicators: true}, reminder.Due, timing)
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
		task := drawTask(t, made, timing)
		task.State, task.Assignees = TaskNew, AssignTo(5)
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
		task := drawTask(t, made, timing)
		if task.State, task.Assignees = TaskNew, AssignTo(5); task.Deadline.IsZero() {
			task.Deadline.At = made
		}
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
