package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func TestWhichAnswersInvite(t *testing.T) {
	h := newHarness(t)
	tests := []struct {
		text                 string
		title, starts, place string // no title: it invites to nothing
		seats                int
	}{
		{"Forum kami undang lokakarya rencana aksi Selasa 20 Oktober jam 9 di Aula Bappelitbangda. Lima perwakilan komunitas.",
			"lokakarya rencana aksi", "2026-10-20 09:00", "Aula Bappelitbangda", 5},
		{"Kami mengundang Forum Danau ke lokakarya rencana aksi pada Selasa, 20 Oktober 2026 pukul 09.00–12.00 WITA bertempat di Aula Kantor Bupati, 10 orang",
			"lokakarya rencana aksi", "2026-10-20 09:00", "Aula Kantor Bupati", 10},
		{"Terima kasih atas pertanyaannya. Komunitas diundang rapat di Media Center, besok jam 14. Tempat duduk terbatas.", "rapat", "2026-09-26 14:00", "Media Center", 0},
		{"Selasa 20 Oktober jam 9 kami undang diskusi di Aula", "diskusi", "2026-10-20 09:00", "Aula", 0},
		{"Kami undang Selasa 20 Oktober jam 9.\nTempat: Aula", "Pembahasan Q-7", "2026-10-20 09:00", "Aula", 0},
		{"You are invited to a workshop on Tuesday 20 October 9:00 at the town hall. Up to 5 delegates", "a workshop", "2026-10-20 09:00", "the town hall", 5},
		{"Lokakarya diadakan Selasa 20 Oktober jam 9 di Aula.", "", "", "", 0},
		{"Forum akan kami undang secepatnya.", "", "", "", 0},
		{"Forum kami undang bulan depan.", "", "", "", 0},
		{"Forum kami undang Selasa 20 Oktober, jamnya menyusul.", "", "", "", 0},
		{"Forum sudah kami undang kemarin jam 9 di Aula.", "", "", "", 0},
		{"undang", "", "", "", 0},
		{"", "", "", "", 0},
	}
	for _, test := range tests {
		h.look(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			m, meant := r.readInvitation(test.text, council.Meeting{Question: 7, Length: council.MeetingLength})
			switch {
			case meant != (test.title != ""):
				t.Errorf("%q: invites %v: %+v", test.text, meant, m)
			case meant && (m.Title != test.title || m.Starts.In(r.city.Zone).Format("2006-01-02 15:04") != test.starts || m.Place != test.place || m.Seats != test.seats):
				t.Errorf("%q: %q at %s in %q for %d", test.text, m.Title, m.Starts.In(r.city.Zone), m.Place, m.Seats)
			}
			return nil
		})
	}
}

// TestAnInvitationIsPartOfAnAnswerThatMayBeGiven lets the press of one who may not answer,
// and of one whose answer moved on, make no meeting.
func TestAnInvitationIsPartOfAnAnswerThatMayBeGiven(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	anwar := h.person("H. Anwar Malolo", "anwar_contoh")
	fadli := h.person("Fadli Kaluku", "fadli_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti, anwar)
	forum := h.linkedGroup("Forum", "komunitas", sitti, fadli)
	h.say(forum, fadli, "/tanya Dewan kapan kami dilibatkan?")
	h.press(forum, fadli, "Ya")
	h.quiet()
	h.say(dewan, anwar, "/jawab Q-1 Forum kami undang lokakarya Selasa 20 Oktober jam 9 di Aula.")
	h.press(dewan, sitti, "Kirim + undangan") // who did not write it
	meetings := func() int {
		var count int
		h.look(func(tx *store.Tx) error {
			coming, err := tx.ComingMeetings(h.clock(), 10)
			count = len(coming)
			return err
		})
		return count
	}
	if made := meetings(); made != 0 {
		t.Fatalf("another's press made %d meetings", made)
	}
	h.press(dewan, anwar, "Kirim + undangan")
	h.quiet()
	if made := meetings(); made != 1 {
		t.Fatalf("%d meetings were made", made)
	}
	var card string
	for _, message := range h.sim.Messages(forum) {
		if strings.HasPrefix(message.Text, "M-1 ·") {
			card = message.Text
		}
	}
	contains(t, card, "lokakarya", "Selasa, 20 Oktober 2026 pukul 09.00–11.00 WITA · Aula")
	h.look(func(tx *store.Tx) error {
		m, err := tx.MeetingOfQuestion(1)
		if err != nil {
			return err
		}
		if len(m.To.Groups) != 1 || m.Chair.MemberID == 0 || m.Question != 1 {
			t.Errorf("%+v", m)
		}
		return nil
	})
}

// TestAGroupIsNotToldOfMeetingsAndLeavesOfOthers: what stands against the time of a meeting
// names another group's meeting, and who is on leave, in private alone.
func TestAGroupIsNotToldOfMeetingsAndLeavesOfOthers(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	anwar := h.person("H. Anwar Malolo", "anwar_contoh")
	fadli := h.person("Fadli Kaluku", "fadli_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti, anwar)
	forum := h.linkedGroup("Forum", "komunitas", sitti, fadli)
	h.say(forum, fadli, "/tanya Dewan kapan kami dilibatkan?")
	h.press(forum, fadli, "Ya")
	h.say(sitti, sitti, "/rapat_baru Rapat hibah warga, Jumat 9 Oktober jam 12, Balai, Komunitas")
	h.press(sitti, sitti, "Benar")
	h.quiet()
	h.say(anwar, anwar, "/mulai")
	id := h.memberID(anwar)
	h.change(func(tx *store.Tx) error {
		_, err := tx.AddLeave(council.Leave{MemberID: id, First: council.Day{Year: 2026, Month: 10, Day: 8}, Last: council.Day{Year: 2026, Month: 10, Day: 10}})
		return err
	})
	answer := "/jawab Q-1 Forum kami undang lokakarya Jumat 9 Oktober jam 12 di Aula."
	there := strings.Join(texts(h.say(dewan, anwar, answer)), "\n")
	contains(t, there, "Buat juga undangan rapat", "Waktu salat Jumat")
	lacks(t, there, "Rapat hibah warga", "cuti")
	contains(t, strings.Join(texts(h.say(anwar, anwar, answer)), "\n"), "Waktu salat Jumat", "Rapat hibah warga", "cuti")
}
