package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressConfirmMeeting makes the meeting of a draft, and sends its invitations.
func (r *request) pressConfirmMeeting(draft meetingDraft, _ pressArguments) error {
	if missing := r.missingOf(draft); missing != fieldPreview {
		return errors.Join(r.goOnMeeting(draft), r.toast("")) // its time has passed while it waited
	}
	m, err := r.makeMeeting(draft.meeting(), draft.Chat, draft.Key)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.editMade(m); err != nil {
		return err
	}
	return r.toast(r.speak.Say("meeting_draft.made_toast", "Reference", m.Reference().String()))
}

// makeMeeting keeps a new meeting, made by this message, and invites to it. That it was
// made can be taken back for a while, which is as if it were cancelled. Refusals are
// those of council.CheckMeeting and mayFollow, and "announcement_nobody".
func (r *request) makeMeeting(m council.Meeting, chatID int64, messageID int) (council.Meeting, error) {
	if err := council.CheckMeeting(m, r.now); err != nil {
		return m, err
	}
	if err := r.mayFollow(m); err != nil {
		return m, err
	}
	list, err := r.guestsOf(m)
	if err != nil {
		return m, err
	}
	if len(list.groups)+len(list.lostGroups)+len(list.invited) == 0 {
		return m, council.Refuse("announcement_nobody")
	}
	m.CreatedBy, m.CreatedAt = r.actor.ID, r.now
	m, err = r.tx.CreateMeeting(m, chatID, messageID)
	if err != nil {
		return m, err
	}
	if err := r.record(m.Reference(), council.EventCreated, ""); err != nil {
		return m, err
	}
	never := m
	never.State, never.EndedAt = council.MeetingCancelled, r.now
	undo := store.Undo{Subject: m.Reference().String(), MemberID: r.actor.ID, Version: m.Version, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, meetingBefore{Meeting: never}); err != nil {
		return m, err
	}
	return m, r.sendInvitations(m)
}

// mayFollow refuses a second next one of the meetings that repeat, which would repeat beside
// the first: "meeting_followed".
func (r *request) mayFollow(m council.Meeting) error {
	if m.Previous == 0 || m.Recurrence == nil {
		return nil
	}
	known, err := r.tx.MeetingAfter(m.Previous)
	if err != nil || known.Recurrence == nil {
		return notFoundIsNil(err)
	}
	return council.Refuse("meeting_followed", "Reference", known.Reference().String())
}

// aboutMeetingMade marks the message that says that a meeting was made.
const aboutMeetingMade = "meeting_made"

// editMade makes of the preview what says that the meeting was made.
func (r *request) editMade(m council.Meeting) error {
	text, err := r.madeText(m)
	if err != nil {
		return err
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindEdit, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, MessageID: r.pressed, Subject: m.Reference().String(), About: aboutMeetingMade,
			Buttons: [][]store.Button{{button(r.speak, "undo", pressMeeting, meetingUndo, m.Number, m.Version)}}},
	}, time.Now())
}

// madeText says that a meeting was made, and to how many the invitations go.
func (r *request) madeText(m council.Meeting) (string, error) {
	list, err := r.guestsOf(m)
	return r.speak.Say("meeting_draft.made", "Meeting", meetingHead(m), "Time", r.meetingTime(r.speak, m),
		"Where", r.recipientCounts(len(list.groups), len(list.invited))), err
}
