package bot

import (
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestTheCityIsNeverOlderThanTheDatabase lets somebody look at the city who has
// begun to read before it changes.
func TestTheCityIsNeverOlderThanTheDatabase(t *testing.T) {
	h := newHarness(t)
	day := council.Day{Year: 2027, Month: time.March, Day: 10}
	knows := func(tx *store.Tx) bool {
		city, err := h.bot.cityNow(tx)
		if err != nil {
			t.Fatal(err)
		}
		_, off := city.Timing.Calendar.DayOff(day.At(12, 0, city.Zone))
		return off
	}
	h.look(func(early *store.Tx) error {
		if _, err := early.Setting(store.SettingCity); err != nil { // its picture is taken now
			return err
		}
		h.change(func(tx *store.Tx) error {
			if knows(tx) {
				t.Error("known before it is there")
			}
			if err := tx.SetHoliday(store.Holiday{Date: day.String(), Name: "Nyepi"}); err != nil {
				return err
			}
			if !knows(tx) {
				t.Error("not known to the one who set it")
			}
			return nil
		})
		if knows(early) {
			t.Error("known in a picture taken before")
		}
		return nil
	})
	h.look(func(tx *store.Tx) error {
		if !knows(tx) {
			t.Error("what was read before the change is taken for what is")
		}
		return nil
	})
	h.change(func(tx *store.Tx) error {
		if !knows(tx) {
			t.Error("the writer is told what was before the change")
		}
		return nil
	})
}
