package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// officialOverview is what a coordinator's card says of an official notice beside the
// numbers of every announcement.
func (r *request) officialOverview(notice council.Announcement) ([]string, error) {
	var lines []string
	if notice.Official.Follows != 0 {
		lines = append(lines, r.speak.Say("official.follows", "First", council.OfficialReference(notice.Official.Follows).String()))
	}
	lost, err := r.lostOf(notice)
	if err != nil {
		return nil, err
	}
	if len(lost.byGroup)+len(lost.nobody) > 0 {
		lines = append(lines, r.speak.Say("official.lost", "N", len(lost.byGroup)+len(lost.nobody), "Group", len(lost.byGroup), "Nobody", len(lost.nobody)))
	}
	switch clock := r.officialClock(notice.Official); {
	case clock == "":
	case notice.Official.IsOpen():
		lines = append(lines, clock)
	default:
		lines = append(lines, r.speak.Say("official.closed", "Moment", r.speak.Moment(notice.Official.ClosedAt, r.city.Zone)))
	}
	return lines, nil
}

// lostOf are the people whom a notice did not reach in private, as things stand now: those
// of a group that it reached, each with that group, and those who have none.
func (r *request) lostOf(notice council.Announcement) (lost officialRecipients, err error) {
	copies, err := r.tx.Copies(notice.Number)
	if err != nil {
		return lost, err
	}
	told := make(map[int64]bool)
	var members []council.Member
	for _, one := range copies {
		if one.MemberID == 0 {
			told[one.GroupID] = !one.State.Missing()
		} else if one.State.Missing() {
			member, err := r.tx.Member(one.MemberID)
			if err != nil {
				return lost, err
			}
			members = append(members, member)
		}
	}
	if len(members) == 0 {
		return lost, nil
	}
	fallback, err := r.fallbackGroups(func(group council.Group) bool { return told[group.ID] })
	for _, member := range members {
		if group, has := fallback[member.ID]; has {
			lost.byGroup, lost.groups = append(lost.byGroup, member), append(lost.groups, group)
		} else {
			lost.nobody = append(lost.nobody, member)
		}
	}
	return lost, err
}

// officialRows are what a coordinator can do with an official notice. It cannot be taken
// back or changed: what is to be said further is said in one that follows.
func (r *request) officialRows(notice council.Announcement, unreached bool) [][]store.Button {
	act := func(label, action string) store.Button {
		return button(r.speak, label, pressOfficial, action, notice.Official.Number)
	}
	rows := [][]store.Button{{act("announcement_not_read", offUnread)}}
	if unreached {
		rows[0] = append(rows[0], act("official_lost", offLost))
		rows = append(rows, []store.Button{act("announcement_again", offAgain)})
	}
	last := []store.Button{act("official_follow", offFollow)}
	if notice.Official.IsOpen() {
		last = append(last, act("official_close", offClose))
	}
	return append(rows, last)
}

// pressLost lists, for the coordinator alone, who was not reached in private and how that
// is made good: by the group's notice, and by letter.
func (r *request) pressLost(notice council.Announcement, arguments pressArguments) error {
	lost, err := r.lostOf(notice)
	if err != nil {
		return err
	}
	var all []string
	for _, member := range lost.nobody {
		all = append(all, r.speak.Say("official.lost_line.nobody", "Person", r.warned(member)))
	}
	for i, member := range lost.byGroup {
		all = append(all, r.speak.Say("official.lost_line.group", "Person", r.warned(member), "Group", r.groupName(lost.groups[i])))
	}
	reference := notice.Reference().String()
	page, pages := announcementPageOf(arguments.number(2), len(all), notReadPage)
	lines := []string{r.speak.Count("official.lost_head", len(all), "Reference", reference)}
	lines = append(lines, all[page*notReadPage:min((page+1)*notReadPage, len(all))]...)
	if len(all) > 0 {
		lines = append(lines, r.speak.Say("official.lost_cure", "Reference", reference))
	}
	return r.showAnnouncementPage(notice, offLost, page, pages, strings.Join(lines, "\n"))
}

// warned names somebody in a list; of whom only an account is known, by that.
func (r *request) warned(member council.Member) string {
	if member.Name == "" && member.Username == "" && member.TelegramID != 0 {
		return r.speak.Say("official.account", "ID", idText(member.TelegramID))
	}
	return namePerson(r.speak, member)
}

// pressFollowOn begins a notice that follows.
func (r *request) pressFollowOn(notice council.Announcement, _ pressArguments) error {
	return r.quietly(r.goOnOfficial(r.following(notice)))
}

// askClose asks whether nothing is left to be done: who was to be told was told, by letter
// too, and the authority was.
func (r *request) askClose(notice council.Announcement, _ pressArguments) error {
	row := []store.Button{button(r.speak, "confirm", pressOfficial, offCloseOn, notice.Official.Number), button(r.speak, "official_leave", pressOfficial, offOpen, notice.Official.Number)}
	reference := notice.Reference().String()
	return r.quietly(r.replyAbout(reference, aboutAnnouncementPage, r.speak.Say("official.ask.close", "Reference", reference), row))
}

func (r *request) leaveOpen(notice council.Announcement, _ pressArguments) error {
	return r.quietly(r.edit(r.speak.Say("official.stays_open", "Reference", notice.Reference().String())))
}

// closeOfficial ends the clock of a notice; the first press of any coordinator does.
func (r *request) closeOfficial(notice council.Announcement, _ pressArguments) error {
	reference := notice.Reference().String()
	if notice.Official.IsOpen() {
		if err := r.tx.CloseOfficial(notice.Official.Number, r.now); err != nil {
			return err
		}
		if err := r.record(notice.Reference(), council.EventClosed, ""); err != nil {
			return err
		}
		if err := r.tx.PlanReminders(notice.Reference(), nil, nil); err != nil {
			return err
		}
		notice.Official.ClosedAt = r.now
	}
	if err := r.edit(r.speak.Say("official.closed_now", "Reference", reference, "Moment", r.speak.Moment(notice.Official.ClosedAt, r.city.Zone))); err != nil {
		return err
	}
	if err := r.showOverview(notice); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// actOfficial tells the coordinators how long there still is, at the hour at which a day is
// left and at that at which none is: the law counts nights and days off as well.
func (r *request) actOfficial(due council.Reminder) error {
	notice, err := r.tx.AnnouncementNamed(due.Subject)
	if err != nil {
		return notFoundIsNil(err)
	}
	if due.Step != council.StepOfficialClock {
		return r.actAnnouncement(due)
	}
	if !notice.Official.IsOpen() {
		return nil
	}
	_, people, err := r.tx.CountCopies(notice.Number)
	if err != nil {
		return err
	}
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		theirs := *r
		theirs.speak = r.speaker(member)
		line, err := theirs.officialLine(notice)
		if err != nil {
			return err
		}
		text := theirs.speak.Say("official.warning", "Person", greetPerson(theirs.speak, member), "Line", line)
		if _, err := r.tell(member, notice.Reference().String(), cardAnnouncementOverview, text, theirs.officialRows(notice, people.Missing() > 0)...); err != nil {
			return err
		}
	}
	return nil
}

// officialLines are the open official notices in a coordinator's state of things.
func (r *request) officialLines() ([]string, error) {
	open, err := r.tx.OpenOfficials()
	if err != nil || len(open) == 0 {
		return nil, err
	}
	lines := []string{"", r.speak.Say("official.status")}
	for _, notice := range open {
		line, err := r.officialLine(notice)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// officialLine is how an official notice stands, in numbers.
func (r *request) officialLine(notice council.Announcement) (string, error) {
	_, people, err := r.tx.CountCopies(notice.Number)
	if err != nil {
		return "", err
	}
	readers, err := r.tx.CountReaders(notice.Number)
	if err != nil {
		return "", err
	}
	read := 0
	for _, count := range readers {
		read += count.Count
	}
	due := notice.Official.Due()
	return r.speak.Say("official.line", "Reference", notice.Reference().String(), "Arrived", people.Arrived, "Read", read, "Lost", people.Missing(),
		"Waiting", people.Waiting, "Due", r.speak.Moment(due, r.city.Zone), "Left", r.hoursLeft(due)), nil
}

// bringOfficials brings to somebody who can be written to at last the notices that waited.
func (r *request) bringOfficials() error {
	waiting, err := r.tx.OfficialsWaitingFor(r.actor.ID)
	if err != nil {
		return err
	}
	for _, notice := range waiting {
		if err := r.bringOfficial(notice); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) bringOfficial(notice council.Announcement) error {
	if _, err := r.showCopy(notice, store.AnnouncementCopy{Number: notice.Number, MemberID: r.actor.ID}); err != nil {
		return err
	}
	return r.showOverview(notice)
}

// openOfficial is the link below a group's message: it brings a notice to whom it is for,
// once, and says to others that it is not for them.
func (r *request) openOfficial(number int64) error {
	notice, err := r.tx.Official(number)
	if err != nil {
		return errorsOr(notFoundIsNil(err), council.Refuse("no_such_thing", "Reference", council.OfficialReference(number).String()))
	}
	one, err := r.tx.CopyTo(notice.Number, r.actor.ID)
	switch {
	case notFoundIsNil(err) != nil:
		return err
	case err == nil && one.State.Missing():
		return r.bringOfficial(notice)
	case err == nil && one.State == store.CopyWaiting:
		return nil // it is on its way
	case err == nil:
		return r.reply(r.speak.Say("official.here_already", "Reference", notice.Reference().String()))
	}
	to := notice.To
	to.Kept = false // of whom something was kept then has a copy; others were not concerned
	meant, err := r.officialMembers(to)
	if err != nil {
		return err
	}
	for _, member := range meant {
		if member.ID == r.actor.ID {
			return r.bringOfficial(notice)
		}
	}
	return r.reply(r.speak.Say("official.not_for_you", "Reference", notice.Reference().String()))
}

// fallBack tells, of those whom a notice turned out to reach neither in private nor by a
// group, a group that was not tried yet; sent is how many groups that are.
func (r *request) fallBack(notice council.Announcement) (sent int, err error) {
	lost, err := r.lostOf(notice)
	if err != nil || len(lost.nobody) == 0 {
		return 0, err
	}
	copies, err := r.tx.Copies(notice.Number)
	if err != nil {
		return 0, err
	}
	tried := make(map[int64]bool)
	for _, one := range copies {
		tried[one.GroupID] = true
	}
	fallback, err := r.fallbackGroups(func(group council.Group) bool { return !tried[group.ID] })
	if err != nil {
		return 0, err
	}
	for _, member := range lost.nobody {
		group, has := fallback[member.ID]
		if !has || tried[group.ID] {
			continue
		}
		tried[group.ID] = true
		if _, err := r.showCopy(notice, store.AnnouncementCopy{Number: notice.Number, GroupID: group.ID}); err != nil {
			return sent, err
		}
		sent++
	}
	return sent, nil
}
