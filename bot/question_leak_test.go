package bot

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// whisper is a town in which Fadli asks one thing after another without his name,
// and every word is known again wherever it turns up.
type whisper struct {
	*town
	t       *rapid.T
	moment  int
	numbers []int64               // of the questions of this talk
	words   map[string]saidOf     // by the word
	put     map[int64][]placeThen // where each question was to be answered
	crossed map[string]bool       // words that are read in another chat than they were said in
}

// saidOf is about which question something was said, where, and when.
type saidOf struct {
	number int64
	chat   int64
	moment int
}

// placeThen is a chat in which a question was to be answered at a moment.
type placeThen struct {
	chat   int64
	moment int
}

var whispered = regexp.MustCompile(`bisik[0-9]+x`)

// word is one that nobody has said before.
func (w *whisper) word(number, chat int64) string {
	word := fmt.Sprintf("bisik%dx", len(w.words)+1)
	w.words[word] = saidOf{number, chat, w.moment}
	return word
}

func (w *whisper) number() int64 { return rapid.SampledFrom(w.numbers).Draw(w.t, "question") }

// addressee is to whom a question can be put.
func (w *whisper) addressee() string {
	return rapid.SampledFrom([]string{"Dewan", "Pokja Lingkungan", "Pokja Ekonomi", "@baso_contoh", "@anwar_contoh"}).Draw(w.t, "to")
}

// whereabouts is somebody who works for the programme, and a chat in which they write.
func (w *whisper) whereabouts() (chat, person int64) {
	group := map[int64]int64{w.lukas: w.dewan, w.baso: w.pokja, w.herlina: w.ekonomi, w.anwar: w.anwar, w.sitti: w.ekonomi}
	person = rapid.SampledFrom([]int64{w.lukas, w.baso, w.herlina, w.anwar, w.sitti}).Draw(w.t, "person")
	if rapid.Bool().Draw(w.t, "private") {
		return person, person
	}
	return group[person], person
}

// ask has Fadli ask without his name, in the forum or in private.
func (w *whisper) ask() {
	chat := rapid.SampledFrom([]int64{w.forum, w.fadli}).Draw(w.t, "asked in")
	number := w.numbers[len(w.numbers)-1] + 1
	w.say(chat, w.fadli, "/tanya "+w.addressee()+" "+w.word(number, chat)+" kapan?")
	w.press(chat, w.fadli, "Tanpa nama")
	w.numbers = append(w.numbers, number)
}

// correct has Fadli correct the message that asked.
func (w *whisper) correct() {
	q := w.asked(w.number())
	w.sim.Edit(q.Origin.ChatID, q.Origin.MessageID, "/tanya "+w.addressee()+" "+w.word(q.Number, q.Origin.ChatID)+" mengapa?")
	w.quiet()
}

func (w *whisper) step() {
	number := w.number()
	reference := fmt.Sprint("Q-", number)
	chat, person := w.whereabouts()
	steps := []func(){
		w.ask, w.correct,
		func() { w.say(chat, person, "/teruskan "+reference+" "+w.addressee()) },
		func() { w.say(chat, person, "/jawab "+reference+" "+w.word(number, chat)) },
		func() {
			w.say(chat, person, rapid.SampledFrom([]string{"/status ", "/pertanyaan ", "/jawab "}).Draw(w.t, "command")+reference)
		},
		func() {
			w.say(chat, person, rapid.SampledFrom([]string{"/status", "/pertanyaan", "/teruskan"}).Draw(w.t, "list"))
		},
		func() { w.replyAbout(chat, person, number) },
		func() { w.replyAbout(w.asked(number).Origin.ChatID, w.fadli, number) },
		func() { w.pressOne(chat, person, reference) },
		func() { w.pressOne(w.asked(number).Origin.ChatID, w.fadli, reference) },
		func() {
			action := rapid.SampledFrom([]string{questionCard, questionText, questionForward, questionClarify, questionAnswer}).Draw(w.t, "forged")
			w.pressData(chat, w.groupMessage(chat), person, data(pressQuestion, action, number))
		},
	}
	steps[rapid.IntRange(0, len(steps)-1).Draw(w.t, "step")]()
	w.pass(20 * time.Second)
	w.notePlaces()
	w.moment++
}

// replyAbout replies to the newest message of a chat about a question.
func (w *whisper) replyAbout(chat, person, number int64) {
	w.replyNewest(chat, person, fmt.Sprint("Q-", number), w.word(number, chat))
}

// pressOne presses what the newest message of a chat about a question offers.
func (w *whisper) pressOne(chat, person int64, reference string) {
	label := rapid.SampledFrom([]string{"Jawab", "Minta penjelasan", "Teks lengkap", "Kirim", "Tambahkan", "Terjawab", "Belum terjawab", "Batalkan", "Urungkan"}).Draw(w.t, "button")
	if message, found := w.newest(chat, reference, label); found {
		w.pressOn(chat, message.ID, person, label)
	}
}

// notePlaces notes where every question of the talk is to be answered now.
func (w *whisper) notePlaces() {
	w.look(func(tx *store.Tx) error {
		for _, number := range w.numbers {
			q, err := tx.Question(number)
			if err != nil {
				return err
			}
			if q.To.MemberID != 0 {
				member, err := tx.Member(q.To.MemberID)
				if err != nil {
					return err
				}
				w.put[number] = append(w.put[number], placeThen{member.TelegramID, w.moment})
				continue
			}
			group, err := tx.Group(q.To.GroupID)
			if err != nil {
				return err
			}
			w.put[number] = append(w.put[number], placeThen{group.ChatID, w.moment})
		}
		return nil
	})
}

// may tells whether a word may be read in a chat: where it was said, where its
// question was asked, and where that was to be answered since.
func (w *whisper) may(said saidOf, chat int64) bool {
	if said.chat == chat || w.asked(said.number).Origin.ChatID == chat {
		return true
	}
	group := map[int64]int64{w.baso: w.pokja, w.herlina: w.ekonomi}[chat]
	for _, place := range w.put[said.number] {
		if place.moment >= said.moment && (place.chat == chat || place.chat == group) {
			return true
		}
	}
	return false
}

// check looks at all that stands in the groups, and in the private chats of those who
// may answer only what is put to them or theirs.
func (w *whisper) check() {
	for _, chat := range []int64{w.dewan, w.pokja, w.ekonomi, w.baso, w.herlina, w.forum} {
		for _, message := range w.sim.Messages(chat) {
			if message.Bot {
				w.checkMessage(chat, message)
			}
		}
	}
	for _, chat := range []int64{w.dewan, w.pokja, w.ekonomi, w.baso, w.herlina, w.lukas, w.anwar, w.sitti, w.rahman} {
		for _, message := range w.sim.Messages(chat) {
			if message.Bot && strings.Contains(message.Text, "Q-") && strings.Contains(message.Text, "Fadli") {
				w.t.Fatalf("who asked stands in chat %d: %q", chat, message.Text)
			}
		}
	}
}

func (w *whisper) checkMessage(chat int64, message sim.Shown) {
	for _, word := range whispered.FindAllString(message.Text, -1) {
		said, known := w.words[word]
		if known && said.chat != chat {
			w.crossed[word] = true
		}
		if known && !w.may(said, chat) {
			w.t.Fatalf("%q, said of Q-%d in chat %d, stands in chat %d: %q", word, said.number, said.chat, chat, message.Text)
		}
	}
}

// TestAQuestionIsReadOnlyWhereItIsAskedAndAnswered asks, corrects, passes on and looks
// up questions in any order: what is said of one stands where it was asked and where
// it is to be answered, and nowhere who asked.
func TestAQuestionIsReadOnlyWhereItIsAskedAndAnswered(t *testing.T) {
	c := newTown(t)
	w := &whisper{town: c, words: make(map[string]saidOf), put: make(map[int64][]placeThen), crossed: make(map[string]bool), numbers: []int64{0}}
	rapid.Check(t, func(t *rapid.T) {
		w.t = t
		w.numbers = w.numbers[len(w.numbers)-1:]
		w.ask()
		w.numbers = w.numbers[1:]
		w.notePlaces()
		for range rapid.IntRange(5, 25).Draw(t, "steps") {
			w.step()
		}
		w.check()
	})
	if len(w.crossed) == 0 {
		t.Error("no word has crossed to another chat; the talks are too quiet")
	}
	c.sound()
}
