package bot

import (
	"slices"
	"testing"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func commandsOf(list []sim.Command) []string {
	var names []string
	for _, one := range list {
		names = append(names, one.Command)
	}
	return names
}

func TestMenus(t *testing.T) {
	h := newHarness(t)
	for _, test := range []struct{ scope, language, has, first string }{
		{scopePrivate, "", "profil", "tugas"},
		{scopePrivate, "en", "profile", "tasks"},
		{scopeGroups, "", "rekap", "tugas_baru"},
		{scopeGroups, "en", "digest", "newtask"},
	} {
		t.Run(test.scope+" "+test.language, func(t *testing.T) {
			shown := commandsOf(h.sim.Commands(test.scope, 0, test.language))
			if len(shown) == 0 || len(shown) > menuLimit || shown[0] != test.first || !slices.Contains(shown, test.has) {
				t.Errorf("the menu is %v", shown)
			}
		})
	}
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	h.say(h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso), baso, "/bantuan")
	h.say(baso, baso, "/start")
	if shown := commandsOf(h.sim.Menu(baso, baso)); slices.Contains(shown, "peran") || !slices.Contains(shown, "kendala") {
		t.Errorf("a member is shown %v", shown)
	}
	h.say(sitti, sitti, "/peran @baso_contoh koordinator")
	if shown := commandsOf(h.sim.Menu(baso, baso)); !slices.Contains(shown, "peran") || len(shown) > menuLimit {
		t.Errorf("a new coordinator is shown %v", shown)
	}
	h.say(sitti, sitti, "/peran @baso_contoh lepas koordinator")
	if shown := commandsOf(h.sim.Menu(baso, baso)); slices.Contains(shown, "peran") {
		t.Errorf("a former coordinator is shown %v", shown)
	}
}

func TestMenusAreSentWhenTheyChange(t *testing.T) {
	h := newHarness(t)
	sent := func() int { return h.sim.Counts()["setMyCommands"] }
	if sent() != 4 {
		t.Fatalf("the first start sent %d menus", sent())
	}
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.say(h.linkedGroup("Pokja", "dewan", sitti), sitti, "/bahasa en")
	before := sent()
	h.restart()
	if sent() != before {
		t.Errorf("the same menus were sent again: %d", sent()-before)
	}
	h.change(func(tx *store.Tx) error { return tx.SetSetting(store.SettingMenus, "those of an older version") })
	h.restart()
	if got := sent() - before; got != 6 {
		t.Errorf("after an update %d menus were sent: everybody's four, the coordinator's, the English group's", got)
	}
}

func TestACoordinatorsMenuComesWithTheFirstWord(t *testing.T) {
	owner := int64(4711)
	h := newHarness(t, func(options *Options) { options.Owners = []int64{owner} })
	h.sim.Person(sim.Person{ID: owner, FirstName: "Sitti", LanguageCode: "id"})
	h.say(owner, owner, "/start")
	if shown := commandsOf(h.sim.Menu(owner, owner)); !slices.Contains(shown, "hubungkan") || !slices.Contains(shown, "peran") {
		t.Errorf("an owner is shown %v", shown)
	}
}
