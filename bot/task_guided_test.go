package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestGuidedInAGroup is asked one thing at a time; presses add no message, and
// the answers of others are not taken.
func TestGuidedInAGroup(t *testing.T) {
	c := newTown(t)
	question := only(t, c.say(c.pokja, c.yuliana, "/tugas_baru"))
	contains(t, question.Text, "Apa tugasnya?", "/batal")
	if !question.ForceReply {
		t.Error("the question does not ask for a reply, so the answer would not reach the bot")
	}
	contains(t, only(t, c.write(sim.Message{Chat: c.pokja, Person: c.baso, Text: "Jawaban orang lain", ReplyTo: question.ID})).Text, "Tidak ada isian")
	who := only(t, c.write(sim.Message{Chat: c.pokja, Person: c.yuliana, Text: "Rekap tonase bank sampah", ReplyTo: question.ID}))
	contains(t, who.Text, "Untuk siapa?", "@nama")
	for _, name := range []string{"Baso Irfandi", "Yuliana Tasik", "Nurul Huda", "Siapa saja di grup"} {
		if !hasButton(who, name) {
			t.Errorf("%s is not offered: %q", name, labels(who))
		}
	}
	contains(t, c.pressOn(c.pokja, who.ID, c.baso, "Baso Irfandi").Text, "untuk yang sedang mengisi")
	c.pressOn(c.pokja, who.ID, c.yuliana, "Nurul Huda")
	due := c.message(c.pokja, who.ID)
	contains(t, due.Text, "Tenggatnya kapan?")
	if !hasButton(due, "Tanpa tenggat") || len(labels(due)) < 3 {
		t.Errorf("dates offered: %q", labels(due))
	}
	c.pressOn(c.pokja, who.ID, c.yuliana, labels(due)[0])
	card := only(t, c.heard(c.pokja))
	contains(t, card.Text, "T-1 · Rekap tonase bank sampah", "Nurul Huda", "16.00 WITA")
	if !slices.Equal(labels(card)[:3], newButtons) {
		t.Errorf("buttons %q", labels(card))
	}
	contains(t, c.message(c.pokja, who.ID).Text, "T-1 dibuat")
	if len(labels(c.message(c.pokja, who.ID))) != 0 {
		t.Error("the answered question keeps its buttons")
	}
	c.sound()
}

// TestGuidedAnswers goes through right and wrong answers of every step.
func TestGuidedAnswers(t *testing.T) {
	c := newTown(t)
	steps := []struct{ said, heard string }{
		{"/newtask", "Apa tugasnya?"},
		{"Rekap tonase", "grup mana?"},
		{"entah", "grup mana?"},
		{"pokja lingkungan", "Untuk siapa?"},
		{"Zainuddin", `Nama "Zainuddin" belum saya kenal`},
		{"a", `Nama "a" belum saya kenal`}, // several
		{"  YULIANA  tasik ", "Tenggatnya kapan?"},
		{"entah kapan", `Tanggal "entah kapan" belum terbaca`},
		{"kemarin", "sudah lewat"},
		{"minggu depan", "Tanggal yang mana?"},
		{"Jumat depan 10.00", "T-1 · Rekap tonase"},
	}
	for _, step := range steps {
		contains(t, joined(c.say(c.sitti, c.sitti, step.said)), step.heard)
	}
	if task := c.task(1); len(task.Assignees) != 1 || task.Assignees[0].MemberID != c.member(c.yuliana) || task.Deadline.At.Day() != 2 {
		t.Errorf("made: %+v", task)
	}
	contains(t, only(t, c.heard(c.pokja)).Text, "T-1", "Yuliana Tasik", "Jumat, 2 Oktober 2026 pukul 10.00 WITA")

	c.say(c.sitti, c.sitti, "/tugas_baru")
	c.say(c.sitti, c.sitti, "Foto posko #lingkungan")
	c.say(c.sitti, c.sitti, "baso_contoh")
	contains(t, joined(c.say(c.sitti, c.sitti, "tanpa tenggat")), "T-2", "Tanpa tenggat")
	c.sound()
}

// TestGuidedIsGivenUp ends the form by /batal, or by another command.
func TestGuidedIsGivenUp(t *testing.T) {
	c := newTown(t)
	contains(t, only(t, c.say(c.sitti, c.sitti, "/batal")).Text, "Tidak ada isian")
	for _, end := range []string{"/batal", "/cancel", "/tugas"} {
		for steps := 1; steps <= 3; steps++ {
			for _, said := range []string{"/tugas_baru", "Rekap #lingkungan", "@baso_contoh"}[:steps] {
				c.say(c.sitti, c.sitti, said)
			}
			c.say(c.sitti, c.sitti, end)
			contains(t, only(t, c.say(c.sitti, c.sitti, "besok")).Text, "perintah")
		}
	}
	question := only(t, c.say(c.pokja, c.sitti, "/tugas_baru"))
	who := only(t, c.write(sim.Message{Chat: c.pokja, Person: c.sitti, Text: "Rekap", ReplyTo: question.ID}))
	c.say(c.pokja, c.sitti, "/batal")
	contains(t, c.pressOn(c.pokja, who.ID, c.sitti, "Baso Irfandi").Text, "/tugas_baru")
	if c.taskCount() != 0 {
		t.Errorf("%d tasks were made", c.taskCount())
	}
}

// TestForgedAnswersToAForm choose what there is not, or what is not allowed.
func TestForgedAnswersToAForm(t *testing.T) {
	c := newTown(t)
	c.say(c.yuliana, c.yuliana, "/tugas_baru")
	who := only(t, c.say(c.yuliana, c.yuliana, "Rekap"))
	contains(t, who.Text, "Untuk siapa?")
	for _, forged := range []string{"1:draft:who", "1:draft:who:", "1:draft:who:4711", "1:draft:who:-1", "1:draft:who:x", "1:draft:due:0", "1:draft:group:1"} {
		if answer := c.pressData(c.yuliana, who.ID, c.yuliana, forged); answer.Text == "" {
			t.Errorf("%s was taken", forged)
		}
	}
	c.pressOn(c.yuliana, who.ID, c.yuliana, "Siapa saja di grup")
	for _, forged := range []string{"1:draft:due:-5", "1:draft:due:1", "1:draft:due:9223372036854775807", "1:draft:due:besok", "1:draft:due"} {
		contains(t, c.pressData(c.yuliana, who.ID, c.yuliana, forged).Text, "tidak berlaku")
	}
	if c.taskCount() != 0 {
		t.Fatalf("%d tasks were made", c.taskCount())
	}
	c.pressOn(c.yuliana, who.ID, c.yuliana, "Tanpa tenggat")
	if task := c.task(1); !task.Deadline.IsZero() || len(task.Assignees) != 0 {
		t.Errorf("made: %+v", task)
	}

	// Somebody of one working group cannot look into another by its number.
	c.change(func(tx *store.Tx) error {
		return tx.SetDialog(store.Dialog{ChatID: c.herlina, MemberID: c.member(c.herlina), Kind: dialogDraft, Step: stepGroup, Data: `{"Title":"Intip","Guided":true}`}, c.clock())
	})
	for _, group := range []int{1, 4711} {
		answer := c.pressData(c.herlina, c.botMessage(c.herlina), c.herlina, data(pressDraft, stepGroup, group))
		if answer.Text == "" || strings.Contains(joined(c.sim.Messages(c.herlina)), "Baso") {
			t.Errorf("group %d was chosen: %q", group, answer.Text)
		}
	}
	c.sound()
}

// TestWhoMayMakeTasks goes through roles and places.
func TestWhoMayMakeTasks(t *testing.T) {
	c := newTown(t)
	c.say(c.lewat, c.lewat, "/mulai")
	for _, test := range []struct {
		name   string
		person int64
		chat   int64 // 0: in private
		said   string
		made   bool
		says   string
	}{
		{"the working group in its group", c.baso, c.pokja, "/tugas_baru Rekap, tenggat besok", true, "T-"},
		{"the working group in private", c.baso, 0, "/tugas_baru Rekap, tenggat besok", true, "T-"},
		{"the working group for another", c.baso, 0, "/tugas_baru Rekap #ekonomi, tenggat besok", false, "grup lain"},
		{"the council for a working group", c.lukas, 0, "/tugas_baru Rekap #ekonomi, tenggat besok", true, "T-"},
		{"the leader", c.anwar, 0, "/tugas_baru Rekap #lingkungan, tenggat besok", true, "T-"},
		{"a coordinator in the council", c.sitti, c.dewan, "/tugas_baru Rekap, tenggat besok", true, "T-"},
		{"a coordinator elsewhere", c.sitti, c.dewan, "/tugas_baru Rekap #ekonomi, tenggat besok", true, "dibuat di Pokja Ekonomi"},
		{"a group that is not linked", c.sitti, 0, "/tugas_baru Rekap #branding, tenggat besok", false, "Belum ada grup dengan nama itu"},
		{"the community in its forum", c.fadli, c.forum, "/tugas_baru Rekap, tenggat besok", false, "kelompok kerja"},
		{"the community in private", c.fadli, 0, "/tugas_baru Rekap, tenggat besok", false, "kelompok kerja"},
		{"the community for a working group", c.fadli, 0, "/newtask Rekap #lingkungan, tenggat besok", false, "kelompok kerja"},
		{"a stranger", c.lewat, 0, "/tugas_baru Rekap, tenggat besok", false, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, chat := c.taskCount(), test.chat
			if chat == 0 {
				chat = test.person
			}
			said := joined(c.say(chat, test.person, test.said))
			if made := c.taskCount() > before; made != test.made {
				t.Errorf("made: %v; %q", made, said)
			}
			contains(t, said, test.says)
			c.hush()
		})
	}
}

// TestATaskMadeElsewhere is made from a group that is not linked, and can be
// undone from the message that says so.
func TestATaskMadeElsewhere(t *testing.T) {
	c := newTown(t)
	fresh := c.group("Baru", c.sitti, c.baso)
	contains(t, only(t, c.say(fresh, c.sitti, "/tugas_baru Rekap, tenggat besok")).Text, "grup mana?")
	c.press(fresh, c.sitti, "Pokja Ekonomi")
	contains(t, joined(c.sim.Messages(fresh)), "T-1 dibuat di Pokja Ekonomi: Rekap")
	contains(t, only(t, c.heard(c.ekonomi)).Text, "T-1 · Rekap")
	c.press(fresh, c.sitti, "Urungkan")
	contains(t, joined(c.sim.Messages(c.ekonomi)), "T-1 · Rekap\nDibatalkan")
	contains(t, only(t, c.say(fresh, c.baso, "/tugas_baru Foto, tenggat besok")).Text, "T-2 dibuat di Pokja Lingkungan: Foto")
	if got := c.task(2).State; got != council.TaskNew {
		t.Errorf("T-2 is %s", got)
	}
	second := c.linkedGroup("Pokja Lingkungan II", "pokja lingkungan", c.sitti, c.nurul)
	contains(t, only(t, c.say(c.sitti, c.sitti, "/tugas_baru Rekap #lingkungan, tenggat besok")).Text, "grup mana?")
	c.press(c.sitti, c.sitti, "Pokja Lingkungan (Pokja Lingkungan II)")
	c.quiet()
	contains(t, joined(c.sim.Messages(second)), "T-3 · Rekap")
	c.sound()
}
