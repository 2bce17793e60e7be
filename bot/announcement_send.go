package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// confirmAnnouncement makes a draft an announcement, or changes the one it is of.
// The preview becomes the coordinator's card.
func (r *request) confirmAnnouncement(draft announcementDraft) error {
	announcement, err := r.keepConfirmed(draft)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	card, err := r.tx.Card(draftSubject(r.actor.ID), cardAnnouncementDraft, r.chatID, 0)
	if err != nil {
		return err
	}
	if err := r.tx.TurnCard(card.ID, announcement.Reference().String(), cardAnnouncementOverview); err != nil {
		return err
	}
	if err := r.showOverview(announcement); err != nil {
		return err
	}
	return r.toast(r.speak.Say("announcement.toast." + string(announcement.State)))
}

func (r *request) keepConfirmed(draft announcementDraft) (council.Announcement, error) {
	if draft.Number != 0 {
		return r.keepChanged(draft)
	}
	found, err := r.recipientsOf(draft.To)
	if err != nil {
		return council.Announcement{}, err
	}
	if found.none() {
		return council.Announcement{}, council.Refuse("announcement_nobody")
	}
	announcement := council.Announcement{Text: draft.Text, To: draft.To, CreatedBy: r.actor.ID, CreatedAt: r.now, SendAt: draft.SendAt, State: council.AnnouncementScheduled}
	if draft.SendAt.IsZero() {
		announcement.State, announcement.SentAt = council.AnnouncementSent, r.now
	}
	if announcement, err = r.tx.CreateAnnouncement(announcement, draft.Chat, draft.Key); err != nil {
		return announcement, err
	}
	if err := r.record(announcement.Reference(), council.EventCreated, ""); err != nil {
		return announcement, err
	}
	if err := r.attach(announcement.Reference(), draft.Files); err != nil {
		return announcement, err
	}
	if announcement.State == council.AnnouncementSent {
		return announcement, r.sendCopies(announcement, found)
	}
	return announcement, r.planAnnouncement(announcement)
}

// planAnnouncement lets a scheduled announcement go out at its moment, and no
// other.
func (r *request) planAnnouncement(announcement council.Announcement) error {
	var planned []council.Reminder
	if announcement.State == council.AnnouncementScheduled {
		planned = []council.Reminder{{
			Subject: announcement.Reference(), Step: council.StepAnnounce, Audience: council.ToBot, Anchor: announcement.SendAt, Due: announcement.SendAt,
		}}
	}
	return r.tx.PlanReminders(announcement.Reference(), planned, nil)
}

// actAnnouncement is what the bot does of its own accord: it lets a scheduled
// announcement go out, and shows anew how many have read one.
func (r *request) actAnnouncement(due council.Reminder) error {
	announcement, err := r.tx.AnnouncementNamed(due.Subject)
	if err != nil {
		return notFoundIsNil(err)
	}
	switch {
	case due.Step == council.StepRecounted:
		return r.showOverview(announcement)
	case announcement.State != council.AnnouncementScheduled || !announcement.SendAt.Equal(due.Anchor):
		return nil // it was changed in the meantime
	}
	return r.sendScheduled(announcement)
}

// sendScheduled lets a scheduled announcement go out to whom it is for by now.
func (r *request) sendScheduled(announcement council.Announcement) error {
	announcement, err := announcement.Send(r.now)
	if err != nil {
		return err
	}
	if err := r.tx.SaveAnnouncement(announcement); err != nil {
		return err
	}
	if err := r.planAnnouncement(announcement); err != nil {
		return err
	}
	found, err := r.recipientsOf(announcement.To)
	if err != nil {
		return err
	}
	if err := r.sendCopies(announcement, found); err != nil {
		return err
	}
	return r.showOverview(announcement)
}

// sendCopies puts every copy into the outbox, with the files behind it. Whoever
// cannot be written to is kept, so that the coordinator hears who that is.
func (r *request) sendCopies(announcement council.Announcement, found recipients) error {
	if err := r.recordReached(announcement, found); err != nil {
		return err
	}
	files, err := r.announcementFiles(announcement)
	if err != nil {
		return err
	}
	for _, group := range found.groups {
		if err := r.sendFirst(announcement, store.AnnouncementCopy{Number: announcement.Number, GroupID: group.ID}, files); err != nil {
			return err
		}
	}
	for _, member := range found.people {
		if err := r.sendFirst(announcement, store.AnnouncementCopy{Number: announcement.Number, MemberID: member.ID}, files); err != nil {
			return err
		}
	}
	for _, group := range found.lostGroups {
		if err := r.tx.SaveCopy(store.AnnouncementCopy{Number: announcement.Number, GroupID: group.ID, State: store.CopyUnreached}); err != nil {
			return err
		}
	}
	for _, member := range found.lostPeople {
		if err := r.tx.SaveCopy(store.AnnouncementCopy{Number: announcement.Number, MemberID: member.ID, State: store.CopyUnreached}); err != nil {
			return err
		}
	}
	return nil
}

// recordReached records the people, of those whom the bot knows, to whom an
// announcement goes, without its author: in the bot's own name, since whoever
// announces does nothing in those groups by it.
func (r *request) recordReached(announcement council.Announcement, found recipients) error {
	note := func(in string, members ...council.Member) error {
		var reached []string
		for _, member := range members {
			if member.ID != announcement.CreatedBy {
				reached = append(reached, idText(member.ID))
			}
		}
		return r.tx.Record(council.Event{At: r.now, Subject: announcement.Reference(), Kind: council.EventAnnounced,
			Detail: map[string]string{council.DetailIn: in, council.DetailReached: strings.Join(reached, ",")}}, "")
	}
	for _, group := range found.groups {
		members, err := r.tx.MembersOf(group.ChatID)
		if err != nil {
			return err
		}
		if err := note(idText(group.ID), members...); err != nil {
			return err
		}
	}
	for _, member := range found.people {
		person, err := r.tx.Actor(member)
		if err != nil {
			return err
		}
		if err := note(person.CountsFor(0), member); err != nil {
			return err
		}
	}
	return nil
}

// copyPlace is where a copy goes; zero when there is no such group or person any
// more, or none that can be written to.
type copyPlace struct {
	chatID   int64
	threadID int
	speak    locale.Speaker
}

func (r *request) placeOfCopy(announcement council.Announcement, one store.AnnouncementCopy) (copyPlace, error) {
	if one.MemberID != 0 {
		member, err := r.tx.Member(one.MemberID)
		reached := member.Reach == council.ReachOpen || announcement.Official.Number != 0 && member.Answered()
		if err != nil || !reached {
			return copyPlace{}, notFoundIsNil(err)
		}
		return copyPlace{member.TelegramID, 0, r.speaker(member)}, nil
	}
	group, err := r.tx.Group(one.GroupID)
	if err != nil || !group.Reachable {
		return copyPlace{}, notFoundIsNil(err)
	}
	return copyPlace{group.ChatID, group.ThreadID, r.book.In(group.Language)}, nil
}

// sendFirst sends a copy for the first time.
func (r *request) sendFirst(announcement council.Announcement, one store.AnnouncementCopy, files []store.File) error {
	place, err := r.showCopy(announcement, one)
	if err != nil || place.chatID == 0 || len(files) == 0 {
		return err
	}
	reference := announcement.Reference().String()
	payload := store.Payload{Files: files, Subject: reference, About: aboutAnnouncementFiles}
	if len(files) == 1 {
		payload.Text = place.speak.Say("announcement.files", "Reference", reference)
	}
	return queueWithFiles(r.tx, store.Outgoing{
		ChatID: place.chatID, ThreadID: place.threadID, Kind: store.KindMessage, Priority: store.PriorityBroadcast, Payload: payload,
	})
}

// showCopy brings the message of a copy to the announcement's latest face, and
// makes it if there is none.
func (r *request) showCopy(announcement council.Announcement, one store.AnnouncementCopy) (copyPlace, error) {
	place, err := r.placeOfCopy(announcement, one)
	if err != nil {
		return place, err
	}
	one.State = store.CopyUnreached
	if place.chatID == 0 {
		return place, r.tx.SaveCopy(one)
	}
	card, err := r.tx.Card(announcement.Reference().String(), cardAnnouncement, place.chatID, place.threadID)
	if err != nil {
		return place, err
	}
	one.State, one.CardID = store.CopyWaiting, card.ID
	if err := r.tx.SaveCopy(one); err != nil {
		return place, err
	}
	face, priority := copyFace(place.speak, announcement), store.PriorityBroadcast
	if announcement.Official.Number != 0 {
		priority = store.PriorityReminder
		if face, err = r.officialFace(announcement, one, place.speak); err != nil {
			return place, err
		}
	}
	return place, r.tx.Queue(store.Outgoing{
		ChatID: place.chatID, ThreadID: place.threadID, Kind: store.KindCard, Priority: priority, CardID: card.ID, Payload: face,
	}, time.Now())
}

// copyFace is an announcement as its readers see it.
func copyFace(speak locale.Speaker, announcement council.Announcement) store.Payload {
	reference := announcement.Reference().String()
	payload := store.Payload{Text: copyText(speak, announcement, reference), Subject: reference, About: cardAnnouncement}
	if announcement.State == council.AnnouncementSent {
		payload.Buttons = [][]store.Button{{button(speak, "read", pressRead, announcement.Number)}}
	}
	return payload
}

func copyText(speak locale.Speaker, announcement council.Announcement, reference string) string {
	switch {
	case announcement.State == council.AnnouncementRecalled:
		return speak.Say("announcement.copy.recalled", "Reference", reference)
	case announcement.Corrected():
		return speak.Say("announcement.copy.corrected", "Reference", reference) + "\n\n" + announcement.Text
	}
	return speak.Say("announcement.copy.head", "Reference", reference) + "\n\n" + announcement.Text
}

// announcementFiles are the files of an announcement as they go out.
func (r *request) announcementFiles(announcement council.Announcement) ([]store.File, error) {
	kept, err := r.tx.Attachments(announcement.Reference().String())
	var files []store.File
	for _, one := range kept {
		files = append(files, store.File{Kind: one.Kind, FileID: one.FileID, Name: one.Name})
	}
	return files, err
}
