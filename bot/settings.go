package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressSettings stands in buttons that show or change a setting of the city. Buttons
// of older pages carry the setting and what it becomes.
const pressSettings = "set"

// What a button of the settings does; what follows names the setting.
const (
	settingsPage = "page" // shows it; from which of its parts on follows
	settingsTo   = "to"   // takes a choice: the marks of what the page showed and of the choice follow
	settingsType = "type" // lets it be written
	settingsUndo = "undo" // the change to undo follows
	settingsOwn  = "own"  // is the setting's own; what it means follows
)

// settingsPayload is in the link that opens the settings in private.
const settingsPayload = "settings"

// setting is one thing of the city that coordinators set, with a page of its own.
// It is kept as text; the empty text is the usual value.
type setting struct {
	word   string // in buttons, and of its sentences: it is never changed
	number int64  // of what can be undone, "U-4": it is never changed
	key    string // where its value is kept
	parent string // the setting whose page lists it; empty: it is on the first page
	words  bool   // its value is somebody's words, which the trail does not repeat
	group  int64  // whose it is, by id; 0: the city's

	name    func(r *request) (string, error)              // nil: the sentence of its word
	load    func(r *request) (kept string, err error)     // nil: from its key
	save    func(r *request, kept string) error           // nil: under its key
	value   func(r *request, kept string) (string, error) // in the reader's words
	choices func(r *request, kept string) ([]settingChoice, error)
	read    func(r *request, kept, typed string) (after string, err error) // nil: it is chosen, not written
	fits    func(r *request, kept string) error                            // nil: always; else whether it goes with what else is set now
	change  func(r *request, after string) error                           // nil: a choice holds at once; else it is shown before
	ask     func(r *request) error                                         // nil: the sentence of its word asks
	parts   func(r *request) ([]setting, error)                            // settings on its page that are made of what is kept
	rows    func(r *request, kept string) ([][]store.Button, error)        // further buttons of its page
	press   func(r *request, arguments pressArguments) error               // answers those
	undo    func(r *request) ([]store.Button, error)                       // nil: by the frame
	open    func(r *request) error                                         // what has a conversation of its own instead of a page
}

// settingChoice is a value on a button.
type settingChoice struct{ label, kept string }

// reference names the setting, so that a change can be undone.
func (s setting) reference() council.Reference {
	return council.Reference{Letter: council.SettingLetter, Number: s.number}
}

func (s setting) called(r *request) (string, error) {
	if s.name != nil {
		return s.name(r)
	}
	return r.speak.Say("settings.name." + s.word), nil
}

func (s setting) kept(r *request) (string, error) {
	if s.load != nil {
		return s.load(r)
	}
	return r.tx.Setting(s.key)
}

// settingNamed finds a setting by its word.
func (r *request) settingNamed(word string) (setting, bool, error) {
	all := citySettings()
	for _, one := range all {
		if one.word == word {
			return one, true, nil
		}
	}
	for _, one := range all {
		if one.parts == nil || !strings.HasPrefix(word, one.word+"_") {
			continue
		}
		parts, err := one.parts(r)
		if err != nil {
			return setting{}, false, err
		}
		for _, part := range parts {
			if part.word == word {
				return part, true, nil
			}
		}
	}
	return setting{}, false, nil
}

// settingsIn lists the settings on a page; the empty word is the first one's.
func (r *request) settingsIn(page setting) ([]setting, error) {
	var listed []setting
	for _, one := range citySettings() {
		if one.parent == page.word {
			listed = append(listed, one)
		}
	}
	if page.parts == nil {
		return listed, nil
	}
	parts, err := page.parts(r)
	return append(listed, parts...), err
}

// settings is /pengaturan: what can be set, with what it is now.
func (r *request) settings() error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.reply(r.speak.Say("settings.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(settingsPayload)}})
	}
	return r.showSettings()
}

// pressSettings answers the buttons of the settings, in private.
func (r *request) pressSettings(arguments pressArguments) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.toast(r.speak.Say("settings.in_private"))
	}
	verb, word := arguments.text(0), arguments.text(1)
	if verb == settingsPage && word == "" {
		return r.answerByMessage(r.showSettings())
	}
	if verb == store.SettingStrangers {
		word = verb
	}
	chosen, known, err := r.settingNamed(word)
	if err != nil {
		return err
	}
	if !known {
		return r.settingGone()
	}
	switch verb {
	case store.SettingStrangers:
		return r.setAtOnce(chosen, strings.TrimLeft(arguments.text(1), "0"))
	case settingsPage:
		return r.pressSettingPage(chosen, int(arguments.number(2)))
	case settingsTo:
		return r.pressChoice(chosen, arguments.text(2), arguments.text(3))
	case settingsType:
		return r.answerByMessage(r.askSetting(chosen))
	case settingsOwn:
		if chosen.press != nil {
			return chosen.press(r, arguments[2:])
		}
	case settingsUndo:
		return r.pressUndoSetting(chosen, arguments.number(2))
	}
	return r.stale()
}

// settingGone says that what a button is about is there no more, as after another
// coordinator has taken it off a list, and shows the settings.
func (r *request) settingGone() error {
	if err := r.showSettings(); err != nil {
		return err
	}
	return r.stale()
}

// pressSettingPage opens a setting: its page, or its own conversation.
func (r *request) pressSettingPage(chosen setting, from int) error {
	if chosen.open != nil {
		return r.answerByMessage(chosen.open(r))
	}
	return r.answerByMessage(r.showSetting(chosen, from))
}
