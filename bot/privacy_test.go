package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// requests lists what is asked about personal data and waits for an answer.
func (h *harness) openRequests() (open []council.PrivacyRequest) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		open, err = tx.OpenPrivacyRequests()
		return err
	})
	return open
}

// askOther lets somebody ask something in these words.
func (c *town) askOther(person int64, words string) {
	c.t.Helper()
	c.say(person, person, "/privasi")
	c.press(person, person, "Permintaan lain")
	c.say(person, person, words)
}

// TestOnlyCoordinatorsSeeWhatOthersAsk: buttons of coordinators that are forged tell and
// change nothing.
func TestOnlyCoordinatorsSeeWhatOthersAsk(t *testing.T) {
	c := newTown(t)
	c.askOther(c.fadli, "rahasia saya")
	asked := c.openRequests()[0]
	c.say(c.baso, c.baso, "/privasi")
	page, _ := c.newest(c.baso, "7. Hak", "")
	for _, forged := range []string{
		data(pressPrivacy, privacyAnswer, asked.Number), data(pressPrivacy, privacyOpen), data(pressPrivacy, privacyConsents, asked.MemberID),
		data(pressPrivacy, privacySend, asked.Number), data(pressPrivacy, "x"), data(pressPrivacy), data(pressPrivacy, privacyText, 99), data(pressPrivacy, privacyConsents, 9999),
	} {
		c.pressData(c.baso, page.ID, c.baso, forged)
	}
	c.say(c.baso, c.baso, "/privasi H-1")
	if said := c.saidTo(c.baso, "rahasia saya"); len(said) != 0 {
		t.Errorf("somebody else reads %q", said)
	}
	if open := c.openRequests(); len(open) != 1 {
		t.Errorf("left open: %+v", open)
	}
}

// TestTheFirstAnswerWins: of two coordinators who write an answer at once, one ends the
// request and the other is told; the person hears one answer.
func TestTheFirstAnswerWins(t *testing.T) {
	c := newTown(t)
	c.askOther(c.fadli, "siapa yang membaca ide saya?")
	for _, coordinator := range []int64{c.sitti, c.rahman} {
		c.press(coordinator, coordinator, "Jawab")
		c.say(coordinator, coordinator, "jawaban dari "+idText(coordinator))
	}
	c.press(c.rahman, c.rahman, "Benar")
	c.press(c.sitti, c.sitti, "Benar")
	if said := c.saidTo(c.fadli, "jawaban dari "); len(said) != 1 || !strings.Contains(said[0], idText(c.rahman)) {
		t.Errorf("heard: %q", said)
	}
	if open := c.openRequests(); len(open) != 0 {
		t.Errorf("left open: %+v", open)
	}
}

// TestWordsThatAreTooLongAreAskedForAgain, and masked ones are masked.
func TestWordsThatAreTooLongAreAskedForAgain(t *testing.T) {
	c := newTown(t)
	c.askOther(c.fadli, strings.Repeat("panjang ", 200))
	if open := c.openRequests(); len(open) != 0 {
		t.Fatalf("kept: %+v", open)
	}
	c.say(c.fadli, c.fadli, "NIK saya 7324012345678901 salah ditulis")
	if open := c.openRequests(); len(open) != 1 || strings.Contains(open[0].Words, "7324012345678901") {
		t.Errorf("kept: %+v", open)
	}
}

// TestAnAnswerToWhoCannotBeReached is kept, and the coordinator hears that it did not arrive.
func TestAnAnswerToWhoCannotBeReached(t *testing.T) {
	c := newTown(t)
	c.askOther(c.fadli, "mohon dibatasi")
	member := c.member(c.fadli)
	c.change(func(tx *store.Tx) error { return tx.SetReach(member, council.ReachBlocked) })
	c.press(c.sitti, c.sitti, "Jawab")
	c.say(c.sitti, c.sitti, "baik")
	c.press(c.sitti, c.sitti, "Benar")
	if _, found := c.newest(c.sitti, "belum dapat dihubungi", ""); !found || len(c.openRequests()) != 0 {
		t.Errorf("left open: %+v", c.openRequests())
	}
}

// TestEveryTextFitsIntoOneMessage, with the longest names that are allowed.
func TestEveryTextFitsIntoOneMessage(t *testing.T) {
	c := newTown(t)
	b := &Bot{Options: Options{Officer: strings.Repeat("m", 200), Retention: 1200}, book: c.bot.book}
	for language, text := range b.privacyTexts(&city{Name: strings.Repeat("w", 100), Zone: time.UTC}) {
		if !fits(text.Short, textLimit-300) || !fits(text.Full, textLimit-600) {
			t.Errorf("%s: %d and %d runes", language, len([]rune(text.Short)), len([]rune(text.Full)))
		}
	}
}
