package bot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// sat is a city in which a meeting is under way: Anwar leads, Baso takes the minutes and
// is there, and three lines are written.
type sat struct {
	*harness
	sitti, baso, anwar, fadli int64
	dewan, pokja              int64
}

func sitting(t *testing.T) *sat {
	t.Helper()
	h := newHarness(t)
	s := &sat{harness: h, sitti: h.coordinator("Sitti Ramlah", "sitti_contoh"), baso: h.person("Baso Irfandi", "baso_contoh"),
		anwar: h.person("H. Anwar Malolo", "anwar_contoh"), fadli: h.person("Fadli Kaluku", "fadli_contoh")}
	s.pokja = h.linkedGroup("Pokja", "pokja lingkungan", s.sitti, s.baso)
	s.dewan = h.linkedGroup("Dewan", "dewan", s.sitti, s.anwar, s.baso)
	forum := h.linkedGroup("Forum", "komunitas", s.sitti, s.fadli)
	h.say(s.pokja, s.baso, "/status")
	h.say(s.dewan, s.anwar, "/status")
	h.say(s.dewan, s.baso, "/status")
	h.say(forum, s.fadli, "/status")
	for _, person := range []int64{s.baso, s.anwar, s.fadli} {
		h.say(person, person, "/mulai")
	}
	h.meets(council.Addressees{Kinds: []council.GroupKind{council.KindCouncil, council.KindWorkingGroup}}, council.Meeting{
		Title: "Rapat persiapan", Chair: council.Seat{MemberID: h.actor(s.anwar).ID}, Scribe: council.Seat{MemberID: h.actor(s.baso).ID},
		People: []int64{h.actor(s.anwar).ID, h.actor(s.baso).ID},
	})
	h.pass(48*time.Hour + time.Minute)
	for _, chat := range []int64{s.sitti, s.baso, s.anwar, s.pokja, s.dewan} {
		h.heard(chat)
	}
	h.say(s.baso, s.baso, "/notulen M-1 sampah pasar dibahas\ntonase naik dua persen")
	h.say(s.baso, s.baso, "/keputusan M-1 bank sampah dibuka")
	h.forge(s.baso, "1:attend:tap:1:"+idText(h.actor(s.baso).ID)+":0")
	return s
}

// forge sends what a button would send, below the newest message in a private chat.
func (h *harness) forge(person int64, data string) sim.Answer {
	h.t.Helper()
	under := h.say(person, person, "/libur")
	answer := h.pressData(person, under[len(under)-1].ID, person, data)
	return answer
}

// agree hands the minutes to the chair, who agrees.
func (s *sat) agree() {
	s.t.Helper()
	s.forge(s.baso, "1:minutes:offer:1")
	s.heard(s.baso)
	s.press(s.anwar, s.anwar, "Setujui")
}

// edition is what is kept of an agreed edition, and what stands in it: its document, its
// lines, and who was there.
func (s *sat) edition(number int) string {
	s.t.Helper()
	var all []any
	s.look(func(tx *store.Tx) error {
		var kept json.RawMessage
		if err := tx.MinutesPapers(1, number, &kept); err != nil {
			return err
		}
		lines, err := tx.MinuteLines(1)
		if err != nil {
			return err
		}
		for _, line := range council.Standing(lines, number) {
			all = append(all, fmt.Sprint(line.ID, line.Kind, line.Text, line.Subject))
		}
		there, err := tx.AttendeesIn(1, number)
		all = append(all, string(kept))
		for _, attendee := range there {
			attendee.Until = 0 // from a later edition on the person is not there any more
			all = append(all, fmt.Sprint(attendee))
		}
		return err
	})
	return fmt.Sprint(all...)
}

// TestAnAgreedEditionNeverChanges: whatever is done afterwards, by whoever, with buttons
// that are left over, in commands, by editing messages.
func TestAnAgreedEditionNeverChanges(t *testing.T) {
	s := sitting(t)
	noted := s.sim.Say(sim.Message{Chat: s.baso, Person: s.baso, Text: "/notulen M-1 anggaran menyusul"})
	s.quiet()
	s.agree()
	first := s.edition(1)
	contains(t, first, "tonase naik dua persen", "anggaran menyusul", "H. Anwar Malolo", "1 orang")
	people := []int64{s.sitti, s.baso, s.anwar}
	baso, anwar := idText(s.actor(s.baso).ID), idText(s.actor(s.anwar).ID)
	deeds := []string{"/notulen M-1 catatan baru", "/keputusan M-1 keputusan baru", "/rapat M-1 judul Rapat lain", "/rapat M-1 pemimpin @sitti_contoh", "/urungkan",
		"1:minutes:correct:1", "1:minutes:drop:1", "1:minutes:offer:1", "1:minutes:agree:1:1", "1:minutes:agree:1:2", "1:minutes:fix:1:1", "1:minutes:chair:1:" + baso,
		"1:attend:tap:1:" + baso + ":0", "1:attend:tap:1:" + anwar + ":0", "1:attend:off:1:1:0", "1:attend:undo:1:1", "1:mplan:reopen:1", "1:mplan:missed:1", "1:meet:cancel:1"}
	for line := range 8 {
		for _, verb := range []string{"minutes:remove", "minutes:undo", "minutes:change", "note:decision", "note:note", "note:undo"} {
			deeds = append(deeds, fmt.Sprintf("1:%s:1:%d:%d", verb, line+1, line+1))
		}
	}
	random := rand.New(rand.NewPCG(7, 9))
	for step := range 32 {
		deed, person := deeds[random.IntN(len(deeds))], people[random.IntN(len(people))]
		switch {
		case step%16 == 3:
			s.forge(s.baso, "1:minutes:correct:1")
		case step%16 == 15:
			s.forge(s.baso, "1:minutes:offer:1")
			s.look(func(tx *store.Tx) error {
				m, err := tx.Meeting(1)
				deed = fmt.Sprint("1:minutes:agree:1:", m.Minutes.Proposal)
				return err
			})
			s.forge(s.anwar, deed)
			s.forge(s.baso, deed) // who may lead by then
		case step%20 == 7:
			s.sim.Edit(s.baso, noted, fmt.Sprint("/notulen M-1 lain sekali ", step))
			s.quiet()
		case strings.HasPrefix(deed, "/"):
			s.say(person, person, deed)
		default:
			s.forge(person, deed)
			if strings.Contains(deed, "change") || strings.Contains(deed, "fix") {
				s.say(person, person, fmt.Sprint("kata lain ", step)) // where words are asked for
			}
		}
		if now := s.edition(1); now != first {
			t.Fatalf("after %s by %d the first edition is %s, not %s", deed, person, now, first)
		}
	}
	s.look(func(tx *store.Tx) error { // the walk has done something
		m, err := tx.Meeting(1)
		if err == nil && (m.Minutes.Edition < 2 || m.Version < 10) {
			t.Errorf("the minutes are %+v, version %d", m.Minutes, m.Version)
		}
		return err
	})
}

// TestNobodyGetsAnEditionTwice: not who is invited by name, in two groups, there and the
// scribe; not after a restart, nor when two agree; and the next edition comes once more.
func TestNobodyGetsAnEditionTwice(t *testing.T) {
	s := sitting(t)
	received := make(map[int64][]string) // in each chat, by what the document says on top
	hear := func() {
		for _, chat := range []int64{s.sitti, s.baso, s.anwar, s.fadli, s.dewan, s.pokja} {
			for _, message := range s.heard(chat) {
				if message.Document != nil && strings.Contains(message.Text, "Disetujui") {
					received[chat] = append(received[chat], message.Document.Name)
				}
			}
		}
	}
	s.agree()
	hear()
	s.restart()
	for range 2 {
		s.forge(s.anwar, "1:minutes:agree:1:1")
		s.forge(s.sitti, "1:minutes:agree:1:1")
	}
	hear()
	s.forge(s.baso, "1:minutes:correct:1")
	s.say(s.baso, s.baso, "/notulen M-1 tambahan")
	s.agree()
	hear()
	s.restart()
	hear()
	want := []string{"notulen-m-1.pdf", "notulen-m-1-edisi-2.pdf"}
	for _, chat := range []int64{s.sitti, s.baso, s.anwar, s.dewan, s.pokja} {
		if !slices.Equal(received[chat], want) {
			t.Errorf("in chat %d: %v", chat, received[chat])
		}
	}
	if len(received[s.fadli]) != 0 {
		t.Errorf("Fadli has received %v", received[s.fadli])
	}
}

// TestMinutesRights: who neither leads, writes nor coordinates changes and sees nothing;
// whoever writes does not agree; a button in a group does nothing.
func TestMinutesRights(t *testing.T) {
	s := sitting(t)
	s.forge(s.baso, "1:minutes:offer:1")
	state := func() (text string) {
		s.look(func(tx *store.Tx) error {
			m, err := tx.Meeting(1)
			lines, lost := tx.MinuteLines(1)
			text = fmt.Sprint(m.Minutes, m.Chair, len(lines), lost)
			return err
		})
		return text
	}
	before := state()
	var forged []string
	for verb := range minutesPresses() {
		forged = append(forged, "1:minutes:"+verb+":1:1", "1:minutes:"+verb+":1")
	}
	for _, data := range append(forged, "1:minutes", "1:minutes:show", "1:minutes:x:1", "1:minutes:agree:9:1") {
		if answer := s.forge(s.fadli, data); strings.Contains(answer.Text, "tonase") {
			t.Errorf("%s tells Fadli %q", data, answer.Text)
		}
		under := s.say(s.dewan, s.sitti, "/status")
		s.pressData(s.dewan, under[0].ID, s.sitti, data)
	}
	contains(t, s.forge(s.baso, "1:minutes:agree:1:1").Text, "pemimpin rapat")
	contains(t, s.forge(s.sitti, "1:minutes:agree:1:1").Text, "pemimpin rapat")
	contains(t, s.forge(s.baso, "1:minutes:chair:1:0").Text, "koordinator")
	if after := state(); after != before {
		t.Errorf("from %s to %s", before, after)
	}
	for _, message := range append(s.heard(s.fadli), s.heard(s.dewan)...) {
		lacks(t, message.Text, "tonase", "bank sampah")
	}
}

// TestWhatIsAgreedIsWhatWasSeen: lines that come after the minutes were handed in make
// the button below what was seen worthless.
func TestWhatIsAgreedIsWhatWasSeen(t *testing.T) {
	s := sitting(t)
	s.forge(s.baso, "1:minutes:offer:1")
	s.say(s.baso, s.baso, "/notulen M-1 yang terlupa")
	contains(t, s.press(s.anwar, s.anwar, "Setujui").Text, "masih diperbaiki")
	s.forge(s.baso, "1:minutes:offer:1")
	contains(t, s.forge(s.anwar, "1:minutes:agree:1:1").Text, "masih diperbaiki")
	s.heard(s.anwar)
	s.forge(s.anwar, "1:minutes:agree:1:2")
	contains(t, s.edition(1), "yang terlupa")
}

// TestPapersOfAMeetingAreKept: what becomes evidence lies in the vault whole, is the same
// for who checks it, once, and is taken up again where nothing makes it any more.
func TestPapersOfAMeetingAreKept(t *testing.T) {
	s := sitting(t)
	var indicator council.Indicator
	s.preparing("Evaluasi Tahap I")
	s.change(func(tx *store.Tx) (err error) {
		indicator, err = tx.SaveIndicator(council.Indicator{Evaluation: 1, Code: "GOV-02", Dimension: council.Dimensions[0], Name: "Koordinasi", Weight: 100})
		return err
	})
	s.agree()
	for range 2 {
		s.forge(s.sitti, "1:minutes:file:1:"+idText(indicator.ID))
	}
	pieces := s.piecesOf(indicator.ID)
	if len(pieces) != 3 {
		t.Fatalf("there are %d pieces", len(pieces))
	}
	for _, piece := range pieces {
		if piece.Hash == "" || !s.options.Vault.Has(piece.Hash) || piece.Personal != council.PersonalNo || piece.State != council.EvidenceUploaded {
			t.Errorf("%+v", piece)
		}
		s.heard(s.sitti)
		s.forge(s.sitti, "1:ev:see:"+idText(piece.Number))
		sent := s.heard(s.sitti)
		at := slices.IndexFunc(sent, func(message sim.Shown) bool { return message.Document != nil })
		if at < 0 {
			t.Fatalf("%s is not sent: %v", piece.Name, texts(sent))
		}
		hash := sha256.Sum256(sent[at].Document.Bytes)
		if hex.EncodeToString(hash[:]) != piece.Hash || !bytes.HasPrefix(sent[at].Document.Bytes, []byte("%PDF")) || sent[at].Document.Name != piece.Name {
			t.Errorf("%s is sent as %s", piece.Name, sent[at].Document.Name)
		}
	}
	s.change(func(tx *store.Tx) error { // as if nothing had fetched it
		piece := pieces[2]
		piece.Hash, piece.Size = "", 0
		return tx.SaveEvidence(piece)
	})
	s.restart()
	if again := s.piecesOf(indicator.ID)[2]; again.Hash != pieces[2].Hash {
		t.Errorf("taken up as %s, not %s", again.Hash, pieces[2].Hash)
	}
}

func (h *harness) piecesOf(indicator int64) (pieces []council.Evidence) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		pieces, err = tx.EvidenceOf(indicator)
		return err
	})
	return pieces
}

// TestHostileWordsForAnAgreedEdition: what people write may be anything at all, and stays one line.
func TestHostileWordsForAnAgreedEdition(t *testing.T) {
	s := sitting(t)
	for _, words := range []string{"{{.Reference}} %s <b>tebal</b>", "=HYPERLINK(\"http://contoh.id\")", "\u202e terbalik \u0000", strings.Repeat("panjang sekali ", 66),
		strings.Repeat("x", council.MinuteLimit+1), strings.Repeat("- satu\n", council.MinutesLimit), "keputusan:", "🙏🙏🙏"} {
		s.forge(s.baso, "1:minutes:add:1")
		s.heard(s.baso)
		for _, answer := range s.say(s.baso, s.baso, words) {
			if len([]rune(answer.Text)) > textLimit || strings.Contains(answer.Text, "minutes.") || strings.Contains(answer.Text, "refused.") {
				t.Errorf("%.40q is answered %.200q", words, answer.Text)
			}
		}
	}
	s.forge(s.baso, "1:minutes:offer:1")
	for _, message := range s.heard(s.anwar) {
		if len([]rune(message.Text)) > textLimit {
			t.Errorf("Anwar reads %d letters", len([]rune(message.Text)))
		}
	}
	s.forge(s.anwar, "1:minutes:agree:1:1")
	s.look(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if m.Minutes.State != council.MinutesAgreed {
			t.Errorf("the minutes are %+v", m.Minutes)
		}
		return err
	})
}

// TestAgreedMinutesInEnglish: page, asking, caption.
func TestAgreedMinutesInEnglish(t *testing.T) {
	s := sitting(t)
	s.say(s.baso, s.baso, "/language en")
	s.say(s.anwar, s.anwar, "/language en")
	contains(t, only(t, s.say(s.baso, s.baso, "/minutes M-1")).Text, "Minutes of M-1 · Rapat persiapan", "Draft of edition 1 · 1 was there", "Discussion:", "Decisions:")
	s.press(s.baso, s.baso, "Hand in")
	asked := s.heard(s.anwar)
	contains(t, asked[0].Text, "please look through the minutes of M-1")
	s.press(s.anwar, s.anwar, "Agree")
	sent := s.heard(s.baso)
	contains(t, sent[len(sent)-1].Text, "Agreed by H. Anwar Malolo")
	contains(t, only(t, s.say(s.baso, s.baso, "/meetings M-1 agenda")).Text, "Agenda M-1", "No topics yet.")
}
