package bot

import (
	"encoding/json"
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressEditMeeting shows what can be changed of a meeting.
func (r *request) pressEditMeeting(m council.Meeting, _ pressArguments) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	if !r.private || m.State != council.MeetingPlanned {
		return r.stale()
	}
	field := func(name string) store.Button {
		return button(r.speak, "meeting_field_"+name, pressMeeting, meetingField, m.Number, name)
	}
	rows := [][]store.Button{{field(wishTime), field(wishPlace), field(wishTitle)}, {field(wishChair), field(wishScribe)}, {field(wishInvite)}}
	if err := r.replyAbout(m.Reference().String(), aboutMeeting, r.speak.Say("meeting.change.what", "Meeting", meetingHead(m)), rows...); err != nil {
		return err
	}
	return r.toast("")
}

// pressMeetingWish asks for what is to be changed; calling off is shown at once.
func (r *request) pressMeetingWish(m council.Meeting, rest pressArguments) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	field := rest.text(0)
	switch {
	case !r.private || field != wishCancelNow && !r.speak.Knows("meeting.change.ask_"+field):
		return r.stale()
	case m.State != council.MeetingPlanned:
		return council.Refuse("meeting_over", "Reference", m.Reference().String())
	case field == wishCancelNow:
		return errors.Join(r.previewWish(m, meetingWish{Number: m.Number, Version: m.Version, Field: wishCancel}), r.toast(""))
	}
	return errors.Join(r.askWish(m, field), r.toast(""))
}

// askWish asks for the words of a change, in private.
func (r *request) askWish(m council.Meeting, field string) error {
	theirs := r.inPrivate()
	kept, err := json.Marshal(meetingWish{Number: m.Number, Version: m.Version, Field: field})
	if err != nil {
		return err
	}
	var rows [][]store.Button
	if field == wishCancel {
		rows = [][]store.Button{{button(theirs.speak, "meeting_cancel_so", pressMeeting, meetingField, m.Number, wishCancelNow)}}
	}
	theirs.press, theirs.message = nil, nil
	return theirs.ask(dialogGuest, field, string(kept), theirs.speak.Say("meeting.change.ask_"+field, "Meeting", meetingHead(m)), rows...)
}

// answerMeetingWish takes the words of a change. Words below a preview are read as what
// is wished instead.
func (r *request) answerMeetingWish(dialog store.Dialog) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	var wish meetingWish
	if err := json.Unmarshal([]byte(dialog.Data), &wish); err != nil {
		return err
	}
	m, err := r.findMeeting(wish.Number)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.wish(m, wish.Field, r.text); err != nil {
		var refusal *council.Refusal
		if errors.As(err, &refusal) && refusal.Code != "meeting_over" {
			return errors.Join(r.tx.SetDialog(dialog, r.now), r.refuse(refusal)) // the question stands
		}
		return err
	}
	return nil
}
