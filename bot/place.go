package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// settingPlaceAsked remembers that a coordinator was asked where the city is.
const settingPlaceAsked = "city_asked"

// cityZones are the zones of Indonesia by the word on their buttons.
var cityZones = []struct{ word, zone string }{
	{"WIB", "Asia/Jakarta"}, {"WITA", "Asia/Makassar"}, {"WIT", "Asia/Jayapura"},
}

// cityNameLimit is how many characters of a city's name are kept.
const cityNameLimit = 80

// missingPlace tells what is not known of the city.
func (r *request) missingPlace() (name, zone bool, err error) {
	cityName, err := settingOr(r.tx, store.SettingCity, r.City)
	if err != nil {
		return false, false, err
	}
	zoneName, err := settingOr(r.tx, store.SettingZone, r.Zone)
	return cityName == "", zoneName == "", err
}

// asksPlace tells whether this person is to be asked where the city is.
func (r *request) asksPlace() (bool, error) {
	if !r.private || !r.actor.Coordinates() {
		return false, nil
	}
	name, zone, err := r.missingPlace()
	if err != nil || !name && !zone {
		return false, err
	}
	asked, err := r.tx.Setting(settingPlaceAsked)
	return asked == "", err
}

// askPlace asks the first coordinator who writes in private for the city's name
// and zone, once, and not while something else is being asked.
func (r *request) askPlace() error {
	asks, err := r.asksPlace()
	if err != nil || !asks {
		return err
	}
	_, err = r.tx.Dialog(r.chatID, r.actor.ID)
	if err == nil || notFoundIsNil(err) != nil {
		return err
	}
	if err := r.tx.SetSetting(settingPlaceAsked, r.now.UTC().Format(time.DateOnly)); err != nil {
		return err
	}
	name, _, err := r.missingPlace()
	if err != nil {
		return err
	}
	if name {
		return r.ask(dialogCity, "name", "", r.speak.Say("city.ask_name"))
	}
	return r.askZone(r.speak.Say("city.ask_zone"))
}

func (r *request) askZone(text string) error {
	var row []store.Button
	for _, known := range cityZones {
		row = append(row, store.Button{Text: known.word, Data: data(pressZone, known.word)})
	}
	return r.reply(text, row)
}

// answerCity takes the name of the city.
func (r *request) answerCity(store.Dialog) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	name := shorten(strings.Join(strings.Fields(r.text), " "), cityNameLimit)
	if name == "" {
		return r.reply(r.speak.Say("city.ask_name"))
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.setPlace(store.SettingCity, name); err != nil {
		return err
	}
	text := r.speak.Say("city.named", "City", name)
	_, zone, err := r.missingPlace()
	if err != nil {
		return err
	}
	if zone {
		return r.askZone(text + "\n" + r.speak.Say("city.ask_zone"))
	}
	if err := r.reply(text); err != nil {
		return err
	}
	return r.askAddressOnce()
}

// pressZone takes the zone of the city.
func (r *request) pressZone(arguments pressArguments) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	for _, known := range cityZones {
		if known.word != arguments.text(0) || r.Zone != "" {
			continue
		}
		if err := r.setPlace(store.SettingZone, known.zone); err != nil {
			return err
		}
		if err := r.edit(r.speak.Say("city.zoned", "Zone", known.word)); err != nil {
			return err
		}
		if err := r.toast(r.speak.Say("people.saved")); err != nil {
			return err
		}
		return r.askAddressOnce()
	}
	return r.toast(r.speak.Say("press.stale"))
}

func (r *request) setPlace(key, value string) error {
	if err := r.tx.SetSetting(key, value); err != nil {
		return err
	}
	return r.record(council.Reference{}, council.EventSetting, "", "key", key)
}
