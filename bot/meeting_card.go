package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// showMeeting brings every card of a meeting to its latest face: those in groups, the
// private invitations and the pages of coordinators.
func (r *request) showMeeting(m council.Meeting) error {
	return r.showMeetingCards(m, func(store.Card) bool { return true })
}

// showAnswers brings up to date what shows the answers: the cards in groups, the pages
// of coordinators, and the invitation of the one who answered.
func (r *request) showAnswers(m council.Meeting, member council.Member) error {
	err := r.showMeetingCards(m, func(card store.Card) bool {
		return card.Kind == aboutMeeting || card.ChatID < 0 || card.ChatID == member.TelegramID
	})
	return errors.Join(err, r.refreshDigestsOf(member.ID, m.Reference()), r.refreshPressed())
}

func (r *request) showMeetingCards(m council.Meeting, shown func(store.Card) bool) error {
	cards, err := r.tx.Cards(m.Reference().String())
	if err != nil {
		return err
	}
	turnout, err := r.turnout(m)
	if err != nil {
		return err
	}
	for _, card := range cards {
		switch {
		case !shown(card):
		case card.Kind == aboutMeeting:
			err = r.showMeetingPage(m, card)
		case card.Kind == cardMeeting && card.ChatID < 0:
			err = r.showInGroup(m, turnout, card)
		case card.Kind == cardMeeting:
			err = r.showToGuest(m, card)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// turnout counts the answers to an invitation.
func (r *request) turnout(m council.Meeting) (council.Turnout, error) {
	guests, err := r.tx.Guests(m.Number)
	return council.TurnoutOf(guests), err
}

// showInGroup brings a card up to date in a group that is linked still.
func (r *request) showInGroup(m council.Meeting, turnout council.Turnout, card store.Card) error {
	group, err := r.tx.GroupOf(card.ChatID, card.ThreadID)
	if errors.Is(err, store.ErrNotFound) || err == nil && !group.Reachable {
		return nil
	}
	if err != nil {
		return err
	}
	return r.queueMeetingCard(card, r.meetingFace(r.book.In(group.Language), m, turnout))
}

// showToGuest brings a private invitation up to date.
func (r *request) showToGuest(m council.Meeting, card store.Card) error {
	member, err := r.tx.MemberByTelegramID(card.ChatID)
	if err != nil || !written(member) {
		return notFoundIsNil(err)
	}
	guest, err := r.guest(m, member.ID)
	if err != nil {
		return err
	}
	return r.showInvitation(m, member, guest, card)
}

// queueMeetingCard shows a card as one of many: no answer waits for it.
func (r *request) queueMeetingCard(card store.Card, payload store.Payload) error {
	return r.queueMeetingCardAt(card, store.PriorityBroadcast, payload)
}

func (r *request) queueMeetingCardAt(card store.Card, priority store.Priority, payload store.Payload) error {
	return r.tx.Queue(store.Outgoing{
		ChatID: card.ChatID, ThreadID: card.ThreadID, Kind: store.KindCard, Priority: priority, CardID: card.ID, Payload: payload,
	}, time.Now())
}

// meetingFace is a meeting in a group, in three lines: what, when and where, and how
// many come. Who does not come is named to nobody there.
func (r *request) meetingFace(speak locale.Speaker, m council.Meeting, turnout council.Turnout) store.Payload {
	lines := []string{meetingHead(m), joinParts(r.meetingTime(speak, m), shorten(plainLine(m.Place), cardTitleLimit))}
	if m.State == council.MeetingCancelled || m.State == council.MeetingMissed {
		lines = append(lines, speak.Say("meeting.card."+string(m.State)))
	} else {
		lines = append(lines, turnoutText(speak, m, turnout))
	}
	return store.Payload{Text: strings.Join(lines, "\n"), Buttons: r.groupButtons(speak, m), Subject: m.Reference().String(), About: cardMeeting}
}

// meetingHead is "M-4 · Rapat persiapan evaluasi".
func meetingHead(m council.Meeting) string {
	return m.Reference().String() + " · " + shorten(plainLine(m.Title), cardTitleLimit)
}

// turnoutText counts the answers, and the seats where a number was named.
func turnoutText(speak locale.Speaker, m council.Meeting, turnout council.Turnout) string {
	text := speak.Say("meeting.card.counts", "Coming", turnout.Coming, "Represented", turnout.Represented, "Away", turnout.Away)
	if m.Seats > 0 {
		text += " · " + speak.Say("meeting.card.seats", "N", turnout.Expected(), "Seats", m.Seats)
	}
	return text
}

// groupButtons stand below a card in a group: the answers while they are taken, the
// attendance while people come together, and what can be looked at.
func (r *request) groupButtons(speak locale.Speaker, m council.Meeting) [][]store.Button {
	return r.meetingButtons(speak, m, council.Guest{}, button(speak, "meeting_answers", pressMeeting, meetingAnswers, m.Number))
}

func (r *request) meetingButtons(speak locale.Speaker, m council.Meeting, guest council.Guest, looks ...store.Button) [][]store.Button {
	if m.State == council.MeetingCancelled || m.State == council.MeetingMissed {
		return nil
	}
	var rows [][]store.Button
	if here := r.attendanceRow(speak, m); here != nil {
		rows = append(rows, here)
	}
	agenda := []store.Button{button(speak, "meeting_agenda", pressAgenda, agendaShow, m.Number)}
	if m.Coming(r.now) {
		rows = append(rows, guestButtons(speak, m, guest))
		if guest.For == 0 { // who comes for somebody is invited by nobody
			agenda = append(agenda, button(speak, "agenda_propose", pressAgenda, agendaPropose, m.Number))
		}
	}
	return append(rows, append(agenda, looks...))
}

// answerButtons are the three answers to an invitation.
func answerButtons(speak locale.Speaker, m council.Meeting) []store.Button {
	return []store.Button{
		button(speak, "meeting_coming", pressMeeting, meetingComing, m.Number),
		button(speak, "meeting_represented", pressMeeting, meetingRepresented, m.Number),
		button(speak, "meeting_away", pressMeeting, meetingAway, m.Number),
	}
}

// guestButtons are the answers of one guest: who comes for somebody sends nobody else.
func guestButtons(speak locale.Speaker, m council.Meeting, guest council.Guest) []store.Button {
	buttons := answerButtons(speak, m)
	if guest.For != 0 {
		return []store.Button{buttons[0], buttons[2]}
	}
	return buttons
}

// showInvitation puts the private invitation on its card.
func (r *request) showInvitation(m council.Meeting, member council.Member, guest council.Guest, card store.Card) error {
	speak := r.speaker(member)
	text, err := r.invitationText(speak, m, member, guest)
	if err != nil {
		return err
	}
	return r.queueMeetingCard(card, store.Payload{
		Text: text, Buttons: r.meetingButtons(speak, m, guest), Subject: m.Reference().String(), About: cardMeeting,
	})
}

// invitationText is the invitation of one person: what, when, where, who leads, what
// about, and the person's own answer.
func (r *request) invitationText(speak locale.Speaker, m council.Meeting, member council.Member, guest council.Guest) (string, error) {
	key, principal := "meeting.invitation", ""
	if guest.For != 0 {
		one, err := r.tx.Member(guest.For)
		if err != nil {
			return "", err
		}
		key, principal = "meeting.invitation_for", namePerson(speak, one)
	}
	lines := []string{speak.Say(key, "Person", greetPerson(speak, member), "Meeting", m.Reference().String()+" · "+m.Title, "Principal", principal)}
	facts, err := r.meetingFacts(speak, m)
	if err != nil {
		return "", err
	}
	lines = append(lines, facts...)
	agenda, err := r.agendaLines(speak, m)
	if err != nil {
		return "", err
	}
	if len(agenda) > 0 {
		lines = append(lines, speak.Say("meeting.agenda"))
		lines = append(lines, agenda...)
	}
	switch {
	case m.State != council.MeetingPlanned:
		return strings.Join(append(lines, speak.Say("meeting.card."+string(m.State))), "\n"), nil
	case !m.Coming(r.now) && guest.Response == council.ResponseNone: // nobody waits for an answer now
		return strings.Join(lines, "\n"), nil
	}
	answer, err := r.guestAnswer(speak, guest)
	return strings.Join(append(lines, answer), "\n"), err
}

// meetingFacts are when and where it is, who leads and who takes the minutes.
func (r *request) meetingFacts(speak locale.Speaker, m council.Meeting) ([]string, error) {
	lines := []string{speak.Say("meeting.when", "Time", r.meetingTime(speak, m))}
	if m.Place != "" {
		lines = append(lines, speak.Say("meeting.where", "Place", m.Place))
	}
	chair, err := r.seatName(speak, m.Chair)
	if err != nil {
		return nil, err
	}
	scribe, err := r.seatName(speak, m.Scribe)
	if err != nil {
		return nil, err
	}
	if chair != "" {
		chair = speak.Say("meeting.chair", "Name", chair)
	}
	if scribe != "" {
		scribe = speak.Say("meeting.scribe", "Name", scribe)
	}
	if seats := joinParts(chair, scribe); seats != "" {
		lines = append(lines, seats)
	}
	return lines, nil
}

// guestAnswer is what somebody has answered to an invitation.
func (r *request) guestAnswer(speak locale.Speaker, guest council.Guest) (string, error) {
	key := "meeting.answer." + string(guest.Response)
	if guest.Response == council.ResponseNone {
		key = "meeting.answer.none"
	}
	name, err := r.seatName(speak, guest.Representative)
	if err != nil {
		return "", err
	}
	return speak.Say(key, "Name", name, "Reason", guest.Reason), nil
}
