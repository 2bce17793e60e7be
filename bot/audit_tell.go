package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// eventTeller puts events into plain sentences. Names are looked up when they are said,
// each once: the record itself holds none.
type eventTeller struct {
	*request
	names  map[int64]string
	groups map[int64]string
}

func (r *request) eventTeller() *eventTeller {
	return &eventTeller{r, make(map[int64]string), make(map[int64]string)}
}

// line is an event with its moment: "Sen 5 Okt 09.10 WITA · Bu Sitti membuat T-12".
func (t *eventTeller) line(h store.Happening) (string, error) {
	local := h.At.In(t.city.Zone)
	day := t.speak.ShortDay(local)
	if local.Year() != t.day().Year {
		day = t.speak.Date(local)
	}
	what, err := t.sentence(h)
	return day + " " + t.speak.Hour(local) + " · " + what, err
}

// sentence says what an event was: who did what to which thing.
func (t *eventTeller) sentence(h store.Happening) (string, error) {
	who, err := t.who(h)
	if err != nil {
		return "", err
	}
	thing, err := t.thing(h.Subject)
	if err != nil {
		return "", err
	}
	details, err := t.details(h)
	if err != nil {
		return "", err
	}
	return t.speak.Say("audit.what."+eventKey(h.Event), append(details, "Who", who, "Thing", thing)...), nil
}

// eventKey is which sentence an event has: most have that of their kind.
func eventKey(event council.Event) string {
	key := string(event.Kind)
	switch event.Kind {
	case council.EventRoleChanged:
		switch {
		case event.Detail["source"] != "":
			return key + "_own"
		case event.Detail["change"] == "taken":
			return key + "_taken"
		case event.Detail["change"] == "given":
			return key + "_given"
		}
	case council.EventSetting:
		if event.Detail[settingUndone] != "" {
			return key + "_undone"
		}
	case council.EventScored:
		if event.Detail["member"] != "" {
			return key + "_for"
		}
	case council.EventUndone:
		if event.Subject.IsZero() && event.Detail["handover"] != "" {
			return key + "_handover"
		}
	}
	return key
}

// who names who did it: a person as called today, or the bot.
func (t *eventTeller) who(h store.Happening) (string, error) {
	if h.MemberID == 0 {
		return t.speak.Say("audit.bot"), nil
	}
	return t.person(h.MemberID)
}

// person names a member, as far as the name is known; whose data was erased is somebody.
func (t *eventTeller) person(id int64) (string, error) {
	if name, known := t.names[id]; known {
		return name, nil
	}
	member, err := t.tx.Member(id)
	if notFoundIsNil(err) != nil {
		return "", err
	}
	t.names[id] = nameKept(t.speak, member)
	return t.names[id], nil
}

// nameKept names a member as far as a name is kept: whose data was erased is somebody.
func nameKept(speak locale.Speaker, member council.Member) string {
	if isErased(member) {
		return speak.Say("audit.erased")
	}
	return namePerson(speak, member)
}

// isErased tells whether nothing is left by which a member could be found.
func isErased(member council.Member) bool {
	return member.TelegramID == 0 && member.Name == "" && member.Username == ""
}

// group names a group, also one that is linked no more.
func (t *eventTeller) group(id int64) (string, error) {
	if name, known := t.groups[id]; known {
		return name, nil
	}
	group, err := t.tx.FormerGroup(id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		t.groups[id] = t.speak.Say("question.former_group")
	case err != nil:
		return "", err
	default:
		t.groups[id] = t.groupNameIn(t.speak, group)
	}
	return t.groups[id], nil
}

// thing names what an event was about: by its reference, or by words where people never
// see one; "" for nothing.
func (t *eventTeller) thing(of council.Reference) (string, error) {
	key := "audit.thing." + strings.ToLower(string(of.Letter))
	switch of.Letter {
	case 0:
		return "", nil
	case council.LeaveLetter, council.QuietLetter:
		name, err := t.person(of.Number)
		return t.speak.Say(key, "Name", name), err
	case council.GroupQuietLetter:
		name, err := t.group(of.Number)
		return t.speak.Say(key, "Name", name), err
	case council.PositionLetter:
		name, err := t.position(of.Number)
		return t.speak.Say(key, "Name", name), err
	case council.IndicatorLetter:
		indicator, err := t.tx.Indicator(of.Number)
		if errors.Is(err, store.ErrNotFound) {
			return t.speak.Say(key, "Name", idText(of.Number)), nil
		}
		return t.speak.Say(key, "Name", indicator.Code), err
	case council.SheetLetter, council.PackLetter:
		return t.speak.Say(key, "Name", council.EvaluationReference(of.Number).String()), nil
	case council.SettingLetter:
		name, err := t.setting(of.Number)
		return t.speak.Say(key, "Name", name), err
	}
	if t.speak.Knows(key) {
		return t.speak.Say(key, "Name", idText(of.Number)), nil
	}
	return of.String(), nil
}

func (t *eventTeller) position(id int64) (string, error) {
	name, err := t.positionName(t.speak, id)
	if errors.Is(err, store.ErrNotFound) {
		return idText(id), nil
	}
	return name, err
}

func (t *eventTeller) setting(number int64) (string, error) {
	if number > groupSettings {
		return t.group(number - groupSettings)
	}
	for _, one := range citySettings() {
		if one.number == number {
			return one.called(t.request)
		}
	}
	return idText(number), nil
}

// value says what a setting became; "" where the trail does not repeat it.
func (t *eventTeller) value(h store.Happening) (string, error) {
	to, kept := h.Detail["to"]
	switch {
	case !kept:
		return "", nil
	case h.Subject == cityReference:
		rhythm, err := readKeptRhythm(to)
		return t.evaluationText().rhythm(rhythm), err
	case h.Detail["key"] == groupLanguage:
		return saidLanguage(t.request, to)
	case h.Subject.Letter != council.SettingLetter:
		return "", nil
	}
	for _, one := range citySettings() {
		if one.number == h.Subject.Number && one.value != nil && !one.words {
			said, err := one.value(t.request, to)
			return shorten(said, settingValueLimit), err
		}
	}
	return "", nil
}

// details are what the sentences of events may say beside who and what.
func (t *eventTeller) details(h store.Happening) ([]any, error) {
	persons, err := t.persons(h)
	if err != nil {
		return nil, err
	}
	groups, err := t.eventGroups(h)
	if err != nil {
		return nil, err
	}
	role, what := "", ""
	if h.Detail["role"] != "" {
		role = t.roleName(council.Role(h.Detail["role"]))
	}
	for _, key := range []string{"audit.export." + h.Detail["what"], "audit.setting." + h.Detail["key"]} {
		if t.speak.Knows(key) {
			what = t.speak.Say(key)
		}
	}
	if h.Detail["sentence"] != "" {
		what = t.sentenceChanged(h.Detail["sentence"], h.Detail["language"])
	}
	if h.Detail["percent"] != "" {
		what = h.Detail["percent"]
	}
	value, err := t.value(h)
	if err != nil {
		return nil, err
	}
	references := strings.Join(slices.DeleteFunc([]string{h.Detail["tasks"], h.Detail["meeting"], h.Detail["copy"]}, func(one string) bool { return one == "" }), ", ")
	return []any{"Persons", persons, "Groups", groups, "Role", role, "What", what, "Value", value, "References", references, "Moment", t.eventMoment(h)}, nil
}

// persons names whom an event was about.
func (t *eventTeller) persons(h store.Happening) (string, error) {
	var names []string
	ids := h.Detail["member"] + "," + h.Detail["members"]
	if h.Detail["handover"] != "" {
		ids += "," + h.Detail["from"] + "," + h.Detail["to"]
	}
	for _, id := range strings.Split(ids, ",") {
		if number := (pressArguments{id}).number(0); number != 0 {
			name, err := t.person(number)
			if err != nil {
				return "", err
			}
			names = append(names, name)
		}
	}
	return strings.Join(names, ", "), nil
}

// eventGroups names the groups that an event was about.
func (t *eventTeller) eventGroups(h store.Happening) (string, error) {
	var names []string
	for _, id := range strings.Split(h.Detail["group"]+","+h.Detail["groups"], ",") {
		number := (pressArguments{id}).number(0)
		if number == 0 || h.Kind == council.EventCreated {
			continue
		}
		name, err := t.group(number)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	return strings.Join(names, ", "), nil
}

// eventMoment writes the new date that an event brought; "" for none.
func (t *eventTeller) eventMoment(h store.Happening) string {
	for _, key := range []string{"deadline", "starts", "until"} {
		if at, err := time.Parse(time.RFC3339, h.Detail[key]); err == nil {
			return t.speak.Moment(at, t.city.Zone)
		}
	}
	first, errFirst := council.ParseDay(h.Detail["first"])
	last, errLast := council.ParseDay(h.Detail["last"])
	if errFirst == nil && errLast == nil {
		return t.auditDays(first, last)
	}
	return ""
}

// rawDetail is all of an event's detail as it is kept, for whoever wants to know exactly.
func rawDetail(event council.Event) string {
	var parts []string
	for key, value := range event.Detail {
		parts = append(parts, key+"="+value)
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}
