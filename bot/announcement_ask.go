package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// addresseesOffered is how many single groups stand on one page to choose from.
const addresseesOffered = 8

// addresseeMark stands before what is chosen.
const addresseeMark = "✓ "

// askAddressees asks for whom an announcement is. page is of the single groups;
// 0 offers kinds and roles.
func (r *request) askAddressees(draft announcementDraft, page int) error {
	lines := []string{r.speak.Say("announcement.ask.to")}
	if len(draft.Unread) > 0 {
		lines = append(lines, r.speak.Say("announcement.ask.unread", "Names", strings.Join(draft.Unread, ", ")))
	}
	if !draft.To.None() {
		lines = append(lines, r.speak.Say("announcement.to", "Names", r.addresseeNames(draft.To)))
	}
	rows := r.announcementKindRows(draft)
	if page > 0 {
		var err error
		if rows, err = r.announcementGroupRows(draft, page); err != nil {
			return err
		}
	}
	last := []store.Button{button(r.speak, "cancel_form", pressAnnouncement, annDrop, draft.Key)}
	if !draft.To.None() {
		last = append([]store.Button{button(r.speak, "announcement_go_on", pressAnnouncement, annGoOn, draft.Key)}, last...)
	}
	return r.showAnnouncementDraft(draft, stepAnnouncementTo, strings.Join(lines, "\n"), append(rows, last)...)
}

// announcementKindRows offer all groups, kinds of groups and roles.
func (r *request) announcementKindRows(draft announcementDraft) [][]store.Button {
	toggle := func(name string) store.Button {
		return r.toggleButton(draft, name, r.speak.Say("announcement.name."+name))
	}
	rows := [][]store.Button{{toggle(addresseesAll)}}
	for i := 0; i+1 < len(council.GroupKinds); i += 2 {
		rows = append(rows, []store.Button{
			toggle(addresseesKind + string(council.GroupKinds[i])), toggle(addresseesKind + string(council.GroupKinds[i+1])),
		})
	}
	rows = append(rows, []store.Button{button(r.speak, "announcement_groups", pressAnnouncement, annGroups, draft.Key, 1)})
	var row []store.Button
	for _, role := range council.Roles {
		if row = append(row, toggle(addresseesRole+string(role))); len(row) == 2 {
			rows, row = append(rows, row), nil
		}
	}
	if len(row) > 0 {
		rows = append(rows, row)
	}
	return rows
}

// announcementGroupRows offer a page of single groups.
func (r *request) announcementGroupRows(draft announcementDraft, page int) ([][]store.Button, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	pages := max(1, (len(groups)+addresseesOffered-1)/addresseesOffered)
	page = min(max(page, 1), pages)
	var rows [][]store.Button
	for _, group := range groups[(page-1)*addresseesOffered : min(page*addresseesOffered, len(groups))] {
		toggle := r.toggleButton(draft, addresseesSingle+idText(group.ID), r.groupName(group))
		toggle.Data += ":" + idText(int64(page))
		rows = append(rows, []store.Button{toggle})
	}
	turn := []store.Button{}
	if page > 1 {
		turn = append(turn, button(r.speak, "previous", pressAnnouncement, annGroups, draft.Key, page-1))
	}
	turn = append(turn, button(r.speak, "back", pressAnnouncement, annTo, draft.Key))
	if page < pages {
		turn = append(turn, button(r.speak, "next", pressAnnouncement, annGroups, draft.Key, page+1))
	}
	return append(rows, turn), nil
}

func (r *request) toggleButton(draft announcementDraft, name, label string) store.Button {
	if to, _ := addresseesOf(name); draft.To.Name(to) {
		label = addresseeMark + label
	}
	return store.Button{Text: label, Data: data(pressAnnouncement, annToggle, draft.Key, name)}
}

func (r *request) pressAddressees(draft announcementDraft, _ pressArguments) error {
	if err := r.askAddressees(draft, 0); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) pressAnnouncementGroups(draft announcementDraft, arguments pressArguments) error {
	if err := r.askAddressees(draft, max(1, int(arguments.number(2)))); err != nil {
		return err
	}
	return r.toast("")
}

// pressToggleAddressees adds addressees, or takes them away if they are chosen already.
func (r *request) pressToggleAddressees(draft announcementDraft, arguments pressArguments) error {
	to, known := addresseesOf(arguments.text(2))
	if !known {
		return r.staleAnnouncement()
	}
	draft.Unread = nil
	if draft.To.Name(to) {
		draft.To = draft.To.Without(to)
	} else {
		draft.To = draft.To.And(to)
	}
	if err := r.askAddressees(draft, int(arguments.number(3))); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) pressGoOnAnnouncement(draft announcementDraft, _ pressArguments) error {
	draft.Unread = nil
	if err := r.goOnAnnouncement(draft); err != nil {
		return err
	}
	return r.toast("")
}

// answerAddressees takes names that were typed; they take the place of what was
// chosen before. Files with a text are what it is about.
func (r *request) answerAddressees(draft announcementDraft) error {
	if len(filesOf(r.message)) > 0 {
		return r.answerAnnouncementText(draft)
	}
	before := draft.To
	draft.To, draft.Unread = council.Addressees{}, nil
	if !r.readAddressees(r.text, &draft) {
		draft.To = before
		draft.Unread = []string{shorten(strings.TrimSpace(r.text), phraseLimit)}
	}
	return r.goOnAnnouncement(draft)
}

// addresseeNames names whom an announcement is for.
func (r *request) addresseeNames(to council.Addressees) string {
	return r.addresseeNamesIn(r.speak, to)
}

func (r *request) addresseeNamesIn(speak locale.Speaker, to council.Addressees) string {
	var names []string
	if to.Everyone {
		names = append(names, speak.Say("announcement.name.all"))
	}
	for _, kind := range to.Kinds {
		names = append(names, speak.Say("announcement.name."+addresseesKind+string(kind)))
	}
	for _, dimension := range to.Dimensions {
		names = append(names, kindName(speak, council.KindWorkingGroup, dimension))
	}
	for _, id := range to.Groups {
		group, err := r.tx.Group(id)
		if err != nil {
			continue // it is linked no more, and gets nothing
		}
		names = append(names, r.groupNameIn(speak, group))
	}
	for _, role := range to.Roles {
		names = append(names, speak.Say("announcement.name."+addresseesRole+string(role)))
	}
	if len(names) > addresseesShown {
		names = append(names[:addresseesShown:addresseesShown], speak.Count("notice.more", len(names)-addresseesShown))
	}
	return strings.Join(names, ", ")
}

// addresseesShown is how many groups are named where more are counted.
const addresseesShown = 10

// pressAnnouncementWhen asks when an announcement goes out.
func (r *request) pressAnnouncementWhen(draft announcementDraft, _ pressArguments) error {
	if err := r.askAnnouncementWhen(draft, r.speak.Say("announcement.ask.when"), nil); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) askAnnouncementWhen(draft announcementDraft, text string, due *reading.Due) error {
	offered := r.usualMoments(reminderHour)
	if due != nil && len(due.Candidates) > 0 {
		offered = due.Candidates
	}
	var rows [][]store.Button
	for _, moment := range offered[:min(candidateLimit, len(offered))] {
		local := moment.In(r.city.Zone)
		if moment.After(r.now) {
			rows = append(rows, []store.Button{{Text: r.speak.Day(local) + " " + r.speak.Hour(local), Data: data(pressAnnouncement, annWhenAt, draft.Key, moment.Unix())}})
		}
	}
	rows = append(rows, []store.Button{
		button(r.speak, "announcement_at_once", pressAnnouncement, annWhenAt, draft.Key, 0), button(r.speak, "back", pressAnnouncement, annBack, draft.Key),
	})
	return r.showAnnouncementDraft(draft, stepAnnouncementWhen, text, rows...)
}

// answerAnnouncementWhen takes the moment that was typed.
func (r *request) answerAnnouncementWhen(draft announcementDraft) error {
	words := strings.TrimSpace(r.text)
	if _, now := locale.Meaning("announcement_when", words); now {
		return r.scheduleAnnouncement(draft, 0)
	}
	due := reading.ReadDue(words, r.readingContext())
	due.Candidates = slices.Clone(due.Candidates)
	if due.Outcome == reading.Found {
		if at := r.sendingMoment(due); at.After(r.now) {
			return r.scheduleAnnouncement(draft, at.Unix())
		}
		due.Outcome = reading.Past
	}
	if due.Outcome == reading.Past {
		return r.askAnnouncementWhen(draft, r.speak.Say("announcement.ask.past", "Phrase", shorten(words, phraseLimit)), nil)
	}
	return r.askAnnouncementWhen(draft, r.speak.Say("announcement.ask.when_unread", "Phrase", shorten(words, phraseLimit)), &due)
}

func (r *request) pressAnnouncementWhenAt(draft announcementDraft, arguments pressArguments) error {
	if err := r.scheduleAnnouncement(draft, arguments.number(2)); err != nil {
		return err
	}
	return r.toast("")
}
