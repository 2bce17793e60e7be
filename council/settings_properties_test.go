package council

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawHours draws hours that a city may have.
func drawHours(t *rapid.T) Hours {
	return rapid.Custom(func(t *rapid.T) Hours {
		starts := rapid.IntRange(4*60, 12*60).Draw(t, "starts")
		ends := rapid.IntRange(starts, 21*60).Draw(t, "ends")
		from := rapid.IntRange(starts, ends).Draw(t, "break from")
		return Hours{starts, ends, from, rapid.IntRange(from, ends).Draw(t, "break until")}
	}).Filter(func(hours Hours) bool { return CheckHours(hours) == nil }).Draw(t, "hours")
}

// drawClocks draws clocks that a city may have.
func drawClocks(t *rapid.T) Clocks {
	days := rapid.IntRange(0, SlowestClock)
	return rapid.Custom(func(t *rapid.T) Clocks {
		first := rapid.IntRange(1, 20).Draw(t, "first")
		second := first + rapid.IntRange(1, 20).Draw(t, "second")
		return Clocks{Question: days.Draw(t, "question"), Receipt: days.Draw(t, "receipt"), Review: days.Draw(t, "review"), Decision: days.Draw(t, "decision"),
			Promise: days.Draw(t, "promise"), Silent: days.Draw(t, "silent"), Overdue: [3]int{first, second, second + rapid.IntRange(1, 20).Draw(t, "third")},
			LeaderFrom: days.Draw(t, "leader")}
	}).Filter(func(clocks Clocks) bool { return CheckClocks(clocks) == nil }).Draw(t, "clocks")
}

// drawCity draws everything of a city that may be set and moves reminders.
func drawCity(t *rapid.T) Timing {
	timing := drawTiming(t)
	timing.Calendar.Hours, timing.Clocks = drawHours(t), drawClocks(t)
	ladder := func(name string) Ladder {
		steps, err := NewLadder(rapid.SliceOfN(rapid.IntRange(0, 60), 1, 12).Draw(t, name))
		if err != nil {
			t.Fatal(err)
		}
		return steps
	}
	if rapid.Bool().Draw(t, "ladders of its own") {
		timing.Rhythm = Rhythm{Groups: ladder("groups"), Council: ladder("council"), Leader: ladder("leader"), Tasks: ladder("tasks")}
	}
	if rapid.Bool().Draw(t, "an hour of its own") {
		timing.Rhythm.Minute = rapid.IntRange(1, minutesADay-1).Draw(t, "minute")
	}
	return timing
}

// TestPlansOfTasksKeepTheRulesInEveryCity: whatever a city has set, nothing is planned
// twice, in the past or at a quiet time, neither at first nor when another city's
// settings were there before.
func TestPlansOfTasksKeepTheRulesInEveryCity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, timing, now := drawCity(t), drawCity(t), drawMoment(t, "now")
		task := drawTask(t, now, timing)
		planned := PlanTask(task, now, timing)
		checkPlanned(t, planned, map[int64]Deadline{0: task.Deadline}, now, timing)
		once(t, planned)
		for _, reminder := range Replan(task, PlanTask(task, now, before), now, timing) {
			if !reminder.Due.After(now) && reminder.Step != StepSoon {
				t.Fatalf("planned anew at %s it is said at %s: %s", now, reminder.Due, reminder.Step)
			}
		}
	})
}

// TestPlansOfEvaluationsKeepTheRulesInEveryCity is the same of evaluations, whose own
// hour may lie outside of the city's hours.
func TestPlansOfEvaluationsKeepTheRulesInEveryCity(t *testing.T) {
	groups := []Group{ownGroup, councilGroup, secretariat}
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawCity(t), drawMoment(t, "now")
		evaluation := Evaluation{Number: 1, State: EvaluationOpen, Rhythm: Rhythm{Minute: rapid.IntRange(0, minutesADay-1).Draw(t, "own minute")}}
		deadlines := map[int64]Deadline{}
		for id := range rapid.Int64Range(1, 3).Draw(t, "milestones") {
			deadlines[id] = Deadline{At: now.Add(time.Duration(rapid.IntRange(-100, 80*24*60).Draw(t, "minutes")) * time.Minute)}
			evaluation.Milestones = append(evaluation.Milestones, Milestone{id, MilestonePresentation, deadlines[id]})
		}
		planned := PlanEvaluation(evaluation, groups, now, timing)
		checkPlanned(t, planned, deadlines, now, timing)
		once(t, planned)
	})
}

// TestQuestionsAndIdeasKeepTheRulesInEveryCity is the same of what has a target.
func TestQuestionsAndIdeasKeepTheRulesInEveryCity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, asked := drawCity(t), drawMoment(t, "asked")
		now := asked.Add(time.Duration(rapid.IntRange(0, 30*24*60).Draw(t, "minutes later")) * time.Minute)
		question := NewQuestion(Question{Number: 1, AskerID: 1, To: Addressee{MemberID: 2}, Workdays: timing.clocks().Question}, true, asked, timing.Calendar)
		planned := append(PlanQuestion(question, now, timing), PlanIdea(NewIdea(Idea{Number: 1, SubmitterID: 1}, asked, timing), now, timing)...)
		for _, reminder := range planned {
			if _, quiet := timing.Calendar.Quiet(reminder.Due); quiet || !reminder.Due.After(now) {
				t.Fatalf("%s at %s, planned at %s", reminder.Step, reminder.Due.In(timing.Calendar.zone()), now)
			}
		}
		once(t, planned)
	})
}

// once fails when a plan has a row twice.
func once(t *rapid.T, planned []Reminder) {
	seen := map[string]bool{}
	for _, reminder := range planned {
		key := fmt.Sprint(reminder.Subject, reminder.MilestoneID, reminder.Step, reminder.Audience, reminder.MemberID, reminder.GroupID, reminder.Anchor)
		if seen[key] {
			t.Fatalf("planned twice: %s", key)
		}
		seen[key] = true
	}
}

func TestHoursThatACityMayHave(t *testing.T) {
	at := func(hour, minute int) int { return hour*60 + minute }
	usual := UsualHours
	change := func(change func(*Hours)) Hours { hours := usual; change(&hours); return hours }
	for name, test := range map[string]struct {
		hours Hours
		code  string
	}{
		"the usual":                   {usual, ""},
		"from seven to three":         {change(func(h *Hours) { h.Starts, h.Ends = at(7, 0), at(15, 0) }), ""},
		"without a break":             {change(func(h *Hours) { h.FridayStarts, h.FridayEnds = 0, 0 }), ""},
		"a break to the end":          {change(func(h *Hours) { h.FridayEnds = h.Ends }), ""},
		"the wrong way round":         {change(func(h *Hours) { h.Starts, h.Ends = h.Ends, h.Starts }), "hours_order"},
		"a break the wrong way round": {change(func(h *Hours) { h.FridayStarts, h.FridayEnds = h.FridayEnds, h.FridayStarts }), "hours_order"},
		"at night":                    {change(func(h *Hours) { h.Ends = at(20, 1) }), "hours_bounds"},
		"before dawn":                 {change(func(h *Hours) { h.Starts = at(4, 59) }), "hours_bounds"},
		"a break before them":         {change(func(h *Hours) { h.FridayStarts = at(7, 0) }), "hours_break"},
		"three hours":                 {Hours{at(8, 0), at(11, 59), at(9, 0), at(9, 0)}, "hours_short"},
		"an hour on Fridays":          {change(func(h *Hours) { h.FridayStarts = at(8, 30); h.FridayEnds = h.Ends }), "hours_short"},
	} {
		t.Run(name, func(t *testing.T) {
			if code := codeOf(t, CheckHours(test.hours)); code != test.code {
				t.Fatalf("%+v: %q", test.hours, code)
			}
		})
	}
}

func TestClocksThatACityMayHave(t *testing.T) {
	for name, test := range map[string]struct {
		clocks Clocks
		code   string
	}{
		"the usual":                        {Clocks{}, ""},
		"a slow one":                       {Clocks{Silent: 90}, ""},
		"slower":                           {Clocks{Silent: 91}, "clock_bounds"},
		"backwards":                        {Clocks{Question: -1}, "clock_bounds"},
		"an idea seen when it is decided":  {Clocks{Review: 20}, ""},
		"an idea seen after it is decided": {Clocks{Review: 21}, "clock_ideas"},
		"days that are the same":           {Clocks{Overdue: [3]int{1, 3, 3}}, "clock_overdue"},
		"days of which one is missing":     {Clocks{Overdue: [3]int{1, 3, 0}}, "clock_bounds"},
	} {
		t.Run(name, func(t *testing.T) {
			if code := codeOf(t, CheckClocks(test.clocks)); code != test.code {
				t.Fatalf("%+v: %q", test.clocks, code)
			}
		})
	}
}
