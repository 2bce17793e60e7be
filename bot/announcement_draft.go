package bot

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// announcementDraft is an announcement, or a change of one, that waits to be
// confirmed.
type announcementDraft struct {
	Key     int   // the message that began it
	Chat    int64 // where that was written
	Number  int64 // of the announcement that it changes; 0: a new one
	Version int64 // of that announcement when the change began
	To      council.Addressees
	Text    string
	Files   []file
	Album   string    `json:",omitempty"` // whose other files are still to come
	SendAt  time.Time // zero: at once
	Unread  []string  `json:",omitempty"` // names of addressees that were not understood
	Mark    string    `json:",omitempty"` // of what its card says

	more bool // this message brings another file of an album: what is shown stays where it is
}

// Steps of a draft.
const (
	stepAnnouncementTo      = "to"
	stepAnnouncementText    = "text"
	stepAnnouncementWhen    = "when"
	stepAnnouncementPreview = "preview"
)

// takeMessage adds what a message carries: its files, and the words and files of
// the message it replies to, unless that is the bot's own.
func (d *announcementDraft) takeMessage(message *models.Message) {
	d.Key, d.Chat = message.ID, message.Chat.ID
	d.Files, d.Album = append(d.Files, filesOf(message)...), message.MediaGroupID
	reply := message.ReplyToMessage
	if reply == nil || reply.From != nil && reply.From.IsBot {
		return
	}
	d.Files = append(d.Files, filesOf(reply)...)
	if text, _ := body(reply); d.Text == "" {
		d.Text = text
	}
}

// goOnAnnouncement asks for what is still missing, and shows the preview when
// nothing is.
func (r *request) goOnAnnouncement(draft announcementDraft) error {
	switch {
	case draft.To.None() && draft.Number == 0 || len(draft.Unread) > 0:
		return r.askAddressees(draft, 0)
	case draft.Text == "":
		return r.askAnnouncementText(draft)
	}
	if err := council.CheckAnnouncementText(draft.Text); err != nil {
		draft.Mark = "" // nothing shows these words
		if asked := r.keepAnnouncementDraft(draft, stepAnnouncementText); asked != nil {
			return asked
		}
		return err
	}
	return r.previewAnnouncement(draft)
}

func (r *request) keepAnnouncementDraft(draft announcementDraft, step string) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.actor.TelegramID, MemberID: r.actor.ID, Kind: dialogAnnouncement, Step: step, Data: string(kept)}, r.now)
}

func keptAnnouncementDraft(dialog store.Dialog) (draft announcementDraft, err error) {
	return draft, json.Unmarshal([]byte(dialog.Data), &draft)
}

// showAnnouncementDraft keeps a draft and shows where it stands.
func (r *request) showAnnouncementDraft(draft announcementDraft, step, text string, rows ...[]store.Button) error {
	draft.Mark = markOfDraft(text)
	if err := r.keepAnnouncementDraft(draft, step); err != nil {
		return err
	}
	return r.showDraftCard(cardAnnouncementDraft, draft.more, text, rows...)
}

// waitingAnnouncement finds the draft that waits under the button that was
// pressed. When the message shows another one, or an older state of it, the
// press has been answered.
func (r *request) waitingAnnouncement(key int) (draft announcementDraft, waits bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && dialog.Kind != dialogAnnouncement {
		return draft, false, r.staleAnnouncement()
	}
	if err != nil {
		return draft, false, err
	}
	if draft, err = keptAnnouncementDraft(dialog); err != nil {
		return draft, false, err
	}
	if onCard, err := r.onDraftCard(cardAnnouncementDraft, draft.Mark); err != nil || !onCard || draft.Key != key {
		return draft, false, errorsOr(err, r.staleAnnouncement())
	}
	return draft, true, nil
}

// answerAnnouncement takes the answer to what was asked about a draft.
func (r *request) answerAnnouncement(dialog store.Dialog) error {
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return err
	}
	draft, err := keptAnnouncementDraft(dialog)
	if err != nil {
		return err
	}
	if album := r.message.MediaGroupID; album != "" && album == draft.Album {
		draft.Files, draft.more = append(draft.Files, filesOf(r.message)...), true
		if draft.Text == "" {
			draft.Text = r.text
		}
		return r.goOnAnnouncement(draft)
	}
	switch dialog.Step {
	case stepAnnouncementTo:
		return r.answerAddressees(draft)
	case stepAnnouncementWhen:
		return r.answerAnnouncementWhen(draft)
	}
	return r.answerAnnouncementText(draft)
}

// answerAnnouncementText takes the words and files of an announcement; what is
// written below a preview takes the place of its words.
func (r *request) answerAnnouncementText(draft announcementDraft) error {
	if files := filesOf(r.message); len(files) > 0 {
		if draft.Number != 0 {
			return council.Refuse("announcement_files_stay")
		}
		draft.Files, draft.Album = append(draft.Files, files...), r.message.MediaGroupID
	}
	if r.text != "" {
		draft.Text = r.text
	}
	return r.goOnAnnouncement(draft)
}

func (r *request) askAnnouncementText(draft announcementDraft) error {
	rows := [][]store.Button{{button(r.speak, "cancel_form", pressAnnouncement, annDrop, draft.Key)}}
	if draft.Text != "" {
		rows = [][]store.Button{{button(r.speak, "back", pressAnnouncement, annBack, draft.Key)}}
	}
	return r.showAnnouncementDraft(draft, stepAnnouncementText, r.speak.Say("announcement.ask.text"), rows...)
}

func (r *request) pressAnnouncementText(draft announcementDraft, _ pressArguments) error {
	if err := r.askAnnouncementText(draft); err != nil {
		return err
	}
	return r.toast("")
}

// pressDropAnnouncement gives a draft up.
func (r *request) pressDropAnnouncement(_ announcementDraft, _ pressArguments) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("announcement.dropped")); err != nil {
		return err
	}
	return r.toast(r.speak.Say("dialog.cancelled"))
}
