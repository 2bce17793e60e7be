package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

var task12 = council.TaskReference(12)

// ladder is H-3, H-1 and the day before a deadline, for member 5.
func ladder(deadline time.Time) []council.Reminder {
	var planned []council.Reminder
	for step, days := range map[council.Step]int{"H-3": -3, "H-1": -1, "H": 0} {
		planned = append(planned, council.Reminder{Subject: task12, Step: step, Audience: council.ToAssignee, MemberID: 5,
			Anchor: deadline, Due: deadline.AddDate(0, 0, days).Add(-8 * time.Hour)})
	}
	return planned
}

func steps(reminders []council.Reminder) []council.Step {
	var list []council.Step
	for _, reminder := range reminders {
		list = append(list, reminder.Step)
	}
	return list
}

func TestRemindersFallDueInTheOrderOfTime(t *testing.T) {
	tx := writing(t)
	if _, err := tx.NextReminder(); !errors.Is(err, ErrNotFound) {
		t.Errorf("none: %v", err)
	}
	deadline := noon.AddDate(0, 0, 10)
	ok(t, tx.PlanReminders(task12, ladder(deadline), nil))
	evaluation := council.Reminder{Subject: council.EvaluationReference(1), MilestoneID: 4, Step: "H-7", Audience: council.ToGroup, GroupID: 2, Anchor: deadline, Due: noon}
	ok(t, tx.AddReminders([]council.Reminder{evaluation, evaluation}))
	evaluation.ID = number(t, tx, `SELECT id FROM reminder WHERE step = 'H-7'`)
	if difference := cmp.Diff([]council.Reminder{evaluation}, got(tx.DueReminders(noon))(t)); difference != "" {
		t.Errorf("due at its very moment:\n%s", difference)
	}
	if early := got(tx.DueReminders(noon.Add(-time.Millisecond)))(t); len(early) != 0 {
		t.Errorf("due before it: %+v", early)
	}
	if difference := cmp.Diff([]council.Step{"H-7", "H-3", "H-1"}, steps(got(tx.DueReminders(deadline.AddDate(0, 0, -1)))(t))); difference != "" {
		t.Errorf("after an outage:\n%s", difference)
	}
	if difference := cmp.Diff([]council.Step{"H-3", "H-1", "H"}, steps(got(tx.WaitingReminders(task12))(t))); difference != "" {
		t.Errorf("planned for the task:\n%s", difference)
	}
	if next := got(tx.NextReminder())(t); !next.Equal(noon) {
		t.Errorf("next is %v", next)
	}
}

func TestAReminderEndsOnce(t *testing.T) {
	tx := writing(t)
	ok(t, tx.PlanReminders(task12, ladder(noon), nil))
	due := got(tx.DueReminders(noon))(t)
	ok(t, tx.EndReminder(due[0].ID, true, "due", noon))
	ok(t, tx.EndReminder(due[0].ID, false, "a second tick", noon.Add(time.Hour)))
	ok(t, tx.EndReminder(due[1].ID, false, "settled", noon))
	ok(t, tx.MoveReminder(due[2].ID, noon.Add(time.Hour), "quiet"))
	ok(t, tx.MoveReminder(due[0].ID, noon.Add(time.Hour), "quiet"))
	rows := got(all(tx, scalar[string], `SELECT step || ' ' || state || ' ' || reason || ' ' || coalesce(ended_at - ?, '') FROM reminder ORDER BY due_at`, noon.UnixMilli()))(t)
	if difference := cmp.Diff([]string{"H-3 said due 0", "H-1 dropped settled 0", "H waiting quiet "}, rows); difference != "" {
		t.Error(difference)
	}
	if still := got(tx.DueReminders(noon))(t); len(still) != 0 {
		t.Errorf("due: %+v", still)
	}
	if moved := got(tx.DueReminders(noon.Add(time.Hour)))(t); len(moved) != 1 || moved[0].Step != "H" {
		t.Errorf("moved: %+v", moved)
	}
}

func TestReplanningReplacesWhatWaitsOfThatThingAlone(t *testing.T) {
	tx := writing(t)
	ok(t, tx.PlanReminders(task12, ladder(noon), nil))
	other := ladder(noon)[:1]
	other[0].Subject = council.TaskReference(1)
	ok(t, tx.PlanReminders(other[0].Subject, other, nil))
	ok(t, tx.PlanReminders(task12, ladder(noon.AddDate(0, 0, 7))[:1], nil))
	if count := len(got(tx.WaitingReminders(task12))(t)); count != 1 {
		t.Errorf("%d wait for T-12", count)
	}
	if count := len(got(tx.WaitingReminders(other[0].Subject))(t)); count != 1 {
		t.Errorf("%d wait for T-1", count)
	}
	ok(t, tx.PlanReminders(task12, nil, nil))
	if count := len(got(tx.WaitingReminders(task12))(t)); count != 0 {
		t.Errorf("%d wait after planning none", count)
	}
}

func TestAStepIsSaidOnceForEachDeadline(t *testing.T) {
	tx := writing(t)
	first, later := noon.AddDate(0, 0, 3), noon.AddDate(0, 0, 17)
	say := func(now time.Time) (said []council.Step) {
		for _, reminder := range got(tx.DueReminders(now))(t) {
			ok(t, tx.EndReminder(reminder.ID, true, "due", now))
			said = append(said, reminder.Step)
		}
		return said
	}
	for _, turn := range []struct {
		name     string
		deadline time.Time
		now      time.Time
		said     []council.Step
	}{
		{"planned", first, first.AddDate(0, 0, -3), []council.Step{"H-3"}},
		{"planned again", first, first.AddDate(0, 0, -3), nil},
		{"moved away", later, first.AddDate(0, 0, -1), nil},
		{"moved back", first, first.AddDate(0, 0, -1), []council.Step{"H-1"}},
		{"the clock set back", first, first.AddDate(0, 0, -3), nil},
		{"moved away for good", later, later, []council.Step{"H-3", "H-1", "H"}},
	} {
		ok(t, tx.PlanReminders(task12, ladder(turn.deadline), nil))
		if difference := cmp.Diff(turn.said, say(turn.now)); difference != "" {
			t.Errorf("%s:\n%s", turn.name, difference)
		}
	}
}

func TestAReminderIsReadAsItWasPlanned(t *testing.T) {
	tx := writing(t)
	planned := []council.Reminder{
		{Subject: task12, Step: "H-1", Audience: council.ToAssignee, MemberID: 5, Anchor: noon, Due: noon.Add(time.Minute), Waited: "on_leave"},
		{Subject: council.EvaluationReference(1), MilestoneID: 4, Step: "H-7", Audience: council.ToGroup, GroupID: 2, Anchor: noon.AddDate(0, 0, 7), Due: noon},
		{Subject: council.Reference{Letter: council.HolidayYearLetter, Number: 2027}, Step: council.StepYearMissing, Audience: council.ToCoordinator, Anchor: noon, Due: noon.Add(time.Hour)},
	}
	ok(t, tx.AddReminders(planned))
	for _, wanted := range planned {
		kept := got(tx.WaitingReminders(wanted.Subject))(t)
		wanted.ID = kept[0].ID
		if difference := cmp.Diff([]council.Reminder{wanted}, kept); difference != "" {
			t.Error(difference)
		}
	}
}

func TestMoreRemindersThanOneStatementTakes(t *testing.T) {
	tx := writing(t)
	for _, count := range []int{0, 1, remindersTogether, remindersTogether + 1, 3 * remindersTogether} {
		var planned []council.Reminder
		for i := range count {
			planned = append(planned, council.Reminder{Subject: task12, Step: "H", Audience: council.ToAssignee, MemberID: int64(i + 1), Anchor: noon, Due: noon})
		}
		ok(t, tx.PlanReminders(task12, planned, nil))
		if waiting := len(got(tx.WaitingReminders(task12))(t)); waiting != count {
			t.Errorf("%d of %d wait", waiting, count)
		}
	}
}

func TestRemindersBetweenTwoMoments(t *testing.T) {
	tx := writing(t)
	deadline := noon.AddDate(0, 0, 10) // H-3 is due on the 7th day, H-1 on the 9th, H on the 10th, 04.00 each
	ok(t, tx.PlanReminders(task12, ladder(deadline), nil))
	due := func(day int) time.Time { return noon.AddDate(0, 0, day).Add(-8 * time.Hour) }
	ok(t, tx.EndReminder(got(tx.RemindersUntil(due(8), due(9)))(t)[0].ID, true, "due", noon))
	tests := []struct {
		name         string
		after, until time.Time
		want         []council.Step
	}{
		{"all that wait", noon, deadline, []council.Step{"H-3", "H"}},
		{"not the one of the first moment", due(7), deadline, []council.Step{"H"}},
		{"but the one of the last", due(6), due(7), []council.Step{"H-3"}},
		{"none", due(7), due(10).Add(-time.Millisecond), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if difference := cmp.Diff(test.want, steps(got(tx.RemindersUntil(test.after, test.until))(t))); difference != "" {
				t.Error(difference)
			}
		})
	}
}

func TestForWhomACommonReminderWasKeptAlone(t *testing.T) {
	tx := writing(t)
	common := council.Reminder{Subject: task12, Step: "overdue+1", Audience: council.ToCoordinator, Anchor: noon, Due: noon}
	alone := func(member int64, change func(*council.Reminder)) council.Reminder {
		r := common
		r.MemberID = member
		change(&r)
		return r
	}
	same := func(*council.Reminder) {}
	ok(t, tx.AddReminders([]council.Reminder{common, alone(9, same), alone(7, same),
		alone(1, func(r *council.Reminder) { r.Subject = council.TaskReference(1) }), alone(2, func(r *council.Reminder) { r.Step = "overdue+3" }),
		alone(3, func(r *council.Reminder) { r.Audience = council.ToLeader }), alone(4, func(r *council.Reminder) { r.Anchor = noon.Add(time.Hour) }),
		alone(6, func(r *council.Reminder) { r.MilestoneID = 1 })}))
	ended := got(tx.WaitingReminders(task12))(t)
	for _, reminder := range ended {
		if reminder.MemberID == 9 {
			ok(t, tx.EndReminder(reminder.ID, false, "task_ended", noon)) // whatever became of it
		}
	}
	if difference := cmp.Diff([]int64{7, 9}, got(tx.RemindedAlone(common))(t)); difference != "" {
		t.Error(difference)
	}
}

func TestNothingIsSaidTwiceOrForgottenHoweverThingsAreMoved(t *testing.T) {
	tx := writing(t)
	deadlines := []time.Time{noon, noon.AddDate(0, 0, 5), noon.AddDate(0, 0, 30)}
	rapid.Check(t, func(draw *rapid.T) {
		ok(t, tx.run(`DELETE FROM reminder`))
		deadline := deadlines[0]
		said := map[time.Time]map[council.Step]bool{}
		draw.Repeat(map[string]func(*rapid.T){
			"plan": func(draw *rapid.T) {
				deadline = rapid.SampledFrom(deadlines).Draw(draw, "deadline")
				ok(t, tx.PlanReminders(task12, ladder(deadline), nil))
			},
			"tick": func(draw *rapid.T) {
				now := noon.AddDate(0, 0, rapid.IntRange(-5, 31).Draw(draw, "day"))
				for _, reminder := range got(tx.DueReminders(now))(t) {
					if said[deadline][reminder.Step] {
						draw.Fatalf("%s is said twice for %v", reminder.Step, deadline)
					}
					if said[deadline] == nil {
						said[deadline] = map[council.Step]bool{}
					}
					said[deadline][reminder.Step] = true
					ok(t, tx.EndReminder(reminder.ID, true, "due", now))
				}
			},
		})
		ok(t, tx.PlanReminders(task12, ladder(deadline), nil))
		if waiting := len(got(tx.WaitingReminders(task12))(t)); waiting+len(said[deadline]) != 3 {
			draw.Fatalf("%d said, %d wait, of 3", len(said[deadline]), waiting)
		}
	})
}

func TestNoticesAreCountedForTheBudgetOfADay(t *testing.T) {
	tx := writing(t)
	list := people(t, tx, "Baso", "Sri")
	day := Span{Since: noon, Until: noon.AddDate(0, 0, 1)}
	for _, hours := range []int{-1, 0, 5, 24} {
		ok(t, tx.NoteNotice(list[0].ID, noon.Add(time.Duration(hours)*time.Hour)))
	}
	for i, want := range []int{2, 0} {
		if count := got(tx.CountNotices(list[i].ID, day))(t); count != want {
			t.Errorf("%s: %d notices, want %d", list[i].Name, count, want)
		}
	}
	ok(t, tx.NoteNotice(list[0].ID, noon.AddDate(0, 0, 9)))
	if left := number(t, tx, `SELECT count(*) FROM notice`); left != 1 {
		t.Errorf("%d are remembered after nine days", left)
	}
}
