package council

import "slices"

// LetGo takes a member out of those who are to do the task, since the person is gone for
// good; the others go on as they stand. With nobody left it is open to its group, as if
// new, unless it waits to be checked. The refusal is "not_assignee", and
// "task_done" or "task_cancelled" where there is nothing left to do.
func (t Task) LetGo(memberID int64) (Task, error) {
	if _, found := t.Assignee(memberID); !found || memberID == Everyone {
		return t, t.refuse("not_assignee", t.State)
	}
	if t.State.Ended() {
		return t, t.refuse(refusalCode(t.State, EventReassigned), t.State)
	}
	t.Assignees = slices.DeleteFunc(slices.Clone(t.Assignees), func(a Assignee) bool { return a.MemberID == memberID })
	switch {
	case t.hasMembers():
		t.State = Combine(t.State, t.Assignees)
	case t.State != TaskSubmitted:
		t.State = TaskNew
	}
	t.Version++
	return t, nil
}
