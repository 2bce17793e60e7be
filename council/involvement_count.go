package council

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Details that measured events carry.
const (
	DetailGroup       = "group"        // of a question: the group in which it was asked
	DetailTo          = "to"           // of a question: the group to which it was put
	DetailWorkingDays = "working_days" // of an answer
	DetailInTime      = "in_time"      // of an answer: "true" or "false"
	DetailWhat        = "what"         // of what was undone: the kind of the event
	DetailRound       = "round"        // of a prompt that repeats: each round asks anew
	DetailReached     = "reached"      // of a prompt and an announcement: the members to whom it was put, comma-separated
)

// InvolvementCount adds up events of one span. Each is added once, in the order in
// which they happened.
type InvolvementCount struct {
	kinds   map[int64]GroupKind
	city    *figuring
	byKind  map[GroupKind]*figuring
	byGroup map[int64]*figuring
}

// figuring is a Figures while it is counted.
type figuring struct {
	Figures
	seen    map[measured]bool
	answers [2]map[Reference]answerGiven // of the questions asked from there, and of those put to it
}

// measured is what is counted once.
type measured struct {
	what    measure
	subject Reference
	round   string // of a prompt that repeats
	member  int64
}

type measure byte

const (
	activity measure = iota
	questionAsked
	questionPut
	promptPut
	promptAnswered
	announcementReached
	announcementRead
	ideaGiven
	ideaDecided
	meetingHeld
)

// answerGiven is what an answer tells of the time that it took.
type answerGiven struct {
	days   int
	inTime bool
}

// NewInvolvementCount begins to count for these groups. Events of other groups
// count for the city alone.
func NewInvolvementCount(groups []Group) *InvolvementCount {
	count := &InvolvementCount{kinds: make(map[int64]GroupKind, len(groups)), city: newFiguring(),
		byKind: make(map[GroupKind]*figuring), byGroup: make(map[int64]*figuring, len(groups))}
	for _, group := range groups {
		count.kinds[group.ID] = group.Kind
		count.byGroup[group.ID] = newFiguring()
		if count.byKind[group.Kind] == nil {
			count.byKind[group.Kind] = newFiguring()
		}
	}
	return count
}

func newFiguring() *figuring {
	return &figuring{seen: make(map[measured]bool), answers: [2]map[Reference]answerGiven{{}, {}}}
}

// Add counts an event.
func (c *InvolvementCount) Add(event Event) {
	in := idsIn(event.Detail[DetailIn])
	if event.MemberID != 0 && event.Detail[DetailIn] != "" && event.Subject.Shared() {
		c.each(in, func(t *figuring) {
			if t.first(measured{what: activity, member: event.MemberID}) {
				t.Active++
			}
		})
	}
	switch event.Subject.Letter {
	case QuestionLetter:
		c.addQuestion(event)
	case PromptLetter:
		c.addShare(event, in, EventAnswered, promptPut, promptAnswered, func(t *figuring) *Share { return &t.Prompts })
	case AnnouncementLetter:
		c.addShare(event, in, EventRead, announcementReached, announcementRead, func(t *figuring) *Share { return &t.Read })
	case IdeaLetter:
		c.addIdea(event, in)
	case MeetingLetter:
		c.addMeeting(event, in)
	}
}

// each has the city count, these groups and their kinds; what is counted once is
// counted once in each of them.
func (c *InvolvementCount) each(groups []int64, count func(*figuring)) {
	count(c.city)
	for _, id := range groups {
		if kind, known := c.kinds[id]; known {
			count(c.byGroup[id])
			count(c.byKind[kind])
		}
	}
}

// first tells whether something is counted here for the first time.
func (t *figuring) first(key measured) bool {
	before := t.seen[key]
	t.seen[key] = true
	return !before
}

// addQuestion counts a question at both of its ends.
func (c *InvolvementCount) addQuestion(event Event) {
	ends := []struct {
		groups    []int64
		what      measure
		questions func(*figuring) *Questions
	}{
		{idsIn(event.Detail[DetailGroup]), questionAsked, func(t *figuring) *Questions { return &t.Asked }},
		{idsIn(event.Detail[DetailTo]), questionPut, func(t *figuring) *Questions { return &t.Put }},
	}
	for index, end := range ends {
		c.each(end.groups, func(t *figuring) {
			key := measured{what: end.what, subject: event.Subject}
			switch event.Kind {
			case EventAsked, EventForwarded:
				if event.Kind == EventForwarded && end.what != questionPut {
					return // it is asked from where it was
				}
				if t.first(key) {
					end.questions(t).Count++
				}
			case EventWithdrawn:
				if t.seen[key] {
					delete(t.seen, key)
					end.questions(t).Count--
				}
			case EventAnswered:
				days, err := strconv.Atoi(event.Detail[DetailWorkingDays])
				if err == nil {
					t.answers[index][event.Subject] = answerGiven{days, event.Detail[DetailInTime] == "true"}
				}
			}
		})
	}
}

// addShare counts who was asked to do something and who did it: those of an event
// with DetailReached were asked, in the groups for which it counts, and so was
// whoever did it, who may have been asked in another month.
func (c *InvolvementCount) addShare(event Event, in []int64, done EventKind, asked, did measure, share func(*figuring) *Share) {
	reached, round := idsIn(event.Detail[DetailReached]), event.Detail[DetailRound]
	if event.Kind == done {
		reached = append(reached, event.MemberID)
	}
	c.each(in, func(t *figuring) {
		for _, member := range reached {
			if t.first(measured{asked, event.Subject, round, member}) {
				share(t).Of++
			}
		}
		if event.Kind == done && t.first(measured{did, event.Subject, round, event.MemberID}) {
			share(t).Did++
		}
	})
}

func (c *InvolvementCount) addIdea(event Event, in []int64) {
	c.each(in, func(t *figuring) {
		switch {
		case event.Kind == EventCreated && t.first(measured{what: ideaGiven, subject: event.Subject}):
			t.Given++
		case event.Kind == EventDecided && t.first(measured{what: ideaDecided, subject: event.Subject}):
			t.Decided++
		}
	})
}

// addMeeting counts a meeting that council and community both attended; those who
// were there are the groups for which the event counts. The last event of it holds.
func (c *InvolvementCount) addMeeting(event Event, in []int64) {
	undone := event.Kind == EventUndone && event.Detail[DetailWhat] == string(EventHeld)
	if event.Kind != EventHeld && !undone {
		return
	}
	held := measured{what: meetingHeld, subject: event.Subject}
	if c.city.seen[held] { // whatever counts anywhere counts for the city as well
		c.each(slices.Collect(maps.Keys(c.kinds)), func(t *figuring) {
			if t.seen[held] {
				delete(t.seen, held)
				t.Meetings--
			}
		})
	}
	if undone || !bothThere(c.kinds, in) {
		return
	}
	c.each(in, func(t *figuring) {
		if t.first(held) {
			t.Meetings++
		}
	})
}

// Involvement is what was counted so far.
func (c *InvolvementCount) Involvement() Involvement {
	involvement := Involvement{City: c.city.done(), Kinds: make(map[GroupKind]Figures, len(c.byKind)), Groups: make(map[int64]Figures, len(c.byGroup))}
	for kind, t := range c.byKind {
		involvement.Kinds[kind] = t.done()
	}
	for id, t := range c.byGroup {
		involvement.Groups[id] = t.done()
	}
	return involvement
}

// done adds up the answers, of which the last to each question holds.
func (t *figuring) done() Figures {
	figures := t.Figures
	for index, questions := range []*Questions{&figures.Asked, &figures.Put} {
		for _, answer := range t.answers[index] {
			questions.Answered++
			questions.Days = append(questions.Days, answer.days)
			if answer.inTime {
				questions.InTime++
			}
		}
		slices.Sort(questions.Days)
	}
	return figures
}

// idsIn reads ids that stand between commas; what is none is passed over.
func idsIn(text string) []int64 {
	var list []int64
	for part := range strings.SplitSeq(text, ",") {
		if id, err := strconv.ParseInt(part, 10, 64); err == nil && id != 0 {
			list = append(list, id)
		}
	}
	return list
}
