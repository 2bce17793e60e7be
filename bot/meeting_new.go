package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// What a button of a draft of a meeting means; the key of the draft follows. Groups and
// roles are chosen with annTo, annToggle and annGroups.
const (
	inviteGoOn     = "on"    // the invited are chosen
	inviteField    = "field" // asks for a field anew; which one follows
	inviteAt       = "at"    // takes an offered moment, in unix seconds
	inviteSkip     = "skip"  // leaves what is asked empty
	inviteChange   = "chg"   // shows what can be changed
	inviteBack     = "back"  // shows the preview again
	inviteConfirm  = "ok"
	inviteDrop     = "drop"
	invitePrevious = "prev" // takes the meeting before as the one that this goes on with, or not
	inviteRepeat   = "rep"  // takes an offered repetition
)

// dialogMeeting asks about a draft of a meeting, in private.
const dialogMeeting = "meeting"

// newMeeting is /rapat_baru: in one line, from the message replied to, or step by step.
func (r *request) newMeeting() error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	if !r.private && r.actor.Reach != council.ReachOpen {
		return r.reply(r.speak.Say("meeting_draft.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(newMeetingPayload)}})
	}
	draft := meetingDraft{Key: r.message.ID, Chat: r.message.Chat.ID}
	text, entities := body(r.message)
	if reply := r.message.ReplyToMessage; strings.TrimSpace(r.text) == "" && reply != nil && (reply.From == nil || !reply.From.IsBot) {
		text, entities = body(reply)
	}
	if err := r.readMeeting(text, entities, &draft); err != nil {
		return err
	}
	if err := r.presentEvaluation(&draft); err != nil {
		return err
	}
	return r.elsewhere(r.goOnMeeting(draft))
}

// newMeetingPayload is what the link into the private chat carries.
const newMeetingPayload = "rapat_baru"

// errNoSuchField is a press for something that a draft does not have.
var errNoSuchField = errors.New("a draft of a meeting has nothing like that")

// pressMeetingDraft answers the buttons of drafts. What they carry may be forged, so who
// presses is asked anew.
func (r *request) pressMeetingDraft(arguments pressArguments) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	presses := map[string]func(*request, meetingDraft, pressArguments) error{
		annTo: (*request).pressInvited, annToggle: (*request).pressToggleInvited, annGroups: (*request).pressInvitedGroups,
		inviteGoOn: (*request).pressGoOnMeeting, inviteBack: (*request).pressGoOnMeeting, inviteField: (*request).pressMeetingField,
		inviteAt: (*request).pressMeetingAt, inviteSkip: (*request).pressSkipField, inviteChange: (*request).pressChangeMeeting,
		inviteConfirm: (*request).pressConfirmMeeting, inviteDrop: (*request).pressDropMeeting, invitePrevious: (*request).pressPrevious,
		inviteRepeat: (*request).pressRepeat,
	}
	press, known := presses[arguments.text(0)]
	if !known || !r.private {
		return r.stale()
	}
	draft, waits, err := r.waitingMeeting(int(arguments.number(1)))
	if err != nil || !waits {
		return err
	}
	switch err := press(r, draft, arguments); {
	case errors.Is(err, errNoSuchField):
		return r.stale()
	case err != nil:
		return err
	}
	if arguments.text(0) == inviteConfirm || arguments.text(0) == inviteDrop {
		return nil // they have answered the press
	}
	return r.toast("")
}
