package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

// edited makes a task by a command, edits the command, and returns the card.
func (c *town) edited(chat int64, made, edited string) sim.Shown {
	c.t.Helper()
	command := c.sim.Say(sim.Message{Chat: chat, Person: c.sitti, Text: made})
	c.quiet()
	c.hush()
	c.sim.Edit(chat, command, edited)
	c.quiet()
	messages := c.sim.Messages(chat)
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].Bot && strings.HasPrefix(messages[i].Text, "T-") {
			return messages[i]
		}
	}
	c.t.Fatal("there is no card")
	return sim.Shown{}
}

// TestEditingOnesCommandCorrectsTheTask changes each part of what was written.
func TestEditingOnesCommandCorrectsTheTask(t *testing.T) {
	const made = "/tugas_baru @baso_contoh Rekap tonas, tenggat besok"
	for _, test := range []struct {
		name, edited, title, deadline string
		told, dropped                 bool // Yuliana is told, Baso is told that it is not his any more
	}{
		{"the title", "/tugas_baru @baso_contoh Rekap tonase, tenggat besok", "Rekap tonase", "Sabtu, 26 September 2026 pukul 16.00", false, false},
		{"the date", "/tugas_baru @baso_contoh Rekap tonas, tenggat lusa 10.00", "Rekap tonas", "Minggu, 27 September 2026 pukul 10.00", false, false},
		{"the person", "/newtask @yuliana_contoh Rekap tonas, tenggat besok", "Rekap tonas", "Sabtu, 26 September 2026 pukul 16.00", true, true},
		{"another person more", "/newtask @baso_contoh @yuliana_contoh Rekap tonas, tenggat besok", "Rekap tonas", "Sabtu, 26 September 2026 pukul 16.00", true, false},
		{"the date taken out", "/tugas_baru @baso_contoh Rekap tonas", "Rekap tonas", "Tenggatnya kapan?", false, false},
		{"a date that cannot be read", "/tugas_baru @baso_contoh Rekap tonas, tenggat 31 November", "Rekap tonas", `Tanggal "31 November" belum terbaca`, false, false},
		{"a repetition", "/tugas_baru @baso_contoh Rekap tonas setiap bulan tanggal 5", "Rekap tonas", "5 Oktober 2026 pukul 16.00 WITA (10 hari lagi) · berulang", false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newTown(t)
			card := c.edited(c.pokja, made, test.edited)
			contains(t, card.Text, "T-1 · "+test.title+"\n", test.deadline)
			if said := c.heard(c.pokja); len(said) != 0 || len(labels(card)) > 4 {
				t.Errorf("the group was told %q; buttons %q", texts(said), labels(card))
			}
			if told := strings.Contains(joined(c.heard(c.yuliana)), "T-1 · "); told != test.told {
				t.Errorf("Yuliana was told: %v", told)
			}
			if dropped := strings.Contains(joined(c.heard(c.baso)), "petugas lain"); dropped != test.dropped {
				t.Errorf("Baso was told that it is not his: %v", dropped)
			}
			if got := c.happened(1); strings.Join(got, " ") != "created corrected" {
				t.Errorf("recorded %v", got)
			}
			contains(t, joined(c.say(c.sitti, c.sitti, "/urungkan")), "T-1 diurungkan") // the making can still be undone
			c.sound()
		})
	}
}

// TestAnEditThatSaysNothingKeepsTheTask leaves everything as it was.
func TestAnEditThatSaysNothingKeepsTheTask(t *testing.T) {
	for _, edited := range []string{"/tugas_baru", "/tugas_baru @yuliana_contoh", "/tugas_baru besok", "Rekap tonase", "/selesai T-1", "/batal"} {
		t.Run(edited, func(t *testing.T) {
			c := newTown(t)
			card := c.edited(c.pokja, "/tugas_baru @baso_contoh Rekap tonase, tenggat besok", edited)
			task := c.task(1)
			if task.Title != "Rekap tonase" || task.Deadline.IsZero() || len(task.Assignees) != 1 || task.Version != 1 || len(c.happened(1)) != 1 {
				t.Errorf("it became %+v", task)
			}
			isStillNewTask := strings.HasPrefix(edited, "/tugas_baru")
			if kept := strings.Contains(card.Text, "T-1 tetap seperti semula"); kept != isStillNewTask {
				t.Errorf("said so: %v: %q", kept, card.Text)
			}
		})
	}
}

// TestWhatWasTouchedIsNotCorrected refuses once anybody has done anything to
// the task, whatever it was.
func TestWhatWasTouchedIsNotCorrected(t *testing.T) {
	for name, touch := range map[string]func(c *town, card int){
		"acknowledged": func(c *town, card int) { c.pressOn(c.pokja, card, c.baso, "Siap") },
		"commented": func(c *town, card int) {
			c.write(sim.Message{Chat: c.pokja, Person: c.yuliana, Text: "baik", ReplyTo: card})
		},
		"a file by somebody": func(c *town, card int) {
			c.write(sim.Message{Chat: c.pokja, Person: c.yuliana, Photo: &sim.File{Name: "a.jpg", Bytes: []byte("a")}, ReplyTo: card})
		},
		"another date": func(c *town, _ int) { c.say(c.sitti, c.sitti, "/tenggat T-1 lusa") },
		"undone, and as it was": func(c *town, card int) {
			c.pressOn(c.pokja, card, c.baso, "Siap")
			c.pressOn(c.pokja, card, c.baso, "Urungkan")
		},
		"cancelled":              func(c *town, card int) { c.pressOn(c.pokja, card, c.yuliana, "Batalkan") },
		"given to somebody else": func(c *town, _ int) { c.say(c.lukas, c.lukas, "/disposisi T-1 @yuliana_contoh") },
	} {
		t.Run(name, func(t *testing.T) {
			c := newTown(t)
			command := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.sitti, Text: "/tugas_baru @baso_contoh Rekap tonas, tenggat besok"})
			card := only(t, c.heard(c.pokja))
			touch(c, card.ID)
			before := c.task(1)
			c.hush()
			c.sim.Edit(c.pokja, command, "/tugas_baru @baso_contoh Rekap tonase, tenggat besok")
			contains(t, only(t, c.heard(c.pokja)).Text, "T-1 sudah ditindaklanjuti", "/tenggat")
			if after := c.task(1); after.Title != "Rekap tonas" || after.Version != before.Version {
				t.Errorf("it became %+v", after)
			}
		})
	}
}

// TestEditingInPrivateAsksForTheDate takes the next words as the date that the
// edited command left out, and no words once it is there.
func TestEditingInPrivateAsksForTheDate(t *testing.T) {
	c := newTown(t)
	c.edited(c.sitti, "/tugas_baru @baso_contoh Rekap", "/tugas_baru @baso_contoh Rekap tonase, tenggat besok")
	contains(t, joined(c.say(c.sitti, c.sitti, "lusa")), "perintah")
	c.edited(c.sitti, "/tugas_baru @baso_contoh Foto, tenggat besok", "/tugas_baru @baso_contoh Foto posko")
	contains(t, joined(c.say(c.sitti, c.sitti, "lusa")), "Tenggat T-2: Minggu, 27 September 2026")
}

// TestEditingAReplyKeepsTheMessageRepliedTo corrects a task whose title came
// from another message.
func TestEditingAReplyKeepsTheMessageRepliedTo(t *testing.T) {
	c := newTown(t)
	original := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.nurul, Text: "rekap tonase belum ada"})
	command := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.sitti, Text: "/tugas_baru tenggat besok", ReplyTo: original})
	c.quiet()
	c.hush()
	c.sim.Edit(c.pokja, command, "/tugas_baru @baso_contoh tenggat lusa")
	c.quiet()
	if task := c.task(1); task.Title != "rekap tonase belum ada" || len(task.Assignees) != 1 || task.Deadline.At.Day() != 27 || task.State != council.TaskNew {
		t.Errorf("it became %+v", task)
	}
	contains(t, joined(c.heard(c.baso)), "T-1 · rekap tonase belum ada")
}
