package bot

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// give keeps an idea of a person in the forum, told to the end.
func (c *town) give(person int64, text string) council.Idea {
	c.t.Helper()
	return c.keep(council.Idea{SubmitterID: c.member(person), Named: true, Title: ideaTitle(text), Text: text})
}

func (c *town) keep(idea council.Idea) council.Idea {
	c.t.Helper()
	idea.FromGroup, idea.Origin = c.groupID(c.forum), council.Place{ChatID: c.forum}
	c.change(func(tx *store.Tx) error {
		r, err := c.bot.unasked(tx)
		if err != nil {
			return err
		}
		if idea, err = r.keepIdea(council.NewIdea(idea, r.now, r.city.Timing), reading.Terms(idea.Text)); err != nil {
			return err
		}
		_, err = r.offerAlike(idea)
		return err
	})
	c.quiet()
	return idea
}

// given reads an idea as it is kept.
func (c *town) given(number int64) (idea council.Idea) {
	c.t.Helper()
	c.look(func(tx *store.Tx) (err error) {
		idea, err = tx.Idea(number)
		return err
	})
	return idea
}

// TestWhoMayMerge: what a button would send is decided anew: coordinators merge, the
// submitter answers for the own idea, and nobody else does either.
func TestWhoMayMerge(t *testing.T) {
	c := newTown(t)
	c.say(c.fadli, c.fadli, "/mulai")
	first, second := c.give(c.lukas, "Antrean daring puskesmas lewat HP"), c.give(c.fadli, "antrian online puskesmas pake wa")
	shown := c.say(c.lukas, c.lukas, "/status")
	forge := func(person int64, message int, words string) {
		c.pressData(person, message, person, words)
	}
	pair := []any{second.Number, first.Number}
	button := func(word string, more ...any) string {
		return data(pressIdea, append(append([]any{word}, pair...), more...)...)
	}
	for _, words := range []string{button(ideaMerge), button(ideaApart), button(ideaOffer), data(pressIdea, ideaUnmerge, second.Number),
		button(ideaAlike, string(council.LikenessAgreed)), button(ideaJoin, 1), button(ideaAlike), data(pressIdea, ideaMerge), data(pressIdea, ideaSee, 99)} {
		forge(c.lukas, shown[0].ID, words)
	}
	c.say(c.lukas, c.lukas, fmt.Sprintf("/satukan I-%d ke I-%d", second.Number, first.Number))
	own, found := c.newest(c.fadli, "Ada ide serupa", "Sama, satukan")
	if !found {
		t.Fatal("the submitter is not asked")
	}
	forge(c.fadli, own.ID, button(ideaJoin, 1)) // nobody has offered that
	forge(c.fadli, own.ID, button(ideaAlike, string(council.LikenessMerged)))
	if state := c.given(second.Number).State; state != council.IdeaSubmitted {
		t.Fatalf("merged by somebody who may not: %s", state)
	}
	c.look(func(tx *store.Tx) error {
		like, err := tx.Likenesses(second.Number)
		if len(like) != 1 || like[0].State != council.LikenessFound {
			t.Errorf("somebody else has answered: %+v", like)
		}
		return err
	})
	c.press(c.fadli, c.fadli, "Sama, satukan")
	answer := c.pressData(c.fadli, own.ID, c.fadli, button(ideaAlike, string(council.LikenessDifferent)))
	c.look(func(tx *store.Tx) error {
		like, err := tx.Likenesses(second.Number)
		if like[0].State != council.LikenessDifferent && answer.Text == "" {
			t.Errorf("a second answer is neither taken nor refused: %+v", like)
		}
		return err
	})
}

// TestSupportIsOnePerPerson presses and commands in any order: the card tells how many
// people there are.
func TestSupportIsOnePerPerson(t *testing.T) {
	c := newTown(t)
	idea := c.give(c.lukas, "Perpustakaan keliling ke desa")
	random, people := rand.New(rand.NewPCG(3, 4)), []int64{c.sitti, c.baso, c.fadli}
	c.sim.Join(c.forum, c.baso)
	supports := map[int64]bool{}
	for range 40 {
		person := people[random.IntN(len(people))]
		switch random.IntN(3) {
		case 0:
			shown, _ := c.newest(c.forum, "I-1 ·", "")
			c.pressData(c.forum, shown.ID, person, data(pressIdea, ideaSupport, idea.Number))
			supports[person] = !supports[person]
		case 1:
			c.say(person, person, "/dukung I-1")
			supports[person] = true
		case 2:
			c.say(person, person, "/dukung I-1 batal")
			supports[person] = false
		}
	}
	want := 1
	for _, one := range supports {
		if one {
			want++
		}
	}
	if shown, found := c.newest(c.forum, fmt.Sprintf("%d dukungan", want), fmt.Sprintf("Dukung (%d)", want)); !found {
		t.Errorf("the card does not say %d: %q", want, shown.Text)
	}
}

// TestHostileIdeasAreShown: whatever stands in an idea, its title and its author's name
// passes through the card, the question about what it is like, the morning's proposal,
// the idea in full, comments, and the telling of a merge.
func TestHostileIdeasAreShown(t *testing.T) {
	c := newTown(t)
	random := rand.New(rand.NewPCG(5, 6))
	person := c.sim.Person(sim.Person{FirstName: "\u202e<b>Nur</b>", LastName: "T-1 /batal 👨‍👩‍👧‍👦", LanguageCode: "id"})
	c.sim.Join(c.forum, person)
	c.sim.Join(c.forum, c.baso)
	c.say(person, person, "/mulai")
	first := c.give(c.lukas, "truk sampah jadwal")
	for i, text := range []string{strings.Repeat("😀", council.IdeaTextLimit), strings.Repeat("truksampah", 350), hostileText(random) + " jadwal truk sampah",
		"jadwal truk sampah\n\n\u200b<i>I-1</i> {{.Reference}} %s", hostileText(random), "jadwal truk sampah " + strings.Repeat("a", 3000)} {
		idea := c.keep(council.Idea{SubmitterID: c.member(person), Named: i%2 == 0, Complaint: i%3 == 0, Title: ideaTitle(text), Text: text,
			Problem: strings.Repeat("😀", council.IdeaDetailLimit), Benefit: hostileText(random)})
		card, found := c.newest(c.forum, idea.Reference().String()+" ·", "Dukung (1)")
		if !found || strings.Count(card.Text, "\n") > 2 {
			t.Errorf("the card of idea %d is %q", i, card.Text)
		}
		c.reply(c.forum, c.baso, card.ID, strings.Repeat("😀", 1400)+hostileText(random))
		c.say(c.sitti, c.sitti, "/start "+idea.Reference().String())
		beginning := string([]rune(idea.Text)[:min(20, len([]rune(idea.Text)))])
		full, found := c.newest(c.sitti, beginning, "")
		if units := len(utf16.Encode([]rune(full.Text))); !found || units > 4096 || !strings.HasPrefix(full.Text, idea.Reference().String()) {
			t.Errorf("idea %d in full has %d units: %.200q", i, units, full.Text)
		}
		for {
			page, found := c.newest(c.sitti, "", "Berikutnya")
			if !found {
				break
			}
			c.pressOn(c.sitti, page.ID, c.sitti, "Berikutnya")
		}
		c.change(func(tx *store.Tx) error {
			return c.bot.Say(context.Background(), tx, council.Notice{MemberID: c.member(c.sitti), At: c.clock(), Items: []council.Item{
				{Reminder: council.Reminder{Subject: idea.Reference(), Step: council.StepLikeness, Audience: council.ToCoordinator}, Idea: idea}}})
		})
		c.say(c.sitti, c.sitti, fmt.Sprintf("/satukan %s ke %s", idea.Reference(), first.Reference()))
		if state := c.given(idea.Number).State; state != council.IdeaMerged {
			t.Errorf("idea %d is not merged: %s", i, state)
		}
	}
	if _, found := c.newest(c.sitti, "Dukungan 2", ""); !found {
		t.Error("the family is not counted")
	}
}
