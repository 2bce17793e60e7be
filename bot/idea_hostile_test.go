package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// fakes are references to things that are not there, as people write them.
var fakes = []string{"T-77", "Q-77", "I-77", "E-77", "A-77", "P-77"}

// falseReference finds one of them where the bot offers something.
var falseReference = regexp.MustCompile(`[TQIEAP]-?77`)

// hostileWords puts together what may stand in a text, with references to nothing,
// addresses, and signs that turn round or hide what stands behind them.
func hostileWords(random *rand.Rand) string {
	pieces := append([]string{"https://jahat.example/?a=1&b=<2>", "t.me/rembuk_bot?start=T-77", "\u2066kanan\u2069", "\u202d\u202eT-77", "\r\n", "\u2028", "\u0000", "/hapus_data",
		strings.Repeat("😀", 70), "[Setuju]", "tg://resolve?domain=x"}, fakes...)
	text := hostileText(random)
	for range 3 {
		text += pieces[random.IntN(len(pieces))] + " "
	}
	return text
}

// soundWire expects that everything the bot has asked of Telegram was taken, says
// nothing that is cut in two, and offers nothing about a thing that is not there.
func (c *harness) soundWire() {
	c.t.Helper()
	for _, call := range c.sim.Calls() {
		if call.Outcome != "200" && !strings.Contains(call.Outcome, "message is not modified") {
			c.t.Errorf("%s was answered %s: %.200q", call.Method, call.Outcome, call.Params["text"])
		}
		for name, most := range map[string]int{"text": 4096, "caption": 1024} {
			said := call.Params[name]
			if units := len(utf16.Encode([]rune(said))); units > most || !utf8.ValidString(said) || strings.ContainsRune(said, utf8.RuneError) {
				c.t.Errorf("%s: a %s of %d units: %.120q", call.Method, name, units, said)
			}
		}
		var keyboard struct {
			Rows [][]struct {
				Text string `json:"text"`
				Data string `json:"callback_data"`
				URL  string `json:"url"`
			} `json:"inline_keyboard"`
		}
		if call.Params["reply_markup"] == "" {
			continue
		}
		if err := json.Unmarshal([]byte(call.Params["reply_markup"]), &keyboard); err != nil {
			c.t.Errorf("%s: %v", call.Method, err)
		}
		for _, row := range keyboard.Rows {
			for _, button := range row {
				if strings.TrimSpace(plainLine(button.Text)) == "" || strings.ContainsRune(button.Text, utf8.RuneError) || len(button.Data) > 64 {
					c.t.Errorf("a button %q with %q", button.Text, button.Data)
				}
				if offered := button.Text + " " + button.Data + " " + button.URL; falseReference.MatchString(offered) {
					c.t.Errorf("a button leads to nothing: %q", offered)
				}
			}
		}
	}
}

// TestHostileIdeasOnTheWire: ideas of whatever words by people of whatever names, in
// every state, with whatever reasons, pass through every command, card and notice
// that shows them.
func TestHostileIdeasOnTheWire(t *testing.T) {
	c := newTown(t)
	random := rand.New(rand.NewPCG(8, 2026))
	var ideas []council.Idea
	for i, name := range append([]string{strings.Repeat("😀", 32), "\u200b", "T-77", "/selesai T-77", "\u202eSekda", "=1+1"}, hostile[:6]...) {
		person := c.sim.Person(sim.Person{FirstName: name, LastName: fakes[i%len(fakes)], LanguageCode: []string{"id", "en"}[i%2]})
		c.sim.Join(c.forum, person)
		c.say(person, person, "/mulai")
		words := hostileWords(random)
		idea := c.keep(council.Idea{SubmitterID: c.member(person), Named: i%3 != 0, Title: ideaTitle(words), Text: words,
			Problem: hostileWords(random), Benefit: hostileWords(random), Dimension: council.Dimensions[i%len(council.Dimensions)]})
		c.say(person, person, "/dukung "+ideaReference(1+random.Int64N(idea.Number)))
		c.say(person, person, "/ide "+idea.Reference().String())
		if card, found := c.newest(c.forum, idea.Reference().String()+" ·", ""); found {
			c.reply(c.forum, person, card.ID, hostileWords(random))
		}
		ideas = append(ideas, idea)
	}
	c.decided(random, ideas)
	for _, typed := range []string{"/daftar_ide", "/daftar_ide terbanyak", "/ide_saya", "/cari usul", "/status", "/ide " + hostileWords(random), "/cari " + hostileWords(random),
		"/daftar_ide " + hostileWords(random), "/dukung " + hostileWords(random), "/satukan " + hostileWords(random)} {
		for _, place := range []int64{c.fadli, c.sitti, c.lukas} {
			c.say(place, place, typed)
		}
		c.say(c.forum, c.fadli, typed)
		c.say(c.dewan, c.lukas, typed)
	}
	for _, idea := range ideas {
		c.say(c.sitti, c.sitti, "/ide "+idea.Reference().String())
		c.say(c.dewan, c.lukas, "/ide "+idea.Reference().String())
	}
	c.noticed(ideas)
	c.deliberated(random, ideas[0], ideas[1])
	c.say(c.sitti, c.sitti, "/daftar_ide ekspor")
	c.say(c.sitti, c.sitti, "/daftar_ide gambar")
	c.say(c.lukas, c.lukas, "/daftar_ide menunggu saya")
	c.say(c.sitti, c.sitti, fmt.Sprintf("/satukan %s ke %s", ideas[11].Reference(), ideas[0].Reference()))
	if state := c.given(ideas[11].Number).State; state != council.IdeaMerged {
		t.Errorf("they are not merged: %s", state)
	}
	c.sound()
	c.soundWire()
}

// decided puts ideas into every state that there is, with reasons of whatever words.
func (c *town) decided(random *rand.Rand, ideas []council.Idea) {
	c.t.Helper()
	for i := range ideas {
		state := council.IdeaStates[i%len(council.IdeaStates)]
		if state == council.IdeaMerged || i < 2 {
			continue
		}
		ideas[i].State, ideas[i].Version = state, ideas[i].Version+1
		ideas[i].Decision = council.IdeaDecision{State: council.IdeaApproved, Reason: hostileWords(random), MemberID: c.member(c.anwar), At: c.clock()}
		c.change(func(tx *store.Tx) error { return tx.SaveIdea(ideas[i]) })
	}
}

// noticed reminds everybody whom ideas are reminded to, for every reason that there is.
func (c *town) noticed(ideas []council.Idea) {
	c.t.Helper()
	for _, whom := range []struct {
		person   int64
		audience council.Audience
		steps    []council.Step
	}{
		{c.sitti, council.ToCoordinator, []council.Step{council.StepLikeness, council.StepIdeaNew, council.StepIdeaHeld, council.StepReviewSoon, council.StepReviewDay,
			council.StepDecideSoon, council.StepDecideDay, council.StepTrialDecide}},
		{c.anwar, council.ToLeader, []council.Step{council.StepReviewLate, council.StepDecideLate}},
		{c.lukas, council.ToScorer, []council.Step{council.StepScoreAsk}},
	} {
		for _, step := range whom.steps {
			notice := council.Notice{MemberID: c.member(whom.person)}
			for _, idea := range ideas {
				notice.Items = append(notice.Items, council.Item{Idea: c.given(idea.Number), Reminder: council.Reminder{Subject: idea.Reference(), Step: step, Audience: whom.audience}})
			}
			if said := c.reminded(whom.person, notice); len(said) == 0 {
				c.t.Errorf("nothing is said for %s", step)
			}
		}
	}
}

// deliberated has the council review, score and decide ideas, and a coordinator try them.
func (c *town) deliberated(random *rand.Rand, ideas ...council.Idea) {
	c.t.Helper()
	for _, idea := range ideas {
		reference := idea.Reference().String()
		c.say(c.sitti, c.sitti, "/telaah "+reference)
		c.press(c.sitti, c.sitti, "Benar")
		if state := c.given(idea.Number).State; state != council.IdeaUnderReview {
			c.t.Errorf("%s is not under review: %s", reference, state)
		}
		c.say(c.lukas, c.lukas, "/telaah "+reference)
		c.press(c.lukas, c.lukas, "4")
		c.say(c.dewan, c.lukas, "/telaah "+reference)
		c.say(c.sitti, c.sitti, "/telaah "+reference+" atas nama "+plainLine(hostileWords(random)))
		c.say(c.sitti, c.sitti, "/telaah "+reference+" atas nama anwar")
		c.press(c.sitti, c.sitti, "3")
		c.look(func(tx *store.Tx) error {
			hands, err := tx.ScoreHands(idea.Number, c.member(c.anwar))
			if len(hands) != 1 || hands[0] != c.member(c.sitti) {
				c.t.Errorf("%s: nothing is recorded for Anwar by Sitti: %v", reference, hands)
			}
			return err
		})
		c.say(c.dewan, c.anwar, "/putuskan "+reference+" setuju uji coba, "+plainLine(hostileWords(random)))
		if state := c.given(idea.Number).State; state != council.IdeaApproved {
			c.t.Errorf("%s is not approved: %s", reference, state)
		}
		c.say(c.sitti, c.sitti, "/ide "+reference+" mulai besok")
		c.say(c.sitti, c.sitti, "/ide "+reference+" profil")
	}
}

// TestASheetNamesOnlyWhoAllowedIt: what people wrote stands in the workbook as words,
// and the name only of those who let it be shown with every idea of theirs.
func TestASheetNamesOnlyWhoAllowedIt(t *testing.T) {
	c := newTown(t)
	baso, lukas := c.member(c.baso), c.member(c.lukas)
	c.ideaAsGiven(baso, "=1+1 jadwal truk", func(idea *council.Idea) { idea.Named = true })
	c.ideaAsGiven(lukas, "@SUM(A1)\x00 peta danau", func(idea *council.Idea) { idea.FromGroup = c.groupID(c.forum) })
	c.ideaAsGiven(baso, "rahasia", func(idea *council.Idea) { idea.State = council.IdeaWithdrawn })
	c.ideaAsGiven(baso, "antrean", func(idea *council.Idea) { idea.State, idea.MergedInto = council.IdeaMerged, 2 })
	rows := func(member int64, words ...string) (rows [][]string) {
		t.Helper()
		c.look(func(tx *store.Tx) error {
			workbook, err := makeIdeasSheet(t.Context(), tx, c.bot, append([]string{"id", idText(member)}, words...))
			if err != nil {
				return err
			}
			file, err := excelize.OpenReader(bytes.NewReader(workbook))
			if err != nil {
				return err
			}
			rows, err = file.GetRows("Ide")
			return err
		})
		return rows
	}
	all := rows(c.member(c.sitti))
	if len(all) != 4 {
		t.Fatalf("there are %d rows: %q", len(all), all)
	}
	const title, group, submitter, into = 1, 6, 7, 14
	for row, want := range [][]string{{"antrean", "", "", "I-2"}, {"@SUM(A1) peta danau", "Komunitas", "", ""}, {"=1+1 jadwal truk", "", "Baso Irfandi", ""}} {
		found := append(all[row+1], make([]string, 20)...)
		if shown := []string{found[title], found[group], found[submitter], found[into]}; !slices.Equal(shown, want) {
			t.Errorf("a row is %q, not %q", shown, want)
		}
	}
	if found := rows(c.member(c.sitti), anything, string(council.IdeaMerged)); len(found) != 2 {
		t.Errorf("of those that were merged: %q", found)
	}
	for name, arguments := range map[string][]string{"nobody": {"id"}, "no number": {"id", "x"}, "no coordinator": {"id", idText(lukas)}} {
		c.look(func(tx *store.Tx) error {
			if _, err := makeIdeasSheet(t.Context(), tx, c.bot, arguments); err == nil {
				t.Errorf("a sheet was made for %s", name)
			}
			return nil
		})
	}
}
