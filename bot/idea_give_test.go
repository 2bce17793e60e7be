package bot

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// ideasOf are the ideas of a member, newest first.
func (c *town) ideasOf(member int64) (ideas []council.Idea) {
	c.t.Helper()
	c.look(func(tx *store.Tx) (err error) {
		ideas, err = tx.IdeasBy(member, time.Time{})
		return err
	})
	return ideas
}

// draftsOf are the drafts of a member.
func (c *town) draftsOf(member int64) (drafts []store.IdeaDraft) {
	c.t.Helper()
	c.look(func(tx *store.Tx) (err error) {
		drafts, err = tx.IdeaDrafts(member)
		return err
	})
	return drafts
}

// hostile are pieces of what people, or their telephones, may put into a text.
var hostile = []string{
	"<b>tebal</b>", "<script>alert()</script>", "&amp;&lt;", "*_`[x](tg://user?id=)`", "\u202eterbalik\u202c", "\u200b\u200d\u2060", "\ufeff",
	"مرحبا", "/batal", "/ide", "@rembuk_bot", "T-1", "I-1", "Q-7", "{{.Reference}}", "{{", "%s%d%!", "=HYPERLINK()", "e\u0301\u0327", "👨‍👩‍👧‍👦",
	"\n\n\n", "\t", "'; DROP TABLE idea;--", "null", "1:idea:agree:1", "\u0600\u0601", "😀",
}

// hostileText puts some of them together.
func hostileText(random *rand.Rand) string {
	var text strings.Builder
	for range 1 + random.IntN(6) {
		text.WriteString(hostile[random.IntN(len(hostile))] + " usul ")
	}
	return text.String()
}

// TestNothingThatIsTypedIsLost: whatever is typed as an idea, by people of whatever
// name, stands in the database as it was typed, as an idea or as a draft, and so do
// the answers; what is not kept is said. Nothing that is sent breaks Telegram's rules.
func TestNothingThatIsTypedIsLost(t *testing.T) {
	c := newTown(t)
	random := rand.New(rand.NewPCG(6, 2026))
	texts := []string{strings.Repeat("😀", 2040), strings.Repeat("usul kata ", 408), strings.Repeat("a", 4080), "usul\u202e /selesai T-1", strings.Repeat("\u200b", 50) + "usul peta"}
	for range 25 {
		texts = append(texts, hostileText(random))
	}
	for i, text := range texts {
		person := c.sim.Person(sim.Person{FirstName: hostile[i%len(hostile)], LastName: hostile[(i*7)%len(hostile)], LanguageCode: "id"})
		c.sim.Join(c.forum, person)
		c.say(person, person, "/mulai")
		place := person
		if i%3 == 0 {
			place = c.forum
		}
		c.say(place, person, "/ide "+text)
		member := c.actor(person).ID
		for _, button := range []string{"Ini ide", "Tetap sampaikan", "Setuju"} {
			if _, shown := c.newest(place, "", button); shown && button != "Setuju" && len(c.draftsOf(member)) > 0 && c.draftsOf(member)[0].Step == stepDoubt {
				c.press(place, person, button)
			}
			if button == "Setuju" {
				if _, shown := c.newest(person, "Setuju?", button); shown {
					c.press(person, person, button)
				}
			}
		}
		c.kept(fmt.Sprint("idea ", i), person, text, council.IdeaTextLimit, func(idea council.Idea) string { return idea.Text })
		if len(c.ideasOf(member)) == 0 || c.ideasOf(member)[0].Held != council.HeldNot {
			continue
		}
		c.say(person, person, "a"+text)
		c.kept(fmt.Sprint("problem ", i), person, "a"+text, council.IdeaDetailLimit, func(idea council.Idea) string { return idea.Problem })
		c.say(person, person, "b"+text)
		c.kept(fmt.Sprint("benefit ", i), person, "b"+text, council.IdeaDetailLimit, func(idea council.Idea) string { return idea.Benefit })
		c.press(person, person, "Boleh")
		if idea := c.ideasOf(member)[0]; !idea.Named || len(c.draftsOf(member)) != 0 {
			t.Errorf("idea %d is not finished: %+v", i, idea)
		}
	}
}

// kept expects what somebody typed in the person's newest idea, or its beginning and
// the word that it was cut; what only seems to be a test is answered.
func (c *town) kept(what string, person int64, typed string, limit int, field func(council.Idea) string) {
	c.t.Helper()
	member := c.actor(person).ID
	typed = strings.TrimSpace(typed)
	ideas := c.ideasOf(member)
	if len(ideas) == 0 {
		if len(c.saidTo(person, "Pesan sampai"))+len(c.saidTo(c.forum, "Pesan sampai")) == 0 {
			c.t.Errorf("%s: %q is lost", what, typed)
		}
		return
	}
	if got := field(ideas[0]); got != typed {
		cut := len(c.saidTo(person, "huruf pertama yang tercatat")) > 0
		if !cut || got != string([]rune(typed)[:limit]) {
			c.t.Errorf("%s: %q became %q (said to be cut: %v)", what, typed, got, cut)
		}
	}
	for _, m := range c.sim.Messages(person) {
		if units := len(utf16.Encode([]rune(m.Text))); m.Bot && units > 4096 {
			c.t.Errorf("%s: a message of %d units", what, units)
		}
	}
}

// TestOnlyTheAuthorGoesOn: nobody completes, names, skips or withdraws another's idea,
// also not with what another's button would send.
func TestOnlyTheAuthorGoesOn(t *testing.T) {
	c := newTown(t)
	c.say(c.fadli, c.fadli, "/mulai")
	c.say(c.fadli, c.fadli, "/ide pasar apung tiap minggu")
	c.press(c.fadli, c.fadli, "Setuju")
	member := c.member(c.fadli)
	draft := c.draftsOf(member)[0]
	before := c.ideasOf(member)[0]
	shown := c.say(c.lukas, c.lukas, "/status")
	for _, forged := range []string{
		data(pressIdea, ideaSkip, draft.ID, stepProblem), data(pressIdea, ideaNamed, draft.ID, 1), data(pressIdea, ideaWithdraw, before.Number),
		data(pressIdea, ideaDrop, draft.ID), data(pressIdea, ideaAnyway, draft.ID), data(pressIdea, ideaGoOn, draft.ID),
		data(pressIdea, ideaRelease, before.Number), data(pressIdea, ideaNone, before.Number), data(pressIdea, ideaUndo, before.Number, 1),
		data(pressIdea, "x"), data(pressIdea),
	} {
		c.pressData(c.lukas, shown[0].ID, c.lukas, forged)
		if after, drafts := c.ideasOf(member)[0], c.draftsOf(member); !cmp.Equal(after, before) || len(drafts) != 1 || drafts[0].Step != draft.Step {
			t.Errorf("%s changed another's idea: %+v", forged, after)
		}
	}
	c.say(c.lukas, c.lukas, "/ide I-1 tarik")
	c.say(c.lukas, c.lukas, "/urungkan I-1")
	if after := c.ideasOf(member)[0]; !cmp.Equal(after, before) {
		t.Errorf("another's command changed it: %+v", after)
	}
}

// TestTitlesOfIdeas: a title is the first sentence, cut between words.
func TestTitlesOfIdeas(t *testing.T) {
	for text, want := range map[string]string{
		"Peta wisata danau. Ada jadwal perahu.":           "Peta wisata danau",
		"wifi gratis di mana mana":                        "wifi gratis di mana mana",
		"Kel. Bontosalewa perlu jadwal truk sampah":       "Kel. Bontosalewa perlu jadwal truk sampah",
		"ANTRIAN PUSKESMAS ONLINE!!! ambil nomer":         "ANTRIAN PUSKESMAS ONLINE",
		"baris satu\nbaris dua":                           "baris satu baris dua",
		strings.Repeat("panjang ", 20):                    strings.TrimSpace(strings.Repeat("panjang ", 8)) + "…",
		"Harga Rp1.500.000 per titik itu mahal; tunda":    "Harga Rp1.500.000 per titik itu mahal",
		"\u202eterbalik\u202c pasar apung tiap hari raya": "terbalik pasar apung tiap hari raya",
	} {
		if got := ideaTitle(text); got != want {
			t.Errorf("%q has the title %q, not %q", text, got, want)
		}
	}
}

// TestACrowdOfStrangers: people outside every group give so many ideas together on a
// day; the others are answered once, and the coordinators are told once.
func TestACrowdOfStrangers(t *testing.T) {
	c := newTown(t)
	c.change(func(tx *store.Tx) error { return tx.SetSetting(store.SettingStrangers, "1") })
	asked, put := 0, 0
	for i := range council.StrangersIdeasInAll + 5 {
		person := c.person(fmt.Sprint("Orang ", i), "")
		c.say(person, person, "/ide usul kebun sayur")
		c.say(person, person, "/ide usul kolam ikan")
		asked += len(c.saidTo(person, "Setuju?"))
		put += len(c.saidTo(person, "besok"))
	}
	if asked != council.StrangersIdeasInAll || put != council.StrangersIdeasInAll+5 {
		t.Errorf("%d were asked to agree, %d told to go on tomorrow", asked, put)
	}
	for _, coordinator := range []int64{c.sitti, c.rahman} {
		if told := c.saidTo(coordinator, "di luar grup"); len(told) != 1 {
			t.Errorf("a coordinator is told %q", told)
		}
	}
	c.pass(24 * time.Hour)
	late := c.person("Orang Besok", "")
	c.say(late, late, "/ide usul kebun sayur")
	if len(c.saidTo(late, "Setuju?")) != 1 {
		t.Error("on the next day nobody is asked")
	}
}

// TestAReviewedIdeaIsNotEdited: editing the command corrects an idea as long as
// nobody has had it in hand, and numbers of one's own are not taken by that way.
func TestAReviewedIdeaIsNotEdited(t *testing.T) {
	c := newTown(t)
	c.say(c.lukas, c.lukas, "/ide pasar apung tiap minggu")
	given := c.sim.Messages(c.lukas)
	message := 0
	for _, m := range given {
		if strings.HasPrefix(m.Text, "/ide ") {
			message = m.ID
		}
	}
	member := c.member(c.lukas)
	text := func() string { return c.ideasOf(member)[0].Text }
	c.sim.Edit(c.lukas, message, "/ide pasar apung tiap pekan")
	c.quiet()
	if text() != "pasar apung tiap pekan" {
		t.Errorf("not corrected: %q", text())
	}
	c.sim.Edit(c.lukas, message, "/ide NIK saya 7324123412341234")
	c.quiet()
	c.change(func(tx *store.Tx) error {
		idea := c.ideasIn(tx, member)
		idea.State = council.IdeaUnderReview
		return tx.SaveIdea(idea)
	})
	c.sim.Edit(c.lukas, message, "/ide pasar apung tiap hari")
	c.quiet()
	if text() != "pasar apung tiap pekan" {
		t.Errorf("edited while it is reviewed: %q", text())
	}
	if len(c.saidTo(c.lukas, "suntingan ini tidak ikut")) != 1 || len(c.saidTo(c.lukas, "mohon tidak mengirim NIK")) != 1 {
		t.Errorf("not said: %q", texts(c.sim.Messages(c.lukas)))
	}
}

// ideasIn is the newest idea of a member, inside a transaction.
func (c *town) ideasIn(tx *store.Tx, member int64) council.Idea {
	c.t.Helper()
	ideas, err := tx.IdeasBy(member, time.Time{})
	if err != nil || len(ideas) == 0 {
		c.t.Fatalf("there is no idea: %v", err)
	}
	return ideas[0]
}

// TestAllFilesOfAnIdeaAreKept: an album that came before consent, a reply's voice, a
// place on the map, and what comes with the answers.
func TestAllFilesOfAnIdeaAreKept(t *testing.T) {
	c := newTown(t)
	for i := range 8 {
		words := ""
		if i == 0 {
			words = "/ide tempat sampah terpilah di pantai"
		}
		c.sim.Say(sim.Message{Chat: c.fadli, Person: c.fadli, Caption: words, MediaGroup: "album", Photo: &sim.File{Name: fmt.Sprint(i, ".jpg"), Bytes: []byte{byte(i)}}})
	}
	c.quiet()
	c.press(c.fadli, c.fadli, "Setuju")
	kinds := func() map[string]int {
		count := make(map[string]int)
		c.look(func(tx *store.Tx) error {
			files, err := tx.Attachments("I-1")
			for _, file := range files {
				count[file.Kind]++
			}
			return err
		})
		return count
	}
	if now := kinds(); now[filePhoto] != 8 {
		t.Errorf("of the album there is %v", now)
	}
	c.write(sim.Message{Chat: c.fadli, Person: c.fadli, Location: &sim.Location{Latitude: -2.5, Longitude: 121.1}})
	c.write(sim.Message{Chat: c.fadli, Person: c.fadli, Kind: fileVoice, Media: &sim.File{Name: "suara.ogg", Bytes: []byte("suara")}})
	if now := kinds(); now[filePhoto] != 8 || now[fileLocation] != 1 || now[fileVoice] != 1 {
		t.Errorf("with what was sent to the question there is %v", now)
	}
	if drafts := c.draftsOf(c.member(c.fadli)); len(drafts) != 1 || drafts[0].Step != stepProblem {
		t.Errorf("a file without words is no answer: %+v", drafts)
	}
}
