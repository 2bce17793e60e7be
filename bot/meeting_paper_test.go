package bot

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// calendar makes the calendar file of a meeting, unfolded.
func (h *harness) calendar(number string) string {
	h.t.Helper()
	content, err := h.madeFile(makerCalendar, number, "id", "0")
	if err != nil {
		h.t.Fatal(err)
	}
	return strings.ReplaceAll(string(content), "\r\n ", "")
}

// TestCalendarFollowsTheMeeting: the same edition makes the same bytes, a later one has
// the same name and a higher sequence, and what is called off says so.
func TestCalendarFollowsTheMeeting(t *testing.T) {
	h, _, baso, _, _, _ := met(t)
	first := h.calendar("1")
	h.pass(time.Hour)
	h.restart()
	if again := h.calendar("1"); again != first {
		t.Errorf("the same edition makes other bytes:\n%s\n%s", first, again)
	}
	contains(t, first, "SEQUENCE:1", "STATUS:CONFIRMED", "SUMMARY:Rapat persiapan", "DTSTAMP:20260925T010000Z", "DTSTART:20260927T010000Z")
	h.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.Chair = council.Seat{MemberID: h.actor(baso).ID}
		if m, err = m.Move(m.Starts.Add(time.Hour), m.Length, h.clock()); err != nil {
			return err
		}
		if m, err = m.Cancel(h.clock().Add(time.Minute)); err != nil {
			return err
		}
		return tx.SaveMeeting(m)
	})
	last := h.calendar("1")
	contains(t, last, "SEQUENCE:3", "STATUS:CANCELLED", "SUMMARY:Dibatalkan: Rapat persiapan", "DTSTAMP:20260925T020100Z", "DTSTART:20260927T020000Z", "Baso Irfandi")
	name := func(file string) string {
		_, after, _ := strings.Cut(file, "UID:")
		line, _, _ := strings.Cut(after, "\r\n")
		return line
	}
	if name(first) != name(last) || !strings.HasPrefix(name(first), "meeting-1@") {
		t.Errorf("it was called %q and is called %q", name(first), name(last))
	}
	other := newHarness(t)
	other.coordinator("Sitti Ramlah", "sitti_contoh")
	other.meets(council.Addressees{Everyone: true}, council.Meeting{Title: "Rapat"})
	if name(other.calendar("1")) == name(first) {
		t.Error("a meeting of another city is called the same")
	}
}

// TestPapersSayWhatIsKnown: who is invited, who is expected and who was noted, the
// agenda, and the minutes as they stand.
func TestPapersSayWhatIsKnown(t *testing.T) {
	h, sitti, baso, _, _, _ := met(t)
	h.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.Place, m.Chair, m.People = "Media Center", council.Seat{Name: "Prof. Lukas"}, []int64{h.actor(baso).ID}
		if err := tx.SaveMeeting(m); err != nil {
			return err
		}
		if _, err := tx.AddTopic(1, council.Topic{Text: "Jadwal angkut", State: council.TopicOnAgenda}); err != nil {
			return err
		}
		if err := tx.SaveGuest(1, council.Guest{MemberID: h.actor(baso).ID, Response: council.ResponseComing}); err != nil {
			return err
		}
		return tx.SaveGuest(1, council.Guest{MemberID: h.actor(sitti).ID, Response: council.ResponseRepresented, Representative: council.Seat{Name: "Yuliana"}})
	})
	papers := map[string][]string{
		makerInvitationLetter: {"PEMERINTAH KABUPATEN TELUK MARANNU", "Semua Pokja", "Semua Komunitas", "Baso Irfandi", "Prof. Lukas", "Jadwal angkut", "Minggu, 27 September 2026", "pukul 09.00", "Media Center"},
		makerAttendanceList:   {"Baso Irfandi", "Yuliana", "mewakili Sitti Ramlah", "10"},
	}
	for maker, wanted := range papers {
		contains(t, h.paper(maker, "1", "id", "0"), wanted...)
	}
	h.pass(48 * time.Hour)
	for _, said := range []string{"/notulen M-1 dua truk diperiksa", "/keputusan M-1 uji coba mulai Senin"} {
		h.say(sitti, sitti, said)
	}
	h.change(func(tx *store.Tx) error {
		for _, text := range []string{"seperti I-12", "setuju dengan I-1."} {
			line := council.Minute{Kind: council.MinuteDecision, Text: text, Subject: council.Reference{Letter: council.IdeaLetter, Number: 1}, From: 1, By: 1, At: h.clock()}
			if _, err := tx.AddMinute(1, line); err != nil {
				return err
			}
		}
		_, _, err := tx.AddAttendee(1, council.Attendee{Name: "Hasnah", Office: "Bank Sampah Melati", NotedBy: 1, At: h.clock()})
		return err
	})
	minutes := h.paper(makerMinutes, "1", "id", "1")
	contains(t, minutes, "seperti I-12 (I-1)", "setuju dengan I-1.")
	lacks(t, minutes, "I-1. (I-1)")
	contains(t, minutes, "KONSEP, belum disetujui", "dua truk diperiksa", "uji coba mulai Senin", "Jadwal angkut", "1 orang", "Prof. Lukas")
	contains(t, h.paper(makerAttendanceList, "1", "id", "0"), "Hasnah", "Bank Sampah Melati", "tercatat 09.00 WITA", "Baso Irfandi")
	h.pass(3 * time.Hour)
	over := h.paper(makerAttendanceList, "1", "id", "0")
	contains(t, over, "Hasnah")
	lacks(t, over, "Baso Irfandi", "Yuliana") // who was expected did not come
}

var shownOnPaper = regexp.MustCompile(`(?m)Td \((.*)\) Tj`)

// paper makes a paper and reads what it says.
func (h *harness) paper(maker string, arguments ...string) string {
	h.t.Helper()
	content, err := h.madeFile(maker, arguments...)
	if err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
		h.t.Fatalf("%s: %v, %.20q", maker, err, content)
	}
	var said []string
	for _, shown := range shownOnPaper.FindAllStringSubmatch(wordsOfPDF(h.t, content), -1) {
		said = append(said, shown[1])
	}
	return strings.Join(said, " ")
}

// TestPapersAreForThoseWhoMay: buttons that others send, in groups or in private, make
// no paper and change nothing.
func TestPapersAreForThoseWhoMay(t *testing.T) {
	h, sitti, baso, fadli, pokja, _ := met(t)
	for _, test := range []struct {
		chat, person int64
		data, answer string
	}{
		{baso, baso, "1:letter:1:send", "koordinator"}, {fadli, fadli, "1:letter:1:list", "koordinator"}, {baso, baso, "1:letter:1:later", "koordinator"},
		{pokja, sitti, "1:letter:1:send", "pesan pribadi"}, {pokja, sitti, "1:letter:1:list", "pesan pribadi"}, {sitti, sitti, "1:letter:9:send", "M-9"},
		{sitti, sitti, "1:letter:1:x", "tidak berlaku"}, {baso, baso, "1:kop:show", "koordinator"}, {baso, baso, "1:kop:clear:office", "koordinator"},
		{pokja, sitti, "1:kop:all", "pesan pribadi"}, {sitti, sitti, "1:kop:field:nip", "tidak berlaku"}, {sitti, sitti, "1:kop:x:office", "tidak berlaku"},
	} {
		answer, said := h.pressing(test.chat, test.person, test.data)
		if whole := answer.Text + strings.Join(texts(said), "\n"); !strings.Contains(whole, test.answer) {
			t.Errorf("%s was answered %q", test.data, whole)
		}
	}
	h.look(func(tx *store.Tx) error {
		if _, err := tx.MeetingLetter(1); err != store.ErrNotFound {
			t.Errorf("there is a letter: %v", err)
		}
		if kept, err := tx.Setting(store.SettingLetterhead); err != nil || kept != "" {
			t.Errorf("there is a letterhead %q, %v", kept, err)
		}
		return nil
	})
}

// TestLetterheadKeepsNoLongNumbers: what reads like a personal number is not kept, not
// even hidden; a field of any other words is.
func TestLetterheadKeepsNoLongNumbers(t *testing.T) {
	h, sitti, _, _, _, _ := met(t)
	for _, test := range []struct{ said, answer, kept string }{
		{"Drs. Anwar 19700101 199503 1 001", "(0411) 555123", ""}, {"0812-3456-7890", "(0411) 555123", ""}, {strings.Repeat("a", 300), "paling banyak 200 huruf", ""},
		{"  \u200b ", "Telepon, pos-el", ""}, {"Telepon (0411) 555123\n· a@b.example", "Kontak: Telepon (0411) 555123 · a@b.example", "Telepon (0411) 555123 · a@b.example"},
	} {
		h.pressing(sitti, sitti, "1:kop:field:contact")
		contains(t, strings.Join(texts(h.write(sim.Message{Chat: sitti, Person: sitti, Text: test.said})), "\n"), test.answer)
		h.look(func(tx *store.Tx) error {
			head, err := givenLetterhead(tx)
			if head.Contact != test.kept {
				t.Errorf("%q is kept as %q", test.said, head.Contact)
			}
			return err
		})
	}
	if _, said := h.pressing(sitti, sitti, "1:kop:clear:contact"); !strings.Contains(strings.Join(texts(said), "\n"), "Kontak: belum diisi") {
		t.Errorf("it is not emptied: %q", texts(said))
	}
}
