package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// filing is a city that prepares an evaluation with some indicators.
type filing struct {
	*harness
	ramlah, herlina, baso int64
	pokja                 int64
}

func newFiling(t *testing.T) *filing {
	t.Helper()
	h := newHarness(t)
	f := &filing{harness: h, ramlah: h.coordinator("Sitti Ramlah", "sitti_contoh"), herlina: h.person("Herlina Pabokori", "herlina_contoh"),
		baso: h.person("Baso Irfandi", "baso_contoh")}
	f.pokja = h.linkedGroup("Pokja Kehidupan", "pokja kehidupan", f.ramlah, f.herlina, f.baso)
	for _, person := range []int64{f.herlina, f.baso} {
		h.say(person, person, "/mulai")
		h.say(f.pokja, person, "/profil")
	}
	h.change(func(tx *store.Tx) error {
		actor, err := tx.ActorByTelegramID(f.ramlah)
		if err != nil {
			return err
		}
		evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap I", State: council.EvaluationOpen, CreatedBy: actor.ID, CreatedAt: h.clock()})
		if err != nil {
			return err
		}
		for _, code := range []string{"LIV-07", "ENV-08", "ENV-09"} {
			if _, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: code, Dimension: council.Living, Name: "Indikator " + code}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, chat := range []int64{f.ramlah, f.herlina, f.baso, f.pokja} {
		h.heard(chat)
	}
	return f
}

func pdf(name, content string) sim.File { return sim.File{Name: name, Bytes: []byte(content)} }

// filed lists what was filed for an indicator, as it stands.
func (f *filing) filed(code string) (pieces []council.Evidence) {
	f.t.Helper()
	f.look(func(tx *store.Tx) error {
		found, err := tx.IndicatorsByCode(code)
		if err != nil {
			return err
		}
		pieces, err = tx.EvidenceOf(found[0].ID)
		return err
	})
	return pieces
}

// standing is how far the evidence of an indicator is.
func (f *filing) standing(code string) (standing council.EvidenceState) {
	f.t.Helper()
	f.look(func(tx *store.Tx) error {
		found, err := tx.IndicatorsByCode(code)
		if err != nil {
			return err
		}
		all, err := tx.Standings(found[0].Evaluation)
		for _, one := range all {
			if one.Code == code {
				standing = one.State()
			}
		}
		return err
	})
	return standing
}

// kept lists the contents of the vault, each of which must be whole.
func (f *filing) kept() (names []string) {
	f.t.Helper()
	if err := f.options.Vault.Each(func(name string, _ int64) error {
		names = append(names, name)
		return f.options.Vault.Verify(name)
	}); err != nil {
		f.t.Fatal(err)
	}
	return names
}

func TestEvidenceIsFiledByReply(t *testing.T) {
	f := newFiling(t)
	file := pdf("antrean.pdf", "tangkapan layar antrean daring")
	message := f.sim.Say(sim.Message{Chat: f.pokja, Person: f.baso, Document: &file})
	asked := only(t, f.write(sim.Message{Chat: f.pokja, Person: f.herlina, Text: "/bukti LIV-07", ReplyTo: message}))
	contains(t, asked.Text, "Terima kasih", "Herlina", "Apakah berkas memuat data pribadi (NIK, nomor HP, data pasien)?")
	if got := strings.Join(labels(asked), " "); got != "Tidak Ada, saya tutup dulu" {
		t.Errorf("buttons %s", got)
	}
	if answer := f.press(f.pokja, f.baso, "Tidak"); !strings.Contains(answer.Text, "untuk yang mengirim berkasnya") {
		t.Errorf("somebody else answers: %+v", answer)
	}
	f.press(f.pokja, f.herlina, "Tidak")
	contains(t, f.message(f.pokja, asked.ID).Text, "LIV-07: Diunggah, menunggu pemeriksaan Sitti Ramlah.")
	pieces := f.filed("LIV-07")
	if len(pieces) != 1 || pieces[0].Personal != council.PersonalNo || !pieces[0].Counts() || pieces[0].Size != int64(len(file.Bytes)) || f.standing("LIV-07") != council.EvidenceUploaded {
		t.Fatalf("%+v", pieces)
	}
	if kept := f.kept(); len(kept) != 1 || kept[0] != pieces[0].Hash {
		t.Errorf("the vault holds %v, not %s", kept, pieces[0].Hash)
	}
	again := only(t, f.sendFile(f.herlina, f.herlina, file, "liv 7"))
	contains(t, f.message(f.herlina, again.ID).Text, "LIV-07: berkas yang sama sudah tercatat.")
	if len(f.kept()) != 1 {
		t.Error("the same content lies twice in the vault")
	}
	if pieces = f.filed("LIV-07"); len(pieces) != 2 || pieces[1].Counts() || pieces[1].ReplacedBy != pieces[0].Number {
		t.Errorf("the same content counts twice: %+v", pieces)
	}
}

func TestEvidenceWithPersonalDataIsForgotten(t *testing.T) {
	f := newFiling(t)
	first := pdf("pasien.pdf", "NIK terlihat")
	f.sendFile(f.herlina, f.herlina, first, "/bukti LIV-07")
	f.press(f.herlina, f.herlina, "Tidak")
	second := pdf("pasien.pdf", "NIK masih terlihat")
	asked := only(t, f.sendFile(f.herlina, f.herlina, second, "LIV-07"))
	if f.quiet(); len(f.kept()) != 2 {
		t.Fatalf("the vault holds %v", f.kept())
	}
	f.pressOn(f.herlina, asked.ID, f.herlina, "Ada, saya tutup dulu")
	f.quiet()
	contains(t, f.message(f.herlina, asked.ID).Text, "LIV-07", "sudah dihapus", "versi yang sudah ditutup")
	pieces := f.filed("LIV-07")
	if len(f.kept()) != 1 || !pieces[0].Counts() || pieces[1].Counts() || pieces[1].FileID != "" || pieces[1].Hash != "" {
		t.Errorf("%v %+v", f.kept(), pieces)
	}
	contains(t, only(t, f.sendFile(f.herlina, f.herlina, pdf("tertutup.pdf", "NIK ditutup"), "")).Text, "data pribadi")
	f.press(f.herlina, f.herlina, "Tidak")
	if pieces = f.filed("LIV-07"); len(pieces) != 3 || !pieces[2].Counts() || len(f.kept()) != 2 {
		t.Errorf("the covered version is not filed: %+v", pieces)
	}
}

func TestAContentThatSomethingElseNeedsStays(t *testing.T) {
	f := newFiling(t)
	shared := pdf("rekap.pdf", "rekap tonase")
	f.sendFile(f.herlina, f.herlina, shared, "/bukti ENV-08")
	f.press(f.herlina, f.herlina, "Tidak")
	asked := only(t, f.sendFile(f.baso, f.baso, shared, "/bukti ENV-09"))
	f.pressOn(f.baso, asked.ID, f.baso, "Ada, saya tutup dulu")
	f.quiet()
	if kept := f.kept(); len(kept) != 1 || f.options.Vault.Verify(f.filed("ENV-08")[0].Hash) != nil {
		t.Errorf("the vault holds %v", kept)
	}
}

func TestEvidenceIsChecked(t *testing.T) {
	f := newFiling(t)
	f.sendFile(f.herlina, f.herlina, pdf("antrean.pdf", "antrean"), "/bukti LIV-07")
	f.press(f.herlina, f.herlina, "Tidak")
	contains(t, only(t, f.say(f.ramlah, f.ramlah, "/bukti periksa")).Text, "Menunggu pemeriksaan: 1 bukti", "LIV-07 · antrean.pdf · Herlina Pabokori")
	f.press(f.ramlah, f.ramlah, "LIV-07 · antrean.pdf")
	shown := only(t, f.heard(f.ramlah))
	contains(t, shown.Text, "LIV-07", "Diunggah · tanpa data pribadi")
	f.pressOn(f.ramlah, shown.ID, f.ramlah, "Terverifikasi")
	f.heard(f.herlina)
	if f.standing("LIV-07") != council.EvidenceVerified {
		t.Errorf("%+v", f.filed("LIV-07"))
	}
	f.pressOn(f.ramlah, shown.ID, f.ramlah, "Urungkan")
	if f.standing("LIV-07") != council.EvidenceUploaded {
		t.Errorf("undone: %+v", f.filed("LIV-07"))
	}
	f.pressOn(f.ramlah, shown.ID, f.ramlah, "Perlu diperbaiki")
	contains(t, only(t, f.heard(f.ramlah)).Text, "Apa yang perlu diperbaiki")
	contains(t, only(t, f.say(f.ramlah, f.ramlah, "Tanggalnya tidak terlihat")).Text, "LIV-07 (antrean.pdf): Perlu diperbaiki.")
	said := only(t, f.heard(f.herlina))
	contains(t, said.Text, "LIV-07", "antrean.pdf", "Tanggalnya tidak terlihat")
	if f.standing("LIV-07") != council.EvidenceNeedsFix {
		t.Errorf("%+v", f.filed("LIV-07"))
	}
	f.pressOn(f.herlina, said.ID, f.herlina, "Unggah lagi")
	contains(t, only(t, f.heard(f.herlina)).Text, "versi baru untuk LIV-07")
	f.sendFile(f.herlina, f.herlina, pdf("antrean-2.pdf", "antrean dengan tanggal"), "")
	f.press(f.herlina, f.herlina, "Tidak")
	pieces := f.filed("LIV-07")
	if len(pieces) != 2 || pieces[0].ReplacedBy != pieces[1].Number || pieces[1].Version != 2 || f.standing("LIV-07") != council.EvidenceUploaded {
		t.Errorf("%+v", pieces)
	}
}
