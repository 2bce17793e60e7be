package council

import (
	"time"
	"unicode/utf8"
)

// Topic is one thing on the agenda of a meeting, or one that somebody would like to
// see there.
type Topic struct {
	ID         int64
	Position   int // among those on the agenda, from 1; 0 for one that is only proposed
	Text       string
	Subject    Reference // the task, idea, question, indicator or meeting it is about; zero for none
	State      TopicState
	ProposedBy int64
	At         time.Time
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
