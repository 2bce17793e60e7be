package council

import (
	"testing"
	"time"
)

func TestPackMoment(t *testing.T) {
	calendar := calendar2026(makassar)
	for name, test := range map[string]struct {
		milestones map[MilestoneKind]string
		want       string
	}{
		"the day before the presentation":        {map[MilestoneKind]string{MilestonePresentation: "2026-06-11 09:00"}, "2026-06-10 16:00"},
		"whatever else comes first":              {map[MilestoneKind]string{MilestonePresentation: "2026-06-11 09:00", MilestoneUpload: "2026-06-04 09:00"}, "2026-06-10 16:00"},
		"on Friday before a Monday":              {map[MilestoneKind]string{MilestonePresentation: "2026-06-08 09:00"}, "2026-06-05 16:00"},
		"before holidays and joint leave":        {map[MilestoneKind]string{MilestonePresentation: "2026-05-29 09:00"}, "2026-05-26 16:00"},
		"the first date without a presentation":  {map[MilestoneKind]string{MilestoneInterview: "2026-06-18 09:00", MilestoneUpload: "2026-06-11 00:59"}, "2026-06-10 16:00"},
		"an internal date alone is none":         {map[MilestoneKind]string{MilestoneInternal: "2026-06-09 16:00"}, ""},
		"nor is an evaluation without any dates": {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var evaluation Evaluation
			for kind, moment := range test.milestones {
				evaluation.Milestones = append(evaluation.Milestones, Milestone{Kind: kind, Deadline: Deadline{At: at(moment)}})
			}
			moment, dated := PackMoment(evaluation, calendar)
			if dated != (test.want != "") || dated && !moment.Equal(at(test.want)) {
				t.Errorf("%v %v, want %s", moment, dated, test.want)
			}
		})
	}
}

func TestPlanPack(t *testing.T) {
	timing := Timing{Calendar: calendar2026(makassar)}
	open := Evaluation{Number: 3, State: EvaluationOpen, Milestones: []Milestone{{ID: 7, Kind: MilestonePresentation, Deadline: Deadline{At: at("2026-06-11 09:00")}}}}
	planned := PlanPack(open, at("2026-06-10 15:59"), timing)
	moment := at("2026-06-10 16:00")
	if want := (Reminder{Subject: Reference{PackLetter, 3}, Step: StepPack, Audience: ToBot, Anchor: moment, Due: moment}); len(planned) != 1 || planned[0] != want {
		t.Errorf("planned %+v", planned)
	}
	for state, now := range map[EvaluationState]time.Time{EvaluationOpen: moment, EvaluationPostponed: at("2026-05-01 08:00"), EvaluationClosed: at("2026-05-01 08:00")} {
		open.State = state
		if planned := PlanPack(open, now, timing); len(planned) > 0 {
			t.Errorf("%s at %v: planned %+v", state, now, planned)
		}
	}
}
