package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

// notesAfter is how long after its end a meeting is still meant where none is named.
const notesAfter = 24 * time.Hour

// notesBefore is how long before its beginning people come together already.
const notesBefore = 30 * time.Minute

// minutes is /notulen M-4 kata: each line of it is a note. Without words the minutes
// are shown.
func (r *request) minutes() error { return r.takeMinutes(council.MinuteNote) }

// decisions is /keputusan [M-4] kata.
func (r *request) decisions() error { return r.takeMinutes(council.MinuteDecision) }

// openMinutes opens the minutes of a meeting, or the next edition of agreed ones, where
// they are not open, and keeps that.
func (r *request) openMinutes(m council.Meeting) (council.Meeting, error) {
	if m.Minutes.State == council.MinutesDraft {
		return m, nil
	}
	opened, err := m.Open(r.now)
	if err != nil {
		return m, err
	}
	return opened, r.tx.SaveMeeting(opened)
}

// noteMinute keeps a line of the minutes that are open, said by the message that asks.
func (r *request) noteMinute(m council.Meeting, kind council.MinuteKind, text string, subject council.Reference) (council.Minute, error) {
	line, err := m.Note(kind, text, subject, r.actor.ID, r.now)
	if err != nil {
		return line, err
	}
	if r.message != nil {
		line.Said = council.Place{ChatID: r.chatID, MessageID: r.message.ID}
	}
	if line, err = r.tx.AddMinute(m.Number, line); err != nil {
		return line, err
	}
	return line, r.record(m.Reference(), council.EventNoted, "", "kind", string(kind), "line", idText(line.ID))
}

// meetingAtHand is the meeting whose number stands at the beginning of the words, which
// is replied to, or which is under way or has just ended with the person who writes as
// one who may write its minutes. The rest is what stands behind the number. Where
// several are meant it is asked, and the meeting is the zero one.
func (r *request) meetingAtHand(words string) (council.Meeting, string, error) {
	words = strings.TrimSpace(words)
	word, after := firstWord(words)
	if reference, named := council.ParseReference(word); named && reference.Letter == council.MeetingLetter {
		found, err := r.findMeeting(reference.Number)
		return found, strings.TrimSpace(after), err
	}
	if r.about.Letter == council.MeetingLetter {
		found, err := r.findMeeting(r.about.Number)
		return found, words, err
	}
	near, err := r.meetingsToWrite()
	switch {
	case err != nil:
		return council.Meeting{}, words, err
	case len(near) == 0:
		return council.Meeting{}, words, council.Refuse("which_meeting")
	case len(near) == 1:
		return near[0], words, nil
	}
	return council.Meeting{}, words, r.askWhichMeeting(near)
}

// meetingsToWrite are the meetings under way, or just ended, whose minutes the person
// may write: the person's own duties go before those of everybody's coordinator, and
// in a group the meetings to which it is invited before others.
func (r *request) meetingsToWrite() ([]council.Meeting, error) {
	near, err := r.tx.MeetingsBetween(r.now.Add(-notesAfter), r.now.Add(notesBefore))
	if err != nil {
		return nil, err
	}
	near = slices.DeleteFunc(near, func(m council.Meeting) bool { return r.mayMeeting(council.ActionMinutes, m) != nil })
	narrow := func(fits func(council.Meeting) bool) {
		if slices.ContainsFunc(near, fits) {
			near = slices.DeleteFunc(near, func(m council.Meeting) bool { return !fits(m) })
		}
	}
	if r.linked() {
		narrow(func(m council.Meeting) bool { return m.To.Include(r.group) })
	}
	narrow(func(m council.Meeting) bool { return m.Leads(r.actor.ID) || m.Writes(r.actor.ID) })
	return near, nil
}
