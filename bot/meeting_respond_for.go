package bot

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// followRepresentative tells whom an answer concerns: who comes in somebody's place, who
// does no more, and in whose place somebody cannot come.
func (r *request) followRepresentative(m council.Meeting, before, after council.Guest) error {
	if after.For != 0 {
		return r.followPrincipal(m, after)
	}
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return err
	}
	now := after.Representative.MemberID
	for _, guest := range guests {
		if guest.For == r.actor.ID && guest.MemberID != now {
			if err := r.releaseRepresentative(m, guest); err != nil {
				return err
			}
		}
	}
	if now == 0 || now == before.Representative.MemberID {
		return nil
	}
	return r.inviteRepresentative(m, now)
}

// inviteRepresentative invites a member who comes in the place of the one who asks.
func (r *request) inviteRepresentative(m council.Meeting, memberID int64) error {
	member, err := r.tx.Member(memberID)
	if err != nil {
		return err
	}
	guest, err := r.guest(m, member.ID)
	if err != nil {
		return err
	}
	if guest.For == 0 && (guest.Told != 0 || guest.GroupID != 0 || m.InvitesByName(member.ID)) {
		speak := r.speaker(member)
		text := speak.Say("meeting.represent", "Person", greetPerson(speak, member), "Principal", namePerson(speak, r.actor.Member), "Meeting", meetingHead(m))
		_, err := r.tell(member, m.Reference().String(), aboutMeeting, text)
		return err
	}
	guest.For, guest.Known, guest.Response = r.actor.ID, council.Known{}, council.ResponseNone
	return r.inviteInPlace(m, member, guest)
}

// inviteInPlace keeps that a member comes in somebody's place, and says so to one who was
// not told and can be written to.
func (r *request) inviteInPlace(m council.Meeting, member council.Member, guest council.Guest) error {
	if guest.Told == 0 && written(member) {
		guest.Known = council.Known{Told: m.Edition}
		if err := r.queueInvitation(m, member, guest); err != nil {
			return err
		}
	}
	return r.tx.SaveGuest(m.Number, guest)
}

// releaseRepresentative tells a member to come no more in the place of the one who asks.
// An invitation that has not left yet never does.
func (r *request) releaseRepresentative(m council.Meeting, guest council.Guest) error {
	member, err := r.tx.Member(guest.MemberID)
	if err != nil {
		return err
	}
	if err := r.tx.DropGuest(m.Number, guest.MemberID); err != nil || guest.Told == 0 || !written(member) {
		return err
	}
	reference := m.Reference().String()
	card, err := r.tx.Card(reference, cardMeeting, member.TelegramID, 0)
	if err != nil {
		return err
	}
	unsent, err := r.tx.CardUnsent(card)
	if err != nil {
		return err
	}
	if err := r.tx.LeaveCard(card.ID); err != nil {
		return err
	}
	if _, err := r.tx.DropAbout(member.TelegramID, reference, aboutMeetingFile, time.Now()); err != nil || unsent {
		return err
	}
	speak := r.speaker(member)
	text := speak.Say("meeting.released", "Person", greetPerson(speak, member), "Principal", namePerson(speak, r.actor.Member), "Meeting", meetingHead(m))
	_, err = r.tell(member, reference, aboutMeeting, text)
	return err
}

// followPrincipal brings the answer of the one in whose place somebody was to come into
// step with what that one answers.
func (r *request) followPrincipal(m council.Meeting, representative council.Guest) error {
	principal, err := r.guest(m, representative.For)
	if err != nil {
		return err
	}
	seat := council.Seat{MemberID: representative.MemberID}
	switch {
	case representative.Response == council.ResponseComing && principal.Response == council.ResponseNone:
		principal.Response, principal.Representative, principal.RespondedAt = council.ResponseRepresented, seat, r.now
		return r.saveAndShow(m, principal)
	case representative.Response != council.ResponseAway || principal.Representative != seat:
		return nil
	}
	principal.Response, principal.Representative = council.ResponseNone, council.Seat{}
	if err := r.saveAndShow(m, principal); err != nil {
		return err
	}
	member, err := r.tx.Member(principal.MemberID)
	if err != nil {
		return err
	}
	speak := r.speaker(member)
	text := speak.Say("meeting.represent_not", "Person", greetPerson(speak, member), "Name", namePerson(speak, r.actor.Member), "Meeting", meetingHead(m))
	_, err = r.tell(member, m.Reference().String(), aboutMeeting, text, answerButtons(speak, m))
	return err
}

// saveAndShow keeps what is known of a guest, and shows it to that one.
func (r *request) saveAndShow(m council.Meeting, guest council.Guest) error {
	if err := r.tx.SaveGuest(m.Number, guest); err != nil {
		return err
	}
	member, err := r.tx.Member(guest.MemberID)
	if err != nil || member.TelegramID == 0 {
		return err
	}
	cards, err := r.tx.Cards(m.Reference().String())
	for _, card := range cards {
		if err == nil && card.Kind == cardMeeting && card.ChatID == member.TelegramID {
			err = r.showToGuest(m, card)
		}
	}
	return err
}
