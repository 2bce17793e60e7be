package bot

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestStatisticsLieInTheVault: both files are kept under their hash like what somebody
// sent; who does not coordinate files none, and undoing removes them.
func TestStatisticsLieInTheVault(t *testing.T) {
	h, sitti, baso, pokja, _ := assigning(t, 2)
	h.say(pokja, baso, "/tugas_baru @baso_contoh Rekap tonase, tenggat besok")
	h.say(baso, baso, "/selesai T-1")
	h.heard(sitti)
	page := only(t, h.say(sitti, sitti, "/indikator ENV-01"))
	if hasButton(only(t, h.say(baso, baso, "/indikator ENV-01")), "Ajukan statistik keterlibatan") {
		t.Error("a member of a working group is offered the city's statistics")
	}
	indicator := h.indicatorsOf(1)[0]
	contains(t, h.pressData(baso, 1, baso, data(pressEvidence, evidenceStatistics, indicator.ID)).Text, "koordinator")
	h.pressData(sitti, page.ID, sitti, data(pressEvidence, evidenceStatistics, 0))
	h.pressData(sitti, page.ID, sitti, data(pressEvidence, evidenceStatistics, 99))
	if pieces := h.evidenceOf(indicator.ID); len(pieces) != 0 {
		t.Fatalf("forged presses have filed %+v", pieces)
	}
	h.pressOn(sitti, page.ID, sitti, "Ajukan statistik keterlibatan")
	pieces := h.evidenceOf(indicator.ID)
	if len(pieces) != 2 {
		t.Fatalf("filed are %+v", pieces)
	}
	for _, piece := range pieces {
		begins := "PK"
		if strings.HasSuffix(piece.Name, ".png") {
			begins = "\x89PNG"
		}
		if !piece.Counts() || piece.Personal != council.PersonalNo || !bytes.HasPrefix(h.kept(piece.Hash), []byte(begins)) {
			t.Errorf("%s is kept as %+v", piece.Name, piece)
		}
	}
	h.press(sitti, sitti, "Urungkan")
	for _, piece := range h.evidenceOf(indicator.ID) {
		if !piece.Withdrawn {
			t.Errorf("undone, it is %+v", piece)
		}
	}
	if h.options.Vault.Has(pieces[0].Hash) {
		t.Error("what was undone lies in the vault still")
	}
}

// evidenceOf is what was filed for an indicator.
func (h *harness) evidenceOf(indicator int64) (pieces []council.Evidence) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		pieces, err = tx.EvidenceOf(indicator)
		return err
	})
	return pieces
}

// kept is what lies in the vault under a hash.
func (h *harness) kept(hash string) []byte {
	h.t.Helper()
	content, err := h.options.Vault.Open(hash)
	if err != nil {
		h.t.Fatal(err)
	}
	defer content.Close()
	read, err := io.ReadAll(content)
	if err != nil {
		h.t.Fatal(err)
	}
	return read
}
