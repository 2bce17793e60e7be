package bot

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestTasksInEnglish lets a group and its people speak English, and finds no
// Indonesian in what the bot says.
func TestTasksInEnglish(t *testing.T) {
	c := newTown(t)
	for _, person := range []int64{c.sitti, c.baso, c.yuliana} {
		c.say(person, person, "/language en")
	}
	c.say(c.pokja, c.sitti, "/bahasa en")
	c.hush()
	begun := map[int64]int{}
	for _, chat := range []int64{c.pokja, c.sitti, c.baso, c.yuliana} {
		begun[chat] = len(c.sim.Messages(chat))
	}
	var toasts []string
	press := func(chat, person int64, button string) {
		t.Helper()
		toasts = append(toasts, c.press(chat, person, button).Text)
	}
	card := only(t, c.say(c.pokja, c.sitti, "/newtask @baso_contoh Weigh the plastic, due Monday 4 pm"))
	contains(t, card.Text, "T-1 · Weigh the plastic\nNew · Baso Irfandi\nMonday, 28 September 2026 at 16:00 WITA (3 days left)")
	press(c.pokja, c.baso, "OK, I will")
	press(c.pokja, c.baso, "Undo")
	press(c.pokja, c.sitti, "Change deadline")
	press(c.pokja, c.sitti, "No deadline")
	c.say(c.pokja, c.sitti, "/due T-1 tomorrow 10.00")
	c.say(c.pokja, c.sitti, "/due T-1 whenever")
	c.say(c.baso, c.baso, "/progress T-1 60% one district left")
	c.say(c.baso, c.baso, "/progress T-1 600%")
	press(c.baso, c.baso, "Obstacle")
	press(c.baso, c.baso, "Leader")
	c.write(sim.Message{Chat: c.pokja, Person: c.yuliana, Text: "the scale is broken", ReplyTo: card.ID})
	c.say(c.baso, c.baso, "/done T-1")
	c.say(c.baso, c.baso, "/done T-1")
	press(c.sitti, c.sitti, "Needs fixing")
	c.say(c.sitti, c.sitti, "/assign T-1")
	press(c.sitti, c.sitti, "Yuliana Tasik")
	press(c.pokja, c.yuliana, "Cancel")
	press(c.pokja, c.yuliana, "History ("+strconv.Itoa(len(c.happened(1)))+")")
	press(c.pokja, c.yuliana, "Back")
	for _, said := range []string{"/tasks", "/take", "/search plastic", "/search zebra", "/undo", "/undo", "/newtask", "/cancel", "/newtask 31 June"} {
		c.say(c.pokja, c.yuliana, said)
		c.say(c.yuliana, c.yuliana, said)
	}
	c.say(c.yuliana, c.yuliana, "/newtask Count the bins @baso_contoh, by 31 June")
	c.say(c.yuliana, c.yuliana, "yesterday")
	for chat, from := range begun {
		for _, message := range c.sim.Messages(chat)[from:] {
			if message.Bot {
				lacksIndonesian(t, append(labels(message), message.Text)...)
			}
		}
	}
	lacksIndonesian(t, toasts...)
	c.look(func(tx *store.Tx) error {
		task, err := tx.Task(1)
		if task.Version < 9 {
			t.Errorf("only %d changes were made", task.Version)
		}
		return err
	})
	c.sound()
}

var indonesian = regexp.MustCompile(`(?i)\b(tugas|tenggat|terima|kasih|mohon|siapa|belum|sudah|pilih|balas|tidak|yang|dan|untuk|bapak|selesai|lagi|baru)\b`)

func lacksIndonesian(t *testing.T, said ...string) {
	t.Helper()
	for _, text := range said {
		if found := indonesian.FindString(text); found != "" {
			t.Errorf("%q is said in %q", found, text)
		}
	}
}
