package council

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// Guest is what is known of one member about one meeting: whether and how the member
// was invited, and what was answered.
type Guest struct {
	MemberID       int64
	GroupID        int64 // the invited group in which the member was met; 0: invited in private alone
	Known                // what the member was told of the meeting in private
	For            int64 // the member in whose place this one was invited; 0: in the own right
	Response       Response
	Representative Seat   // who comes instead
	Reason         string // why the member does not come
	RespondedAt    time.Time
}

// Response is what an invited member says about coming.
type Response string

// Responses to an invitation (domain.md, section 10).
const (
	ResponseNone        Response = ""
	ResponseComing      Response = "coming"      // Hadir
	ResponseRepresented Response = "represented" // Diwakilkan
	ResponseAway        Response = "away"        // Berhalangan
)

// ApologyLimit is the longest reason for not coming, in runes.
const ApologyLimit = 300

// Respond gives an answer to an invitation. The one that was given before does not
// count any more. Refusals: "meeting_over", "representative_missing",
// "meeting_name_long" and "meeting_reason_long" (with Most).
func (m Meeting) Respond(guest Guest, response Response, representative Seat, reason string, now time.Time) (Guest, error) {
	switch {
	case !m.Coming(now):
		return guest, m.refuse("meeting_over")
	case response == ResponseRepresented && representative.IsZero():
		return guest, m.refuse("representative_missing")
	case utf8.RuneCountInString(representative.Name) > MeetingNameLimit:
		return guest, refuseLong("name", MeetingNameLimit)
	case utf8.RuneCountInString(reason) > ApologyLimit:
		return guest, refuseLong("reason", ApologyLimit)
	}
	guest.Response, guest.Representative, guest.Reason, guest.RespondedAt = response, Seat{}, "", now
	switch response {
	case ResponseRepresented:
		guest.Representative = representative
	case ResponseAway:
		guest.Reason = reason
	}
	return guest, nil
}

// Concerned tells whether a reminder of the meeting is of use to a guest: to who comes,
// and, before it is near, to who has not answered. Who leads or writes comes unless
// the answer was another.
func (m Meeting) Concerned(guest Guest, near bool) bool {
	if m.Leads(guest.MemberID) || m.Writes(guest.MemberID) {
		return guest.Response == ResponseNone || guest.Response == ResponseComing
	}
	return guest.Response == ResponseComing || guest.Response == ResponseNone && !near
}

// Turnout counts guests by their answers.
type Turnout struct {
	Coming, Represented, Away, Silent int
}

// Expected is how many will be there.
func (t Turnout) Expected() int { return t.Coming + t.Represented }

// TurnoutOf counts guests by their answers. Who comes for somebody else is counted by
// that one's answer.
func TurnoutOf(guests []Guest) Turnout {
	var t Turnout
	for _, guest := range guests {
		if guest.For != 0 {
			continue
		}
		switch guest.Response {
		case ResponseComing:
			t.Coming++
		case ResponseRepresented:
			t.Represented++
		case ResponseAway:
			t.Away++
		default:
			t.Silent++
		}
	}
	return t
}

// Attendee is somebody who was at a meeting: a member, or a person unknown to the bot
// by name, perhaps in the place of a member.
type Attendee struct {
	ID       int64
	MemberID int64  // 0 for who is no member
	Name     string // of who is no member
	For      int64  // the member who is represented; 0: nobody
	Office   string // from where the person comes, as it was written
	GroupID  int64  // the group for which the person was there; 0: none is known
	NotedBy  int64  // the member who noted it
	At       time.Time
	From     int // the first edition of the minutes in which the person stands
	Until    int // the first edition in which the person stands no more; 0: stands
}

func refuseLong(field string, most int) error {
	return Refuse("meeting_"+field+"_long", "Most", strconv.Itoa(most))
}
