package bot

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// odd is what people may write where one line of a meeting is asked for.
var odd = []string{
	strings.Repeat("a", 4000), strings.Repeat("usul kata ", 390), strings.Repeat("😀", 70), "satu baris\ndua baris\n\n\ntiga baris", "\u202eterbalik\u202c \u2066kanan\u2069",
	"<b>tebal</b> &amp; <script>alert()</script>", "/selesai T-77", "😀", "{{.Reference}} %s%d%!", "T-77", "[Setuju] 1:meet:go:1:2", "\u0627\u062c\u062a\u0645\u0627\u0639 \u0600",
}

// oddMeeting is a meeting of council and community that goes through everything people write.
type oddMeeting struct {
	*harness
	sitti, baso, anwar, fadli int64
	dewan, forum              int64
	taken                     map[string]int // how many odd words a field has kept
}

func newOddMeeting(t *testing.T) *oddMeeting {
	t.Helper()
	h := newHarness(t)
	o := &oddMeeting{harness: h, taken: make(map[string]int), sitti: h.coordinator("Sitti Ramlah", "sitti_contoh"), baso: h.person("Baso Irfandi", "baso_contoh"),
		anwar: h.person("H. Anwar Malolo", "anwar_contoh"), fadli: h.person("Fadli Kaluku", "fadli_contoh")}
	o.dewan = h.linkedGroup("Dewan", "dewan", o.sitti, o.anwar, o.baso)
	o.forum = h.linkedGroup("Forum", "komunitas", o.sitti, o.fadli)
	for person, chat := range map[int64]int64{o.baso: o.dewan, o.anwar: o.dewan, o.fadli: o.forum} {
		h.say(chat, person, "/status")
		h.say(person, person, "/mulai")
	}
	h.say(o.sitti, o.sitti, "/rapat_baru Rapat persiapan, Kamis jam 9, Aula, Dewan + Forum, dipimpin @anwar_contoh, notulis @baso_contoh")
	h.press(o.sitti, o.sitti, "Benar")
	return o
}

// kept is everything of the meeting that people have written.
func (o *oddMeeting) kept() string {
	var all []string
	o.look(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		all = append(all, m.Title, m.Place, m.Chair.Name, m.Scribe.Name)
		guests, err := tx.Guests(1)
		for _, guest := range guests {
			all = append(all, guest.Representative.Name, guest.Reason)
		}
		if err != nil {
			return err
		}
		there, err := tx.Attendees(1)
		for _, one := range there {
			all = append(all, one.Name, one.Office)
		}
		if err != nil {
			return err
		}
		letter, err := tx.MeetingLetter(1)
		all = append(all, letter.Number)
		if notFoundIsNil(err) != nil {
			return err
		}
		head, err := givenLetterhead(tx)
		for _, field := range letterFields {
			all = append(all, *field.of(&head))
		}
		return err
	})
	return strings.Join(slices.Concat(all, o.topics(1), o.noted(1)), "\n")
}

// letters are what is left of words without blanks and signs that cannot be seen.
func letters(words string) string {
	return strings.Map(func(letter rune) rune {
		if unicode.IsSpace(letter) || unicode.IsControl(letter) || unicode.Is(unicode.Cf, letter) {
			return -1
		}
		return letter
	}, words)
}

// writes puts odd words into a field. They are kept whole, or an answer says otherwise
// and nothing has changed.
func (o *oddMeeting) writes(field, words string, write func(string) []sim.Shown) {
	o.t.Helper()
	before := o.kept()
	answers := write(words)
	after := o.kept()
	if len(answers) == 0 {
		o.t.Errorf("%s: %.30q is answered with nothing", field, words)
	}
	if after != before {
		o.taken[field]++
	}
	for line := range strings.SplitSeq(words, "\n") {
		if !strings.Contains(letters(after), letters(line)) && after != before {
			o.t.Errorf("%s: of %.30q only this is kept: %.300q", field, line, after)
		}
	}
	for _, answer := range answers {
		if after == before && strings.Contains(answer.Text, "Terima kasih. Jawaban") {
			o.t.Errorf("%s: %.30q is not kept, and the answer is %.100q", field, words, answer.Text)
		}
	}
}

// command writes words behind a command, and confirms what is asked.
func (o *oddMeeting) command(person int64, command string) func(string) []sim.Shown {
	return func(words string) []sim.Shown {
		answers := o.say(person, person, command+" "+words)
		if last := answers[len(answers)-1]; hasButton(last, "Ya, sampaikan") {
			o.pressOn(person, last.ID, person, "Ya, sampaikan")
		}
		return answers
	}
}

// asked sends a button's data, and writes words as the answer to what is asked then.
func (o *oddMeeting) asked(person int64, data string) func(string) []sim.Shown {
	return func(words string) []sim.Shown {
		o.forge(person, data)
		o.heard(person)
		defer o.say(person, person, "/batal")
		return o.say(person, person, words)
	}
}

// TestOddWordsInEveryFieldOfAMeeting: whatever stands where people write, cards stay
// three lines, nothing breaks Telegram's limits, and nothing is lost without a word.
func TestOddWordsInEveryFieldOfAMeeting(t *testing.T) {
	o := newOddMeeting(t)
	for _, words := range odd {
		o.writes("title", words, o.command(o.sitti, "/rapat M-1 judul"))
		o.writes("place", words, o.command(o.sitti, "/rapat M-1 tempat"))
		o.writes("representative", words, o.command(o.fadli, "/hadir M-1 diwakilkan"))
		o.writes("reason", words, o.command(o.fadli, "/hadir M-1 berhalangan"))
		o.writes("topic", words, o.command(o.sitti, "/rapat M-1 agenda"))
		o.writes("letter's number", words, o.asked(o.sitti, "1:letter:1:number"))
	}
	for i, field := range letterFields {
		o.writes(field.word, odd[(i*5)%len(odd)], o.asked(o.sitti, "1:kop:field:"+field.word))
	}
	o.say(o.fadli, o.fadli, "/rapat M-1 usul "+odd[5])
	o.move("2026-10-01 09:05")
	for _, words := range odd {
		o.writes("note", words, o.command(o.baso, "/notulen M-1"))
		o.writes("decision", words, o.command(o.baso, "/keputusan M-1"))
		o.writes("attendance", words, o.asked(o.baso, "1:attend:add:1"))
	}
	for _, words := range odd {
		o.writes("scribe", words, o.command(o.sitti, "/rapat M-1 notulis"))
		o.writes("chair", words, o.command(o.sitti, "/rapat M-1 pemimpin"))
		o.say(o.sitti, o.sitti, "/rapat_baru "+words+", Jumat jam 9, "+words+", Dewan, dipimpin "+words)
		o.say(o.sitti, o.sitti, "/batal")
	}
	for _, page := range []string{"/rapat", "/rapat M-1", "/rapat M-1 agenda", "/notulen M-1", "/tindak_lanjut M-1", "/status"} {
		o.say(o.sitti, o.sitti, page)
		o.say(o.dewan, o.anwar, page)
	}
	for _, maker := range []string{makerInvitationLetter, makerAttendanceList} {
		if o.paper(maker, "1", "id", "0") == "" {
			t.Errorf("%s is empty", maker)
		}
	}
	for _, field := range []string{"title", "place", "representative", "reason", "topic", "letter's number", "note", "decision", "attendance", "scribe", "chair"} {
		if o.taken[field] < len(odd)/2 {
			t.Errorf("%s has kept %d of %d odd words", field, o.taken[field], len(odd))
		}
	}
	o.soundWire()
	o.soundCards()
}

// soundCards expects that what stands in a group about the meeting is three lines at most.
func (o *oddMeeting) soundCards() {
	o.t.Helper()
	cards := 0
	for _, call := range o.sim.Calls() {
		text := call.Params["text"]
		group := call.Params["chat_id"] == idText(o.dewan) || call.Params["chat_id"] == idText(o.forum)
		if !group || !strings.HasPrefix(text, council.MeetingReference(1).String()+" ·") {
			continue
		}
		cards++
		if lines := strings.Count(text, "\n") + 1; lines > 3 {
			o.t.Errorf("a card of %d lines: %.300q", lines, text)
		}
	}
	if cards < len(odd) {
		o.t.Errorf("%d cards were seen", cards)
	}
}
