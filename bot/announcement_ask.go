package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

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
	rows, err := r.addresseeRows(addresseeChoice{pressAnnouncement, draft.Key, draft.To}, page)
	if err != nil {
		return err
	}
	last := []store.Button{button(r.speak, "cancel_form", pressAnnouncement, annDrop, draft.Key)}
	if !draft.To.None() {
		last = append([]store.Button{button(r.speak, "announcement_go_on", pressAnnouncement, annGoOn, draft.Key)}, last...)
	}
	return r.showAnnouncementDraft(draft, stepAnnouncementTo, strings.Join(lines, "\n"), append(rows, last)...)
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
	draft.To, draft.Unread = toggled(draft.To, to), nil
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
	names := r.addresseeList(speak, to)
	if len(names) > addresseesShown {
		names = append(names[:addresseesShown:addresseesShown], speak.Count("notice.more", len(names)-addresseesShown))
	}
	return strings.Join(names, ", ")
}

// addresseeList names each of those whom something is for.
func (r *request) addresseeList(speak locale.Speaker, to council.Addressees) (names []string) {
	if to.Everyone {
		names = append(names, speak.Say("announcement.name.all"))
	}
	for _, kind := range council.GroupKinds { // the same order whenever they are named
		if slices.Contains(to.Kinds, kind) {
			names = append(names, speak.Say("announcement.name."+addresseesKind+string(kind)))
		}
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
	return append(names, r.peopleNames(speak, to)...)
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
