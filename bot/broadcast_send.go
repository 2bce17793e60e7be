package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// officialRecipients are whom an official notice is for at this moment: those who can be
// written to, those for whom only a group can be told, and those who cannot be reached.
type officialRecipients struct {
	private []council.Member
	byGroup []council.Member
	groups  []council.Group // in which those are told
	nobody  []council.Member
}

func (f officialRecipients) count() int { return len(f.private) + len(f.byGroup) + len(f.nobody) }

// officialRecipients finds whom an official notice is for as things stand now, each person
// once.
func (r *request) officialRecipients(to council.Addressees) (found officialRecipients, err error) {
	members, err := r.officialMembers(to)
	if err != nil {
		return found, err
	}
	fallback, err := r.fallbackGroups(func(council.Group) bool { return true })
	if err != nil {
		return found, err
	}
	told := make(map[int64]bool)
	for _, member := range members {
		group, inGroup := fallback[member.ID]
		switch {
		case member.Answered(): // also who has handed everything over and is otherwise left in peace
			found.private = append(found.private, member)
		case inGroup:
			found.byGroup = append(found.byGroup, member)
			if !told[group.ID] {
				told[group.ID] = true
				found.groups = append(found.groups, group)
			}
		default:
			found.nobody = append(found.nobody, member)
		}
	}
	return found, nil
}

// officialMembers are the people who are meant, each once, by their id. Whose data was
// erased is nobody any more.
func (r *request) officialMembers(to council.Addressees) (members []council.Member, err error) {
	add := func(more []council.Member, failed error) {
		members, err = append(members, more...), errorsOr(err, failed)
	}
	if to.Kept {
		add(r.tx.EverybodyKept())
	}
	for _, id := range to.MembersOf {
		group, missing := r.tx.FormerGroup(id)
		if missing == nil {
			add(r.tx.MembersOf(group.ChatID))
		}
	}
	for _, role := range to.Roles {
		add(r.tx.Holding(role))
	}
	for _, id := range to.People {
		member, missing := r.tx.Member(id)
		if missing == nil && !isErased(member) {
			add([]council.Member{member}, nil)
		}
	}
	seen := make(map[int64]bool)
	var once []council.Member
	for _, member := range members {
		if !seen[member.ID] {
			seen[member.ID] = true
			once = append(once, member)
		}
	}
	return once, err
}

// fallbackGroups is for every person the first linked group in which the person was seen
// and something can be said, of those that are right.
func (r *request) fallbackGroups(right func(council.Group) bool) (map[int64]council.Group, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	first := make(map[int64]council.Group)
	for _, group := range groups {
		if !group.Reachable || !right(group) {
			continue
		}
		members, err := r.tx.MembersOf(group.ChatID)
		if err != nil {
			return nil, err
		}
		for _, member := range members {
			if _, has := first[member.ID]; !has {
				first[member.ID] = group
			}
		}
	}
	return first, nil
}

// previewOfficial shows everything at once: to whom, to how many in which way, the clock,
// and the message as it will look.
func (r *request) previewOfficial(draft officialDraft) error {
	text, err := r.officialPreviewText(draft)
	if err != nil {
		return err
	}
	row := []store.Button{button(r.speak, "confirm", pressOfficial, offSend, draft.Key), button(r.speak, "change", pressOfficial, offChange, draft.Key), button(r.speak, "cancel_form", pressOfficial, offDrop, draft.Key)}
	return r.askOfficial(draft, officialPreview, text, row)
}

func (r *request) officialPreviewText(draft officialDraft) (string, error) {
	found, err := r.officialRecipients(draft.To)
	if err != nil {
		return "", err
	}
	lines := []string{
		r.speak.Say("announcement.preview.head"), r.speak.Say("announcement.to", "Names", r.addresseeNames(draft.To)),
		r.speak.Say("official.ways", "Private", len(found.private), "Group", len(found.byGroup), "Nobody", len(found.nobody)),
	}
	if len(found.groups) > 0 {
		lines = append(lines, r.speak.Say("official.by_group", "Names", r.groupList(found.groups)))
	}
	if clock := r.officialClock(council.Official{FoundAt: draft.Found}); clock != "" {
		lines = append(lines, clock)
	}
	notice := council.Announcement{Text: draft.words(r.speak), Official: council.Official{FoundAt: draft.Found, Follows: draft.Follow}}
	lines = append(lines, "", r.officialText(r.speak, notice, r.speak.Say("official.preview_number")))
	return strings.Join(lines, "\n"), nil
}

// officialClock says until when those concerned are to be told; "" without a clock.
func (r *request) officialClock(official council.Official) string {
	if official.FoundAt.IsZero() {
		return ""
	}
	due := official.Due()
	return r.speak.Say("official.clock", "Found", r.speak.Moment(official.FoundAt, r.city.Zone), "Due", r.speak.Moment(due, r.city.Zone), "Left", r.hoursLeft(due))
}

// hoursLeft counts the hours until a moment, since three days are counted by the hour.
func (r *request) hoursLeft(due time.Time) string {
	if left := due.Sub(r.now); left >= 0 {
		return r.speak.Count("official.hours_left", int(left/time.Hour))
	}
	return r.speak.Count("official.hours_past", int(r.now.Sub(due)/time.Hour))
}

// sendOfficial lets a draft go out to everybody it is for.
func (r *request) sendOfficial(draft officialDraft, _ pressArguments) error {
	if draft.missing() != officialPreview {
		return r.goOnWith(draft, nil)
	}
	text := draft.words(r.speak)
	if err := council.CheckAnnouncementText(text); err != nil {
		return err
	}
	found, err := r.officialRecipients(draft.To)
	if err != nil {
		return err
	}
	if found.count() == 0 {
		return council.Refuse("announcement_nobody")
	}
	notice := council.Announcement{Text: text, To: draft.To, CreatedBy: r.actor.ID, CreatedAt: r.now, SentAt: r.now, State: council.AnnouncementSent,
		Official: council.Official{FoundAt: draft.Found, Follows: draft.Follow}}
	if draft.Found.IsZero() {
		notice.Official.ClosedAt = r.now // nothing has to be done by a moment
	}
	if notice, err = r.tx.CreateAnnouncement(notice, 0, 0); err != nil {
		return err
	}
	if notice, err = r.tx.MakeOfficial(notice); err != nil {
		return err
	}
	if err := r.record(notice.Reference(), council.EventCreated, "", "private", strconv.Itoa(len(found.private)), "by_group", strconv.Itoa(len(found.byGroup)), "not", strconv.Itoa(len(found.nobody))); err != nil {
		return err
	}
	if err := r.sendOfficialCopies(notice, found); err != nil {
		return err
	}
	if err := r.planOfficialClock(notice); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("official.sent", "Reference", notice.Reference().String())); err != nil {
		return err
	}
	if err := r.showOverviewAfresh(notice); err != nil {
		return err
	}
	return r.toast(r.speak.Say("official.toast.sent"))
}

// sendOfficialCopies puts a message for everybody into the outbox, and keeps who cannot be
// written to, so that the notice comes when that changes and the coordinator sees who it is.
func (r *request) sendOfficialCopies(notice council.Announcement, found officialRecipients) error {
	for _, member := range found.private {
		if _, err := r.showCopy(notice, store.AnnouncementCopy{Number: notice.Number, MemberID: member.ID}); err != nil {
			return err
		}
	}
	for _, member := range append(found.byGroup, found.nobody...) {
		if err := r.tx.SaveCopy(store.AnnouncementCopy{Number: notice.Number, MemberID: member.ID, State: store.CopyUnreached}); err != nil {
			return err
		}
	}
	for _, group := range found.groups {
		if _, err := r.showCopy(notice, store.AnnouncementCopy{Number: notice.Number, GroupID: group.ID}); err != nil {
			return err
		}
	}
	return nil
}

// planOfficialClock lets the coordinators be told when a day is left, and when none is.
func (r *request) planOfficialClock(notice council.Announcement) error {
	if !notice.Official.IsOpen() {
		return nil
	}
	var planned []council.Reminder
	for _, at := range []time.Time{notice.Official.Due().Add(-24 * time.Hour), notice.Official.Due()} {
		if at.After(r.now) {
			planned = append(planned, council.Reminder{Subject: notice.Reference(), Step: council.StepOfficialClock, Audience: council.ToBot, Anchor: at, Due: at})
		}
	}
	return r.tx.AddReminders(planned)
}

// officialFace is an official notice as one reader sees it: in private all of it, as an
// answer to the one that it continues; in a group only that there is something to read.
func (r *request) officialFace(notice council.Announcement, one store.AnnouncementCopy, speak locale.Speaker) (store.Payload, error) {
	reference := notice.Reference().String()
	if one.GroupID != 0 {
		open := store.Button{Text: speak.Say("button.official_open"), URL: r.privateLink(reference)}
		return store.Payload{Text: speak.Say("official.in_group", "Reference", reference), Buttons: [][]store.Button{{open}}, Subject: reference, About: cardAnnouncement}, nil
	}
	payload := store.Payload{Text: r.officialText(speak, notice, reference), Subject: reference, About: cardAnnouncement,
		Buttons: [][]store.Button{{button(speak, "read", pressRead, notice.Number)}}}
	var err error
	payload.ReplyTo, err = r.messageOfFollowed(notice, one)
	return payload, err
}

// messageOfFollowed is the message with which the followed notice came to the same person;
// 0 if there is none.
func (r *request) messageOfFollowed(notice council.Announcement, one store.AnnouncementCopy) (int, error) {
	if notice.Official.Follows == 0 {
		return 0, nil
	}
	first, err := r.tx.Official(notice.Official.Follows)
	if err != nil {
		return 0, notFoundIsNil(err)
	}
	before, err := r.tx.CopyTo(first.Number, one.MemberID)
	if err != nil || before.CardID == 0 {
		return 0, notFoundIsNil(err)
	}
	card, err := r.tx.CardByID(before.CardID)
	return card.MessageID, notFoundIsNil(err)
}

func (r *request) officialText(speak locale.Speaker, notice council.Announcement, reference string) string {
	head := speak.Say("official.head", "Reference", reference)
	if notice.Official.Follows != 0 {
		head = speak.Say("official.head_follows", "Reference", reference, "First", council.OfficialReference(notice.Official.Follows).String())
	}
	foot := speak.Say("official.foot")
	if r.Officer != "" {
		foot = speak.Say("official.foot_officer", "Officer", r.Officer)
	}
	return head + "\n\n" + notice.Text + "\n\n" + foot
}
