package council

import (
	"time"
	"unicode/utf8"
)

// AttendeeOfficeLimit is how long the words may be that say from where somebody came,
// in runes.
const AttendeeOfficeLimit = 150

// CheckAttendance refuses to note who is there: "meeting_over" for a meeting that is not
// held, "meeting_not_yet" before people come together, "attendance_closed" once the
// minutes are agreed, and for people who note themselves outside of the meeting's time or
// while whoever leads is asked to agree.
func (m Meeting) CheckAttendance(themselves bool, now time.Time) error {
	switch {
	case m.State == MeetingCancelled || m.State == MeetingMissed:
		return m.refuse("meeting_over")
	case now.Before(m.Starts.Add(-attendanceBefore)):
		return m.refuse("meeting_not_yet")
	case m.Minutes.State == MinutesAgreed, themselves && (m.Minutes.State == MinutesProposed || !m.TakesAttendance(now)):
		return m.refuse("attendance_closed")
	}
	return nil
}

// Attend notes somebody as present, from the edition of the minutes on that is open.
// Refusals as of CheckAttendance, and "attendee_empty", "meeting_name_long" and
// "meeting_office_long" (with Most).
func (m Meeting) Attend(who Attendee, by int64, now time.Time) (Attendee, error) {
	if err := m.CheckAttendance(false, now); err != nil {
		return who, err
	}
	switch {
	case who.MemberID == 0 && who.Name == "":
		return who, Refuse("attendee_empty")
	case utf8.RuneCountInString(who.Name) > MeetingNameLimit:
		return who, refuseLong("name", MeetingNameLimit)
	case utf8.RuneCountInString(who.Office) > AttendeeOfficeLimit:
		return who, refuseLong("office", AttendeeOfficeLimit)
	}
	who.NotedBy, who.At, who.From, who.Until = by, now, m.AttendanceEdition(), 0
	return who, nil
}

// AttendanceEdition is the edition of the minutes in which who is noted now stands.
func (m Meeting) AttendanceEdition() int { return max(1, m.Minutes.Edition) }
