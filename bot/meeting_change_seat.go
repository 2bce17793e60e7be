package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// appointSeat says who leads a meeting or takes its minutes, and tells that person. It
// changes nothing of what the invited know.
func (r *request) appointSeat(m council.Meeting, field, words string) error {
	seat, err := r.representativeNamed(words)
	if err != nil {
		return err
	}
	chair, scribe := m.Chair, m.Scribe
	if field == wishChair {
		chair = seat
	} else {
		scribe = seat
	}
	if chair == m.Chair && scribe == m.Scribe {
		return council.Refuse("meeting_same", "Reference", m.Reference().String())
	}
	after, err := m.Appoint(chair, scribe)
	if err != nil {
		return err
	}
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return err
	}
	if err := r.tx.SaveMeeting(after); err != nil {
		return err
	}
	if err := r.record(after.Reference(), council.EventAppointed, "", "field", field); err != nil {
		return err
	}
	if err := errors.Join(r.tellAppointed(after, field, seat), r.afterInviting(after)); err != nil {
		return err
	}
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, meetingBefore{m, guests}); err != nil {
		return err
	}
	name, err := r.seatName(r.speak, seat)
	if err != nil {
		return err
	}
	text := joinedLines(meetingHead(after), r.speak.Say("meeting."+field, "Name", name))
	return r.replyAbout(after.Reference().String(), aboutMeeting, text, []store.Button{button(r.speak, "undo", pressMeeting, meetingUndo, after.Number, after.Version)})
}

// tellAppointed tells a member of the duty, where the invitation does not say it anyway.
func (r *request) tellAppointed(m council.Meeting, field string, seat council.Seat) error {
	if seat.MemberID == 0 || seat.MemberID == r.actor.ID || m.State != council.MeetingPlanned {
		return nil
	}
	guest, err := r.guest(m, seat.MemberID)
	if err != nil || guest.Told == 0 {
		return err
	}
	member, err := r.tx.Member(seat.MemberID)
	if err != nil {
		return err
	}
	speak := r.speaker(member)
	_, err = r.tell(member, m.Reference().String(), aboutMeeting, speak.Say("meeting.appointed."+field, "Person", greetPerson(speak, member),
		"Meeting", meetingHead(m), "Time", r.meetingTime(speak, m)))
	return err
}

// inviteMore invites further groups, roles and people.
func (r *request) inviteMore(m council.Meeting, words string) error {
	to, people, unread, err := r.invitedNamed(words)
	if err != nil {
		return err
	}
	if len(unread) > 0 || to.None() && len(people) == 0 {
		return council.Refuse("meeting_invited_unread", "Phrase", shorten(joinParts(unread...), phraseLimit))
	}
	after, err := m.Invite(to, people)
	if err != nil {
		return err
	}
	if m.To.Name(to) && !slices.ContainsFunc(people, func(id int64) bool { return !slices.Contains(m.People, id) }) {
		return council.Refuse("meeting_same", "Reference", m.Reference().String())
	}
	if err := r.tx.SaveMeeting(after); err != nil {
		return err
	}
	if err := r.record(after.Reference(), council.EventInvited, ""); err != nil {
		return err
	}
	if err := r.afterInviting(after); err != nil {
		return err
	}
	names, err := r.invitedNames(after)
	if err != nil {
		return err
	}
	return r.replyAbout(after.Reference().String(), aboutMeeting, joinedLines(meetingHead(after), r.speak.Say("meeting.invited", "Names", names)))
}

// afterInviting invites whoever was not yet, and shows and plans the meeting anew.
func (r *request) afterInviting(m council.Meeting) error {
	if m.State == council.MeetingPlanned {
		if err := r.inviteAll(m); err != nil {
			return err
		}
	}
	return errors.Join(r.showMeeting(m), r.planMeeting(m))
}

// invitedNamed reads names of groups, roles and people.
func (r *request) invitedNamed(words string) (to council.Addressees, people []int64, unread []string, err error) {
	rest, mentioned, err := r.takeMentions(body(r.message))
	if err != nil {
		return to, nil, nil, err
	}
	if people = mentioned; len(mentioned) > 0 {
		words = invitedBehind(rest)
	}
	for _, name := range splitAddressees(words) {
		if groups, known := r.addresseesNamed(name); known {
			to = to.And(groups)
			continue
		}
		called, err := r.membersCalled(name)
		if err != nil {
			return to, people, unread, err
		}
		if len(called) == 0 {
			unread = append(unread, name)
		}
		people = append(people, called...)
	}
	return to, people, unread, nil
}

// invitedBehind is what stands behind "M-4 undang" in a text without its mentions.
func invitedBehind(text string) string {
	text = strings.TrimSpace(text)
	if word, rest := firstWord(text); word != "" {
		if reference, named := council.ParseReference(word); named && reference.Letter == council.MeetingLetter {
			text = rest
		}
	}
	if field, rest := readWish(text); field == wishInvite {
		return rest
	}
	return text
}
