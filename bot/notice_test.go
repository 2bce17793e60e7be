package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// reminded says a notice to somebody as the scheduler does, and returns the
// message that came of it.
func (h *harness) reminded(chat int64, notice council.Notice) []sim.Shown {
	h.t.Helper()
	h.heard(chat)
	notice.At = h.clock()
	h.change(func(tx *store.Tx) error { return h.bot.Say(h.t.Context(), tx, notice) })
	return h.heard(chat)
}

// item is one line of a notice, with the task as it stands.
func (h *harness) item(audience council.Audience, task int64, step council.Step, days int) council.Item {
	h.t.Helper()
	item := council.Item{Reminder: council.Reminder{Subject: council.TaskReference(task), Step: step, Audience: audience}, Days: days}
	h.look(func(tx *store.Tx) (err error) {
		item.Task, err = tx.Task(task)
		return err
	})
	return item
}

// assigned is a city in which Baso of Pokja Lingkungan has promised some tasks.
func assigned(t *testing.T, titles ...string) (h *harness, sitti, baso, pokja int64) {
	t.Helper()
	h, sitti = firstStoryHarness(t)
	baso = h.person("Baso Irfandi", "baso_contoh")
	pokja = h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/tugas") // the bot has seen him there
	h.say(baso, baso, "/mulai")
	h.press(baso, baso, "Bapak")
	for _, title := range titles {
		h.say(pokja, sitti, "/tugas_baru @baso_contoh "+title)
	}
	h.heard(pokja)
	h.heard(baso)
	h.heard(sitti)
	return h, sitti, baso, pokja
}

func (h *harness) memberID(telegramID int64) int64 { return h.actor(telegramID).ID }

func TestAPersonsDigest(t *testing.T) {
	h, _, baso, _ := assigned(t, "Rekap tonase, tenggat Jumat 22 Mei 16.00", "Foto lokasi, tenggat Jumat 8 Mei 2026 16.00")
	h.change(func(tx *store.Tx) error { // the second one was made when its date was still ahead
		task, err := tx.Task(2)
		if err != nil {
			return err
		}
		task.Deadline = council.Deadline{At: time.Date(2026, 5, 8, 8, 0, 0, 0, time.UTC), Zone: "Asia/Makassar"}
		return tx.SaveTask(task, h.clock())
	})
	notice := council.Notice{MemberID: h.memberID(baso), Items: []council.Item{
		h.item(council.ToAssignee, 1, "H-7", 11), h.item(council.ToAssignee, 2, "overdue+3", -3)}}
	for name, row := range map[string]struct {
		change      func(*council.Notice)
		says, lacks []string
	}{
		"in time": {func(*council.Notice) {}, []string{"Selamat pagi, Pak Baso Irfandi. Mohon bantuannya:",
			"T-1 · Rekap tonase\nJumat, 22 Mei 2026 pukul 16.00 WITA (11 hari lagi)",
			"T-2 · Foto lokasi\nJumat, 8 Mei 2026 pukul 16.00 WITA\nMelewati tenggat 3 hari. Ada kendala?\nT-1 · Rekap"}, []string{"baru dapat disampaikan"}},
		"late": {func(n *council.Notice) { n.Late = true }, []string{"Pengingat ini baru dapat disampaikan sekarang, mohon maaf."}, nil},
		"the same task twice": {func(n *council.Notice) { n.Items = append(n.Items, n.Items[0]) }, []string{"T-1"},
			[]string{"Rekap tonase\nJumat, 22 Mei 2026 pukul 16.00 WITA (11 hari lagi)\nT-"}},
	} {
		t.Run(name, func(t *testing.T) {
			changed := notice
			row.change(&changed)
			said := only(t, h.reminded(baso, changed))
			contains(t, said.Text, row.says...)
			lacks(t, said.Text, row.lacks...)
			if got := strings.Join(labels(said), "|"); got != "Selesai T-2|Kendala T-2|Besok T-2|Selesai T-1|Kendala T-1|Besok T-1|Tanggal lain" {
				t.Errorf("the buttons are %s", got)
			}
		})
	}
}

func TestADigestAboutOneTaskCanBeAnswered(t *testing.T) {
	h, _, baso, _ := assigned(t, "Rekap tonase, tenggat Jumat 22 Mei 16.00")
	said := only(t, h.reminded(baso, council.Notice{MemberID: h.memberID(baso), Items: []council.Item{h.item(council.ToAssignee, 1, "H-7", 11)}}))
	if got := strings.Join(labels(said), "|"); got != "Selesai|Ada kendala|Besok|Tanggal lain" {
		t.Errorf("the buttons are %s", got)
	}
	contains(t, only(t, h.write(sim.Message{Chat: baso, Person: baso, Text: "besok saya kirim", ReplyTo: said.ID})).Text, "T-1")
	h.pressOn(baso, said.ID, baso, "Selesai")
	h.look(func(tx *store.Tx) error {
		task, err := tx.Task(1)
		if task.State != council.TaskSubmitted {
			t.Errorf("it is %s", task.State)
		}
		return err
	})
}

func TestPressingOnADigestLeavesTheRest(t *testing.T) {
	h, _, baso, _ := assigned(t, "Satu, tenggat 22 Mei", "Dua, tenggat 22 Mei", "Tiga, tenggat 22 Mei", "Empat, tenggat 22 Mei", "Lima, tenggat 22 Mei", "Enam, tenggat 22 Mei")
	const due = "Jumat, 22 Mei 2026 pukul 16.00 WITA (11 hari lagi)"
	var notice council.Notice
	for number := int64(1); number <= 6; number++ {
		notice.Items = append(notice.Items, h.item(council.ToAssignee, number, "H-7", 11))
	}
	notice.MemberID = h.memberID(baso)
	digest := only(t, h.reminded(baso, notice))
	if got := labels(digest); len(got) != 18 || got[16] != "1/2" {
		t.Errorf("the buttons are %v", got)
	}
	contains(t, h.pressOn(baso, digest.ID, baso, "Selesai T-2").Text, "T-2")
	contains(t, h.pressOn(baso, digest.ID, baso, "Kendala T-3").Text, "Tercatat")
	now := h.message(baso, digest.ID)
	want := strings.Replace(digest.Text, "T-2 · Dua\n"+due, "T-2 · Dua · Menunggu pemeriksaan", 1)
	want = strings.Replace(want, "T-3 · Tiga\n"+due, "T-3 · Tiga\n"+due+" · Terkendala", 1)
	if now.Text != want {
		t.Errorf("the digest became\n%s\nand not\n%s", now.Text, want)
	}
	h.pressOn(baso, digest.ID, baso, "Berikutnya")
	lacks(t, h.message(baso, digest.ID).Text, "T-1")
	contains(t, h.message(baso, digest.ID).Text, "T-6 · Enam\n"+due)
	h.pressOn(baso, digest.ID, baso, "Sebelumnya")
	if again := h.message(baso, digest.ID); again.Text != want {
		t.Errorf("turned back, it is\n%s", again.Text)
	}
}

func TestACoordinatorsDigest(t *testing.T) {
	h, sitti, baso, _ := assigned(t, "Rekap tonase, tenggat Jumat 22 Mei 16.00", "Foto lokasi, tenggat Jumat 22 Mei 16.00")
	h.move("2026-05-25 08:00")
	notice := council.Notice{MemberID: h.memberID(sitti), Items: []council.Item{
		h.item(council.ToCoordinator, 1, "overdue+3", -3), h.item(council.ToCoordinator, 2, "overdue+3", -3), h.item(council.ToLeader, 1, "overdue+3", -3)}}
	said := only(t, h.reminded(sitti, notice))
	contains(t, said.Text, "Melewati tenggat, mohon dibantu:", "T-1 · Rekap tonase · Pak Baso Irfandi · lewat 3 hari", "T-2 · Foto lokasi")
	lacks(t, said.Text, "izin melaporkan")
	own := council.Notice{MemberID: h.memberID(baso), Items: []council.Item{h.item(council.ToAssignee, 1, "overdue+3", -3), h.item(council.ToCoordinator, 1, "overdue+3", -3)}}
	if text := only(t, h.reminded(baso, own)).Text; strings.Count(text, "T-1") != 1 {
		t.Errorf("the same task twice:\n%s", text)
	}
}

func TestALeadersDirection(t *testing.T) {
	for name, row := range map[string]struct{ button, told string }{
		"to finish today": {"Minta diselesaikan hari ini", "Arahan H. Anwar Malolo untuk T-1 Rekap tonase: mohon diselesaikan hari ini."},
		"to be in touch":  {"Hubungi koordinator", "Arahan H. Anwar Malolo untuk T-1 Rekap tonase: mohon koordinator menghubungi beliau."},
	} {
		t.Run(name, func(t *testing.T) {
			h, sitti, baso, _ := assigned(t, "Rekap tonase, tenggat Jumat 22 Mei 16.00")
			anwar := h.person("H. Anwar Malolo", "anwar_contoh")
			h.grant(anwar, council.RoleLeader)
			h.say(anwar, anwar, "/mulai")
			h.heard(sitti)
			said := only(t, h.reminded(anwar, council.Notice{MemberID: h.memberID(anwar), Items: []council.Item{h.item(council.ToLeader, 1, "overdue+3", -3)}}))
			contains(t, said.Text, "Yth. Bapak/Ibu H. Anwar Malolo, izin melaporkan:", "T-1 Rekap tonase (Pokja Lingkungan) lewat 3 hari.", "Berkenan memberi arahan?")
			lacks(t, said.Text, "Baso")
			contains(t, h.pressOn(anwar, said.ID, anwar, row.button).Text, "T-1")
			if got := only(t, h.heard(sitti)).Text; got != row.told {
				t.Errorf("the coordinator is told %q", got)
			}
			contains(t, h.message(anwar, said.ID).Text, "Arahan untuk T-1 tercatat")
			contains(t, h.pressData(anwar, said.ID, anwar, said.Buttons[0][0].Data).Text, "T-1")
			if row.button == "Minta diselesaikan hari ini" && len(h.heard(sitti)) != 0 {
				t.Error("pressing twice tells twice")
			}
			h.say(baso, baso, "/selesai T-1")
			h.press(sitti, sitti, "Sesuai")
			contains(t, h.pressData(anwar, said.ID, anwar, said.Buttons[0][0].Data).Text, "tidak perlu arahan lagi")
		})
	}
}

func TestSomebodyElseCannotDirect(t *testing.T) {
	h, sitti, baso, _ := assigned(t, "Rekap tonase, tenggat Jumat 22 Mei 16.00")
	answer := h.pressData(baso, 1, baso, data(pressDirect, "T-1", directionToday))
	contains(t, answer.Text, "pimpinan")
	if said := h.heard(sitti); len(said) != 0 || !answer.Alert {
		t.Errorf("the coordinator is told %q", texts(said))
	}
}

func TestAnEvaluationsDigests(t *testing.T) {
	h, sitti, baso, pokja := assigned(t)
	ekonomi := h.linkedGroup("Pokja Ekonomi", "pokja ekonomi", sitti)
	h.say(sitti, sitti, firstStory)
	h.press(sitti, sitti, "Benar")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase, tenggat 9 Juni")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Foto lokasi, tenggat 9 Juni")
	h.say(ekonomi, sitti, "/tugas_baru Data QRIS, tenggat 9 Juni")
	h.say(baso, baso, "/selesai T-2")
	h.press(sitti, sitti, "Sesuai")
	h.say(baso, baso, "/kendala T-1 belum direkap")
	h.move("2026-05-26 08:00")
	evaluation := h.evaluations()[0]
	var group, owner []council.Item
	h.look(func(tx *store.Tx) error {
		prepared, err := tx.Preparation(evaluation, h.clock())
		if err != nil {
			return err
		}
		dimensions, err := tx.PreparedByDimension(prepared)
		for _, milestone := range evaluation.Milestones {
			if milestone.Kind == council.MilestoneInternal {
				continue
			}
			item := council.Item{Evaluation: evaluation, Milestone: milestone, Counts: prepared.Counts, Dimensions: dimensions, Days: 16, Moved: true,
				Reminder: council.Reminder{Subject: evaluation.Reference(), MilestoneID: milestone.ID, Step: "H-14", Audience: council.ToGroup}}
			group = append(group, item)
			item.Reminder.Audience = council.ToOwner
			owner = append(owner, item)
		}
		return err
	})
	groupID := int64(0)
	h.look(func(tx *store.Tx) error {
		linked, err := tx.GroupOf(pokja, 0)
		groupID = linked.ID
		return err
	})
	t.Run("to a group: counts, no names", func(t *testing.T) {
		said := only(t, h.reminded(pokja, council.Notice{GroupID: groupID, Items: group}))
		want := strings.Join([]string{
			"Selamat pagi, Bapak/Ibu.",
			"E-1 · Evaluasi Smart City Tahap I",
			"Batas unggah pusat: Kamis, 11 Juni 2026 pukul 00.59 WITA (10 Juni 23.59 WIB), 16 hari lagi",
			"Pelaksanaan: Kamis, 11 Juni 2026 pukul 09.00 WITA (16 hari lagi)",
			"Pengingat H-14 dimajukan karena 28 Mei cuti bersama, 27 Mei libur Iduladha.",
			"Selesai 1 dari 3: Ekonomi 0/1 · Lingkungan 1/2",
			"Terkendala 1",
			"Rincian tugas ada di pesan pribadi.",
		}, "\n")
		if said.Text != want {
			t.Errorf("the group is told:\n%s\nand not:\n%s", said.Text, want)
		}
	})
	t.Run("to an owner: what is open", func(t *testing.T) {
		said := only(t, h.reminded(baso, council.Notice{MemberID: h.memberID(baso), Items: owner}))
		contains(t, said.Text, "E-1 · Evaluasi Smart City Tahap I", "16 hari lagi", "Yang masih terbuka:\nT-1 · Rekap tonase · Selasa, 9 Juni 2026 pukul 16.00 WITA (14 hari lagi)")
		lacks(t, said.Text, "T-2", "T-3")
	})
	t.Run("to a leader: once for several dates", func(t *testing.T) {
		for i := range owner {
			owner[i].Reminder.Audience, owner[i].Days = council.ToLeader, 3
		}
		said := only(t, h.reminded(sitti, council.Notice{MemberID: h.memberID(sitti), Items: owner}))
		contains(t, said.Text, "izin melaporkan:\nE-1 Evaluasi Smart City Tahap I 3 hari lagi: selesai 1 dari 3, terkendala 1.\nBerkenan memberi arahan?")
		if got := strings.Join(labels(said), "|"); got != "Minta diselesaikan hari ini|Hubungi koordinator" {
			t.Errorf("the buttons are %s", got)
		}
	})
}

func TestWhoCannotBeReachedIsPassedOver(t *testing.T) {
	h, _, baso, _ := assigned(t, "Rekap tonase, tenggat Jumat 22 Mei 16.00")
	h.change(func(tx *store.Tx) error { return tx.SetReach(h.memberID(baso), council.ReachBlocked) })
	if said := h.reminded(baso, council.Notice{MemberID: h.memberID(baso), Items: []council.Item{h.item(council.ToAssignee, 1, "H-7", 11)}}); len(said) != 0 {
		t.Errorf("said %q", texts(said))
	}
}

func TestADigestInEnglishFitsTheHour(t *testing.T) {
	h, _, baso, _ := assigned(t, "Weigh the plastic, tenggat Jumat 22 Mei 16.00")
	h.say(baso, baso, "/bahasa en")
	for hour, greeting := range map[string]string{"08:00": "Good morning", "13:00": "Good day", "16:00": "Good afternoon", "20:00": "Good evening"} {
		h.move("2026-05-15 " + hour)
		said := only(t, h.reminded(baso, council.Notice{MemberID: h.memberID(baso), Items: []council.Item{h.item(council.ToAssignee, 1, "H-7", 7)}}))
		contains(t, said.Text, greeting, "Friday, 22 May 2026 at 16:00 WITA (7 days left)")
	}
}
