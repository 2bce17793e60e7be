package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

// TestLifeOfATask goes through the table "Task" of product.md, "Lives of
// things": from each state, by each command and each button. What is not in the
// table is refused with what is possible instead.
func TestLifeOfATask(t *testing.T) {
	c := newTown(t)
	message := c.botMessage(c.sitti)
	for _, way := range waysOfChange(c) {
		for _, state := range []council.TaskState{council.TaskNew, council.TaskInProgress, council.TaskBlocked, council.TaskSubmitted, council.TaskDone, council.TaskCancelled} {
			t.Run(way.name+" from "+string(state), func(t *testing.T) {
				number := c.inState(state, c.baso)
				if way.untaken {
					number = c.inState(state)
				}
				before := c.task(number)
				var answer string
				if way.said != "" {
					answer = joined(c.say(c.sitti, c.sitti, filled(way.said, number)))
				} else {
					answer = c.pressData(c.sitti, message, c.sitti, filled(way.pressed, number)).Text
				}
				after := c.task(number)
				if next, allowed := way.becomes[state]; allowed {
					if after.State != next || after.Version != before.Version+1 {
						t.Errorf("it is %s, not %s: %q", after.State, next, answer)
					}
					return
				}
				if after.Version != before.Version {
					t.Errorf("it became %s", after.State)
				}
				contains(t, answer, filled("T-#", number), "Yang dapat dilakukan: ")
			})
		}
	}
	c.sound()
}

// wayOfChange is a command or a button that changes tasks, and the state that
// follows from each in which it is allowed.
type wayOfChange struct {
	name, said, pressed string
	untaken             bool
	becomes             map[council.TaskState]council.TaskState
}

func waysOfChange(c *town) []wayOfChange {
	const fresh, running, blocked, submitted, done, cancelled = council.TaskNew, council.TaskInProgress, council.TaskBlocked,
		council.TaskSubmitted, council.TaskDone, council.TaskCancelled
	open := func(next council.TaskState) map[council.TaskState]council.TaskState {
		return map[council.TaskState]council.TaskState{fresh: next, running: next, blocked: next}
	}
	with := func(row map[council.TaskState]council.TaskState, next council.TaskState) map[council.TaskState]council.TaskState {
		row[submitted] = next
		return row
	}
	handed := func(next council.TaskState) map[council.TaskState]council.TaskState {
		return map[council.TaskState]council.TaskState{submitted: next}
	}
	return []wayOfChange{
		{"taken by command", "/ambil T-#", "", true, open(running)},
		{"taken by button", "", "1:take:#", true, open(running)},
		{"progress by command", "/progres T-# 40%", "", false, open(running)},
		{"obstacle by command", "/kendala T-# hujan", "", false, open(blocked)},
		{"obstacle by button", "", "1:block:#", false, open(blocked)},
		{"handed in by command", "/selesai T-#", "", false, open(submitted)},
		{"handed in by button", "", "1:submit:#", false, open(submitted)},
		{"accepted", "", "1:accept:#", false, handed(done)},
		{"sent back", "", "1:fix:#", false, handed(running)},
		{"cancelled", "", "1:cancel:#", false, with(open(cancelled), cancelled)},
		{"re-assigned by command", "/disposisi T-# @yuliana_contoh", "", false, with(open(fresh), fresh)},
		{"re-assigned by button", "", fmt.Sprintf("1:assign:#:%d", c.member(c.yuliana)), false, with(open(fresh), fresh)},
		{"reopened", "", "1:reopen:#", false, map[council.TaskState]council.TaskState{done: running, cancelled: fresh}},
		{"another date by command", "/tenggat T-# besok", "", false, map[council.TaskState]council.TaskState{fresh: fresh, running: running, blocked: blocked, submitted: submitted}},
		{"no date by button", "", "1:duesel:#:0", false, map[council.TaskState]council.TaskState{fresh: fresh, running: running, blocked: blocked, submitted: submitted}},
	}
}

// TestWordsOfCommands hands work in by every way to write the command and the
// reference.
func TestWordsOfCommands(t *testing.T) {
	c := newTown(t)
	bot := "@" + c.sim.BotUsername()
	for _, test := range []struct {
		said  string
		state council.TaskState
	}{
		{"/selesai T-#", council.TaskSubmitted}, {"/done T-#", council.TaskSubmitted}, {"/SELESAI t#", council.TaskSubmitted},
		{"/selesai T-0#", council.TaskSubmitted}, {"/selesai t-00#.", council.TaskSubmitted}, {"/selesai (T-#)", council.TaskSubmitted},
		{"/selesai" + bot + " T-#", council.TaskSubmitted}, {"/done" + strings.ToUpper(bot) + " t#", council.TaskSubmitted},
		{"/selesai T-#, sudah lengkap", council.TaskSubmitted}, {"/selesai\nT-#", council.TaskSubmitted},
		{"/progres T-# 60%", council.TaskInProgress}, {"/progress t# 60 percent", council.TaskInProgress}, {"/progres T-# 60", council.TaskInProgress},
		{"/progres T-# baru setengah, 60 persen", council.TaskInProgress}, {"/kendala T-#", council.TaskBlocked}, {"/blocked T-# rain", council.TaskBlocked},
	} {
		t.Run(test.said, func(t *testing.T) {
			number := c.inState(council.TaskNew, c.baso)
			said := c.say(c.pokja, c.baso, filled(test.said, number))
			task := c.task(number)
			if task.State != test.state {
				t.Errorf("it is %s: %q", task.State, texts(said))
			}
			if test.state == council.TaskInProgress && task.Assignees[0].Progress != 60 {
				t.Errorf("progress is %d", task.Assignees[0].Progress)
			}
			if answer := only(t, said); strings.Count(answer.Text, "\n") > 2 || !hasButton(answer, "Urungkan") {
				t.Errorf("the answer is too long, or cannot be undone: %q %q", answer.Text, labels(answer))
			}
		})
	}
	number := c.inState(council.TaskNew, c.baso)
	if said := c.say(c.pokja, c.baso, filled("/selesai@other_bot T-#", number)); len(said) != 0 || c.task(number).State != council.TaskNew {
		t.Errorf("a command for another bot was answered: %q", texts(said))
	}
}

// TestACommandWithoutAReference answers the card, or says which tasks can be meant.
func TestACommandWithoutAReference(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.newTask("Foto posko, tenggat besok")
	c.newTask("@herlina_contoh Surat undangan, tenggat besok")

	c.write(sim.Message{Chat: c.pokja, Person: c.baso, Text: "/progres 30%", ReplyTo: card})
	if got := c.task(1).Assignees[0].Progress; got != 30 {
		t.Errorf("as a reply to the card: %d%%", got)
	}
	list := only(t, c.say(c.baso, c.baso, "/selesai"))
	contains(t, list.Text, "Tugas yang mana?")
	if got := labels(list); len(got) != 1 || !strings.HasPrefix(got[0], "T-1 · ") {
		t.Errorf("to hand in: %q", got)
	}
	list = only(t, c.say(c.pokja, c.yuliana, "/ambil"))
	if got := labels(list); len(got) != 1 || !strings.HasPrefix(got[0], "T-2 · ") {
		t.Errorf("to take: %q", got)
	}
	c.pressOn(c.pokja, list.ID, c.yuliana, "T-2 · Foto posko")
	contains(t, c.message(c.pokja, list.ID).Text, "T-2", "Dikerjakan", "Yuliana Tasik")
	c.pressOn(c.pokja, list.ID, c.yuliana, "Urungkan")
	if c.task(2).State != council.TaskNew {
		t.Errorf("T-2 is %s", c.task(2).State)
	}
	contains(t, c.message(c.pokja, list.ID).Text, "T-2", "diurungkan")
	c.hush()
	c.say(c.baso, c.baso, "/ambil T-2")
	contains(t, only(t, c.say(c.pokja, c.yuliana, "/ambil")).Text, "Tidak ada tugas yang menunggu diambil")
	for _, said := range []string{"/progres 40%", "/disposisi @yuliana_contoh", "/tenggat besok"} {
		contains(t, only(t, c.say(c.baso, c.baso, said)).Text, "Tugas yang mana?", "T-12")
	}
}

// TestSeveralTasksAtOnce changes several by one command, or none of them.
func TestSeveralTasksAtOnce(t *testing.T) {
	c := newTown(t)
	for range 4 {
		c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	}
	answer := only(t, c.write(sim.Message{Chat: c.pokja, Person: c.baso, Caption: "/selesai T-1, t2 dan T-1 lengkap", Document: &sim.File{Name: "rekap.pdf", Bytes: []byte("%PDF")}}))
	contains(t, answer.Text, "T-1, T-2 menunggu pemeriksaan")
	for number := int64(1); number <= 2; number++ {
		if got := strings.Join(c.happened(number), " "); c.task(number).State != council.TaskSubmitted || got != "created attached submitted" {
			t.Errorf("T-%d is %s: %s", number, c.task(number).State, got)
		}
	}
	contains(t, joined(c.heard(c.sitti)), "T-1", "T-2", "menyerahkan (1 berkas)")
	c.pressOn(c.pokja, answer.ID, c.baso, "Urungkan T-2")
	if c.task(1).State != council.TaskSubmitted || c.task(2).State != council.TaskNew {
		t.Errorf("T-1 is %s, T-2 is %s", c.task(1).State, c.task(2).State)
	}
	for _, said := range []string{"/selesai T-3 T-1", "/selesai T-3 T-4711", "/progres T-3 T-1 30%", "/progres T-3 T-4 300%", "/kendala T-3 T-1 hujan",
		"/ambil T-3 T-1", "/disposisi T-3 T-4711 @yuliana_contoh", "/tenggat T-3 T-4711 besok"} {
		t.Run(said, func(t *testing.T) {
			lacks(t, only(t, c.say(c.baso, c.baso, said)).Text, "Terima kasih")
			if got := c.task(3); got.Version != 1 || len(c.happened(3)) != 1 {
				t.Errorf("T-3 is %s, happened %v", got.State, c.happened(3))
			}
		})
	}
	deadline := c.task(3).Deadline
	c.hush()
	contains(t, only(t, c.say(c.sitti, c.sitti, "/tenggat T-3 & T-4 lusa 10.00")).Text, "T-3, T-4", "Minggu, 27 September 2026 pukul 10.00 WITA")
	if c.task(3).Deadline == deadline || c.task(3).Deadline != c.task(4).Deadline {
		t.Errorf("T-3 %v, T-4 %v", c.task(3).Deadline, c.task(4).Deadline)
	}
	contains(t, only(t, c.say(c.sitti, c.sitti, "/disposisi T-3 T-4 @yuliana_contoh @baso_contoh")).Text, "T-3, T-4 diteruskan kepada Yuliana Tasik, Baso Irfandi")
	c.sound()
}

// TestDatesOfferedAreWorkingDays leaves out days off: Friday, 25 December 2026,
// is a holiday, the 24th joint leave.
func TestDatesOfferedAreWorkingDays(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tanpa tenggat")
	for _, test := range []struct {
		now  time.Time
		want []string
	}{
		{time.Date(2026, 12, 21, 1, 0, 0, 0, time.UTC), []string{"Selasa, 22 Desember", "Rabu, 23 Desember", "Senin, 28 Desember"}},
		{time.Date(2026, 12, 23, 9, 0, 0, 0, time.UTC), []string{"Senin, 28 Desember", "Rabu, 30 Desember"}},
	} {
		c.pass(test.now.Sub(c.clock()))
		c.pressOn(c.pokja, card, c.sitti, "Ubah tenggat")
		offered := labels(c.message(c.pokja, card))
		for i, want := range test.want {
			if i >= len(offered) || !strings.HasPrefix(offered[i], want) {
				t.Errorf("at %v: %q, not %q", test.now, offered, want)
				break
			}
		}
		c.pressOn(c.pokja, card, c.sitti, "Kembali")
	}
}
