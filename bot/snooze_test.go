package bot

import (
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// snoozed is until when a person is not reminded of a task; empty when nothing is put off.
func (h *harness) snoozed(person, number int64) (day string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		task, err := tx.Task(number)
		own, _ := task.Assignee(h.memberID(person))
		if !own.SnoozedUntil.IsZero() {
			day = own.SnoozedUntil.In(time.FixedZone("WITA", 8*60*60)).Format("2006-01-02 15:04")
		}
		return err
	})
	return day
}

func TestSeveralTasksArePutOffAtOnce(t *testing.T) {
	h, _, baso, _ := assigned(t, "Satu, tenggat 22 Mei", "Dua, tenggat 15 Mei 16.00")
	digest := h.morningOf(baso, 1, 2)
	h.pressOn(baso, digest.ID, baso, "Tanggal lain")
	contains(t, only(t, h.heard(baso)).Text, "Tugas yang mana")
	contains(t, only(t, h.say(baso, baso, "Kamis")).Text, "Tugas yang mana")
	said := only(t, h.say(baso, baso, "T-1 dan T-2 19 Mei"))
	contains(t, said.Text, "T-1 · Baik, kami ingatkan lagi Selasa, 19 Mei 2026 pukul 08.00 WITA.",
		"T-2 · Tenggatnya Jumat 15 Mei, jadi kami ingatkan pagi itu: Jumat, 15 Mei 2026 pukul 08.00 WITA.")
	contains(t, h.message(baso, digest.ID).Text, "T-1 · Satu · diingatkan lagi Selasa 19 Mei", "T-2 · Dua · diingatkan lagi Jumat 15 Mei")
	h.pressOn(baso, said.ID, baso, "Urungkan T-1")
	if day := h.snoozed(baso, 1); day != "" {
		t.Errorf("undone, it waits until %s", day)
	}
	if day := h.snoozed(baso, 2); day != "2026-05-15 08:00" {
		t.Errorf("the other one waits until %q", day)
	}
	contains(t, h.message(baso, digest.ID).Text, "T-1 · Satu\nJumat, 22 Mei 2026")
}

func TestADayThatMayBeSeveralIsAsked(t *testing.T) {
	h, _, baso, _ := assigned(t, "Satu, tenggat 29 Mei")
	digest := h.morningOf(baso, 1)
	h.pressOn(baso, digest.ID, baso, "Tanggal lain")
	h.heard(baso)
	for name, row := range map[string]struct{ words, says string }{
		"a week without a day": {"minggu depan", "yang mana? Pilih"},
		"a day that has gone":  {"4 Mei 2026", "Senin, 4 Mei 2026 sudah lewat"},
		"no day at all":        {"terserah saja", "belum terbaca"},
	} {
		t.Run(name, func(t *testing.T) {
			contains(t, only(t, h.say(baso, baso, row.words)).Text, row.says)
			if day := h.snoozed(baso, 1); day != "" {
				t.Errorf("it waits until %s", day)
			}
		})
	}
	asked := only(t, h.say(baso, baso, "minggu depan"))
	answer := h.pressOn(baso, asked.ID, baso, labels(asked)[1])
	contains(t, answer.Text, "Baik, kami ingatkan lagi "+labels(asked)[1]+" pukul 08.00 WITA.")
	contains(t, only(t, h.say(baso, baso, "/batal")).Text, "Tidak ada isian")
}

func TestForgedWishesForADay(t *testing.T) {
	h, _, baso, _ := assigned(t, "Satu, tenggat 22 Mei 16.00")
	digest := h.morningOf(baso, 1)
	for name, row := range map[string]struct{ day, says string }{
		"no date":              {"esok", "tidak berlaku"},
		"a day that has gone":  {"2020-01-01", "Pagi hari itu sudah lewat"},
		"after the deadline":   {"9999-12-31", "Tenggatnya Jumat 22 Mei, jadi kami ingatkan pagi itu"},
		"a date there is none": {"2026-02-31", "tidak berlaku"},
	} {
		t.Run(name, func(t *testing.T) {
			contains(t, h.pressData(baso, digest.ID, baso, data(pressSnooze, 1, row.day)).Text, row.says)
		})
	}
	h.say(baso, baso, "/selesai T-1")
	contains(t, h.pressData(baso, digest.ID, baso, data(pressSnooze, 1)).Text, "T-1 berstatus Menunggu pemeriksaan")
	contains(t, h.pressData(baso, digest.ID, baso, data(pressSnooze, 1, snoozeAsk)).Text, "T-1 berstatus Menunggu pemeriksaan")
}

func TestASnoozeIsForgottenWhenTheTaskMovesOn(t *testing.T) {
	h, _, baso, pokja := assigned(t, "Satu, tenggat 22 Mei 16.00")
	digest := h.morningOf(baso, 1)
	h.pressOn(baso, digest.ID, baso, "Besok")
	if day := h.snoozed(baso, 1); day != "2026-05-12 08:00" {
		t.Fatalf("it waits until %q", day)
	}
	h.say(pokja, baso, "/kendala T-1 hujan")
	if day := h.snoozed(baso, 1); day != "" {
		t.Errorf("it still waits until %s", day)
	}
	h.look(func(tx *store.Tx) error {
		waiting, err := tx.WaitingReminders(council.TaskReference(1))
		for _, reminder := range waiting {
			if reminder.Step == council.StepSnoozed {
				t.Errorf("there still waits %+v", reminder)
			}
		}
		return err
	})
	contains(t, h.message(baso, digest.ID).Text, "· Terkendala")
}
