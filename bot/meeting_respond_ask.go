package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogGuest asks about an answer to an invitation, or about a change of a meeting; its
// step is what is asked, its data the number of the meeting.
const dialogGuest = "guest"

// What is asked after an answer; a reply to the question is taken for it as well.
const (
	guestBy  = "meeting_by"  // who comes instead
	guestWhy = "meeting_why" // why somebody does not come
)

// askGuest asks who comes instead, or why somebody does not come: in private. Where the
// person cannot be written to, the first is asked in the group; the reason, which is
// nobody else's, is not.
func (r *request) askGuest(m council.Meeting, step string) error {
	if !r.private && !written(r.actor.Member) {
		return r.askInGroup(m)
	}
	speak := r.speaker(r.actor.Member)
	var rows [][]store.Button
	if step == guestWhy {
		rows = append(rows, []store.Button{button(speak, "meeting_no_reason", pressMeeting, meetingSkip, m.Number)})
	}
	payload := store.Payload{Text: speak.Say("meeting.ask."+step, "Reference", m.Reference().String()), Buttons: rows, Subject: m.Reference().String(), About: step}
	if err := r.tx.Queue(store.Outgoing{ChatID: r.actor.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload}, time.Now()); err != nil {
		return err
	}
	if err := r.awaitGuest(m, step); err != nil {
		return err
	}
	switch {
	case r.private && r.press == nil:
		return nil // the question answers the command
	case r.private:
		return r.toast("")
	}
	return r.toast(speak.Say("meeting.toast." + step))
}

// askInGroup asks who comes instead. Any reply speaks for the one who replies.
func (r *request) askInGroup(m council.Meeting) error {
	payload := store.Payload{Text: r.speak.Say("meeting.ask.in_group", "Reference", m.Reference().String()), ReplyTo: r.pressed, ForceReply: true,
		Subject: m.Reference().String(), About: guestBy}
	return errors.Join(r.queueHere(payload), r.toast(""))
}

// awaitGuest takes the next words in private as the answer. What somebody is asked there
// already is not cut short by a press in a group.
func (r *request) awaitGuest(m council.Meeting, step string) error {
	open, err := r.tx.Dialog(r.actor.TelegramID, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	if err == nil && open.Kind != dialogGuest && !r.private {
		return nil
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.actor.TelegramID, MemberID: r.actor.ID, Kind: dialogGuest, Step: step, Data: idText(m.Number)}, r.now)
}

// answerGuest takes the words that answer such a question.
func (r *request) answerGuest(dialog store.Dialog) error {
	if dialog.Step != guestBy && dialog.Step != guestWhy {
		return r.answerMeetingWish(dialog)
	}
	m, err := r.findMeeting((pressArguments{dialog.Data}).number(0))
	if err != nil {
		return err
	}
	err = r.takeGuestWords(m, dialog.Step)
	if !asksAgain(err) {
		if _, ended := r.tx.EndDialog(r.chatID, r.actor.ID); ended != nil {
			return ended
		}
	}
	return err
}

// asksAgain tells whether other words would answer the question; whoever is invited no
// more, or to what is over, is asked nothing further.
func asksAgain(err error) bool {
	var refusal *council.Refusal
	return errors.As(err, &refusal) && slices.Contains([]string{"representative_missing", "represent_self", "meeting_name_long", "meeting_reason_long"}, refusal.Code)
}

// takeGuestWords takes what was written as the name of who comes, or as the reason.
// Another answer in words is taken as that: "hadir" is nobody's name.
func (r *request) takeGuestWords(m council.Meeting, step string) error {
	words := strings.TrimSpace(r.text)
	answer, spoken := readGuestAnswer(words)
	switch {
	case spoken && (step == guestBy || answer.response != council.ResponseAway):
		return r.respondInWords(m, answer)
	case step == guestWhy:
		return r.answered(m, council.ResponseAway, council.Seat{}, plainLine(words))
	}
	seat, err := r.representativeNamed(words)
	if err != nil {
		return err
	}
	return r.answered(m, council.ResponseRepresented, seat, "")
}

// pressNoReason leaves it at that somebody does not come.
func (r *request) pressNoReason(m council.Meeting, _ pressArguments) error {
	guest, err := r.guest(m, r.actor.ID)
	if err != nil {
		return err
	}
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	if err == nil && dialog.Kind == dialogGuest && dialog.Step == guestWhy {
		if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
			return err
		}
	}
	if guest.Response != council.ResponseAway {
		return r.stale()
	}
	if err := r.edit(r.speak.Say("meeting.answered.away", "Reference", m.Reference().String())); err != nil {
		return err
	}
	return r.toast("")
}

// answered keeps an answer that was written, and says so.
func (r *request) answered(m council.Meeting, response council.Response, representative council.Seat, reason string) error {
	guest, err := r.respond(m, response, representative, reason)
	if err != nil {
		return err
	}
	if !r.private {
		full, err := r.fullText(m, guest)
		if err != nil {
			return err
		}
		return r.replyAbout(m.Reference().String(), aboutMeeting, joinedLines(r.speak.Say("meeting.answered.in_group", "Reference", m.Reference().String()), full))
	}
	text, err := r.answeredText(m, guest)
	if err != nil {
		return err
	}
	if representative.MemberID != 0 {
		member, err := r.tx.Member(representative.MemberID)
		if err != nil {
			return err
		}
		if !written(member) {
			text = joinedLines(text, r.speak.Say("meeting.representative_unreached", "Name", namePerson(r.speak, member)))
		}
	}
	return r.replyAbout(m.Reference().String(), aboutMeeting, text)
}
