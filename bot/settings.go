package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressSettings stands in buttons that change a setting of the city; the setting and
// what it becomes follow.
const pressSettings = "set"

// settings is /pengaturan: what can be switched on and off, with what it is now.
func (r *request) settings() error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.reply(r.speak.Say("settings.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(settingsPayload)}})
	}
	text, row, err := r.settingsFace()
	if err != nil {
		return err
	}
	return r.reply(text, row, r.settingsMore())
}

// settingsPayload is in the link that opens the settings in private.
const settingsPayload = "settings"

func (r *request) settingsFace() (string, []store.Button, error) {
	open, err := r.tx.Setting(store.SettingStrangers)
	if open == "" {
		return r.speak.Say("settings.strangers_no"), []store.Button{button(r.speak, "settings_open", pressSettings, store.SettingStrangers, 1)}, err
	}
	return r.speak.Say("settings.strangers_yes"), []store.Button{button(r.speak, "settings_close", pressSettings, store.SettingStrangers, 0)}, err
}

// settingsMore opens what has a page of its own.
func (r *request) settingsMore() []store.Button {
	return []store.Button{button(r.speak, "letterhead", pressLetterhead, letterheadShow)}
}

// pressSettings changes a setting.
func (r *request) pressSettings(arguments pressArguments) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	if arguments.text(0) != store.SettingStrangers {
		return r.stale()
	}
	value := ""
	if arguments.text(1) == "1" {
		value = "1"
	}
	if err := r.setPlace(store.SettingStrangers, value); err != nil {
		return err
	}
	text, row, err := r.settingsFace()
	if err != nil {
		return err
	}
	if err := r.edit(text, row, r.settingsMore()); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}
