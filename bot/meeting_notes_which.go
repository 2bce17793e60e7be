package bot

import (
	"encoding/json"
	"errors"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogWhichMeeting asks which of several meetings a command is about.
const dialogWhichMeeting = "which_meeting"

// whichMeetingDraft is a command that waits for its meeting.
type whichMeetingDraft struct {
	Command string
	Words   string // what stands behind the command
	Message int
	About   string // the thing whose message the command replied to; "" for none
}

// meetingsOffered is how many meetings a question offers.
const meetingsOffered = 6

// askWhichMeeting asks which of several meetings is meant, and keeps what was written.
func (r *request) askWhichMeeting(near []council.Meeting) error {
	if r.message == nil {
		return council.Refuse("which_meeting")
	}
	text, entities := body(r.message)
	word, _, rest, isCommand := splitCommand(text, entities)
	if !isCommand {
		return council.Refuse("which_meeting")
	}
	kept, err := json.Marshal(whichMeetingDraft{Command: word, Words: rest, Message: r.message.ID, About: r.about.String()})
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for _, m := range near[:min(len(near), meetingsOffered)] {
		rows = append(rows, []store.Button{{Text: m.Reference().String() + " · " + shorten(plainLine(m.Title), phraseLimit), Data: data(pressNote, noteWhich, m.Number)}})
	}
	return r.ask(dialogWhichMeeting, "", string(kept), r.speak.Say("meeting_note.which"), rows...)
}

// pressWhichMeeting goes on with the command that had waited for its meeting.
func (r *request) pressWhichMeeting(m council.Meeting) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogWhichMeeting {
		return errorsOr(notFoundIsNil(err), r.stale())
	}
	var draft whichMeetingDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	known, found := r.words[foldCommand(draft.Command)]
	if !found {
		return r.stale()
	}
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	reference := m.Reference().String()
	if err := r.edit(reference + " · " + shorten(plainLine(m.Title), cardTitleLimit)); err != nil {
		return err
	}
	r.about, _ = council.ParseReference(draft.About)
	r.text = reference + " " + draft.Words
	r.message = &models.Message{ID: draft.Message, Chat: models.Chat{ID: r.chatID}, Text: r.text}
	return errors.Join(known.answer(r), r.toast(""))
}

// answerWhichMeeting takes a number that was written in answer; other words let the
// question stand.
func (r *request) answerWhichMeeting(store.Dialog) error {
	return r.reply(r.speak.Say("meeting_note.press"))
}
