package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How much of who has read stands on one page.
const (
	readersPage = 15 // groups
	notReadPage = 20 // people
)

// pressRead is [Sudah dibaca]: once for each person, wherever it is pressed.
func (r *request) pressRead(arguments pressArguments) error {
	announcement, err := r.tx.Announcement(arguments.number(0))
	if err != nil {
		return errorsOr(notFoundIsNil(err), r.staleAnnouncement())
	}
	if err := r.mayRead(announcement); err != nil {
		return err
	}
	reference := announcement.Reference()
	subject, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	recognized := false
	if subject != reference.String() || about != cardAnnouncement {
		if recognized, err = r.recognizeCopy(announcement); err != nil || !recognized {
			return errorsOr(err, r.staleAnnouncement())
		}
	}
	toast, err := r.readHere(announcement)
	if err == nil && recognized {
		err = r.showOverview(announcement)
	}
	if err != nil {
		return err
	}
	return r.toast(toast)
}

// readHere counts whoever pressed as a reader, and gives what is said to that.
func (r *request) readHere(announcement council.Announcement) (toast string, err error) {
	reference := announcement.Reference()
	if announcement.State != council.AnnouncementSent {
		return r.speak.Say("announcement.toast.ended", "Reference", reference.String()), nil
	}
	fresh, err := r.tx.ReadAnnouncement(announcement.Number, r.actor.ID, r.group.ID, r.now)
	if err != nil || !fresh {
		return r.speak.Say("announcement.toast.read_before"), err
	}
	if err := r.record(reference, council.EventRead, "", "group", idText(r.group.ID)); err != nil {
		return "", err
	}
	return r.speak.Say("announcement.toast.read"), r.recount(announcement)
}

// recognizeCopy learns from the message that is pressed that a copy is there of which that was
// uncertain. It is brought to the latest face, or taken back, as it missed that.
func (r *request) recognizeCopy(announcement council.Announcement) (found bool, err error) {
	copies, err := r.tx.FindCopies(announcement.Number, r.chatID, r.thread, r.pressed, r.now)
	if err != nil {
		return false, err
	}
	for _, one := range copies {
		switch {
		case announcement.State == council.AnnouncementRecalled:
			err = r.takeCopyBack(announcement, one)
		case announcement.Corrected():
			_, err = r.showCopy(announcement, one)
		}
		if err != nil {
			return false, err
		}
	}
	return len(copies) > 0, nil
}

// mayRead refuses whoever may not say that it was read. An official notice is for people of
// no group too: whoever got it has read it.
func (r *request) mayRead(announcement council.Announcement) error {
	if announcement.Official.Number != 0 {
		if _, err := r.tx.CopyTo(announcement.Number, r.actor.ID); err == nil {
			return nil
		}
	}
	return r.may(council.ActionNews, council.Scope{})
}

// recount shows the coordinators how many have read an announcement, now or a
// few seconds after it was last shown.
func (r *request) recount(announcement council.Announcement) error {
	if r.now.Sub(announcement.ShownAt) >= readersPause {
		return r.showOverview(announcement)
	}
	at := announcement.ShownAt.Add(readersPause)
	return r.tx.AddReminders([]council.Reminder{{
		Subject: announcement.Reference(), Step: council.StepRecounted, Audience: council.ToBot, Anchor: at, Due: at,
	}})
}

// pressReadByGroup lists who has read an announcement, in numbers, group by group.
func (r *request) pressReadByGroup(announcement council.Announcement, arguments pressArguments) error {
	copies, err := r.tx.Copies(announcement.Number)
	if err != nil {
		return err
	}
	var reached []store.AnnouncementCopy
	for _, one := range copies {
		if one.GroupID != 0 && one.Arrived {
			reached = append(reached, one)
		}
	}
	counts, err := r.tx.CountReaders(announcement.Number)
	if err != nil {
		return err
	}
	readers := make(map[int64]int)
	for _, count := range counts {
		readers[count.GroupID] = count.Count
	}
	page, pages := announcementPageOf(arguments.number(2), len(reached), readersPage)
	lines := []string{r.speak.Say("announcement.by_group", "Reference", announcement.Reference().String())}
	for _, one := range reached[page*readersPage : min((page+1)*readersPage, len(reached))] {
		line, err := r.groupReaders(one.GroupID, readers[one.GroupID])
		if err != nil {
			return err
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	if readers[0] > 0 {
		lines = append(lines, r.speak.Say("announcement.of_kind.private", "N", readers[0]))
	}
	return r.showAnnouncementPage(announcement, annByGroup, page, pages, strings.Join(lines, "\n"))
}

func (r *request) groupReaders(groupID int64, count int) (string, error) {
	group, err := r.tx.Group(groupID)
	if err != nil {
		return "", notFoundIsNil(err) // it is linked no more
	}
	known, err := r.tx.MembersOf(group.ChatID)
	return r.speak.Say("announcement.group_line", "Group", r.groupName(group), "N", count, "Known", len(known)), err
}

// pressNotRead lists, for the coordinator alone, who has not read an announcement.
// A bot cannot list the members of a group: it is who is known.
func (r *request) pressNotRead(announcement council.Announcement, arguments pressArguments) error {
	named, nameless, err := r.tx.CountNotRead(announcement.Number, announcement.CreatedBy)
	if err != nil {
		return err
	}
	reference := announcement.Reference().String()
	page, pages := announcementPageOf(arguments.number(2), named, notReadPage)
	members, err := r.tx.NotRead(announcement.Number, announcement.CreatedBy, page*notReadPage, notReadPage)
	if err != nil {
		return err
	}
	lines := []string{r.speak.Count("announcement.not_read", named+nameless, "Reference", reference)}
	if named+nameless == 0 {
		lines = []string{r.speak.Say("announcement.all_read", "Reference", reference)}
	}
	for _, member := range members {
		lines = append(lines, "– "+namePerson(r.speak, member))
	}
	if nameless > 0 {
		lines = append(lines, r.speak.Count("announcement.nameless", nameless))
	}
	return r.showAnnouncementPage(announcement, annNotRead, page, pages, strings.Join(lines, "\n"))
}

// announcementPageOf keeps a page number within what there is.
func announcementPageOf(page int64, count, size int) (here, pages int) {
	pages = max(1, (count+size-1)/size)
	return min(max(int(page), 0), pages-1), pages
}

// showAnnouncementPage shows a page below the coordinator's card, and turns it in its message.
func (r *request) showAnnouncementPage(announcement council.Announcement, what string, page, pages int, text string) error {
	press, number := pressAnnouncement, announcement.Number
	if announcement.Official.Number != 0 {
		press, number = pressOfficial, announcement.Official.Number
	}
	var row []store.Button
	if page > 0 {
		row = append(row, button(r.speak, "previous", press, what, number, page-1))
	}
	if page+1 < pages {
		row = append(row, button(r.speak, "next", press, what, number, page+1))
	}
	var rows [][]store.Button
	if len(row) > 0 {
		rows = append(rows, row)
	}
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	switch {
	case notFoundIsNil(err) != nil:
		return err
	case about == aboutAnnouncementPage:
		err = r.edit(text, rows...)
	default:
		err = r.replyAbout(announcement.Reference().String(), aboutAnnouncementPage, text, rows...)
	}
	if err != nil {
		return err
	}
	return r.toast("")
}

// aboutAnnouncementPage marks a message that lists readers.
const aboutAnnouncementPage = "announcement_page"
