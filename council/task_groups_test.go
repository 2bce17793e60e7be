package council

import (
	"slices"
	"testing"
)

func TestATaskBelongsToItsGroups(t *testing.T) {
	living := Group{ID: 6, Kind: KindWorkingGroup, Dimension: Living}
	task := Task{Number: 12, GroupID: ownGroup.ID, State: TaskNew, Version: 1}
	shared, err := task.Share(living, otherGroup, ownGroup)
	if err != nil || !slices.Equal(shared.Partners, []int64{2, 6}) || shared.Version != 2 || len(task.Partners) != 0 {
		t.Fatalf("%+v, %v", shared, err)
	}
	if groups := shared.Groups(); !slices.Equal(groups, []int64{1, 2, 6}) || !shared.BelongsTo(6) || shared.BelongsTo(7) || shared.BelongsTo(0) {
		t.Errorf("groups %v", groups)
	}
	alone, err := shared.Unshare(otherGroup)
	if err != nil || !slices.Equal(alone.Partners, []int64{6}) || !slices.Equal(shared.Partners, []int64{2, 6}) {
		t.Errorf("%+v, %v", alone, err)
	}
	var many []Group
	for id := range int64(PartnerLimit + 1) {
		many = append(many, Group{ID: 20 + id, Kind: KindWorkingGroup})
	}
	done := shared
	done.State = TaskDone
	refusals := map[string]func() (Task, error){
		"partner_kind":      func() (Task, error) { return task.Share(forum) },
		"already_shared":    func() (Task, error) { return shared.Share(living, ownGroup) },
		"too_many_partners": func() (Task, error) { return task.Share(many...) },
		"not_shared":        func() (Task, error) { return shared.Unshare(ownGroup) },
		"task_done":         func() (Task, error) { return done.Unshare(living) },
	}
	for code, change := range refusals {
		if changed, err := change(); codeOf(t, err) != code || changed.Version > 2 {
			t.Errorf("%s: %+v, %v", code, changed, err)
		}
	}
}

// TestASharedTaskIsTakenToTheHeadsOfAllItsGroups, each of whom hears once.
func TestASharedTaskIsTakenToTheHeadsOfAllItsGroups(t *testing.T) {
	head := func(group, member int64) Acting {
		return Acting{Position{Kind: PositionOfficeHead, GroupID: group}, []Holding{{MemberID: member}}}
	}
	positions := []Acting{head(1, 11), head(2, 12), head(3, 13), head(1, 12)}
	task := Task{Number: 12, GroupID: 1, Partners: []int64{2}}
	reminder := Reminder{Subject: task.Reference(), Step: OverdueStep(3), Audience: ToLeader}
	if told := Escalate(reminder, task, positions, nil); !slices.Equal(told, []int64{11, 12}) {
		t.Errorf("told %v", told)
	}
}

func TestWhatOthersNeed(t *testing.T) {
	waiting := map[int64]Task{20: {Number: 20, GroupID: 2}, 21: {Number: 21, GroupID: 1}, 22: {Number: 22, GroupID: 2, Partners: []int64{1}}}
	awaited := []Task{
		{Number: 1, State: TaskNew, AwaitedBy: []int64{20}},
		{Number: 2, State: TaskNew, AwaitedBy: []int64{21}},                                // by its own group
		{Number: 3, State: TaskNew, AwaitedBy: []int64{22}},                                // by a shared one
		{Number: 4, State: TaskSubmitted, AwaitedBy: []int64{20}},                          // it waits to be checked
		{Number: 5, State: TaskNew, AwaitedBy: []int64{20}, Waits: []Awaited{{Number: 1}}}, // it waits itself
		{Number: 6, State: TaskBlocked, AwaitedBy: []int64{21, 20}},
	}
	shared := []Task{
		{Number: 7, State: TaskNew},
		{Number: 8, State: TaskNew, Assignees: AssignTo(31)},
		{Number: 9, State: TaskNew, Assignees: AssignTo(40)}, // of others' people
		{Number: 10, State: TaskNew, Assignees: []Assignee{{MemberID: 31, State: TaskSubmitted}, {MemberID: 40, State: TaskNew}}},
		{Number: 11, State: TaskSubmitted, Assignees: AssignTo(31)},
	}
	needs := NeedsOf(1, awaited, shared, waiting, []int64{31, 32})
	numbers := func(tasks []Task) (list []int64) {
		for _, task := range tasks {
			list = append(list, task.Number)
		}
		return list
	}
	if !slices.Equal(numbers(needs.Awaited), []int64{1, 6}) || !slices.Equal(numbers(needs.Shared), []int64{7, 8}) || needs.Submitted != 1 {
		t.Errorf("awaited %v, shared %v, submitted %d", numbers(needs.Awaited), numbers(needs.Shared), needs.Submitted)
	}
	if quiet := NeedsOf(1, nil, shared[4:], nil, []int64{31}); !quiet.IsZero() {
		t.Error("what is handed in alone is no reason to speak")
	}
}
