package bot

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

const largest = "9223372036854775807"

// forgedButtons is what no button of the bot carries.
var forgedButtons = map[string]string{
	"nothing at all":                   ":",
	"no meaning":                       "1:",
	"another version":                  "2:cancel:1",
	"an old version":                   "0:cancel:1",
	"words":                            "batalkan semua",
	"an unknown action":                "1:explode:1",
	"an action in other letters":       "1:CANCEL:1",
	"no number":                        "1:cancel",
	"an empty number":                  "1:cancel:",
	"number zero":                      "1:cancel:0",
	"a negative number":                "1:cancel:-1",
	"letters for a number":             "1:cancel:T-1",
	"a number too large to be one":     "1:cancel:99999999999999999999999",
	"the largest number":               "1:cancel:" + largest,
	"a task that does not exist":       "1:submit:4711",
	"another task on this card":        "1:cancel:2",
	"history of another task":          "1:hist:2:0",
	"the card of another task":         "1:card:2",
	"no date":                          "1:duesel:1",
	"letters for a date":               "1:duesel:1:besok",
	"a date long ago":                  "1:duesel:1:1",
	"a date before all dates":          "1:duesel:1:-" + largest,
	"a date behind all dates":          "1:duesel:1:" + largest,
	"no person":                        "1:assign:1",
	"a person who does not exist":      "1:assign:1:4711",
	"a negative person":                "1:assign:1:-4",
	"help from nobody":                 "1:helper:1",
	"help though nothing is blocked":   "1:helper:1:c",
	"help from somebody unknown":       "1:helper:1:x",
	"an undoing of nothing":            "1:undo:2:1",
	"an undoing of another version":    "1:undo:1:7",
	"an answer to no question":         "1:draft:who:1",
	"an answer to no question at all":  "1:draft",
	"a list on a card":                 "1:list:g:0",
	"a list of somebody on a card":     "1:list:m:1",
	"check of what is not handed in":   "1:accept:1",
	"sending back what was not":        "1:fix:1",
	"reopening what is open":           "1:reopen:1",
	"as long as a button can be":       "1:cancel:" + strings.Repeat("1", 55),
	"letters beyond the usual":         "1:cancel:１",
	"an evaluation that is not there":  "1:eval:4711",
	"taking what is somebody's":        "1:take:1",
	"a promise for somebody else":      "1:ack:1",
	"a direction about nothing at all": "1:direct",
}

// TestForgedButtonsDoNothing sends what no button of the bot carries, by the
// person who may do everything, and expects a polite answer and no change.
func TestForgedButtonsDoNothing(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.newTask("Foto posko, tenggat besok")
	message := c.message(c.pokja, card)
	before := c.task(1)
	for name, forged := range forgedButtons {
		t.Run(name, func(t *testing.T) {
			if answer := c.pressData(c.pokja, card, c.sitti, forged); answer.Text == "" {
				t.Error("the press is not answered in words")
			}
			if difference := cmp.Diff(before, c.task(1)); difference != "" {
				t.Errorf("the task changed:\n%s", difference)
			}
			now := c.message(c.pokja, card)
			if now.Text != message.Text || !cmp.Equal(labels(now), labels(message)) {
				t.Errorf("the card changed:\n%s\n%q", now.Text, labels(now))
			}
		})
	}
	if c.taskCount() != 2 || c.task(2).State != council.TaskNew {
		t.Errorf("there are %d tasks, T-2 is %s", c.taskCount(), c.task(2).State)
	}
	for _, chat := range []int64{c.pokja, c.baso, c.rahman, c.yuliana} {
		if said := c.heard(chat); len(said) != 0 {
			t.Errorf("chat %d was told %q", chat, texts(said))
		}
	}
	c.sound()
}

// TestPagesBeyondTheLastShowTheLast presses buttons for pages that there are not.
func TestPagesBeyondTheLastShowTheLast(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.say(c.baso, c.baso, "/progres T-1 10%")
	for _, page := range []any{int64(1) << 62, -3, "seribu", 99} {
		c.pressData(c.pokja, card, c.sitti, data(pressHistory, 1, page))
		contains(t, c.message(c.pokja, card).Text, "Riwayat T-1", "melaporkan kemajuan 10%")
	}
	list := only(t, c.say(c.pokja, c.baso, "/tugas"))
	for _, page := range []any{int64(1) << 62, -3, "seribu", 99} {
		c.pressData(c.pokja, list.ID, c.baso, data(pressList, "m", page))
		contains(t, c.message(c.pokja, list.ID).Text, "Tugas Pokja Lingkungan (1)", "T-1 · Rekap tonase")
	}
	c.sound()
}

// TestButtonsOfOldMessages presses buttons on messages that Telegram shows the
// bot no more, and on cards that a newer one has replaced.
func TestButtonsOfOldMessages(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	answer := c.toast(c.sim.PressOld(c.pokja, card, c.baso, data(pressAcknowledge, 1)))
	contains(t, answer.Text, "T-1", "Siap")
	contains(t, c.message(c.pokja, card).Text, "Baru · Baso Irfandi (siap)")

	newer := only(t, c.say(c.pokja, c.sitti, "/tugas T-1"))
	if newer.ID == card {
		t.Fatal("there is no newer card")
	}
	contains(t, c.pressOn(c.pokja, card, c.baso, "Selesai").Text, "menunggu pemeriksaan")
	if old := c.message(c.pokja, card); len(labels(old)) != 1 || !hasButton(old, "Urungkan") {
		t.Errorf("the old card still offers %q", labels(old))
	}
	contains(t, c.message(c.pokja, newer.ID).Text, "Menunggu pemeriksaan")
	contains(t, c.toast(c.sim.PressOld(c.pokja, card, c.baso, data(pressSubmit, 1))).Text, "T-1 berstatus Menunggu pemeriksaan")
	contains(t, c.toast(c.sim.PressOld(c.pokja, 99, c.baso, "0:done:1")).Text, "sudah tidak berlaku", "/tugas")
	c.sound()
}

// TestADateThatHasPassedSinceItWasOffered presses a date after its hour.
func TestADateThatHasPassedSinceItWasOffered(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat 30 September")
	c.pressOn(c.pokja, card, c.sitti, "Ubah tenggat")
	soonest := labels(c.message(c.pokja, card))[0]
	before := c.task(1).Deadline
	c.pass(240 * 3600 * 1e9)
	contains(t, c.pressOn(c.pokja, card, c.sitti, soonest).Text, "tidak berlaku")
	if c.task(1).Deadline != before {
		t.Errorf("the deadline is now %v", c.task(1).Deadline)
	}
}
