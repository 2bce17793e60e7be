package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestFollowUpsStand: a task is one as long as it is not called off, under the name it
// has now, and the words of the message that was replied to are not its own.
func TestFollowUpsStand(t *testing.T) {
	h, sitti, baso, _, pokja, _ := noting(t)
	kept := only(t, h.say(pokja, baso, "/notulen M-1 dibuka"))
	made := h.sim.Say(sim.Message{Chat: pokja, Person: baso, ReplyTo: kept.ID, Text: "/tugas_baru Rekap tonase, tenggat Senin 16.00"})
	h.heard(pokja)
	h.sim.Edit(pokja, made, "/tugas_baru Rekap tonase sampah, tenggat Senin 16.00")
	h.heard(pokja)
	h.expectNoted(1, "note dibuka", "task T-1 Rekap tonase sampah")
	h.look(func(tx *store.Tx) error {
		task, err := tx.Task(1)
		if strings.Contains(task.FullText, "Dicatat") || task.Title != "Rekap tonase sampah" {
			t.Errorf("got %+v", task)
		}
		return err
	})
	contains(t, only(t, h.say(pokja, baso, "/tindak_lanjut M-1")).Text, "Tindak lanjut M-1: 1 berjalan")
	h.say(pokja, baso, "/urungkan T-1")
	contains(t, only(t, h.say(pokja, baso, "/tindak_lanjut M-1")).Text, "belum punya tindak lanjut")
	h.say(sitti, sitti, "/tugas_baru Beli sapu #lingkungan untuk rapat M-1, tenggat Senin")
	contains(t, h.say(sitti, sitti, "/tindak_lanjut")[0].Text, "Tindak lanjut M-1: 1 berjalan", "T-2 · Beli sapu")
	contains(t, h.say(baso, baso, "/status T-2")[0].Text, "Dibahas di M-1")
	lacks(t, h.say(pokja, baso, "/status T-2")[0].Text, "M-1")
}

// TestFollowUpBeforeTheMeeting: what is to be prepared for a meeting does not follow
// from it, and the words stay.
func TestFollowUpBeforeTheMeeting(t *testing.T) {
	h, sitti, _, _, _, _ := met(t)
	h.say(sitti, sitti, "/tugas_baru Siapkan ruang M-1 #lingkungan, tenggat besok")
	h.look(func(tx *store.Tx) error {
		task, err := tx.Task(1)
		if task.Title != "Siapkan ruang M-1" {
			t.Errorf("got %q", task.Title)
		}
		return err
	})
	h.expectNoted(1)
}

// TestDecisionAboutTheAgenda: a thing of the agenda is offered below a decision, and the
// line names it from then on.
func TestDecisionAboutTheAgenda(t *testing.T) {
	h, sitti, _, _, _, _ := noting(t)
	h.say(sitti, sitti, "/rekomendasi tambah perbaiki data")
	h.change(func(tx *store.Tx) error {
		_, err := tx.AddTopic(1, council.Topic{Text: "data", Subject: council.Reference{Letter: council.RecommendationLetter, Number: 1}, State: council.TopicOnAgenda, At: h.clock()})
		return err
	})
	decided := only(t, h.say(sitti, sitti, "/keputusan M-1 data disatukan"))
	h.pressOn(sitti, decided.ID, sitti, "Tentang R-1")
	contains(t, h.message(sitti, decided.ID).Text, "Keputusan tentang R-1 dicatat di M-1.")
	h.expectNoted(1, "decision R-1 data disatukan")
	h.pressOn(sitti, decided.ID, sitti, "R-1 selesai")
	ended := h.recommendationsNow()[0]
	if ended.State != council.RecommendationDone || ended.Reason != "data disatukan" {
		t.Errorf("got %+v", ended)
	}
	h.press(sitti, sitti, "Urungkan")
	if again := h.recommendationsNow()[0]; again.State != council.RecommendationOpen {
		t.Errorf("got %+v", again)
	}
	h.pressOn(sitti, decided.ID, sitti, "Jadikan catatan")
	h.expectNoted(1, "note data disatukan")
}

// TestMinutesInEnglish: commands, words and sentences.
func TestMinutesInEnglish(t *testing.T) {
	h, sitti, _, _, _, _ := noting(t)
	h.say(sitti, sitti, "/language en")
	kept := only(t, h.say(sitti, sitti, "/minutes M-1 three trucks\ndecision: rent two"))
	contains(t, kept.Text, "2 notes kept in M-1.")
	contains(t, only(t, h.say(sitti, sitti, "/decisions M-1 a report each Friday")).Text, "Decision noted in M-1.")
	h.expectNoted(1, "note three trucks", "decision rent two", "decision a report each Friday")
	h.say(sitti, sitti, "/newtask Repair the truck #environment of the meeting M-1, due Monday")
	contains(t, only(t, h.say(sitti, sitti, "/followups M-1")).Text, "Follow-ups of M-1: 1 running")
	h.pressOn(sitti, kept.ID, sitti, "Undo")
	contains(t, h.message(sitti, kept.ID).Text, "2 notes in M-1 undone.")
	answer, pages := h.pressing(sitti, sitti, "1:attend:page:1:0")
	contains(t, only(t, pages).Text+answer.Text, "Attendance of M-1", "Tap a name")
}
