package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// recipients are the groups and people that an announcement is for at this
// moment, and those of them who cannot be written to.
type recipients struct {
	groups, lostGroups []council.Group
	people, lostPeople []council.Member
}

func (r recipients) none() bool { return len(r.groups)+len(r.people) == 0 }

// recipientsOf finds whom an announcement is for as things stand now.
func (r *request) recipientsOf(to council.Addressees) (recipients, error) {
	var found recipients
	groups, err := r.tx.Groups()
	if err != nil {
		return found, err
	}
	for _, group := range groups {
		switch {
		case !to.Include(group):
		case group.Reachable:
			found.groups = append(found.groups, group)
		default:
			found.lostGroups = append(found.lostGroups, group)
		}
	}
	known := make(map[int64]bool)
	for _, role := range to.Roles {
		members, err := r.tx.Holding(role)
		if err != nil {
			return found, err
		}
		for _, member := range members {
			switch {
			case known[member.ID]:
			case member.Reach == council.ReachOpen && member.TelegramID != 0:
				found.people = append(found.people, member)
			default:
				found.lostPeople = append(found.lostPeople, member)
			}
			known[member.ID] = true
		}
	}
	return found, nil
}

// previewAnnouncement shows everything at once: to whom, to how many, when, with
// which files, and the message as it will look.
func (r *request) previewAnnouncement(draft announcementDraft) error {
	text, err := r.announcementPreview(draft)
	if err != nil {
		return err
	}
	return r.showAnnouncementDraft(draft, stepAnnouncementPreview, text, r.announcementPreviewRows(draft)...)
}

func (r *request) announcementPreview(draft announcementDraft) (string, error) {
	announcement := council.Announcement{Number: draft.Number, Text: draft.Text, To: draft.To, SendAt: draft.SendAt, Edition: 1, State: council.AnnouncementScheduled}
	if draft.Number != 0 {
		before, err := r.tx.Announcement(draft.Number)
		if err != nil {
			return "", err
		}
		if announcement.State = before.State; before.State == council.AnnouncementSent {
			announcement.Edition = before.Edition + 1
		}
	}
	lines, err := r.announcementFacts(announcement, draft)
	if err != nil {
		return "", err
	}
	reference := announcement.Reference().String()
	if draft.Number == 0 {
		reference = r.speak.Say("announcement.preview.number")
	}
	lines = append(lines, "", copyText(r.speak, announcement, reference))
	return strings.Join(lines, "\n"), nil
}

// announcementFacts are the lines above the message.
func (r *request) announcementFacts(announcement council.Announcement, draft announcementDraft) ([]string, error) {
	if announcement.State == council.AnnouncementSent {
		groups, people, err := r.tx.CountCopies(draft.Number)
		if err != nil {
			return nil, err
		}
		where := r.recipientCounts(groups.Waiting+groups.Arrived, people.Waiting+people.Arrived)
		return []string{r.speak.Say("announcement.preview.correction", "Reference", announcement.Reference().String(), "Where", where)}, nil
	}
	found, err := r.recipientsOf(draft.To)
	if err != nil {
		return nil, err
	}
	lines := []string{
		r.speak.Say("announcement.preview.head"),
		r.speak.Say("announcement.preview.to", "Names", r.addresseeNames(draft.To), "Where", r.recipientCounts(len(found.groups), len(found.people))),
	}
	if names := r.groupList(found.groups); names != "" && names != r.addresseeNames(draft.To) {
		lines = append(lines, r.speak.Say("announcement.preview.groups", "Names", names))
	}
	if lost := r.missingText(store.CopyUnreached, found.lostGroups, len(found.lostPeople)); lost != "" {
		lines = append(lines, lost)
	}
	when := r.speak.Say("announcement.preview.at_once")
	if !draft.SendAt.IsZero() {
		when = r.deadlineIn(r.speak, council.Deadline{At: draft.SendAt, Zone: r.city.Zone.String()})
	}
	lines = append(lines, r.speak.Say("announcement.preview.when", "When", when))
	if len(draft.Files) > 0 {
		lines = append(lines, r.speak.Count("announcement.preview.files", len(draft.Files), "Names", r.fileNames(draft.Files)))
	}
	return lines, nil
}

// recipientCounts counts groups and people: "300 grup dan 4 orang".
func (r *request) recipientCounts(groups, people int) string {
	switch {
	case people == 0:
		return r.speak.Count("announcement.groups", groups)
	case groups == 0:
		return r.speak.Count("announcement.people", people)
	}
	return r.speak.Say("announcement.both", "Groups", r.speak.Count("announcement.groups", groups), "People", r.speak.Count("announcement.people", people))
}

// groupList names a few groups and counts the others.
func (r *request) groupList(groups []council.Group) string {
	var names []string
	for _, group := range groups[:min(len(groups), addresseesShown)] {
		names = append(names, r.groupName(group))
	}
	if more := len(groups) - addresseesShown; more > 0 {
		names = append(names, r.speak.Count("notice.more", more))
	}
	return strings.Join(names, ", ")
}

// missingText names the groups that an announcement does not reach, or may not have, and
// counts the people; empty where there are none.
func (r *request) missingText(state store.CopyState, groups []council.Group, people int) string {
	var names []string
	if len(groups) > 0 {
		names = append(names, r.groupList(groups))
	}
	if people > 0 {
		names = append(names, r.speak.Count("announcement.people", people))
	}
	if len(names) == 0 {
		return ""
	}
	return r.speak.Say("announcement."+string(state), "Names", strings.Join(names, ", "))
}

func (r *request) fileNames(files []file) string {
	var names []string
	for _, one := range files {
		name := one.Name
		if name == "" {
			name = r.speak.Say("announcement.unnamed_file")
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// announcementPreviewRows confirm a draft, schedule it, change it or leave it.
func (r *request) announcementPreviewRows(draft announcementDraft) [][]store.Button {
	send := button(r.speak, "confirm", pressAnnouncement, annSend, draft.Key)
	schedule := button(r.speak, "announcement_schedule", pressAnnouncement, annSchedule, draft.Key)
	last := []store.Button{button(r.speak, "change", pressAnnouncement, annChange, draft.Key), button(r.speak, "cancel_form", pressAnnouncement, annDrop, draft.Key)}
	switch {
	case draft.Number != 0 && draft.SendAt.IsZero():
		return [][]store.Button{{send}, last}
	case !draft.SendAt.IsZero():
		return [][]store.Button{{schedule, button(r.speak, "announcement_now", pressAnnouncement, annSend, draft.Key)}, last}
	}
	return [][]store.Button{{send, schedule}, last}
}

// pressChangeAnnouncement shows what can be changed. Of what went out only the words can.
func (r *request) pressChangeAnnouncement(draft announcementDraft, _ pressArguments) error {
	text, err := r.announcementPreview(draft)
	if err != nil {
		return err
	}
	row := []store.Button{button(r.speak, "announcement_text", pressAnnouncement, annText, draft.Key)}
	if draft.Number == 0 || !draft.SendAt.IsZero() {
		row = append(row, button(r.speak, "announcement_to", pressAnnouncement, annTo, draft.Key), button(r.speak, "announcement_when", pressAnnouncement, annWhen, draft.Key))
	}
	back := []store.Button{button(r.speak, "back", pressAnnouncement, annBack, draft.Key)}
	if err := r.showAnnouncementDraft(draft, stepAnnouncementPreview, text, row, back); err != nil {
		return err
	}
	return r.toast("")
}

// pressScheduleAnnouncement keeps a draft that has a moment, and asks for one otherwise.
func (r *request) pressScheduleAnnouncement(draft announcementDraft, arguments pressArguments) error {
	if draft.SendAt.IsZero() {
		return r.pressAnnouncementWhen(draft, arguments)
	}
	if !draft.SendAt.After(r.now) {
		return council.Refuse("announcement_past")
	}
	return r.confirmAnnouncement(draft)
}

// pressSendAnnouncement lets a draft go out now.
func (r *request) pressSendAnnouncement(draft announcementDraft, _ pressArguments) error {
	draft.SendAt = time.Time{}
	return r.confirmAnnouncement(draft)
}

// scheduleAnnouncement gives a draft its moment in unix seconds; 0 is at once.
func (r *request) scheduleAnnouncement(draft announcementDraft, at int64) error {
	draft.SendAt = time.Time{}
	if at != 0 {
		draft.SendAt = time.Unix(at, 0).UTC()
		if !draft.SendAt.After(r.now) {
			return council.Refuse("announcement_past")
		}
	}
	return r.goOnAnnouncement(draft)
}
