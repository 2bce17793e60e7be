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

// answered has Fadli ask the council in the forum, and the council answer there.
func (c *town) answered(words string) {
	c.t.Helper()
	c.ask("Dewan kapan rapat?")
	c.say(c.dewan, c.lukas, "/jawab Q-1 "+words)
	c.press(c.dewan, c.lukas, "Kirim")
	c.hush()
}

// arrived counts on the wire how often something has reached the asker.
func (c *town) arrived(words string) int {
	return len(c.saidTo(c.forum, "— "+words)) + len(c.saidTo(c.fadli, "— "+words))
}

// pretend lets the bot believe that it is in a group from which it was thrown out, as
// when that has not reached it yet.
func (c *town) pretend(chat int64) {
	c.t.Helper()
	c.sim.RemoveBot(chat, c.sitti)
	c.quiet()
	c.change(func(tx *store.Tx) error {
		_, err := tx.SetGroupReachable(chat, true)
		return err
	})
}

// TestAnAnswerThatArrivedDoesNotComeAgainWhenItCannotBeChanged: the asker's verdict
// changes the answer where it stands, and the bot learns that it is out.
func TestAnAnswerThatArrivedDoesNotComeAgainWhenItCannotBeChanged(t *testing.T) {
	c := newTown(t)
	c.answered("Senin")
	c.change(func(tx *store.Tx) error { // the receipt stands in the chat no more, as after a move: the answer is tried first
		receipt, err := tx.Card("Q-1", cardAsked, c.forum, 0)
		if err != nil {
			return err
		}
		return tx.ForgetCardMessage(receipt.ID, 0)
	})
	c.pretend(c.forum)
	if said := c.press(c.forum, c.fadli, "Terjawab"); said.Text != "Terima kasih. Pertanyaan ditutup." {
		t.Errorf("the press is answered with %q", said.Text)
	}
	if count := c.arrived("Senin"); count != 1 {
		t.Errorf("the answer arrived %d times", count)
	}
	if q := c.asked(1); q.State != council.QuestionClosed || !q.Answers[0].Delivered {
		t.Errorf("the question is %s, delivered: %v", q.State, q.Answers[0].Delivered)
	}
	var groups []council.Group
	c.look(func(tx *store.Tx) (err error) {
		groups, err = groupsIn(tx, c.forum)
		return err
	})
	if groups[0].Reachable {
		t.Error("the change was not refused; nothing was tried")
	}
	c.sound()
}

// TestWhatIsAddedWaitsForTheAskerAlone: of two answers only the one that has not
// arrived is brought later, and that once.
func TestWhatIsAddedWaitsForTheAskerAlone(t *testing.T) {
	c := newTown(t)
	c.answered("Senin")
	c.sim.Block(c.fadli)
	c.sim.RemoveBot(c.forum, c.sitti)
	c.quiet()
	c.say(c.dewan, c.lukas, "/jawab Q-1 pukul sembilan")
	c.press(c.dewan, c.lukas, "Tambahkan")
	if q := c.asked(1); len(q.Answers) != 2 || !q.Answers[0].Delivered || q.Answers[1].Delivered {
		t.Fatalf("the answers are %+v", q.Answers)
	}
	for range 2 { // each of these brings what waits, first into the private chat
		c.sim.Unblock(c.fadli)
		c.say(c.fadli, c.fadli, "/mulai")
		c.sim.AddBot(c.forum, c.sitti)
		c.quiet()
		if first, added := c.arrived("Senin"), c.arrived("pukul sembilan"); first != 1 || added != 1 {
			t.Fatalf("the answer arrived %d times, what was added %d times", first, added)
		}
		c.sim.Block(c.fadli)
		c.sim.RemoveBot(c.forum, c.sitti)
		c.quiet()
	}
	if q := c.asked(1); !q.Answers[1].Delivered {
		t.Error("what was added does not count as delivered")
	}
	c.sound()
}

// TestUndoingDoesNotBringAnAnswerAgain: what is undone is the asker's word, not that
// an answer has arrived in the meantime.
func TestUndoingDoesNotBringAnAnswerAgain(t *testing.T) {
	c := newTown(t)
	c.answered("Senin")
	c.sim.Block(c.fadli)
	c.sim.RemoveBot(c.forum, c.sitti)
	c.quiet()
	c.say(c.dewan, c.lukas, "/jawab Q-1 pukul sembilan")
	c.press(c.dewan, c.lukas, "Tambahkan")
	if said := c.press(c.forum, c.fadli, "Belum terjawab"); said.Text != "Pertanyaan dibuka lagi." {
		t.Fatalf("the press is answered with %q", said.Text)
	}
	c.sim.AddBot(c.forum, c.sitti)
	c.quiet()
	c.press(c.forum, c.fadli, "Urungkan")
	if q := c.asked(1); q.State != council.QuestionAnswered || !q.Answers[1].Delivered {
		t.Errorf("the question is %s, delivered: %v", q.State, q.Answers[1].Delivered)
	}
	c.sim.Unblock(c.fadli)
	c.say(c.fadli, c.fadli, "/mulai")
	if count := c.arrived("pukul sembilan"); count != 1 {
		t.Errorf("what was added arrived %d times", count)
	}
	c.sound()
}

// TestAnExplanationIsNotLostWithTheGroup: the council throws the bot out while the
// asker explains; the coordinators, who can pass the question on, read what was said.
func TestAnExplanationIsNotLostWithTheGroup(t *testing.T) {
	c := newTown(t)
	c.ask("Dewan mengapa dana terlambat?")
	c.press(c.dewan, c.lukas, "Minta penjelasan")
	c.replyNewest(c.dewan, c.lukas, "penanya tentang Q-1", "dana apa?")
	c.sim.RemoveBot(c.dewan, c.sitti)
	c.quiet()
	c.hush()
	c.replyNewest(c.forum, c.fadli, "Dewan bertanya", "dana kegiatan")
	for _, coordinator := range []int64{c.sitti, c.rahman} {
		contains(t, joined(c.heard(coordinator)), "Q-1 dari Forum", "Penjelasan Q-1: dana kegiatan")
	}
	if q := c.asked(1); q.State != council.QuestionSent {
		t.Errorf("the question is %s", q.State)
	}
	c.sound()
}
