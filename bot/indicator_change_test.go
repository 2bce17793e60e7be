package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestOnlyCoordinatorsChangeIndicators: who may read them is offered no change, and a
// forged press or word changes nothing.
func TestOnlyCoordinatorsChangeIndicators(t *testing.T) {
	h, sitti, baso, pokja, _ := assigning(t, 2)
	evaluation := int64(1)
	before := h.indicatorsOf(evaluation)
	page := only(t, h.say(baso, baso, "/indikator ENV-01"))
	if hasButton(page, "Ubah") {
		t.Error("a member of a working group is offered a change")
	}
	id := before[0].ID
	for _, forged := range []string{data(pressIndicator, indicatorEdit, id), data(pressIndicator, indicatorField, id, "name"), data(pressIndicator, indicatorSet, id, "society"),
		data(pressIndicator, indicatorRemove, id), data(pressIndicator, indicatorNewFor, evaluation)} {
		if answer := h.pressData(baso, page.ID, baso, forged); !strings.Contains(answer.Text, "koordinator") {
			t.Errorf("%s is answered with %q", forged, answer.Text)
		}
	}
	contains(t, joined(h.say(pokja, baso, "/indikator tambah ENV-10 Ada")), "koordinator")
	own := only(t, h.say(sitti, sitti, "/indikator ENV-01"))
	for _, forged := range []string{data(pressIndicator, indicatorSet, id, "society"), data(pressIndicator, indicatorSet, id, "laut"), data(pressIndicator, indicatorField, id, "code"),
		data(pressIndicator, indicatorField, id), data(pressIndicator, indicatorNewFor, evaluation), data(pressIndicator, indicatorRemove, 99)} {
		h.pressData(sitti, own.ID, sitti, forged)
	}
	if after := h.indicatorsOf(evaluation); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("they are %v, not %v", after, before)
	}
}

// TestWhatWasWrittenForAnIndicatorIsNotLost: what cannot be taken is answered, and the
// question stands until something can.
func TestWhatWasWrittenForAnIndicatorIsNotLost(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	evaluation := h.preparing("Tahap I")[0]
	h.say(sitti, sitti, "/indikator tambah ENV-08 Sampah terkelola")
	h.press(sitti, sitti, "Ubah")
	h.press(sitti, sitti, "Penanggung jawab")
	contains(t, joined(h.say(sitti, sitti, strings.Repeat("Dinas ", 30)+"Lingkungan")), "190 huruf", "paling banyak 120")
	h.restart()
	contains(t, joined(h.say(sitti, sitti, "Dinas Lingkungan Hidup, NIK 7324010101900001")), "Dinas Lingkungan Hidup")
	kept := h.indicatorsOf(evaluation)
	if len(kept) != 1 || !strings.HasPrefix(kept[0].Owner, "Dinas Lingkungan Hidup") || strings.Contains(kept[0].Owner, "7324010101900001") {
		t.Errorf("it is kept as %+v", kept)
	}
	h.press(sitti, sitti, "Ubah")
	h.press(sitti, sitti, "Hapus indikator")
	if len(h.indicatorsOf(evaluation)) != 0 {
		t.Error("it is there still")
	}
	h.press(sitti, sitti, "Urungkan")
	if after := h.indicatorsOf(evaluation); fmt.Sprint(after) != fmt.Sprint(kept) {
		t.Errorf("after undoing it is %+v", after)
	}
	h.say(sitti, sitti, "/bahasa en")
	page := only(t, h.say(sitti, sitti, "/indicators ENV-08"))
	h.pressOn(sitti, page.ID, sitti, "Change")
	said := []string{h.message(sitti, page.ID).Text}
	for _, field := range []string{"Name", "Dimension", "Weight", "Target"} {
		h.pressOn(sitti, page.ID, sitti, field)
		said = append(said, only(t, h.heard(sitti)).Text)
	}
	lacksIndonesian(t, strings.ReplaceAll(strings.Join(said, "\n"), "Sampah terkelola", ""))
}

// indicatorsOf are the indicators of an evaluation as they are kept.
func (h *harness) indicatorsOf(evaluation int64) (kept []council.Indicator) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		kept, err = tx.Indicators(evaluation)
		return err
	})
	return kept
}
