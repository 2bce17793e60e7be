package council

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// Minutes is where the record of a meeting stands. Each agreed edition stays as it
// was: a correction after it begins the next one.
type Minutes struct {
	State    MinutesState
	Edition  int // 1 for the first; 0 before anything was noted
	AgreedBy int64
	AgreedAt time.Time
}

// MinutesState is where minutes stand.
type MinutesState string

// States of minutes.
const (
	MinutesNone     MinutesState = ""
	MinutesDraft    MinutesState = "draft"
	MinutesProposed MinutesState = "proposed" // whoever leads is asked to agree
	MinutesAgreed   MinutesState = "agreed"
)

// MinuteKind is what a line of minutes is.
type MinuteKind string

// Kinds of lines of minutes, in the order in which a document has them.
const (
	MinuteNote     MinuteKind = "note"
	MinuteDecision MinuteKind = "decision"
	MinuteTask     MinuteKind = "task" // a follow-up: the task is its subject
)

// Minute is one line of minutes.
type Minute struct {
	ID      int64
	Kind    MinuteKind
	Text    string
	Subject Reference // the task, or what a decision settles; zero for neither
	From    int       // the first edition in which it stands
	Until   int       // the first edition in which it stands no more; 0: it stands
	By      int64
	At      time.Time
	Said    Place // the message that said it; zero for none
}

// Limits of minutes: the longest line in runes, and how many lines there may be.
const (
	MinuteLimit  = 1000
	MinutesLimit = 300
)

// In tells whether the line stands in an edition.
func (l Minute) In(edition int) bool {
	return l.From <= edition && (l.Until == 0 || edition < l.Until)
}

// Open begins minutes, or the next edition of agreed ones: from now on lines may be
// added and taken away. Refusals: "meeting_over" for one that is not held,
// "meeting_not_yet" before anybody can be there.
func (m Meeting) Open(now time.Time) (Meeting, error) {
	switch {
	case m.State == MeetingCancelled || m.State == MeetingMissed:
		return m, m.refuse("meeting_over")
	case now.Before(m.Starts.Add(-attendanceBefore)):
		return m, m.refuse("meeting_not_yet")
	}
	switch m.Minutes.State {
	case MinutesNone, MinutesAgreed:
		m.Minutes = Minutes{State: MinutesDraft, Edition: m.Minutes.Edition + 1}
	default:
		m.Minutes.State = MinutesDraft
	}
	m.Version++
	return m, nil
}

// Propose hands the minutes to whoever leads. Refusal: "minutes_none" when there are
// none, "minutes_agreed".
func (m Meeting) Propose() (Meeting, error) {
	switch m.Minutes.State {
	case MinutesNone:
		return m, m.refuse("minutes_none")
	case MinutesAgreed:
		return m, m.refuse("minutes_agreed")
	}
	m.Minutes.State = MinutesProposed
	m.Version++
	return m, nil
}

// Agree agrees to the minutes as they stand. Refusals: "minutes_not_proposed" (they
// are being corrected), "minutes_agreed", "minutes_none".
func (m Meeting) Agree(memberID int64, now time.Time) (Meeting, error) {
	switch m.Minutes.State {
	case MinutesNone:
		return m, m.refuse("minutes_none")
	case MinutesDraft:
		return m, m.refuse("minutes_not_proposed")
	case MinutesAgreed:
		return m, m.refuse("minutes_agreed")
	}
	m.Minutes.State, m.Minutes.AgreedBy, m.Minutes.AgreedAt = MinutesAgreed, memberID, now
	m.Version++
	return m, nil
}

// Note makes a line of the minutes that are open. Refusals: "minute_empty",
// "minute_long" (with Most), "minutes_agreed" when they are not open.
func (m Meeting) Note(kind MinuteKind, text string, subject Reference, by int64, now time.Time) (Minute, error) {
	switch {
	case m.Minutes.State != MinutesDraft:
		return Minute{}, m.refuse("minutes_agreed")
	case text == "":
		return Minute{}, m.refuse("minute_empty")
	case utf8.RuneCountInString(text) > MinuteLimit:
		return Minute{}, Refuse("minute_long", "Most", strconv.Itoa(MinuteLimit))
	}
	return Minute{Kind: kind, Text: text, Subject: subject, From: m.Minutes.Edition, By: by, At: now}, nil
}

// Standing are the lines of an edition, in the order in which they were said.
func Standing(lines []Minute, edition int) []Minute {
	var standing []Minute
	for _, line := range lines {
		if line.In(edition) {
			standing = append(standing, line)
		}
	}
	return standing
}
