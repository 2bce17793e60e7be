package council

import (
	"slices"
	"testing"
)

func TestStepsOfOneLadderThatMeetAreOne(t *testing.T) {
	one, other := TaskReference(1), TaskReference(2)
	own := func(subject Reference, step Step) Reminder {
		return Reminder{Subject: subject, Step: step, Audience: ToAssignee, MemberID: 5}
	}
	for name, test := range map[string]struct {
		due  []Reminder
		want []bool
	}{
		"nothing":                     {nil, []bool{}},
		"one alone":                   {[]Reminder{own(one, "H-3")}, []bool{false}},
		"two steps before":            {[]Reminder{own(one, "H-3"), own(one, "H-1")}, []bool{true, false}},
		"in another order":            {[]Reminder{own(one, "overdue+7"), own(one, "overdue+3")}, []bool{false, true}},
		"of two tasks":                {[]Reminder{own(one, "H-3"), own(other, "H-1")}, []bool{false, false}},
		"for two reasons to be told":  {[]Reminder{own(one, "overdue+1"), {Subject: one, Step: "overdue+3", Audience: ToCoordinator}}, []bool{false, false}},
		"of two dates":                {[]Reminder{{Subject: one, MilestoneID: 1, Step: "H-7"}, {Subject: one, MilestoneID: 2, Step: "H-3"}}, []bool{false, false}},
		"a question beside":           {[]Reminder{own(one, StepSilent), own(one, "H-1"), own(one, StepSnoozed)}, []bool{false, false, false}},
		"the day, and soon as well":   {[]Reminder{own(one, StepDay), own(one, StepSoon)}, []bool{false, false}},
		"the last of three is enough": {[]Reminder{own(one, "H-7"), own(one, "H-3"), own(one, "H")}, []bool{true, true, false}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Met(test.due); !slices.Equal(got, test.want) {
				t.Errorf("met are %v, and not %v", got, test.want)
			}
		})
	}
}
