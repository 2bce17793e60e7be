package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

const linkedSentence = "telah terhubung"

func TestLinkInOneLine(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	chat := h.group("DLH Marannu", sitti)
	for _, test := range []struct{ said, want string }{
		{"/hubungkan pokja lingkungan", "Grup ini telah terhubung sebagai Pokja Lingkungan."},
		{"/hubungkan@rembuk_bot pokja tata kelola", "Grup ini telah terhubung sebagai Pokja Tata Kelola."},
		{"/hubungkan branding", "Grup ini telah terhubung sebagai Pokja Branding."},
		{"/hubungkan smart economy", "Grup ini telah terhubung sebagai Pokja Ekonomi."},
		{"/link smart living", "Grup ini telah terhubung sebagai Pokja Kehidupan."},
		{"/hubungkan Pokja Masyarakat", "Grup ini telah terhubung sebagai Pokja Masyarakat."},
		{"/hubungkan dewan", "Grup ini telah terhubung sebagai Dewan."},
		{"/hubungkan komunitas", "Grup ini telah terhubung sebagai Komunitas."},
		{"/hubungkan sekretariat", "Grup ini telah terhubung sebagai Sekretariat."},
	} {
		t.Run(test.said, func(t *testing.T) {
			answer := only(t, h.say(chat, sitti, test.said))
			if answer.Text != test.want {
				t.Errorf("got %q, want %q", answer.Text, test.want)
			}
			if got := labels(answer); len(got) != 1 || got[0] != "Putuskan" {
				t.Errorf("the buttons are %v", got)
			}
		})
	}
	h.look(func(tx *store.Tx) error {
		groups, err := tx.Groups()
		if len(groups) != 1 || groups[0].Kind != council.KindSecretariat || groups[0].Title != "DLH Marannu" {
			t.Errorf("a link that is changed stays one group: %+v", groups)
		}
		return err
	})
}

func TestLinkByButtons(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	chat := h.group("Pokja", sitti, baso)
	question := only(t, h.say(chat, sitti, "/hubungkan"))
	lacks(t, question.Text, linkedSentence)
	want := "Dewan|Pokja Tata Kelola|Pokja Branding|Pokja Ekonomi|Pokja Kehidupan|Pokja Masyarakat|Pokja Lingkungan|Komunitas|Sekretariat"
	if got := strings.Join(labels(question), "|"); got != want {
		t.Errorf("offered %s", got)
	}
	if answer := h.pressOn(chat, question.ID, baso, "Pokja Lingkungan"); !answer.Alert || !strings.Contains(answer.Text, "koordinator") {
		t.Errorf("somebody else is told %+v", answer)
	}
	h.pressOn(chat, question.ID, sitti, "Pokja Lingkungan")
	if got := h.message(chat, question.ID); got.Text != "Grup ini telah terhubung sebagai Pokja Lingkungan." {
		t.Errorf("after the press the message says %q", got.Text)
	}
	if extra := h.heard(chat); len(extra) != 0 {
		t.Errorf("a press adds no message: %q", texts(extra))
	}
	unread := only(t, h.say(chat, sitti, "/hubungkan kebun binatang"))
	if len(labels(unread)) != 9 {
		t.Errorf("what cannot be read is asked by buttons: %q %v", unread.Text, labels(unread))
	}
}

func TestLinkIsForCoordinators(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.heard(sitti)
	fresh := h.group("Grup lain", baso, sitti)
	h.say(fresh, sitti, "/batal")

	stranger := h.person("Orang Lewat", "")
	answer := only(t, h.write(sim.Message{Chat: fresh, Person: stranger, Text: "/hubungkan dewan"}))
	contains(t, answer.Text, "koordinator")
	lacks(t, answer.Text, "Sitti", linkedSentence)

	linked := h.group("Pokja dua", sitti, baso)
	h.say(linked, sitti, "/hubungkan pokja ekonomi")
	answer = only(t, h.say(linked, baso, "/hubungkan dewan"))
	contains(t, answer.Text, "koordinator", "Sitti")
	h.look(func(tx *store.Tx) error {
		if group, err := tx.GroupOf(linked, 0); err != nil || group.Kind != council.KindWorkingGroup {
			t.Errorf("the group became %+v (%v)", group, err)
		}
		if _, err := tx.GroupOf(fresh, 0); err != store.ErrNotFound {
			t.Errorf("the stranger's group is linked (%v)", err)
		}
		return nil
	})
}

func TestUnlinkAndLinkAgain(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	chat := h.group("Pokja", sitti, baso)
	confirmation := only(t, h.say(chat, sitti, "/hubungkan pokja lingkungan"))
	linked := func() bool {
		found := false
		h.look(func(tx *store.Tx) error {
			_, err := tx.GroupOf(chat, 0)
			found = err == nil
			return nil
		})
		return found
	}

	if answer := h.pressOn(chat, confirmation.ID, baso, "Putuskan"); !answer.Alert || !linked() {
		t.Errorf("somebody else unlinked the group: %+v", answer)
	}
	h.pressOn(chat, confirmation.ID, sitti, "Putuskan")
	if linked() {
		t.Fatal("the group is still linked")
	}
	lacks(t, h.message(chat, confirmation.ID).Text, linkedSentence)
	h.pressOn(chat, confirmation.ID, sitti, "Hubungkan kembali")
	if !linked() {
		t.Fatal("the group is not linked again")
	}
	h.heard(chat)
	for _, words := range []string{"/hubungkan lepas", "/link unlink"} {
		only(t, h.say(chat, sitti, words))
		if linked() {
			t.Errorf("%s left the group linked", words)
		}
		contains(t, only(t, h.say(chat, sitti, words)).Text, "belum dihubungkan")
		h.say(chat, sitti, "/hubungkan dewan")
	}
	var kinds []council.EventKind
	h.look(func(tx *store.Tx) error {
		history, err := tx.History(council.Reference{}, 0, 100)
		for _, happening := range history {
			if happening.Kind == council.EventLinked || happening.Kind == council.EventUnlinked {
				kinds = append(kinds, happening.Kind)
			}
		}
		return err
	})
	if len(kinds) != 7 || kinds[0] != council.EventLinked || kinds[1] != council.EventUnlinked {
		t.Errorf("recorded: %v", kinds)
	}
}

func TestLinkOfATopic(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	chat := h.sim.Group(sim.Group{Title: "Smart City", Forum: true, Members: []int64{sitti}})
	h.sim.AddBot(chat, sitti)
	h.heard(chat)
	topic := h.sim.Topic(chat, "Lingkungan")
	h.heard(chat)
	h.say(chat, sitti, "/hubungkan sekretariat")
	answer := only(t, h.write(sim.Message{Chat: chat, Person: sitti, Thread: topic, Text: "/hubungkan pokja lingkungan"}))
	if answer.Thread != topic || answer.Text != "Grup ini telah terhubung sebagai Pokja Lingkungan." {
		t.Errorf("in topic %d: %q", answer.Thread, answer.Text)
	}
	question := only(t, h.write(sim.Message{Chat: chat, Person: sitti, Thread: topic, Text: "/hubungkan"}))
	h.pressOn(chat, question.ID, sitti, "Pokja Ekonomi")
	for thread, want := range map[int]string{topic: "economy", 0: "secretariat"} {
		h.look(func(tx *store.Tx) error {
			group, err := tx.GroupOf(chat, thread)
			if got := groupKey(group.Kind, group.Dimension); err != nil || got != want {
				t.Errorf("topic %d is %s (%v), not %s", thread, got, err, want)
			}
			return nil
		})
	}
}

func TestLinkInPrivate(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	answer := only(t, h.say(sitti, sitti, "/hubungkan dewan"))
	contains(t, answer.Text, "/hubungkan", "di dalam grup")
	if url := answer.Buttons[0][0].URL; !strings.HasPrefix(url, "https://t.me/rembuk_bot?startgroup=") {
		t.Errorf("the button opens %q", url)
	}
}

func TestForgedLinkPresses(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	one := h.linkedGroup("Satu", "dewan", sitti)
	two := h.linkedGroup("Dua", "komunitas", sitti)
	var group council.Group
	h.look(func(tx *store.Tx) (err error) {
		group, err = tx.GroupOf(one, 0)
		return err
	})
	for name, press := range map[string]struct {
		chat int64
		data string
	}{
		"unlink another chat's group":  {two, data(pressUnlink, group.ID)},
		"unlink nothing":               {one, data(pressUnlink, 4711)},
		"unlink without a number":      {one, data(pressUnlink)},
		"link as nothing known":        {one, data(pressLink, "zoo")},
		"link as a bare working group": {one, data(pressLink, "working_group")},
		"link the private chat":        {sitti, data(pressLink, "council")},
	} {
		t.Run(name, func(t *testing.T) {
			contains(t, h.pressData(press.chat, 1, sitti, press.data).Text, "sudah tidak berlaku")
		})
	}
	h.look(func(tx *store.Tx) error {
		groups, err := tx.Groups()
		if len(groups) != 2 || groups[0].Kind != council.KindCouncil || groups[1].Kind != council.KindCommunity {
			t.Errorf("the groups became %+v", groups)
		}
		return err
	})
}

func TestUnlinkedGroupsAreLeft(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	kept := h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	left := h.group("Arisan", sitti)
	leave := func() {
		h.change(func(tx *store.Tx) error { return h.bot.LeaveUnlinked(tx, h.clock()) })
		h.quiet()
	}
	leaves := func() int { return h.sim.Counts()["leaveChat"] }

	h.pass(24*time.Hour - time.Second)
	leave()
	if leaves() != 0 {
		t.Fatal("a group was left before a day had passed")
	}
	h.pass(time.Second)
	leave()
	leave()
	if leaves() != 1 {
		t.Errorf("left %d times", leaves())
	}
	contains(t, only(t, h.heard(left)).Text, "pamit")
	if said := h.heard(kept); len(said) != 0 {
		t.Errorf("in the linked group the bot said %q", texts(said))
	}
	if told := h.heard(sitti); len(told) != 0 {
		t.Errorf("nobody needs to be told of a group that was none: %q", texts(told))
	}

	h.say(kept, sitti, "/hubungkan lepas")
	h.pass(25 * time.Hour)
	leave()
	if leaves() != 2 {
		t.Errorf("a group whose link was undone is left after a day: %d", leaves())
	}
}

func TestAGroupWhereTheBotMayNotWriteIsLeftToo(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.sim.Mute(h.group("Arisan", sitti), true)
	h.pass(24 * time.Hour)
	h.change(func(tx *store.Tx) error { return h.bot.LeaveUnlinked(tx, h.clock()) })
	h.quiet()
	if got := h.sim.Counts()["leaveChat"]; got != 1 {
		t.Errorf("left %d times", got)
	}
}
