package bot

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideaAsGiven keeps an idea as if somebody had given it.
func (c *town) ideaAsGiven(member int64, text string, change func(*council.Idea)) (idea council.Idea) {
	c.t.Helper()
	c.change(func(tx *store.Tx) (err error) {
		idea = council.NewIdea(council.Idea{SubmitterID: member, Title: ideaTitle(text), Text: text}, c.clock(), council.Timing{})
		if change != nil {
			change(&idea)
		}
		idea, err = tx.CreateIdea(idea)
		return err
	})
	return idea
}

// TestNobodySeesWhatIsHeldByAForgedButton: what waits for a coordinator, what was taken
// back, and whose an idea is, come out by no button, wherever it is pressed.
func TestNobodySeesWhatIsHeldByAForgedButton(t *testing.T) {
	c := newTown(t)
	herlina := c.member(c.herlina)
	c.ideaAsGiven(herlina, "usul terbuka", nil)
	held := c.ideaAsGiven(herlina, "rahasia satu", func(idea *council.Idea) { idea.Held = council.HeldSpam })
	gone := c.ideaAsGiven(herlina, "rahasia dua", func(idea *council.Idea) { idea.State = council.IdeaWithdrawn })
	for _, place := range []int64{c.fadli, c.forum} {
		list := only(t, c.say(place, c.fadli, "/daftar_ide"))
		contains(t, list.Text, "Ide (1)", "usul terbuka")
		for _, forged := range []string{
			data(pressIdea, ideaList, 0, anything, anything, anything, choiceHeld), data(pressIdea, ideaList, 0, anything, string(council.IdeaWithdrawn)),
			data(pressIdea, ideaList, 99999999999, "x", "y", "z", "w"), data(pressIdea, ideaList, -5), data(pressIdea, ideaPick), data(pressIdea, ideaPick, 0, "'", "%"),
			data(pressIdea, ideaSee, held.Number), data(pressIdea, ideaSee, gone.Number), data(pressIdea, ideaFiles, held.Number), data(pressIdea, ideaFiles, gone.Number),
		} {
			c.pressData(place, list.ID, c.fadli, forged)
			c.quiet()
		}
		for _, m := range c.sim.Messages(place) {
			if m.Bot && strings.Contains(m.Text, "rahasia") {
				t.Errorf("shown: %s", m.Text)
			}
		}
	}
	list := only(t, c.say(c.forum, c.herlina, "/daftar_ide"))
	c.pressData(c.forum, list.ID, c.herlina, data(pressIdea, ideaList, 0, anything, anything, anything, choiceMine))
	for _, m := range c.sim.Messages(c.forum) {
		if m.Bot && strings.Contains(m.Text, "Ide Bapak/Ibu") {
			t.Errorf("the group reads whose an idea is: %s", m.Text)
		}
	}
	contains(t, only(t, c.say(c.sitti, c.sitti, "/daftar_ide tertahan")).Text, "rahasia satu")
}

// TestAListPressedElsewhere: the buttons of a list change nothing but lists.
func TestAListPressedElsewhere(t *testing.T) {
	c := newTown(t)
	c.ideaAsGiven(c.member(c.fadli), "usul terbuka", nil)
	shown := only(t, c.say(c.fadli, c.fadli, "/status"))
	c.pressData(c.fadli, shown.ID, c.fadli, data(pressIdea, ideaList, 0))
	c.pressData(c.fadli, shown.ID, c.fadli, data(pressIdea, ideaPick, 0))
	for _, m := range c.sim.Messages(c.fadli) {
		if m.ID == shown.ID && m.Text != shown.Text {
			t.Errorf("the message became %s", m.Text)
		}
	}
}

// TestHostileIdeasAreListed: whatever an idea says and its author is called, every list
// and every full view reaches Telegram, and is a message that Telegram takes.
func TestHostileIdeasAreListed(t *testing.T) {
	c := newTown(t)
	random := rand.New(rand.NewPCG(7, 2026))
	texts := []string{strings.Repeat("😀", council.IdeaTextLimit), strings.Repeat("\u200b", 60) + "x", strings.Repeat("a", council.IdeaTextLimit)}
	for range 20 {
		texts = append(texts, hostileText(random))
	}
	fadli := c.member(c.fadli)
	for _, text := range texts {
		c.ideaAsGiven(fadli, text, func(idea *council.Idea) {
			idea.Title = shorten(text, council.IdeaTitleLimit)
			idea.Problem, idea.Benefit, idea.Named = shorten(text, 8), hostileText(random), random.IntN(2) == 0
			idea.Dimension = council.Dimensions[random.IntN(len(council.Dimensions))]
		})
	}
	c.ideaAsGiven(fadli, "ditahan "+hostileText(random), func(idea *council.Idea) { idea.Held = council.HeldRepeat })
	for _, typed := range []string{"/daftar_ide", "/daftar_ide terbanyak", "/ide_saya", "/cari usul", "/status", "/daftar_ide tertahan", "/daftar_ide " + hostileText(random)} {
		for _, place := range []int64{c.fadli, c.forum, c.sitti} {
			person := place
			if place == c.forum {
				person = c.fadli
			}
			if answer := c.say(place, person, typed); len(answer) != 1 {
				t.Errorf("%q is answered with %d messages", typed, len(answer))
			}
			for range 5 {
				if _, more := c.newest(place, "", "Berikutnya"); more {
					c.press(place, person, "Berikutnya")
				}
			}
		}
	}
	for number := range int64(len(texts)) {
		if answer := c.say(c.fadli, c.fadli, "/ide "+ideaReference(number+1)); len(answer) != 1 {
			t.Errorf("I-%d is answered with %d messages", number+1, len(answer))
		}
	}
	for _, place := range []int64{c.fadli, c.forum, c.sitti} {
		for _, m := range c.sim.Messages(place) {
			if units := len(utf16.Encode([]rune(m.Text))); m.Bot && (units > 4096 || strings.ContainsRune(m.Text, '\uFFFD')) {
				t.Errorf("a message of %d units: %.80q", units, m.Text)
			}
		}
	}
}
