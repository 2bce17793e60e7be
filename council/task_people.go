package council

import (
	"slices"
	"strconv"
)

// AssignTo makes fresh assignees of members, each once, in the order given.
func AssignTo(memberIDs ...int64) []Assignee {
	var assignees []Assignee
	for _, memberID := range memberIDs {
		if memberID != 0 && !slices.ContainsFunc(assignees, func(a Assignee) bool { return a.MemberID == memberID }) {
			assignees = append(assignees, Assignee{MemberID: memberID, State: TaskNew})
		}
	}
	return assignees
}

// AssignToGroup makes a group the assignee: anyone in it may take the task.
func AssignToGroup(groupID int64) []Assignee {
	return []Assignee{{GroupID: groupID, State: TaskNew}}
}

// Acknowledge records a member's promise ("Siap") beside the state. Refusals:
// "not_assignee", "already_acknowledged", "already_submitted", "task_done",
// "task_cancelled".
func (t Task) Acknowledge(memberID int64) (Task, error) {
	own, found := t.Assignee(memberID)
	if !found && !t.State.Ended() {
		return t, t.refuse("not_assignee", t.State)
	}
	if found && own.Acknowledged && !t.State.Ended() {
		return t, t.refuse("already_acknowledged", own.State)
	}
	return t.change(EventAcknowledged, memberID, func(assignee *Assignee) { assignee.Acknowledged = true })
}

// Take makes a member the assignee of a task that belongs to a group or to
// nobody yet; taking is a promise, so it is acknowledged too. An assignee who
// takes begins the work. Refusals: "already_taken" when somebody was faster,
// "already_yours", "already_submitted", "task_done", "task_cancelled".
func (t Task) Take(memberID int64) (Task, error) {
	if memberID == Everyone {
		return t, t.refuse("not_assignee", t.State)
	}
	own, mine := t.Assignee(memberID)
	if t.State.Ended() || !mine && !t.hasMembers() {
		changed, err := t.change(EventTaken, Everyone, nil)
		if err != nil {
			return t, err
		}
		changed.Assignees = []Assignee{{MemberID: memberID, State: TaskInProgress, Acknowledged: true}}
		return changed, nil
	}
	if !mine {
		return t, t.refuse("already_taken", t.State, "member", strconv.FormatInt(t.firstMember(), 10))
	}
	if own.State == TaskInProgress {
		return t, t.refuse("already_yours", own.State)
	}
	return t.change(EventTaken, memberID, func(assignee *Assignee) { assignee.Acknowledged = true })
}

// Reassign gives the task to others, who begin anew; no assignees at all opens
// it to its group. Assignees are members, or one group. Refusals:
// "mixed_assignees", "task_done", "task_cancelled".
func (t Task) Reassign(assignees []Assignee) (Task, error) {
	var members []int64
	var groups []int64
	for _, assignee := range assignees {
		if assignee.MemberID != 0 {
			members = append(members, assignee.MemberID)
		} else if assignee.GroupID != 0 {
			groups = append(groups, assignee.GroupID)
		}
	}
	if len(groups) > 1 || len(groups) == 1 && len(members) > 0 {
		return t, t.refuse("mixed_assignees", t.State)
	}
	changed, err := t.change(EventReassigned, Everyone, nil)
	if err != nil {
		return t, err
	}
	changed.Assignees = AssignTo(members...)
	if len(groups) == 1 {
		changed.Assignees = AssignToGroup(groups[0])
	}
	return changed, nil
}

func (t Task) firstMember() int64 {
	for _, assignee := range t.Assignees {
		if assignee.MemberID != 0 {
			return assignee.MemberID
		}
	}
	return 0
}
