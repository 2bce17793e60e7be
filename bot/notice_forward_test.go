package bot

import (
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestPositionsThatAnObstacleSpeaksOf: an office is known by its name, and a
// subdistrict's head by what the obstacle is about; where several could be meant, none is.
func TestPositionsThatAnObstacleSpeaksOf(t *testing.T) {
	acting := func(titles ...string) (positions []council.Acting) {
		for i, title := range titles {
			positions = append(positions, council.Acting{Position: council.Position{ID: int64(i + 1), Kind: council.PositionOfficeHead, Title: title}})
		}
		return append(positions, council.Acting{Position: council.Position{ID: 99, Kind: council.PositionSecretary}})
	}
	for _, test := range []struct {
		words  string
		titles []string
		want   int64
	}{
		{"data blm direkap dari kecamatan", []string{"Kepala DLH", "Camat Bontosalewa"}, 2},
		{"data blm direkap dari Kecamatan.", []string{"Kepala DLH", "Camat Bontosalewa", "Camat Tallo"}, 0},
		{"kecamatan Tallo belum menjawab", []string{"Kepala DLH", "Camat Bontosalewa", "Camat Tallo"}, 3},
		{"menunggu data DLH", []string{"Kepala DLH", "Camat Bontosalewa"}, 1},
		{"menunggu Lingkungan Hidup", []string{"Kadis Lingkungan Hidup", "Kepala Lingkungan"}, 0},
		{"kepala saya pusing", []string{"Kepala DLH", "Camat Bontosalewa"}, 0},
		{"", []string{"Kepala DLH", "Camat"}, 0},
		{"sekda belum menandatangani", []string{"Kepala DLH"}, 0},
	} {
		if got, one := positionSpokenOf(test.words, acting(test.titles...)); one != (test.want != 0) || one && got.ID != test.want {
			t.Errorf("%q speaks of %+v (%v), not of %d", test.words, got, one, test.want)
		}
	}
}

// TestForgedDirections: a direction is what the leader was offered, and nothing else.
func TestForgedDirections(t *testing.T) {
	h, sitti, baso, _ := assigned(t, "Rekap tonase, tenggat Jumat 22 Mei 16.00")
	h.say(sitti, sitti, "/peran @baso_contoh Kepala DLH untuk seluruh daerah")
	h.say(baso, baso, "/kendala T-1 alat rusak")
	h.heard(sitti)
	for _, forged := range []string{
		data(pressDirect, "T-1", directionForward), data(pressDirect, "T-1", directionForward, 1), data(pressDirect, "T-1", directionForward, 99),
		data(pressDirect, "T-1", directionForward, "-1"), data(pressDirect, "T-9", directionForward, 1), data(pressDirect, "T-1", directionToday, 1),
	} {
		h.pressData(sitti, 1, sitti, forged)
		if said := h.heard(baso); len(said) != 0 {
			t.Errorf("after %s Baso is told %q", forged, texts(said))
		}
	}
	h.look(func(tx *store.Tx) error {
		events, err := tx.History(council.TaskReference(1), 0, recentEvents)
		for _, event := range events {
			if event.Kind == council.EventDirected {
				t.Errorf("a forged direction is on record: %v", event.Detail)
			}
		}
		return err
	})
}
