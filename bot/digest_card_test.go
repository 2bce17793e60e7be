package bot

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// morningOf reminds somebody of these tasks seven days before their date.
func (h *harness) morningOf(person int64, numbers ...int64) sim.Shown {
	h.t.Helper()
	notice := council.Notice{MemberID: h.memberID(person)}
	for _, number := range numbers {
		notice.Items = append(notice.Items, h.item(council.ToAssignee, number, "H-7", 7))
	}
	return only(h.t, h.reminded(person, notice))
}

// editsOf counts how often Telegram was asked to edit a message, in vain or not.
func (h *harness) editsOf(chat int64, message int) int {
	edits := 0
	for _, call := range h.sim.Calls() {
		if call.Method == "editMessageText" && call.Chat == chat && call.Params["message_id"] == strconv.Itoa(message) {
			edits++
		}
	}
	return edits
}

func TestAReplyToADigestNamesItsOnlyThing(t *testing.T) {
	h, _, baso, _ := assigned(t, "Satu, tenggat 22 Mei", "Dua, tenggat 22 Mei")
	for name, row := range map[string]struct {
		tasks []int64
		want  string
	}{
		"about one":     {[]int64{2}, "T-2"},
		"about several": {[]int64{1, 2}, "memuat beberapa hal"},
	} {
		t.Run(name, func(t *testing.T) {
			digest := h.morningOf(baso, row.tasks...)
			contains(t, only(t, h.write(sim.Message{Chat: baso, Person: baso, Text: "sudah jalan", ReplyTo: digest.ID})).Text, row.want)
		})
	}
}

func TestNobodyTurnsThePagesOfAnother(t *testing.T) {
	h, sitti, baso, pokja := assigned(t, "Satu, tenggat 22 Mei")
	digest := h.morningOf(baso, 1)
	for name, chat := range map[string]int64{"in her own chat": sitti, "in the group": pokja} {
		t.Run(name, func(t *testing.T) {
			contains(t, h.pressData(chat, 1, sitti, data(pressDigest, 1, 0)).Text, "tidak berlaku")
		})
	}
	if edits := h.editsOf(baso, digest.ID); edits != 0 {
		t.Errorf("the digest was edited %d times", edits)
	}
}

func TestADigestOfLongAgoSaysSo(t *testing.T) {
	h, _, baso, _ := assigned(t, "Satu, tenggat 22 Mei")
	digest := h.morningOf(baso, 1)
	h.change(func(tx *store.Tx) error { return tx.PruneDigests(h.clock().Add(time.Hour)) })
	contains(t, h.pressData(baso, digest.ID, baso, data(pressDigest, 1, 0)).Text, "Tombol ini sudah tidak berlaku", "/tugas")
	contains(t, h.pressOn(baso, digest.ID, baso, "Selesai").Text, "T-1")
}

func TestWhatADigestDoesNotShowEditsNothing(t *testing.T) {
	h, _, baso, pokja := assigned(t, "Satu, tenggat 22 Mei")
	h.say(baso, baso, "/progres T-1 10%")
	digest := h.morningOf(baso, 1)
	h.say(pokja, baso, "/progres T-1 30%")
	if edits := h.editsOf(baso, digest.ID); edits != 0 {
		t.Errorf("Telegram was asked %d times to edit the digest", edits)
	}
	h.say(pokja, baso, "/kendala T-1")
	if now := h.message(baso, digest.ID); now.Edits != 1 || !strings.HasSuffix(now.Text, "· Terkendala") {
		t.Errorf("after %d edits it says\n%s", now.Edits, now.Text)
	}
}

func TestAnOwnersDigestShowsWhatBecameOfWhatWasOpen(t *testing.T) {
	h, sitti, baso, pokja := assigned(t)
	h.say(sitti, sitti, firstStory)
	h.press(sitti, sitti, "Benar")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase, tenggat 9 Juni")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Foto lokasi, tenggat 9 Juni")
	h.change(func(tx *store.Tx) error {
		evaluation := h.evaluations()[0]
		evaluation.Rhythm.Wording = "Mohon foto dengan keterangan tempat."
		return tx.SaveEvaluation(evaluation)
	})
	h.move("2026-05-26 08:00")
	evaluation := h.evaluations()[0]
	item := council.Item{Evaluation: evaluation, Milestone: evaluation.Milestones[0], Days: 16,
		Reminder: council.Reminder{Subject: evaluation.Reference(), MilestoneID: evaluation.Milestones[0].ID, Step: "H-14", Audience: council.ToOwner}}
	digest := only(t, h.reminded(baso, council.Notice{MemberID: h.memberID(baso), Items: []council.Item{item}}))
	contains(t, digest.Text, "Mohon foto dengan keterangan tempat.\nYang masih terbuka:\nT-1 · Rekap tonase · Selasa, 9 Juni 2026")
	h.say(pokja, baso, "/selesai T-2")
	now := h.message(baso, digest.ID)
	want := strings.Replace(digest.Text, "T-2 · Foto lokasi · Selasa, 9 Juni 2026 pukul 16.00 WITA (14 hari lagi)", "T-2 · Foto lokasi · Menunggu pemeriksaan", 1)
	if now.Text != want {
		t.Errorf("it says\n%s\nand not\n%s", now.Text, want)
	}
	h.say(sitti, sitti, "/tenggat E-1 ditunda")
	h.pressOn(baso, digest.ID, baso, "Selesai T-1")
	contains(t, h.message(baso, digest.ID).Text, "E-1 · Evaluasi Smart City Tahap I · Ditunda\n")
}

func TestNothingIsCutFromALongDigest(t *testing.T) {
	h, sitti, baso, _ := assigned(t)
	notice := council.Notice{MemberID: h.memberID(sitti)}
	const tasks = 60
	h.change(func(tx *store.Tx) error {
		for number := range tasks {
			owner, audience := h.memberID(sitti), council.ToAssignee
			if number >= 10 {
				owner, audience = h.memberID(baso), council.ToCoordinator
			}
			task, err := tx.CreateTask(council.Task{Title: strings.Repeat("panjang ", 37), CreatedBy: owner, CreatedAt: h.clock(), State: council.TaskNew,
				Assignees: council.AssignTo(owner), Deadline: council.Deadline{At: h.clock().Add(-time.Hour), Zone: "Asia/Makassar"}}, 0, 0)
			if err != nil {
				return err
			}
			notice.Items = append(notice.Items, council.Item{Task: task,
				Reminder: council.Reminder{Subject: task.Reference(), Step: "overdue+1", Audience: audience}})
		}
		return nil
	})
	digest := only(t, h.reminded(sitti, notice))
	seen := make(map[string]bool)
	for {
		now := h.message(sitti, digest.ID)
		if letters := len([]rune(now.Text)); letters > 4096 || len(labels(now)) > 100 {
			t.Errorf("a page has %d characters and %d buttons", letters, len(labels(now)))
		}
		for _, word := range strings.Fields(now.Text) {
			seen[word] = true
		}
		if !hasButton(now, "Berikutnya") {
			break
		}
		h.pressOn(sitti, digest.ID, sitti, "Berikutnya")
	}
	for number := 1; number <= tasks; number++ {
		if !seen[fmt.Sprintf("T-%d", number)] {
			t.Errorf("T-%d is on no page", number)
		}
	}
}

func TestAWordOfAnAssigneeIsASignOfLife(t *testing.T) {
	for name, row := range map[string]struct {
		message func(baso, sitti int64) sim.Message
		heard   bool
	}{
		"a comment": {func(baso, _ int64) sim.Message { return sim.Message{Person: baso, Text: "masih di lapangan"} }, true},
		"a file": {func(baso, _ int64) sim.Message {
			return sim.Message{Person: baso, Document: &sim.File{Name: "rekap.pdf", Bytes: []byte("isi")}}
		}, true},
		"somebody else says": {func(_, sitti int64) sim.Message { return sim.Message{Person: sitti, Text: "bagaimana?"} }, false},
	} {
		t.Run(name, func(t *testing.T) {
			h, sitti, baso, pokja := assigned(t)
			card := only(t, h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase, tenggat 31 Juli"))
			h.press(pokja, baso, "Siap")
			var before council.Task
			h.look(func(tx *store.Tx) (err error) { before, err = tx.Task(1); return err })
			h.pass(48 * time.Hour)
			message := row.message(baso, sitti)
			message.Chat, message.ReplyTo = pokja, card.ID
			h.write(message)
			h.look(func(tx *store.Tx) error {
				after, err := tx.Task(1)
				moved := after.Assignees[0].ActiveAt.Sub(before.Assignees[0].ActiveAt)
				if after.Version != before.Version || row.heard != (moved == 48*time.Hour) {
					t.Errorf("version %d became %d, heard of %v later", before.Version, after.Version, moved)
				}
				return err
			})
		})
	}
}
