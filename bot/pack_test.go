package bot

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// filedHarness is the city of the first story, with contents filed for the indicators
// ENV-08, ENV-09, … of its evaluation.
func filedHarness(t *testing.T, contents ...string) (h *harness, sitti int64) {
	t.Helper()
	h, sitti = firstStoryHarness(t)
	h.say(sitti, sitti, firstStory)
	h.press(sitti, sitti, "Benar")
	h.change(func(tx *store.Tx) error {
		member, err := tx.MemberByTelegramID(sitti)
		if err != nil {
			return err
		}
		for i, content := range contents {
			indicator, err := tx.SaveIndicator(council.Indicator{Evaluation: 1, Code: fmt.Sprintf("ENV-%02d", 8+i), Dimension: council.Environment, Name: "Sampah"})
			if err != nil {
				return err
			}
			hash, size, err := h.options.Vault.Put(strings.NewReader(content), 1<<30)
			if err != nil {
				return err
			}
			if _, err := tx.CreateEvidence(council.Evidence{IndicatorID: indicator.ID, MemberID: member.ID, Kind: fileDocument, Name: "rekap.pdf",
				Hash: hash, Size: size, Personal: council.PersonalNo, State: council.EvidenceVerified, Version: 1, CreatedAt: h.clock()}); err != nil {
				return err
			}
		}
		return nil
	})
	h.heard(sitti)
	return h, sitti
}

// packOffers are when packs will be offered, in WITA.
func (h *harness) packOffers() (moments []string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		waiting, err := tx.WaitingReminders(council.PackReference(1))
		for _, offer := range waiting {
			moments = append(moments, offer.Due.In(time.FixedZone("WITA", 8*60*60)).Format("2006-01-02 15:04"))
		}
		return err
	})
	return moments
}

// packFiles are the evidence in a ZIP that was sent, with what it holds.
func packFiles(t *testing.T, message sim.Shown) map[string]string {
	t.Helper()
	if message.Document == nil {
		t.Fatalf("no file came with %q", message.Text)
	}
	content := message.Document.Bytes
	reader, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, file := range reader.File {
		opened, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(file.Name, "/ENV-") {
			files[file.Name] = string(text)
		}
	}
	return files
}

const sampah = "6 Lingkungan/ENV-08 Sampah/01 rekap.pdf"

// TestAPackIsOfferedAndSent: every coordinator is offered it once, and whoever presses
// has it.
func TestAPackIsOfferedAndSent(t *testing.T) {
	h, sitti := filedHarness(t, "tonase", "nasabah")
	rina := h.coordinator("Rina Contoh", "rina_contoh")
	if difference := cmp.Diff([]string{"2026-06-10 16:00"}, h.packOffers()); difference != "" {
		t.Fatal(difference)
	}
	h.move("2026-06-10 16:00")
	h.acts()
	for _, coordinator := range []int64{sitti, rina} {
		offer := only(t, h.heard(coordinator))
		if want := "E-1 · Evaluasi Smart City Tahap I\nPaket bukti siap: 2 indikator, 2 berkas, daftar isi dan nilai periksa (hash)."; offer.Text != want {
			t.Errorf("it says %q", offer.Text)
		}
	}
	contains(t, h.press(sitti, sitti, "Unduh ZIP").Text, "disiapkan")
	sent := only(t, h.heard(sitti))
	contains(t, sent.Text, "E-1 · Evaluasi Smart City Tahap I", "2 indikator, 2 berkas")
	want := map[string]string{sampah: "tonase", "6 Lingkungan/ENV-09 Sampah/01 rekap.pdf": "nasabah"}
	if difference := cmp.Diff(want, packFiles(t, sent)); difference != "" || sent.Document.Name != "paket-bukti-E-1.zip" {
		t.Errorf("%s %s", sent.Document.Name, difference)
	}
	if said := h.heard(rina); len(said) > 0 || len(h.packOffers()) > 0 {
		t.Errorf("the other coordinator hears %q; offers wait: %q", texts(said), h.packOffers())
	}
	path := filepath.Join(t.TempDir(), "pack.zip")
	if err := os.WriteFile(path, sent.Document.Bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	if check, err := report.VerifyPack(t.Context(), path); err != nil || len(check.Faults) > 0 {
		t.Errorf("%+v %v", check, err)
	}
}

// TestTheOfferFollowsTheEvaluation when it moves, is postponed, closed, and undone.
func TestTheOfferFollowsTheEvaluation(t *testing.T) {
	h, sitti := filedHarness(t, "tonase")
	for _, step := range []struct{ said, want string }{
		{"/tenggat E-1 Senin 15 Juni jam 9", "2026-06-12 16:00"},
		{"/tenggat E-1 ditunda", ""},
		{"/urungkan E-1", "2026-06-12 16:00"},
		{"/tenggat E-1 selesai", ""},
	} {
		h.say(sitti, sitti, step.said)
		if got := strings.Join(h.packOffers(), " "); got != step.want {
			t.Errorf("after %s it is offered at %q, want %q", step.said, got, step.want)
		}
	}
}

// TestNothingIsOfferedInVain: where nothing is filed, and after an outage over the
// presentation.
func TestNothingIsOfferedInVain(t *testing.T) {
	for name, row := range map[string]struct {
		contents []string
		moment   string
	}{"nothing filed": {nil, "2026-06-10 16:00"}, "too late": {[]string{"tonase"}, "2026-06-11 09:01"}} {
		t.Run(name, func(t *testing.T) {
			h, sitti := filedHarness(t, row.contents...)
			h.move(row.moment)
			h.acts()
			if said := h.heard(sitti); len(said) > 0 {
				t.Errorf("it says %q", texts(said))
			}
		})
	}
}

// TestWhoMayHaveAPack: the button stands below the evaluation for coordinators in
// private, and a forged press brings nobody else anything.
func TestWhoMayHaveAPack(t *testing.T) {
	h, sitti := filedHarness(t, "tonase")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(baso, baso, "/mulai")
	h.say(pokja, baso, "/status") // in which he is seen
	page := only(t, h.say(sitti, sitti, "/evaluasi E-1"))
	if !hasButton(page, "Unduh ZIP") {
		t.Errorf("the coordinator sees %q", labels(page))
	}
	for _, message := range append(h.say(baso, baso, "/evaluasi E-1"), h.say(pokja, sitti, "/evaluasi E-1")...) {
		if hasButton(message, "Unduh ZIP") {
			t.Errorf("the button stands below %q", message.Text)
		}
	}
	card := only(t, h.say(baso, baso, "/evaluasi E-1"))
	answer := h.pressData(baso, card.ID, baso, data(pressEvaluation, evaluationPack, 1))
	contains(t, answer.Text, "koordinator")
	if said := h.heard(baso); len(said) > 0 {
		t.Errorf("a forged press brings %q", texts(said))
	}
	h.heard(sitti)
	inGroup := only(t, h.say(pokja, sitti, "/evaluasi E-1"))
	h.pressData(pokja, inGroup.ID, sitti, data(pressEvaluation, evaluationPack, 1))
	if said := h.heard(pokja); len(said) > 0 {
		t.Errorf("the group hears %q", texts(said))
	}
	packFiles(t, only(t, h.heard(sitti)))
}

// TestAPackWithoutWhatIsNotWhole says below it what is not there.
func TestAPackWithoutWhatIsNotWhole(t *testing.T) {
	h, sitti := filedHarness(t, "tonase", "nasabah")
	var hash string
	h.look(func(tx *store.Tx) error {
		evidence, err := tx.Evidence(1)
		hash = evidence.Hash
		return err
	})
	if err := h.options.Vault.Remove(hash); err != nil {
		t.Fatal(err)
	}
	h.say(sitti, sitti, "/evaluasi E-1")
	h.press(sitti, sitti, "Unduh ZIP")
	sent := only(t, h.heard(sitti))
	contains(t, sent.Text, "1 berkas tidak utuh di penyimpanan", "ENV-08 01 rekap.pdf", "/bukti ENV-08")
	if difference := cmp.Diff(map[string]string{"6 Lingkungan/ENV-09 Sampah/01 rekap.pdf": "nasabah"}, packFiles(t, sent)); difference != "" {
		t.Error(difference)
	}
}

// weighs lets every piece of evidence count as so many bytes.
func (h *harness) weighs(size int64) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		filed, err := tx.EvidenceFor(1)
		for _, evidence := range filed {
			evidence.Size = size
			if err == nil {
				err = tx.SaveEvidence(evidence)
			}
		}
		return err
	})
}

// TestALargePackComesInParts, each whole in itself; what is filed meanwhile is in one
// of them.
func TestALargePackComesInParts(t *testing.T) {
	h, sitti := filedHarness(t, "satu", "dua", "tiga", "empat", "lima")
	h.weighs(20 << 20)
	h.say(sitti, sitti, "/evaluasi E-1")
	h.press(sitti, sitti, "Unduh ZIP")
	said := h.heard(sitti)
	if len(said) != 4 {
		t.Fatalf("%d messages: %q", len(said), texts(said))
	}
	contains(t, said[0].Text, "Dibagi dalam 3 ZIP")
	all := make(map[string]string)
	for i, part := range said[1:] {
		if want := fmt.Sprintf("paket-bukti-E-1-bagian-%d-dari-3.zip", i+1); part.Document.Name != want {
			t.Errorf("it is called %s", part.Document.Name)
		}
		for name, content := range packFiles(t, part) {
			if all[name] != "" {
				t.Errorf("%s is in two parts", name)
			}
			all[name] = content
		}
	}
	if len(all) != 5 || all["6 Lingkungan/ENV-12 Sampah/01 rekap.pdf"] != "lima" {
		t.Errorf("the parts hold %q", all)
	}
}

func TestAPackThatIsTooLargeIsWrittenOnTheServer(t *testing.T) {
	h, sitti := filedHarness(t, "satu")
	h.weighs(600 << 20)
	h.say(sitti, sitti, "/evaluasi E-1")
	h.press(sitti, sitti, "Unduh ZIP")
	contains(t, only(t, h.heard(sitti)).Text, "rembuk pack E-1 paket.zip", "629,1 MB")
}

// TestAPackOverABrokenLine comes whole, and leaves nothing on the disk.
func TestAPackOverABrokenLine(t *testing.T) {
	drafts := t.TempDir()
	h, sitti := filedHarness(t, "tonase")
	h.stop()
	h.options.Drafts = drafts
	h.start()
	h.sim.Fail(sim.Fault{Method: "sendDocument", Kind: sim.BreakBefore})
	h.say(sitti, sitti, "/evaluasi E-1")
	h.press(sitti, sitti, "Unduh ZIP")
	h.sent()
	if difference := cmp.Diff(map[string]string{sampah: "tonase"}, packFiles(t, only(t, h.heard(sitti)))); difference != "" {
		t.Error(difference)
	}
	if left, err := os.ReadDir(drafts); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}
