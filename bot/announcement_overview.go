package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// The numbers on a coordinator's card change with every copy and every reader;
// they are shown at most so often, and once more when nothing moves any longer.
const (
	progressPause = 3 * time.Second
	readersPause  = 5 * time.Second
)

// overviewText is how much of the words of an announcement stands on the
// coordinator's card.
const overviewText = 300

// showOverview brings the card of every coordinator who has one up to date.
func (r *request) showOverview(announcement council.Announcement) error {
	cards, err := r.tx.OfKind(announcement.Reference().String(), cardAnnouncementOverview)
	if err != nil {
		return err
	}
	for _, card := range cards {
		if err := r.showOverviewCard(announcement, card); err != nil {
			return err
		}
	}
	return r.tx.AnnouncementShown(announcement.Number, r.now)
}

// showOverviewAfresh sends a coordinator's card to the end of the private chat.
func (r *request) showOverviewAfresh(announcement council.Announcement) error {
	card, err := r.tx.Card(announcement.Reference().String(), cardAnnouncementOverview, r.actor.TelegramID, 0)
	if err != nil {
		return err
	}
	if err := r.tx.ForgetCardMessage(card.ID, 0); err != nil {
		return err
	}
	return r.showOverviewCard(announcement, card)
}

// showOverviewCard writes one coordinator's card. Whoever coordinates no longer
// is told nothing more.
func (r *request) showOverviewCard(announcement council.Announcement, card store.Card) error {
	member, err := r.tx.MemberByTelegramID(card.ChatID)
	if err != nil {
		return notFoundIsNil(err)
	}
	actor, err := r.tx.Actor(member)
	if err != nil || !actor.Coordinates() {
		return err
	}
	inTheirs := *r
	inTheirs.speak, inTheirs.actor = r.speaker(member), actor
	text, rows, err := inTheirs.overviewFace(announcement)
	if err != nil {
		return err
	}
	priority := store.PriorityAnswer
	if r.actor.ID != actor.ID {
		priority = store.PriorityReminder
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: card.ChatID, Kind: store.KindCard, Priority: priority, CardID: card.ID,
		Payload: store.Payload{Text: text, Buttons: rows, Subject: card.Subject, About: cardAnnouncementOverview},
	}, time.Now())
}

// overviewFace is an announcement with its numbers, and what can be done with it.
func (r *request) overviewFace(announcement council.Announcement) (string, [][]store.Button, error) {
	groups, people, err := r.tx.CountCopies(announcement.Number)
	if err != nil {
		return "", nil, err
	}
	lines := []string{
		r.overviewHead(announcement, groups, people), r.speak.Say("announcement.to", "Names", r.addresseeNames(announcement.To)),
	}
	if groups.Unsent+people.Unsent > 0 {
		lines = append(lines, r.speak.Say("announcement.unsent", "Where", r.recipientCounts(groups.Unsent, people.Unsent)))
	}
	missing := groups.Missing()+people.Missing() > 0
	if announcement.Official.Number != 0 {
		more, err := r.officialOverview(announcement)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, more...)
	} else if missing {
		more, err := r.missingCopies(announcement)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, more...)
	}
	if announcement.State == council.AnnouncementSent {
		readers, err := r.readersText(announcement)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, readers)
	}
	count, err := r.tx.CountAttachments(announcement.Reference().String())
	if err != nil {
		return "", nil, err
	}
	if count > 0 {
		lines = append(lines, r.speak.Count("announcement.with_files", count))
	}
	lines = append(lines, "", shorten(announcement.Text, overviewText))
	if announcement.Official.Number != 0 {
		return strings.Join(lines, "\n"), r.officialRows(announcement, missing), nil
	}
	rows, err := r.overviewRows(announcement, missing)
	return strings.Join(lines, "\n"), rows, err
}

// overviewHead says where an announcement stands.
func (r *request) overviewHead(announcement council.Announcement, groups, people store.CopyCounts) string {
	reference := announcement.Reference().String()
	waiting, arrived := groups.Waiting+people.Waiting, groups.Arrived+people.Arrived
	doing := string(announcement.State)
	if announcement.State == council.AnnouncementSent && announcement.Corrected() {
		doing = "corrected"
	}
	switch {
	case announcement.State == council.AnnouncementScheduled:
		moment := r.deadlineIn(r.speak, council.Deadline{At: announcement.SendAt, Zone: r.city.Zone.String()})
		return r.speak.Say("announcement.head.scheduled", "Reference", reference, "Moment", moment)
	case announcement.State == council.AnnouncementCancelled:
		return r.speak.Say("announcement.head.cancelled", "Reference", reference)
	case waiting == 0:
		return r.speak.Say("announcement.head."+doing, "Reference", reference, "Where", r.recipientCounts(groups.Arrived, people.Arrived))
	}
	of := r.recipientCounts(groups.Waiting+groups.Arrived, people.Waiting+people.Arrived)
	return r.speak.Say("announcement.doing."+doing, "Reference", reference, "N", arrived, "Of", of)
}

// missingCopies names the groups that could not be reached and those of which that is
// uncertain, each in a line of its own, and counts the people.
func (r *request) missingCopies(announcement council.Announcement) ([]string, error) {
	copies, err := r.tx.Copies(announcement.Number)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, state := range []store.CopyState{store.CopyUnreached, store.CopyUncertain} {
		var groups []council.Group
		people := 0
		for _, one := range copies {
			switch {
			case one.State != state:
			case one.MemberID != 0:
				people++
			default:
				group, err := r.tx.Group(one.GroupID)
				if notFoundIsNil(err) != nil {
					return nil, err
				}
				if err == nil {
					groups = append(groups, group)
				}
			}
		}
		if line := r.missingText(state, groups, people); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// readersText counts the readers, and those of each kind of groups.
func (r *request) readersText(announcement council.Announcement) (string, error) {
	counts, err := r.tx.CountReaders(announcement.Number)
	if err != nil {
		return "", err
	}
	total, byKind := 0, make(map[council.GroupKind]int)
	for _, count := range counts {
		total += count.Count
		byKind[count.Kind] += count.Count
	}
	if total == 0 {
		return r.speak.Say("announcement.read_by_none"), nil
	}
	var parts []string
	for _, kind := range append([]council.GroupKind{""}, council.GroupKinds...) {
		if byKind[kind] > 0 {
			parts = append(parts, r.speak.Say("announcement.of_kind."+kindKey(kind), "N", byKind[kind]))
		}
	}
	return r.speak.Count("announcement.read_by", total, "Parts", strings.Join(parts, " · ")), nil
}

func kindKey(kind council.GroupKind) string {
	if kind == "" {
		return "private"
	}
	return string(kind)
}

// overviewRows are what a coordinator can do with an announcement as it stands.
func (r *request) overviewRows(announcement council.Announcement, missing bool) ([][]store.Button, error) {
	act := func(label, action string) store.Button {
		return button(r.speak, label, pressAnnouncement, action, announcement.Number)
	}
	var rows [][]store.Button
	switch announcement.State {
	case council.AnnouncementScheduled:
		rows = [][]store.Button{{act("announcement_now", annNow)}, {act("change", annEdit), act("cancel", annCancel)}}
	case council.AnnouncementSent:
		rows = [][]store.Button{{act("announcement_by_group", annByGroup), act("announcement_not_read", annNotRead)},
			{act("announcement_correct", annEdit), act("announcement_recall", annRecall)}}
		if missing {
			rows = append(rows, []store.Button{act("announcement_again", annAgain)})
		}
	}
	undo, err := r.tx.LastUndo(announcement.Reference().String(), &council.Announcement{})
	if notFoundIsNil(err) != nil {
		return nil, err
	}
	if err == nil && undo.Version == announcement.Version && r.now.Sub(undo.ChangedAt) <= undoTime {
		rows = append(rows, []store.Button{button(r.speak, "undo", pressAnnouncement, annUndo, announcement.Number, undo.Version)})
	}
	return rows, nil
}

// speakerOfCopy is the language of whoever reads a copy.
func (r *request) speakerOfCopy(announcement council.Announcement, one store.AnnouncementCopy) (locale.Speaker, error) {
	place, err := r.placeOfCopy(announcement, one)
	if place.chatID == 0 {
		return r.book.In(""), err
	}
	return place.speak, err
}
