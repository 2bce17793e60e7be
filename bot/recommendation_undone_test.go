package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
)

// TestNoRecommendationIsCut: what is longer than can be kept whole is sent back with a
// sentence; up to that, all of it is there to be read.
func TestNoRecommendationIsCut(t *testing.T) {
	h, sitti, _, _, _ := recorded(t)
	count := len(h.recommendationsNow())
	whole := strings.TrimSpace(strings.Repeat("maksimalkan ", council.RecommendationLimit/12))
	contains(t, joined(h.say(sitti, sitti, "/rekomendasi tambah "+whole+" ujung")), "paling banyak 1200")
	if now := h.recommendationsNow(); len(now) != count {
		t.Errorf("there are %d, not %d", len(now), count)
	}
	h.say(sitti, sitti, "/rekomendasi tambah "+whole)
	now := h.recommendationsNow()
	last := now[len(now)-1]
	if last.Text != whole {
		t.Errorf("kept are %d letters of %d", len(last.Text), len(whole))
	}
	contains(t, joined(h.say(sitti, sitti, "/rekomendasi "+last.Reference().String())), whole)
	contains(t, joined(h.say(sitti, sitti, "/rekomendasi "+last.Reference().String()+" selesai "+whole+" ujung")), "paling banyak 1200")
}

// TestAnUndoneTaskPointsToNothing: what was made by mistake does not count for the
// recommendation that it was for.
func TestAnUndoneTaskPointsToNothing(t *testing.T) {
	h, sitti, _, _, forum := recorded(t)
	h.say(forum, sitti, "/tugas_baru @fadli_contoh Siapkan uji coba untuk R-1, tenggat besok 16.00")
	contains(t, joined(h.say(sitti, sitti, "/rekomendasi")), "1 terkait")
	h.say(sitti, sitti, "/urungkan")
	lacks(t, joined(h.say(sitti, sitti, "/rekomendasi")), "terkait")
	for _, recommendation := range h.recommendationsNow() {
		if len(recommendation.Links) != 0 {
			t.Errorf("%s still has %v", recommendation.Reference(), recommendation.Links)
		}
	}
}
