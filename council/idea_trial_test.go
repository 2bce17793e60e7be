package council

import (
	"errors"
	"testing"
	"time"
)

func refusalOf(err error) string {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return ""
}

func TestATrialFromItsBeginningToItsEnd(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	now := witaMoment(t, "2026-03-27 14:10") // a Friday
	idea := anIdea(t, "2026-02-03 19:40", calendar)
	if _, err := idea.StartTrial(TrialDay(now, calendar), now, calendar); refusalOf(err) != "idea_state" {
		t.Errorf("tried without a decision: %v", err)
	}
	idea.State = IdeaApproved
	if _, err := idea.StartTrial(Day{2026, 3, 26}, now, calendar); refusalOf(err) != "trial_day_past" {
		t.Errorf("begun yesterday: %v", err)
	}
	trial, err := idea.StartTrial(TrialDay(now, calendar), now, calendar)
	if err != nil || trial.State != IdeaTrial || !trial.TrialAt.Equal(witaMoment(t, "2026-03-30 08:00")) || trial.State.Stage() != "trial" {
		t.Fatalf("%+v, %v", trial, err)
	}
	for day, code := range map[Day]string{{2026, 3, 26}: "trial_day_past", {2026, 3, 30}: "trial_same_day", {2026, 4, 6}: ""} {
		moved, err := trial.MoveTrial(day, now, calendar)
		if refusalOf(err) != code || code == "" && (calendar.Day(moved.TrialAt) != day || moved.Version != trial.Version+1 || !moved.StateSince.Equal(trial.StateSince)) {
			t.Errorf("moved to %s: %+v, %v", day, moved, err)
		}
	}
	for days, round := range map[int]int{0: 1, 30: 1, 31: 2, 90: 2} {
		if got := trial.FeedbackRound(now.AddDate(0, 0, days), calendar); got != round {
			t.Errorf("after %d days: round %d", days, got)
		}
	}
	if _, err := trial.StopTrial("", 5, now); refusalOf(err) != "reason_missing" {
		t.Errorf("stopped without a reason: %v", err)
	}
	stopped, err := trial.StopTrial("truk rusak", 5, now)
	if err != nil || stopped.State != IdeaNotNow || stopped.Decision.Reason != "truk rusak" || stopped.State.Stage() != "" {
		t.Errorf("%+v, %v", stopped, err)
	}
	adopted, err := trial.Adopt(now)
	if err != nil || adopted.State.Stage() != "implementation" {
		t.Errorf("%+v, %v", adopted, err)
	}
	for _, gone := range []Idea{stopped, adopted} {
		if _, err := gone.Adopt(now); refusalOf(err) != "no_trial" {
			t.Errorf("adopted: %v", err)
		}
		if _, err := gone.MoveTrial(Day{2026, 4, 6}, now, calendar); refusalOf(err) != "no_trial" {
			t.Errorf("moved: %v", err)
		}
	}
}

func TestWhenADecisionIsPrepared(t *testing.T) {
	task := func(state TaskState) Task { return Task{State: state} }
	for name, c := range map[string]struct {
		tasks []Task
		want  bool
	}{
		"without tasks":       {nil, false},
		"all done":            {[]Task{task(TaskDone), task(TaskDone)}, true},
		"one handed in":       {[]Task{task(TaskDone), task(TaskSubmitted)}, false},
		"one cancelled":       {[]Task{task(TaskDone), task(TaskCancelled)}, true},
		"nothing but dropped": {[]Task{task(TaskCancelled)}, false},
	} {
		if got := Prepared(c.tasks); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheLastWordOfEachPersonCounts(t *testing.T) {
	at := time.UnixMilli(1)
	said := []IdeaFeedback{{1, 10, 1, false, at}, {1, 10, 2, true, at}, {1, 11, 2, false, at}, {1, 11, 1, true, at}, {1, 12, 1, true, at}}
	if got := CountFeedback(said); got != (FeedbackCount{Helped: 2, NotYet: 1}) {
		t.Errorf("%+v", got)
	}
	// A trial that is moved to a later day is in its first round again.
	moved := []IdeaFeedback{{1, 10, 1, true, at.Add(time.Hour)}, {1, 10, 2, false, at}}
	if got := CountFeedback(moved); got != (FeedbackCount{Helped: 1}) {
		t.Errorf("moved: %+v", got)
	}
}

func TestTheGapsOfAProfile(t *testing.T) {
	idea := Idea{Title: "Jadwal truk", Problem: "sampah menumpuk"}
	profile := idea.Profile()
	for _, field := range []ProfileField{FieldInitiator, FieldKind, FieldForm, FieldAffair, FieldResult, FieldPeople, FieldBudget, FieldEvidence} {
		profile[field] = "ada"
	}
	long := ""
	for range DesignWords - 1 {
		long += "kata "
	}
	profile[FieldDesign], profile[FieldRegulation] = long, " "
	want := []ProfileField{FieldDesign, FieldBenefit, FieldRegulation}
	if got := profile.Gaps(); len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || profile.Words(FieldDesign) != 299 {
		t.Errorf("%v, want %v", got, want)
	}
	profile[FieldDesign], profile[FieldBenefit], profile[FieldRegulation] = long+"lagi", "bersih", "Perbup"
	if got := profile.Gaps(); len(got) != 0 {
		t.Errorf("%v is missing", got)
	}
}
