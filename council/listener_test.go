package council

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhatAListenerIsToldNow(t *testing.T) {
	clock := func(from, until int) QuietTime { return QuietTime{from * 60, until * 60} }
	leave := func(first, last int) Leave { return Leave{First: june(first), Last: june(last)} }
	tests := []struct {
		name     string
		listener Listener
		step     Step
		anchor   string
		now      string
		verdict  Verdict
		reason   string
		until    string
	}{
		{"nothing is in the way", Listener{}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00", Say, "due", ""},

		{"on leave", Listener{Leaves: []Leave{leave(8, 9)}}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00", Wait, "on_leave", "2026-06-10 08:00"},
		{"on the last day of a leave before a weekend", Listener{Leaves: []Leave{leave(3, 5)}}, "H-7", "2026-06-11 16:00", "2026-06-05 08:00", Wait, "on_leave", "2026-06-08 08:00"},
		{"before a leave", Listener{Leaves: []Leave{leave(9, 12)}}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00", Say, "due", ""},
		{"after a leave", Listener{Leaves: []Leave{leave(3, 7)}}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00", Say, "due", ""},
		{"on leave over the deadline", Listener{Leaves: []Leave{leave(8, 12)}}, "H-1", "2026-06-11 16:00", "2026-06-10 08:00", Wait, "on_leave", "2026-06-15 08:00"},
		{"a leave and another after the weekend", Listener{Leaves: []Leave{leave(3, 5), leave(8, 10)}}, "overdue+1", "2026-06-02 16:00", "2026-06-03 08:00",
			Wait, "on_leave", "2026-06-11 08:00"},

		{"in the own quiet time", Listener{Quiet: []QuietTime{clock(7, 10)}}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00", Wait, "own_quiet_time", "2026-06-08 10:00"},
		{"of a group", Listener{Group: true, Quiet: []QuietTime{clock(7, 10)}}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00", Wait, "own_quiet_time", "2026-06-08 10:00"},
		{"at its end", Listener{Quiet: []QuietTime{clock(7, 8)}}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00", Say, "due", ""},
		{"two that follow one another", Listener{Quiet: []QuietTime{clock(9, 11), clock(7, 9)}}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00",
			Wait, "own_quiet_time", "2026-06-08 11:00"},
		{"what was put off by the person waits as well", Listener{Quiet: []QuietTime{clock(7, 10)}}, StepSnoozed, "2026-06-08 08:00", "2026-06-08 08:00",
			Wait, "own_quiet_time", "2026-06-08 10:00"},
		{"overdue", Listener{Quiet: []QuietTime{clock(7, 10)}}, "overdue+1", "2026-06-05 16:00", "2026-06-08 08:00", Wait, "own_quiet_time", "2026-06-08 10:00"},
		{"it leaves more than two hours before the deadline", Listener{Quiet: []QuietTime{clock(7, 10)}}, "H", "2026-06-08 12:01", "2026-06-08 08:00",
			Wait, "own_quiet_time", "2026-06-08 10:00"},
		{"it leaves two hours", Listener{Quiet: []QuietTime{clock(7, 10)}}, "H", "2026-06-08 12:00", "2026-06-08 08:00", Say, "due", ""},
		{"two hours before the deadline", Listener{Quiet: []QuietTime{clock(13, 15)}}, StepSoon, "2026-06-08 16:00", "2026-06-08 14:00", Say, "due", ""},
		{"it runs into the evening: the next morning", Listener{Quiet: []QuietTime{clock(14, 18)}}, "H-3", "2026-06-11 16:00", "2026-06-08 15:00",
			Wait, "own_quiet_time", "2026-06-09 08:00"},
		{"over midnight into the morning: its end", Listener{Quiet: []QuietTime{clock(14, 9)}}, "H-3", "2026-06-11 16:00", "2026-06-08 15:00",
			Wait, "own_quiet_time", "2026-06-09 09:00"},
		{"into the evening of a Friday", Listener{Quiet: []QuietTime{clock(14, 18)}}, "overdue+1", "2026-06-04 16:00", "2026-06-05 15:00",
			Wait, "own_quiet_time", "2026-06-08 08:00"},
		{"into Friday noon", Listener{Quiet: []QuietTime{clock(7, 12)}}, "H-7", "2026-06-11 16:00", "2026-06-05 08:00", Wait, "own_quiet_time", "2026-06-05 13:30"},
		{"into the evening, with the deadline in reach then", Listener{Quiet: []QuietTime{clock(14, 18)}}, "H-1", "2026-06-09 16:00", "2026-06-08 15:00",
			Wait, "own_quiet_time", "2026-06-08 18:00"},
		{"into a weekend, at whose end the deadline is too near", Listener{Quiet: []QuietTime{clock(14, 18)}}, "H-3", "2026-06-08 08:15", "2026-06-05 15:00", Say, "due", ""},
		{"quiet times that leave hardly anything free are none", Listener{Quiet: []QuietTime{{7 * 60, 16*60 + 29}}}, "overdue+1", "2026-06-05 16:00", "2026-06-08 08:00", Say, "due", ""},
		{"quiet times that leave nothing free are none", Listener{Quiet: []QuietTime{clock(7, 17)}}, "overdue+1", "2026-06-05 16:00", "2026-06-08 08:00", Say, "due", ""},

		{"twice reminded today", Listener{Reminded: 2}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00", Say, "due", ""},
		{"three times", Listener{Reminded: 3}, "H-3", "2026-06-11 16:00", "2026-06-08 14:00", Wait, "budget", "2026-06-09 08:00"},
		{"three times, on a Friday", Listener{Reminded: 3}, "H-7", "2026-06-11 16:00", "2026-06-05 14:00", Wait, "budget", "2026-06-08 08:00"},
		{"three times, though it is due today", Listener{Reminded: 3}, StepSoon, "2026-06-08 16:00", "2026-06-08 14:00", Wait, "budget", "2026-06-09 08:00"},
		{"a group has no budget", Listener{Reminded: 9, Group: true}, "H-3", "2026-06-11 16:00", "2026-06-08 14:00", Say, "due", ""},

		{"asked for, on leave and in a quiet time", Listener{Leaves: []Leave{leave(8, 9)}, Quiet: []QuietTime{clock(7, 10)}, Reminded: 3}, StepOwn,
			"2026-06-08 08:00", "2026-06-08 08:00", Say, "asked", ""},
		{"leave comes before the quiet time", Listener{Leaves: []Leave{leave(8, 9)}, Quiet: []QuietTime{clock(7, 10)}, Reminded: 3}, "H-3", "2026-06-11 16:00",
			"2026-06-08 08:00", Wait, "on_leave", "2026-06-10 08:00"},
		{"the quiet time before the budget", Listener{Quiet: []QuietTime{clock(7, 10)}, Reminded: 3}, "H-3", "2026-06-11 16:00", "2026-06-08 08:00",
			Wait, "own_quiet_time", "2026-06-08 10:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			check(t, test.listener.Decide(Reminder{Step: test.step, Anchor: at(test.anchor)}, Deadline{At: at(test.anchor)}, at(test.now), timing2026()), test.verdict, test.reason, test.until)
		})
	}
}

// TestAQuietTimeAsksForTheDeadline is for reminders that hang on something else.
func TestAQuietTimeAsksForTheDeadline(t *testing.T) {
	listener := Listener{Quiet: []QuietTime{{7 * 60, 10 * 60}}}
	snoozed := Reminder{Step: StepSnoozed, Anchor: at("2026-06-08 08:00")}
	tests := []struct {
		name, deadline, now string
		verdict             Verdict
		reason, until       string
	}{
		{"days away, though the hour that was wished for is near", "2026-06-11 16:00", "2026-06-08 07:45", Wait, "own_quiet_time", "2026-06-08 10:00"},
		{"too near to wait for", "2026-06-08 11:30", "2026-06-08 08:00", Say, "due", ""},
		{"near, with room", "2026-06-08 16:00", "2026-06-08 08:00", Wait, "own_quiet_time", "2026-06-08 10:00"},
		{"past", "2026-06-05 16:00", "2026-06-08 07:45", Wait, "own_quiet_time", "2026-06-08 10:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			check(t, listener.Decide(snoozed, Deadline{At: at(test.deadline)}, at(test.now), timing2026()), test.verdict, test.reason, test.until)
		})
	}
	t.Run("none", func(t *testing.T) {
		check(t, listener.Decide(snoozed, Deadline{}, at("2026-06-08 07:45"), timing2026()), Wait, "own_quiet_time", "2026-06-08 10:00")
	})
}

// TestQuietTimesAroundAMorningInTheAfternoon is of a city that speaks at 15.00.
func TestQuietTimesAroundAMorningInTheAfternoon(t *testing.T) {
	tests := []struct {
		name       string
		quiet      QuietTime
		now, until string
	}{
		{"over before it: its own end", QuietTime{7 * 60, 10 * 60}, "2026-06-08 08:00", "2026-06-08 10:00"},
		{"into the evening, ending before the next one", QuietTime{16 * 60, 18 * 60}, "2026-06-08 16:00", "2026-06-09 15:00"},
		{"at each of them: as soon as there is work", QuietTime{14 * 60, 18 * 60}, "2026-06-08 15:00", "2026-06-09 07:30"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			timing := timing2026()
			timing.Rhythm.Minute = 15 * 60
			listener := Listener{Quiet: []QuietTime{test.quiet}}
			check(t, listener.Decide(Reminder{Step: "overdue+1", Anchor: at("2026-06-05 16:00")}, Deadline{At: at("2026-06-05 16:00")}, at(test.now), timing), Wait, "own_quiet_time", test.until)
		})
	}
}

func drawQuiet(t *rapid.T) []QuietTime {
	var quiet []QuietTime
	for range rapid.IntRange(0, QuietTimesLimit).Draw(t, "quiet times") {
		quiet = append(quiet, QuietTime{rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1440).Draw(t, "until")})
	}
	if CheckQuiet(quiet, UsualHours) != nil {
		return nil
	}
	return quiet
}

func drawLeaves(t *rapid.T, around Day) []Leave {
	var leaves []Leave
	for range rapid.IntRange(0, 3).Draw(t, "leaves") {
		first := around.Add(rapid.IntRange(-5, 40).Draw(t, "first"))
		leaves = append(leaves, Leave{First: first, Last: first.Add(rapid.IntRange(0, 15).Draw(t, "days"))})
	}
	return leaves
}

// TestWaitingEnds follows a reminder from one decision to the next, those of its
// task and those of the one who is to hear it: it never waits for what is past,
// is said or dropped in the end, and is said in no quiet time and on no leave
// without what allows it.
func TestWaitingEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawTiming(t), drawMoment(t, "now")
		calendar := timing.Calendar
		listener := Listener{Leaves: drawLeaves(t, calendar.Day(now)), Quiet: drawQuiet(t), Reminded: rapid.IntRange(0, 4).Draw(t, "reminded")}
		task := drawTask(t, now, timing)
		reminders := PlanTask(task, now, timing)
		if len(reminders) == 0 {
			return
		}
		reminder := rapid.SampledFrom(reminders).Draw(t, "reminder")
		now = reminder.Due.Add(time.Duration(rapid.IntRange(0, 10*24*60).Draw(t, "minutes late")) * time.Minute)
		for waits := 0; ; waits++ {
			decision := DecideTask(reminder, task, now, timing)
			if decision.Verdict == Say {
				decision = listener.Decide(reminder, task.Deadline, now, timing)
			}
			switch decision.Verdict {
			case Drop:
				return
			case Say:
				checkSaid(t, listener, reminder, task, now, timing)
				return
			}
			if waits > 12 || !decision.Until.After(now) {
				t.Fatalf("%s at %s after %d waits: %+v", reminder.Step, now, waits, decision)
			}
			if calendar.Day(decision.Until) != calendar.Day(now) {
				listener.Reminded = 0
			}
			if _, quiet := calendar.Quiet(decision.Until); quiet && !near(task.Deadline, decision.Until) {
				t.Fatalf("%s waits at %s for a quiet time: %+v", reminder.Step, now, decision)
			}
			reminder.Due, reminder.Waited, now = decision.Until, decision.Reason, decision.Until
		}
	})
}

func near(deadline Deadline, now time.Time) bool {
	return !now.After(deadline.At) && deadline.At.Sub(now) <= WithinReach
}

func checkSaid(t *rapid.T, listener Listener, reminder Reminder, task Task, now time.Time, timing Timing) {
	calendar := timing.Calendar
	if _, quiet := calendar.Quiet(now); quiet && !near(task.Deadline, now) {
		t.Fatalf("%s is said at %s, in a quiet time", reminder.Step, now)
	}
	for _, leave := range listener.Leaves {
		if leave.Covers(calendar.Day(now)) {
			t.Fatalf("%s is said at %s, on leave %+v", reminder.Step, now, leave)
		}
	}
	for _, quiet := range listener.Quiet {
		if end, covered := quiet.Covers(now, calendar); covered && end.After(now) && !now.Add(2*WithinReach).After(reminder.Anchor) {
			t.Fatalf("%s is said at %s, in the own quiet time %+v, with days to go", reminder.Step, now, quiet)
		}
	}
	if listener.Reminded >= Budget {
		t.Fatalf("%s is said at %s, beyond the budget", reminder.Step, now)
	}
}
