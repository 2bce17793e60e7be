package store

import "testing"

func TestSettings(t *testing.T) {
	tx := writing(t)
	for _, value := range []string{"", "Bantaeng", "Kabupaten Bantaeng", ""} {
		ok(t, tx.SetSetting(SettingCity, value))
		if kept := got(tx.Setting(SettingCity))(t); kept != value {
			t.Errorf("kept %q, want %q", kept, value)
		}
	}
	if rows := number(t, tx, `SELECT count(*) FROM setting`); rows != 0 {
		t.Errorf("an empty value leaves %d rows", rows)
	}
}
