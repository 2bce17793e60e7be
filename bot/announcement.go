package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Faces of an announcement.
const (
	cardAnnouncement         = "announcement"          // the copy in a group or with a person
	cardAnnouncementOverview = "announcement_overview" // the coordinator's own, with its numbers
	cardAnnouncementDraft    = "announcement_draft"    // the preview, before it is confirmed
	aboutAnnouncementFiles   = "announcement_files"    // the files that went with a copy
)

// What a button about announcements means; arguments follow. Those of a draft
// carry its key, those of an announcement its number.
const (
	annTo              = "to"   // asks for whom it is
	annToggle          = "tog"  // adds or takes away addressees
	annGroups          = "grp"  // shows single groups to choose from
	annGoOn            = "on"   // the addressees are chosen
	annText            = "text" // asks for the words
	annWhen            = "when" // asks when it goes out
	annWhenAt          = "at"   // takes an offered moment
	annChange          = "chg"  // shows what can be changed
	annBack            = "back" // shows the preview again
	annSend            = "send"
	annSchedule        = "sched"
	annDrop            = "drop"
	annEdit            = "edit"  // of an announcement: makes a draft of it
	annNow             = "now"   // a scheduled one goes out at once
	annCancel          = "canc"  // a scheduled one is called off
	annRecall          = "rec"   // asks whether it is to be taken back
	annRecallYes       = "recy"  // takes it back
	annRecallNo        = "recn"  // leaves it
	annUndo            = "undo"  // takes the last change back
	annByGroup         = "by"    // who has read it, by group
	annNotRead         = "not"   // who has not
	annAgain           = "again" // sends to whom it could not be sent
	dialogAnnouncement = "announcement"
)

// announce is /umumkan: a new announcement in one line, from the message replied
// to or step by step; with a reference, a correction of that one.
func (r *request) announce() error {
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return err
	}
	if !r.private && r.actor.Reach != council.ReachOpen {
		return r.reply(r.speak.Say("announcement.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink("umumkan")}})
	}
	if number, rest := r.announcementNamed(); number != 0 {
		return r.announceAgain(number, rest)
	}
	return r.elsewhere(r.goOnAnnouncement(r.readAnnouncement(r.text, r.message)))
}

// announcementNamed is the announcement that a text begins with, and the rest of
// the text; else the one whose coordinator's card is replied to; else 0.
func (r *request) announcementNamed() (number int64, rest string) {
	word, rest := firstWord(strings.TrimSpace(r.text))
	if reference, found := council.ParseReference(word); found && reference.Letter == council.AnnouncementLetter {
		return reference.Number, strings.TrimLeft(rest, " :–-")
	}
	if r.about.Letter == council.AnnouncementLetter && r.aboutAs == cardAnnouncementOverview {
		return r.about.Number, strings.TrimSpace(r.text)
	}
	return 0, r.text
}

// announceAgain is /umumkan A-3: it shows the announcement, or the correction
// that the words behind make.
func (r *request) announceAgain(number int64, words string) error {
	announcement, err := r.announcement(number)
	if err != nil {
		return err
	}
	if words == "" {
		return r.elsewhere(r.showOverviewAfresh(announcement))
	}
	return r.elsewhere(r.draftCorrection(announcement, words))
}

// elsewhere says in a group that what it asked for is in the private chat: a
// preview names groups and numbers, and is nobody else's.
func (r *request) elsewhere(err error) error {
	if err != nil || r.private {
		return err
	}
	return r.reply(r.speak.Say("announcement.elsewhere"))
}

// announcement finds one for a coordinator.
func (r *request) announcement(number int64) (council.Announcement, error) {
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return council.Announcement{}, err
	}
	announcement, err := r.tx.AnnouncementNamed(council.AnnouncementReference(number))
	if errors.Is(err, store.ErrNotFound) {
		return announcement, council.Refuse("no_such_thing", "Reference", council.AnnouncementReference(number).String())
	}
	return announcement, err
}

// replyToAnnouncement takes an answer to the coordinator's own card as a
// correction. What people write to each other below a copy is theirs.
func (r *request) replyToAnnouncement() error {
	if r.aboutAs == cardAnnouncementOverview && r.actor.Coordinates() {
		words := strings.TrimSpace(r.text)
		if words == "" {
			return council.Refuse("announcement_empty")
		}
		return r.announceAgain(r.about.Number, words)
	}
	if !r.private {
		return nil
	}
	return r.reply(r.speak.Say("announcement.reply_hint", "Reference", r.about.String()))
}

// pressAnnouncement answers the buttons of drafts and of the coordinator's card.
func (r *request) pressAnnouncement(arguments pressArguments) error {
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.staleAnnouncement()
	}
	onDraft := map[string]func(*request, announcementDraft, pressArguments) error{
		annTo: (*request).pressAddressees, annToggle: (*request).pressToggleAddressees, annGroups: (*request).pressAnnouncementGroups, annGoOn: (*request).pressGoOnAnnouncement,
		annText: (*request).pressAnnouncementText, annWhen: (*request).pressAnnouncementWhen, annWhenAt: (*request).pressAnnouncementWhenAt,
		annChange: (*request).pressChangeAnnouncement, annBack: (*request).pressGoOnAnnouncement, annSend: (*request).pressSendAnnouncement,
		annSchedule: (*request).pressScheduleAnnouncement, annDrop: (*request).pressDropAnnouncement,
	}
	if answer, known := onDraft[arguments.text(0)]; known {
		draft, waits, err := r.waitingAnnouncement(int(arguments.number(1)))
		if err != nil || !waits {
			return err
		}
		return answer(r, draft, arguments)
	}
	onOverview := map[string]func(*request, council.Announcement, pressArguments) error{
		annEdit: (*request).pressEditAnnouncement, annNow: (*request).pressAnnouncementNow, annCancel: (*request).pressCancelAnnouncement,
		annRecall: (*request).pressRecall, annRecallYes: (*request).pressRecallYes, annRecallNo: (*request).pressRecallNo,
		annUndo: (*request).pressUndoAnnouncement, annByGroup: (*request).pressReadByGroup, annNotRead: (*request).pressNotRead,
		annAgain: (*request).pressSendAgain,
	}
	answer, known := onOverview[arguments.text(0)]
	if !known {
		return r.staleAnnouncement()
	}
	announcement, err := r.announcement(arguments.number(1))
	if err != nil {
		return err
	}
	return answer(r, announcement, arguments)
}

func (r *request) staleAnnouncement() error { return r.toast(r.speak.Say("announcement.toast.stale")) }
