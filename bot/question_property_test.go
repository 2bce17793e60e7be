package bot

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// randomTalk is a question that several people talk about in any order.
type randomTalk struct {
	*town
	t         *rapid.T
	number    int64
	words     int             // how many answers were written
	confirmed map[string]bool // answers of which the bot said that they are sent
	reopened  int
	inForum   bool // the bot is in the forum
}

// answerWord marks an answer, so that it is known again on the wire.
var answerWord = regexp.MustCompile(`kata[0-9]+x`)

func (r *randomTalk) reference() string { return fmt.Sprintf("Q-%d", r.number) }

func (r *randomTalk) word() string {
	r.words++
	return fmt.Sprintf("kata%dx", r.words)
}

// tap presses a button on the newest message of a chat that has it and speaks of
// the question; the message as it was, and what was answered.
func (r *randomTalk) tap(chat, person int64, button string) (text, answer string) {
	message, found := r.newest(chat, r.reference(), button)
	if !found {
		return "", ""
	}
	return message.Text, r.pressOn(chat, message.ID, person, button).Text
}

// confirm sends an answer that waits, and notes what the bot promised.
func (r *randomTalk) confirm(chat, person int64, button string) {
	text, answer := r.tap(chat, person, button)
	if written := answerWord.FindAllString(text, -1); answer == "Jawaban terkirim." {
		r.confirmed[written[len(written)-1]] = true
	}
}

// step is one thing that somebody does.
func (r *randomTalk) step() {
	ask := r.reference()
	steps := []func(){
		func() { r.say(r.dewan, r.lukas, "/jawab "+ask+" "+r.word()) },
		func() { r.say(r.anwar, r.anwar, "/jawab "+ask+" "+r.word()) },
		func() { r.say(r.sitti, r.sitti, "/jawab "+ask+" "+r.word()) },
		func() { r.confirm(r.dewan, r.lukas, "Kirim") },
		func() { r.confirm(r.anwar, r.anwar, "Kirim") },
		func() { r.confirm(r.sitti, r.sitti, "Kirim") },
		func() {
			r.say(r.dewan, r.lukas, "/jawab "+ask+" "+r.word())
			r.confirm(r.dewan, r.lukas, "Kirim")
		},
		func() {
			r.say(r.anwar, r.anwar, "/jawab "+ask+" "+r.word())
			r.confirm(r.anwar, r.anwar, "Tambahkan")
		},
		func() { r.confirm(r.dewan, r.lukas, "Tambahkan") },
		func() { r.confirm(r.anwar, r.anwar, "Tambahkan") },
		func() { r.tap(r.anwar, r.anwar, "Biarkan") },
		func() { r.tap(r.forum, r.fadli, "Terjawab") },
		func() {
			if _, answer := r.tap(r.forum, r.fadli, "Belum terjawab"); answer == "Pertanyaan dibuka lagi." {
				r.reopened++
			}
		},
		func() { r.tap(r.forum, r.fadli, "Urungkan") },
		func() {
			if rapid.IntRange(0, 3).Draw(r.t, "seldom") == 0 {
				r.tap(r.forum, r.fadli, "Batalkan")
			}
		},
		func() {
			r.tap(r.dewan, r.lukas, "Minta penjelasan")
			r.replyNewest(r.dewan, r.lukas, "penanya tentang "+ask, "apa?")
		},
		func() { r.replyNewest(r.forum, r.fadli, ask+" · Dewan bertanya", "itu") },
		func() { r.say(r.anwar, r.anwar, "/teruskan "+ask+" pokja lingkungan") },
		func() { r.say(r.anwar, r.anwar, "/teruskan "+ask+" Dewan") },
		func() { r.say(r.baso, r.baso, "/jawab "+ask+" "+r.word()) },
		func() { r.confirm(r.baso, r.baso, "Kirim") },
		func() { r.tap(r.dewan, r.lukas, "Jawab") },
		r.throwOut,
		r.restart,
	}
	steps[rapid.IntRange(0, len(steps)-1).Draw(r.t, "step")]()
}

// throwOut has the bot thrown out of the forum, or brings it back.
func (r *randomTalk) throwOut() {
	if r.inForum = !r.inForum; r.inForum {
		r.sim.AddBot(r.forum, r.sitti)
	} else {
		r.sim.RemoveBot(r.forum, r.sitti)
	}
	r.quiet()
}

// holds expects of the wire: what the bot promised to send arrived, once; nothing
// else did; and there is never a second answer where one was not asked for anew.
func (r *randomTalk) holds() {
	r.t.Helper()
	arrived := make(map[string]int)
	first := 0
	for _, chat := range []int64{r.forum, r.fadli} {
		for _, text := range r.saidTo(chat, r.reference()) {
			for _, word := range answerWord.FindAllString(text, -1) {
				arrived[word]++
			}
			if strings.HasPrefix(text, "Jawaban ") {
				first++
			}
		}
	}
	for word := range r.confirmed {
		if arrived[word] != 1 {
			r.t.Errorf("%s was sent and arrived %d times", word, arrived[word])
		}
	}
	for word := range arrived {
		if !r.confirmed[word] {
			r.t.Errorf("%s arrived and nobody had sent it", word)
		}
	}
	if first > 1+r.reopened {
		r.t.Errorf("%d answers arrived, and it was asked for again %d times", first, r.reopened)
	}
	if q := r.asked(r.number); len(q.Answers) != len(r.confirmed) {
		r.t.Errorf("%d answers are kept, %d were sent", len(q.Answers), len(r.confirmed))
	}
}

// TestNoQuestionIsAnsweredTwiceAndNoAnswerIsLost lets people talk about questions
// in any order, with restarts and a group that throws the bot out, and looks at
// what reached Telegram.
func TestNoQuestionIsAnsweredTwiceAndNoAnswerIsLost(t *testing.T) {
	c := newTown(t)
	talks, answered := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := &randomTalk{town: c, t: t, confirmed: make(map[string]bool), inForum: true}
		defer func() {
			if !r.inForum {
				r.throwOut()
			}
		}()
		r.number = c.ask("Dewan kapan rapat?")
		for range rapid.IntRange(8, 36).Draw(t, "steps") {
			r.pass(20 * time.Second)
			r.step()
		}
		if !r.inForum {
			r.throwOut()
		}
		r.holds()
		if q := r.asked(r.number); q.State == council.QuestionAnswered && len(r.confirmed) == 0 {
			t.Error("a question without an answer counts as answered")
		}
		talks, answered = talks+1, answered+len(r.confirmed)
	})
	if answered < talks/4 {
		t.Errorf("only %d answers were sent in %d talks; they are too quiet", answered, talks)
	}
	c.sound()
}
