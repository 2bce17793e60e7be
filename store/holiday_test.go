package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHolidaysAreSetRenamedAndDropped(t *testing.T) {
	tx := writing(t)
	nyepi := Holiday{Date: "2026-03-19", Name: "Hari Suci Nyepi"}
	leave := Holiday{Date: "2026-03-20", Name: "Cuti Bersama Idulfitri", JointLeave: true}
	for _, holiday := range []Holiday{leave, {Date: "2026-03-19", Name: "Nyepi", JointLeave: true}, {Date: "2026-01-01", Name: "Tahun Baru"}, nyepi} {
		ok(t, tx.SetHoliday(holiday))
	}
	ok(t, tx.DropHoliday("2026-01-01"))
	if difference := cmp.Diff([]Holiday{nyepi, leave}, got(tx.Holidays())(t)); difference != "" {
		t.Error(difference)
	}
}

func TestAChangedCalendarMakesOpenRemindersBePlannedAnew(t *testing.T) {
	changes := map[string]func(*Tx) error{
		"a day off":       func(tx *Tx) error { return tx.SetHoliday(Holiday{Date: "2026-03-19", Name: "Nyepi"}) },
		"a day off fewer": func(tx *Tx) error { return tx.DropHoliday("2026-03-19") },
		"the zone":        func(tx *Tx) error { return tx.SetSetting(SettingZone, "Asia/Jayapura") },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			s := openStore(t)
			ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.SetSetting(SettingPlan, "fingerprint") }))
			select {
			case <-s.Rescheduled():
				t.Error("a setting that moves nothing woke somebody")
			default:
			}
			ok(t, s.Update(t.Context(), change))
			select {
			case <-s.Rescheduled():
			default:
				t.Error("nobody was woken")
			}
			if plan := read(t, s, func(tx *Tx) (string, error) { return tx.Setting(SettingPlan) }); plan != "" {
				t.Errorf("the plan is still %q", plan)
			}
		})
	}
}
