package council

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// Topic is one thing on the agenda of a meeting, or one that somebody would like to
// see there.
type Topic struct {
	ID         int64
	Position   int       // among those on the agenda, from 1; 0 for one that is only proposed
	Text       string    // for evidence that is missing from an evaluation, its dimension
	Subject    Reference // the task, idea, question, recommendation or evaluation it is about; zero for none
	State      TopicState
	ProposedBy int64
	At         time.Time
	From       Place // the message that proposed it; zero for what was put on the agenda at once
	DecidedBy  int64 // who said last whether it is on the agenda; 0: nobody yet
	DecidedAt  time.Time
}

// TopicState is where a topic stands.
type TopicState string

// States of a topic.
const (
	TopicProposed TopicState = "proposed" // a coordinator has not decided
	TopicOnAgenda TopicState = "on_agenda"
	TopicDeclined TopicState = "declined" // or taken off again
)

// Limits of an agenda: the longest topic in runes, how many topics it has, and how
// many one person may propose for one meeting.
const (
	TopicLimit         = 300
	AgendaLimit        = 30
	TopicsOfOneMember  = 5
	TopicsProposedMost = 100
)

// CheckTopic refuses a text that is empty ("topic_empty") or too long ("meeting_topic_long").
func CheckTopic(text string) error {
	switch {
	case text == "":
		return Refuse("topic_empty")
	case utf8.RuneCountInString(text) > TopicLimit:
		return refuseLong("topic", TopicLimit)
	}
	return nil
}

// Agenda is what stands on the agenda, in its order.
func Agenda(topics []Topic) []Topic {
	var agenda []Topic
	for _, topic := range topics {
		if topic.State == TopicOnAgenda {
			agenda = append(agenda, topic)
		}
	}
	slices.SortStableFunc(agenda, func(a, b Topic) int { return a.Position - b.Position })
	return agenda
}

// CheckAgenda refuses more topics than an agenda has room for: "agenda_full" (with Most).
func CheckAgenda(topics []Topic, more int) error {
	if len(Agenda(topics))+more > AgendaLimit {
		return Refuse("agenda_full", "Most", strconv.Itoa(AgendaLimit))
	}
	return nil
}

// CheckProposals refuses further proposals of a member: "topics_own" after
// TopicsOfOneMember of that member's own, "topics_many" after TopicsProposedMost of all
// (with Most).
func CheckProposals(topics []Topic, memberID int64, more int) error {
	own, all := more, more
	for _, topic := range topics {
		if topic.From == (Place{}) {
			continue
		}
		if all++; topic.ProposedBy == memberID {
			own++
		}
	}
	switch {
	case own > TopicsOfOneMember:
		return Refuse("topics_own", "Most", strconv.Itoa(TopicsOfOneMember))
	case all > TopicsProposedMost:
		return Refuse("topics_many", "Most", strconv.Itoa(TopicsProposedMost))
	}
	return nil
}

// Decide puts a topic on the agenda, where it comes last, or says that it is not
// (this time), or leaves that open again.
func (t Topic) Decide(state TopicState, memberID int64, now time.Time) Topic {
	t.State, t.DecidedBy, t.DecidedAt = state, memberID, now
	switch state {
	case TopicOnAgenda:
		t.Position = 0
	case TopicProposed:
		t.Position, t.DecidedBy, t.DecidedAt = 0, 0, time.Time{}
	}
	return t
}

// Return puts a topic that was taken off the agenda back to where it stood.
func (t Topic) Return(memberID int64, now time.Time) Topic {
	position := t.Position
	t = t.Decide(TopicOnAgenda, memberID, now)
	t.Position = position
	return t
}

// ShiftTopic gives the topics whose place on the agenda changes when one goes up (-1)
// or down (1) by one place; none where it stands at that end, or is not there.
func ShiftTopic(topics []Topic, id int64, by int) []Topic {
	agenda := Agenda(topics)
	at := slices.IndexFunc(agenda, func(topic Topic) bool { return topic.ID == id })
	other := at + by
	if at < 0 || other < 0 || other >= len(agenda) {
		return nil
	}
	agenda[at], agenda[other] = agenda[other], agenda[at]
	var moved []Topic
	for i, topic := range agenda {
		if topic.Position != i+1 {
			topic.Position = i + 1
			moved = append(moved, topic)
		}
	}
	return moved
}

// FollowUps counts how tasks that a meeting left behind stand, each once.
type FollowUps struct {
	Done, Overdue, Blocked, Running, Cancelled int
}

// Add counts a task: one that is overdue as that, whatever else it is.
func (f *FollowUps) Add(task Task, now time.Time) {
	switch {
	case task.Overdue(now):
		f.Overdue++
	case task.State == TaskDone:
		f.Done++
	case task.State == TaskBlocked:
		f.Blocked++
	case task.State == TaskCancelled:
		f.Cancelled++
	default:
		f.Running++
	}
}
