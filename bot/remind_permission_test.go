package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// setReminder keeps a reminder for Monday, 28 September 2026, at 10.00 WITA.
func (c *town) setReminder(own council.OwnReminder) council.OwnReminder {
	c.t.Helper()
	if own.Next.IsZero() {
		own.Next = time.Date(2026, 9, 28, 2, 0, 0, 0, time.UTC)
	}
	own.CreatedAt = c.clock()
	c.change(func(tx *store.Tx) (err error) {
		own, err = tx.CreateOwnReminder(own)
		return err
	})
	return own
}

func (c *town) ownReminder(number int64) (own council.OwnReminder) {
	c.t.Helper()
	c.look(func(tx *store.Tx) (err error) {
		own, err = tx.OwnReminder(number)
		return err
	})
	return own
}

func (c *town) groupID(chat int64) (id int64) {
	c.t.Helper()
	c.look(func(tx *store.Tx) error {
		group, err := tx.GroupOf(chat, 0)
		id = group.ID
		return err
	})
	return id
}

// TestWhoRemindsAGroup has everybody ask in a group.
func TestWhoRemindsAGroup(t *testing.T) {
	c := newTown(t)
	fresh := c.group("Baru", c.sitti)
	c.hush()
	for _, row := range []struct {
		name         string
		chat, person int64
		line         string
		group        bool // the group is reminded
		says         string
	}{
		{"working group", c.pokja, c.baso, "/ingatkan besok 09.00 rapat", true, "Saya sampaikan di grup ini."},
		{"working group, by name", c.pokja, c.baso, "/ingatkan kami besok 09.00 rapat", true, "Saya sampaikan di grup ini."},
		{"working group, own", c.pokja, c.baso, "/ingatkan saya besok 09.00 rapat", false, "di pesan pribadi Bapak/Ibu."},
		{"coordinator in the forum", c.forum, c.sitti, "/ingatkan besok 09.00 rapat", true, "Saya sampaikan di grup ini."},
		{"council", c.dewan, c.lukas, "/remind group tomorrow 9:00 meeting", true, "Saya sampaikan di grup ini."},
		{"community", c.forum, c.fadli, "/ingatkan besok 09.00 rapat", false, "jadi yang ini saya sampaikan di pesan pribadi"},
		{"community, by name", c.forum, c.fadli, "/ingatkan grup besok 09.00 rapat", false, "jadi yang ini saya sampaikan di pesan pribadi"},
		{"community, own", c.forum, c.fadli, "/ingatkan saya besok 09.00 rapat", false, "di pesan pribadi Bapak/Ibu."},
		{"leader in private", c.anwar, c.anwar, "/ingatkan besok 09.00 rapat", false, "Sabtu, 26 September 2026"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := c.newestReminder().Number
			answer := only(t, c.say(row.chat, row.person, row.line))
			contains(t, answer.Text, row.says)
			own := c.newestReminder()
			want := council.OwnReminder{Number: before + 1, MemberID: c.member(row.person)}
			if row.group {
				want.GroupID = c.groupID(row.chat)
			}
			if got := (council.OwnReminder{Number: own.Number, MemberID: own.MemberID, GroupID: own.GroupID}); !cmp.Equal(got, want) {
				t.Errorf("it was kept as %+v", got)
			}
			if lines := strings.Count(answer.Text, "\n"); lines > 2 {
				t.Errorf("there are %d lines", lines+1)
			}
		})
	}
	before := c.newestReminder().Number
	contains(t, only(t, c.say(fresh, c.sitti, "/ingatkan besok 09.00 rapat")).Text, "belum dihubungkan")
	contains(t, only(t, c.say(c.lewat, c.lewat, "/ingatkan besok 09.00 rapat")).Text, "grup Smart City yang terhubung")
	contains(t, only(t, c.say(c.baso, c.baso, "/ingatkan @yuliana_contoh besok 09.00 kirim surat")).Text, "/tugas_baru @yuliana_contoh besok 09.00 kirim surat")
	contains(t, only(t, c.say(c.fadli, c.fadli, "/ingatkan @baso_contoh besok 09.00 kirim surat")).Text, "lewat koordinator")
	if c.newestReminder().Number != before {
		t.Error("something was made that must not be")
	}
	c.sound()
}

// TestWhoEndsAReminder has everybody end, from their own list, a group's and a
// private one of somebody else.
func TestWhoEndsAReminder(t *testing.T) {
	c := newTown(t)
	for _, row := range []struct {
		name           string
		person         int64
		group, private bool
		refusal        string
	}{
		{"its maker", c.baso, true, true, ""},
		{"a colleague", c.yuliana, true, false, "belum ada"},
		{"coordinator", c.rahman, true, false, "belum ada"},
		{"leader", c.anwar, true, false, "belum ada"},
		{"council", c.lukas, true, false, "belum ada"},
		{"another working group", c.herlina, false, false, "belum ada"},
		{"community", c.fadli, false, false, "belum ada"},
	} {
		t.Run(row.name, func(t *testing.T) {
			list := only(t, c.say(row.person, row.person, "/pengingat"))
			for _, one := range []struct {
				own   council.OwnReminder
				might bool
			}{
				{c.setReminder(council.OwnReminder{MemberID: c.member(c.baso), GroupID: c.groupID(c.pokja), Text: "rapat"}), row.group},
				{c.setReminder(council.OwnReminder{MemberID: c.member(c.baso), Text: "rahasia"}), row.private},
			} {
				answer := c.pressData(row.person, list.ID, row.person, filled("1:reminders:end:0:#", one.own.Number))
				if got := c.ownReminder(one.own.Number).Ended(); got != one.might {
					t.Errorf("%s: ended %v (%s)", one.own.Text, got, answer.Text)
				}
				if !one.might {
					contains(t, answer.Text, row.refusal)
				}
			}
			lacks(t, c.message(row.person, list.ID).Text, "rahasia")
		})
	}
	own := c.setReminder(council.OwnReminder{MemberID: c.member(c.sitti), GroupID: c.groupID(c.forum), Text: "rapat"})
	list := only(t, c.say(c.forum, c.fadli, "/pengingat"))
	contains(t, c.pressOn(c.forum, list.ID, c.fadli, filled("Akhiri N-#", own.Number)).Text, "diatur oleh yang membuatnya")
	if c.ownReminder(own.Number).Ended() {
		t.Error("somebody of the community ended what the forum waits for")
	}
	c.sound()
}

// TestForgedPressesOnReminders sends what no button carries, and what another's
// button would send, and expects a polite answer and no change.
func TestForgedPressesOnReminders(t *testing.T) {
	c := newTown(t)
	said := only(t, c.say(c.baso, c.baso, "/ingatkan besok 09.00 kirim berkas"))
	inGroup := only(t, c.say(c.pokja, c.baso, "/ingatkan besok 09.00 rapat"))
	before := []council.OwnReminder{c.ownReminder(1), c.ownReminder(2)}
	for _, forged := range []string{"remind", "remind:", "remind:explode:1", "remind:undo", "remind:undo:0:1", "remind:undo:-1:1", "remind:undo:" + largest + ":1",
		"remind:undo:1:7", "remind:later:1", "remind:later:4711", "remind:date:4711", "remind:done:0", "remind:mine:4711", "remind:own", "remind:at:1",
		"remind:at:" + largest, "remind:at:-" + largest, "remind:hour:600", "remind:hour:x", "reminders", "reminders:end:0:1", "reminders:undo:0:1:1", "reminders:page:7"} {
		t.Run(forged, func(t *testing.T) {
			if answer := c.pressData(c.baso, said.ID, c.baso, "1:"+forged); answer.Text == "" {
				t.Error("nothing was answered")
			}
		})
	}
	for _, forged := range []string{"remind:undo:1:1", "remind:done:1", "remind:later:1", "remind:date:1", "remind:mine:2", "remind:undo:2:1", "remind:done:2", "remind:date:2", "reminders:end:0:2"} {
		t.Run("of another: "+forged, func(t *testing.T) {
			if answer := c.pressData(c.pokja, inGroup.ID, c.yuliana, "1:"+forged); answer.Text == "" {
				t.Error("nothing was answered")
			}
		})
	}
	if now := []council.OwnReminder{c.ownReminder(1), c.ownReminder(2)}; !cmp.Equal(now, before) {
		t.Errorf("something changed: %s", cmp.Diff(before, now))
	}
	if text := c.message(c.baso, said.ID).Text; text != said.Text {
		t.Errorf("the message changed: %s", text)
	}
	c.sound()
}
