package bot

import (
	"slices"
	"testing"

	"github.com/rembuk/rembuk/store"
)

// TestMenusOfCommunities: communities' groups and the private chats of people known
// from those alone offer what such people can do, and follow what people become.
func TestMenusOfCommunities(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	fadli, baso := h.person("Fadli Kaluku", "fadli_contoh"), h.person("Baso Irfandi", "baso_contoh")
	forum := h.linkedGroup("Forum", "komunitas", sitti, fadli)
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.say(forum, fadli, "/bantuan")
	h.say(fadli, fadli, "/mulai")
	want := []string{"ide", "tanya", "pertanyaan", "status", "ingatkan", "profil", "bantuan", "batal"}
	for name, chat := range map[string]int64{"the group": forum, "the private chat": fadli} {
		if shown := commandsOf(h.sim.Menu(chat, fadli)); !slices.Equal(shown, want) {
			t.Errorf("%s shows %v", name, shown)
		}
	}
	if shown := commandsOf(h.sim.Menu(pokja, baso)); slices.Contains(shown, "tanya") {
		t.Errorf("a working group shows %v", shown)
	}
	help := only(t, h.say(fadli, fadli, "/bantuan"))
	h.pressOn(fadli, help.ID, fadli, "Pertanyaan")
	contains(t, h.message(fadli, help.ID).Text, "/tanya", "/pertanyaan")
	h.say(fadli, fadli, "/bahasa en")
	if shown := commandsOf(h.sim.Menu(fadli, fadli)); len(shown) != len(want) || shown[0] != "idea" {
		t.Errorf("in English: %v", shown)
	}
	h.change(func(tx *store.Tx) error { return tx.SetSetting(store.SettingMenus, "those of an older version") })
	h.restart()
	if shown := commandsOf(h.sim.Menu(fadli, fadli)); shown[0] != "idea" {
		t.Errorf("after an update: %v", shown)
	}
	h.sim.Join(pokja, fadli)
	h.say(pokja, fadli, "/status")
	if shown := commandsOf(h.sim.Menu(fadli, fadli)); slices.Contains(shown, "ask") || !slices.Contains(shown, "blocked") {
		t.Errorf("once in a working group: %v", shown)
	}
}
