package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// What is done by a button of pressMeeting; the number of the meeting follows. These
// words stand inside buttons that live as long as their messages: they are added to,
// never changed.
const (
	meetingComing      = "yes"
	meetingRepresented = "rep"
	meetingAway        = "no"
	meetingSkip        = "skip"    // says no reason
	meetingAsk         = "ask"     // shows the own answer, to give it or to change it
	meetingAnswers     = "answers" // [Daftar hadir]; a page may follow
	meetingOpen        = "open"    // the page
	meetingList        = "list"    // of no meeting: what is coming, or what is over; a page follows
	meetingEdit        = "edit"    // what can be changed
	meetingField       = "field"   // asks for one of it; which one follows
	meetingGo          = "go"      // makes the change that was shown; the version follows
	meetingKeep        = "keep"    // leaves it as it is
	meetingUndo        = "undo"    // takes the last change back; its version follows
)

// meetingPresses maps the words of buttons to what answers them.
func meetingPresses() map[string]func(*request, council.Meeting, pressArguments) error {
	return map[string]func(*request, council.Meeting, pressArguments) error{
		meetingComing: (*request).pressComing, meetingRepresented: (*request).pressRepresented, meetingAway: (*request).pressAway,
		meetingSkip: (*request).pressNoReason, meetingAsk: (*request).pressOwnAnswer, meetingAnswers: (*request).pressAnswers,
		meetingOpen: (*request).pressMeetingPage, meetingEdit: (*request).pressEditMeeting, meetingField: (*request).pressMeetingWish,
		meetingGo: (*request).pressMeetingGo, meetingKeep: (*request).pressMeetingKeep, meetingUndo: (*request).pressUndoMeeting,
	}
}

// pressMeeting answers the buttons of cards, invitations and pages. What a button
// carries may be forged: what the one who presses may do is asked anew.
func (r *request) pressMeeting(arguments pressArguments) error {
	verb, rest := arguments.text(0), arguments[min(2, len(arguments)):]
	if verb == meetingList {
		return r.pressMeetings(arguments.number(1), rest.number(0))
	}
	press, known := meetingPresses()[verb]
	if !known {
		return r.stale()
	}
	m, err := r.findMeeting(arguments.number(1))
	if err != nil {
		return err
	}
	return press(r, m, rest)
}

func (r *request) pressComing(m council.Meeting, _ pressArguments) error {
	return r.pressGuestAnswer(m, council.ResponseComing)
}

// pressAway takes that somebody does not come at once; why is asked afterwards, and may
// be left out.
func (r *request) pressAway(m council.Meeting, _ pressArguments) error {
	if !r.private && !written(r.actor.Member) {
		return r.pressGuestAnswer(m, council.ResponseAway)
	}
	if _, err := r.respond(m, council.ResponseAway, council.Seat{}, ""); err != nil {
		return err
	}
	return r.askGuest(m, guestWhy)
}

func (r *request) pressGuestAnswer(m council.Meeting, response council.Response) error {
	guest, err := r.respond(m, response, council.Seat{}, "")
	if err != nil {
		return err
	}
	text, err := r.answeredText(m, guest)
	if err != nil {
		return err
	}
	return r.toast(text)
}

// pressRepresented asks who comes instead. Until that is said the answer from before counts.
func (r *request) pressRepresented(m council.Meeting, _ pressArguments) error {
	guest, err := r.mayRespond(m)
	if err != nil {
		return err
	}
	if guest.For != 0 {
		return council.Refuse("represent_again", "Reference", m.Reference().String())
	}
	return r.askGuest(m, guestBy)
}

// mayRespond finds what the one who asks has answered so far, and refuses who is not
// invited, and meetings that are over.
func (r *request) mayRespond(m council.Meeting) (council.Guest, error) {
	if err := r.mayMeeting(council.ActionRespond, m); err != nil {
		return council.Guest{}, err
	}
	guest, err := r.guest(m, r.actor.ID)
	if err != nil {
		return guest, err
	}
	_, err = m.Respond(guest, council.ResponseComing, council.Seat{}, "", r.now)
	return guest, err
}

// respond keeps an answer of the one who asks, tells whom it concerns, and shows it.
// Whoever comes and was met in a group alone gets the invitation in private.
func (r *request) respond(m council.Meeting, response council.Response, representative council.Seat, reason string) (council.Guest, error) {
	before, err := r.mayRespond(m)
	if err != nil {
		return before, err
	}
	switch {
	case response == council.ResponseRepresented && before.For != 0:
		return before, council.Refuse("represent_again", "Reference", m.Reference().String())
	case representative.MemberID == r.actor.ID:
		return before, council.Refuse("represent_self")
	}
	after, err := m.Respond(before, response, representative, reason, r.now)
	if err != nil {
		return before, err
	}
	if after.GroupID == 0 {
		after.GroupID = r.invitedIn(m)
	}
	welcome := response == council.ResponseComing && after.Told == 0 && written(r.actor.Member)
	if welcome {
		after.Told = m.Edition
	}
	if err := r.tx.SaveGuest(m.Number, after); err != nil {
		return after, err
	}
	if err := r.record(m.Reference(), council.EventReplied, "", "response", string(response)); err != nil {
		return after, err
	}
	if welcome {
		if err := r.queueInvitation(m, r.actor.Member, after); err != nil {
			return after, err
		}
	}
	if err := r.followRepresentative(m, before, after); err != nil {
		return after, err
	}
	return after, errors.Join(r.showAnswers(m, r.actor.Member), r.refreshDigests(m.Reference()))
}

// invitedIn is the invited group for which the one who asks answers; 0 for none.
func (r *request) invitedIn(m council.Meeting) int64 {
	if r.linked() && m.To.Include(r.group) {
		return r.group.ID
	}
	for _, group := range r.actor.Groups {
		if m.To.Include(group) {
			return group.ID
		}
	}
	return 0
}

// answeredText says what was taken down, for the eyes of the one who answered alone.
func (r *request) answeredText(m council.Meeting, guest council.Guest) (string, error) {
	name, err := r.seatName(r.speak, guest.Representative)
	if err != nil {
		return "", err
	}
	text := r.speak.Say("meeting.answered."+string(guest.Response), "Reference", m.Reference().String(), "Name", name)
	full, err := r.fullText(m, guest)
	return joinedLines(text, full), err
}

// fullText says that more are coming than there are seats for; "" while there are. The
// answer stands all the same: whoever invites decides.
func (r *request) fullText(m council.Meeting, guest council.Guest) (string, error) {
	if m.Seats == 0 || guest.Response != council.ResponseComing && guest.Response != council.ResponseRepresented {
		return "", nil
	}
	turnout, err := r.turnout(m)
	if err != nil || turnout.Expected() <= m.Seats {
		return "", err
	}
	return r.speak.Say("meeting.full", "Seats", m.Seats), nil
}

// pressOwnAnswer shows what the one who presses has answered, with the answers to choose from.
func (r *request) pressOwnAnswer(m council.Meeting, _ pressArguments) error {
	if err := r.showOwnAnswer(m); err != nil {
		return err
	}
	return r.toast("")
}

// showOwnAnswer shows a meeting with the own answer and the buttons to change it; in a
// group the card, below which everybody answers.
func (r *request) showOwnAnswer(m council.Meeting) error {
	guest, err := r.mayRespond(m)
	if err != nil {
		return err
	}
	if !r.private {
		return r.showHere(m)
	}
	facts, err := r.meetingFacts(r.speak, m)
	if err != nil {
		return err
	}
	answer, err := r.guestAnswer(r.speak, guest)
	if err != nil {
		return err
	}
	lines := append(append([]string{meetingHead(m)}, facts...), answer)
	return r.replyAbout(m.Reference().String(), aboutMeeting, joinedLines(lines...), guestButtons(r.speak, m, guest))
}

// showHere puts the card of a meeting at the end of a group that is invited; elsewhere
// its three lines alone.
func (r *request) showHere(m council.Meeting) error {
	if !r.linked() || !m.To.Include(r.group) || m.State == council.MeetingCancelled {
		turnout, err := r.turnout(m)
		if err != nil {
			return err
		}
		return r.replyAbout(m.Reference().String(), aboutMeeting, r.meetingFace(r.speak, m, turnout).Text)
	}
	card, err := r.tx.Card(m.Reference().String(), cardMeeting, r.group.ChatID, r.group.ThreadID)
	if err != nil {
		return err
	}
	if err := r.tx.ForgetCardMessage(card.ID, r.group.ThreadID); err != nil {
		return err
	}
	known, err := r.tx.GroupKnown(m.Number, r.group.ID)
	if err != nil {
		return err
	}
	if known.Told == 0 { // the group was linked after the invitations went out
		if err := r.tx.SaveGroupKnown(m.Number, r.group.ID, known.Tell(m.Edition, false)); err != nil {
			return err
		}
	}
	turnout, err := r.turnout(m)
	if err != nil {
		return err
	}
	return r.queueMeetingCardAt(card, store.PriorityAnswer, r.meetingFace(r.book.In(r.group.Language), m, turnout))
}
