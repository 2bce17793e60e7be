package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// planned is a town with an evaluation E-1 on 15 October, tasks of Baso and of
// Herlina, and an own reminder of Yuliana's.
func plannedTown(t *testing.T) *town {
	t.Helper()
	c := newTown(t)
	c.say(c.sitti, c.sitti, "/evaluasi_baru Evaluasi Tahap I, Kamis 15 Oktober jam 9")
	c.press(c.sitti, c.sitti, "Benar")
	c.say(c.pokja, c.sitti, "/tugas_baru @baso_contoh Rekap tonase, tenggat 9 Oktober")
	c.say(c.ekonomi, c.sitti, "/tugas_baru @herlina_contoh Rekap pasar, tenggat 12 Oktober")
	c.change(func(tx *store.Tx) error {
		yuliana, sitti := c.member(c.yuliana), c.member(c.sitti)
		for _, own := range []council.OwnReminder{
			{MemberID: yuliana, Text: "Rahasia Yuliana", Next: c.clock().Add(48 * time.Hour), CreatedAt: c.clock()},
			{MemberID: sitti, Text: "Telepon pusat", Next: c.clock().Add(49 * time.Hour), CreatedAt: c.clock()},
			{MemberID: yuliana, GroupID: c.actor(c.yuliana).Groups[0].ID, Text: "Kumpul berkas", Next: c.clock().Add(50 * time.Hour), CreatedAt: c.clock()},
		} {
			if _, err := tx.CreateOwnReminder(own); err != nil {
				return err
			}
		}
		return nil
	})
	c.hush()
	return c
}

// waiting are the reminders as they stand in the database, and everything else
// that a plan must leave alone.
func (h *harness) waiting() (rows []council.Reminder) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		rows, err = tx.RemindersUntil(time.UnixMilli(0), h.clock().AddDate(20, 0, 0))
		return err
	})
	return rows
}

func TestThePlanOfEach(t *testing.T) {
	c := plannedTown(t)
	before := c.waiting()
	for name, row := range map[string]struct {
		chat, person int64
		said         string
		has, lacks   []string
	}{
		"the coordinator sees all": {c.sitti, c.sitti, "/rencana",
			[]string{"Rencana pengingat Jum 25 Sep – Min 25 Okt", "Kam 1 Okt 08.00\n· E-1 H-14 → Pokja Lingkungan, Pokja Ekonomi; Baso Irfandi, Herlina Pabokori", "Jum 2 Okt 08.00\n· T-1 H-7 → Baso Irfandi",
				"Sen 12 Okt 08.00", "E-1 H-3 → Pokja Lingkungan, Pokja Ekonomi", "Anwar Malolo", "E-1 H-1 → Pokja Lingkungan, Pokja Ekonomi, Dewan", "T-2 hari H", "N-2 Telepon pusat", "Langkah sesudah tenggat hanya disampaikan bila belum selesai."},
			[]string{"Rahasia", "Kumpul berkas", "N-1", "N-3"}},
		"a month":              {c.sitti, c.sitti, "/rencana Oktober", []string{"Rencana pengingat Kam 1 Okt – Sab 31 Okt", "Kam 1 Okt 08.00", "Kam 15 Okt 08.00"}, []string{"N-2"}},
		"a month in English":   {c.sitti, c.sitti, "/plan october 2026", []string{"Kam 1 Okt – Sab 31 Okt"}, nil},
		"a month of next year": {c.sitti, c.sitti, "/rencana Februari", []string{"Sen 1 Feb – Min 28 Feb"}, []string{"E-1"}},
		"a day":                {c.sitti, c.sitti, "/rencana 12 Oktober", []string{"Rencana pengingat Sen 12 Okt,", "E-1 H-3"}, []string{"E-1 H-14"}},
		"a span of days":       {c.sitti, c.sitti, "/rencana 1–2 Oktober", []string{"Kam 1 Okt – Jum 2 Okt", "E-1 H-14", "T-1 H-7"}, []string{"E-1 H-3"}},
		"an evaluation":        {c.sitti, c.sitti, "/rencana E-1", []string{"Rencana pengingat E-1 ", "E-1 H-14", "E-1 hari H"}, []string{"T-1", "N-2"}},
		"a task":               {c.sitti, c.sitti, "/rencana t1", []string{"Rencana pengingat T-1 ", "T-1 H-7 → Baso Irfandi"}, []string{"E-1", "T-2"}},
		"a person":             {c.sitti, c.sitti, "/rencana @baso_contoh", []string{"Pengingat untuk Baso Irfandi", "E-1 H-14", "T-1 H-7"}, []string{"T-2", "→"}},
		"a person's own are that person's": {c.sitti, c.sitti, "/rencana @yuliana_contoh", []string{"Pengingat untuk Yuliana Tasik", "Tidak ada pengingat."},
			[]string{"Rahasia", "N-1", "Kumpul"}},
		"a coordinator's own":    {c.sitti, c.sitti, "/rencana saya", []string{"untuk Bapak/Ibu", "N-2 Telepon pusat"}, []string{"E-1"}},
		"another coordinator":    {c.rahman, c.rahman, "/rencana", []string{"T-1 H-7 → Baso Irfandi"}, []string{"Telepon", "Rahasia"}},
		"an assignee":            {c.baso, c.baso, "/rencana", []string{"untuk Bapak/Ibu", "T-1 H-7", "E-1 H-14"}, []string{"T-2", "Herlina", "→", "Rahasia", "Telepon"}},
		"somebody's own":         {c.yuliana, c.yuliana, "/rencana", []string{"Min 27 Sep 09.00\n· N-1 Rahasia Yuliana"}, []string{"T-1", "E-1", "Kumpul"}},
		"a leader":               {c.anwar, c.anwar, "/rencana", []string{"Sen 12 Okt 08.00\n· E-1 H-3", "T-1 hari ke-3 sesudah tenggat"}, []string{"Baso", "E-1 H-14"}},
		"a council member":       {c.lukas, c.lukas, "/rencana", []string{"Tidak ada pengingat."}, []string{"E-1"}},
		"a community's member":   {c.fadli, c.fadli, "/rencana", []string{"Tidak ada pengingat."}, []string{"E-1"}},
		"a working group":        {c.pokja, c.baso, "/rencana", []string{"di grup ini", "Kam 1 Okt 08.00\n· E-1 H-14", "N-3"}, []string{"Baso", "T-1", "→", "Kumpul", "Rahasia"}},
		"the council's group":    {c.dewan, c.lukas, "/rencana", []string{"Kam 8 Okt 08.00\n· E-1 H-7", "Rab 14 Okt 08.00\n· E-1 H-1"}, []string{"H-14", "Anwar"}},
		"a forum is told none":   {c.forum, c.fadli, "/rencana", []string{"Tidak ada pengingat."}, []string{"E-1"}},
		"a coordinator in there": {c.pokja, c.sitti, "/rencana", []string{"di grup ini"}, []string{"Baso", "T-1", "N-2"}},
		"unread":                 {c.sitti, c.sitti, "/rencana ayam", []string{"Itu belum terbaca."}, nil},
		"nothing there":          {c.sitti, c.sitti, "/rencana E-9", []string{"E-9 belum ada"}, nil},
		"another letter":         {c.sitti, c.sitti, "/rencana N-1", []string{"Itu belum terbaca."}, []string{"Rahasia"}},
		"a person, by others":    {c.baso, c.baso, "/rencana @herlina_contoh", []string{"Fitur ini untuk koordinator"}, []string{"T-2"}},
		"a person, in a group":   {c.pokja, c.sitti, "/rencana @baso_contoh", []string{"ditampilkan di pesan pribadi"}, []string{"T-1"}},
		"mine, in a group":       {c.pokja, c.baso, "/rencana saya", []string{"ditampilkan di pesan pribadi"}, []string{"T-1"}},
		"another group's task":   {c.baso, c.baso, "/rencana T-2", []string{"milik grup lain"}, []string{"Rekap pasar"}},
		"a forum asks of E-1":    {c.fadli, c.fadli, "/rencana E-1", []string{"Fitur ini untuk kelompok kerja"}, []string{"H-14"}},
		"a passer-by":            {c.lewat, c.lewat, "/rencana", []string{"melayani anggota grup"}, []string{"E-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			answer := joined(c.say(row.chat, row.person, row.said))
			contains(t, answer, row.has...)
			lacks(t, answer, row.lacks...)
		})
	}
	if difference := cmp.Diff(before, c.waiting()); difference != "" {
		t.Errorf("a dry run has written:\n%s", difference)
	}
}

func TestThePlanNamesWhoWaits(t *testing.T) {
	c := plannedTown(t)
	c.change(func(tx *store.Tx) error {
		if _, err := tx.AddLeave(council.Leave{MemberID: c.member(c.baso), First: council.Day{Year: 2026, Month: 10, Day: 1}, Last: council.Day{Year: 2026, Month: 10, Day: 5}}); err != nil {
			return err
		}
		return tx.SetQuietTimes(store.Hearer{MemberID: c.member(c.herlina)}, []council.QuietTime{{From: 7 * 60, Until: 10 * 60}})
	})
	c.say(c.pokja, c.sitti, "/tugas_baru Rekap bersama, tenggat 9 Oktober")
	c.change(func(tx *store.Tx) error {
		task, err := tx.Task(3)
		if err != nil {
			return err
		}
		task.Assignees = council.AssignTo(c.member(c.nurul))
		if err := tx.SaveTask(task, c.clock()); err != nil {
			return err
		}
		timing, err := c.bot.Timing(tx)
		return errorsOr(err, tx.PlanReminders(task.Reference(), council.PlanTask(task, c.clock(), timing), nil))
	})
	c.hush()
	answer := joined(c.say(c.sitti, c.sitti, "/rencana"))
	contains(t, answer,
		"E-1 H-14 → Baso Irfandi · menunggu sampai Sel 6 Okt 08.00 (cuti)", "E-1 H-14 → Herlina Pabokori · menunggu sampai Kam 1 Okt 10.00 (jam tenang)",
		"Kam 1 Okt 10.00\n· E-1 H-14 (sesudah jam tenang) → Herlina Pabokori", "Sel 6 Okt 08.00\n· E-1 H-14 (sesudah cuti) · T-1 H-3 → Baso Irfandi", "T-3 H-7 → Nurul Huda (belum dapat dihubungi)")
	contains(t, joined(c.say(c.baso, c.baso, "/plan")), "Kam 1 Okt 08.00\n· E-1 H-14 · menunggu sampai Sel 6 Okt 08.00 (cuti)")
}

func TestForgedPressesOnPlans(t *testing.T) {
	c := plannedTown(t)
	c.say(c.sitti, c.sitti, "/rencana T-1 20 Oktober")
	sittis := c.botMessage(c.sitti)
	plan := only(t, c.say(c.baso, c.baso, "/rencana"))
	in := only(t, c.say(c.pokja, c.baso, "/rencana"))
	card := c.newTask("/tugas_baru @yuliana_contoh Foto lokasi, tenggat 9 Oktober")
	c.hush()
	rows, sitti := c.waiting(), c.member(c.sitti)
	see := func(arguments ...any) string { return data(pressPlan, append([]any{planTurn}, arguments...)...) }
	for name, row := range map[string]struct {
		chat    int64
		message int
		person  int64
		data    string
	}{
		"all of the city":         {c.baso, plan.ID, c.baso, see("20260925", "20261025", 0, "", 0)},
		"another's":               {c.baso, plan.ID, c.baso, see("20260925", "20261025", 0, "", sitti)},
		"another group's task":    {c.baso, plan.ID, c.baso, see("20260925", "20261025", 0, "T-2", 0)},
		"a person in a group":     {c.pokja, in.ID, c.baso, see("20260925", "20261025", 0, "", sitti)},
		"a person, by the coord.": {c.pokja, in.ID, c.sitti, see("20260925", "20261025", 0, "", sitti)},
		"no days":                 {c.baso, plan.ID, c.baso, see("x", "y", 0)},
		"a thousand years":        {c.baso, plan.ID, c.baso, see("00010101", "99991231", 99999999, "E-1", 0)},
		"backwards":               {c.baso, plan.ID, c.baso, see("20261025", "20260925", -5)},
		"on a card":               {c.pokja, card, c.baso, see("20260925", "20261025", 0, "", 0)},
		"[Terapkan] of another":   {c.baso, plan.ID, c.baso, data(pressPlan, planApply, sittis-1)},
		"[Atur]":                  {c.baso, plan.ID, c.baso, data(pressPlan, planAdjust, 1)},
		"[Atur] of none":          {c.sitti, sittis, c.sitti, data(pressPlan, planAdjust, 9)},
		"[Ubah] of none":          {c.sitti, sittis, c.sitti, data(pressPlan, planChange, 9)},
		"[Urungkan] of the city":  {c.baso, plan.ID, c.baso, data(pressPlan, planUndoCity, 0)},
		"nothing to undo":         {c.sitti, sittis, c.sitti, data(pressPlan, planUndoCity, 1)},
		"nothing at all":          {c.baso, plan.ID, c.baso, data(pressPlan)},
		"by a passer-by":          {c.pokja, in.ID, c.lewat, see("20260925", "20261025", 0, "", 0)},
	} {
		t.Run(name, func(t *testing.T) {
			cardBefore := c.message(c.pokja, card).Text
			c.pressData(row.chat, row.message, row.person, row.data)
			for _, chat := range []int64{c.baso, c.pokja} {
				for _, message := range c.sim.Messages(chat) {
					lacks(t, message.Text, "T-2", "Herlina", "Rahasia", "Telepon", "→")
				}
			}
			if now := c.message(c.pokja, card).Text; now != cardBefore {
				t.Errorf("the card says now %s", now)
			}
			if difference := cmp.Diff(rows, c.waiting()); difference != "" {
				t.Errorf("written:\n%s", difference)
			}
		})
	}
}

// TestWhoMayTryAndApplyChanges goes through the commands and buttons that change
// what will be said, one person for each role.
func TestWhoMayTryAndApplyChanges(t *testing.T) {
	c := plannedTown(t)
	coordinator := []string{"sitti", "rahman"}
	managing := []string{"sitti", "rahman", "anwar", "lukas", "baso"}
	people := map[string]int64{"sitti": c.sitti, "rahman": c.rahman, "anwar": c.anwar, "lukas": c.lukas, "baso": c.baso, "herlina": c.herlina, "fadli": c.fadli, "lewat": c.lewat}
	for name, cell := range map[string]struct {
		said string
		who  []string
	}{
		"a date of an evaluation": {"/rencana E-1 22 Oktober jam 9", coordinator},
		"without a date":          {"/rencana E-1 tanpa tenggat", coordinator},
		"steps of an evaluation":  {"/rencana E-1 H-5 H pukul 09.00", coordinator},
		"a sentence":              {"/rencana E-1 kalimat Mohon bantuannya", coordinator},
		"steps of the city":       {"/rencana kota tugas H-5", coordinator},
		"the city's, read":        {"/rencana kota", coordinator},
		"a deadline":              {"/rencana T-1 20 Oktober", managing},
		"no deadline":             {"/rencana T-1 tanpa tenggat", managing},
	} {
		for who, person := range people {
			t.Run(name+" by "+who, func(t *testing.T) {
				before := c.waiting()
				answer := joined(c.say(person, person, cell.said))
				shown := strings.Contains(answer, "Belum ada yang diubah.") || strings.Contains(answer, "Irama kota: ")
				if shown != slices.Contains(cell.who, who) {
					t.Errorf("answered %q", answer)
				}
				if difference := cmp.Diff(before, c.waiting()); difference != "" {
					t.Errorf("a dry run has written:\n%s", difference)
				}
			})
		}
	}
}

func TestApplyingWhatWasShown(t *testing.T) {
	for name, row := range map[string]struct {
		said, button, answer string
		expected             []string
	}{
		"a date":          {"/rencana E-1 22 Oktober jam 9", "Terapkan", "E-1 diubah: Evaluasi Tahap I\nPelaksanaan: Kamis, 22 Oktober 2026 pukul 09.00 WITA", []string{"H-14 Kam 8 Okt"}},
		"without a date":  {"/rencana E-1 belum ada tanggal", "Terapkan", "E-1 ditunda: Evaluasi Tahap I", nil},
		"steps":           {"/rencana E-1 H-5 H pukul 07.45", "Benar", "Pengingat pukul 07.45 WITA: H-5 Jum 9 Okt (akhir pekan) · hari H Kam 15 Okt", nil},
		"other audiences": {"/rencana E-1 dewan H-14, pimpinan H-2", "Benar", "Dewan: H-14 Kam 1 Okt\nPimpinan, bila belum lengkap: H-2 Sel 13 Okt", nil},
		"a sentence":      {"/rencana E-1 kalimat Mohon unggah lewat portal SPBE.", "Benar", "Kalimat: Mohon unggah lewat portal SPBE.", nil},
		"a deadline":      {"/rencana T-1 20 Oktober", "Terapkan", "Tenggat T-1: Selasa, 20 Oktober 2026 pukul 16.00 WITA", nil},
		"no deadline":     {"/rencana T-1 tanpa tenggat", "Terapkan", "T-1 kini tanpa tenggat.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := plannedTown(t)
			before := c.waiting()
			shown := only(t, c.say(c.sitti, c.sitti, row.said))
			contains(t, shown.Text, "Sesudah:", "Belum ada yang diubah.")
			c.pressOn(c.sitti, shown.ID, c.sitti, row.button)
			now := c.message(c.sitti, shown.ID)
			contains(t, now.Text, append(row.expected, row.answer)...)
			if cmp.Equal(before, c.waiting()) && !strings.Contains(row.said, "kalimat") {
				t.Error("nothing was planned anew")
			}
			contains(t, c.pressData(c.sitti, shown.ID, c.sitti, shown.Buttons[0][0].Data).Text, "tidak berlaku")
			c.pressOn(c.sitti, shown.ID, c.sitti, "Urungkan")
			if difference := cmp.Diff(momentsOf(before), momentsOf(c.waiting())); difference != "" {
				t.Errorf("undone, but not as before:\n%s", difference)
			}
		})
	}
}

// momentsOf lists what is due when, whatever the rows are.
func momentsOf(rows []council.Reminder) (lines []string) {
	for _, row := range rows {
		lines = append(lines, fmt.Sprint(row.Due.Format(time.RFC3339), row.Subject, row.Step, row.Audience, row.MemberID, row.GroupID))
	}
	slices.Sort(lines)
	return lines
}

func TestAPlanIsAppliedByWhoMay(t *testing.T) {
	c := plannedTown(t)
	shown := only(t, c.say(c.pokja, c.sitti, "/rencana E-1 22 Oktober jam 9"))
	lacks(t, shown.Text, "Baso", "Herlina", "Anwar", "Sitti")
	contains(t, shown.Text, "Pokja Lingkungan, Pokja Ekonomi; 2 orang")
	before := c.waiting()
	contains(t, c.pressOn(c.pokja, shown.ID, c.baso, "Terapkan").Text, "Fitur ini untuk koordinator")
	if difference := cmp.Diff(before, c.waiting()); difference != "" {
		t.Errorf("applied by somebody who may not:\n%s", difference)
	}
	c.say(c.rahman, c.rahman, "/tenggat E-1 29 Oktober jam 9")
	contains(t, c.pressOn(c.pokja, shown.ID, c.sitti, "Terapkan").Text, "E-1 sudah berubah")
	shown = only(t, c.say(c.pokja, c.sitti, "/rencana E-1 22 Oktober jam 9"))
	c.sim.Say(sim.Message{Chat: c.pokja, Person: c.rahman, Text: "/batal"})
	c.hush()
	c.pressOn(c.pokja, shown.ID, c.rahman, "Terapkan")
	contains(t, c.message(c.pokja, shown.ID).Text, "Kamis, 22 Oktober 2026")

	task := only(t, c.say(c.pokja, c.baso, "/rencana T-1 20 Oktober"))
	lacks(t, task.Text, "Baso", "Sitti")
	contains(t, c.pressData(c.fadli, c.botMessage(c.fadli), c.fadli, task.Buttons[0][0].Data).Text, "tidak berlaku")
	c.say(c.sitti, c.sitti, "/tenggat T-1 21 Oktober")
	contains(t, c.pressOn(c.pokja, task.ID, c.baso, "Terapkan").Text, "T-1 sudah berubah")
	task = only(t, c.say(c.pokja, c.baso, "/rencana T-1 besok 10.00"))
	c.pass(26 * time.Hour)
	contains(t, c.pressOn(c.pokja, task.ID, c.baso, "Terapkan").Text, "sudah lewat")
}
