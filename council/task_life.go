package council

import (
	"slices"
	"strconv"
	"strings"
)

// transitions is the table "Task" of product.md, "Lives of things": what may
// happen in a state, and the state that follows. What is not here is refused.
// Acknowledging and setting a date are recorded beside the state and keep it.
var transitions = map[TaskState]map[EventKind]TaskState{
	TaskNew:        whileOpen(TaskNew),
	TaskInProgress: whileOpen(TaskInProgress),
	TaskBlocked:    whileOpen(TaskBlocked),
	TaskSubmitted: {
		EventAccepted: TaskDone, EventSentBack: TaskInProgress,
		EventCancelled: TaskCancelled, EventReassigned: TaskNew, EventDeadline: TaskSubmitted,
	},
	TaskDone:      {EventReopened: TaskInProgress},
	TaskCancelled: {EventReopened: TaskNew},
}

// whileOpen is the row of a state in which the work itself is still to be done.
func whileOpen(state TaskState) map[EventKind]TaskState {
	return map[EventKind]TaskState{
		EventTaken: TaskInProgress, EventProgress: TaskInProgress, EventObstacle: TaskBlocked,
		EventSubmitted: TaskSubmitted, EventCancelled: TaskCancelled, EventReassigned: TaskNew,
		EventAcknowledged: state, EventDeadline: state,
	}
}

// offered is the order in which a refusal names what is possible instead.
var offered = []EventKind{
	EventAcknowledged, EventTaken, EventProgress, EventObstacle, EventSubmitted, EventAccepted,
	EventSentBack, EventDeadline, EventReassigned, EventCancelled, EventReopened,
}

// Possible lists what may happen to a task in this state.
func Possible(state TaskState) []EventKind {
	var possible []EventKind
	for _, kind := range offered {
		if _, allowed := transitions[state][kind]; allowed {
			possible = append(possible, kind)
		}
	}
	return possible
}

// Everyone, in the place of a member id, means all assignees at once: what a
// coordinator, leader or council member does who is not an assignee.
const Everyone int64 = 0

// Combine is the state of the whole: blocked if one member is, else as far as
// the least advanced member. A task that belongs to a group, or to nobody yet,
// stands where it itself stands.
func Combine(own TaskState, assignees []Assignee) TaskState {
	advanced := []TaskState{TaskNew, TaskInProgress, TaskSubmitted, TaskDone, TaskCancelled}
	least := len(advanced)
	for _, assignee := range assignees {
		if assignee.MemberID == 0 {
			continue
		}
		if assignee.State == TaskBlocked {
			return TaskBlocked
		}
		least = min(least, max(0, slices.Index(advanced, assignee.State)))
	}
	if least == len(advanced) {
		return own
	}
	return advanced[least]
}

// Report records progress of a member, or of Everyone. Percent is 0 to 100; -1
// keeps the percentage. Refusals: "bad_percent", and those of every change:
// "not_assignee", "already_submitted", "task_done", "task_cancelled".
func (t Task) Report(memberID int64, percent int) (Task, error) {
	if percent < -1 || percent > 100 {
		return t, Refuse("bad_percent", "reference", t.Reference().String(), "percent", strconv.Itoa(percent))
	}
	return t.change(EventProgress, memberID, func(assignee *Assignee) {
		if percent >= 0 {
			assignee.Progress = percent
		}
	})
}

// Obstruct records that a member, or Everyone, meets an obstacle.
func (t Task) Obstruct(memberID int64) (Task, error) {
	return t.change(EventObstacle, memberID, nil)
}

// Submit hands the work in. Of two assignees it moves only the one, and the
// task waits for the other. Handing in needs no file.
func (t Task) Submit(memberID int64) (Task, error) {
	return t.change(EventSubmitted, memberID, nil)
}

// Accept ends a task that was handed in. Refusals: "not_submitted" while one
// assignee has not handed in yet, "task_done", "task_cancelled".
func (t Task) Accept() (Task, error) { return t.change(EventAccepted, Everyone, nil) }

// SendBack asks for handed-in work to be completed. Refusals as for Accept.
func (t Task) SendBack() (Task, error) { return t.change(EventSentBack, Everyone, nil) }

// Cancel ends a task that is no longer wanted. Refusals: "task_done", "task_cancelled".
func (t Task) Cancel() (Task, error) { return t.change(EventCancelled, Everyone, nil) }

// Reopen takes up an ended task: a done one goes on where work was handed in, a
// cancelled one begins anew and asks for a new promise. Refusal: "not_ended".
func (t Task) Reopen() (Task, error) {
	cancelled := t.State == TaskCancelled
	return t.change(EventReopened, Everyone, func(assignee *Assignee) {
		if cancelled {
			assignee.Acknowledged, assignee.Progress = false, 0
		}
	})
}

// Reschedule sets another deadline; the zero Deadline is "without a date".
// Refusals: "task_done", "task_cancelled".
func (t Task) Reschedule(deadline Deadline) (Task, error) {
	changed, err := t.change(EventDeadline, Everyone, nil)
	if err != nil {
		return t, err
	}
	changed.Deadline, changed.DeadlineAsked = deadline, false
	return changed, nil
}

// change moves one member, or everyone whom the table allows to move, and then
// the whole. A task without member assignees moves itself, whoever acts.
func (t Task) change(event EventKind, memberID int64, touch func(*Assignee)) (Task, error) {
	next, allowed := transitions[t.State][event]
	if memberID != Everyone && t.hasMembers() && !t.State.Ended() {
		own, found := t.Assignee(memberID)
		if !found {
			return t, t.refuse("not_assignee", t.State)
		}
		if _, allowed = transitions[own.State][event]; !allowed {
			return t, t.refuse(refusalCode(own.State, event), own.State)
		}
	}
	if !allowed {
		return t, t.refuse(refusalCode(t.State, event), t.State)
	}
	t.Assignees = slices.Clone(t.Assignees)
	for i := range t.Assignees {
		assignee := &t.Assignees[i]
		if memberID != Everyone && assignee.MemberID != 0 && assignee.MemberID != memberID {
			continue
		}
		if state, moves := transitions[assignee.State][event]; moves {
			assignee.State = state
			if touch != nil {
				touch(assignee)
			}
		}
	}
	t.State = Combine(next, t.Assignees)
	if t.State == TaskSubmitted || t.State.Ended() {
		t.Waits = nil // whatever it waited for
	}
	t.Version++
	return t, nil
}

func (t Task) hasMembers() bool {
	return slices.ContainsFunc(t.Assignees, func(a Assignee) bool { return a.MemberID != 0 })
}

// refuse names the state in which the change met the task, and what is possible there.
func (t Task) refuse(code string, state TaskState, details ...string) error {
	var possible []string
	for _, kind := range Possible(state) {
		possible = append(possible, string(kind))
	}
	return Refuse(code, append(details, "reference", t.Reference().String(),
		"state", string(state), "possible", strings.Join(possible, ","))...)
}

func refusalCode(state TaskState, event EventKind) string {
	switch {
	case event == EventReopened:
		return "not_ended"
	case state == TaskDone:
		return "task_done"
	case state == TaskCancelled:
		return "task_cancelled"
	case state == TaskSubmitted:
		return "already_submitted"
	}
	return "not_submitted"
}
