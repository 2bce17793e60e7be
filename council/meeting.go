package council

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Meeting brings people together at a time and a place: groups and persons are
// invited, answer whether they come, and what is said and decided there becomes its
// minutes.
type Meeting struct {
	Number     int64
	Title      string
	Starts     time.Time
	Length     time.Duration
	Place      string // a room, a link, or both, as it was written
	To         Addressees
	People     []int64 // members who are invited by name
	Chair      Seat    // who leads
	Scribe     Seat    // who takes the minutes
	Seats      int     // how many are expected to come; 0: no number was named
	Previous   int64   // the number of the meeting that this one goes on with; 0: none
	Recurrence *Recurrence
	Evaluation int64 // the number of the evaluation that it is for; 0: none
	Question   int64 // the number of the question that it answers; 0: of none
	State      MeetingState
	Edition    int       // of what the invited know: 1, and one more each time that they are told of a change
	ToldAt     time.Time // when this edition began; zero for the first one, which began with the meeting
	Minutes    Minutes
	CreatedBy  int64
	CreatedAt  time.Time
	EndedAt    time.Time // when it was said to be held, missed or cancelled; zero before
	Version    int64     // grows with every change
}

// MeetingState is where a meeting stands.
type MeetingState string

// States of a meeting.
const (
	MeetingPlanned   MeetingState = "planned"
	MeetingHeld      MeetingState = "held"
	MeetingMissed    MeetingState = "missed" // its time went by without it
	MeetingCancelled MeetingState = "cancelled"
)

// Seat is a person with a duty at a meeting: a member, or somebody unknown to the
// bot by name. The zero Seat is empty.
type Seat struct {
	MemberID int64
	Name     string // as it was written, for who is no member
}

// IsZero tells whether nobody was named.
func (s Seat) IsZero() bool { return s == Seat{} }

// Limits of meetings, in runes, and of their length.
const (
	MeetingTitleLimit = 200
	MeetingPlaceLimit = 300
	MeetingNameLimit  = 100 // of somebody who is no member
	MeetingSeatsLimit = 10_000
	MeetingLength     = 2 * time.Hour // where none is named
	MeetingLongest    = 5 * 24 * time.Hour
	MeetingShortest   = 10 * time.Minute
)

// attendanceBefore and attendanceAfter are the window around a meeting's time in which
// people note by themselves that they are there.
const (
	attendanceBefore = 30 * time.Minute
	attendanceAfter  = time.Hour
)

// MeetingReference names the meeting with this number.
func MeetingReference(number int64) Reference { return Reference{MeetingLetter, number} }

// Reference of the meeting.
func (m Meeting) Reference() Reference { return MeetingReference(m.Number) }

// Ends is when it is over as planned.
func (m Meeting) Ends() time.Time { return m.Starts.Add(m.Length) }

// Coming tells whether it is still to be held at a moment, or under way.
func (m Meeting) Coming(now time.Time) bool { return m.State == MeetingPlanned && now.Before(m.Ends()) }

// presented are the milestones that people come together for.
var presented = []MilestoneKind{MilestonePresentation, MilestoneInterview}

// PresentationAt is when an evaluation is presented next, or asked about; zero when no such
// date is to come.
func (e Evaluation) PresentationAt(now time.Time) time.Time {
	var next time.Time
	for _, milestone := range e.Milestones {
		at := milestone.Deadline.At
		if e.State == EvaluationOpen && slices.Contains(presented, milestone.Kind) && at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// Presents tells whether an evaluation is presented at the meeting: it is for that one,
// and on the day of such a date. Others for it prepare that.
func (m Meeting) Presents(e Evaluation, calendar Calendar) bool {
	return e.Number == m.Evaluation && e.State == EvaluationOpen && slices.ContainsFunc(e.Milestones, func(milestone Milestone) bool {
		return slices.Contains(presented, milestone.Kind) && calendar.Day(milestone.Deadline.At) == calendar.Day(m.Starts)
	})
}

// TakesAttendance tells whether people may note by themselves now that they are there:
// from half an hour before it begins until an hour after its end.
func (m Meeting) TakesAttendance(now time.Time) bool {
	return (m.State == MeetingPlanned || m.State == MeetingHeld) &&
		!now.Before(m.Starts.Add(-attendanceBefore)) && now.Before(m.Ends().Add(attendanceAfter))
}

// Clashes tells whether two meetings take place at the same time.
func (m Meeting) Clashes(other Meeting) bool {
	return m.Starts.Before(other.Ends()) && other.Starts.Before(m.Ends())
}

// CheckMeeting refuses what no meeting can be: "meeting_title", "meeting_title_long" and
// "meeting_place_long" (with Most), "meeting_length", "meeting_past", "meeting_seats".
func CheckMeeting(m Meeting, now time.Time) error {
	switch {
	case m.Title == "":
		return Refuse("meeting_title")
	case utf8.RuneCountInString(m.Title) > MeetingTitleLimit:
		return refuseLong("title", MeetingTitleLimit)
	case utf8.RuneCountInString(m.Place) > MeetingPlaceLimit:
		return refuseLong("place", MeetingPlaceLimit)
	case m.Length < MeetingShortest || m.Length > MeetingLongest:
		return Refuse("meeting_length")
	case m.Seats < 0 || m.Seats > MeetingSeatsLimit:
		return Refuse("meeting_seats")
	case !m.Starts.After(now):
		return Refuse("meeting_past")
	}
	return nil
}

// Move gives a planned meeting another time. Refusals of this and the changes below:
// "meeting_over" (with Reference), and those of CheckMeeting.
func (m Meeting) Move(starts time.Time, length time.Duration, now time.Time) (Meeting, error) {
	return m.told(now, func(c *Meeting) { c.Starts, c.Length = starts, length })
}

// Relocate gives it another place.
func (m Meeting) Relocate(place string, now time.Time) (Meeting, error) {
	return m.told(now, func(c *Meeting) { c.Place = place })
}

// Rename gives it another title.
func (m Meeting) Rename(title string, now time.Time) (Meeting, error) {
	return m.told(now, func(c *Meeting) { c.Title = title })
}

// Cancel calls it off, as long as it is not over.
func (m Meeting) Cancel(now time.Time) (Meeting, error) {
	if !m.Coming(now) {
		return m, m.refuse("meeting_over")
	}
	m.State, m.EndedAt, m.ToldAt = MeetingCancelled, now, now
	m.Edition++
	m.Version++
	return m, nil
}

// Hold says that it took place. Refusals: "meeting_over", "meeting_not_yet".
func (m Meeting) Hold(now time.Time) (Meeting, error) { return m.end(MeetingHeld, now) }

// Miss says that its time went by without it. Refusals as of Hold.
func (m Meeting) Miss(now time.Time) (Meeting, error) { return m.end(MeetingMissed, now) }

func (m Meeting) end(state MeetingState, now time.Time) (Meeting, error) {
	switch {
	case m.State != MeetingPlanned:
		return m, m.refuse("meeting_over")
	case now.Before(m.Starts.Add(-attendanceBefore)):
		return m, m.refuse("meeting_not_yet")
	}
	m.State, m.EndedAt = state, now
	m.Version++
	return m, nil
}

// Reopen takes back that it was said to be held or missed. Refusal: "meeting_over".
func (m Meeting) Reopen() (Meeting, error) {
	if m.State != MeetingHeld && m.State != MeetingMissed || m.Minutes.State != MinutesNone {
		return m, m.refuse("meeting_over")
	}
	m.State, m.EndedAt = MeetingPlanned, time.Time{}
	m.Version++
	return m, nil
}

// Appoint says who leads and who takes the minutes; it changes nothing of what the
// invited know.
func (m Meeting) Appoint(chair, scribe Seat) (Meeting, error) {
	if m.State == MeetingCancelled || m.State == MeetingMissed {
		return m, m.refuse("meeting_over")
	}
	m.Chair, m.Scribe = chair, scribe
	m.Version++
	return m, nil
}

// Invite adds groups, roles and persons to the invited.
func (m Meeting) Invite(to Addressees, people []int64) (Meeting, error) {
	if m.State != MeetingPlanned {
		return m, m.refuse("meeting_over")
	}
	m.To, m.People = m.To.And(to), union(m.People, people)
	m.Version++
	return m, nil
}

// Leads tells whether this member leads it.
func (m Meeting) Leads(memberID int64) bool { return memberID != 0 && m.Chair.MemberID == memberID }

// Writes tells whether this member takes its minutes.
func (m Meeting) Writes(memberID int64) bool { return memberID != 0 && m.Scribe.MemberID == memberID }

// InvitesByName tells whether this member is invited whatever groups are.
func (m Meeting) InvitesByName(memberID int64) bool {
	return slices.Contains(m.People, memberID) || m.Leads(memberID) || m.Writes(memberID)
}

// told is a change of which the invited are told, and which their calendars follow.
func (m Meeting) told(now time.Time, change func(*Meeting)) (Meeting, error) {
	if m.State != MeetingPlanned {
		return m, m.refuse("meeting_over")
	}
	changed := m
	change(&changed)
	if err := CheckMeeting(changed, now); err != nil {
		return m, err
	}
	changed.Edition, changed.ToldAt = changed.Edition+1, now
	changed.Version++
	return changed, nil
}

func (m Meeting) refuse(code string) error {
	return Refuse(code, "Reference", m.Reference().String())
}
