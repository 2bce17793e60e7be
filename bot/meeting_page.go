package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// showMakersPage shows whoever made a meeting its page, in private.
func (r *request) showMakersPage(m council.Meeting) error {
	member, err := r.tx.Member(m.CreatedBy)
	if err != nil || !written(member) {
		return notFoundIsNil(err)
	}
	card, err := r.tx.Card(m.Reference().String(), aboutMeeting, member.TelegramID, 0)
	if err != nil {
		return err
	}
	return r.showMeetingPage(m, card)
}

// showMeetingPage brings the page of a coordinator up to date, in the person's own
// language. Whoever coordinates no longer is shown nothing more on it.
func (r *request) showMeetingPage(m council.Meeting, card store.Card) error {
	member, err := r.tx.MemberByTelegramID(card.ChatID)
	if err != nil || !written(member) {
		return notFoundIsNil(err)
	}
	actor, err := r.tx.Actor(member)
	if err != nil || !actor.Coordinates() {
		return err
	}
	theirs := *r
	theirs.actor, theirs.speak, theirs.private, theirs.group = actor, r.speaker(member), true, council.Group{}
	text, rows, err := theirs.meetingPage(m)
	if err != nil {
		return err
	}
	return r.queueMeetingCard(card, store.Payload{Text: text, Buttons: rows, Subject: m.Reference().String(), About: aboutMeeting})
}

// meetingPage is all that the one who asks may know of a meeting.
func (r *request) meetingPage(m council.Meeting) (string, [][]store.Button, error) {
	lines := []string{m.Reference().String() + " · " + m.Title}
	facts, err := r.meetingFacts(r.speak, m)
	if err != nil {
		return "", nil, err
	}
	turnout, err := r.turnout(m)
	if err != nil {
		return "", nil, err
	}
	lines = append(lines, facts...)
	return strings.Join(append(lines, turnoutText(r.speak, m, turnout)), "\n"), r.meetingButtons(r.speak, m, true), nil
}
