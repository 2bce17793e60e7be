package bot

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func (h *harness) quietTimes(of store.Hearer) (times []council.QuietTime) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) { times, err = tx.QuietTimes(of); return err })
	return times
}

func TestForgedButtonsAboutQuietTimes(t *testing.T) {
	c := newTown(t)
	c.say(c.pokja, c.baso, "/jam_tenang 12-13")
	c.say(c.baso, c.baso, "/jam_tenang 20.00-07.00")
	group := store.Hearer{GroupID: 1}
	own := store.Hearer{MemberID: c.actor(c.baso).ID}
	message := only(t, c.say(c.yuliana, c.yuliana, "/jam_tenang"))
	beforeGroup, beforeOwn := c.quietTimes(group), c.quietTimes(own)
	if len(beforeGroup) != 1 || len(beforeOwn) != 1 {
		t.Fatalf("%v and %v", beforeGroup, beforeOwn)
	}
	for name, forged := range map[string]string{
		"nothing":               data(pressQuiet),
		"an unknown wish":       data(pressQuiet, "explode"),
		"no choice":             data(pressQuiet, quietAdd),
		"a choice that is none": data(pressQuiet, quietAdd, 99),
		"a negative choice":     data(pressQuiet, quietAdd, -1),
		"an undoing of nothing": data(pressQuiet, quietUndo),
		"somebody's undoing":    data(pressQuiet, quietUndo, 1),
	} {
		t.Run(name, func(t *testing.T) {
			for _, place := range []int64{c.yuliana, c.pokja} {
				if answer := c.pressData(place, message.ID, c.yuliana, forged); answer.Text == "" {
					t.Error("the press is not answered in words")
				}
			}
			if !cmp.Equal(beforeGroup, c.quietTimes(group)) || !cmp.Equal(beforeOwn, c.quietTimes(own)) {
				t.Errorf("now %v and %v", c.quietTimes(group), c.quietTimes(own))
			}
			if times := c.quietTimes(store.Hearer{MemberID: c.actor(c.yuliana).ID}); len(times) != 0 {
				t.Errorf("Yuliana has %v", times)
			}
		})
	}
}

func TestQuietTimesAreUndoneByWhoeverChangedThem(t *testing.T) {
	c := newTown(t)
	group := store.Hearer{GroupID: 1}
	c.say(c.pokja, c.baso, "/jam_tenang 12-13")
	first := only(t, c.say(c.pokja, c.baso, "/jam_tenang 9-10"))
	contains(t, c.pressOn(c.pokja, first.ID, c.yuliana, "Urungkan").Text, "Tidak ada perubahan")
	contains(t, only(t, c.say(c.baso, c.baso, "/urungkan")).Text, "diurungkan", "12.00–13.00")
	if times := c.quietTimes(group); len(times) != 1 || times[0].From != 720 {
		t.Errorf("now %v", times)
	}
	second := only(t, c.say(c.pokja, c.baso, "/jam_tenang 14-15"))
	c.say(c.pokja, c.baso, "/jam_tenang 15-16")
	contains(t, c.pressOn(c.pokja, second.ID, c.baso, "Urungkan").Text, "sudah berubah lagi")
	c.pass(11 * time.Minute)
	contains(t, only(t, c.say(c.pokja, c.baso, "/urungkan")).Text, "lebih dari 10 menit")
	if same := only(t, c.say(c.pokja, c.baso, "/jam_tenang 15-16")); len(labels(same)) != 0 {
		t.Errorf("what has not changed is undone by %q", labels(same))
	}
}
