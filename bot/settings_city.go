package bot

import (
	"slices"
	"strconv"

	"github.com/rembuk/rembuk/store"
)

// citySettings are the settings in the order in which they are listed.
func citySettings() []setting {
	return slices.Concat(rhythmSettings(), hoursSettings(), clockSettings(), []setting{rubricSetting()}, dimensionSettings(), languageSettings(), []setting{officesSetting()}, []setting{
		{word: "holidays", value: saidHolidays, open: (*request).showHolidays},
		{word: store.SettingStrangers, number: 1, key: store.SettingStrangers, value: saidStrangers, choices: switched},
		sentencesSetting(), readySetting(),
		letterheadSetting(),
	})
}

// showHolidays shows the days off of the half year that it is.
func (r *request) showHolidays() error {
	today := r.city.Timing.Calendar.Day(r.now)
	return r.replyHolidays(today.Year, halfOf(today))
}

// saidHolidays says how many days off this year has.
func saidHolidays(r *request, _ string) (string, error) {
	year := r.day().Year
	days := holidaysOf(r.city.Timing.Calendar, year)
	if len(days) == 0 {
		return r.speak.Say("settings.holidays_none", "Year", strconv.Itoa(year)), nil
	}
	return r.speak.Count("settings.holidays", len(days), "Year", strconv.Itoa(year)), nil
}

func saidStrangers(r *request, kept string) (string, error) {
	if kept == "" {
		return r.speak.Say("settings.strangers.no"), nil
	}
	return r.speak.Say("settings.strangers.yes"), nil
}

// switched is what can be switched on and off.
func switched(r *request, _ string) ([]settingChoice, error) {
	return []settingChoice{{r.speak.Say("button.settings_open"), "1"}, {r.speak.Say("button.settings_close"), ""}}, nil
}
