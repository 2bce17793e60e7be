package bot

import (
	"testing"
	"time"

	"github.com/rembuk/rembuk/store"
)

// TestAFloodOfOneStranger: whoever is in no group and writes or presses without end is
// answered no more than a person could read, everybody else as ever, and in the next
// minute this person again.
func TestAFloodOfOneStranger(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.change(func(tx *store.Tx) error { return tx.SetSetting(store.SettingStrangers, "1") })
	stranger, other := h.person("Orang Lewat", ""), h.person("Orang Lain", "")
	answers := 0
	for range strangerAMinute + 30 {
		answers += len(h.say(stranger, stranger, "/privasi"))
	}
	if answers == 0 || answers > strangerAMinute {
		t.Errorf("a stranger who asks %d times is answered %d times", strangerAMinute+30, answers)
	}
	h.sim.PressData(stranger, 1, stranger, "1:ack:1")
	if said := len(h.heard(stranger)); said != 0 {
		t.Errorf("a press beyond that is answered with %d messages", said)
	}
	if len(h.say(other, other, "/privasi")) == 0 || len(h.say(sitti, sitti, "/status")) == 0 {
		t.Error("others are not answered")
	}
	h.pass(time.Minute)
	if len(h.say(stranger, stranger, "/privasi")) == 0 {
		t.Error("a minute later the stranger is not answered")
	}
}

// TestAFloodWhereNobodyLinked: in a group that is none of the city's, the answer to the one
// command that has any is given once in a while.
func TestAFloodWhereNobodyLinked(t *testing.T) {
	h := newHarness(t)
	baso := h.person("Baso Irfandi", "baso_contoh")
	chat := h.group("Arisan", baso)
	answers := 0
	for range 15 {
		answers += len(h.say(chat, baso, "/start@rembuk_bot"))
	}
	if answers != 1 {
		t.Errorf("there are %d answers", answers)
	}
	h.pass(10 * time.Minute)
	if len(h.say(chat, baso, "/start@rembuk_bot")) != 1 {
		t.Error("ten minutes later there is none")
	}
}
