package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func TestAddedToAGroup(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	for name, test := range map[string]struct {
		by      int64
		says    string
		buttons int
	}{
		"by a coordinator the kinds are offered at once": {sitti, "Grup ini untuk apa?", 9},
		"by somebody else a coordinator is asked for":    {baso, "/hubungkan", 0},
	} {
		t.Run(name, func(t *testing.T) {
			chat := h.sim.Group(sim.Group{Title: "Baru", Supergroup: true, Members: []int64{test.by}})
			h.sim.AddBot(chat, test.by)
			said := only(t, h.heard(chat))
			contains(t, said.Text, test.says)
			if got := len(labels(said)); got != test.buttons {
				t.Errorf("%d buttons", got)
			}
			h.look(func(tx *store.Tx) error {
				if leave, err := tx.NextLeave(); err != nil || !leave.Equal(h.clock().Add(24*time.Hour)) {
					t.Errorf("the group is to be left at %v (%v)", leave, err)
				}
				return nil
			})
			h.sim.Promote(chat, h.sim.BotID(), true)
			if said := h.heard(chat); len(said) != 0 {
				t.Errorf("becoming an administrator is no arrival: %q", texts(said))
			}
		})
	}
}

func TestThrownOutOfAGroup(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	hasan := h.coordinator("Hasan Basri", "hasan_contoh")
	silent := h.person("Rahmat Belum", "rahmat_contoh")
	h.change(func(tx *store.Tx) error {
		member, err := tx.Seen(silent, "Rahmat Belum", "rahmat_contoh", "id", h.clock())
		if err != nil {
			return err
		}
		return tx.GrantRole(member.ID, council.RoleCoordinator, "granted")
	})
	chat := h.linkedGroup("DLH Marannu", "pokja lingkungan", sitti)
	h.heard(chat)
	reachable := func() bool {
		var group council.Group
		h.look(func(tx *store.Tx) (err error) {
			group, err = tx.GroupOf(chat, 0)
			return err
		})
		return group.Reachable
	}

	h.sim.RemoveBot(chat, sitti)
	for _, coordinator := range []int64{sitti, hasan} {
		contains(t, only(t, h.heard(coordinator)).Text, "DLH Marannu", "Pokja Lingkungan", "undang")
	}
	if reachable() {
		t.Error("the group still counts as reachable")
	}
	h.change(func(tx *store.Tx) error { return h.bot.unreachable(tx, chat, council.ReachGone, time.Now()) })
	if again := h.heard(sitti); len(again) != 0 {
		t.Errorf("the coordinator is told once, not also %q", texts(again))
	}

	h.sim.AddBot(chat, sitti)
	lacks(t, strings.Join(texts(h.heard(chat)), "\n"), linkedSentence)
	if !reachable() {
		t.Error("back in the group, the bot still takes it for unreachable")
	}
}

func TestThatAGroupCanBeWrittenToAgainIsRecorded(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	chat := h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	h.change(func(tx *store.Tx) error { return h.bot.unreachable(tx, chat, council.ReachGone, time.Now()) })
	for range 2 { // the second time it is no news
		h.sim.Promote(chat, h.sim.BotID(), true)
		h.quiet()
		h.sim.Promote(chat, h.sim.BotID(), false)
		h.quiet()
	}
	h.look(func(tx *store.Tx) error {
		page, err := tx.EventsBefore(store.EventFilter{Matter: council.MatterSettings}, 0, 50)
		var keys []string
		for _, happened := range page.List {
			keys = append(keys, happened.Detail["key"])
		}
		if joined := strings.Join(keys, " "); joined != groupBack+" "+groupGone {
			t.Errorf("the record has, newest first, %q", joined)
		}
		return err
	})
}

func TestWaitingMessagesOfALostGroupAreDropped(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	chat := h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	h.change(func(tx *store.Tx) error {
		return tx.Queue(store.Outgoing{
			ChatID: chat, Kind: store.KindMessage, Priority: store.PriorityReminder,
			NotBefore: time.Now().Add(time.Hour), Payload: store.Payload{Text: "nanti"},
		}, time.Now())
	})
	h.sim.RemoveBot(chat, sitti)
	h.quiet()
	h.look(func(tx *store.Tx) error {
		if open, err := tx.OpenOutbox(); err != nil || len(open) != 0 {
			t.Errorf("still waiting: %+v (%v)", open, err)
		}
		return nil
	})
}

func TestAGroupFoundGoneWhileSending(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	chat := h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	h.sim.Mute(chat, true)
	h.say(chat, sitti, "/bantuan")
	contains(t, only(t, h.heard(sitti)).Text, "Pokja Lingkungan")
	h.say(chat, sitti, "/bantuan")
	if again := h.heard(sitti); len(again) != 0 {
		t.Errorf("told twice: %q", texts(again))
	}
}

func TestPeopleAreLearnedFromComingAndGoing(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	forum := h.linkedGroup("Forum", "komunitas", sitti)
	baso := h.person("Baso Irfandi", "baso_contoh")
	fadli := h.person("Fadli Kaluku", "fadli_contoh")
	h.sim.Join(pokja, baso)
	h.sim.Join(forum, fadli)
	h.quiet()

	if actor := h.actor(baso); actor.Name != "Baso Irfandi" || !actor.Has(council.RoleWorkingGroup) {
		t.Errorf("who joined a working group is kept as %+v", actor)
	}
	if actor := h.actor(fadli); actor.Name != "" || actor.Username != "" || !actor.Has(council.RoleCommunity) {
		t.Errorf("of a community member only the id is kept, not %+v", actor)
	}
	h.sim.Leave(pokja, baso)
	h.quiet()
	if actor := h.actor(baso); !actor.IsStranger() {
		t.Errorf("who left is still %+v", actor)
	}
	if said := append(h.heard(pokja), h.heard(forum)...); len(said) > 2 { // the two links
		t.Errorf("people coming and going need no words: %q", texts(said))
	}
}

func TestWhoIsGivenWorkIsLetIn(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	unseen := h.person("Baso Irfandi", "baso_contoh")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase, tenggat Jumat 16.00")
	said := strings.Join(texts(h.say(unseen, unseen, "/mulai")), "\n")
	contains(t, said, "Selamat datang", "T-1", "Rekap tonase")
	if actor := h.actor(unseen); !actor.Has(council.RoleWorkingGroup) {
		t.Errorf("the assignee is %+v", actor)
	}
}

func TestANewTitleIsKept(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	chat := h.linkedGroup("Lama", "dewan", sitti)
	h.change(func(tx *store.Tx) error {
		raw := `{"update_id":9000000001,"message":{"message_id":900,"date":1,"chat":{"id":CHAT,"type":"supergroup","title":"Baru"},
			"from":{"id":1,"is_bot":false,"first_name":"A"},"new_chat_title":"Baru"}}`
		_, err := tx.Receive([]store.Received{{UpdateID: 9000000001, ChatID: chat, Raw: strings.ReplaceAll(raw, "CHAT", idText(chat))}}, time.Now())
		return err
	})
	h.restart()
	h.look(func(tx *store.Tx) error {
		if group, err := tx.GroupOf(chat, 0); err != nil || group.Title != "Baru" {
			t.Errorf("the group is called %q (%v)", group.Title, err)
		}
		return nil
	})
}

func TestAGroupBecomesASupergroup(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	old := h.sim.Group(sim.Group{Title: "Pokja", Members: []int64{sitti}})
	h.sim.AddBot(old, sitti)
	h.heard(old)
	h.say(old, sitti, "/hubungkan pokja lingkungan")
	grown := h.sim.Migrate(old)
	h.quiet()
	h.look(func(tx *store.Tx) error {
		groups, err := tx.Groups()
		if err != nil || len(groups) != 1 || groups[0].ChatID != grown {
			t.Errorf("the groups are %+v (%v)", groups, err)
		}
		_, err = tx.NextLeave()
		if err != store.ErrNotFound {
			t.Errorf("the grown group is to be left (%v)", err)
		}
		return nil
	})
	if !h.actor(sitti).In(1) {
		t.Error("nobody is seen in the grown group")
	}
	only(t, h.say(grown, sitti, "/mulai"))
}
