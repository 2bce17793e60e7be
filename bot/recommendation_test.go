package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// recorded is a city with two recommendations.
func recorded(t *testing.T) (h *harness, sitti, baso, fadli, forum int64) {
	t.Helper()
	h = newHarness(t)
	sitti, baso, fadli = h.coordinator("Sitti Ramlah", "sitti_contoh"), h.person("Baso Irfandi", "baso_contoh"), h.person("Fadli Kaluku", "fadli_contoh")
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	forum = h.linkedGroup("Forum", "komunitas", sitti, fadli)
	h.say(pokja, baso, "/status")
	h.say(forum, fadli, "/status")
	h.say(baso, baso, "/mulai")
	h.say(fadli, fadli, "/mulai")
	contains(t, only(t, h.say(sitti, sitti, "/rekomendasi tambah 1) ciptakan inovasi baru 2) maksimalkan keterlibatan Dewan dan komunitas")).Text, "2 rekomendasi dicatat")
	return h, sitti, baso, fadli, forum
}

// recommendationsNow are the recommendations as they are kept, but for their times.
func (h *harness) recommendationsNow() (list []council.Recommendation) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		list, err = tx.Recommendations(false)
		return err
	})
	return list
}

// TestRecommendationRights: whoever is no coordinator changes nothing, also with buttons
// that are forged; whoever is in communities alone sees nothing.
func TestRecommendationRights(t *testing.T) {
	h, sitti, baso, fadli, forum := recorded(t)
	offered := only(t, h.say(sitti, sitti, "/rekomendasi R-1"))
	before := fmt.Sprint(h.recommendationsNow())
	for _, text := range []string{"/rekomendasi tambah lain", "/rekomendasi R-1 selesai beres", "/rekomendasi R-1 kaitkan T-1", "/rekomendasi R-1 ukuran keterlibatan",
		"/rekomendasi R-1 penanggung jawab @baso_contoh", "/rekomendasi R-1 tenggat besok", "/rekomendasi R-1 tidak dilanjutkan batal", "/urungkan R-1"} {
		h.say(baso, baso, text)
		h.say(forum, fadli, text)
	}
	seen := only(t, h.say(baso, baso, "/rekomendasi R-1"))
	if len(seen.Buttons) != 0 {
		t.Errorf("Baso is offered %+v", seen.Buttons)
	}
	hidden := only(t, h.say(fadli, fadli, "/rekomendasi R-1"))
	if strings.Contains(hidden.Text, "inovasi") {
		t.Errorf("Fadli reads %q", hidden.Text)
	}
	var forged []string
	for _, row := range offered.Buttons {
		for _, button := range row {
			forged = append(forged, button.Data)
		}
	}
	forged = append(forged, "1:recom:unmake:1:2", "1:recom:undo:1:1", "1:recom:measure:1:ideas", "1:recom:guide:1:2", "1:recom:who:1", "1:recom:when:0", "1:recom:skip:1",
		"1:recom:one:2", "1:recom:x:1", "1:recom")
	for _, data := range forged {
		h.pressData(baso, seen.ID, baso, data)
		if answer := h.pressData(fadli, hidden.ID, fadli, data); strings.Contains(answer.Text, "inovasi") {
			t.Errorf("%s tells Fadli %q", data, answer.Text)
		}
	}
	for _, message := range h.heard(fadli) {
		if strings.Contains(message.Text, "inovasi") || strings.Contains(message.Text, "keterlibatan") {
			t.Errorf("Fadli reads %q", message.Text)
		}
	}
	if after := fmt.Sprint(h.recommendationsNow()); after != before {
		t.Errorf("changed from %s to %s", before, after)
	}
}

// TestRecommendationsTakenBack: what was recorded by mistake, within ten minutes and
// while nothing was done with it; its numbers are not used again.
func TestRecommendationsTakenBack(t *testing.T) {
	h, sitti, _, _, _ := recorded(t)
	h.press(sitti, sitti, "Urungkan")
	if list := h.recommendationsNow(); len(list) != 0 {
		t.Errorf("left: %+v", list)
	}
	contains(t, only(t, h.say(sitti, sitti, "/rekomendasi R-1")).Text, "R-1")
	made := only(t, h.say(sitti, sitti, "/rekomendasi tambah\nperbaiki data\nlatih petugas"))
	contains(t, made.Text, "R-3 · perbaiki data", "R-4 · latih petugas")
	h.say(sitti, sitti, "/rekomendasi R-4 kaitkan T-9")
	h.say(sitti, sitti, "/rekomendasi R-4 penanggung jawab DLH")
	h.pressOn(sitti, made.ID, sitti, "Urungkan")
	list := h.recommendationsNow()
	if len(list) != 1 || list[0].Number != 4 || list[0].Office != "DLH" {
		t.Errorf("left: %+v", list)
	}
	made = only(t, h.say(sitti, sitti, "/rekomendasi tambah terlambat"))
	h.pass(11 * time.Minute)
	contains(t, h.pressOn(sitti, made.ID, sitti, "Urungkan").Text, "10 menit")
}

// TestHostileRecommendations: what people write may be anything at all.
func TestHostileRecommendations(t *testing.T) {
	h, sitti, _, _, forum := recorded(t)
	for _, text := range []string{
		"/rekomendasi tambah " + strings.Repeat("panjang sekali ", 250), "/rekomendasi tambah =HYPERLINK(\"http://contoh.id\")", "/rekomendasi tambah {{.Reference}} %s <b>tebal</b>",
		"/rekomendasi tambah 1) 2) 3)", "/rekomendasi tambah \u202e\u0000 terbalik", "/rekomendasi R-99", "/rekomendasi R-0", "/rekomendasi R-999999999999", "/rekomendasi apa saja",
		"/rekomendasi R-1 terbang", "/rekomendasi R-1 tenggat kapan-kapan", "/rekomendasi R-1 ukuran panjang", "/rekomendasi R-1 kaitkan " + strings.Repeat("T-1 ", 300),
		"/rekomendasi tambah " + strings.Repeat("- satu\n", 31), "/rekomendasi tambah E-9 apa", "/rekomendasi R-1 selesai", "/batal", "/rekomendasi R-1 kaitkan M-1",
	} {
		answers := h.say(sitti, sitti, text)
		if len(answers) == 0 {
			t.Errorf("%.60q is not answered", text)
		}
		for _, answer := range answers {
			if len([]rune(answer.Text)) > textLimit || strings.Contains(answer.Text, "recommendation.") || strings.Contains(answer.Text, "refused.") {
				t.Errorf("%.60q is answered %.200q", text, answer.Text)
			}
		}
	}
	for _, recommendation := range h.recommendationsNow() {
		if length := len([]rune(recommendation.Text)); length == 0 || length > council.RecommendationLimit {
			t.Errorf("%s has %d letters", recommendation.Reference(), length)
		}
	}
	page := only(t, h.say(forum, sitti, "/rekomendasi"))
	if lines := strings.Split(page.Text, "\n"); len(lines) > 3 {
		t.Errorf("a group reads %d lines", len(lines))
	}
	for _, text := range []string{"/rekomendasi R-1", "/rekomendasi R-3", "/rekomendasi tambah satu\ndua\ntiga\nempat"} {
		answer := only(t, h.say(forum, sitti, text))
		if lines := strings.Split(answer.Text, "\n"); len(lines) > 3 || strings.Contains(answer.Text, "recommendation.") {
			t.Errorf("%s: a group reads %q", text, answer.Text)
		}
	}
}

// TestRecommendationsInEnglish: command, words and sentences.
func TestRecommendationsInEnglish(t *testing.T) {
	h, sitti, baso, _, _ := recorded(t)
	h.say(sitti, sitti, "/language en")
	contains(t, only(t, h.say(sitti, sitti, "/recommendations add create new innovations")).Text, "1 recommendation recorded. Set owner and target?", "R-3 · create new innovations")
	contains(t, only(t, h.say(sitti, sitti, "/recommendations R-3 owner @baso_contoh")).Text, "In charge: Baso Irfandi", "Measure new innovations: nothing yet")
	contains(t, only(t, h.heard(baso)).Text, "mohon bantuannya sebagai penanggung jawab R-3")
	contains(t, only(t, h.say(sitti, sitti, "/recommendations R-3 done three are being tried")).Text, "Done", "Note: three are being tried")
	h.press(sitti, sitti, "Undo")
	if list := h.recommendationsNow(); list[2].State != council.RecommendationOpen {
		t.Errorf("got %+v", list[2])
	}
	contains(t, only(t, h.say(sitti, sitti, "/status")).Text, "1) new innovations: no follow-up yet · 2) involvement")
}
