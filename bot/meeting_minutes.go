package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Kinds of messages about minutes: the page on which they are corrected, and what asks
// whoever leads to agree.
const (
	aboutMinutes    = "meeting_minutes"
	aboutMinutesAsk = "meeting_agree"
)

// What is done by button with minutes; the meeting's number follows.
const (
	minutesShow     = "show"   // a page of the draft
	minutesLine     = "line"   // a line
	minutesChange   = "change" // a line: its words are asked for
	minutesRemove   = "remove" // a line
	minutesUndone   = "undo"   // a line's number, under which its last change is kept
	minutesAdd      = "add"
	minutesDocument = "paper"   // an edition as a document; 0: the draft
	minutesOffer    = "offer"   // to whoever leads
	minutesAgree    = "agree"   // to the proposal with this count
	minutesFix      = "fix"     // the same
	minutesChair    = "chair"   // another one leads: who, by a member's id; 0: asks
	minutesCorrect  = "correct" // after agreement
	minutesDrop     = "drop"    // no correction after all
	minutesEvidence = "evid"    // a page of indicators
	minutesFileFor  = "file"    // an indicator
)

// minutesPresses maps what is done with minutes by button to what does it.
func minutesPresses() map[string]func(*request, council.Meeting, pressArguments) error {
	return map[string]func(*request, council.Meeting, pressArguments) error{
		minutesShow: (*request).pressMinutesShow, minutesLine: (*request).pressMinutesLine, minutesChange: (*request).pressMinutesChange,
		minutesRemove: (*request).pressMinutesRemove, minutesUndone: (*request).pressMinutesUndo, minutesAdd: (*request).pressMinutesAdd,
		minutesDocument: (*request).pressMinutesPaper, minutesOffer: (*request).pressMinutesOffer, minutesChair: (*request).pressMinutesChair,
		minutesAgree: (*request).pressMinutesAgree, minutesFix: (*request).pressMinutesFix,
		minutesCorrect: (*request).pressMinutesCorrect, minutesDrop: (*request).pressMinutesDrop,
		minutesEvidence: (*request).pressMinutesEvidence, minutesFileFor: (*request).pressMinutesFile,
	}
}

// pressMinutes answers the buttons of minutes, which are for those who write them, lead,
// or coordinate, and in private. What a button carries may be forged: the meeting is
// looked for, and who presses is asked anew.
func (r *request) pressMinutes(arguments pressArguments) error {
	m, err := r.findMeeting(arguments.number(1))
	if err != nil {
		return err
	}
	press, known := minutesPresses()[arguments.text(0)]
	if !known {
		return r.stale()
	}
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("minutes_private", "Reference", m.Reference().String())
	}
	return press(r, m, arguments[2:])
}

// minutesPage is /notulen M-4 without words: to those who write the minutes the draft, in
// private; to others who may see the meeting the edition that was agreed last.
func (r *request) minutesPage(m council.Meeting) error {
	if r.mayMeeting(council.ActionMinutes, m) != nil {
		return r.sendAgreed(m)
	}
	if r.private {
		text, rows, err := r.minutesText(m, 1)
		if err != nil {
			return err
		}
		return r.replyAbout(m.Reference().String(), aboutMinutes, text, rows...)
	}
	private := *r
	private.private, private.group, private.speak = true, council.Group{}, r.speaker(r.actor.Member)
	text, rows, err := private.minutesText(m, 1)
	if err != nil {
		return err
	}
	reached, err := r.tell(r.actor.Member, m.Reference().String(), aboutMinutes, text, rows...)
	switch {
	case err != nil:
		return err
	case !reached:
		return council.Refuse("minutes_private", "Reference", m.Reference().String())
	}
	return r.replyAbout(m.Reference().String(), aboutMeeting, r.speak.Say("minutes.in_private", "Reference", m.Reference().String()))
}

// sendAgreed sends the edition that was agreed last, where the request came from.
func (r *request) sendAgreed(m council.Meeting) error {
	if err := r.mayMeeting(council.ActionSeeMeeting, m); err != nil {
		return err
	}
	if !r.shownHere(m) {
		return council.Refuse("not_invited")
	}
	editions, err := r.tx.MinutesEditions(m.Number)
	if err != nil {
		return err
	}
	if len(editions) == 0 {
		return council.Refuse("minutes_not_agreed", "Reference", m.Reference().String())
	}
	return r.sendMinutesPaper(m, editions[len(editions)-1].Edition)
}

// sendMinutesPaper sends an edition as a document; one that was not agreed as a draft.
func (r *request) sendMinutesPaper(m council.Meeting, edition int) error {
	text, err := r.minutesCaption(r.speak, m, edition)
	if err != nil {
		return err
	}
	payload := store.Payload{Text: text, Subject: m.Reference().String(), About: aboutMeeting, Files: []store.File{minutesFile(m, edition, r.speak)}}
	if r.message != nil && !r.private {
		payload.ReplyTo = r.message.ID
	}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload})
}

// pressMinutesPaper sends the draft, or an edition that was agreed.
func (r *request) pressMinutesPaper(m council.Meeting, rest pressArguments) error {
	edition := int(rest.number(0))
	switch {
	case edition == 0 && m.Minutes.State == council.MinutesNone:
		return council.Refuse("minutes_none", "Reference", m.Reference().String())
	case edition == 0:
		edition = m.Minutes.Edition
	case edition < 0 || edition > m.Minutes.Edition:
		return r.stale()
	}
	return r.answerByMessage(r.sendMinutesPaper(m, edition))
}

// minutesInPlace shows something in the place of a page about minutes, otherwise in a
// message of its own.
func (r *request) minutesInPlace(m council.Meeting, text string, rows ...[]store.Button) error {
	if r.press != nil {
		_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
		if notFoundIsNil(err) != nil {
			return err
		}
		if about == aboutMinutes || about == aboutMinutesAsk {
			return r.editIndicators(m.Reference().String(), about, text, rows...)
		}
	}
	return r.replyAbout(m.Reference().String(), aboutMinutes, text, rows...)
}

// showMinutesPage shows a page of the minutes after a change of them.
func (r *request) showMinutesPage(m council.Meeting, page int64, toast string, more ...[]store.Button) error {
	text, rows, err := r.minutesText(m, page)
	if err != nil {
		return err
	}
	if err := r.minutesInPlace(m, text, append(rows, more...)...); err != nil || r.press == nil {
		return err
	}
	return r.toast(toast)
}

func (r *request) pressMinutesShow(m council.Meeting, rest pressArguments) error {
	return r.showMinutesPage(m, rest.number(0), "")
}

// pressMinutesCorrect opens the next edition of agreed minutes.
func (r *request) pressMinutesCorrect(m council.Meeting, _ pressArguments) error {
	if m.Minutes.State != council.MinutesAgreed {
		return r.showMinutesPage(m, 1, r.speak.Say("press.renewed"))
	}
	m, err := r.openMinutes(m)
	if err != nil {
		return err
	}
	if err := r.record(m.Reference(), council.EventReopened, "", "edition", idText(int64(m.Minutes.Edition))); err != nil {
		return err
	}
	return r.showMinutesPage(m, 1, r.speak.Say("minutes.toast.opened", "N", m.Minutes.Edition))
}

// pressMinutesDrop gives the next edition up, while nothing in it is other than it was.
func (r *request) pressMinutesDrop(m council.Meeting, _ pressArguments) error {
	last, changed, err := r.sinceAgreed(m)
	if err != nil {
		return err
	}
	if m, err = m.Drop(last, changed); err != nil {
		return err
	}
	if err := errors.Join(r.tx.SaveMeeting(m), r.record(m.Reference(), council.EventUndone, "", "edition", idText(int64(m.Minutes.Edition)+1))); err != nil {
		return err
	}
	return r.showMinutesPage(m, 1, r.speak.Say("minutes.toast.undone"))
}

// sinceAgreed is the edition that was agreed last, and whether what stands now, lines
// or people, is other than in that.
func (r *request) sinceAgreed(m council.Meeting) (last council.MinutesEdition, changed bool, err error) {
	editions, err := r.tx.MinutesEditions(m.Number)
	if err != nil || len(editions) == 0 {
		return last, false, err
	}
	last = editions[len(editions)-1]
	lines, err := r.tx.MinuteLines(m.Number)
	if err != nil {
		return last, false, err
	}
	for _, line := range lines {
		changed = changed || line.In(last.Edition) != line.In(m.Minutes.Edition)
	}
	was, err := r.tx.AttendeesIn(m.Number, last.Edition)
	if err != nil {
		return last, false, err
	}
	is, err := r.tx.Attendees(m.Number)
	same := func() bool {
		if len(was) != len(is) {
			return false
		}
		for i := range was {
			if was[i].ID != is[i].ID {
				return false
			}
		}
		return true
	}
	return last, changed || !same(), err
}
