package bot

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

var wita = time.FixedZone("WITA", 8*60*60)

// inCharge puts somebody in charge of what is put to the council.
func (c *town) inCharge(person int64) {
	c.t.Helper()
	c.say(c.dewan, c.sitti, "/peran @"+map[int64]string{c.lukas: "lukas_contoh", c.herlina: "herlina_contoh"}[person]+" PIC")
	c.hush()
}

// askedOf reminds somebody of questions, as on a morning.
func (c *town) askedOf(person int64, step council.Step, audience council.Audience, numbers ...int64) sim.Shown {
	c.t.Helper()
	notice := council.Notice{MemberID: c.member(person)}
	for _, number := range numbers {
		q := c.asked(number)
		notice.Items = append(notice.Items, council.Item{Question: q,
			Reminder: council.Reminder{Subject: q.Reference(), Step: step, Audience: audience, Anchor: q.Target}})
	}
	return only(c.t, c.reminded(person, notice))
}

// A digest of several questions names each of them on its buttons, and shows during
// the day what became of each.
func TestADigestOfQuestionsFollowsThem(t *testing.T) {
	c := newTown(t)
	c.inCharge(c.lukas)
	for range 5 {
		c.ask("Dewan kapan rapat berikutnya?")
	}
	digest := c.askedOf(c.lukas, council.StepAnswerSoon, council.ToResponsible, 1, 2, 3, 4, 5)
	contains(t, digest.Text, "Mohon bantuannya, pertanyaan berikut menunggu jawaban:\nQ-1 menunggu jawaban. Target Jumat 2 Okt pukul 16.00 (7 hari lagi).\n“kapan rapat berikutnya?”\nQ-2")
	if want := []string{"Jawab Q-1", "Teruskan Q-1", "Perlu waktu Q-1", "Jawab Q-2"}; !slices.Equal(labels(digest)[:4], want) {
		t.Errorf("it has the buttons %q", labels(digest))
	}
	c.say(c.lukas, c.lukas, "/jawab Q-1 besok")
	c.press(c.lukas, c.lukas, "Kirim")
	c.say(c.lukas, c.lukas, "/teruskan Q-2 @herlina_contoh")
	receipt, _ := c.newest(c.forum, "Q-3", "Batalkan")
	c.pressOn(c.forum, receipt.ID, c.fadli, "Batalkan")
	c.pressOn(c.lukas, digest.ID, c.lukas, "Perlu waktu Q-4")
	c.say(c.lukas, c.lukas, "10 Oktober")
	now := c.message(c.lukas, digest.ID)
	contains(t, now.Text, "Q-1 sudah dijawab. Terima kasih.\nQ-2 kini ditangani pihak lain. Terima kasih.\nQ-3 ditarik kembali oleh penanya.\n"+
		"Q-4 menunggu jawaban. Waktu yang diminta: sampai Sabtu 10 Okt (15 hari lagi).", "Q-5 menunggu jawaban. Target")
	if want := []string{"Jawab Q-4", "Teruskan Q-4", "Jawab Q-5", "Teruskan Q-5", "Perlu waktu Q-5"}; !slices.Equal(labels(now), want) {
		t.Errorf("afterwards it has the buttons %q, want %q", labels(now), want)
	}
	c.sound()
}

// A reply to a digest about one question answers it, from the private chat.
func TestAReplyToTheDigestAnswersItsQuestion(t *testing.T) {
	c := newTown(t)
	c.inCharge(c.lukas)
	c.ask("Dewan kapan rapat berikutnya?")
	digest := c.askedOf(c.lukas, council.StepAnswerDay, council.ToResponsible, 1)
	contains(t, only(t, c.reply(c.lukas, c.lukas, digest.ID, "Selasa jam 9")).Text, "Pratinjau jawaban", "Selasa jam 9")
	c.press(c.lukas, c.lukas, "Kirim")
	if q := c.asked(1); q.State != council.QuestionAnswered || len(q.Answers) != 1 || q.Answers[0].Text != "Selasa jam 9" {
		t.Errorf("the question is %s with %v", q.State, q.Answers)
	}
	if now := c.message(c.lukas, digest.ID); len(labels(now)) != 0 || !strings.Contains(now.Text, "Q-1 sudah dijawab") {
		t.Errorf("the digest says\n%s\nwith %q", now.Text, labels(now))
	}
}

// Time is asked by those who are to answer, in private and of a day to come; the
// asker hears of each day once.
func TestWhoMayAskForTime(t *testing.T) {
	c := newTown(t)
	c.inCharge(c.lukas)
	c.ask("Dewan kapan rapat berikutnya?")
	until := func(days int) string {
		return data(pressQuestion, questionTime, 1, council.DayOf(c.clock(), wita).Add(days).String())
	}
	digest := c.askedOf(c.lukas, council.StepAnswerSoon, council.ToResponsible, 1)
	c.pressOn(c.lukas, digest.ID, c.lukas, "Perlu waktu")
	asks, _ := c.newest(c.lukas, "Sampai kapan Q-1", "")
	for name, row := range map[string]struct {
		chat, person int64
		data, says   string
	}{
		"the asker":        {c.forum, c.fadli, until(5), "kini ditangani pihak lain"},
		"another":          {c.herlina, c.herlina, until(5), "kini ditangani pihak lain"},
		"for today":        {c.lukas, c.lukas, until(0), "mulai besok"},
		"for next year":    {c.lukas, c.lukas, until(200), "lebih dari 60 hari"},
		"for no day":       {c.lukas, c.lukas, data(pressQuestion, questionTime, 1, "x"), "tidak berlaku"},
		"of no question":   {c.lukas, c.lukas, data(pressQuestion, questionTime, 77), "Q-77"},
		"asked in a group": {c.dewan, c.lukas, data(pressQuestion, questionTime, 1), "tidak berlaku"},
	} {
		t.Run(name, func(t *testing.T) {
			contains(t, c.pressData(row.chat, asks.ID, row.person, row.data).Text, row.says)
			if q := c.asked(1); !q.NeedsUntil.IsZero() {
				t.Errorf("time is asked until %s", q.NeedsUntil)
			}
		})
	}
	for _, days := range []int{5, 5, 6} {
		c.pressData(c.lukas, asks.ID, c.lukas, until(days))
	}
	if told := c.saidTo(c.forum, "memerlukan waktu sampai"); len(told) != 2 || strings.Contains(strings.Join(told, ""), "Lukas") {
		t.Errorf("the asker was told %q", told)
	}
	if q := c.asked(1); q.NeedsUntil.In(wita).Format("2006-01-02 15:04") != c.clock().In(wita).AddDate(0, 0, 6).Format("2006-01-02")+" 16:00" {
		t.Errorf("time is asked until %s", q.NeedsUntil)
	}
	events := 0
	c.look(func(tx *store.Tx) error {
		history, err := tx.History(c.asked(1).Reference(), 0, 20)
		for _, event := range history {
			if event.Kind == council.EventNeedsTime {
				events++
			}
		}
		return err
	})
	if events != 2 {
		t.Errorf("%d events", events)
	}
}

// Where those above cannot be written to, the asker is told that it is being worked
// on, and not that it was taken up; where the group is gone, in private.
func TestTheAskerIsToldWhatIsTrue(t *testing.T) {
	for name, row := range map[string]struct {
		happens func(*town)
		chat    func(*town) int64
		says    string
		taken   bool
	}{
		"a leader": {nil, func(c *town) int64 { return c.forum }, "dinaikkan ke pimpinan", true},
		"nobody reachable": {func(c *town) {
			c.change(func(tx *store.Tx) error {
				return errors.Join(tx.SetReach(c.member(c.anwar), council.ReachBlocked), tx.SetReach(c.member(c.sitti), council.ReachGone), tx.SetReach(c.member(c.rahman), council.ReachUnknown))
			})
		}, func(c *town) int64 { return c.forum }, "sedang diupayakan", false},
		"the group is gone": {func(c *town) { c.sim.RemoveBot(c.forum, c.sitti); c.quiet() },
			func(c *town) int64 { return c.fadli }, "dinaikkan ke pimpinan", true},
	} {
		t.Run(name, func(t *testing.T) {
			c := newTown(t)
			c.ask("Dewan kapan rapat berikutnya?")
			if row.happens != nil {
				row.happens(c)
			}
			q := c.asked(1)
			c.pass(q.Target.Add(40 * time.Hour).Sub(c.clock()))
			act := council.Reminder{Subject: q.Reference(), Step: council.StepAnswerLate, Audience: council.ToBot, Anchor: q.Target, Due: c.clock()}
			c.change(func(tx *store.Tx) error { return c.bot.Act(t.Context(), tx, act) })
			c.quiet()
			if told := c.saidTo(row.chat(c), row.says); len(told) != 1 {
				t.Errorf("the asker was told %q", told)
			}
			if q := c.asked(1); q.Escalated != row.taken {
				t.Errorf("taken up: %t", q.Escalated)
			}
		})
	}
}
