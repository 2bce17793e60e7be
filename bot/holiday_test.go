package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// daysOff are the days off of the calendar in a month, "2026-08".
func (h *harness) daysOff(month string) (days []string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		all, err := tx.Holidays()
		for _, day := range all {
			if strings.HasPrefix(day.Date, month) {
				days = append(days, day.Date[8:]+" "+day.Name)
			}
		}
		return err
	})
	return days
}

func TestOnlyCoordinatorsChangeDaysOff(t *testing.T) {
	c := newTown(t)
	contains(t, only(t, c.say(c.lewat, c.lewat, "/libur")).Text, "anggota grup")
	preview := only(t, c.say(c.dewan, c.sitti, "/libur 1 Oktober 2026 Hari jadi daerah"))
	contains(t, preview.Text, "Kamis, 1 Oktober 2026 · Hari jadi daerah")
	for name, person := range map[string]int64{"council": c.lukas, "somebody seen there now": c.lewat} {
		for _, button := range []string{"Benar", "Batal", "Ubah"} {
			if answer := c.pressOn(c.dewan, preview.ID, person, button); !answer.Alert {
				t.Errorf("%s presses [%s] and hears %q", name, button, answer.Text)
			}
		}
		c.pressData(c.dewan, preview.ID, person, data(pressHolidays, holidayUndo, 2026, 1))
	}
	for _, person := range []int64{c.lukas, c.anwar, c.baso, c.fadli} {
		contains(t, only(t, c.say(person, person, "/libur hapus 25 Desember")).Text, "untuk koordinator")
	}
	if days := c.daysOff("2026-10"); len(days) > 0 {
		t.Errorf("days off in October: %v", days)
	}
	contains(t, only(t, c.say(c.fadli, c.fadli, "/libur")).Text, "Kalender libur 2026")
	lacks(t, only(t, c.say(c.fadli, c.fadli, "/libur 2027")).Text, "hapus")
	c.pressOn(c.dewan, preview.ID, c.sitti, "Benar")
	if days := c.daysOff("2026-10"); !slices.Equal(days, []string{"01 Hari jadi daerah"}) {
		t.Errorf("days off in October: %v", days)
	}
}

func TestHolidayButtonsCountOnTheirMessagesOnly(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.say(sitti, sitti, "/libur 1 Oktober 2026 Hari jadi daerah")
	status := only(t, h.say(sitti, sitti, "/status"))
	for _, forged := range []string{
		data(pressHolidays, holidayPage, 2026, 1), data(pressHolidays, holidayCancel, 1), data(pressHolidays), data(pressHolidays, "nothing"),
	} {
		h.pressData(sitti, status.ID, sitti, forged)
		if now := h.message(sitti, status.ID); now.Text != status.Text {
			t.Errorf("%s changed the message to %q", forged, now.Text)
		}
	}
	page := only(t, h.say(sitti, sitti, "/libur"))
	for _, forged := range []string{data(pressHolidays, holidayPage, 1<<40, 1), data(pressHolidays, holidayPage, 2026, -3), data(pressHolidays, holidayConfirm, 4711),
		data(pressHolidays, holidayUndo, 2026, 0), data(pressHolidays, holidayUndo, -1, -1), data(pressHolidays, "nothing")} {
		h.pressData(sitti, page.ID, sitti, forged)
		if now := h.message(sitti, page.ID); now.Text != page.Text {
			t.Errorf("%s changed the message to %q", forged, now.Text)
		}
	}
}

func TestAChangeOfTheCalendarIsUndone(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	keep := func(text string) {
		t.Helper()
		h.say(sitti, sitti, text)
		h.press(sitti, sitti, "Benar")
		h.heard(sitti)
	}
	october := func(want ...string) {
		t.Helper()
		if difference := cmp.Diff(want, h.daysOff("2026-10")); difference != "" {
			t.Error(difference)
		}
	}
	keep("/libur 1 Oktober 2026 Hari jadi")
	first := h.sim.Messages(sitti)[len(h.sim.Messages(sitti))-1]
	h.pass(9 * time.Minute)
	contains(t, only(t, h.say(sitti, sitti, "/urungkan")).Text, "Perubahan kalender libur diurungkan")
	october()
	contains(t, only(t, h.say(sitti, sitti, "/urungkan")).Text, "Tidak ada perubahan")

	keep("/libur 1 Oktober 2026 Hari jadi")
	keep("/libur 1 Oktober 2026 Hari jadi daerah")
	keep("/libur 2 Oktober 2026 Hari batik")
	contains(t, h.pressOn(sitti, first.ID, sitti, "Urungkan").Text, "sudah berubah lagi")
	october("01 Hari jadi daerah", "02 Hari batik")
	h.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-10-02", Name: "Hari lain"}) })
	contains(t, h.press(sitti, sitti, "Urungkan").Text, "sudah berubah lagi")

	keep("/libur hapus 1 Oktober")
	october("02 Hari lain")
	h.pass(11 * time.Minute)
	contains(t, h.press(sitti, sitti, "Urungkan").Text, "lebih dari 10 menit")
	october("02 Hari lain")
}

func TestWhatTheCoordinatorChangedSurvivesARestart(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.say(sitti, sitti, "/libur hapus 24 Desember 2026")
	h.press(sitti, sitti, "Benar")
	h.say(sitti, sitti, "/libur 25 Desember 2026 Natal")
	h.press(sitti, sitti, "Benar")
	h.restart()
	if difference := cmp.Diff([]string{"25 Natal"}, h.daysOff("2026-12")); difference != "" {
		t.Error(difference)
	}
	h.change(func(tx *store.Tx) error { return tx.SetSetting(holidaysKey(2026), "") }) // as if the year came with this version
	h.restart()
	if difference := cmp.Diff([]string{"24 Cuti bersama Natal", "25 Natal"}, h.daysOff("2026-12")); difference != "" {
		t.Error(difference)
	}
}

func TestALongPastedListIsShownInPart(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	var text strings.Builder
	for day := 1; day <= 28; day++ {
		fmt.Fprintf(&text, "\n%d/3/2027 Libur daerah\n%d/4/2027 Libur daerah\nhalo %d", day, day, day)
	}
	preview := only(t, h.say(sitti, sitti, "/libur"+text.String())).Text
	contains(t, preview, "Baru, 56 hari:", "Senin, 1 Maret 2027 · Libur daerah", "dan 24 lainnya", "Baris 3 belum terbaca", "dan 20 baris lain")
	if strings.Count(preview, "\n") > 60 {
		t.Errorf("the preview has %d lines", strings.Count(preview, "\n"))
	}
}

func TestDigitsInAListAreMasked(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	file := list
	file.Bytes = []byte("1 Januari 2027 Tahun Baru 7324010101900001\n2027-01-02;Cuti bersama 081234567890\n")
	preview := only(t, h.sendFile(sitti, sitti, file, "/libur")).Text
	contains(t, preview, "Jumat, 1 Januari 2027", "Sabtu, 2 Januari 2027 · Cuti bersama")
	lacks(t, preview, "7324010101900001", "081234567890")
}

func TestAListWithoutYears(t *testing.T) {
	h := newHarness(t) // in September 2026
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	contains(t, only(t, h.say(sitti, sitti, "/libur\n1 Januari Tahun Baru\n25 Desember Natal")).Text, "Jumat, 1 Januari 2027", "Sabtu, 25 Desember 2027")
	contains(t, only(t, h.say(sitti, sitti, "/libur 2029\n1 Januari Tahun Baru\n25 Desember Natal")).Text, "1 Januari 2029", "25 Desember 2029")
	contains(t, only(t, h.sendFile(sitti, sitti, list, "/libur 2029")).Text, "1 Januari 2027")
}

// TestChangesOfTheCalendarCanBeTakenBack makes any change of any calendar, by a
// list or by single days, replacing the year or not, and takes it back.
func TestChangesOfTheCalendarCanBeTakenBack(t *testing.T) {
	days := rapid.Custom(func(t *rapid.T) store.Holiday {
		return store.Holiday{Date: council.Day{Year: 2027, Month: 1, Day: 1}.Add(rapid.IntRange(0, 20).Draw(t, "day")).String(),
			Name: rapid.SampledFrom([]string{"Natal", "Nyepi"}).Draw(t, "name"), JointLeave: rapid.Bool().Draw(t, "joint")}
	})
	calendar := rapid.SliceOfDistinct(days, func(day store.Holiday) string { return day.Date })
	byDate := func(a, b store.Holiday) int { return strings.Compare(a.Date, b.Date) }
	rapid.Check(t, func(t *rapid.T) {
		known := slices.SortedFunc(slices.Values(calendar.Draw(t, "known")), byDate)
		draft := holidayDraft{Set: calendar.Draw(t, "set"), Years: []int{2027}}
		if rapid.Bool().Draw(t, "drops") {
			draft = holidayDraft{Drop: []string{days.Draw(t, "drop").Date}}
		}
		replace := rapid.Bool().Draw(t, "replace")
		changes := draft.changes(known, replace)
		after := slices.SortedFunc(slices.Values(changedList(known, changes)), byDate)
		if again := draft.changes(after, replace); len(again) > 0 {
			t.Errorf("made twice, it changes %v", again)
		}
		if len(draft.Set) > 0 && replace && len(after) != len(draft.Set) {
			t.Errorf("the year is not the list: %v", after)
		}
		if !stands(changes, after) {
			t.Error("the changes do not stand in the calendar that they make")
		}
		back := holidayUndoing{Changes: changes}.reversed()
		before := slices.SortedFunc(slices.Values(changedList(after, back.Changes)), byDate)
		if difference := cmp.Diff(known, before); difference != "" && len(known)+len(before) > 0 {
			t.Errorf("taken back it is another calendar:\n%s", difference)
		}
	})
}

// TestAPreviewFitsIntoAMessage changes and replaces as much as can be at once.
func TestAPreviewFitsIntoAMessage(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.change(func(tx *store.Tx) error {
		for day := range 200 {
			date := council.Day{Year: 2027, Month: 1, Day: 1}.Add(day)
			if err := tx.SetHoliday(store.Holiday{Date: date.String(), Name: strings.Repeat("x", 80)}); err != nil {
				return err
			}
		}
		return nil
	})
	var text strings.Builder
	for day := 100; day < 300; day++ {
		fmt.Fprintf(&text, "%s %s\nhalo %s\n", council.Day{Year: 2027, Month: 1, Day: 1}.Add(day), strings.Repeat("y", 80), strings.Repeat("z", 80))
	}
	file := list
	file.Bytes = []byte(text.String())
	preview := only(t, h.sendFile(sitti, sitti, file, "/libur"))
	contains(t, preview.Text, "Baru, 100 hari:", "Berganti, 100 hari:", "Tidak ada pengingat yang bergeser.")
	h.press(sitti, sitti, "Ganti seluruh tahun 2027")
	contains(t, h.message(sitti, preview.ID).Text, "Bukan hari libur lagi, 100 hari:", "diurungkan dalam 10 menit")
}

// BenchmarkShifts counts what a year's list moves among many waiting reminders.
func BenchmarkShifts(b *testing.B) {
	for _, count := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			kept, err := store.Open(b.Context(), b.TempDir()+"/rembuk.db")
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = kept.Close() }()
			zone := time.FixedZone("WITA", 8*3600)
			now := time.Date(2026, 12, 1, 9, 0, 0, 0, zone)
			timing := council.Timing{Calendar: council.NewCalendar(zone, nil)}
			var changes []dayChange
			for day := range 25 {
				date := council.Day{Year: 2027, Month: 1, Day: 4}.Add(14 * day).String()
				changes = append(changes, dayChange{date, nil, &store.Holiday{Date: date, Name: "Libur"}})
			}
			err = kept.Update(b.Context(), func(tx *store.Tx) error {
				var reminders []council.Reminder
				for i := range count {
					task := council.Task{Number: int64(i + 1), State: council.TaskNew, CreatedAt: now, Assignees: council.AssignTo(7),
						Deadline: council.Deadline{At: now.Add(time.Duration(i%8000+300) * time.Hour)}}
					reminders = append(reminders, council.PlanTask(task, now, timing)[1])
				}
				return tx.AddReminders(reminders)
			})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				err := kept.Update(b.Context(), func(tx *store.Tx) error {
					r := &request{tx: tx, now: now, city: &city{Zone: zone, Timing: timing}}
					shifts, err := r.shifts(nil, changes)
					if err == nil && shifts.moved == 0 {
						b.Error("nothing is moved")
					}
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestAnEvaluationsOwnHourCountsForItsShifts adds a day off in a city whose mornings
// are on Mondays only, beside an evaluation that reminds at an hour of its own.
func TestAnEvaluationsOwnHourCountsForItsShifts(t *testing.T) {
	h := newHarness(t)
	zone := time.FixedZone("WITA", 8*3600)
	now := time.Date(2026, 8, 3, 9, 0, 0, 0, zone)
	timing := council.Timing{Calendar: council.NewCalendar(zone, nil), Next: func(after time.Time) time.Time {
		monday := council.DayOf(after, zone)
		for monday.Weekday() != time.Monday || !monday.At(8, 0, zone).After(after) {
			monday = monday.Add(1)
		}
		return monday.At(8, 0, zone)
	}}
	h.change(func(tx *store.Tx) error {
		for _, rhythm := range []council.Rhythm{{Minute: 8 * 60}, {}} {
			evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap I", State: council.EvaluationOpen, CreatedAt: now, Rhythm: rhythm,
				Milestones: []council.Milestone{{Kind: council.MilestonePresentation, Deadline: council.Deadline{At: time.Date(2026, 8, 28, 9, 0, 0, 0, zone)}}}})
			if err != nil {
				return err
			}
			if err := tx.AddReminders(council.PlanEvaluation(evaluation, nil, now, timing)); err != nil {
				return err
			}
		}
		r := &request{tx: tx, now: now, city: &city{Zone: zone, Timing: timing}}
		shifts, err := r.shifts(nil, []dayChange{{"2026-08-21", nil, &store.Holiday{Date: "2026-08-21", Name: "Hari jadi"}}})
		if err != nil {
			return err
		}
		if len(shifts.examples) != 1 || shifts.examples[0].Subject != council.EvaluationReference(1) || shifts.examples[0].to.Day() != 20 {
			t.Errorf("shifted: %+v", shifts.examples)
		}
		return nil
	})
}
