package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// crowded is a city in which 5,000 reminders wait for 300 people.
func crowded(t *testing.T) (h *harness, sitti int64) {
	h, sitti = firstStoryHarness(t)
	for i := range 20 {
		h.linkedGroup(fmt.Sprint("Pokja ", i), "pokja lingkungan", sitti)
	}
	h.change(func(tx *store.Tx) error {
		var people []int64
		for i := range 300 {
			member, err := tx.Seen(int64(90000+i), fmt.Sprintf("Orang dengan nama yang panjang sekali nomor %d", i), fmt.Sprint("orang", i), "id", h.clock())
			if err != nil {
				return err
			}
			if err := tx.SetReach(member.ID, council.ReachOpen); err != nil {
				return err
			}
			people = append(people, member.ID)
		}
		timing, err := h.bot.Timing(tx)
		if err != nil {
			return err
		}
		for i := range 1250 {
			due := h.clock().Add(time.Duration(8*24+i%480) * time.Hour)
			task := council.Task{Title: strings.Repeat("judul panjang ", 8), CreatedBy: 1, CreatedAt: h.clock(), State: council.TaskNew, GroupID: int64(1 + i%20),
				Assignees: council.AssignTo(people[i%300]), Deadline: council.Deadline{At: due, Zone: "Asia/Makassar"}}
			if task, err = tx.CreateTask(task, 0, 0); err != nil {
				return err
			}
			if err := tx.AddReminders(council.PlanTask(task, h.clock(), timing)); err != nil {
				return err
			}
		}
		return nil
	})
	return h, sitti
}

func TestALongPlanKeepsWithinLimits(t *testing.T) {
	h, sitti := crowded(t)
	h.say(sitti, sitti, firstStory)
	h.press(sitti, sitti, "Benar")
	h.heard(sitti)
	waiting := 0
	h.look(func(tx *store.Tx) error {
		rows, err := tx.RemindersUntil(time.UnixMilli(0), h.clock().AddDate(0, 0, planMonth))
		waiting = len(rows)
		return err
	})
	if waiting < 5000 {
		t.Fatalf("only %d reminders wait", waiting)
	}
	page := only(t, h.say(sitti, sitti, "/rencana"))
	pages := []string{page.Text}
	for {
		label := ""
		for _, button := range labels(page) {
			if strings.HasSuffix(button, " ›") {
				label = button
			}
		}
		if label == "" {
			break
		}
		h.pressOn(sitti, page.ID, sitti, label)
		page = h.message(sitti, page.ID)
		pages = append(pages, page.Text)
	}
	if len(pages) < 2 {
		t.Errorf("a month has %d pages", len(pages))
	}
	for i, text := range pages {
		if units(text) > 4096 || strings.HasSuffix(text, "…") || !strings.Contains(text, fmt.Sprintf("(%d/%d)", i+1, len(pages))) {
			t.Errorf("page %d of %d units: %s", i+1, units(text), text)
		}
	}
	contains(t, strings.Join(pages, "\n"), "E-1 H-7 → 20 grup", " tugas H-7", " → 301 orang", "Langkah sesudah tenggat hanya disampaikan bila belum selesai.")
	if label := labels(page); len(label) != 1 || !strings.HasPrefix(label[0], "‹ ") {
		t.Errorf("the last page has the buttons %q", label)
	}
	h.pressOn(sitti, page.ID, sitti, labels(page)[0])
	if back := h.message(sitti, page.ID).Text; back != pages[len(pages)-2] {
		t.Errorf("a page back is another one than before: %s", back)
	}
}

// TestLongNamesKeepWithinLimits holds every answer about plans within what
// Telegram takes, whatever people and groups are called.
func TestLongNamesKeepWithinLimits(t *testing.T) {
	h, sitti := firstStoryHarness(t)
	long := strings.Repeat("🌳", 60)
	for i := range 12 {
		h.linkedGroup(fmt.Sprint(i, " ", long), "pokja lingkungan", sitti)
	}
	h.say(sitti, sitti, "/evaluasi_baru "+strings.Repeat("Evaluasi ", 16)+", 11 Juni jam 9, unggah 20 Juli 16.00, wawancara 28 Agustus jam 10, tinjauan lapangan 30 September jam 8")
	h.press(sitti, sitti, "Benar")
	for _, said := range []string{"/rencana E-1 H-24 H-22 H-20 H-18 H-16 H-14 H-12 H-10 H-8 H-6 H-4 H-2 kalimat " + strings.Repeat("🌳", 200), "/rencana kota H-12 H-11 H-10 H-9 H-8 H-7 H-6 H-5 H-4 H-3 H-2 H-1"} {
		shown := only(t, h.say(sitti, sitti, said))
		contains(t, shown.Text, "Sebelum:", "Sesudah:", "Belum ada yang diubah.")
		h.pressOn(sitti, shown.ID, sitti, "Benar")
	}
	h.heard(sitti)
	for i := range 11 { // eleven tasks of four people each, all due on one day
		h.change(func(tx *store.Tx) error {
			var people []int64
			for j := range 4 {
				member, err := tx.Seen(int64(90000+4*i+j), fmt.Sprint(long, i, j), "", "id", h.clock())
				if err = errorsOr(err, tx.SetReach(member.ID, council.ReachOpen)); err != nil {
					return err
				}
				people = append(people, member.ID)
			}
			task, err := tx.CreateTask(council.Task{Title: "Rekap", CreatedBy: 1, CreatedAt: h.clock(), State: council.TaskNew, GroupID: 1,
				Assignees: council.AssignTo(people...), Deadline: council.Deadline{At: h.clock().Add(205 * time.Hour)}}, 0, 0)
			if err != nil {
				return err
			}
			timing, err := h.bot.Timing(tx)
			return errorsOr(err, tx.AddReminders(council.PlanTask(task, h.clock(), timing)))
		})
	}
	for _, said := range []string{"/rencana", "/rencana Juni", "/rencana E-1", "/rencana E-1 12 Juni jam 9", "/rencana T-1 1 Juli", "/rencana kota", "/status E-1"} {
		shown := only(t, h.say(sitti, sitti, said)).Text
		if units(shown) > 4096 || strings.HasSuffix(shown, "…") {
			t.Errorf("%s is answered with %d units, cut off: %s", said, units(shown), shown)
		}
		if strings.Contains(shown, "Sebelum:") {
			contains(t, shown, "Sesudah:", "Belum ada yang diubah.")
		}
	}
}
