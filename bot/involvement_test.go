package bot

import (
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestDeedsKnowTheirGroups: an event names the group in which it happened, in
// private every group in which the person is seen, for a coordinator none.
func TestDeedsKnowTheirGroups(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	rina := h.person("Rina Contoh", "rina_contoh")
	forum := h.linkedGroup("Forum", "komunitas", sitti, rina)
	bank := h.linkedGroup("Bank Sampah", "komunitas", sitti, rina)
	h.say(forum, rina, "/bantuan")
	h.say(bank, rina, "/bantuan")
	h.say(forum, sitti, "/tugas_baru @rina_contoh Siapkan tempat, tanpa tenggat")
	h.press(forum, rina, "Siap")
	h.say(rina, rina, "/progres T-1 50%")
	var in []string
	var groups []council.Group
	h.look(func(tx *store.Tx) error {
		history, err := tx.History(council.TaskReference(1), 0, 10)
		for _, happening := range history {
			in = append(in, string(happening.Kind)+" "+happening.Detail[council.DetailIn])
		}
		if err != nil {
			return err
		}
		groups, err = tx.Groups()
		return err
	})
	first, second := idText(groups[0].ID), idText(groups[1].ID)
	for index, want := range []string{"progress " + first + "," + second, "acknowledged " + first, "created "} {
		if in[index] != want {
			t.Errorf("the events are %q, and not %q", in, want)
		}
	}
}
