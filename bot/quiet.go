package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// quiet is /jam_tenang 12.00–13.30 and /jam_tenang hapus: the person's own quiet
// times in private, the group's in a group. Alone it shows them.
func (r *request) quiet() error {
	of, err := r.quietHere()
	if err != nil {
		return err
	}
	text := strings.TrimSpace(r.text)
	if text == "" {
		return r.showQuiet(of)
	}
	return r.takeQuiet(of, text)
}

// quietHere is whose quiet times this place is about. Everybody in a group may
// see the group's.
func (r *request) quietHere() (store.Hearer, error) {
	if err := r.may(council.ActionOwnReminders, council.Scope{}); err != nil {
		return store.Hearer{}, err
	}
	switch {
	case r.private:
		return store.Hearer{MemberID: r.actor.ID}, nil
	case !r.linked():
		return store.Hearer{}, council.Refuse("not_linked")
	}
	return store.Hearer{GroupID: r.group.ID}, nil
}

// maySetQuiet decides whether this person may choose quiet times: the own ones,
// or those of a group in which the person may give out work.
func (r *request) maySetQuiet(of store.Hearer) error {
	if of.GroupID != 0 {
		return r.may(council.ActionCreateTask, council.Scope{GroupID: of.GroupID})
	}
	if of.MemberID != r.actor.ID {
		return council.Refuse("unknown_action")
	}
	return r.may(council.ActionOwnReminders, council.Scope{})
}

// takeQuiet sets the quiet times that somebody wrote.
func (r *request) takeQuiet(of store.Hearer, text string) error {
	var times []council.QuietTime
	if meaning, known := locale.Meaning("taking_back", text); !known || meaning != "release" {
		parts, ok := reading.ReadHours(text)
		if !ok {
			return council.Refuse("quiet_unread")
		}
		for _, part := range parts {
			times = append(times, council.QuietTime{From: part.From, Until: part.Until})
		}
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	answer, version, err := r.setQuiet(of, times)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutQuiet, answer, r.undoQuietRow(version)...)
}

// answerQuiet takes the hours that /jam_tenang alone asked for.
func (r *request) answerQuiet(store.Dialog) error {
	of, err := r.quietHere()
	if err != nil {
		return err
	}
	return r.takeQuiet(of, strings.TrimSpace(r.text))
}

// aboutQuiet marks a message of the bot about quiet times.
const aboutQuiet = "quiet"

// showQuiet shows the quiet times here, everybody's beside them, and usual choices.
func (r *request) showQuiet(of store.Hearer) error {
	times, err := r.tx.QuietTimes(of)
	if err != nil {
		return err
	}
	if r.private {
		dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogQuiet}
		if err := r.tx.SetDialog(dialog, r.now); err != nil {
			return err
		}
	}
	lines := []string{r.quietText(of, times), r.quietForAll(), r.speak.Say("quiet.how")}
	if r.private {
		lines = slices.Insert(lines, 2, r.speak.Say("quiet.exception"))
	}
	return r.replyAbout("", aboutQuiet, strings.Join(lines, "\n"), r.quietRows(times)...)
}

// usualQuiet are the quiet times on buttons.
var usualQuiet = []struct {
	label string
	time  council.QuietTime
}{
	{"quiet_morning", council.QuietTime{From: 0, Until: 9 * 60}},
	{"quiet_noon", council.QuietTime{From: 12 * 60, Until: 13*60 + 30}},
}

func (r *request) quietRows(times []council.QuietTime) [][]store.Button {
	var row []store.Button
	for i, usual := range usualQuiet {
		if !slices.Contains(times, usual.time) {
			row = append(row, button(r.speak, usual.label, pressQuiet, quietAdd, i))
		}
	}
	if len(times) > 0 {
		row = append(row, button(r.speak, "quiet_none", pressQuiet, quietNone))
	}
	return [][]store.Button{row}
}

// quietText says which quiet times somebody has, and where the city's hours have become
// so short that those leave too little of them.
func (r *request) quietText(of store.Hearer, times []council.QuietTime) string {
	key := "quiet.own"
	if of.GroupID != 0 {
		key = "quiet.of_group"
	}
	if len(times) == 0 {
		return r.speak.Say(key + "_none")
	}
	hours := r.city.Timing.Calendar.WorkingHours()
	lines := []string{r.speak.Say(key, "Times", r.spans(times))}
	if council.CheckQuiet(times, hours) != nil {
		lines = append(lines, r.speak.Say("quiet.not_held", "Hours", r.span(hours.Starts, hours.Ends)))
	}
	return strings.Join(lines, "\n")
}

// spans writes quiet times: "12.00–13.30, 20.00–07.30".
func (r *request) spans(times []council.QuietTime) string {
	spans := make([]string, len(times))
	for i, one := range times {
		spans[i] = r.span(one.From, one.Until)
	}
	return strings.Join(spans, ", ")
}

// quietForAll says when nobody is reminded.
func (r *request) quietForAll() string {
	hours := r.city.Timing.Calendar.WorkingHours()
	key := "quiet.everybody"
	if hours.FridayStarts == hours.FridayEnds {
		key = "quiet.everybody_no_break"
	}
	return r.speak.Say(key, "From", r.speak.Clock(hours.Starts), "Until", r.speak.Clock(hours.Ends), "Break", r.span(hours.FridayStarts, hours.FridayEnds))
}
