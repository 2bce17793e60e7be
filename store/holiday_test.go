package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
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

func TestPlannedRemindersAreListedByTheirMoments(t *testing.T) {
	tx := writing(t)
	at := func(day int) time.Time { return time.Date(2026, 8, day, 0, 0, 0, 0, time.UTC) }
	planned := func(letter byte, number int64, step council.Step, member int64, anchor, due time.Time) council.Reminder {
		return council.Reminder{Subject: council.Reference{Letter: letter, Number: number}, Step: step, Audience: council.ToAssignee,
			MemberID: member, Anchor: anchor, Due: due}
	}
	ok(t, tx.AddReminders([]council.Reminder{
		planned('T', 1, "H-3", 0, at(20), at(17)), planned('T', 2, "H-3", 0, at(20), at(17)), planned('T', 2, "H-1", 0, at(20), at(19)),
		planned('E', 1, "H-3", 0, at(20), at(17)), planned('E', 2, "H-3", 0, at(20), at(17)), planned('T', 3, "H-1", 0, at(31), at(30)),
	}))
	list, more, err := tx.PlannedBetween(at(1), at(19), 10)
	ok(t, err)
	type row struct {
		subject string
		step    council.Step
		count   int
	}
	var rows []row
	for _, alike := range list {
		rows = append(rows, row{alike.Subject.String(), alike.Step, alike.Count})
	}
	want := []row{{"T-2", "H-1", 1}, {"T-1", "H-3", 2}, {"E-1", "H-3", 1}, {"E-2", "H-3", 1}}
	if difference := cmp.Diff(want, rows, cmp.AllowUnexported(row{})); difference != "" || more {
		t.Errorf("more: %v\n%s", more, difference)
	}
	if list, more, err = tx.PlannedBetween(at(1), at(31), 2); err != nil || !more || len(list) > 3 {
		t.Errorf("of six rows two are to be looked at: %d, more %v, %v", len(list), more, err)
	}
}
