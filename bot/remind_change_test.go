package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// sayReminder says a reminder as the scheduler does: it is spoken of, marked as
// said, and waits for its next time. The clock moves to its hour.
func (c *town) sayReminder(chat, number int64) []sim.Shown {
	c.t.Helper()
	own := c.ownReminder(number)
	c.pass(own.Next.Sub(c.clock()))
	calendar := council.NewCalendar(c.zone(), nil)
	c.change(func(tx *store.Tx) error {
		waiting, err := tx.WaitingReminders(own.Reference())
		if err != nil || len(waiting) != 1 {
			c.t.Fatalf("%d reminders wait, %v", len(waiting), err)
		}
		notice := council.Notice{MemberID: waiting[0].MemberID, GroupID: waiting[0].GroupID, At: c.clock(), Items: []council.Item{{Reminder: waiting[0], Own: own}}}
		if err := c.bot.Say(c.t.Context(), tx, notice); err != nil {
			return err
		}
		if err := tx.EndReminder(waiting[0].ID, true, "due", c.clock()); err != nil {
			return err
		}
		return tx.SaveOwnReminder(own.Said(c.clock(), nil, calendar))
	})
	return c.heard(chat)
}

func TestUndoingReminders(t *testing.T) {
	for _, row := range []struct {
		name   string
		before func(c *town)
		ended  bool // the reminder has ended afterwards
		says   string
	}{
		{"at once", func(*town) {}, true, "N-1 diurungkan"},
		{"after nine minutes", func(c *town) { c.pass(9 * time.Minute) }, true, "N-1 diurungkan"},
		{"after eleven minutes", func(c *town) { c.pass(11 * time.Minute) }, false, "lebih dari 10 menit"},
		{"after it was said", func(c *town) { c.sayReminder(c.baso, 1) }, true, "sudah berubah lagi"},
		{"after another change", func(c *town) {
			c.write(sim.Message{Chat: c.baso, Person: c.baso, Text: "besok 11.00", ReplyTo: c.cardOf(c.baso, "N-1")})
		}, false, "sudah berubah lagi"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newTown(t)
			made := only(t, c.say(c.baso, c.baso, "/ingatkan 5 menit lagi kirim berkas"))
			row.before(c)
			contains(t, c.pressOn(c.baso, made.ID, c.baso, "Urungkan").Text, row.says)
			if got := c.ownReminder(1).Ended(); got != row.ended {
				t.Errorf("ended: %v", got)
			}
			c.sound()
		})
	}
}

// TestUndoByCommand takes back the last thing that was done, whatever it was.
func TestUndoByCommand(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.say(c.baso, c.baso, "/ambil T-1")
	made := only(t, c.say(c.baso, c.baso, "/ingatkan besok 09.00 kirim berkas"))
	contains(t, only(t, c.say(c.baso, c.baso, "/urungkan")).Text, "tidak jadi diingatkan", "N-1")
	c.say(c.baso, c.baso, "/ingatkan besok 09.00 kirim surat")
	c.say(c.baso, c.baso, "/progres T-1 60%")
	contains(t, only(t, c.say(c.baso, c.baso, "/urungkan N-2")).Text, "N-2 · kirim surat")
	contains(t, only(t, c.write(sim.Message{Chat: c.baso, Person: c.baso, Text: "/urungkan", ReplyTo: made.ID})).Text, "Tidak ada perubahan")
	if state := c.task(1).State; state != council.TaskInProgress || !c.ownReminder(1).Ended() || !c.ownReminder(2).Ended() {
		t.Errorf("T-1 is %s", state)
	}
	for _, line := range []string{"/tenggat besok", "/status", "/tugas", "/disposisi @yuliana_contoh"} {
		c.write(sim.Message{Chat: c.baso, Person: c.baso, Text: line, ReplyTo: made.ID})
	}
	c.sound()
}

func TestAnEditedCommandCorrectsItsReminder(t *testing.T) {
	c := newTown(t)
	command := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.baso, Text: "/ingatkan besok 09.00 rapat"})
	c.heard(c.pokja)
	edit := func(text string) string {
		c.sim.Edit(c.pokja, command, text)
		return joined(c.heard(c.pokja))
	}
	contains(t, edit("/ingatkan besok 10.00 rapat besar"), "N-1 · rapat besar", "pukul 10.00 WITA", "di grup ini")
	contains(t, edit("/ingatkan saya setiap Senin 10.00 rapat besar"), "setiap Senin", "di pesan pribadi")
	contains(t, edit("/ingatkan"), "N-1 tetap seperti semula")
	own := c.ownReminder(1)
	if own.GroupID != 0 || own.Text != "rapat besar" || own.Recurrence == nil {
		t.Errorf("it is now %+v", own)
	}
	only(t, c.sayReminder(c.baso, 1))
	contains(t, edit("/ingatkan besok 11.00 rapat kecil"), "sudah disampaikan atau diubah")
	if now := c.ownReminder(1); now.Text != "rapat besar" {
		t.Errorf("it was corrected after it was said: %+v", now)
	}
	c.sound()
}

func TestPuttingOffWhatWasSaid(t *testing.T) {
	c := newTown(t)
	c.say(c.baso, c.baso, "/ingatkan Senin 10.00 kirim berkas")
	digest := only(t, c.sayReminder(c.baso, 1))
	if got := strings.Join(labels(digest), "|"); got != "Sudah|Besok|Tanggal lain" || !strings.HasPrefix(digest.Text, "Pengingat ") {
		t.Fatalf("it was said with %s: %s", got, digest.Text)
	}
	c.press(c.baso, c.baso, "Tanggal lain")
	contains(t, only(t, c.heard(c.baso)).Text, "Kapan saya ingatkan?")
	answer := only(t, c.say(c.baso, c.baso, "minggu depan"))
	contains(t, answer.Text, "yang mana?")
	c.press(c.baso, c.baso, "Rabu, 7 Oktober 2026 08.00 WITA")
	contains(t, c.message(c.baso, digest.ID).Text, "Diingatkan lagi Rabu, 7 Oktober 2026 pukul 08.00 WITA")
	contains(t, c.pressOn(c.baso, digest.ID, c.baso, "Besok").Text, "Selasa, 29 September 2026 pukul 10.00 WITA")
	contains(t, only(t, c.say(c.baso, c.baso, "/urungkan")).Text, "Rabu, 7 Oktober 2026 pukul 08.00 WITA")
	contains(t, c.pressOn(c.baso, digest.ID, c.baso, "Sudah").Text, "N-1")
	if now := c.message(c.baso, digest.ID); !strings.Contains(now.Text, "✓ N-1 · kirim berkas") || len(labels(now)) != 0 || !c.ownReminder(1).Ended() {
		t.Errorf("what is settled comes again: %s %v", now.Text, labels(now))
	}
	contains(t, only(t, c.say(c.baso, c.baso, "/urungkan")).Text, "Pengingatnya tetap", "Rabu, 7 Oktober 2026")
	lacks(t, c.message(c.baso, digest.ID).Text, "✓")
	c.sound()
}

func TestRepliesToAReminder(t *testing.T) {
	c := newTown(t)
	made := only(t, c.say(c.baso, c.baso, "/ingatkan Senin 10.00 kirim berkas"))
	reply := func(chat, person int64, to int, text string) string {
		return joined(c.write(sim.Message{Chat: chat, Person: person, Text: text, ReplyTo: to}))
	}
	contains(t, reply(c.baso, c.baso, made.ID, "Selasa jam 11"), "Selasa, 29 September 2026 pukul 11.00 WITA")
	contains(t, reply(c.baso, c.baso, made.ID, "siap, besok saya kirim"), "balas dengan tanggal")
	contains(t, reply(c.baso, c.baso, made.ID, "/ingatkan setiap Senin 08.00"), "N-1 · kirim berkas\nsetiap Senin")
	contains(t, reply(c.baso, c.baso, made.ID, "/ingatkan besok 09.00"), "N-2 · kirim berkas\nSabtu, 26 September")
	contains(t, reply(c.baso, c.baso, made.ID, "/ingatkan besok 09.00 beli kertas"), "N-3 · beli kertas")
	inGroup := only(t, c.say(c.forum, c.sitti, "/ingatkan Senin 10.00 rapat"))
	contains(t, reply(c.forum, c.fadli, inGroup.ID, "besok 09.00"), "diatur oleh yang membuatnya")
	if own := c.ownReminder(1); own.Recurrence == nil || own.Next.Equal(time.Time{}) {
		t.Errorf("it is now %+v", own)
	}
	c.sound()
}
