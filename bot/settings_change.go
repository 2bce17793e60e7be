package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogSetting asks for the value of a setting, which is its step; its data are the
// mark of the value that was shown.
const dialogSetting = "setting"

// settingUndone is in the details of an event that undid a change of a setting.
const settingUndone = "undone"

// settingUndoing is what a change of a setting can be undone by.
type settingUndoing struct{ Before, After string }

// askSetting asks for the value of a setting, with what it is now.
func (r *request) askSetting(asked setting) error {
	if asked.ask != nil {
		return asked.ask(r)
	}
	if asked.read == nil {
		return r.stale()
	}
	kept, err := asked.kept(r)
	if err != nil {
		return err
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogSetting, Step: asked.word, Data: markOfSetting(kept)}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	line, err := r.settingLine(asked, kept, messageLimit/2)
	if err != nil {
		return err
	}
	return r.inSettings(line+"\n"+r.settingQuestion(asked), []store.Button{button(r.speak, "back", pressSettings, settingsPage, asked.word)})
}

// settingQuestion asks for a value and says how it is written.
func (r *request) settingQuestion(asked setting) string {
	word, _, _ := strings.Cut(asked.word, "_")
	if key := "settings.ask." + asked.word; r.speak.Knows(key) {
		return r.speak.Say(key)
	}
	return r.speak.Say("settings.ask." + word + "_part")
}

// answerSetting takes a value that was written. Where another coordinator changed it
// meanwhile, that is shown and asked again.
func (r *request) answerSetting(dialog store.Dialog) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	asked, known, err := r.settingNamed(dialog.Step)
	if err != nil {
		return err
	}
	if !known || asked.read == nil {
		return r.showSettings()
	}
	kept, err := asked.kept(r)
	if err != nil {
		return err
	}
	if markOfSetting(kept) != dialog.Data {
		if err := r.askSetting(asked); err != nil {
			return err
		}
		return r.reply(r.speak.Say("settings.changed_since"))
	}
	after, err := asked.read(r, kept, strings.TrimSpace(r.text))
	if err != nil {
		return err // the question stays open
	}
	return r.takeSetting(asked, after)
}

// pressChoice takes a choice, unless the value has changed since the page was drawn.
// What there is to choose may hang on other settings, so the button names the value itself.
func (r *request) pressChoice(chosen setting, stamp, choice string) error {
	if chosen.choices == nil {
		return r.stale()
	}
	kept, err := chosen.kept(r)
	if err != nil {
		return err
	}
	choices, err := chosen.choices(r, kept)
	if err != nil {
		return err
	}
	for _, one := range choices {
		if markOfSetting(kept) == stamp && markOfSetting(one.kept) == choice {
			return r.takeSetting(chosen, one.kept)
		}
	}
	return r.settingChangedSince(chosen)
}

// settingChangedSince says that a page is out of date, and shows it as it is now.
func (r *request) settingChangedSince(chosen setting) error {
	if err := r.showAfter(chosen); err != nil {
		return err
	}
	return r.toast(r.speak.Say("settings.changed_since"))
}

// takeSetting lets a setting become another value: at once, or after it was shown.
func (r *request) takeSetting(chosen setting, after string) error {
	if chosen.change != nil {
		return chosen.change(r, after)
	}
	return r.setAtOnce(chosen, after)
}

// setAtOnce changes a setting and shows it as it is now.
func (r *request) setAtOnce(chosen setting, after string) error {
	changed, err := r.changeSetting(chosen, after)
	if err != nil {
		return err
	}
	if err := r.showAfter(chosen); err != nil || r.press == nil {
		return err
	}
	if !changed {
		return r.toast(r.speak.Say("settings.same"))
	}
	return r.toast(r.speak.Say("people.saved"))
}

// showAfter shows the page of a setting after a change: that of the list for a part
// of one, which may be gone or be another by now.
func (r *request) showAfter(chosen setting) error {
	list, known, err := r.settingNamed(chosen.parent)
	switch {
	case err != nil:
		return err
	case chosen.open != nil:
		return chosen.open(r)
	case known && list.parts != nil && list.key == chosen.key:
		return r.showSetting(list, 0)
	}
	return r.showSetting(chosen, 0)
}

// changeSetting keeps another value of a setting, with what it was before for ten
// minutes, and records who changed it; false when it is so already.
func (r *request) changeSetting(chosen setting, after string) (changed bool, err error) {
	before, err := chosen.kept(r)
	if err != nil || before == after {
		return false, err
	}
	if err := r.keepSetting(chosen, after); err != nil {
		return false, err
	}
	version, _, err := r.tx.LastEvent()
	if err != nil {
		return false, err
	}
	undo := store.Undo{Subject: chosen.reference().String(), MemberID: r.actor.ID, Version: version, ChangedAt: r.now}
	return true, r.tx.KeepUndo(undo, settingUndoing{before, after})
}

// keepSetting keeps a value and records it, with further details.
func (r *request) keepSetting(chosen setting, after string, details ...string) error {
	var err error
	if chosen.save != nil {
		err = chosen.save(r, after)
	} else {
		err = r.tx.SetSetting(chosen.key, after)
	}
	if err != nil {
		return err
	}
	details = append(details, "key", chosen.key)
	if !chosen.words {
		details = append(details, "to", after)
	}
	if chosen.group != 0 {
		details = append(details, "group", idText(chosen.group))
	}
	return r.record(chosen.reference(), council.EventSetting, "", details...)
}

// undoableSetting is the version of the change that can be undone now; 0 when there
// is none.
func (r *request) undoableSetting(shown setting) (int64, error) {
	if shown.number == 0 {
		return 0, nil
	}
	var change settingUndoing
	undo, err := r.lastUndo(shown.reference().String(), &change)
	if known, err := refused(err); known || err != nil {
		return 0, err
	}
	if kept, err := shown.kept(r); err != nil || kept != change.After {
		return 0, err
	}
	return undo.Version, nil
}

// refused takes a refusal out of an error.
func refused(err error) (refused bool, other error) {
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		return true, nil
	}
	return false, err
}

// pressUndoSetting undoes from a page, until the next change.
func (r *request) pressUndoSetting(shown setting, version int64) error {
	if version == 0 {
		return r.stale()
	}
	if err := r.undoSetting(shown, version); err != nil {
		return err
	}
	if err := r.showAfter(shown); err != nil {
		return err
	}
	return r.toast(r.speak.Say("settings.undone"))
}

// undoLastSetting is /urungkan after a change of a setting.
func (r *request) undoLastSetting(number int64) error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	for _, page := range append([]setting{{}}, citySettings()...) { // a list before its parts, which are undone as one
		listed, err := r.settingsIn(page)
		if err != nil {
			return err
		}
		for _, one := range listed {
			if one.number == number {
				return r.undoneByCommand(one)
			}
		}
	}
	return council.Refuse("nothing_to_undo")
}

func (r *request) undoneByCommand(one setting) error {
	if err := r.undoSetting(one, 0); err != nil {
		return err
	}
	kept, err := one.kept(r)
	if err != nil {
		return err
	}
	line, err := r.settingLine(one, kept, messageLimit/2)
	if err != nil {
		return err
	}
	return r.reply(r.speak.Say("settings.undone") + "\n" + line)
}

// undoSetting puts a setting back to what it was before its last change, within ten
// minutes, as long as it still is what that made of it and what it was before goes with
// what else is set now. The version is the one that the change made; 0 means whichever
// was last.
func (r *request) undoSetting(one setting, version int64) error {
	name, err := one.called(r)
	if err != nil {
		return err
	}
	var change settingUndoing
	undo, err := r.lastUndo(one.reference().String(), &change)
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		return council.Refuse(refusal.Code, "Reference", name)
	}
	if err != nil {
		return err
	}
	kept, err := one.kept(r)
	if err != nil {
		return err
	}
	if version != 0 && version != undo.Version || kept != change.After {
		return council.Refuse("settings_changed_since", "Name", name)
	}
	if one.fits != nil {
		if err := one.fits(r, change.Before); err != nil {
			return err
		}
	}
	if err := r.tx.ForgetUndo(one.reference().String()); err != nil {
		return err
	}
	return r.keepSetting(one, change.Before, settingUndone, "1")
}
