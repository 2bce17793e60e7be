package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// assigning is a city with so many indicators of one dimension, two groups and Baso,
// who has opened the private chat.
func assigning(t *testing.T, count int) (h *harness, sitti, baso, pokja, forum int64) {
	t.Helper()
	h = newHarness(t)
	sitti, baso = h.coordinator("Sitti Ramlah", "sitti_contoh"), h.person("Baso Irfandi", "baso_contoh")
	pokja, forum = h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso), h.linkedGroup("Pokja Ekonomi", "pokja ekonomi", sitti)
	h.say(pokja, baso, "/status")
	h.say(baso, baso, "/mulai")
	evaluation := h.preparing("Tahap I")[0]
	h.change(func(tx *store.Tx) error {
		for i := range count {
			indicator := council.Indicator{Evaluation: evaluation, Code: fmt.Sprintf("ENV-%02d", i+1), Dimension: council.Environment,
				Name: fmt.Sprintf("Indikator %d", i+1), Examples: "foto berkoordinat"}
			if _, err := tx.SaveIndicator(indicator); err != nil {
				return err
			}
		}
		return nil
	})
	h.heard(pokja)
	h.heard(forum)
	return h, sitti, baso, pokja, forum
}

// openTasks are the tasks that are still to be done, by number.
func (h *harness) openTasks() (tasks []council.Task) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		tasks, err = tx.Tasks(store.TaskFilter{OpenOnly: true}, 0, 1000)
		return err
	})
	return tasks
}

// TestManyIndicatorsAtOnce: more than ten are shown first; each person and each group
// gets one message; one press promises all of them, one takes all of them back.
func TestManyIndicatorsAtOnce(t *testing.T) {
	h, sitti, baso, pokja, _ := assigning(t, 40)
	preview := only(t, h.say(sitti, sitti, "/disposisi lingkungan @baso_contoh tenggat 30 hari lagi"))
	contains(t, preview.Text, "40 tugas akan dibuat: ENV-01, ENV-02", "Baso Irfandi")
	if tasks := h.openTasks(); len(tasks) != 0 {
		t.Fatalf("%d tasks were made before the preview was confirmed", len(tasks))
	}
	h.restart()
	h.pressOn(sitti, preview.ID, sitti, "Benar")
	contains(t, h.message(sitti, preview.ID).Text, "40 tugas dibuat: T-1, T-2")
	if tasks := h.openTasks(); len(tasks) != 40 || tasks[0].EvaluationID != 1 {
		t.Fatalf("%d tasks were made", len(tasks))
	}
	told := only(t, h.heard(baso))
	contains(t, told.Text, "T-1 · ENV-01: Indikator 1", "Contoh bukti: foto berkoordinat", "dan 25 lainnya")
	contains(t, only(t, h.heard(pokja)).Text, "40 tugas baru untuk bukti evaluasi: T-1, T-2")
	h.pressOn(baso, told.ID, baso, "Siap")
	for _, task := range h.openTasks() {
		if own := task.Assignees[0]; !own.Acknowledged {
			t.Fatalf("%s is not promised", task.Reference())
		}
	}
	if now := h.message(baso, told.ID); hasButton(now, "Siap") || !hasButton(now, "T-1") {
		t.Errorf("the message has %+v", now.Buttons)
	}

	// What was promised is not taken back by the button any more.
	contains(t, h.pressOn(sitti, preview.ID, sitti, "Urungkan").Text, "Tidak ada perubahan")
	if tasks := h.openTasks(); len(tasks) != 40 {
		t.Errorf("%d tasks are open", len(tasks))
	}
}

// TestTasksOfIndicatorsAreTakenBack: by who made them, within ten minutes, once; those
// who were told are told once.
func TestTasksOfIndicatorsAreTakenBack(t *testing.T) {
	h, sitti, baso, pokja, _ := assigning(t, 3)
	made := only(t, h.say(sitti, sitti, "/disposisi env1 ENV-02 dan env 3 @baso_contoh tenggat 30 hari lagi"))
	h.heard(baso)
	h.heard(pokja)
	undo := ""
	for _, row := range made.Buttons {
		for _, button := range row {
			undo = button.Data
		}
	}
	told := only(t, h.say(pokja, baso, "/tugas"))
	h.pressData(pokja, told.ID, baso, undo) // Baso made none of them
	if tasks := h.openTasks(); len(tasks) != 3 {
		t.Fatalf("somebody else's press left %d tasks", len(tasks))
	}
	h.pass(9 * time.Minute)
	h.pressOn(sitti, made.ID, sitti, "Urungkan")
	contains(t, only(t, h.heard(baso)).Text, "T-1, T-2, T-3 diurungkan, jadi tidak perlu dikerjakan")
	if tasks := h.openTasks(); len(tasks) != 0 {
		t.Errorf("%d tasks are open", len(tasks))
	}
	h.say(sitti, sitti, "/disposisi ENV-01 ENV-02 @baso_contoh tenggat 30 hari lagi")
	h.heard(baso)
	contains(t, only(t, h.say(sitti, sitti, "/urungkan")).Text, "T-4, T-5 diurungkan.")
	contains(t, only(t, h.heard(baso)).Text, "T-4, T-5 diurungkan")
	if tasks := h.openTasks(); len(tasks) != 0 {
		t.Errorf("%d tasks are open", len(tasks))
	}
	made = only(t, h.say(sitti, sitti, "/disposisi ENV-01 @baso_contoh tenggat 30 hari lagi"))
	h.pass(11 * time.Minute)
	contains(t, h.pressOn(sitti, made.ID, sitti, "Urungkan").Text, "10 menit")
	if tasks := h.openTasks(); len(tasks) != 1 {
		t.Errorf("%d tasks are open", len(tasks))
	}
}

// TestWhoMayGiveOutIndicators: a working group its own, before anything is kept; whoever
// forges a button gets nothing.
func TestWhoMayGiveOutIndicators(t *testing.T) {
	h, sitti, baso, pokja, _ := assigning(t, 2)
	fadli := h.person("Fadli Kaluku", "fadli_contoh")
	community := h.linkedGroup("Forum", "komunitas", sitti, fadli)
	h.say(fadli, fadli, "/mulai")
	h.change(func(tx *store.Tx) error {
		_, err := tx.SaveIndicator(council.Indicator{Evaluation: 1, Code: "ECO-01", Dimension: council.Economy, Name: "UMKM"})
		return err
	})
	for _, attempt := range []struct {
		chat, person int64
		text         string
	}{
		{pokja, baso, "/disposisi ENV-01 ECO-01 @baso_contoh tenggat 30 hari lagi"},
		{pokja, baso, "/tugas_baru tambahan ENV-01 dan ECO-01, tenggat 30 hari lagi"},
		{community, fadli, "/disposisi ENV-01 @baso_contoh tenggat 30 hari lagi"},
		{fadli, fadli, "/disposisi lingkungan @baso_contoh"},
	} {
		h.say(attempt.chat, attempt.person, attempt.text)
		if tasks := h.openTasks(); len(tasks) != 0 {
			t.Errorf("%q made %d tasks", attempt.text, len(tasks))
		}
	}
	asked := only(t, h.say(fadli, fadli, "/status"))
	for _, data := range []string{"1:indtask:ok", "1:indtask:who:1", "1:indtask:due:9999999999", "1:indtask:for:1", "1:indtask:undo:1:999999999999",
		"1:indtask:undo:-5:5", "1:indtask:ack:1:2", "1:indtask:x", "1:indtask"} {
		h.pressData(fadli, asked.ID, fadli, data)
	}
	if tasks := h.openTasks(); len(tasks) != 0 {
		t.Errorf("forged buttons made %d tasks", len(tasks))
	}
	contains(t, only(t, h.say(pokja, baso, "/disposisi ENV-01 ENV-02 @baso_contoh tenggat 30 hari lagi")).Text, "2 tugas dibuat")
}

// TestIndicatorsAreAskedAbout: who and until when are asked for one by one, and what is
// not understood is asked again without losing the rest.
func TestIndicatorsAreAskedAbout(t *testing.T) {
	h, sitti, baso, _, _ := assigning(t, 2)
	who := only(t, h.say(sitti, sitti, "/disposisi ENV-01 ENV-02"))
	contains(t, who.Text, "Untuk siapa?")
	contains(t, only(t, h.say(sitti, sitti, "Pak Basri")).Text, "Nama \"Pak Basri\" belum saya kenal.")
	when := only(t, h.say(sitti, sitti, "Baso"))
	contains(t, when.Text, "Tenggatnya kapan?")
	again := only(t, h.say(sitti, sitti, "kapan-kapan"))
	contains(t, again.Text, "belum terbaca")
	h.restart()
	h.press(sitti, sitti, "Tanpa tenggat")
	contains(t, h.message(sitti, again.ID).Text, "2 tugas dibuat: T-1, T-2. Baso Irfandi sudah kami kabari.", "Tanpa tenggat")
	if told := only(t, h.heard(baso)).Text; !strings.Contains(told, "T-1 · ENV-01") {
		t.Errorf("Baso reads %q", told)
	}
	contains(t, only(t, h.say(sitti, sitti, "/disposisi ENV-01 @baso_contoh")).Text, "Sudah ditugaskan: ENV-01 T-1")
	contains(t, only(t, h.say(sitti, sitti, "/disposisi T-1 @sitti_contoh")).Text, "T-1 diteruskan kepada Sitti Ramlah")
}

// TestWhoHasATaskIsNamedToThoseWhoMaySeeIt: others read its number alone.
func TestWhoHasATaskIsNamedToThoseWhoMaySeeIt(t *testing.T) {
	h, sitti, _, _, _ := assigning(t, 2)
	yuliana := h.person("Yuliana Tasik", "yuliana_contoh")
	economy := h.linkedGroup("Pokja Ekonomi", "pokja ekonomi", sitti, yuliana)
	h.say(economy, yuliana, "/status")
	h.say(sitti, sitti, "/disposisi ENV-01 @baso_contoh tenggat 30 hari lagi")
	again := "/disposisi ENV-01 @yuliana_contoh tenggat 30 hari lagi"
	said := joined(h.say(economy, yuliana, again))
	contains(t, said, "ENV-01 T-1")
	lacks(t, said, "Baso")
	contains(t, joined(h.say(sitti, sitti, again)), "ENV-01 T-1 (Baso")
}
