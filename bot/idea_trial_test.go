package bot

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// onTrial keeps an idea of a person in the forum whose trial begins tomorrow.
func (c *town) onTrial(person int64, title string) council.Idea {
	c.t.Helper()
	idea := c.give(person, title)
	c.change(func(tx *store.Tx) error {
		r, err := c.bot.unasked(tx)
		if err != nil {
			return err
		}
		decided, err := idea.Decide(council.IdeaDecision{State: council.IdeaApproved, Reason: "dicoba", At: r.now}, r.city.Timing.Calendar)
		if err != nil {
			return err
		}
		if err := r.keepIdeaAs(decided, council.EventDecided, "dicoba"); err != nil {
			return err
		}
		family, err := r.tx.IdeaFamily(idea.Number)
		if err != nil {
			return err
		}
		return r.startTrial(family, council.TrialDay(r.now, r.city.Timing.Calendar), 0)
	})
	c.quiet()
	return c.given(idea.Number)
}

// TestWhoDecidesAboutATrial: whatever a button would send, only a coordinator adopts,
// stops or moves a trial; council and coordinators see its profile; and whoever stands
// outside every group says nothing about it.
func TestWhoDecidesAboutATrial(t *testing.T) {
	c := newTown(t)
	idea := c.onTrial(c.fadli, "Kelas koding desa")
	number := idea.Number
	for person, sees := range map[int64]bool{c.fadli: false, c.baso: false, c.lukas: true} {
		shown := c.say(person, person, "/status")
		message := shown[len(shown)-1].ID
		for _, forged := range []string{data(pressIdea, ideaAdopt, number), data(pressIdea, ideaStop, number), data(pressIdea, ideaTrialDay, number),
			data(pressIdea, ideaProfile, number), data(pressIdea, ideaField, number, 12), data(pressIdea, ideaField, number, -1),
			data(pressIdea, ideaField, number, 1), data(pressIdea, ideaField, number, 99999999999)} {
			c.pressData(person, message, person, forged)
			c.quiet()
		}
		c.say(person, person, "/ide I-1 hentikan tidak suka")
		c.say(person, person, "/ide I-1 penerapan")
		c.say(person, person, "/ide I-1 mulai besok")
		if now := c.given(number); now.State != council.IdeaTrial || !now.TrialAt.Equal(idea.TrialAt) {
			t.Errorf("changed by %d: %+v", person, now)
		}
		got := false
		for _, message := range c.sim.Messages(person) {
			got = got || message.Bot && strings.Contains(message.Text, "Profil I-1")
		}
		if got != sees {
			t.Errorf("%d has the profile: %v", person, got)
		}
	}
}

// TestWhatIsSaidOfATrialFitsAMessage: whatever stands in an idea, in a reason or in a
// field, what is said of it arrives whole, and once.
func TestWhatIsSaidOfATrialFitsAMessage(t *testing.T) {
	for name, words := range map[string]string{
		"emoji": strings.Repeat("😀", 990), "marks": "<b>\u202e\u200b/ide T-1 {{.X}} &amp; %s\n\n\tbaris", "dots": strings.Repeat(". ", 400),
	} {
		t.Run(name, func(t *testing.T) {
			c := newTown(t)
			c.say(c.fadli, c.fadli, "/mulai")
			idea := c.onTrial(c.fadli, words)
			contains(t, lastOf(t, c, c.fadli), "Mohon masukan setelah mencoba.")
			contains(t, lastOf(t, c, c.sitti), "Siapkan profil untuk Indeks Inovasi Daerah?")
			c.say(c.sitti, c.sitti, "/ide I-1 isi regulasi: "+words)
			c.say(c.sitti, c.sitti, "/ide I-1 profil")
			c.say(c.sitti, c.sitti, "/ide I-1 hentikan "+words)
			if now := c.given(idea.Number); now.State != council.IdeaNotNow || now.Decision.Reason != strings.TrimSpace(words) {
				t.Errorf("stopped: %s %q", now.State, now.Decision.Reason)
			}
			for _, chat := range []int64{c.fadli, c.sitti, c.forum} {
				for _, message := range c.sim.Messages(chat) {
					if long := len(utf16.Encode([]rune(message.Text))); message.Bot && long > 4096 {
						t.Errorf("%d units: %.60q", long, message.Text)
					}
				}
			}
			c.look(func(tx *store.Tx) error {
				profile, err := tx.ProfileFields(idea.Number)
				if profile[council.FieldRegulation] != strings.TrimSpace(words) {
					t.Errorf("kept: %q", profile[council.FieldRegulation])
				}
				return err
			})
			c.look(func(tx *store.Tx) error {
				content, err := makeProfile(t.Context(), tx, c.bot, []string{"1", "id"})
				if !bytes.HasPrefix(content, []byte("PK")) {
					t.Errorf("no document: %q", content)
				}
				return err
			})
		})
	}
}

// lastOf is the last message of the bot in a chat.
func lastOf(t *testing.T, c *town, chat int64) string {
	t.Helper()
	messages := c.sim.Messages(chat)
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].Bot {
			return messages[i].Text
		}
	}
	return ""
}

// TestWhoGaveALateIdeaIsToldSomehow: in private, or where that is impossible in the
// group, without a name.
func TestWhoGaveALateIdeaIsToldSomehow(t *testing.T) {
	c := newTown(t)
	c.say(c.fadli, c.fadli, "/mulai")
	first, second := c.give(c.fadli, "Kelas koding desa tiap Sabtu"), c.give(c.herlina, "Peta wisata danau dua bahasa")
	c.change(func(tx *store.Tx) error { return tx.SetReach(c.member(c.herlina), council.ReachBlocked) })
	for _, idea := range []council.Idea{first, second} {
		due := council.Reminder{Subject: idea.Reference(), Step: council.StepReviewLate, Audience: council.ToBot, Anchor: idea.CreatedAt, Due: c.clock()}
		c.change(func(tx *store.Tx) error { return c.bot.Act(t.Context(), tx, due) })
	}
	c.quiet()
	contains(t, lastOf(t, c, c.fadli), first.Reference().String(), "masih diproses dan telah dinaikkan ke", "Mohon maaf atas keterlambatannya.")
	told := lastOf(t, c, c.forum)
	contains(t, told, second.Reference().String(), "masih diproses", "Mohon maaf")
	if strings.Contains(told, "Herlina") {
		t.Errorf("the group reads whose idea is late: %s", told)
	}
	for _, message := range c.sim.Messages(c.forum) {
		if message.Bot && strings.Contains(message.Text, first.Reference().String()+" · Kelas koding desa tiap Sabtu masih diproses") {
			t.Errorf("told twice: %s", message.Text)
		}
	}
}

// TestADayOfATrialIsRead in the words in which people say it; what names no day or
// one that has passed changes nothing.
func TestADayOfATrialIsRead(t *testing.T) {
	c := newTown(t)
	begins := c.onTrial(c.fadli, "Kelas koding desa").TrialAt
	for _, said := range []struct{ words, answer, kept string }{
		{"6 Oktober", "Selasa, 6 Oktober.", "2026-10-06"}, {"entah kapan", "belum terbaca", ""}, {"kemarin", "sudah lewat", ""},
		{"6 Oktober", "memang dimulai hari itu", ""}, {"3 Januari 2027", "Minggu, 3 Januari 2027.", "2027-01-03"},
	} {
		c.say(c.sitti, c.sitti, "/ide I-1 mulai "+said.words)
		contains(t, lastOf(t, c, c.sitti), said.answer)
		c.say(c.sitti, c.sitti, "/batal")
		now := c.given(1).TrialAt
		if said.kept == "" && !now.Equal(begins) || said.kept != "" && council.DayOf(now, time.FixedZone("WITA", 8*60*60)).String() != said.kept {
			t.Errorf("%s: begins %v", said.words, now)
		}
		begins = now
	}
}
