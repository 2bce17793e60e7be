package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func withoutPlace(options *Options) { options.City, options.Zone = "", "" }

func (h *harness) settings(keys ...string) string {
	var values []string
	h.look(func(tx *store.Tx) error {
		for _, key := range keys {
			value, err := tx.Setting(key)
			if err != nil {
				return err
			}
			values = append(values, value)
		}
		return nil
	})
	return strings.Join(values, "|")
}

func TestTheFirstCoordinatorIsAskedWhereTheCityIs(t *testing.T) {
	owner := int64(4711)
	h := newHarness(t, withoutPlace, func(options *Options) { options.Owners = []int64{owner} })
	h.sim.Person(sim.Person{ID: owner, FirstName: "Sitti", LanguageCode: "id"})

	said := h.say(owner, owner, "/bantuan")
	if len(said) != 2 {
		t.Fatalf("the command is answered, then the city is asked for: %q", texts(said))
	}
	contains(t, said[0].Text, "tercatat sebagai koordinator", "pilih topik")
	contains(t, said[1].Text, "Kabupaten atau kota mana")
	h.restart()
	zone := only(t, h.say(owner, owner, "  Kabupaten  Teluk Marannu "))
	contains(t, zone.Text, "Kabupaten Teluk Marannu", "Zona waktu")
	if got := strings.Join(labels(zone), "|"); got != "WIB|WITA|WIT" {
		t.Errorf("offered %s", got)
	}
	h.pressOn(owner, zone.ID, owner, "WIT")
	contains(t, h.message(owner, zone.ID).Text, "WIT")
	if got := h.settings(store.SettingCity, store.SettingZone); got != "Kabupaten Teluk Marannu|Asia/Jayapura" {
		t.Errorf("kept %s", got)
	}
	contains(t, only(t, h.heard(owner)).Text, "menyapa") // the next question, one thing at a time
	if again := h.say(owner, owner, "/bantuan"); len(again) != 1 {
		t.Errorf("nothing is asked again: %q", texts(again))
	}
	h.change(func(tx *store.Tx) error {
		city, err := h.bot.cityNow(tx)
		if err == nil && (city.Zone.String() != "Asia/Jayapura" || city.Name != "Kabupaten Teluk Marannu") {
			t.Errorf("the rules still use %s, %s", city.Name, city.Zone)
		}
		return err
	})
}

func TestWhereTheCityIsWaitsForAFormAndIsAskedOnce(t *testing.T) {
	owner := int64(4711)
	h := newHarness(t, withoutPlace, func(options *Options) { options.Owners = []int64{owner} })
	h.sim.Person(sim.Person{ID: owner, FirstName: "Sitti", LanguageCode: "id"})
	form := only(t, h.say(owner, owner, "/tugas_baru"))
	lacks(t, form.Text, "kota mana")
	asked := h.say(owner, owner, "/batal")
	contains(t, strings.Join(texts(asked), "\n"), "dibatalkan", "kota mana")
	h.say(owner, owner, "/batal") // the question may be left open
	for _, text := range texts(h.say(owner, owner, "/bantuan")) {
		lacks(t, text, "kota mana")
	}
	if got := h.settings(store.SettingCity, store.SettingZone); got != "|" {
		t.Errorf("kept %q", got)
	}
}

func TestOnlyTheZoneIsAskedWhenTheNameIsConfigured(t *testing.T) {
	owner := int64(4711)
	h := newHarness(t, func(options *Options) { options.Zone, options.Owners = "", []int64{owner} })
	h.sim.Person(sim.Person{ID: owner, FirstName: "Sitti", LanguageCode: "id"})
	said := h.say(owner, owner, "/start")
	contains(t, said[len(said)-1].Text, "Zona waktu")
	h.press(owner, owner, "WIB")
	if got := h.settings(store.SettingCity, store.SettingZone); got != "|Asia/Jakarta" {
		t.Errorf("kept %s", got)
	}
}

func TestAConfiguredPlaceIsNotAskedFor(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	for _, text := range texts(h.say(sitti, sitti, "/bantuan")) {
		lacks(t, text, "kota mana", "Zona waktu")
	}
	contains(t, h.pressData(sitti, 1, sitti, data(pressZone, "WIB")).Text, "tidak berlaku")
	if got := h.settings(store.SettingZone); got != "" {
		t.Errorf("a forged press set the zone to %s", got)
	}
}
