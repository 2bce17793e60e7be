package bot

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

// TestEveryPressCanBeUndoneOnTheCard puts each change back, on the card, and
// tells whoever was told of it.
func TestEveryPressCanBeUndoneOnTheCard(t *testing.T) {
	for _, test := range []struct {
		button string
		state  council.TaskState
		told   func(c *town) []int64
	}{
		{"Siap", council.TaskNew, func(*town) []int64 { return nil }},
		{"Batalkan", council.TaskNew, func(*town) []int64 { return nil }},
		{"Selesai", council.TaskInProgress, func(c *town) []int64 { return []int64{c.sitti, c.rahman} }},
		{"Ada kendala", council.TaskInProgress, func(c *town) []int64 { return []int64{c.sitti, c.rahman} }},
	} {
		t.Run(test.button, func(t *testing.T) {
			c := newTown(t)
			card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
			if test.state == council.TaskInProgress {
				c.say(c.baso, c.baso, "/progres T-1 40%")
			}
			before := c.task(1)
			c.hush()
			c.pressOn(c.pokja, card, c.baso, test.button)
			if c.task(1).Version == before.Version {
				t.Fatal("the press changed nothing")
			}
			c.hush()
			c.pass(9*time.Minute + 59*time.Second)
			contains(t, c.pressOn(c.pokja, card, c.yuliana, "Urungkan").Text, "Tidak ada perubahan Bapak/Ibu")
			c.pressOn(c.pokja, card, c.baso, "Riwayat ("+strconv.Itoa(len(c.happened(1)))+")")
			c.pressOn(c.pokja, card, c.baso, "Kembali")
			contains(t, c.pressOn(c.pokja, card, c.baso, "Urungkan").Text, "T-1 diurungkan")
			after := c.task(1)
			if after.State != before.State || !slices.Equal(after.Assignees, before.Assignees) || after.Deadline != before.Deadline {
				t.Errorf("it became %+v", after)
			}
			if hasButton(c.message(c.pokja, card), "Urungkan") {
				t.Error("the card still offers to undo")
			}
			for _, person := range test.told(c) {
				contains(t, joined(c.heard(person)), "perubahan terakhir pada T-1 diurungkan")
			}
			if said := c.heard(c.yuliana); len(said) != 0 || len(c.heard(c.pokja)) != 0 {
				t.Errorf("others were told: %q", texts(said))
			}
			contains(t, c.pressData(c.pokja, card, c.baso, data(pressUndo, 1, before.Version+1)).Text, "Tidak ada perubahan")
		})
	}
}

// TestEveryCommandCanBeUndoneFromItsAnswer puts each change back from the
// message that confirms it.
func TestEveryCommandCanBeUndoneFromItsAnswer(t *testing.T) {
	c := newTown(t)
	for _, said := range []string{"/progres T-# 60%", "/kendala T-# hujan", "/selesai T-#", "/tenggat T-# lusa", "/tenggat T-# tanpa tenggat",
		"/disposisi T-# @yuliana_contoh", "/disposisi T-# pokja lingkungan", "/ambil T-#"} {
		t.Run(said, func(t *testing.T) {
			number := c.inState(council.TaskNew, c.baso)
			before := c.task(number)
			answer := only(t, c.say(c.baso, c.baso, filled(said, number)))
			c.pressOn(c.baso, answer.ID, c.baso, "Urungkan")
			after := c.task(number)
			if after.State != before.State || !slices.Equal(after.Assignees, before.Assignees) || after.Deadline != before.Deadline || after.Version != before.Version+2 {
				t.Errorf("it became %+v", after)
			}
			now := c.message(c.baso, answer.ID)
			contains(t, now.Text, filled("T-#", number), "diurungkan")
			if len(labels(now)) != 0 {
				t.Errorf("the answer still offers %q", labels(now))
			}
			c.hush()
		})
	}
}

// TestWhatCannotBeUndone says why.
func TestWhatCannotBeUndone(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	contains(t, only(t, c.say(c.baso, c.baso, "/urungkan")).Text, "Tidak ada perubahan")
	first := only(t, c.say(c.baso, c.baso, "/progres T-1 30%"))
	second := only(t, c.say(c.baso, c.baso, "/progres T-1 60%"))
	contains(t, c.pressOn(c.baso, first.ID, c.baso, "Urungkan").Text, "T-1 sudah berubah lagi")
	if got := c.task(1).Assignees[0].Progress; got != 60 {
		t.Errorf("the older button took back the newer change: %d%%", got)
	}
	contains(t, only(t, c.say(c.yuliana, c.yuliana, "/urungkan T-1")).Text, "Tidak ada perubahan")
	contains(t, only(t, c.say(c.herlina, c.herlina, "/undo T-1")).Text, "grup lain")
	contains(t, only(t, c.say(c.baso, c.baso, "/undo T-7")).Text, "T-7 belum ada")
	c.pass(10*time.Minute + time.Second)
	contains(t, c.pressOn(c.baso, second.ID, c.baso, "Urungkan").Text, "lebih dari 10 menit")
	contains(t, only(t, c.say(c.baso, c.baso, "/urungkan")).Text, "lebih dari 10 menit")
	c.say(c.baso, c.baso, "/progres T-1 70%")
	c.say(c.sitti, c.sitti, "/tenggat T-1 lusa")
	c.hush()
	contains(t, only(t, c.say(c.baso, c.baso, "/urungkan T-1")).Text, "Tidak ada perubahan")
	contains(t, joined(c.say(c.rahman, c.rahman, "/urungkan T-1")), "T-1 diurungkan") // a coordinator helps out
	if got := c.task(1); got.Assignees[0].Progress != 70 || got.Deadline.At.Day() != 26 {
		t.Errorf("T-1: %+v", got)
	}
	c.sound()
}

// TestTheMakingOfATaskIsUndone cancels it and tells its assignees.
func TestTheMakingOfATaskIsUndone(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	contains(t, joined(c.say(c.pokja, c.sitti, "/urungkan")), "T-1 diurungkan")
	contains(t, c.message(c.pokja, card).Text, "Dibatalkan")
	contains(t, joined(c.heard(c.baso)), "perubahan terakhir pada T-1 diurungkan", "Dibatalkan")
	if answer := only(t, c.say(c.sitti, c.sitti, "/tugas T-1")); !hasButton(answer, "Buka kembali") {
		t.Errorf("the coordinator cannot reopen: %q", labels(answer))
	}
	c.press(c.sitti, c.sitti, "Buka kembali")
	contains(t, c.message(c.pokja, card).Text, "Baru · Baso Irfandi")
	contains(t, joined(c.heard(c.baso)), "T-1 dibuka kembali")
}

// TestACommentLeavesTheUndoing keeps [Urungkan] until the task itself changes.
func TestACommentLeavesTheUndoing(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.pressOn(c.pokja, card, c.baso, "Siap")
	c.write(sim.Message{Chat: c.pokja, Person: c.yuliana, Text: "data ada di map biru", ReplyTo: card})
	if !hasButton(c.message(c.pokja, card), "Urungkan") {
		t.Error("a comment took the button away")
	}
	c.say(c.baso, c.baso, "/progres T-1 10%")
	c.pass(11 * time.Minute)
	c.write(sim.Message{Chat: c.pokja, Person: c.yuliana, Text: "sudah ketemu", ReplyTo: card})
	if hasButton(c.message(c.pokja, card), "Urungkan") {
		t.Error("the card offers what is too late")
	}
}

// TestARepeatedTaskIsWithdrawn takes the next one back when the last turns out
// not to be done, and makes no second one afterwards.
func TestARepeatedTaskIsWithdrawn(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Laporan tonase, setiap bulan tanggal 5")
	accept := func() {
		c.say(c.baso, c.baso, "/selesai T-1")
		c.press(c.sitti, c.sitti, "Sesuai")
	}
	accept()
	next := only(t, c.heard(c.pokja))
	contains(t, next.Text, "T-2 · Laporan tonase", "5 November 2026")
	if !slices.Equal(labels(next), newButtons) {
		t.Errorf("buttons %q", labels(next))
	}
	c.press(c.sitti, c.sitti, "Urungkan")
	if got := c.task(2).State; got != council.TaskCancelled || c.task(1).State != council.TaskSubmitted {
		t.Fatalf("T-2 is %s, T-1 is %s", got, c.task(1).State)
	}
	contains(t, joined(c.heard(c.baso)), "T-2 dibatalkan")
	c.press(c.sitti, c.sitti, "Sesuai")
	if c.taskCount() != 3 || c.task(3).State != council.TaskNew {
		t.Fatalf("%d tasks", c.taskCount())
	}
	c.pass(time.Hour)
	c.press(c.sitti, c.sitti, "Buka kembali")
	accept()
	if c.task(1).State != council.TaskDone || c.taskCount() != 3 {
		t.Errorf("T-1 is %s, and there are %d tasks", c.task(1).State, c.taskCount())
	}
	c.sound()
}

// TestTheLastChangeIsUndone finds it among several of one moment.
func TestTheLastChangeIsUndone(t *testing.T) {
	c := newTown(t)
	for range 11 {
		c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	}
	for _, number := range []string{"T-3", "T-11", "T-2", "T-10"} {
		c.say(c.baso, c.baso, "/progres "+number+" 10%")
	}
	for _, number := range []string{"T-10", "T-2", "T-11", "T-3"} {
		contains(t, only(t, c.say(c.baso, c.baso, "/undo")).Text, "pada "+number+" diurungkan. Keadaannya kini: Baru.")
	}
	contains(t, only(t, c.say(c.baso, c.baso, "/undo")).Text, "Tidak ada perubahan")
}
