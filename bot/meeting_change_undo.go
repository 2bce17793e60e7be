package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
)

// meetingBefore is a meeting as it was before a change, with the answers that it took back.
type meetingBefore struct {
	Meeting council.Meeting
	Guests  []council.Guest
}

// pressUndoMeeting takes a change back from the message that confirms it.
func (r *request) pressUndoMeeting(m council.Meeting, rest pressArguments) error {
	text, err := r.restoreMeeting(m, rest.number(0))
	if err != nil {
		return err
	}
	if err := r.editIndicators(m.Reference().String(), aboutMeeting, text); err != nil {
		return err
	}
	return r.toast("")
}

// undoLastMeeting is /urungkan M-4.
func (r *request) undoLastMeeting(number int64) error {
	m, err := r.findMeeting(number)
	if err != nil {
		return err
	}
	text, err := r.restoreMeeting(m, 0)
	if err != nil {
		return err
	}
	return r.replyAbout(m.Reference().String(), aboutMeeting, text)
}

// restoreMeeting puts a meeting back to where it was before its last change, with the
// answers to it, and tells whoever was told of the change. version 0 means whichever
// change was last.
func (r *request) restoreMeeting(current council.Meeting, version int64) (string, error) {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return "", err
	}
	reference := current.Reference().String()
	var before meetingBefore
	undo, err := r.lastUndo(reference, &before)
	restored := before.Meeting
	switch {
	case err != nil:
		return "", err
	case undo.Version != current.Version || version != 0 && version != undo.Version:
		return "", council.Refuse("undo_changed_since", "Reference", reference)
	}
	told := !restored.Alike(current)
	if told && !restored.Starts.After(r.now) {
		return "", council.Refuse("meeting_past")
	}
	restored.Version, restored.Edition, restored.ToldAt = current.Version+1, current.Edition, current.ToldAt
	if told {
		restored.Edition, restored.ToldAt = current.Edition+1, r.now
	}
	if err := r.tx.SaveMeeting(restored); err != nil {
		return "", err
	}
	if err := r.tx.ForgetUndo(reference); err != nil {
		return "", err
	}
	if err := r.restoreAnswers(restored, current, before.Guests); err != nil {
		return "", err
	}
	if err := r.record(restored.Reference(), council.EventUndone, ""); err != nil {
		return "", err
	}
	text := joinedLines(meetingHead(restored), r.speak.Say("meeting.undone", "Reference", reference))
	if !told {
		return text, errors.Join(r.showMeeting(restored), r.planMeeting(restored))
	}
	count, err := r.tellMeetingChange(restored, "")
	return joinedLines(text, r.toldText(count)), err
}

// restoreAnswers brings back the answers to the time that holds again. Those to the other
// time are no answers to this one.
func (r *request) restoreAnswers(restored, current council.Meeting, before []council.Guest) error {
	if restored.Starts.Equal(current.Starts) {
		return nil
	}
	if err := r.tx.ForgetResponses(restored.Number); err != nil {
		return err
	}
	for _, old := range before {
		guest, err := r.guest(restored, old.MemberID)
		if err != nil {
			return err
		}
		guest.Response, guest.Representative, guest.Reason, guest.RespondedAt = old.Response, old.Representative, old.Reason, old.RespondedAt
		if guest.GroupID == 0 {
			guest.GroupID = old.GroupID
		}
		if err := r.restoreGuest(restored, guest, old); err != nil {
			return err
		}
	}
	return nil
}

// restoreGuest keeps an answer that holds again. Who came in somebody's place, and was
// told meanwhile to come no more, is invited again.
func (r *request) restoreGuest(m council.Meeting, guest, old council.Guest) error {
	if old.For == 0 || guest.For != 0 || guest.Told != 0 || guest.GroupID != 0 {
		return r.tx.SaveGuest(m.Number, guest)
	}
	member, err := r.tx.Member(old.MemberID)
	if err != nil {
		return err
	}
	guest.For = old.For
	return r.inviteInPlace(m, member, guest)
}
