package bot

import (
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/rembuk/rembuk/store"
)

// aboutSettings marks a page of the settings.
const aboutSettings = "settings"

// Limits of a page: how many parts it lists, and how long a value may be in a list.
const (
	settingsOnPage    = 12
	settingValueLimit = 160 // runes
	settingLabelLimit = 40  // runes
)

// showSettings shows the first page: everything that can be set, with its value.
func (r *request) showSettings() error {
	if err := r.endDialogOf(dialogSetting); err != nil {
		return err
	}
	lines := []string{r.speak.Say("settings.head")}
	listed, rows, err := r.settingLines(setting{}, 0)
	if err != nil {
		return err
	}
	return r.inSettings(strings.Join(append(lines, listed...), "\n"), rows...)
}

// showSetting shows one setting: what it is now, what it does, what it can become.
func (r *request) showSetting(shown setting, from int) error {
	if err := r.endDialogOf(dialogSetting); err != nil {
		return err
	}
	kept, err := shown.kept(r)
	if err != nil {
		return err
	}
	head, err := r.settingLine(shown, kept, messageLimit/2)
	if err != nil {
		return err
	}
	rows, err := r.choiceRows(shown, kept)
	if err != nil {
		return err
	}
	if shown.rows != nil {
		more, err := shown.rows(r, kept)
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	listed, parts, err := r.settingLines(shown, from)
	if err != nil {
		return err
	}
	lines := append([]string{head}, r.settingAbout(shown)...)
	rows = append(rows, parts...)
	last, err := r.settingEnd(shown)
	if err != nil {
		return err
	}
	return r.inSettings(strings.Join(append(lines, listed...), "\n"), append(rows, last)...)
}

// settingAbout says what a setting does.
func (r *request) settingAbout(shown setting) []string {
	word, _, _ := strings.Cut(shown.word, "_")
	for _, key := range []string{"settings.about." + shown.word, "settings.about." + word + "_part"} {
		if r.speak.Knows(key) {
			return []string{r.speak.Say(key)}
		}
	}
	return nil
}

// settingLine writes a setting with its value, shortened to so many runes.
func (r *request) settingLine(shown setting, kept string, limit int) (string, error) {
	name, err := shown.called(r)
	if err != nil || shown.value == nil {
		return name, err
	}
	value, err := shown.value(r, kept)
	return r.speak.Say("settings.line", "Name", name, "Value", shorten(value, limit)), err
}

// choiceRows are the values on buttons, two to a row, and the button to write one.
func (r *request) choiceRows(shown setting, kept string) ([][]store.Button, error) {
	var buttons []store.Button
	if shown.choices != nil {
		choices, err := shown.choices(r, kept)
		if err != nil {
			return nil, err
		}
		for _, choice := range choices {
			if choice.kept != kept {
				buttons = append(buttons, store.Button{Text: shorten(choice.label, settingLabelLimit), Data: data(pressSettings, settingsTo, shown.word, markOfSetting(kept), markOfSetting(choice.kept))})
			}
		}
	}
	if shown.read != nil || shown.ask != nil {
		buttons = append(buttons, store.Button{Text: r.settingTypeLabel(shown), Data: data(pressSettings, settingsType, shown.word)})
	}
	return pairsOf(buttons), nil
}

func (r *request) settingTypeLabel(shown setting) string {
	word, _, _ := strings.Cut(shown.word, "_")
	for _, key := range []string{"settings.type." + shown.word, "settings.type." + word + "_part"} {
		if r.speak.Knows(key) {
			return r.speak.Say(key)
		}
	}
	return r.speak.Say("button.settings_type")
}

// pairsOf puts buttons two to a row.
func pairsOf(buttons []store.Button) [][]store.Button {
	var rows [][]store.Button
	for i, one := range buttons {
		if i%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], one)
	}
	return rows
}

// settingLines lists the parts of a page from one of them on, with a button for each
// and for the parts before and after.
func (r *request) settingLines(page setting, from int) (lines []string, rows [][]store.Button, err error) {
	parts, err := r.settingsIn(page)
	if err != nil || len(parts) == 0 {
		return nil, nil, err
	}
	if from < 0 || from >= len(parts) {
		from = 0
	}
	until := min(from+settingsOnPage, len(parts))
	var buttons []store.Button
	for _, part := range parts[from:until] {
		kept, err := part.kept(r)
		if err != nil {
			return nil, nil, err
		}
		line, err := r.settingLine(part, kept, settingValueLimit)
		if err != nil {
			return nil, nil, err
		}
		name, err := part.called(r)
		if err != nil {
			return nil, nil, err
		}
		lines = append(lines, line)
		buttons = append(buttons, store.Button{Text: shorten(name, settingLabelLimit), Data: data(pressSettings, settingsPage, part.word)})
	}
	var turn []store.Button
	if from > 0 {
		turn = append(turn, button(r.speak, "previous", pressSettings, settingsPage, page.word, max(from-settingsOnPage, 0)))
	}
	if until < len(parts) {
		turn = append(turn, button(r.speak, "next", pressSettings, settingsPage, page.word, until))
	}
	rows = pairsOf(buttons)
	if len(turn) > 0 {
		rows = append(rows, turn)
	}
	return lines, rows, nil
}

// settingEnd is the row under a page: back, and what can be undone.
func (r *request) settingEnd(shown setting) ([]store.Button, error) {
	var row []store.Button
	version, err := r.undoableSetting(shown)
	if err != nil {
		return nil, err
	}
	if shown.undo != nil {
		if row, err = shown.undo(r); err != nil {
			return nil, err
		}
	}
	if version != 0 {
		row = append(row, button(r.speak, "undo", pressSettings, settingsUndo, shown.word, version))
	}
	return append(row, button(r.speak, "back", pressSettings, settingsPage, shown.parent)), nil
}

// inSettings shows a page in the place of the one whose button was pressed.
func (r *request) inSettings(text string, rows ...[]store.Button) error {
	text = shorten(text, messageLimit)
	if r.press == nil {
		return r.replyAbout("", aboutSettings, text, rows...)
	}
	return r.edit(text, rows...)
}

// markOfSetting is a short mark of a value: a button carries that of the value its page
// showed, so that a press says whether it is about what stands now.
func markOfSetting(kept string) string {
	mark := fnv.New32a()
	_, _ = mark.Write([]byte(kept)) // a hash takes everything
	return fmt.Sprintf("%08x", mark.Sum32())
}
