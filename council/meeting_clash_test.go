package council

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func clashKinds(clashes []Clash) []ClashKind {
	var kinds []ClashKind
	for _, clash := range clashes {
		kinds = append(kinds, clash.Kind)
	}
	return kinds
}

func TestWhatStandsAgainstTheTimeOfAMeeting(t *testing.T) {
	calendar := NewCalendar(makassar, []Holiday{
		{Date: Day{2026, time.May, 27}, Name: "Iduladha"},
		{Date: Day{2026, time.May, 28}, Name: "Cuti bersama Iduladha", JointLeave: true},
		{Date: Day{2026, time.May, 31}, Name: "Waisak"},
	})
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, time.May, day, hour, minute, 0, 0, makassar)
	}
	evaluation := Evaluation{Number: 1, State: EvaluationOpen, Milestones: []Milestone{
		{Kind: MilestonePresentation, Deadline: Deadline{At: at(21, 9, 0)}}, {Kind: MilestoneInternal, Deadline: Deadline{At: at(20, 16, 0)}},
	}}
	closed := evaluation
	closed.Number, closed.State = 2, EvaluationClosed
	other := func(starts time.Time, groups, people []int64) Engagement {
		return Engagement{Meeting: Meeting{Number: 7, State: MeetingPlanned, Starts: starts, Length: 2 * time.Hour}, Groups: groups, People: people}
	}
	cancelled := other(at(19, 9, 0), []int64{1}, nil)
	cancelled.Meeting.State = MeetingCancelled
	tests := map[string]struct {
		starts time.Time
		length time.Duration
		others []Engagement
		leaves []Leave
		want   []ClashKind
	}{
		"a plain Tuesday":                   {at(19, 9, 0), 2 * time.Hour, nil, nil, nil},
		"from the first minute to the last": {at(19, 7, 30), 9 * time.Hour, nil, nil, nil},
		"before hours":                      {at(19, 7, 29), time.Hour, nil, nil, []ClashKind{ClashEarly}},
		"after hours":                       {at(19, 15, 0), 91 * time.Minute, nil, nil, []ClashKind{ClashLate}},
		"in the evening":                    {at(19, 19, 30), 2 * time.Hour, nil, nil, []ClashKind{ClashLate}},
		"a holiday":                         {at(27, 9, 0), 2 * time.Hour, nil, nil, []ClashKind{ClashHoliday}},
		"joint leave":                       {at(28, 9, 0), 2 * time.Hour, nil, nil, []ClashKind{ClashJointLeave}},
		"a Saturday in the evening":         {at(23, 20, 0), 2 * time.Hour, nil, nil, []ClashKind{ClashWeekend}},
		"a holiday on a Sunday":             {at(31, 9, 0), 2 * time.Hour, nil, nil, []ClashKind{ClashHoliday}},
		"Friday until the prayer":           {at(22, 9, 0), 150 * time.Minute, nil, nil, nil},
		"Friday into the prayer":            {at(22, 9, 0), 151 * time.Minute, nil, nil, []ClashKind{ClashFridayNoon}},
		"Friday from its end on":            {at(22, 13, 0), time.Hour, nil, nil, nil},
		"Friday a minute before its end":    {at(22, 12, 59), time.Hour, nil, nil, []ClashKind{ClashFridayNoon}},
		"Thursday at noon":                  {at(21, 11, 45), time.Hour, nil, nil, []ClashKind{ClashMilestone}},
		"the suggested deadline is none":    {at(20, 15, 0), time.Hour, nil, nil, nil},
		"until midnight of a holiday's eve": {at(26, 22, 0), 2 * time.Hour, nil, nil, []ClashKind{ClashLate}},
		"over a weekend": {at(22, 14, 0), 3 * 24 * time.Hour, nil, nil,
			[]ClashKind{ClashWeekend, ClashWeekend}},
		"another with the same group":     {at(19, 10, 0), time.Hour, []Engagement{other(at(19, 9, 0), []int64{1}, nil)}, nil, []ClashKind{ClashMeeting}},
		"another with the same person":    {at(19, 10, 0), time.Hour, []Engagement{other(at(19, 9, 0), []int64{9}, []int64{5, 12})}, nil, []ClashKind{ClashMeeting}},
		"another with other people":       {at(19, 10, 0), time.Hour, []Engagement{other(at(19, 9, 0), []int64{9}, []int64{12})}, nil, nil},
		"another that ends as it begins":  {at(19, 11, 0), time.Hour, []Engagement{other(at(19, 9, 0), []int64{1}, nil)}, nil, nil},
		"another that is cancelled":       {at(19, 9, 0), time.Hour, []Engagement{cancelled}, nil, nil},
		"who leads is away":               {at(19, 9, 0), time.Hour, nil, []Leave{{MemberID: 5, First: Day{2026, time.May, 18}, Last: Day{2026, time.May, 19}}}, []ClashKind{ClashChairAway}},
		"who leads is back":               {at(19, 9, 0), time.Hour, nil, []Leave{{MemberID: 5, First: Day{2026, time.May, 11}, Last: Day{2026, time.May, 18}}}, nil},
		"somebody else is away":           {at(19, 9, 0), time.Hour, nil, []Leave{{MemberID: 6, First: Day{2026, time.May, 18}, Last: Day{2026, time.May, 19}}}, nil},
		"a holiday with another and away": {at(27, 11, 0), time.Hour, []Engagement{other(at(27, 11, 30), []int64{1}, nil)}, []Leave{{MemberID: 5, First: Day{2026, time.May, 27}, Last: Day{2026, time.May, 27}}}, []ClashKind{ClashHoliday, ClashMeeting, ClashChairAway}},
	}
	for name, test := range tests {
		around := Surroundings{Calendar: calendar, Others: test.others, Evaluations: []Evaluation{evaluation, closed}, Leaves: test.leaves}
		meeting := Meeting{State: MeetingPlanned, Starts: test.starts, Length: test.length, Chair: Seat{MemberID: 5}}
		if difference := cmp.Diff(test.want, clashKinds(around.Clashes(Engagement{Meeting: meeting, Groups: []int64{1, 2}, People: []int64{5, 6}}))); difference != "" {
			t.Errorf("%s:\n%s", name, difference)
		}
	}
}

func TestAMeetingDoesNotClashWithItselfOrItsOwnEvaluation(t *testing.T) {
	starts := time.Date(2026, time.May, 21, 9, 0, 0, 0, makassar)
	m := Meeting{Number: 4, State: MeetingPlanned, Starts: starts, Length: time.Hour, Evaluation: 1}
	engagement := Engagement{Meeting: m, Groups: []int64{1}}
	around := Surroundings{Calendar: NewCalendar(makassar, nil), Others: []Engagement{engagement}, Evaluations: []Evaluation{
		{Number: 1, State: EvaluationOpen, Milestones: []Milestone{{Kind: MilestonePresentation, Deadline: Deadline{At: starts}}}},
	}}
	if clashes := around.Clashes(engagement); len(clashes) != 0 {
		t.Errorf("%+v", clashes)
	}
}

func TestHowManyAreInvitedToBoth(t *testing.T) {
	starts := time.Date(2026, time.May, 19, 9, 0, 0, 0, makassar)
	m := Meeting{State: MeetingPlanned, Starts: starts, Length: time.Hour}
	other := m
	other.Number = 3
	around := Surroundings{Calendar: NewCalendar(makassar, nil), Others: []Engagement{{Meeting: other, Groups: []int64{2}, People: []int64{5, 6, 7}}}}
	clashes := around.Clashes(Engagement{Meeting: m, Groups: []int64{1}, People: []int64{4, 6, 7}})
	if len(clashes) != 1 || clashes[0].Shared != 2 || clashes[0].Meeting.Number != 3 {
		t.Errorf("%+v", clashes)
	}
}

func TestWhichMeetingAnotherGoesOnWith(t *testing.T) {
	now := time.Date(2026, time.June, 1, 9, 0, 0, 0, time.UTC)
	working := Addressees{Kinds: []GroupKind{KindWorkingGroup}, Roles: []Role{RoleLeader, RoleCouncil}}
	past := func(number int64, days int, to Addressees, state MeetingState, people ...int64) Meeting {
		return Meeting{Number: number, Starts: now.AddDate(0, 0, -days), To: to, State: state, People: people}
	}
	reordered := Addressees{Kinds: []GroupKind{KindWorkingGroup}, Roles: []Role{RoleCouncil, RoleLeader}}
	tests := map[string]struct {
		past []Meeting
		want int64
	}{
		"none":                   {nil, 0},
		"the newest":             {[]Meeting{past(1, 60, working, MeetingHeld, 3), past(2, 30, reordered, MeetingHeld, 3)}, 2},
		"a hundred days ago":     {[]Meeting{past(1, 100, working, MeetingHeld, 3)}, 1},
		"longer ago":             {[]Meeting{past(1, 101, working, MeetingHeld, 3)}, 0},
		"for others":             {[]Meeting{past(1, 10, Addressees{Everyone: true}, MeetingHeld, 3)}, 0},
		"for more":               {[]Meeting{past(1, 10, working.And(Addressees{Everyone: true}), MeetingHeld, 3)}, 0},
		"for fewer":              {[]Meeting{past(1, 10, Addressees{Kinds: []GroupKind{KindWorkingGroup}}, MeetingHeld, 3)}, 0},
		"with another person":    {[]Meeting{past(1, 10, working, MeetingHeld, 4)}, 0},
		"without the person":     {[]Meeting{past(1, 10, working, MeetingHeld)}, 0},
		"not held":               {[]Meeting{past(1, 10, working, MeetingPlanned, 3), past(2, 11, working, MeetingCancelled, 3), past(3, 12, working, MeetingMissed, 3)}, 0},
		"held after the new one": {[]Meeting{past(1, -9, working, MeetingHeld, 3)}, 0},
	}
	for name, test := range tests {
		m := Meeting{Starts: now.AddDate(0, 0, 7), To: working, People: []int64{3}}
		before, found := m.GoesOnWith(test.past, now)
		if before.Number != test.want || found != (test.want != 0) {
			t.Errorf("%s: %d, %v", name, before.Number, found)
		}
	}
}
