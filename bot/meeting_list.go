package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How many meetings a list shows, and among how many those are looked for that may be shown.
const (
	meetingsListed = 8
	meetingsRead   = 200
)

// What a list of meetings holds.
const (
	meetingsComing = 0
	meetingsPast   = 1
)

// meetings is /rapat: what is coming; with a number that meeting's page, and with words
// behind it a change of it.
func (r *request) meetings() error {
	number, rest := r.meetingNamed()
	if number == 0 {
		return r.listMeetings(meetingsComing)
	}
	m, err := r.findMeeting(number)
	if err != nil {
		return err
	}
	if rest != "" {
		return r.changeMeeting(m, rest)
	}
	if err := r.mayMeeting(council.ActionSeeMeeting, m); err != nil {
		return err
	}
	return r.showMeetingHere(m)
}

// listMeetings answers with a list.
func (r *request) listMeetings(which int64) error {
	text, rows, err := r.meetingsPage(which, 0)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutMeetings, text, rows...)
}

// aboutMeetings marks a list of meetings, which is turned in its place.
const aboutMeetings = "meetings"

// pressMeetings turns a list, or shows the other one.
func (r *request) pressMeetings(which, page int64) error {
	if err := r.may(council.ActionOwnData, council.Scope{}); err != nil {
		return err
	}
	text, rows, err := r.meetingsPage(which, page)
	if err != nil {
		return err
	}
	if err := r.editIndicators("", aboutMeetings, text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// meetingsPage lists what is coming or what is over, as far as the one who asks may see it.
func (r *request) meetingsPage(which, wanted int64) (string, [][]store.Button, error) {
	read, heading, other := r.tx.ComingMeetings, "meeting.list.coming", button(r.speak, "meeting_past", pressMeeting, meetingList, meetingsPast, 0)
	if which == meetingsPast {
		read, heading, other = r.tx.PastMeetings, "meeting.list.past", button(r.speak, "meeting_next", pressMeeting, meetingList, meetingsComing, 0)
	}
	all, err := read(r.now, meetingsRead)
	if err != nil {
		return "", nil, err
	}
	var seen []council.Meeting
	for _, m := range all {
		if r.mayMeeting(council.ActionSeeMeeting, m) == nil && r.shownHere(m) {
			seen = append(seen, m)
		}
	}
	if len(seen) == 0 {
		return r.speak.Say(heading + "_none"), [][]store.Button{{other}}, nil
	}
	size := meetingsListed
	if !r.private {
		size = groupListed
	}
	page, pages := announcementPageOf(wanted, len(seen), size)
	lines := []string{r.speak.Say(heading)}
	if !r.private {
		lines = nil
	}
	var opens []store.Button
	for _, m := range seen[page*size : min(len(seen), (page+1)*size)] {
		line, err := r.meetingLine(m)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, line)
		opens = append(opens, store.Button{Text: m.Reference().String(), Data: data(pressMeeting, meetingOpen, m.Number)})
	}
	return strings.Join(lines, "\n"), r.meetingsRows(opens, other, which, page, pages), nil
}

// groupListed is how many meetings are listed in a group.
const groupListed = 3

func (r *request) meetingsRows(opens []store.Button, other store.Button, which int64, page, pages int) [][]store.Button {
	var rows [][]store.Button
	for ; len(opens) > 4; opens = opens[4:] {
		rows = append(rows, opens[:4:4])
	}
	rows = append(rows, opens)
	var last []store.Button
	if page > 0 {
		last = append(last, button(r.speak, "previous", pressMeeting, meetingList, which, page-1))
	}
	if page+1 < pages {
		last = append(last, button(r.speak, "next", pressMeeting, meetingList, which, page+1))
	}
	return append(rows, append(last, other))
}

// shownHere tells whether a meeting may be named where it is asked for: a group of a
// community hears of the meetings to which it is invited.
func (r *request) shownHere(m council.Meeting) bool {
	return r.private || r.linked() && (r.group.Kind != council.KindCommunity || m.To.Include(r.group))
}

// meetingLine is a meeting in one line of a list.
func (r *request) meetingLine(m council.Meeting) (string, error) {
	starts := m.Starts.In(r.city.Zone)
	parts := []string{m.Reference().String(), r.speak.ShortDay(starts) + " " + r.speak.Hour(starts), shorten(plainLine(m.Title), phraseLimit*2)}
	if !m.Coming(r.now) {
		if m.State == council.MeetingPlanned {
			return strings.Join(parts, " · "), nil
		}
		return strings.Join(append(parts, r.speak.Say("meeting.state."+string(m.State))), " · "), nil
	}
	turnout, err := r.turnout(m)
	return strings.Join(append(parts, r.speak.Say("meeting.list.expected", "N", turnout.Expected())), " · "), err
}
