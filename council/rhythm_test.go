package council

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestLaddersThatMayBeChosen(t *testing.T) {
	tests := []struct {
		name string
		days []int
		want Ladder
		code string
	}{
		{"as written", []int{21, 7, 1, 0}, Ladder{21, 7, 1, 0}, ""},
		{"in any order, each once", []int{1, 7, 0, 7, 21, 1}, Ladder{21, 7, 1, 0}, ""},
		{"the day alone", []int{0}, Ladder{0}, ""},
		{"a year before", []int{365}, Ladder{365}, ""},
		{"longer than a year before", []int{366, 7}, nil, "bad_step"},
		{"after the day", []int{7, -1}, nil, "bad_step"},
		{"twelve, one of them twice", []int{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1}, Ladder{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, ""},
		{"thirteen", []int{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, nil, "too_many_steps"},
		{"none", nil, nil, "no_steps"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ladder, err := NewLadder(test.days)
			if difference := cmp.Diff(test.want, ladder); difference != "" || codeOf(t, err) != test.code {
				t.Fatalf("%v\n%s", err, difference)
			}
		})
	}
	given := []int{1, 7}
	if _, err := NewLadder(given); err != nil || given[0] != 1 {
		t.Fatalf("what was handed in is changed: %v, %v", given, err)
	}
}

func TestWhoseRhythmHolds(t *testing.T) {
	city := Rhythm{Groups: Ladder{21, 0}, Leader: Ladder{5}, Tasks: Ladder{2, 0}, Minute: 9 * 60}
	tests := []struct {
		name             string
		city, evaluation Rhythm
		want             Rhythm
	}{
		{"the usual", Rhythm{}, Rhythm{}, Rhythm{Groups: EvaluationLadder, Council: CouncilLadder, Leader: LeaderLadder, Tasks: TaskLadder, Minute: 8 * 60}},
		{"the city's", city, Rhythm{}, Rhythm{Groups: Ladder{21, 0}, Council: CouncilLadder, Leader: Ladder{5}, Tasks: Ladder{2, 0}, Minute: 9 * 60}},
		{"the evaluation's before the city's", city, Rhythm{Groups: Ladder{10}, Council: Ladder{3}, Minute: 14 * 60},
			Rhythm{Groups: Ladder{10}, Council: Ladder{3}, Leader: Ladder{5}, Tasks: Ladder{2, 0}, Minute: 14 * 60}},
		{"an hour alone", city, Rhythm{Minute: 10 * 60}, Rhythm{Groups: Ladder{21, 0}, Council: CouncilLadder, Leader: Ladder{5}, Tasks: Ladder{2, 0}, Minute: 10 * 60}},
		{"nothing at all is a ladder, too", city, Rhythm{Leader: Ladder{}}, Rhythm{Groups: Ladder{21, 0}, Council: CouncilLadder, Leader: Ladder{}, Tasks: Ladder{2, 0}, Minute: 9 * 60}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			timing := timing2026()
			timing.Rhythm = test.city
			evaluation := Evaluation{Rhythm: test.evaluation}
			for range 2 { // for an evaluation once more is the same
				timing = timing.For(evaluation)
			}
			morning, _ := timing.Moment("H-3", deadlineAt("2026-06-11 16:00"))
			local := morning.In(makassar)
			got := Rhythm{Groups: timing.OwnerLadder(), Council: timing.GroupLadder(KindCouncil), Leader: timing.LeaderLadder(), Tasks: timing.TaskLadder(),
				Minute: local.Hour()*60 + local.Minute()}
			if difference := cmp.Diff(test.want, got); difference != "" {
				t.Fatal(difference)
			}
			if difference := cmp.Diff(timing.OwnerLadder(), timing.GroupLadder(KindSecretariat)); difference != "" || timing.GroupLadder(KindCommunity) != nil {
				t.Fatalf("communities hear %v; the secretariat\n%s", timing.GroupLadder(KindCommunity), difference)
			}
			if evaluation.Rhythm.IsZero() != (test.name == "the usual" || test.name == "the city's") {
				t.Fatalf("says nothing of its own: %v", evaluation.Rhythm.IsZero())
			}
		})
	}
}

func TestAnEvaluationWithAnHourAndDaysOfItsOwn(t *testing.T) {
	timing := timing2026()
	timing.Rhythm = Rhythm{Leader: Ladder{5}}
	evaluation := firstEvaluation()
	evaluation.Milestones = evaluation.Milestones[:1] // Thursday 11 June 2026 at 09.00
	evaluation.Rhythm = Rhythm{Groups: Ladder{10, 2, 0}, Minute: 14*60 + 15}
	planned := PlanEvaluation(evaluation, []Group{ownGroup, councilGroup}, at("2026-05-11 09:12"), timing)
	want := "H-10 29/05 14.15 group 1; H-2 09/06 14.15 group 1; " + // the day itself has no 14.15 before 09.00
		"H-7 04/06 14.15 group 4; H-1 10/06 14.15 group 4; H-10 29/05 14.15 owner; H-2 09/06 14.15 owner; H-5 05/06 14.15 leader; H-7 04/06 14.15 coordinator"
	if got := written(planned); got != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
	for _, reminder := range planned {
		group := Group{}
		if reminder.GroupID == councilGroup.ID {
			group = councilGroup
		} else if reminder.GroupID != 0 {
			group = ownGroup
		}
		if got := DecideEvaluation(reminder, evaluation, group, Counts{Total: 1, OfIndicators: true}, reminder.Due, timing); got.Verdict != Say {
			t.Errorf("%s to %s: %+v", reminder.Step, reminder.Audience, got)
		}
		if reminder.Audience == ToCoordinator {
			continue // has no ladder of its own to choose
		}
		evaluation := evaluation
		evaluation.Rhythm = Rhythm{Groups: Ladder{9}, Council: Ladder{9}, Leader: Ladder{9}}
		if got := DecideEvaluation(reminder, evaluation, group, Counts{Total: 1}, reminder.Due, timing); got.Reason != "lost_its_point" {
			t.Errorf("%s to %s, of another ladder: %+v", reminder.Step, reminder.Audience, got)
		}
	}
}

func TestALadderIsSortedAndHasEachStepOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(-1, 370), 0, 14).Draw(t, "days")
		ladder, err := NewLadder(days)
		if err != nil {
			return
		}
		for i, step := range ladder {
			if i > 0 && ladder[i-1] <= step {
				t.Fatalf("%v of %v", ladder, days)
			}
		}
		for _, step := range days {
			if !ladder.has(StepBefore(step)) {
				t.Fatalf("%d of %v is not in %v", step, days, ladder)
			}
		}
	})
}
