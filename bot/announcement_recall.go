package bot

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// deletable is how long Telegram lets a bot delete what it said. What is older is
// edited, so that its words are gone.
const deletable = 48 * time.Hour

// pressRecall asks whether an announcement is to be taken back: that cannot be
// undone. It asks below the card, whose numbers may be changing.
func (r *request) pressRecall(announcement council.Announcement, _ pressArguments) error {
	if _, err := announcement.Recall(); err != nil {
		return err
	}
	reference := announcement.Reference().String()
	row := []store.Button{
		button(r.speak, "announcement_recall_yes", pressAnnouncement, annRecallYes, announcement.Number), button(r.speak, "announcement_recall_no", pressAnnouncement, annRecallNo, announcement.Number),
	}
	if err := r.replyAbout(reference, aboutAnnouncementPage, r.speak.Say("announcement.ask.recall", "Reference", reference), row); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) pressRecallNo(announcement council.Announcement, _ pressArguments) error {
	if err := r.edit(r.speak.Say("announcement.stays", "Reference", announcement.Reference().String())); err != nil {
		return err
	}
	return r.toast("")
}

// pressRecallYes takes an announcement back everywhere.
func (r *request) pressRecallYes(announcement council.Announcement, _ pressArguments) error {
	recalled, err := announcement.Recall()
	if err != nil {
		return err
	}
	if err := r.tx.SaveAnnouncement(recalled); err != nil {
		return err
	}
	if err := r.tx.ForgetUndo(recalled.Reference().String()); err != nil {
		return err
	}
	if err := r.record(recalled.Reference(), council.EventRecalled, ""); err != nil {
		return err
	}
	copies, err := r.tx.Copies(recalled.Number)
	if err != nil {
		return err
	}
	for _, one := range copies {
		if err := r.takeCopyBack(recalled, one); err != nil {
			return err
		}
	}
	if err := r.showOverview(recalled); err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("announcement.copy.recalled", "Reference", recalled.Reference().String())); err != nil {
		return err
	}
	return r.toast(r.speak.Say("announcement.toast.recalled"))
}

// takeCopyBack takes back one copy: what has not left is not sent, what is there
// is deleted or, where it is too old for that, loses its words. One that is on
// its way at this moment comes back here when its message is known.
func (r *request) takeCopyBack(announcement council.Announcement, one store.AnnouncementCopy) error {
	card, err := r.tx.CardByID(one.CardID)
	if err != nil {
		return notFoundIsNil(err)
	}
	underWay, err := r.tx.StopCard(card.ID, "taken back", time.Now())
	if err != nil {
		return err
	}
	if err := r.takeFilesBack(announcement, card.ChatID); err != nil {
		return err
	}
	switch {
	case underWay:
		one.State = store.CopyWaiting
	case card.MessageID == 0 && !one.Arrived && one.State.Missing():
	case card.MessageID == 0 && !one.Arrived:
		one.State = store.CopyUnsent
	default:
		one.State = store.CopyWaiting
		if err := r.takeMessageBack(announcement, one, card); err != nil {
			return err
		}
	}
	return r.tx.SaveCopy(one)
}

func (r *request) young(announcement council.Announcement) bool {
	return r.now.Sub(announcement.SentAt) < deletable
}

func (r *request) takeMessageBack(announcement council.Announcement, one store.AnnouncementCopy, card store.Card) error {
	if r.young(announcement) && card.MessageID != 0 {
		return r.tx.Queue(store.Outgoing{
			ChatID: card.ChatID, ThreadID: card.ThreadID, Kind: store.KindDelete, Priority: store.PriorityBroadcast, CardID: card.ID, First: true,
			Payload: store.Payload{MessageID: card.MessageID, Subject: card.Subject, About: cardAnnouncement},
		}, time.Now())
	}
	return r.takeWordsBack(announcement, one, card)
}

// takeWordsBack edits a copy so that its words are gone. One that somebody has
// deleted stays so.
func (r *request) takeWordsBack(announcement council.Announcement, one store.AnnouncementCopy, card store.Card) error {
	speak, err := r.speakerOfCopy(announcement, one)
	if err != nil {
		return err
	}
	face := copyFace(speak, announcement)
	face.EditOnly = true
	return r.tx.Queue(store.Outgoing{
		ChatID: card.ChatID, ThreadID: card.ThreadID, Kind: store.KindCard, Priority: store.PriorityBroadcast, CardID: card.ID, Payload: face,
	}, time.Now())
}

// takeFilesBack deletes the files that went with a copy while Telegram allows it.
func (r *request) takeFilesBack(announcement council.Announcement, chatID int64) error {
	reference := announcement.Reference().String()
	if _, err := r.tx.DropAbout(chatID, reference, aboutAnnouncementFiles, time.Now()); err != nil || !r.young(announcement) {
		return err
	}
	messages, err := r.tx.MessagesAbout(chatID, reference, aboutAnnouncementFiles)
	if err != nil {
		return err
	}
	for _, id := range messages {
		if err := r.tx.Queue(store.Outgoing{
			ChatID: chatID, Kind: store.KindDelete, Priority: store.PriorityBroadcast,
			UniqueKey: reference + ":back:" + idText(chatID) + ":" + idText(int64(id)), Payload: store.Payload{MessageID: id},
		}, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// pressSendAgain sends to those whom an announcement could not be sent to, as far
// as they can be written to by now.
func (r *request) pressSendAgain(announcement council.Announcement, _ pressArguments) error {
	if announcement.State != council.AnnouncementSent {
		return council.Refuse("announcement_ended", "Reference", announcement.Reference().String())
	}
	copies, err := r.tx.Copies(announcement.Number)
	if err != nil {
		return err
	}
	files, err := r.announcementFiles(announcement)
	if err != nil {
		return err
	}
	sent := 0
	for _, one := range copies {
		place, err := r.placeOfCopy(announcement, one)
		if err != nil {
			return err
		}
		if !one.State.Missing() || place.chatID == 0 {
			continue
		}
		if one.Arrived {
			files = nil // they are there already
		}
		if err := r.sendFirst(announcement, one, files); err != nil {
			return err
		}
		sent++
	}
	if announcement.Official.Number != 0 {
		groups, err := r.fallBack(announcement)
		if err != nil {
			return err
		}
		sent += groups
	}
	if err := r.showOverview(announcement); err != nil {
		return err
	}
	return r.toast(r.speak.Count("announcement.toast.again", sent))
}
