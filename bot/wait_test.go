package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// chained makes so many tasks, of which each waits for the one made before.
func (c *town) chained(count int) {
	c.t.Helper()
	for number := range count {
		c.newTask("@baso_contoh Rekap tonase, tenggat besok")
		if number > 0 {
			c.say(c.sitti, c.sitti, "/tunggu T-"+numeral(number+1)+" T-"+numeral(number))
		}
	}
	c.hush()
}

func numeral(number int) string { return council.TaskReference(int64(number)).String()[2:] }

// plannedFor lists the steps that are planned for a task.
func (c *town) plannedFor(number int64) (steps []string) {
	c.t.Helper()
	c.look(func(tx *store.Tx) error {
		waiting, err := tx.WaitingReminders(council.TaskReference(number))
		for _, reminder := range waiting {
			steps = append(steps, string(reminder.Step))
		}
		return err
	})
	return steps
}

// TestWaitingIsSaidInManyWays: first the task that waits, then what it waits for;
// a reply names the one that waits.
func TestWaitingIsSaidInManyWays(t *testing.T) {
	for _, test := range []struct {
		said    string
		replied bool // to the card of T-3
		want    []int64
	}{
		{"/tunggu T-3 T-1", false, []int64{1}},
		{"/tunggu t3 T-2, T-1", false, []int64{1, 2}},
		{"/waitfor T-3 T-1 dan T-2", false, []int64{1, 2}},
		{"/tunggu T-3 menunggu T-1 dan T-2", false, []int64{1, 2}},
		{"/tunggu T-1", true, []int64{1}},
		{"/tunggu T-1 T-2", true, []int64{1, 2}},
		{"/tunggu T-3 T-2", true, []int64{2}},
		{"/tunggu", true, nil},
		{"/tunggu T-3", false, nil},
	} {
		t.Run(test.said, func(t *testing.T) {
			c := newTown(t)
			var card int
			for range 3 {
				card = c.newTask("@baso_contoh Rekap tonase, tenggat besok")
			}
			if test.replied {
				c.sim.Say(sim.Message{Chat: c.pokja, Person: c.sitti, Text: test.said, ReplyTo: card})
				c.quiet()
			} else {
				c.say(c.pokja, c.sitti, test.said)
			}
			if got := referencesOf(c.task(3).WaitsFor()); got != referencesOf(test.want) {
				t.Errorf("T-3 waits for %q", got)
			}
			c.sound()
		})
	}
}

// TestTheWayIsFreeWhenTheLastOneHasEnded, and not before.
func TestTheWayIsFreeWhenTheLastOneHasEnded(t *testing.T) {
	c := newTown(t)
	for range 2 {
		c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	}
	card := c.newTask("@yuliana_contoh Peta, tenggat lusa")
	c.say(c.sitti, c.sitti, "/tunggu T-3 T-1 T-2")
	contains(t, joined(c.heard(c.yuliana)), "T-3 kini menunggu T-1, T-2")
	if planned := c.plannedFor(3); len(planned) != 0 {
		t.Errorf("planned for what waits: %v", planned)
	}
	c.say(c.sitti, c.sitti, "/progres T-3 10%") // worked on all the same
	if planned := c.plannedFor(3); len(planned) != 0 {
		t.Errorf("planned after a sign of life: %v", planned)
	}
	c.hush()
	c.say(c.baso, c.baso, "/selesai T-1")
	c.press(c.sitti, c.sitti, "Sesuai")
	contains(t, c.message(c.pokja, card).Text, "Menunggu T-2")
	if strings.Contains(joined(c.heard(c.yuliana)), "sudah terbuka") {
		t.Error("told too early")
	}
	c.say(c.baso, c.baso, "/selesai T-2")
	c.press(c.sitti, c.sitti, "Sesuai")
	contains(t, joined(c.heard(c.yuliana)), "jalan untuk T-3 sudah terbuka, karena T-2: Selesai")
	if strings.Contains(c.message(c.pokja, card).Text, "Menunggu") || len(c.plannedFor(3)) == 0 {
		t.Errorf("%q, planned %v", c.message(c.pokja, card).Text, c.plannedFor(3))
	}
	c.sound()
}

// TestAnUndoingClosesNoCircle: T-1 waited for T-2, which has been handed in, and
// by now something that T-2 waits for waits for T-1.
func TestAnUndoingClosesNoCircle(t *testing.T) {
	c := newTown(t)
	for range 2 {
		c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	}
	c.say(c.sitti, c.sitti, "/tunggu T-1 T-2")
	c.say(c.baso, c.baso, "/selesai T-1")
	if c.task(1).Waiting() {
		t.Fatal("T-1 is handed in, and waits")
	}
	c.say(c.sitti, c.sitti, "/tunggu T-2 T-1")
	c.hush()
	contains(t, joined(c.say(c.baso, c.baso, "/urungkan T-1")), "T-1 diurungkan")
	if one, two := c.task(1), c.task(2); one.Waiting() || !two.Waiting() || one.State != council.TaskNew {
		t.Errorf("T-1 %+v, T-2 %+v", one, two)
	}
	c.sound()
}

// TestUndoingAWaitPutsTheRemindersBack, and undoing its end takes them away.
func TestUndoingAWaitPutsTheRemindersBack(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	card := c.newTask("@yuliana_contoh Peta, tenggat 9 Oktober")
	before := strings.Join(c.plannedFor(2), " ")
	c.say(c.sitti, c.sitti, "/tunggu T-2 T-1")
	c.say(c.sitti, c.sitti, "/urungkan T-2")
	if after := strings.Join(c.plannedFor(2), " "); after != before || c.task(2).Waiting() {
		t.Errorf("planned %q, before %q", after, before)
	}
	c.say(c.sitti, c.sitti, "/tunggu T-2 T-1")
	c.pressOn(c.pokja, card, c.yuliana, "Tidak perlu menunggu")
	if len(c.plannedFor(2)) == 0 {
		t.Error("nothing is planned for what waits no more")
	}
	c.pressOn(c.pokja, card, c.yuliana, "Urungkan")
	if !c.task(2).Waiting() || len(c.plannedFor(2)) != 0 {
		t.Errorf("T-2 waits: %v, planned %v", c.task(2).Waiting(), c.plannedFor(2))
	}
	contains(t, c.message(c.pokja, card).Text, "Menunggu T-1")
	c.sound()
}

// TestALongWaitIsWrittenShortly on the card of what everybody waits for.
func TestALongWaitIsWrittenShortly(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	for number := 2; number <= 6; number++ {
		c.newTask("@yuliana_contoh Peta, tenggat besok")
		c.say(c.sitti, c.sitti, "/tunggu T-"+numeral(number)+" T-1")
	}
	contains(t, c.message(c.pokja, card).Text, "Ditunggu oleh T-2 (Pokja Lingkungan), T-3 (Pokja Lingkungan), T-4 (Pokja Lingkungan), +2")
	if lines := strings.Count(c.message(c.pokja, card).Text, "\n"); lines != 2 {
		t.Errorf("%d lines", lines+1)
	}
	c.sound()
}

// TestACircleOfManyIsShown from the task that waits back to itself.
func TestACircleOfManyIsShown(t *testing.T) {
	c := newTown(t)
	c.chained(4)
	contains(t, only(t, c.say(c.sitti, c.sitti, "/tunggu T-1 T-4")).Text, "T-1 → T-4 → T-3 → T-2 → T-1")
	contains(t, only(t, c.say(c.sitti, c.sitti, "/tunggu T-1 T-77")).Text, "T-77 belum ada")
	contains(t, only(t, c.say(c.sitti, c.sitti, "/tunggu T-2 T-1")).Text, "memang sudah menunggu")
	contains(t, only(t, c.say(c.sitti, c.sitti, "/tunggu T-1 selesai")).Text, "memang tidak menunggu")
	contains(t, only(t, c.say(c.sitti, c.sitti, "/tunggu")).Text, "Tugas yang mana?")
	c.say(c.sitti, c.sitti, "/bahasa en")
	contains(t, only(t, c.say(c.sitti, c.sitti, "/waitfor T-1 T-4")).Text, "would wait for each other: T-1 → T-4")
	contains(t, only(t, c.say(c.sitti, c.sitti, "/waitfor T-4 done")).Text, "T-4 waits no more")
	c.sound()
}

// TestTheWeekIsSummedUpForWhoeverConcerns plans a line for the groups from which
// others need something and for the council's, and the next two weeks; of a week that is over nothing.
func TestTheWeekIsSummedUpForWhoeverConcerns(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat 9 Oktober")
	c.say(c.ekonomi, c.herlina, "/tugas_baru @herlina_contoh Harga, tenggat 9 Oktober")
	c.say(c.ekonomi, c.herlina, "/tunggu T-2 T-1")
	monday := time.Date(2026, 9, 28, 0, 0, 0, 0, time.UTC)
	sum := func(week int64, due, now time.Time) (groups []int64, weeks []int64) {
		c.pass(now.Sub(c.clock()))
		act := council.Reminder{Subject: council.Reference{Letter: council.WeekLetter, Number: week}, Step: council.StepSummary, Audience: council.ToBot, Anchor: due, Due: due}
		c.change(func(tx *store.Tx) error { return c.bot.Act(t.Context(), tx, act) })
		for _, reminder := range c.waiting() {
			switch reminder.Step {
			case council.StepWeekly:
				groups = append(groups, reminder.GroupID)
			case council.StepSummary:
				weeks = append(weeks, reminder.Subject.Number)
			}
		}
		return groups, weeks
	}
	groups, weeks := sum(202640, monday, monday.Add(26*time.Hour))
	if !slices.Equal(groups, []int64{c.groupID(c.pokja), c.groupID(c.dewan)}) || len(weeks) != 2 || weeks[0] != 202641 || weeks[1] != 202642 {
		t.Errorf("groups %v, weeks %v", groups, weeks)
	}
	groups, weeks = sum(202641, monday.AddDate(0, 0, 7), monday.AddDate(0, 0, 22))
	if len(groups) != 2 || weeks[len(weeks)-1] != 202644 {
		t.Errorf("after the week: groups %v, weeks %v", groups, weeks)
	}
}
