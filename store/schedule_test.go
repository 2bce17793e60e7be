package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestWhatMovesTheNextDueMomentWakes(t *testing.T) {
	linked := council.Group{ID: 1, ChatID: -1}
	tests := map[string]struct {
		change func(*Tx) error
		wakes  bool
	}{
		"reminders planned":   {func(tx *Tx) error { return tx.PlanReminders(task12, ladder(noon), nil) }, true},
		"no reminder planned": {func(tx *Tx) error { return tx.PlanReminders(task12, nil, nil) }, false},
		"an own reminder": {func(tx *Tx) error {
			return second(tx.CreateOwnReminder(council.OwnReminder{MemberID: 1, Next: noon, CreatedAt: noon}))
		}, true},
		"a leave":                {func(tx *Tx) error { return second(tx.AddLeave(council.Leave{MemberID: 1, First: today, Last: today})) }, true},
		"a leave that ends":      {func(tx *Tx) error { return tx.EndLeave(1) }, true},
		"what waited for leave":  {func(tx *Tx) error { return tx.DecideAnew(1, noon) }, true},
		"quiet times":            {func(tx *Tx) error { return tx.SetQuietTimes(Hearer{MemberID: 1}, nil) }, true},
		"people in a position":   {func(tx *Tx) error { return tx.SetHoldings(1, today, nil) }, true},
		"Telegram is reached":    {func(tx *Tx) error { return tx.SetConnected(noon) }, false}, // what waited for that is told by LookAgain
		"the city's ladders":     {func(tx *Tx) error { return tx.SetSetting(SettingRhythm, "{}") }, true},
		"another setting":        {func(tx *Tx) error { return tx.SetSetting(SettingCity, "Teluk Marannu") }, false},
		"a chat joined":          {func(tx *Tx) error { return tx.Joined(-1, "", noon, noon) }, true},
		"a group unlinked":       {func(tx *Tx) error { return tx.UnlinkGroup(linked, noon) }, true},
		"a message queued":       {func(tx *Tx) error { return tx.Queue(message(1, "x"), noon) }, false},
		"planned, and then fell": {func(tx *Tx) error { ok(t, tx.PlanReminders(task12, ladder(noon), nil)); return ErrNotFound }, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := openStore(t)
			ok(t, s.Note(t.Context(), func(tx *Tx) error { return second(tx.Seen(7, "Baso", "baso", "id", noon)) }))
			for range 2 { // one token is enough, and nobody waits for it to be taken
				if err := s.Update(t.Context(), test.change); err != nil && err != ErrNotFound {
					t.Error(err)
				}
			}
			tokens := 0
			for range 2 {
				select {
				case <-s.Rescheduled():
					tokens++
				default:
				}
			}
			if test.wakes != (tokens == 1) || tokens > 1 {
				t.Errorf("%d tokens", tokens)
			}
		})
	}
}

func TestPlanningAnewLeavesWhatStays(t *testing.T) {
	tx := writing(t)
	ok(t, tx.PlanReminders(task12, ladder(noon), nil))
	ok(t, tx.EndReminder(got(tx.DueReminders(noon))(t)[0].ID, true, "due", noon)) // H-3
	anew := ladder(noon)
	for i := range anew {
		anew[i].Due = anew[i].Due.Add(time.Hour)
	}
	ok(t, tx.PlanReminders(task12, anew, func(r council.Reminder) bool { return r.Step == "H" }))
	due := map[council.Step]time.Time{}
	for _, reminder := range got(tx.WaitingReminders(task12))(t) {
		due[reminder.Step] = reminder.Due
	}
	want := map[council.Step]time.Time{"H-1": noon.AddDate(0, 0, -1).Add(-7 * time.Hour), "H": noon.Add(-8 * time.Hour)}
	if difference := cmp.Diff(want, due); difference != "" {
		t.Error(difference)
	}
}
