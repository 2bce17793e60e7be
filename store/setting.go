package store

import "errors"

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

// SetSetting keeps a setting; an empty value forgets it.
func (tx *Tx) SetSetting(key, value string) error {
	if key == SettingCity {
		tx.forgetCity()
	}
	if key == SettingZone || key == SettingRhythm {
		if err := tx.forgetPlan(); err != nil {
			return err
		}
	}
	if value == "" {
		return tx.run(`DELETE FROM setting WHERE key = ?`, key)
	}
	return tx.run(`INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
}
