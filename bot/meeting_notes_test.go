package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// noting is a city in which a meeting of two groups is under way; Baso takes its minutes.
func noting(t *testing.T) (h *harness, sitti, baso, fadli, pokja, forum int64) {
	t.Helper()
	h, sitti, baso, fadli, pokja, forum = met(t)
	h.changeMeeting(1, func(m *council.Meeting) { m.Scribe = council.Seat{MemberID: h.actor(baso).ID} })
	h.pass(48*time.Hour + 5*time.Minute)
	return h, sitti, baso, fadli, pokja, forum
}

// changeMeeting changes a meeting beside the bot.
func (h *harness) changeMeeting(number int64, change func(*council.Meeting)) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(number)
		if err != nil {
			return err
		}
		change(&m)
		return tx.SaveMeeting(m)
	})
}

// noted are the lines of the newest edition of a meeting's minutes.
func (h *harness) noted(number int64) (lines []string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		m, err := tx.Meeting(number)
		if err != nil {
			return err
		}
		all, err := tx.MinuteLines(number)
		for _, line := range council.Standing(all, m.Minutes.Edition) {
			lines = append(lines, joinWords(string(line.Kind), line.Subject.String(), line.Text))
		}
		return err
	})
	return lines
}

func joinWords(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func (h *harness) expectNoted(number int64, want ...string) {
	h.t.Helper()
	if got := h.noted(number); !slices.Equal(got, want) {
		h.t.Errorf("noted %q, want %q", got, want)
	}
}

// agreeNow lets the minutes of a meeting be agreed to, beside the bot.
func (h *harness) agreeNow(number int64) {
	h.changeMeeting(number, func(m *council.Meeting) { m.Minutes.State, m.Minutes.AgreedAt = council.MinutesAgreed, h.clock() })
}

// TestMinutesAreWrittenByThoseWhoMay: nobody else changes anything, by commands, replies
// or forged buttons.
func TestMinutesAreWrittenByThoseWhoMay(t *testing.T) {
	h, sitti, baso, fadli, pokja, forum := noting(t)
	h.say(fadli, fadli, "/mulai")
	yuli := h.person("Yuliana Daud", "yuli_contoh")
	h.sim.Join(pokja, yuli)
	h.say(yuli, yuli, "/mulai")
	kept := only(t, h.say(baso, baso, "/notulen M-1 tiga truk rusak"))
	h.say(baso, baso, "/keputusan M-1 sewa dua truk")
	before := fmt.Sprint(h.noted(1), h.present(1))
	for _, person := range []struct{ chat, id int64 }{{yuli, yuli}, {fadli, fadli}, {pokja, yuli}, {forum, fadli}} {
		for _, text := range []string{"/notulen M-1 tambahan", "/keputusan M-1 lain", "/keputusan M-1 I-1 lain", "/notulen tambahan", "/urungkan"} {
			h.say(person.chat, person.id, text)
		}
	}
	for _, forged := range []string{"1:note:undo:1:1:2", "1:note:decision:1:1", "1:note:note:1:2", "1:note:about:1:2:Q-1", "1:note:answer:1:2", "1:note:idea:1:2:approved",
		"1:note:end:1:2", "1:note:link:1:2", "1:note:task:1:1", "1:note:which:1", "1:attend:page:1:0", "1:attend:tap:1:1:0", "1:attend:rep:1:1:0", "1:attend:off:1:1:0", "1:attend:add:1", "1:attend:undo:1:1", "1:note", "1:attend", "1:note:x:1:1", "1:note:undo:99:1:1"} {
		for _, person := range []int64{yuli, fadli} {
			if answer, written := h.pressing(person, person, forged); answer.Text == "" || len(written) > 0 {
				t.Errorf("%s is answered %+v %v", forged, answer, texts(written))
			}
		}
	}
	for _, odd := range []string{"1:note:decision:1:99", "1:note:about:1:2:T-1", "1:note:about:1:1:I-1", "1:note:idea:1:2:approved", "1:note:end:1:1", "1:note:task:1:99", "1:attend:tap:1:99:0", "1:attend:rep:1:1:0", "1:attend:off:1:99:0", "1:attend:undo:1:9", "1:note:undo:1:5:1", "1:note:undo:1:1:999999"} {
		if answer := h.pressData(baso, kept.ID, baso, odd); answer.Text == "" {
			t.Errorf("%s is answered %+v", odd, answer)
		}
	}
	if after := fmt.Sprint(h.noted(1), h.present(1)); after != before {
		t.Errorf("changed from %s to %s", before, after)
	}
	contains(t, only(t, h.say(sitti, sitti, "/notulen M-1 koordinator juga")).Text, "Dicatat di M-1.")
}

// TestHostileMinutes: what people write may be anything at all; it is kept as it is, or
// refused as a whole, and then its correction is taken.
func TestHostileMinutes(t *testing.T) {
	h, _, baso, _, pokja, _ := noting(t)
	kept := 0
	for _, text := range []string{"/notulen M-1 {{.Reference}} %s <b>tebal</b> *bintang*", "/notulen M-1 \u202eterbalik\u0000 \u200f", "/notulen M-1 /tugas_baru @baso_contoh jangan",
		"/keputusan M-1 T-1", "/keputusan M-1 E-1 dimulai", "/notulen M-1 M-1 M-2", "/keputusan M-1 keputusan: beli", "/notulen M-1 " + strings.Repeat("kata ", 199)} {
		for _, chat := range []int64{baso, pokja} {
			answer := only(t, h.say(chat, baso, text))
			kept++
			if lines := strings.Split(answer.Text, "\n"); !strings.Contains(answer.Text, "M-1") || chat == pokja && len(lines) > 3 || strings.ContainsAny(answer.Text, "\u202e\u0000") || strings.Contains(answer.Text, "meeting_note.") {
				t.Errorf("%.40q is answered %q", text, answer.Text)
			}
		}
	}
	if got := h.noted(1); len(got) != kept {
		t.Fatalf("kept %d lines of %d: %q", len(got), kept, got)
	}
	for _, text := range []string{"/notulen M-1 " + strings.Repeat("panjang ", 500), "/notulen M-1 pendek\n" + strings.Repeat("panjang ", 200), "/keputusan M-1 Q-99 ada", "/keputusan M-1 I-99 ada", "/keputusan M-1 R-99 ada",
		"/notulen M-99 ada", "/notulen M-0 ada", "/notulen M-1 \n- \n*"} {
		if answer := only(t, h.say(baso, baso, text)); strings.Contains(answer.Text, "refused.") || answer.Text == "" {
			t.Errorf("%.40q is answered %q", text, answer.Text)
		}
	}
	long := h.sim.Say(sim.Message{Chat: baso, Person: baso, Text: "/notulen M-1 pendek\n" + strings.Repeat("panjang ", 200)})
	contains(t, only(t, h.heard(baso)).Text, "1000 huruf")
	if got := h.noted(1); len(got) != kept+1 { // "M-0" is no number: it is a note
		t.Fatalf("kept %d lines of %d: %q", len(got), kept+1, got)
	}
	h.sim.Edit(baso, long, "/notulen M-1 pendek\ntidak panjang lagi")
	contains(t, only(t, h.heard(baso)).Text, "2 catatan dicatat di M-1.")
}

// TestEditedMinutes: an edited message says what stands, as long as the edition is open.
func TestEditedMinutes(t *testing.T) {
	h, _, baso, _, pokja, _ := noting(t)
	message := h.sim.Say(sim.Message{Chat: pokja, Person: baso, Text: "/notulen M-1 satu\ndua\ntiga"})
	h.heard(pokja)
	h.sim.Edit(pokja, message, "/notulen M-1 satu saja\nkeputusan: dua")
	contains(t, only(t, h.heard(pokja)).Text, "Catatan di M-1 disesuaikan.")
	h.expectNoted(1, "note satu saja", "decision dua")
	h.sim.Edit(pokja, message, "/notulen M-1 satu\ndua\ntiga\nempat")
	h.heard(pokja)
	h.expectNoted(1, "note satu", "note dua", "note tiga", "note empat")
	h.sim.Edit(pokja, message, "/notulen M-1 "+strings.Repeat("panjang ", 200))
	contains(t, only(t, h.heard(pokja)).Text, "1000 huruf")
	h.expectNoted(1, "note satu", "note dua", "note tiga", "note empat")
	h.sim.Edit(pokja, message, "/notulen M-1 tiga")
	h.heard(pokja)
	h.expectNoted(1, "note tiga")
	decided := h.sim.Say(sim.Message{Chat: baso, Person: baso, Text: "/keputusan M-1 sewa truk"})
	h.heard(baso)
	h.agreeNow(1)
	h.sim.Edit(baso, decided, "/keputusan M-1 beli truk")
	contains(t, only(t, h.heard(baso)).Text, "sudah diserahkan")
	h.expectNoted(1, "note tiga", "decision sewa truk")
	contains(t, only(t, h.say(baso, baso, "/notulen M-1 ralat: truknya empat")).Text, "Edisi 2 dibuka")
	h.expectNoted(1, "note tiga", "decision sewa truk", "note ralat: truknya empat")
	h.look(func(tx *store.Tx) error {
		lines, err := tx.MinuteLines(1)
		if first := council.Standing(lines, 1); len(first) != 2 {
			t.Errorf("edition 1 has %+v", first)
		}
		return err
	})
}

// TestSeveralMeetingsAtOnce: which one is meant is asked once, and the words are kept
// until it is said.
func TestSeveralMeetingsAtOnce(t *testing.T) {
	h, sitti, baso, _, _, _ := noting(t)
	h.meets(council.Addressees{Kinds: []council.GroupKind{council.KindCouncil}}, council.Meeting{Title: "Rapat kedua", Starts: h.clock().Add(-10 * time.Minute)})
	asked := only(t, h.say(sitti, sitti, "/keputusan mulai 1 Juli"))
	contains(t, asked.Text, "Untuk rapat yang mana?")
	if got := labels(asked); len(got) != 2 || got[0] != "M-2 · Rapat kedua" && got[1] != "M-2 · Rapat kedua" {
		t.Errorf("offered %q", got)
	}
	contains(t, only(t, h.say(sitti, sitti, "yang kedua")).Text, "/batal")
	h.pressOn(sitti, asked.ID, sitti, "M-2 · Rapat kedua")
	contains(t, only(t, h.heard(sitti)).Text, "Keputusan dicatat di M-2.")
	h.expectNoted(2, "decision mulai 1 Juli")
	h.pressData(sitti, asked.ID, sitti, "1:note:which:2") // the old button
	h.expectNoted(2, "decision mulai 1 Juli")
	contains(t, only(t, h.say(baso, baso, "/notulen cuaca cerah")).Text, "Dicatat di M-1.") // his own duty
	h.pass(27 * time.Hour)
	contains(t, only(t, h.say(baso, baso, "/notulen terlupa")).Text, "Rapat yang mana?")
}

// TestRepliesDuringAMeeting: the one who takes the minutes is noted, others talk.
func TestRepliesDuringAMeeting(t *testing.T) {
	h, sitti, baso, _, pokja, _ := noting(t)
	kept := only(t, h.say(pokja, baso, "/notulen M-1 dibuka"))
	if said := h.write(sim.Message{Chat: pokja, Person: sitti, ReplyTo: kept.ID, Text: "menarik sekali"}); len(said) != 0 {
		t.Errorf("the bot said %q", texts(said))
	}
	h.write(sim.Message{Chat: pokja, Person: sitti, ReplyTo: kept.ID, Text: "catat: kurir minta jadwal"})
	h.write(sim.Message{Chat: pokja, Person: baso, ReplyTo: kept.ID, Text: "disetujui semua\nKeputusan: jadwal baru Senin"})
	h.expectNoted(1, "note dibuka", "note kurir minta jadwal", "note disetujui semua", "decision jadwal baru Senin")
	h.pass(27 * time.Hour)
	h.write(sim.Message{Chat: pokja, Person: baso, ReplyTo: kept.ID, Text: "terima kasih semua"})
	if got := h.noted(1); len(got) != 4 {
		t.Errorf("noted %q", got)
	}
}

// TestUndoneNotes: within ten minutes, by whoever wrote them.
func TestUndoneNotes(t *testing.T) {
	h, _, baso, _, _, _ := noting(t)
	kept := only(t, h.say(baso, baso, "/notulen M-1 satu\ndua"))
	h.say(baso, baso, "/notulen M-1 tiga")
	h.pressOn(baso, kept.ID, baso, "Urungkan")
	h.expectNoted(1, "note tiga")
	h.pass(11 * time.Minute)
	contains(t, only(t, h.say(baso, baso, "/urungkan")).Text, "M-1", "10 menit")
	h.expectNoted(1, "note tiga")
}
