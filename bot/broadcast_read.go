package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// readOfficial reads "semua: words", "@rina, Pokja Lingkungan: words", and lines such as
// "Yang terjadi: …" for a notice about a breach. What is not said is asked for.
func (r *request) readOfficial(text string) (officialDraft, error) {
	draft := officialDraft{Key: r.draftKey()}
	if word, known := locale.Meaning("official_kind", text); known {
		draft.Kind = word
		return draft, nil
	}
	head, rest, found := cutAddressees(text)
	if found {
		to, unread, err := r.officialAddressees(head)
		if err != nil {
			return draft, err
		}
		if part, _ := locale.Meaning("official_part", head); part == "" && !to.None() {
			draft.To, draft.Unread, text = to, unread, rest
		}
	} else if to, unread, err := r.officialAddressees(text); err != nil || !to.None() && len(unread) == 0 {
		draft.To = to
		return draft, err
	}
	if r.readParts(text, &draft) {
		draft.Kind = kindBreach
		return draft, nil
	}
	if text != "" {
		draft.Kind, draft.Text = kindOther, text
	}
	return draft, nil
}

// readParts reads lines that begin with the name of a part of a notice about a breach, each
// with what follows it; false if none does.
func (r *request) readParts(text string, draft *officialDraft) bool {
	parts := map[string]*string{officialWhat: &draft.What, officialHow: &draft.How, officialDoing: &draft.Doing}
	var current *string
	any := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		head, rest, found := strings.Cut(line, ":")
		part, known := locale.Meaning("official_part", head)
		switch {
		case found && known && part == officialFound:
			any, current = true, nil
			if at, read := r.readFound(strings.TrimSpace(rest)); read && council.CheckFound(at, r.now) == nil {
				draft.Found = at
			}
			continue
		case found && known:
			any, current, line = true, parts[part], strings.TrimSpace(rest)
		}
		if current != nil {
			*current = strings.TrimSpace(*current + "\n" + line)
		}
	}
	return any
}

// officialAddressees reads names between commas: everybody, groups whose members are
// meant, roles, and people by mention or by name. unread are those that mean nobody.
func (r *request) officialAddressees(text string) (to council.Addressees, unread []string, err error) {
	if len(text) > addresseesLimit || strings.Contains(text, "\n") {
		return to, nil, nil
	}
	mentioned, err := r.mentionedPeople()
	if err != nil {
		return to, nil, err
	}
	for _, name := range splitAddressees(text) {
		some, err := r.officialNamed(name, mentioned)
		if err != nil {
			return to, nil, err
		}
		if some.None() {
			unread = append(unread, shorten(name, phraseLimit))
		}
		to = to.And(some)
	}
	return to, unread, nil
}

// mentionedPeople finds the people whom Telegram names by their id in the message, by the
// words that stand for them.
func (r *request) mentionedPeople() (map[string]int64, error) {
	found := make(map[string]int64)
	if r.message == nil {
		return found, nil
	}
	text, entities := body(r.message)
	for _, entity := range entities {
		start, end, ok := entitySpan(text, entity)
		if !ok || entity.User == nil || entity.User.IsBot {
			continue
		}
		member, err := r.tx.MemberByTelegramID(entity.User.ID)
		if notFoundIsNil(err) != nil {
			return found, err
		}
		if err == nil {
			found[text[start:end]] = member.ID
		}
	}
	return found, nil
}

// officialNamed reads one name; nobody where it means none.
func (r *request) officialNamed(name string, mentioned map[string]int64) (to council.Addressees, err error) {
	if id, is := mentioned[name]; is {
		return council.Addressees{People: []int64{id}}, nil
	}
	if strings.HasPrefix(name, "@") {
		member, err := r.tx.MemberByUsername(name)
		if err != nil {
			return to, notFoundIsNil(err)
		}
		return council.Addressees{People: []int64{member.ID}}, nil
	}
	if _, everybody := locale.Meaning("official_to", name); everybody {
		return council.Addressees{Kept: true}, nil
	}
	if word, rest := firstWord(name); rest != "" {
		if _, members := locale.Meaning("official_members", word); members {
			name = rest
		}
	}
	some, known := r.addresseesNamed(name)
	switch {
	case known && len(some.Roles) > 0:
		return council.Addressees{Roles: some.Roles}, nil
	case known:
		return r.membersOf(some)
	}
	id, err := r.calledSo(name)
	if id != 0 {
		to.People = []int64{id}
	}
	return to, err
}

// membersOf are the members of the groups that are meant.
func (r *request) membersOf(groups council.Addressees) (to council.Addressees, err error) {
	linked, err := r.tx.Groups()
	for _, group := range linked {
		if groups.Include(group) {
			to.MembersOf = append(to.MembersOf, group.ID)
		}
	}
	return to, err
}

// askOfficialTo asks for whom a notice is; page is of the groups.
func (r *request) askOfficialTo(draft officialDraft, page int) error {
	lines := []string{r.speak.Say("official.ask.to")}
	if len(draft.Unread) > 0 {
		lines = append(lines, r.speak.Say("announcement.ask.unread", "Names", strings.Join(draft.Unread, ", ")))
	}
	if !draft.To.None() {
		lines = append(lines, r.speak.Say("announcement.to", "Names", r.addresseeNames(draft.To)))
	}
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	page, before, behind := onePage(int64(page), addresseesOffered, len(groups))
	rows := [][]store.Button{{r.officialToggle(draft, council.Addressees{Kept: true}, officialKept, r.speak.Say("official.name.kept"), page)}}
	for _, group := range groups[page*addresseesOffered : min((page+1)*addresseesOffered, len(groups))] {
		label := r.speak.Say("official.name.members", "Group", r.groupName(group))
		rows = append(rows, []store.Button{r.officialToggle(draft, council.Addressees{MembersOf: []int64{group.ID}}, idText(group.ID), label, page)})
	}
	turn := turnButtons(r.speak, page, before, behind, pressOfficial, offGroups, draft.Key)
	if len(turn) > 0 {
		rows = append(rows, turn)
	}
	last := []store.Button{button(r.speak, "cancel_form", pressOfficial, offDrop, draft.Key)}
	if !draft.To.None() {
		last = slices.Insert(last, 0, button(r.speak, "announcement_go_on", pressOfficial, offOn, draft.Key))
	}
	draft.Change = officialTo
	return r.askOfficial(draft, officialTo, strings.Join(lines, "\n"), append(rows, last)...)
}

// officialKept stands in buttons for everybody of whom something is kept.
const officialKept = "kept"

func (r *request) officialToggle(draft officialDraft, to council.Addressees, word, label string, page int) store.Button {
	if draft.To.Name(to) {
		label = addresseeMark + label
	}
	return store.Button{Text: label, Data: data(pressOfficial, offToggle, draft.Key, word, page)}
}

// toggleOfficial adds addressees, or takes them away if they are chosen already.
func (r *request) toggleOfficial(draft officialDraft, arguments pressArguments) error {
	to := council.Addressees{MembersOf: []int64{arguments.number(0)}}
	if arguments.text(0) == officialKept {
		to = council.Addressees{Kept: true}
	} else if _, err := r.tx.Group(arguments.number(0)); err != nil {
		return errorsOr(notFoundIsNil(err), r.stale())
	}
	draft.To, draft.Unread = toggled(draft.To, to), nil
	return r.quietly(r.askOfficialTo(draft, int(arguments.number(1))))
}

func (r *request) officialGroups(draft officialDraft, arguments pressArguments) error {
	return r.quietly(r.askOfficialTo(draft, int(arguments.number(0))))
}

// answerOfficialTo takes names that were typed; they join what was chosen before.
func (r *request) answerOfficialTo(draft officialDraft, words string) error {
	to, unread, err := r.officialAddressees(words)
	if err != nil {
		return err
	}
	draft.To, draft.Unread = draft.To.And(to), unread
	if to.None() {
		draft.Unread = []string{shorten(words, phraseLimit)}
	}
	if draft.Change = ""; len(draft.Unread) > 0 {
		return r.askOfficialTo(draft, 0)
	}
	return r.goOnOfficial(draft)
}

// peopleNames name whom an official notice is for, each in private.
func (r *request) peopleNames(speak locale.Speaker, to council.Addressees) (names []string) {
	if to.Kept {
		names = append(names, speak.Say("official.name.kept"))
	}
	for _, id := range to.MembersOf {
		if group, err := r.tx.FormerGroup(id); err == nil {
			names = append(names, speak.Say("official.name.members", "Group", r.groupNameIn(speak, group)))
		}
	}
	for _, id := range to.People {
		if member, err := r.tx.Member(id); err == nil {
			names = append(names, nameKept(speak, member))
		}
	}
	return names
}
