package council

import "time"

// TaskState is where a task stands in its life (product.md, "Lives of things").
type TaskState string

// States of a task, least advanced first.
const (
	TaskNew        TaskState = "new"
	TaskInProgress TaskState = "in_progress"
	TaskBlocked    TaskState = "blocked"
	TaskSubmitted  TaskState = "submitted"
	TaskDone       TaskState = "done"
	TaskCancelled  TaskState = "cancelled"
)

// Ended tells whether nothing more is expected of a task in this state.
func (s TaskState) Ended() bool { return s == TaskDone || s == TaskCancelled }

// Assignee is one who promised a task: a member with an own state, or a group
// of which anyone may take it.
type Assignee struct {
	MemberID     int64 // 0 when a group is the assignee
	GroupID      int64 // 0 when a member is the assignee
	State        TaskState
	Progress     int // percent, 0 to 100
	Acknowledged bool
	AssignedAt   time.Time // when the task was given; zero: when it was made
	ActiveAt     time.Time // when the assignee was last heard of; zero: never
	SnoozedUntil time.Time // the assignee is not reminded before; zero: not snoozed
}

// Deadline is a moment by which something is due. Zone is the IANA name of the
// zone in which the deadline was given. The zero Deadline is "without a date".
type Deadline struct {
	At   time.Time // UTC
	Zone string
}

// IsZero tells whether there is no date.
func (d Deadline) IsZero() bool { return d.At.IsZero() }

// Task is somebody's promise with a deadline.
type Task struct {
	Number        int64
	Title         string  // at most TitleLimit runes
	FullText      string  // the text as it was written, when longer than the title
	GroupID       int64   // the group in which the card stands; 0 if there is none
	Partners      []int64 // the other working groups that it belongs to, in the order of their ids
	EvaluationID  int64   // 0 if it serves no evaluation
	CreatedBy     int64   // member id
	CreatedAt     time.Time
	Deadline      Deadline
	DeadlineAsked bool // the question for a date has been put and not been answered
	Assignees     []Assignee
	Waits         []Awaited // what it waits for, see Waiting
	AwaitedBy     []int64   // the open tasks that wait for it, or did until it ended
	State         TaskState // the state of the whole, see Combine
	Recurrence    *Recurrence
	Version       int64 // grows with every change
}

// TitleLimit is the longest title of a task, in runes; longer texts are
// shortened and kept in full beside it.
const TitleLimit = 300

// Reference of the task.
func (t Task) Reference() Reference { return TaskReference(t.Number) }

// Assignee finds the state of a member in the task.
func (t Task) Assignee(memberID int64) (Assignee, bool) {
	for _, assignee := range t.Assignees {
		if assignee.MemberID != 0 && assignee.MemberID == memberID {
			return assignee, true
		}
	}
	return Assignee{}, false
}

// Overdue tells whether the deadline has passed and something is still expected
// of the assignees. What is handed in waits for the coordinator and is not overdue.
func (t Task) Overdue(now time.Time) bool {
	return !t.Deadline.IsZero() && now.After(t.Deadline.At) && !t.State.Ended() && t.State != TaskSubmitted
}
