package council

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// Minutes is where the record of a meeting stands. Each agreed edition stays as it
// was: a correction after it begins the next one.
type Minutes struct {
	State      MinutesState
	Edition    int // 1 for the first; 0 before anything was noted
	Proposal   int // how many times they were proposed: who agrees says to which proposal
	ProposedBy int64
	ProposedAt time.Time // when they were proposed last
	AgreedBy   int64
	AgreedAt   time.Time
}

// MinutesEdition is an edition that was agreed. It stays as it was.
type MinutesEdition struct {
	Edition  int
	AgreedBy int64
	OnBehalf bool // by a coordinator for whoever led, who could not be asked
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
		m.Minutes = Minutes{State: MinutesDraft, Edition: m.Minutes.Edition + 1, Proposal: m.Minutes.Proposal}
	default:
		m.Minutes.State = MinutesDraft
	}
	m.Version++
	return m, nil
}

// Propose hands the minutes to whoever leads. Refusals: "minutes_none" when there are
// none, "minutes_agreed".
func (m Meeting) Propose(memberID int64, now time.Time) (Meeting, error) {
	switch m.Minutes.State {
	case MinutesNone:
		return m, m.refuse("minutes_none")
	case MinutesAgreed:
		return m, m.refuse("minutes_agreed")
	}
	m.Minutes.State, m.Minutes.ProposedBy, m.Minutes.ProposedAt = MinutesProposed, memberID, now
	m.Minutes.Proposal++
	m.Version++
	return m, nil
}

// SendBack opens proposed minutes again, to be corrected. Refusals as of Agree.
func (m Meeting) SendBack() (Meeting, error) {
	if err := m.proposed(); err != nil {
		return m, err
	}
	m.Minutes.State = MinutesDraft
	m.Version++
	return m, nil
}

// Agree agrees to the minutes as they stand. Refusals: "minutes_not_proposed" (they
// are being corrected), "minutes_agreed", "minutes_none".
func (m Meeting) Agree(memberID int64, now time.Time) (Meeting, error) {
	if err := m.proposed(); err != nil {
		return m, err
	}
	m.Minutes.State, m.Minutes.AgreedBy, m.Minutes.AgreedAt = MinutesAgreed, memberID, now
	m.Version++
	return m, nil
}

// proposed refuses minutes that are not proposed.
func (m Meeting) proposed() error {
	switch m.Minutes.State {
	case MinutesNone:
		return m.refuse("minutes_none")
	case MinutesDraft:
		return m.refuse("minutes_not_proposed")
	case MinutesAgreed:
		return m.refuse("minutes_agreed")
	}
	return nil
}

// MayAgree tells whether a member may agree to the minutes, and whether on behalf of
// whoever leads: a coordinator may where nobody leads who can be asked.
func (m Meeting) MayAgree(actor Actor, chairReached bool) (may, onBehalf bool) {
	if m.Leads(actor.ID) {
		return true, false
	}
	onBehalf = actor.Coordinates() && !chairReached
	return onBehalf, onBehalf
}

// Drop gives up an edition that was opened after the last agreed one. Refusals:
// "minutes_none" where none was agreed before, "minutes_agreed" where none is open,
// "minutes_changed" where something in it is not as it was.
func (m Meeting) Drop(last MinutesEdition, changed bool) (Meeting, error) {
	switch {
	case last.Edition == 0 || last.Edition != m.Minutes.Edition-1:
		return m, m.refuse("minutes_none")
	case m.Minutes.State == MinutesAgreed:
		return m, m.refuse("minutes_agreed")
	case changed:
		return m, m.refuse("minutes_changed")
	}
	m.Minutes = Minutes{State: MinutesAgreed, Edition: last.Edition, Proposal: m.Minutes.Proposal, AgreedBy: last.AgreedBy, AgreedAt: last.AgreedAt}
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
