package bot

import (
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestAnAnswerThatTelegramDoesNotTakeIsKept: the bot believes that it can write to the
// asker and learns otherwise only when it sends the answer.
func TestAnAnswerThatTelegramDoesNotTakeIsKept(t *testing.T) {
	c := newTown(t)
	c.say(c.fadli, c.fadli, "/tanya Dewan kapan rapat?")
	c.press(c.fadli, c.fadli, "Tanpa nama")
	c.sim.Block(c.fadli)
	c.quiet()
	c.change(func(tx *store.Tx) error { return tx.SetReach(c.member(c.fadli), council.ReachOpen) })
	c.hush()
	c.say(c.lukas, c.lukas, "/jawab Q-1 Senin pukul sepuluh")
	c.press(c.lukas, c.lukas, "Kirim")
	if q := c.asked(1); q.State != council.QuestionAnswered || q.Answers[0].Delivered {
		t.Errorf("the question is %s, delivered: %v", q.State, q.Answers[0].Delivered)
	}
	contains(t, joined(c.heard(c.sitti)), "Jawaban Q-1 belum dapat disampaikan")
	if arrived := c.saidTo(c.fadli, "Senin pukul sepuluh"); len(arrived) != 0 {
		t.Errorf("it reached somebody who has blocked the bot: %q", arrived)
	}
	c.sim.Unblock(c.fadli)
	c.quiet()
	c.say(c.fadli, c.fadli, "/mulai")
	if arrived := c.saidTo(c.fadli, "Jawaban Dewan untuk Q-1 — Senin pukul sepuluh"); len(arrived) != 1 {
		t.Errorf("it arrived %d times", len(arrived))
	}
	if q := c.asked(1); !q.Answers[0].Delivered {
		t.Error("it does not count as delivered")
	}
	c.sound()
}
