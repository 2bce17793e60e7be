package council

import "slices"

// Needs is what the other working groups need from one.
type Needs struct {
	Awaited   []Task // of this group, and tasks of others wait for them
	Shared    []Task // with others, and a part of this group's people is open
	Submitted int    // so many of what is shared with others is handed in, and waits to be checked
}

// IsZero tells whether nothing is needed of the group. What is handed in waits for
// somebody else, and is no reason to speak.
func (n Needs) IsZero() bool { return len(n.Awaited)+len(n.Shared) == 0 }

// NeedsOf finds out what the others need from a group, among its open tasks that
// are awaited, and those it shares. Waiting are the tasks that wait, by their
// numbers; members are the people of the group. What waits itself is not needed
// yet, and what is handed in not any more.
func NeedsOf(groupID int64, awaited, shared []Task, waiting map[int64]Task, members []int64) Needs {
	var needs Needs
	for _, task := range awaited {
		ofOthers := slices.ContainsFunc(task.AwaitedBy, func(number int64) bool { return !waiting[number].BelongsTo(groupID) })
		if ofOthers && task.asksFor() {
			needs.Awaited = append(needs.Awaited, task)
		}
	}
	for _, task := range shared {
		switch {
		case task.State == TaskSubmitted:
			needs.Submitted++
		case task.asksFor() && task.openFor(members):
			needs.Shared = append(needs.Shared, task)
		}
	}
	return needs
}

// asksFor tells whether work on a task is expected now.
func (t Task) asksFor() bool { return !t.rests() && t.State != TaskSubmitted }

// openFor tells whether one of these people has something to do for a task, or
// anyone may take it.
func (t Task) openFor(members []int64) bool {
	return !t.hasMembers() || slices.ContainsFunc(t.Assignees, func(a Assignee) bool {
		return slices.Contains(members, a.MemberID) && a.State != TaskSubmitted
	})
}
