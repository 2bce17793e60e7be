package store

import (
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
)

// MeetingsToPlan lists the meetings of which something may still be said: those that begin
// after a moment, and all that repeat.
func (tx *Tx) MeetingsToPlan(since time.Time) ([]council.Meeting, error) {
	return tx.eachWithInvited(all(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting
		WHERE state IN ('planned', 'held') AND starts_at > ? OR recurrence <> '' ORDER BY number`, milliseconds(since)))
}

// MeetingAfter finds the meeting that goes on with another and was not cancelled, the last
// one of several; ErrNotFound for none.
func (tx *Tx) MeetingAfter(number int64) (council.Meeting, error) {
	return tx.withInvited(one(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting
		WHERE previous = ? AND previous <> 0 AND state <> 'cancelled' ORDER BY number DESC LIMIT 1`, number))
}

// MeetingStanding is what has come of a meeting, as far as a reminder of it depends on that.
// The zone is the city's.
func (tx *Tx) MeetingStanding(m council.Meeting, reminder council.Reminder, zone *time.Location) (standing council.MeetingStanding, err error) {
	switch reminder.Step {
	case council.StepMeetingEnd, council.StepMeetingAgain, council.StepMinutesAsk:
		standing.Begun, err = one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM meeting_attendee WHERE number = ? AND until_edition = 0)`, m.Number)
	case council.StepMeetingNext:
		standing.Followed, err = one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM meeting WHERE previous = ? AND state <> 'cancelled')`, m.Number)
	case council.StepMeetingMonth:
		_, standing.Covered, err = tx.CoordinationOf(m, council.MonthOf(reminder.Anchor, zone), zone)
	case council.StepMinutesWait, council.StepMinutesLate:
		_, standing.Led, err = tx.ChairReached(m)
	}
	return standing, err
}

// ChairReached finds whoever leads a meeting, and tells whether that is a member who can be
// asked.
func (tx *Tx) ChairReached(m council.Meeting) (council.Member, bool, error) {
	if m.Chair.MemberID == 0 {
		return council.Member{}, false, nil
	}
	chair, err := tx.Member(m.Chair.MemberID)
	return chair, err == nil && chair.Reach == council.ReachOpen && chair.TelegramID != 0, err
}

// CoordinationOf finds another meeting of council and working groups after one, up to the
// end of a month; false when there is none.
func (tx *Tx) CoordinationOf(m council.Meeting, month council.Month, zone *time.Location) (council.Meeting, bool, error) {
	groups, err := tx.Groups()
	if err != nil {
		return council.Meeting{}, false, err
	}
	meetings, err := tx.MeetingsBetween(m.Starts, month.Span(zone).Until)
	at := slices.IndexFunc(meetings, func(other council.Meeting) bool {
		return other.Number != m.Number && !other.Starts.Before(m.Starts) && other.Coordinates(groups)
	})
	if at < 0 || err != nil {
		return council.Meeting{}, false, err
	}
	return meetings[at], true, nil
}

// MeetingHearers lists those whom a reminder of a meeting is for, near to its beginning or
// the day before: guests whom it concerns, as long as they are invited still.
func (tx *Tx) MeetingHearers(m council.Meeting, near bool) ([]int64, error) {
	guests, err := tx.Guests(m.Number)
	if err != nil {
		return nil, err
	}
	invited, err := tx.invitedNow(m)
	if err != nil {
		return nil, err
	}
	for _, guest := range guests {
		if guest.For != 0 {
			invited[guest.MemberID] = true // whoever comes for somebody need be invited by nothing else
		}
	}
	return slices.DeleteFunc(m.Remind(guests, near), func(id int64) bool { return !m.InvitesByName(id) && !invited[id] }), nil
}

// invitedNow are the members who are invited through a group in which they are seen, or
// through a role.
func (tx *Tx) invitedNow(m council.Meeting) (map[int64]bool, error) {
	invited := make(map[int64]bool)
	note := func(members []council.Member, err error) error {
		for _, member := range members {
			invited[member.ID] = true
		}
		return err
	}
	groups, err := tx.Groups()
	if err != nil {
		return nil, err
	}
	for _, group := range groups {
		if m.To.Include(group) {
			if err := note(tx.MembersOf(group.ChatID)); err != nil {
				return nil, err
			}
		}
	}
	for _, role := range m.To.Roles {
		if err := note(tx.Holding(role)); err != nil {
			return nil, err
		}
	}
	return invited, nil
}
