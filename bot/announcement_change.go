package bot

import (
	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// draftCorrection makes a draft of an announcement with other words, to be
// looked at and confirmed.
func (r *request) draftCorrection(announcement council.Announcement, words string) error {
	if _, err := announcement.Write(words); err != nil {
		return err
	}
	draft, err := r.draftOfAnnouncement(announcement)
	if err != nil {
		return err
	}
	draft.Text = words
	return r.goOnAnnouncement(draft)
}

func (r *request) draftOfAnnouncement(announcement council.Announcement) (announcementDraft, error) {
	kept, err := r.tx.Attachments(announcement.Reference().String())
	draft := announcementDraft{Number: announcement.Number, Version: announcement.Version, To: announcement.To, Text: announcement.Text, Key: r.pressed}
	if r.message != nil {
		draft.Key = r.message.ID
	}
	for _, one := range kept {
		draft.Files = append(draft.Files, file{one.Kind, one.FileID, one.UniqueID, one.Name})
	}
	if announcement.State == council.AnnouncementScheduled {
		draft.SendAt = announcement.SendAt
	}
	return draft, err
}

// pressEditAnnouncement makes a draft of an announcement so that it can be changed.
func (r *request) pressEditAnnouncement(announcement council.Announcement, _ pressArguments) error {
	if announcement.State != council.AnnouncementScheduled && announcement.State != council.AnnouncementSent {
		return council.Refuse("announcement_ended", "Reference", announcement.Reference().String())
	}
	draft, err := r.draftOfAnnouncement(announcement)
	if err != nil {
		return err
	}
	ask := r.askAnnouncementText
	if announcement.State == council.AnnouncementScheduled {
		ask = r.previewAnnouncement
	}
	if err := ask(draft); err != nil {
		return err
	}
	return r.toast("")
}

// keepChanged changes the announcement that a confirmed draft is of, unless
// somebody else has in the meantime.
func (r *request) keepChanged(draft announcementDraft) (council.Announcement, error) {
	before, err := r.announcement(draft.Number)
	if err != nil {
		return before, err
	}
	if before.Version != draft.Version {
		return before, council.Refuse("touched_since", "Reference", before.Reference().String())
	}
	after := before
	if draft.Text != before.Text {
		if after, err = after.Write(draft.Text); err != nil {
			return before, err
		}
	}
	if before.State != council.AnnouncementScheduled {
		return after, r.keepAnnouncement(before, after, council.EventCorrected)
	}
	if after, err = after.Address(draft.To); err != nil {
		return before, err
	}
	if !draft.SendAt.IsZero() {
		if after, err = after.Schedule(draft.SendAt, r.now); err != nil {
			return before, err
		}
		return after, r.keepAnnouncement(before, after, council.EventCorrected)
	}
	if err := r.keepAnnouncement(before, after, council.EventCorrected); err != nil {
		return before, err
	}
	if err := r.sendScheduled(after); err != nil {
		return before, err
	}
	return r.tx.Announcement(after.Number)
}

// keepAnnouncement keeps a change, brings every copy up to date and lets the
// change be taken back for ten minutes.
func (r *request) keepAnnouncement(before, after council.Announcement, kind council.EventKind) error {
	if after.Version == before.Version {
		return council.Refuse("announcement_same", "Reference", before.Reference().String())
	}
	if err := r.tx.SaveAnnouncement(after); err != nil {
		return err
	}
	if err := r.record(after.Reference(), kind, ""); err != nil {
		return err
	}
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, before); err != nil {
		return err
	}
	if after.State != council.AnnouncementSent {
		return r.planAnnouncement(after)
	}
	return r.showCopies(after)
}

// showCopies brings every copy to the latest face: those that have not left yet
// go out with it.
func (r *request) showCopies(announcement council.Announcement) error {
	copies, err := r.tx.Copies(announcement.Number)
	if err != nil {
		return err
	}
	for _, one := range copies {
		if _, err := r.showCopy(announcement, one); err != nil {
			return err
		}
	}
	return nil
}

// editAnnouncement makes an announcement what its edited command says, as long as
// nobody has touched it since; before it is confirmed, its draft.
func (r *request) editAnnouncement(message *models.Message) error {
	announcement, untouched, err := r.tx.AnnouncementByCommand(message.Chat.ID, message.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	text, entities := body(message)
	_, _, words, _ := splitCommand(text, entities)
	if err != nil {
		return r.editAnnouncementDraft(message, words)
	}
	if announcement.CreatedBy != r.actor.ID {
		return nil
	}
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return err
	}
	if !untouched {
		return council.Refuse("touched_since", "Reference", announcement.Reference().String())
	}
	draft := r.readAnnouncement(words, message)
	after := announcement
	if draft.Text != announcement.Text {
		if after, err = after.Write(draft.Text); err != nil {
			return err
		}
	}
	if announcement.State == council.AnnouncementScheduled && !draft.To.None() {
		if after, err = after.Address(draft.To); err != nil {
			return err
		}
	}
	if after.Version == announcement.Version {
		return nil
	}
	if err := r.keepAnnouncement(announcement, after, council.EventCorrected); err != nil {
		return err
	}
	if err := r.tx.CommandLeaves(after); err != nil {
		return err
	}
	return r.showOverview(after)
}

// editAnnouncementDraft reads an edited command anew whose draft waits to be confirmed.
func (r *request) editAnnouncementDraft(message *models.Message, words string) error {
	dialog, err := r.tx.Dialog(r.actor.TelegramID, r.actor.ID)
	if err != nil || dialog.Kind != dialogAnnouncement {
		return notFoundIsNil(err)
	}
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return err
	}
	draft := r.readAnnouncement(words, message)
	before, err := keptAnnouncementDraft(dialog)
	if err != nil || before.Key != message.ID || before.Chat != message.Chat.ID || before.Number != 0 {
		return err
	}
	if draft.To.None() {
		draft.To, draft.Unread = before.To, before.Unread
	}
	if draft.SendAt.IsZero() {
		draft.SendAt = before.SendAt
	}
	return r.goOnAnnouncement(draft)
}

// pressAnnouncementNow lets a scheduled announcement go out at once.
func (r *request) pressAnnouncementNow(announcement council.Announcement, _ pressArguments) error {
	if err := r.sendScheduled(announcement); err != nil {
		return err
	}
	return r.toast(r.speak.Say("announcement.toast.sent"))
}

// pressCancelAnnouncement calls a scheduled announcement off.
func (r *request) pressCancelAnnouncement(announcement council.Announcement, _ pressArguments) error {
	after, err := announcement.Cancel()
	if err != nil {
		return err
	}
	if err := r.keepAnnouncement(announcement, after, council.EventCancelled); err != nil {
		return err
	}
	if err := r.showOverview(after); err != nil {
		return err
	}
	return r.toast(r.speak.Say("announcement.toast.cancelled"))
}

func (r *request) pressUndoAnnouncement(announcement council.Announcement, arguments pressArguments) error {
	if err := r.restoreAnnouncement(announcement, arguments.number(2)); err != nil {
		return err
	}
	return r.toast(r.speak.Say("announcement.toast.undone"))
}

// undoAnnouncement is /urungkan A-3.
func (r *request) undoAnnouncement(number int64) error {
	announcement, err := r.announcement(number)
	if err != nil {
		return err
	}
	if err := r.restoreAnnouncement(announcement, 0); err != nil {
		return err
	}
	return r.reply(r.speak.Say("announcement.undone", "Reference", announcement.Reference().String()))
}

// restoreAnnouncement takes the last change back: other words, another moment,
// other addressees, or that it was called off. Going out and being taken back
// cannot be undone. version 0 means whichever change was last.
func (r *request) restoreAnnouncement(current council.Announcement, version int64) error {
	reference := current.Reference().String()
	var before council.Announcement
	undo, err := r.lastUndo(reference, &before)
	switch {
	case err != nil:
		return err
	case undo.Version != current.Version || version != 0 && version != undo.Version:
		return council.Refuse("undo_changed_since", "Reference", reference)
	case before.State == council.AnnouncementScheduled && !before.SendAt.After(r.now):
		return council.Refuse("announcement_past")
	}
	restored := before
	restored.Version = current.Version + 1
	if err := r.tx.SaveAnnouncement(restored); err != nil {
		return err
	}
	if err := r.tx.ForgetUndo(reference); err != nil {
		return err
	}
	if err := r.record(restored.Reference(), council.EventUndone, ""); err != nil {
		return err
	}
	if restored.State == council.AnnouncementSent {
		err = r.showCopies(restored)
	} else {
		err = r.planAnnouncement(restored)
	}
	if err != nil {
		return err
	}
	return r.showOverview(restored)
}
