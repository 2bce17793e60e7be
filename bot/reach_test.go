package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func (h *harness) reach(person int64) council.Reach { return h.actor(person).Reach }

func TestReachFollowsThePrivateChat(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/bantuan")
	if got := h.reach(baso); got != council.ReachUnknown {
		t.Errorf("before the private chat is opened: %s", got)
	}
	h.say(baso, baso, "/start")
	if got := h.reach(baso); got != council.ReachOpen {
		t.Errorf("after /start: %s", got)
	}
	h.sim.Block(baso)
	h.quiet()
	if got := h.reach(baso); got != council.ReachBlocked {
		t.Errorf("after blocking: %s", got)
	}
	h.sim.Unblock(baso)
	h.quiet()
	if got := h.reach(baso); got != council.ReachOpen {
		t.Errorf("after unblocking: %s", got)
	}
	h.sim.Deactivate(baso)
	h.change(func(tx *store.Tx) error {
		return tx.Queue(store.Outgoing{ChatID: baso, Kind: store.KindMessage, Payload: store.Payload{Text: "halo"}}, time.Now())
	})
	h.quiet()
	if got := h.reach(baso); got != council.ReachGone {
		t.Errorf("after the account was deleted: %s", got)
	}
}

func TestWaitingMessagesOfABlockedChatAreDropped(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.change(func(tx *store.Tx) error {
		return tx.Queue(store.Outgoing{
			ChatID: sitti, Kind: store.KindMessage, NotBefore: time.Now().Add(time.Hour), Payload: store.Payload{Text: "nanti"},
		}, time.Now())
	})
	h.sim.Block(sitti)
	h.quiet()
	h.look(func(tx *store.Tx) error {
		if open, err := tx.OpenOutbox(); err != nil || len(open) != 0 {
			t.Errorf("still waiting: %+v (%v)", open, err)
		}
		return nil
	})
}

func TestOpenTasksAreNamedWhenSomebodyCanBeReached(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/bantuan")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase bank sampah, tenggat 9 Oktober 16.00")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Foto berkoordinat, tanpa tenggat")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Sudah batal, tenggat 8 Oktober 16.00")
	h.press(pokja, sitti, "Batalkan")
	if said := h.heard(baso); len(said) != 0 {
		t.Fatalf("who never started the bot was written to: %q", texts(said))
	}
	listed := func(messages []string) string {
		for _, text := range messages {
			if strings.Contains(text, "masih terbuka") {
				return text
			}
		}
		return ""
	}
	said := texts(h.say(baso, baso, "/start"))
	if !strings.Contains(said[0], "Selamat datang") {
		t.Errorf("the answer comes first: %q", said)
	}
	list := listed(said)
	contains(t, list, "(2)", "T-1 · Rekap tonase bank sampah · Jum 9 Okt", "T-2 · Foto berkoordinat")
	lacks(t, list, "T-3")
	if again := listed(texts(h.say(baso, baso, "/start"))); again != "" {
		t.Errorf("named again: %q", again)
	}
	h.sim.Block(baso)
	h.quiet()
	h.sim.Unblock(baso)
	if list := listed(texts(h.heard(baso))); list == "" {
		t.Error("after a block was lifted, nothing is named")
	}
	h.press(baso, baso, "T-1")
	h.press(baso, baso, "Siap") // the card is there
}

func TestNothingIsNamedToWhoHasNothing(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	h.say(h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso), baso, "/bantuan")
	if said := h.say(baso, baso, "/bantuan"); len(said) != 1 {
		t.Errorf("said %q", texts(said))
	}
}
