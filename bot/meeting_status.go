package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
)

// statusMeetings is among how many coming meetings the next one of a group or a person is
// looked for.
const statusMeetings = 50

// nextMeetingOfCity says which meeting comes next, in a line; nothing where there is none.
func (r *request) nextMeetingOfCity() ([]string, error) {
	return r.nextMeeting(1, func(council.Meeting) bool { return true })
}

// nextMeetingHere says which meeting comes next to which the group is invited.
func (r *request) nextMeetingHere() ([]string, error) {
	return r.nextMeeting(statusMeetings, func(m council.Meeting) bool { return m.To.Include(r.group) })
}

// nextMeetingOwn says which meeting comes next to which the person is invited.
func (r *request) nextMeetingOwn() ([]string, error) {
	return r.nextMeeting(statusMeetings, r.invitedTo)
}

// nextMeeting is the first of so many coming meetings that is meant: when, what, and how
// many will be there.
func (r *request) nextMeeting(among int, meant func(council.Meeting) bool) ([]string, error) {
	coming, err := r.tx.ComingMeetings(r.now, among)
	if err != nil {
		return nil, err
	}
	for _, m := range coming {
		if !meant(m) {
			continue
		}
		turnout, err := r.turnout(m)
		if err != nil {
			return nil, err
		}
		counts := r.speak.Say("meeting_status.counts", "Coming", turnout.Expected(), "Silent", turnout.Silent)
		if m.Seats > 0 {
			counts = r.speak.Say("meeting_status.seats", "N", turnout.Expected(), "Seats", m.Seats)
		}
		local := m.Starts.In(r.city.Zone)
		hour, _, _ := strings.Cut(r.speak.Hour(local), " ")
		return []string{r.speak.Say("meeting_status.next", "Day", r.speak.Weekday(local)+" "+r.speak.BriefDate(local), "Hour", hour,
			"Title", shorten(plainLine(m.Title), cardTitleLimit), "Counts", counts, "Reference", m.Reference().String())}, nil
	}
	return nil, nil
}
