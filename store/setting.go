package store

import (
	"errors"
	"strings"
)

// Keys of settings.
const (
	SettingCity           = "city"
	SettingZone           = "zone"
	SettingClaim          = "claim"           // hash of the one-time claim link's secret
	SettingPlan           = "plan"            // fingerprint of hour, holidays and zone with which open reminders were planned
	SettingHeartbeat      = "heartbeat"       // unix milliseconds of the real clock
	SettingMenus          = "menus"           // fingerprint of the command menus Telegram was told
	SettingRhythm         = "rhythm"          // the city's own ladders and hour, as JSON
	SettingRubric         = "rubric"          // the city's own rubric for ideas, as JSON
	SettingStrangers      = "strangers"       // "1": people outside every group may give ideas in private
	SettingStrangersToday = "strangers_today" // a day and how many ideas people outside every group gave on it: "2026-02-03 7"
	SettingCalendar       = "calendar"        // the city's own name in people's calendars; it never changes
	SettingLetterhead     = "letterhead"      // what stands on the city's letters, as JSON
	SettingHoursWork      = "hours_work"      // the city's own hours of reminders, in minutes after midnight: "450-990"
	SettingHoursFriday    = "hours_friday"    // its own break on Fridays, likewise; "0-0" is none
	SettingLanguage       = "language"        // in which new people and groups are spoken to; empty: Indonesian
	SettingOffices        = "offices"         // names of the city's offices, one a line
	SettingRetention      = "retention"       // unix milliseconds of the rules' clock: when it was last looked for people to be forgotten
	SettingStopped        = "stopped"         // "1": the program ended because it was told to
	SettingIntegrity      = "integrity"       // unix milliseconds of the real clock when the database was last checked, and "ok" or what is wrong
	SettingConnected      = "connected"       // unix milliseconds of the rules' clock: when Telegram was last reached
)

// Setting reads a setting; empty if it was never set.
func (tx *Tx) Setting(key string) (string, error) {
	value, err := one(tx, scalar[string], `SELECT value FROM setting WHERE key = ?`, key)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return value, err
}

// SettingClock begins the key of a clock, as in "clock_question"; its value is in days.
const SettingClock = "clock_"

// SettingDimension begins the key of the city's own name of a dimension.
const SettingDimension = "dimension_"

// movesReminders tells whether open reminders are planned by a setting.
func movesReminders(key string) bool {
	return key == SettingZone || key == SettingRhythm || key == SettingHoursWork || key == SettingHoursFriday || strings.HasPrefix(key, SettingClock)
}

// SetSetting keeps a setting; an empty value forgets it.
func (tx *Tx) SetSetting(key, value string) error {
	if key == SettingCity || key == SettingLanguage || strings.HasPrefix(key, SettingDimension) {
		tx.forgetCity()
	}
	if movesReminders(key) {
		if err := tx.forgetPlan(); err != nil {
			return err
		}
	}
	if value == "" {
		return tx.run(`DELETE FROM setting WHERE key = ?`, key)
	}
	return tx.run(`INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
}
