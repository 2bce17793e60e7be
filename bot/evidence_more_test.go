package bot

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

func TestVerifiedEvidenceThatIsReplacedIsSaid(t *testing.T) {
	f := newFiling(t)
	f.sendFile(f.herlina, f.herlina, pdf("antrean.pdf", "satu"), "/bukti LIV-07")
	f.press(f.herlina, f.herlina, "Tidak")
	f.say(f.ramlah, f.ramlah, "/bukti periksa LIV-07")
	f.press(f.ramlah, f.ramlah, "LIV-07 · antrean.pdf")
	f.press(f.ramlah, f.ramlah, "Terverifikasi")
	f.heard(f.ramlah)
	asked := only(t, f.sendFile(f.herlina, f.herlina, pdf("ANTREAN.pdf", "dua"), "LIV-07"))
	said := only(t, f.heard(f.ramlah))
	contains(t, said.Text, "LIV-07", "sudah terverifikasi diganti", "ANTREAN.pdf", "versi 2", "Mohon diperiksa lagi")
	if f.standing("LIV-07") != council.EvidenceUploaded || len(f.kept()) != 2 {
		t.Errorf("%s, %v", f.standing("LIV-07"), f.kept())
	}
	f.pressOn(f.herlina, asked.ID, f.herlina, "Tidak")
	f.pressOn(f.herlina, asked.ID, f.herlina, "Urungkan")
	f.quiet()
	contains(t, f.message(f.herlina, asked.ID).Text, "tidak jadi dicatat")
	if f.standing("LIV-07") != council.EvidenceVerified || len(f.kept()) != 1 {
		t.Errorf("after undoing: %s, %v", f.standing("LIV-07"), f.kept())
	}
	f.pass(11 * time.Minute)
	if answer := f.pressOn(f.ramlah, said.ID, f.ramlah, "Lihat"); !strings.Contains(answer.Text, "sudah diganti, ditarik") {
		t.Errorf("what was taken back is shown: %+v", answer)
	}
}

func TestOfTwoWhoCheckOneWins(t *testing.T) {
	f := newFiling(t)
	anwar := f.coordinator("Anwar Malolo", "anwar_contoh")
	f.sendFile(f.herlina, f.herlina, pdf("antrean.pdf", "satu"), "/bukti LIV-07")
	f.press(f.herlina, f.herlina, "Tidak")
	var shown []int
	for _, person := range []int64{f.ramlah, anwar} {
		f.say(person, person, "/bukti periksa")
		f.press(person, person, "LIV-07 · antrean.pdf")
		shown = append(shown, only(t, f.heard(person)).ID)
	}
	f.pressOn(f.ramlah, shown[0], f.ramlah, "Terverifikasi")
	for _, button := range []string{"Terverifikasi", "Perlu diperbaiki"} {
		if answer := f.pressOn(anwar, shown[1], anwar, button); !strings.Contains(answer.Text, "LIV-07 sudah diperiksa Sitti Ramlah: Terverifikasi.") {
			t.Errorf("%s: %+v", button, answer)
		}
	}
	if pieces := f.filed("LIV-07"); pieces[0].CheckedBy != f.actor(f.ramlah).ID {
		t.Errorf("%+v", pieces)
	}
}

func TestAnAlbumIsOneFiling(t *testing.T) {
	f := newFiling(t)
	photo := func(content, caption string) sim.Message {
		return sim.Message{Chat: f.baso, Person: f.baso, Photo: &sim.File{Name: "foto.jpg", Bytes: []byte(content)}, MediaGroup: "a1", Caption: caption}
	}
	asked := only(t, f.write(photo("satu", "/bukti ENV-08 ENV-09 lokasi TPS")))
	for _, content := range []string{"dua", "tiga"} {
		if more := f.write(photo(content, "")); len(more) != 0 {
			t.Errorf("every photo is asked about: %q", texts(more))
		}
	}
	contains(t, f.message(f.baso, asked.ID).Text, "Apakah berkas memuat data pribadi", "ENV-08, ENV-09 · 3 berkas")
	f.pressOn(f.baso, asked.ID, f.baso, "Tidak")
	contains(t, f.message(f.baso, asked.ID).Text, "ENV-08, ENV-09 (3 berkas): Diunggah")
	for _, code := range []string{"ENV-08", "ENV-09"} {
		pieces := f.filed(code)
		if len(pieces) != 3 || slices.ContainsFunc(pieces, func(e council.Evidence) bool { return !e.Counts() || e.Words != "lokasi TPS" && e.Number == e.Filing }) {
			t.Errorf("%s: %+v", code, pieces)
		}
	}
	if len(f.kept()) != 3 {
		t.Errorf("the vault holds %v", f.kept())
	}
}

func TestWhatIsAskedForSurvives(t *testing.T) {
	f := newFiling(t)
	f.taskFor("ENV-08")
	asked := only(t, f.say(f.baso, f.baso, "/eviden"))
	contains(t, asked.Text, "untuk indikator mana")
	f.restart()
	f.pressOn(f.baso, asked.ID, f.baso, "ENV-08")
	contains(t, f.message(f.baso, asked.ID).Text, "Mohon kirim berkas, foto, tautan, atau lokasi untuk ENV-08")
	f.restart()
	contains(t, only(t, f.say(f.baso, f.baso, "nanti saya kirim")).Text, "Mohon kirim berkas")
	contains(t, only(t, f.say(f.baso, f.baso, "ini ya https://dlh.contoh.go.id/rekap.")).Text, "Apakah isinya memuat data pribadi")
	f.press(f.baso, f.baso, "Tidak")
	if pieces := f.filed("ENV-08"); len(pieces) != 1 || pieces[0].Link != "https://dlh.contoh.go.id/rekap" || pieces[0].Words != "ini ya" || !pieces[0].Counts() {
		t.Errorf("%+v", pieces)
	}
	contains(t, only(t, f.sendFile(f.baso, f.baso, pdf("rekap.pdf", "rekap"), "/datadukung")).Text, "untuk indikator mana")
	contains(t, only(t, f.say(f.baso, f.baso, "XYZ-99")).Text, "Indikator XYZ-99 belum ada")
	contains(t, only(t, f.say(f.baso, f.baso, "env 9")).Text, "data pribadi")
	if pieces := f.filed("ENV-09"); len(pieces) != 1 || pieces[0].Name != "rekap.pdf" {
		t.Errorf("the file was lost on the way: %+v", pieces)
	}
	contains(t, only(t, f.write(sim.Message{Chat: f.baso, Person: f.baso, Location: &sim.Location{Latitude: -2.5, Longitude: 121.1}, ReplyTo: asked.ID})).Text, "")
}

func TestALargeFileIsExplained(t *testing.T) {
	f := newFiling(t)
	large := pdf("video.mp4", strings.Repeat("x", evidenceLimit+1))
	contains(t, only(t, f.sendFile(f.baso, f.baso, large, "/bukti ENV-08 rapat koordinasi")).Text, "21 MB", "paling besar 20 MB", "Mohon kirim tautannya untuk ENV-08")
	if len(f.filed("ENV-08")) != 0 || len(f.kept()) != 0 {
		t.Errorf("%+v", f.filed("ENV-08"))
	}
	contains(t, only(t, f.say(f.baso, f.baso, "https://contoh.go.id/video")).Text, "data pribadi")
	if pieces := f.filed("ENV-08"); len(pieces) != 1 || pieces[0].Words != "rapat koordinasi" {
		t.Errorf("what was written is lost: %+v", pieces)
	}
}

func TestAFileThatTelegramDoesNotGiveOutIsAskedForAgain(t *testing.T) {
	f := newFiling(t)
	f.sim.Fail(sim.Fault{Method: "getFile", Kind: sim.Refuse, Code: 400, Description: "Bad Request: wrong file_id or the file is temporarily unavailable"})
	said := f.sendFile(f.herlina, f.herlina, pdf("antrean.pdf", "satu"), "/bukti LIV-07")
	last := said[len(said)-1]
	contains(t, last.Text, "LIV-07: antrean.pdf belum dapat diambil dari Telegram. Mohon kirim sekali lagi")
	if pieces := f.filed("LIV-07"); pieces[0].Counts() || f.standing("LIV-07") != council.EvidenceMissing {
		t.Errorf("%+v", pieces)
	}
	f.sendFile(f.herlina, f.herlina, pdf("antrean.pdf", "satu"), "")
	f.press(f.herlina, f.herlina, "Tidak")
	if pieces := f.filed("LIV-07"); len(pieces) != 2 || !pieces[1].Counts() {
		t.Errorf("%+v", pieces)
	}
}

// TestAFullDiskLosesNothing takes the vault's folder away for a while.
func TestAFullDiskLosesNothing(t *testing.T) {
	f := newFiling(t)
	folder := t.TempDir() + "/files"
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f.bot.Vault = vault.At(folder)
	file := pdf("antrean.pdf", "satu")
	f.sim.Say(sim.Message{Chat: f.herlina, Person: f.herlina, Document: &file, Caption: "/bukti LIV-07"})
	f.until("the disk refuses it", func() bool { return strings.Contains(f.log.String(), "the disk does not take a file") })
	if pieces := f.filed("LIV-07"); len(pieces) != 1 || pieces[0].Counts() || f.standing("LIV-07") != council.EvidenceMissing {
		t.Errorf("what is on no disk counts: %+v", pieces)
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	f.until("it is tried again", func() bool { return f.filed("LIV-07")[0].Counts() })
	if f.bot.Vault.Verify(f.filed("LIV-07")[0].Hash) != nil {
		t.Error("it counts without being kept")
	}
}

func TestWhatATaskIsHandedInWithIsEvidence(t *testing.T) {
	f := newFiling(t)
	f.taskFor("ENV-08")
	said := f.sendFile(f.baso, f.baso, pdf("rekap.pdf", "rekap tonase"), "/selesai T-1")
	if len(said) != 2 {
		t.Fatalf("%q", texts(said))
	}
	contains(t, said[0].Text, "T-1", "pemeriksaan")
	contains(t, said[1].Text, "data pribadi")
	f.press(f.baso, f.baso, "Tidak")
	if pieces := f.filed("ENV-08"); len(pieces) != 1 || pieces[0].Task != 1 || f.standing("ENV-08") != council.EvidenceUploaded {
		t.Fatalf("%+v", pieces)
	}
	f.press(f.ramlah, f.ramlah, "Terverifikasi")
	contains(t, f.message(f.baso, said[1].ID).Text, "ENV-08: Terverifikasi.")
	if f.standing("ENV-08") != council.EvidenceVerified {
		t.Errorf("%+v", f.filed("ENV-08"))
	}
	f.say(f.ramlah, f.ramlah, "/urungkan T-1")
	if f.standing("ENV-08") != council.EvidenceUploaded {
		t.Errorf("after undoing: %+v", f.filed("ENV-08"))
	}
}

// taskFor gives Baso a task, the first, that is to bring the evidence of an indicator.
func (f *filing) taskFor(code string) {
	f.t.Helper()
	f.say(f.ramlah, f.ramlah, "/tugas_baru @baso_contoh Bukti "+code+", tenggat besok 16.00")
	f.change(func(tx *store.Tx) error {
		found, err := tx.IndicatorsByCode(code)
		if err != nil {
			return err
		}
		return tx.LinkIndicatorTask(found[0].ID, 1)
	})
	f.heard(f.ramlah)
	f.heard(f.baso)
}

// until waits until something holds that no message tells of.
func (f *filing) until(what string, holds func() bool) {
	f.t.Helper()
	patience := time.After(20 * time.Second)
	for !holds() {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-patience:
			f.t.Fatalf("waiting until %s", what)
		}
	}
}

// TestWhatNothingFetchesIsTakenUpAtTheStart gives up reading a file, and starts anew.
func TestWhatNothingFetchesIsTakenUpAtTheStart(t *testing.T) {
	f := newFiling(t)
	f.bot.readers[fetchEvidence] = func(*request, fetchedFile) error { panic("it stumbles") }
	f.sendFile(f.herlina, f.herlina, pdf("antrean.pdf", "satu"), "/bukti LIV-07 ENV-08")
	f.until("it is given up", func() bool { return strings.Count(f.log.String(), "a file could not be read") == tries })
	f.quiet()
	if f.filed("LIV-07")[0].Counts() {
		t.Fatalf("it counts: %+v", f.filed("LIV-07"))
	}
	for range 2 { // the second start finds nothing more to do
		f.restart()
		if liv, env := f.filed("LIV-07"), f.filed("ENV-08"); len(liv) != 1 || !liv[0].Counts() || len(env) != 1 || !env[0].Counts() || len(f.kept()) != 1 {
			t.Errorf("%+v %+v", liv, env)
		}
	}
}

// TestForgedPressesFileAndCheckNothing presses what was never offered, as people who
// may not.
func TestForgedPressesFileAndCheckNothing(t *testing.T) {
	f := newFiling(t)
	fadli := f.person("Fadli Kaluku", "fadli_contoh")
	forum := f.linkedGroup("Forum", "komunitas", f.ramlah, fadli)
	f.say(fadli, fadli, "/mulai")
	f.say(forum, fadli, "/profil")
	f.heard(forum)
	asked := only(t, f.sendFile(f.herlina, f.herlina, pdf("antrean.pdf", "satu"), "/bukti LIV-07"))
	before := f.filed("LIV-07")
	greeting := f.say(fadli, fadli, "/profil")
	for _, person := range []struct {
		id      int64
		chat    int64
		message int
	}{{fadli, fadli, greeting[len(greeting)-1].ID}, {f.baso, f.pokja, f.say(f.pokja, f.baso, "/profil")[0].ID}, {f.herlina, f.herlina, asked.ID}} {
		for _, forged := range []string{"no:1", "yes:1", "undo:1", "new:1", "again:1", "see:1", "list:0", "look", "ok:1:0", "fix:1:0", "back:1:0", "for:1", "no:99", "ok:99:0", "", "x:1"} {
			if person.id == f.herlina && slices.Contains([]string{"no:1", "yes:1", "undo:1"}, forged) {
				continue // hers
			}
			answer := f.pressData(person.chat, person.message, person.id, "1:ev:"+forged)
			if answer.Text == "" && person.id != f.herlina {
				t.Errorf("%d forges %s: %+v", person.id, forged, answer)
			}
		}
	}
	if after := f.filed("LIV-07"); !slices.Equal(before, after) {
		t.Errorf("%+v became %+v", before, after)
	}
	for _, text := range []string{"/bukti LIV-07 https://contoh.go.id", "/bukti periksa", "/bukti"} {
		said := f.say(fadli, fadli, text)
		contains(t, said[len(said)-1].Text, "untuk")
	}
	if after := f.filed("LIV-07"); len(after) != 1 {
		t.Errorf("a community files evidence: %+v", after)
	}
	lacks(t, only(t, f.say(f.baso, f.baso, "/bukti periksa")).Text, "antrean.pdf")
}

func TestAFilingSpeaksEnglishToo(t *testing.T) {
	f := newFiling(t)
	f.say(f.herlina, f.herlina, "/language en")
	asked := only(t, f.sendFile(f.herlina, f.herlina, pdf("queue.pdf", "satu"), "/evidence LIV-07"))
	contains(t, asked.Text, "Does the file hold personal data (NIK, phone numbers, patients' data)?")
	f.press(f.herlina, f.herlina, "No")
	contains(t, f.message(f.herlina, asked.ID).Text, "LIV-07: uploaded, waits to be checked by Sitti Ramlah.")
}
