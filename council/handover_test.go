package council

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestHandOverATask(t *testing.T) {
	const old, taker, third = 1, 2, 3
	part := func(member int64, state TaskState) Assignee {
		return Assignee{MemberID: member, State: state, Progress: 40, Acknowledged: true}
	}
	tests := map[string]struct {
		before []Assignee
		after  []Assignee
		state  TaskState
		moves  bool
	}{
		"begins anew":              {[]Assignee{part(old, TaskInProgress)}, []Assignee{{MemberID: taker, State: TaskNew}}, TaskNew, true},
		"an obstacle goes with it": {[]Assignee{part(old, TaskBlocked)}, []Assignee{{MemberID: taker, State: TaskNew}}, TaskNew, true},
		"what is handed in stays":  {[]Assignee{part(old, TaskSubmitted)}, []Assignee{part(taker, TaskSubmitted)}, TaskSubmitted, true},
		"others keep theirs":       {[]Assignee{part(third, TaskInProgress), part(old, TaskInProgress)}, []Assignee{part(third, TaskInProgress), {MemberID: taker, State: TaskNew}}, TaskNew, true},
		"has it as well already":   {[]Assignee{part(old, TaskNew), part(taker, TaskInProgress)}, []Assignee{part(taker, TaskInProgress)}, TaskInProgress, true},
		"what is left is handed in": {[]Assignee{part(old, TaskBlocked), part(taker, TaskSubmitted)}, []Assignee{part(taker, TaskSubmitted)},
			TaskSubmitted, true},
		"no part in it": {[]Assignee{part(third, TaskNew)}, []Assignee{part(third, TaskNew)}, TaskNew, false},
		"a group's":     {[]Assignee{{GroupID: 7, State: TaskNew}}, []Assignee{{GroupID: 7, State: TaskNew}}, TaskNew, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			task := Task{Number: 1, State: Combine(TaskNew, test.before), Assignees: test.before, Version: 4}
			after, moves := task.HandOver(old, taker)
			if diff := cmp.Diff(test.after, after.Assignees); diff != "" || moves != test.moves || after.State != test.state {
				t.Errorf("moves %v, %s: %s", moves, after.State, diff)
			}
			if grown := after.Version > 4; grown != test.moves {
				t.Errorf("the version is %d", after.Version)
			}
		})
	}
	ended := Task{State: TaskDone, Assignees: []Assignee{part(old, TaskDone)}}
	if _, moves := ended.HandOver(old, taker); moves {
		t.Error("an ended task moves")
	}
}

func TestHandOverAPrompt(t *testing.T) {
	const old, taker = 1, 2
	weekly := &Recurrence{}
	asks := func(state PromptState, rule *Recurrence, members ...int64) Prompt {
		p := Prompt{State: state, Recurrence: rule, Round: Round{Number: 1}, Version: 1}
		if rule != nil {
			p.Next = time.Unix(1, 0)
		}
		for _, id := range members {
			p.Targets, p.Round.Asked = append(p.Targets, Target{MemberID: id}), append(p.Round.Asked, Asked{MemberID: id})
		}
		return p
	}
	tests := map[string]struct {
		before   Prompt
		answered bool
		moves    bool
		targets  []Target
		asked    []Asked
	}{
		"not answered":           {asks(PromptOpen, nil, old), false, true, []Target{{MemberID: taker}}, []Asked{{MemberID: taker, GroupID: 9}}},
		"answered":               {asks(PromptOpen, nil, old), true, false, []Target{{MemberID: old}}, []Asked{{MemberID: old}}},
		"answered, and repeats":  {asks(PromptOpen, weekly, old), true, true, []Target{{MemberID: taker}}, []Asked{{MemberID: old}}},
		"between two rounds":     {asks(PromptWaiting, weekly, old), false, true, []Target{{MemberID: taker}}, []Asked{{MemberID: old}}},
		"both are asked":         {asks(PromptOpen, nil, old, taker), false, true, []Target{{MemberID: taker}}, []Asked{{MemberID: taker}}},
		"both, the other before": {asks(PromptOpen, nil, taker, old), false, true, []Target{{MemberID: taker}}, []Asked{{MemberID: taker}}},
		"ended":                  {asks(PromptClosed, nil, old), false, false, []Target{{MemberID: old}}, []Asked{{MemberID: old}}},
		"somebody else's":        {asks(PromptOpen, nil, 5), false, false, []Target{{MemberID: 5}}, []Asked{{MemberID: 5}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			was := slices.Clone(test.before.Targets)
			after, moves := test.before.HandOver(old, taker, test.answered, 9)
			if moves != test.moves || !slices.Equal(after.Targets, test.targets) || !slices.Equal(after.Round.Asked, test.asked) {
				t.Errorf("moves %v: %v, %v", moves, after.Targets, after.Round.Asked)
			}
			if !slices.Equal(was, test.before.Targets) {
				t.Error("the prompt as it was has changed")
			}
		})
	}
}

func TestHandOverAQuestionKeepsItsClock(t *testing.T) {
	asked := Question{Number: 5, To: Addressee{MemberID: 1}, State: QuestionWaiting, Target: time.Unix(500, 0), NeedsUntil: time.Unix(900, 0), StoodFrom: time.Unix(3, 0), Stood: 2, Version: 1}
	for reached, state := range map[bool]QuestionState{true: QuestionWaiting, false: QuestionSent} {
		wanted := asked
		wanted.To.MemberID, wanted.State, wanted.Version = 2, state, 2
		after, moves := asked.HandOver(1, 2, reached)
		if diff := cmp.Diff(wanted, after); diff != "" || !moves {
			t.Errorf("reached %v: %s", reached, diff)
		}
	}
	for name, other := range map[string]Question{"another's": {To: Addressee{MemberID: 3}, State: QuestionWaiting}, "answered": {To: Addressee{MemberID: 1}, State: QuestionAnswered}, "a group's": {To: Addressee{GroupID: 1}, State: QuestionWaiting}} {
		if _, moves := other.HandOver(1, 2, true); moves {
			t.Errorf("%s moves", name)
		}
	}
}

func TestHandOverAMeeting(t *testing.T) {
	now := time.Date(2026, 6, 1, 4, 0, 0, 0, time.UTC)
	coming := Meeting{Starts: now.Add(time.Hour), Length: time.Hour, State: MeetingPlanned, Chair: Seat{MemberID: 1}, Scribe: Seat{MemberID: 3}, People: []int64{1, 4}}
	over := coming
	over.Starts = now.Add(-5 * time.Hour)
	held := over
	held.State, held.Minutes.State = MeetingHeld, MinutesDraft
	agreed := held
	agreed.Minutes.State = MinutesAgreed
	cancelled := coming
	cancelled.State = MeetingCancelled
	tests := map[string]struct {
		before Meeting
		moves  bool
		people []int64
	}{
		"to come":                 {coming, true, []int64{4, 2}},
		"held, minutes are drawn": {held, true, []int64{1, 4}},
		"agreed":                  {agreed, false, []int64{1, 4}},
		"cancelled":               {cancelled, false, []int64{1, 4}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			after, moves := test.before.HandOver(1, 2, now)
			slices.Sort(after.People)
			slices.Sort(test.people)
			if moves != test.moves || after.Leads(2) != test.moves || !after.Writes(3) || !slices.Equal(after.People, test.people) {
				t.Errorf("moves %v: %+v", moves, after)
			}
		})
	}
}

func TestHandPosition(t *testing.T) {
	const today = 10
	tests := map[string]struct{ before, after []Holding }{
		"from today, with its end":        {[]Holding{holder(1, 1, 20)}, []Holding{holder(1, 1, 9), holder(2, 10, 20)}},
		"without an end":                  {[]Holding{holder(1, 1, 0)}, []Holding{holder(1, 1, 9), holder(2, 10, 0)}},
		"what begins later":               {[]Holding{holder(1, 15, 0)}, []Holding{holder(2, 15, 0)}},
		"what began today never was":      {[]Holding{holder(1, 10, 0)}, []Holding{holder(2, 10, 0)}},
		"a deputy's time":                 {[]Holding{holder(3, 1, 0), deputy(1, 1, 12)}, []Holding{holder(3, 1, 0), deputy(1, 1, 9), deputy(2, 10, 12)}},
		"the other was the deputy":        {[]Holding{holder(1, 1, 0), deputy(2, 1, 0)}, []Holding{holder(1, 1, 9), deputy(2, 1, 9), holder(2, 10, 0)}},
		"the holder needs no deputyship":  {[]Holding{holder(2, 1, 0), deputy(1, 1, 0)}, []Holding{holder(2, 1, 0), deputy(1, 1, 9)}},
		"whoever comes after keeps it":    {[]Holding{holder(1, 1, 14), holder(3, 15, 0)}, []Holding{holder(1, 1, 9), holder(3, 15, 0), holder(2, 10, 14)}},
		"deputy until the other holds it": {[]Holding{holder(2, 15, 0), deputy(1, 1, 0)}, []Holding{deputy(1, 1, 9), holder(2, 15, 0), deputy(2, 10, 14)}},
		"the longer of two deputies":      {[]Holding{deputy(2, 5, 0), deputy(1, 1, 12)}, []Holding{deputy(1, 1, 9), deputy(2, 5, 0)}},
		"deputy again afterwards":         {[]Holding{holder(1, 1, 12), deputy(2, 1, 20)}, []Holding{holder(1, 1, 9), holder(2, 10, 12), deputy(2, 1, 9), deputy(2, 13, 20)}},
		"somebody else's stays as it was": {[]Holding{holder(3, 1, 0)}, []Holding{holder(3, 1, 0)}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			byFirstDay := cmpopts.SortSlices(func(a, b Holding) bool {
				return a.First.Before(b.First) || a.First == b.First && a.MemberID < b.MemberID
			})
			if diff := cmp.Diff(test.after, HandPosition(test.before, 1, 2, juneDay(today)), byFirstDay); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAPositionIsTheOthersOnTheSameDays: whoever holds or stands in for a position, on
// every day to come the other does what either of the two did, and everybody else's days
// stay as they were.
func TestAPositionIsTheOthersOnTheSameDays(t *testing.T) {
	const today = 10
	rapid.Check(t, func(t *rapid.T) {
		var before []Holding
		for range rapid.IntRange(0, 6).Draw(t, "holdings") {
			first := rapid.IntRange(1, 25).Draw(t, "first")
			one := holder(rapid.Int64Range(1, 3).Draw(t, "who"), first, rapid.SampledFrom([]int{0, first, first + 4}).Draw(t, "last"))
			one.Deputy = rapid.Bool().Draw(t, "deputy")
			before = Appoint(before, one)
		}
		after := HandPosition(before, 1, 2, juneDay(today))
		for day := today; day < 30; day++ {
			does := func(holdings []Holding, id int64, deputy bool) bool {
				return slices.ContainsFunc(holdings, func(h Holding) bool {
					return h.MemberID == id && h.Covers(juneDay(day)) && h.Deputy == deputy
				})
			}
			holds := does(before, 1, false) || does(before, 2, false)
			standsIn := does(before, 1, true) || does(before, 2, true)
			if does(after, 1, false) || does(after, 1, true) || does(after, 2, false) != holds || does(after, 2, true) != (standsIn && !holds) ||
				does(after, 3, false) != does(before, 3, false) || does(after, 3, true) != does(before, 3, true) {
				t.Fatalf("on day %d: %+v has become %+v", day, before, after)
			}
		}
	})
}

// TestNothingOfATaskIsLeftToWhoHandsOver: whatever a task looks like, the one who leaves has
// no part in it afterwards, the other has, everybody else's part is as it was, and the
// whole stands where its assignees stand together.
func TestNothingOfATaskIsLeftToWhoHandsOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		task := Task{Number: 1, Version: 1}
		for _, id := range rapid.SliceOfNDistinct(rapid.Int64Range(1, 5), 1, 4, rapid.ID).Draw(t, "assignees") {
			state := rapid.SampledFrom([]TaskState{TaskNew, TaskInProgress, TaskBlocked, TaskSubmitted}).Draw(t, "state")
			task.Assignees = append(task.Assignees, Assignee{MemberID: id, State: state, Progress: rapid.IntRange(0, 100).Draw(t, "percent"), Acknowledged: rapid.Bool().Draw(t, "promised")})
		}
		task.State = Combine(TaskNew, task.Assignees)
		after, moves := task.HandOver(1, 2)
		_, had := task.Assignee(1)
		if moves != had {
			t.Fatalf("moves %v", moves)
		}
		if _, still := after.Assignee(1); still {
			t.Fatal("the one who leaves has a part in it")
		}
		if _, has := after.Assignee(2); had && !has {
			t.Fatal("the other has none")
		}
		for _, assignee := range task.Assignees {
			if now, _ := after.Assignee(assignee.MemberID); assignee.MemberID != 1 && now != assignee {
				t.Fatalf("%+v has become %+v", assignee, now)
			}
		}
		if after.State != Combine(after.State, after.Assignees) {
			t.Fatalf("the whole is %s of %+v", after.State, after.Assignees)
		}
	})
}
