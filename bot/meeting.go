package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What buttons of meetings mean; each belongs to one conversation.
const (
	pressMeeting    = "meet"   // the card: answers to the invitation, and pages of the meeting
	pressInvite     = "invite" // the draft of a meeting
	pressAgenda     = "agenda"
	pressAttendance = "attend"
	pressMinutes    = "minutes"
)

// Kinds of messages about meetings.
const (
	cardMeeting  = "meeting"      // in an invited group, or with an invited person
	aboutMeeting = "meeting_page" // anything else about a meeting
)

// findMeeting finds a meeting; a refusal when there is none.
func (r *request) findMeeting(number int64) (council.Meeting, error) {
	found, err := r.tx.Meeting(number)
	if errors.Is(err, store.ErrNotFound) {
		return found, council.Refuse("no_such_thing", "Reference", council.MeetingReference(number).String())
	}
	return found, err
}

// meetingNamed is the meeting at the beginning of the text, or the one that is replied
// to, and what stands behind it; 0 for none.
func (r *request) meetingNamed() (number int64, rest string) {
	text := strings.TrimSpace(r.text)
	word, after := firstWord(text)
	if reference, named := council.ParseReference(word); named && reference.Letter == council.MeetingLetter {
		return reference.Number, strings.TrimSpace(after)
	}
	if r.about.Letter == council.MeetingLetter {
		return r.about.Number, text
	}
	return 0, text
}

// mayMeeting decides about an action with a meeting, for one who is invited or not.
func (r *request) mayMeeting(action council.Action, m council.Meeting) error {
	scope := council.Scope{GroupID: r.group.ID, Assigned: r.invitedTo(m)}
	if action == council.ActionMinutes {
		scope.Assigned = m.Leads(r.actor.ID) || m.Writes(r.actor.ID)
	} else if !scope.Assigned {
		guest, err := r.guest(m, r.actor.ID)
		if err != nil {
			return err
		}
		scope.Assigned = guest.Told != 0 // comes for somebody, or was invited in private
	}
	return r.may(action, scope)
}

// invitedTo tells whether the one who asks is invited: by name, through a role, or
// through a group in which the person is seen.
func (r *request) invitedTo(m council.Meeting) bool {
	return m.InvitesByName(r.actor.ID) || slices.ContainsFunc(m.To.Roles, r.actor.Has) ||
		slices.ContainsFunc(r.actor.Groups, m.To.Include)
}

// seatName names who has a duty at a meeting; "" for nobody.
func (r *request) seatName(speak locale.Speaker, seat council.Seat) (string, error) {
	if seat.MemberID == 0 {
		return seat.Name, nil
	}
	member, err := r.tx.Member(seat.MemberID)
	if err != nil {
		return "", err
	}
	return namePerson(speak, member), nil
}

// meetingTime is when a meeting takes place, in the city's zone: "Kamis, 4 Juni 2026
// pukul 09.00–11.00 WITA", or from moment to moment where it lasts over midnight.
func (r *request) meetingTime(speak locale.Speaker, m council.Meeting) string {
	starts, ends := m.Starts.In(r.city.Zone), m.Ends().In(r.city.Zone)
	if council.DayOf(m.Starts, r.city.Zone) != council.DayOf(m.Ends(), r.city.Zone) {
		return speak.Say("meeting.from_to", "From", speak.Moment(m.Starts, r.city.Zone), "Until", speak.Moment(m.Ends(), r.city.Zone))
	}
	hour, _, _ := strings.Cut(speak.Hour(starts), " ")
	return speak.Say("meeting.time", "Day", speak.Day(starts), "From", hour, "Until", speak.Hour(ends))
}
