package council

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRemindersOfARecommendation(t *testing.T) {
	ended, err := Recommendation{Number: 1, State: RecommendationOpen}.End(RecommendationDone, "selesai", at("2026-06-11 13:00"))
	if err != nil {
		t.Fatal(err)
	}
	due := deadlineAt("2026-09-30 16:00")
	tests := []struct {
		name   string
		r      Recommendation
		now    string
		spoken []string // audience, member, step and day
	}{
		{"in somebody's hands", Recommendation{Number: 1, State: RecommendationOpen, OwnerID: 7, Due: due}, "2026-06-11 13:00",
			[]string{"in_charge 7 H-7 23", "in_charge 7 H-1 29", "in_charge 7 H 30", "coordinator 0 overdue+1 1", "coordinator 0 overdue+7 7"}},
		{"in nobody's", Recommendation{Number: 1, State: RecommendationOpen, Due: due}, "2026-06-11 13:00",
			[]string{"coordinator 0 H-7 23", "coordinator 0 H-1 29", "coordinator 0 H 30", "coordinator 0 overdue+1 1", "coordinator 0 overdue+7 7"}},
		{"in its last days", Recommendation{Number: 1, State: RecommendationOpen, OwnerID: 7, Due: due}, "2026-09-29 09:00",
			[]string{"in_charge 7 H 30", "coordinator 0 overdue+1 1", "coordinator 0 overdue+7 7"}},
		{"long past", Recommendation{Number: 1, State: RecommendationOpen, OwnerID: 7, Due: due}, "2026-10-08 09:00", nil},
		{"without a date", Recommendation{Number: 1, State: RecommendationOpen, OwnerID: 7}, "2026-06-11 13:00", nil},
		{"ended", ended, "2026-06-11 13:00", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var spoken []string
			for _, reminder := range PlanRecommendation(test.r, at(test.now), timing2026()) {
				day := reminder.Due.In(makassar).Format("2")
				member := "0"
				if reminder.MemberID == 7 {
					member = "7"
				}
				spoken = append(spoken, string(reminder.Audience)+" "+member+" "+string(reminder.Step)+" "+day)
				if decision := DecideRecommendation(reminder, test.r, reminder.Due, timing2026()); decision.Verdict != Say {
					t.Errorf("%s is not said: %+v", reminder.Step, decision)
				}
			}
			if !slices.Equal(spoken, test.spoken) {
				t.Errorf("got %v", spoken)
			}
		})
	}
}

func TestWhatARecommendationSaysNoMore(t *testing.T) {
	due := deadlineAt("2026-09-30 16:00")
	open := Recommendation{Number: 1, State: RecommendationOpen, OwnerID: 7, Due: due}
	week := PlanRecommendation(open, at("2026-06-11 13:00"), timing2026())[0]
	change := func(change func(*Recommendation)) Recommendation { r := open; change(&r); return r }
	tests := []struct {
		name   string
		r      Recommendation
		now    time.Time
		reason string
	}{
		{"ended", change(func(r *Recommendation) { r.State = RecommendationDropped }), week.Due, "recommendation_ended"},
		{"with somebody else", change(func(r *Recommendation) { r.OwnerID = 8 }), week.Due, "not_in_charge_any_more"},
		{"without a date", change(func(r *Recommendation) { r.Due = Deadline{} }), week.Due, "lost_its_point"},
		{"with another date", change(func(r *Recommendation) { r.Due = deadlineAt("2026-10-30 16:00") }), week.Due, "deadline_moved"},
		{"met by a later step", open, at("2026-09-29 08:00"), "superseded"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if decision := DecideRecommendation(week, test.r, test.now, timing2026()); decision.Verdict != Drop || decision.Reason != test.reason {
				t.Errorf("got %+v", decision)
			}
		})
	}
}

func TestChangesOfARecommendation(t *testing.T) {
	open := Recommendation{Number: 3, State: RecommendationOpen, Version: 1}
	tests := []struct {
		name   string
		change func(Recommendation) (Recommendation, error)
		code   string
	}{
		{"given", func(r Recommendation) (Recommendation, error) { return r.Give(7, "DLH") }, ""},
		{"done without a word", func(r Recommendation) (Recommendation, error) {
			return r.End(RecommendationDone, "", at("2026-06-11 13:00"))
		}, "reason_missing"},
		{"an unknown measure", func(r Recommendation) (Recommendation, error) { return r.MeasureBy("x") }, "unknown_action"},
		{"linked", func(r Recommendation) (Recommendation, error) {
			return r.Link([]Reference{{TaskLetter, 12}, {IdeaLetter, 3}, {TaskLetter, 12}}, at("2026-06-11 13:00"))
		}, ""},
		{"linked to what cannot be", func(r Recommendation) (Recommendation, error) {
			return r.Link([]Reference{{TaskLetter, 1}, {EvaluationLetter, 1}}, time.Time{})
		}, "recommendation_link"},
		{"linked to too much", func(r Recommendation) (Recommendation, error) {
			var many []Reference
			for number := range int64(RecommendationLinksLimit + 1) {
				many = append(many, TaskReference(number+1))
			}
			return r.Link(many, time.Time{})
		}, "recommendation_full"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed, err := test.change(open)
			refusal := (*Refusal)(nil)
			if errors.As(err, &refusal); test.code != "" && (refusal == nil || refusal.Code != test.code || changed.Version != 1 || len(changed.Links) > 0) {
				t.Errorf("got %+v, %v", changed, err)
			}
			if test.code == "" && (err != nil || changed.Version != 2) {
				t.Errorf("got %+v, %v", changed, err)
			}
			ended, _ := open.End(RecommendationDropped, "digabung", at("2026-06-11 13:00"))
			if _, err := test.change(ended); err == nil {
				t.Error("it is changed after its end")
			}
		})
	}
}

// What is linked twice is there once; what is taken off is gone; others stay.
func TestLinksOfARecommendation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		things := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Reference {
			return Reference{rapid.SampledFrom([]byte{TaskLetter, IdeaLetter, QuestionLetter}).Draw(t, "letter"), rapid.Int64Range(1, 5).Draw(t, "number")}
		}), 1, 20).Draw(t, "things")
		off := rapid.SampledFrom(things).Draw(t, "off")
		linked, err := Recommendation{State: RecommendationOpen}.Link(things, at("2026-06-11 13:00"))
		if err != nil {
			t.Fatal(err)
		}
		again, err := linked.Link(things[:1], at("2026-06-12 13:00"))
		if err != nil || len(again.Links) != len(linked.Links) {
			t.Fatalf("%d became %d, %v", len(linked.Links), len(again.Links), err)
		}
		apart, err := again.Unlink([]Reference{off})
		if err != nil || len(apart.Links) != len(again.Links)-1 || apart.Linked(off) || !again.Linked(off) {
			t.Fatalf("got %+v, %v", apart.Links, err)
		}
	})
}

func TestTasksFollowTheirEvaluation(t *testing.T) {
	before := firstEvaluation()
	moved := firstEvaluation()
	for i := range moved.Milestones {
		moved.Milestones[i].Deadline.At = moved.Milestones[i].Deadline.At.AddDate(0, 0, 7)
	}
	internal := before.Milestone(3).Deadline
	task := func(change func(*Task)) Task {
		task := Task{Number: 1, EvaluationID: 1, State: TaskNew, Deadline: internal, Assignees: AssignTo(7)}
		change(&task)
		return task
	}
	tests := []struct {
		name  string
		task  Task
		after Evaluation
		now   string
		want  string // the new day; empty: it stays
	}{
		{"due on the internal deadline", task(func(*Task) {}), moved, "2026-05-11 09:00", "2026-06-16"},
		{"due when the upload closes", task(func(task *Task) { task.Deadline = before.Milestone(2).Deadline }), moved, "2026-05-11 09:00", "2026-06-18"},
		{"with a date of its own", task(func(task *Task) { task.Deadline = deadlineAt("2026-06-09 15:00") }), moved, "2026-05-11 09:00", ""},
		{"of another evaluation", task(func(task *Task) { task.EvaluationID = 2 }), moved, "2026-05-11 09:00", ""},
		{"without a date", task(func(task *Task) { task.Deadline = Deadline{} }), moved, "2026-05-11 09:00", ""},
		{"done", task(func(task *Task) { task.State, task.Assignees[0].State = TaskDone, TaskDone }), moved, "2026-05-11 09:00", ""},
		{"where nothing moved", task(func(*Task) {}), before, "2026-05-11 09:00", ""},
		{"where the new date is past", task(func(*Task) {}), moved, "2026-06-17 09:00", ""},
		{"where it is postponed", task(func(*Task) {}), func() Evaluation { e := moved; e.State = EvaluationPostponed; return e }(), "2026-05-11 09:00", ""},
		{"where the date is gone", task(func(*Task) {}), func() Evaluation { e := moved; e.Milestones = e.Milestones[:2]; return e }(), "2026-05-11 09:00", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, follows := test.task.Follow(before, test.after, at(test.now))
			day := ""
			if follows {
				day = got.Deadline.At.In(makassar).Format("2006-01-02")
			}
			if day != test.want || !follows && got.Version != test.task.Version {
				t.Errorf("got %q", day)
			}
		})
	}
}
