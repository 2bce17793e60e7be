package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

// TestTheFirstCheckWins shows handed-in work to every coordinator; the second
// press is told, and everybody sees it done.
func TestTheFirstCheckWins(t *testing.T) {
	for _, test := range []struct {
		button, toast, told string
		state               council.TaskState
	}{
		{"Sesuai", "T-1 dinyatakan selesai", "Terima kasih, Bapak/Ibu Baso Irfandi. T-1 dinyatakan selesai", council.TaskDone},
		{"Perlu diperbaiki", "T-1 dikembalikan", "T-1 masih perlu diperbaiki: Rekap tonase", council.TaskInProgress},
	} {
		t.Run(test.button, func(t *testing.T) {
			c := newTown(t)
			c.newTask("@baso_contoh Rekap tonase, tenggat besok")
			c.say(c.baso, c.baso, "/selesai T-1")
			first, second := only(t, c.heard(c.sitti)), only(t, c.heard(c.rahman))
			for _, card := range []sim.Shown{first, second} {
				contains(t, card.Text, "T-1 · Rekap tonase", "Baso Irfandi")
				if !slices.Equal(labels(card)[:2], []string{"Sesuai", "Perlu diperbaiki"}) {
					t.Errorf("buttons %q", labels(card))
				}
			}
			c.hush()
			one, err := c.sim.Press(c.sitti, first.ID, c.sitti, test.button)
			if err != nil {
				t.Fatal(err)
			}
			two, err := c.sim.Press(c.rahman, second.ID, c.rahman, test.button)
			if err != nil {
				t.Fatal(err)
			}
			won, lost := c.toast(one).Text, c.toast(two).Text
			if strings.HasPrefix(lost, test.toast) {
				won, lost = lost, won // the other was faster
			}
			contains(t, won, test.toast)
			contains(t, lost, "T-1 ", "Yang dapat dilakukan: ")
			contains(t, only(t, c.heard(c.baso)).Text, test.told)
			for person, card := range map[int64]int{c.sitti: first.ID, c.rahman: second.ID} {
				if now := c.message(person, card); hasButton(now, "Sesuai") || !strings.Contains(now.Text, map[council.TaskState]string{council.TaskDone: "Selesai", council.TaskInProgress: "Dikerjakan"}[test.state]) {
					t.Errorf("%d sees %q %q", person, now.Text, labels(now))
				}
			}
			if c.task(1).State != test.state || len(c.happened(1)) != 3 {
				t.Errorf("it is %s, recorded %v", c.task(1).State, c.happened(1))
			}
		})
	}
}

// TestTwoTakeAtOnce lets one win and names that one to the other.
func TestTwoTakeAtOnce(t *testing.T) {
	c := newTown(t)
	card := c.newTask("Foto titik sampah, tenggat besok")
	presses := make(map[int64]string)
	for _, person := range []int64{c.baso, c.yuliana} {
		press, err := c.sim.Press(c.pokja, card, person, "Ambil")
		if err != nil {
			t.Fatal(err)
		}
		presses[person] = press
	}
	c.quiet()
	task := c.task(1)
	if len(task.Assignees) != 1 {
		t.Fatalf("assignees %+v", task.Assignees)
	}
	winner, loser, name := c.baso, c.yuliana, "Baso Irfandi"
	if task.Assignees[0].MemberID == c.member(c.yuliana) {
		winner, loser, name = c.yuliana, c.baso, "Yuliana Tasik"
	}
	contains(t, c.toast(presses[winner]).Text, "T-1 kini pada Bapak/Ibu")
	contains(t, c.toast(presses[loser]).Text, "T-1 sudah diambil oleh "+name)
	contains(t, c.message(c.pokja, card).Text, "Dikerjakan · "+name)
	if said := c.heard(c.pokja); len(said) != 0 {
		t.Errorf("the group got messages: %q", texts(said))
	}
}

// TestCancelAndSubmitAtOnce leaves one outcome, and explains it to the other.
func TestCancelAndSubmitAtOnce(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.pressOn(c.pokja, card, c.baso, "Siap")
	cancelled, _ := c.sim.Press(c.pokja, card, c.sitti, "Batalkan")
	handedIn, _ := c.sim.Press(c.pokja, card, c.baso, "Selesai")
	answers := c.toast(cancelled).Text + "\n" + c.toast(handedIn).Text
	switch task := c.task(1); task.State {
	case council.TaskCancelled:
		contains(t, answers, "T-1 dibatalkan")
	default:
		t.Errorf("it is %s: %q", task.State, answers)
	}
}

// TestARefusalNamesWhatThisPersonMayDo leaves out what only others may.
func TestARefusalNamesWhatThisPersonMayDo(t *testing.T) {
	c := newTown(t)
	number := c.inState(council.TaskSubmitted, c.baso)
	for _, test := range []struct {
		person    int64
		says      []string
		keepsBack []string
	}{
		{c.sitti, []string{"menyatakan Sesuai", "mengubah tenggat", "membatalkannya"}, []string{"menghubungi"}},
		{c.yuliana, []string{"mengubah tenggat", "membatalkannya"}, []string{"Sesuai"}},
	} {
		answer := joined(c.say(test.person, test.person, filled("/selesai T-#", number)))
		contains(t, answer, append(test.says, filled("T-# berstatus Menunggu pemeriksaan", number))...)
		lacks(t, answer, test.keepsBack...)
	}
	number = c.inState(council.TaskDone, c.fadli)
	contains(t, joined(c.say(c.fadli, c.fadli, filled("/progres T-# 10%", number))), "Selesai", "menghubungi koordinator")
	contains(t, joined(c.say(c.sitti, c.sitti, filled("/progres T-# 10%", number))), "membukanya kembali")
}

// TestCoordinatorsAndCouncilActOnOthersTasks moves everybody who is assigned.
func TestCoordinatorsAndCouncilActOnOthersTasks(t *testing.T) {
	c := newTown(t)
	for _, person := range []int64{c.rahman, c.lukas, c.anwar, c.yuliana} {
		number := c.inState(council.TaskNew, c.baso, c.herlina)
		c.say(person, person, filled("/selesai T-#", number))
		task := c.task(number)
		if task.State != council.TaskSubmitted || task.Assignees[0].State != council.TaskSubmitted || task.Assignees[1].State != council.TaskSubmitted {
			t.Errorf("after %d it is %+v", person, task)
		}
	}
}

// TestATaskOfAGroup goes to that group's chat, and is open to those in it.
func TestATaskOfAGroup(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	contains(t, only(t, c.say(c.yuliana, c.yuliana, "/disposisi T-1 pokja ekonomi")).Text, "grup lain")
	contains(t, only(t, c.say(c.sitti, c.sitti, "/disposisi T-1 #ekonomi")).Text, "T-1 diteruskan kepada Pokja Ekonomi")
	card := only(t, c.heard(c.ekonomi))
	contains(t, card.Text, "T-1 · Rekap tonase", "siapa saja di grup ini")
	if !slices.Equal(labels(card)[:3], []string{"Ambil", "Ubah tenggat", "Batalkan"}) {
		t.Errorf("buttons %q", labels(card))
	}
	contains(t, joined(c.sim.Messages(c.pokja)), "siapa saja di Pokja Ekonomi")
	c.pressOn(c.ekonomi, card.ID, c.herlina, "Ambil")
	contains(t, joined(c.sim.Messages(c.pokja)), "Dikerjakan · Herlina Pabokori")
	list := only(t, c.say(c.sitti, c.sitti, "/disposisi T-1"))
	contains(t, list.Text, "Untuk siapa?", "/disposisi T-1 @nama")
	c.pressOn(c.sitti, list.ID, c.sitti, "Siapa saja di grup")
	if task := c.task(1); len(task.Assignees) != 0 || task.State != council.TaskNew {
		t.Errorf("it is %+v", task)
	}
	contains(t, only(t, c.say(c.sitti, c.sitti, "/disposisi T-1 nurul")).Text, "T-1 diteruskan kepada Nurul Huda")
	said := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.baso, Text: "saya bisa"})
	contains(t, joined(c.write(sim.Message{Chat: c.pokja, Person: c.sitti, Text: "/disposisi T-1", ReplyTo: said})), "T-1 diteruskan kepada Baso Irfandi")
	c.sound()
}

// TestWhoIsAssignedAgainIsToldAgain sends a new message to somebody who had the
// task before, not only a change of the old one.
func TestWhoIsAssignedAgainIsToldAgain(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.say(c.sitti, c.sitti, "/disposisi T-1 @yuliana_contoh")
	contains(t, only(t, c.heard(c.yuliana)).Text, "Yuliana Tasik, mohon bantuannya:", "T-1 · Rekap tonase")
	contains(t, only(t, c.heard(c.baso)).Text, "T-1 kini ditangani petugas lain")
	c.say(c.sitti, c.sitti, "/disposisi T-1 @baso_contoh @yuliana_contoh")
	card := only(t, c.heard(c.baso))
	contains(t, card.Text, "Baso Irfandi, mohon bantuannya:", "T-1 · Rekap tonase")
	c.pressOn(c.baso, card.ID, c.baso, "Siap")
	contains(t, joined(c.sim.Messages(c.pokja)), "Baru · Baso Irfandi (siap), Yuliana Tasik")
	if said := c.heard(c.yuliana); len(said) != 0 {
		t.Errorf("who had it all along was told again: %q", texts(said))
	}
}
