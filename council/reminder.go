package council

import "time"

// Audience is to whom a reminder is said.
type Audience string

// Audiences of reminders. A reminder with a MemberID is for that member.
const (
	ToAssignee    Audience = "assignee"
	ToMember      Audience = "member" // who asked for it
	ToOwner       Audience = "owner"  // everyone with something open for an evaluation
	ToGroup       Audience = "group"
	ToCoordinator Audience = "coordinator"
	ToLeader      Audience = "leader"
	ToResponsible Audience = "responsible" // who is to answer a question
	ToSilent      Audience = "silent"      // who has not answered a prompt
	ToScorer      Audience = "scorer"      // who of the council has not scored an idea
	ToInvited     Audience = "invited"     // the guests of a meeting whom it concerns
	ToInCharge    Audience = "in_charge"   // the member in charge of a recommendation
	ToBot         Audience = "bot"         // nobody is reminded: the bot does something itself at that moment
)

// Step names one rung of a ladder: "H-30" … "H-1", "H" (the day itself), "soon"
// (two working hours before, for what is made on its day), "overdue+1",
// "overdue+3", "overdue+7", then "overdue+14" and weekly on. Beside the ladder
// stand StepUnacknowledged, StepSilent, StepSnoozed, StepOwn, StepAbsence and
// StepYearMissing.
type Step string

// Reminder is what is due to be said to whom and when: a row, never a timer.
type Reminder struct {
	ID          int64
	Subject     Reference // the task, the evaluation, …
	MilestoneID int64     // for evaluations
	Step        Step
	Audience    Audience
	MemberID    int64     // for ToAssignee and ToMember; for others: for this one of them alone
	GroupID     int64     // for ToGroup
	Anchor      time.Time // what it hangs on, as a deadline: it is said once for each
	Due         time.Time
	Waited      string // why it was put off until Due; empty if it was not
}

// Verdict is what to do with a reminder that has come due.
type Verdict string

// Verdicts. Every one comes with a named reason.
const (
	Say  Verdict = "say"
	Wait Verdict = "wait" // move the reminder to the moment in Decision.Until
	Drop Verdict = "drop"
)

// WaitedFailed is why a reminder waits that could not be said.
const WaitedFailed = "failed"

// Decision is a verdict with its named reason.
type Decision struct {
	Verdict Verdict
	Reason  string
	Until   time.Time // for Wait
}

// Item is one line of a digest: a reminder that is to be said, with what the
// sentence needs. Task and Evaluation are as they stand at the moment of saying.
type Item struct {
	Reminder   Reminder
	Task       Task
	Evaluation Evaluation
	Milestone  Milestone
	Own        OwnReminder
	Absence    Absence
	Prompt     Prompt
	Question   Question
	Idea       Idea

	Recommendation Recommendation
	Meeting        Meeting
	Privacy        PrivacyRequest
	Counts         Counts           // for evaluations: how far it is prepared
	Dimensions     []DimensionCount // the same by dimension
	Days           int              // whole days from the local date of saying to the deadline's local date; negative when past
	Moved          bool             // said earlier or later than its step, because of a day off
}

// Deadline is that of the task or the milestone; zero when there is none, as for
// what hangs on something else.
func (i Item) Deadline() Deadline {
	switch {
	case i.Task.Number != 0:
		return i.Task.Deadline
	case i.Prompt.Number != 0:
		return i.Prompt.Round.Deadline
	case i.Question.Number != 0:
		return Deadline{At: i.Question.Target}
	case i.Recommendation.Number != 0:
		return i.Recommendation.Due
	case i.Meeting.Number != 0:
		return Deadline{At: i.Meeting.Starts}
	}
	return i.Milestone.Deadline
}

// Counts are tasks by where they stand, for digests of groups; for an evaluation with
// indicators they are those, as Readiness.Counts has them.
type Counts struct {
	Running, Blocked, Overdue, Submitted, Done, Total int
	OfIndicators                                      bool
}

// DimensionCount is how many of the tasks of a dimension's working groups are done, or of
// its indicators complete.
type DimensionCount struct {
	Dimension Dimension // "" for tasks of no working group
	Done      int
	Total     int
}

// Notice is one digest: everything due for one person or one group, said as one message.
type Notice struct {
	MemberID int64 // 0 when a group is told
	GroupID  int64 // 0 when a person is told
	Items    []Item
	Late     bool      // said after an outage, later than planned
	At       time.Time // the moment of saying on the rules' clock
}
