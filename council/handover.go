package council

import (
	"slices"
	"time"
)

// HandoverState is where a handover stands.
type HandoverState string

// States of a handover.
const (
	HandoverAsked  HandoverState = "asked" // somebody left every group: the coordinators are asked
	HandoverShown  HandoverState = "shown" // a coordinator looks at what would be moved
	HandoverDone   HandoverState = "done"
	HandoverUndone HandoverState = "undone"
	HandoverLeft   HandoverState = "left" // everything is left as it is

	HandoverSettled HandoverState = "settled" // asked or shown until another handover of the same member was done
)

// Handover is what one member leaves to another: what is open, in one step.
type Handover struct {
	Number int64
	From   int64 // the member who leaves it
	To     int64 // the member who takes it; 0: it is not said yet
	By     int64 // who decides it; 0: nobody yet
	State  HandoverState
	Things []string  // as they were shown, and then those that were moved: "T-12", "role:leader"
	At     time.Time // of the last of this; of one that is settled, of what settled it
}

// HandOver gives a member's part of an open task to another. The other begins anew, as
// when it is given by name; what is handed in and waits for its check stays handed in.
// Where the other is an assignee already, the other's own part stands. False where the
// member has no part in it.
func (t Task) HandOver(from, to int64) (Task, bool) {
	own, found := t.Assignee(from)
	if !found || t.State.Ended() || from == to {
		return t, false
	}
	taken := Assignee{MemberID: to, State: TaskNew}
	if own.State == TaskSubmitted {
		taken.State, taken.Progress, taken.Acknowledged = own.State, own.Progress, own.Acknowledged
	}
	_, there := t.Assignee(to)
	var assignees []Assignee
	for _, assignee := range t.Assignees {
		switch {
		case assignee.MemberID != from:
			assignees = append(assignees, assignee)
		case !there:
			assignees = append(assignees, taken)
		}
	}
	t.Assignees = assignees
	t.State = Combine(t.State, assignees)
	if t.State == TaskSubmitted {
		t.Waits = nil
	}
	t.Version++
	return t, true
}

// HandOver puts what a prompt asks a member to another: the present round where the
// member has not answered it, and those to come. Carrier is the group whose card asks
// the other, 0 for none. False where the member is not asked by name any more.
func (p Prompt) HandOver(from, to int64, answered bool, carrier int64) (Prompt, bool) {
	if p.Ended() {
		return p, false
	}
	moved := false
	asked := func(a Asked) bool { return a.MemberID == from }
	if at := slices.IndexFunc(p.Round.Asked, asked); at >= 0 && p.State == PromptOpen && !answered {
		moved = true
		there := slices.ContainsFunc(p.Round.Asked, func(a Asked) bool { return a.MemberID == to })
		p.Round.Asked = slices.DeleteFunc(slices.Clone(p.Round.Asked), asked)
		if !there {
			p.Round.Asked = slices.Insert(p.Round.Asked, at, Asked{MemberID: to, GroupID: carrier})
		}
	}
	target := Target{MemberID: from}
	if at := slices.Index(p.Targets, target); at >= 0 && (moved || p.Repeats()) {
		moved = true
		p.Targets = slices.Clone(p.Targets)
		p.Targets[at].MemberID = to
		if slices.Index(p.Targets, Target{MemberID: to}) != at || slices.Contains(p.Targets[at+1:], p.Targets[at]) {
			p.Targets = slices.Delete(p.Targets, at, at+1)
		}
	}
	if moved {
		p.Version++
	}
	return p, moved
}

// HandOver puts a question that waits for a member's answer to another; its clock goes
// on. False where it does not wait for the member.
func (q Question) HandOver(from, to int64, reached bool) (Question, bool) {
	if !q.Open() || q.To.MemberID != from || from == 0 {
		return q, false
	}
	q.To.MemberID = to
	switch {
	case q.State == QuestionSent && reached:
		q.State = QuestionWaiting
	case q.State == QuestionWaiting && !reached:
		q.State = QuestionSent
	}
	q.Version++
	return q, true
}

// HandOver puts another member in charge. False where this one is not.
func (r Recommendation) HandOver(from, to int64) (Recommendation, bool) {
	if r.OwnerID != from || from == 0 {
		return r, false
	}
	after, err := r.Give(to, r.Office)
	return after, err == nil
}

// HandOver lets another member lead, write and be invited by name in the place of one:
// at meetings to come, and at those whose minutes are not agreed yet. False where the
// member has no such part in it.
func (m Meeting) HandOver(from, to int64, now time.Time) (Meeting, bool) {
	planned, unwritten := m.Coming(now), (m.State == MeetingHeld || m.State == MeetingPlanned) && m.Minutes.State != MinutesAgreed
	if !unwritten || from == to {
		return m, false
	}
	moved := false
	for _, seat := range []*Seat{&m.Chair, &m.Scribe} {
		if seat.MemberID == from && from != 0 {
			*seat, moved = Seat{MemberID: to}, true
		}
	}
	if at := slices.Index(m.People, from); at >= 0 && planned {
		moved = true
		m.People = union(slices.Delete(slices.Clone(m.People), at, at+1), []int64{to})
	}
	if moved {
		m.Version++
	}
	return m, moved
}

// HandPosition gives the holdings of a position once a member's time in it, from today
// on, is another's, with the end that it has. Nobody is the deputy of himself: on days on
// which the other holds the position, or is its deputy already, a deputy's time is not
// given.
func HandPosition(holdings []Holding, from, to int64, today Day) []Holding {
	var after, own, given []Holding // of others and past, the other's own, what the other takes
	for _, holding := range holdings {
		switch {
		case holding.MemberID == to:
			own = append(own, holding)
		case holding.MemberID != from || !holding.Endless() && holding.Last.Before(today):
			after = append(after, holding)
		default:
			taken := Holding{MemberID: to, Deputy: holding.Deputy, Style: holding.Style, First: holding.First, Last: holding.Last}
			if taken.First.Before(today) {
				taken.First = today
			}
			after = append(after, holding.until(taken.First.Add(-1)))
			given = append(given, taken)
		}
	}
	var times []Holding
	for _, deputies := range []bool{false, true} { // the times of a deputy stand back
		for _, time := range slices.Concat(own, given) {
			if time.Deputy == deputies {
				times = append(times, time.outside(times)...)
			}
		}
	}
	return slices.Concat(began(after), times)
}
