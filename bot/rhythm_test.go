package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// rhythmOf is what the first evaluation has of its own.
func (h *harness) rhythmOf() (rhythm council.Rhythm) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		evaluation, err := tx.Evaluation(1)
		rhythm = evaluation.Rhythm
		return err
	})
	return rhythm
}

func TestARhythmOfItsOwn(t *testing.T) {
	h, sitti, _ := prepared(t)
	preview := only(t, h.say(sitti, sitti, "/rencana E-1 H-21 H-7 H-1 H pukul 07.45"))
	contains(t, preview.Text, "E-1 · Evaluasi Smart City Tahap I, bila diubah:", "Sebelum:\n· Sel 12 Mei 08.00 H-30 → Pokja Lingkungan",
		"Sesudah:\nIrama sendiri: Pokja, Sekretariat, petugas H-21 H-7 H-1 hari H · pukul 07.45 WITA\n· Kam 21 Mei 07.45 H-21 → Pokja Lingkungan", "Belum ada yang diubah.")
	if got := strings.Join(labels(preview), " "); got != "Benar Ubah" {
		t.Errorf("the buttons are %s", got)
	}
	if rhythm := h.rhythmOf(); !rhythm.IsZero() || h.mornings() != "05-12 05-26 06-04 06-08 06-10 06-11" {
		t.Fatalf("a preview changes nothing: %v, %s", rhythm, h.mornings())
	}
	h.pressOn(sitti, preview.ID, sitti, "Benar")
	made := h.message(sitti, preview.ID)
	contains(t, made.Text, "E-1 diubah: Evaluasi Smart City Tahap I", "Pengingat pukul 07.45 WITA: H-21 Kam 21 Mei · H-7 Kam 4 Jun · H-1 Rab 10 Jun · hari H Kam 11 Jun")
	if got := strings.Join(labels(made), " "); got != "Urungkan Atur" {
		t.Errorf("the buttons are %s", got)
	}
	for _, line := range h.planned() {
		if !strings.Contains(line, " 07:45 ") && !strings.HasSuffix(line, "leader") {
			t.Errorf("planned: %s", line)
		}
	}
	for _, said := range []string{"/evaluasi E-1", "/status E-1"} {
		contains(t, only(t, h.say(sitti, sitti, said)).Text, "Irama sendiri: Pokja, Sekretariat, petugas H-21 H-7 H-1 hari H · pukul 07.45 WITA")
	}
	contains(t, only(t, h.say(sitti, sitti, "/rencana E-1 H-21 H-7 H-1 H")).Text, "memang sudah begitu")
	h.say(sitti, sitti, "/rencana E-1 biasa")
	h.press(sitti, sitti, "Benar")
	if rhythm := h.rhythmOf(); !rhythm.IsZero() || h.mornings() != "05-12 05-26 06-04 06-08 06-10 06-11" {
		t.Errorf("back to usual is %v, %s", rhythm, h.mornings())
	}
}

func TestUndoingARhythm(t *testing.T) {
	for name, undo := range map[string]func(*harness, int64) string{
		"by button": func(h *harness, sitti int64) string { return h.press(sitti, sitti, "Urungkan").Text },
		"typed":     func(h *harness, sitti int64) string { return texts(h.say(sitti, sitti, "/urungkan"))[0] },
	} {
		t.Run(name, func(t *testing.T) {
			h, sitti, _ := prepared(t)
			h.say(sitti, sitti, "/rencana E-1 dewan H-14, pimpinan H-5 kalimat Mohon bantuannya.")
			h.press(sitti, sitti, "Benar")
			if rhythm := h.rhythmOf(); !slices.Equal(rhythm.Council, council.Ladder{14}) || !slices.Equal(rhythm.Leader, council.Ladder{5}) || rhythm.Wording != "Mohon bantuannya." {
				t.Fatalf("made: %+v", rhythm)
			}
			contains(t, only(t, h.say(sitti, sitti, "/status E-1")).Text, "Irama sendiri: Dewan H-14 · pimpinan H-5", "Kalimat: Mohon bantuannya.")
			h.pass(9 * time.Minute)
			contains(t, undo(h, sitti), "E-1 diurungkan")
			if rhythm := h.rhythmOf(); !rhythm.IsZero() {
				t.Errorf("undone: %+v", rhythm)
			}
		})
	}
}

func TestAdjustingFromTheMessageThatMadeIt(t *testing.T) {
	h, sitti, _ := prepared(t)
	h.press(sitti, sitti, "Atur")
	contains(t, only(t, h.heard(sitti)).Text, "Kapan E-1 diingatkan?", "H-21 H-7 H-1 H pukul 07.45", "biasa", "/batal")
	contains(t, only(t, h.say(sitti, sitti, "ayam goreng")).Text, "Kata \"ayam\" belum terbaca")
	contains(t, only(t, h.say(sitti, sitti, "besok")).Text, "Kata \"besok\" belum terbaca")
	preview := only(t, h.say(sitti, sitti, "h-10, h-2 jam 9"))
	contains(t, preview.Text, "petugas H-10 H-2 · pukul 09.00 WITA")
	h.pressOn(sitti, preview.ID, sitti, "Ubah")
	contains(t, only(t, h.heard(sitti)).Text, "Kapan E-1 diingatkan?")
	again := only(t, h.say(sitti, sitti, "H-9 pukul 09.00"))
	h.pressOn(sitti, again.ID, sitti, "Benar")
	if rhythm := h.rhythmOf(); !slices.Equal(rhythm.Groups, council.Ladder{9}) || rhythm.Minute != 9*60 {
		t.Errorf("made: %v", rhythm)
	}
	contains(t, h.pressOn(sitti, preview.ID, sitti, "Benar").Text, "E-1 sudah berubah")
}

func TestReplyingNamesTheEvaluation(t *testing.T) {
	h, sitti, _ := prepared(t)
	shown := only(t, h.say(sitti, sitti, "/status E-1"))
	contains(t, only(t, h.write(sim.Message{Chat: sitti, Person: sitti, Text: "/rencana H-9 H-2", ReplyTo: shown.ID})).Text, "Sesudah:", "petugas H-9 H-2")
	contains(t, only(t, h.write(sim.Message{Chat: sitti, Person: sitti, Text: "/rencana 18 Juni jam 9", ReplyTo: shown.ID})).Text, "Kamis, 18 Juni 2026")
	contains(t, only(t, h.write(sim.Message{Chat: sitti, Person: sitti, Text: "/rencana", ReplyTo: shown.ID})).Text, "Rencana pengingat E-1")
	contains(t, only(t, h.say(sitti, sitti, "/rencana H-9 H-2")).Text, "Itu belum terbaca")
}

func TestWhatARhythmCannotBe(t *testing.T) {
	h, sitti, _ := prepared(t)
	for said, answer := range map[string]string{
		"/rencana E-1 H-7 pukul 06.30":                     "pukul 07.30 sampai 16.30",
		"/rencana E-1 pukul 17.00":                         "pukul 07.30 sampai 16.30",
		"/rencana E-1 tugas H-7":                           "diatur untuk seluruh kota",
		"/rencana E-1 dewan":                               "Langkahnya belum tertulis",
		"/rencana E-1 H-400":                               "Langkah H-400 belum dapat dipakai",
		"/rencana E-1 kalimat":                             "Kalimatnya belum tertulis",
		"/rencana E-1 kalimat " + strings.Repeat("x", 201): "Kalimatnya 201 huruf, paling panjang 200",
		"/rencana E-1 H-7 ayam":                            "Kata \"ayam\" belum terbaca",
		"/rencana kota kalimat":                            "Kalimatnya belum tertulis",
		"/rencana kota biasa":                              "memang sudah begitu",
		"/rencana E-1 ayam":                                "Tanggalnya belum terbaca",
		"/rencana E-1 5 Mei 2026":                          "sudah lewat",
		"/rencana E-1 H-13 H-12 H-11 H-10 H-9 H-8 H-7 H-6 H-5 H-4 H-3 H-2 H-1": "dua belas langkah",
	} {
		t.Run(said, func(t *testing.T) {
			before := h.planned()
			contains(t, only(t, h.say(sitti, sitti, said)).Text, answer)
			if difference := cmp.Diff(before, h.planned()); difference != "" {
				t.Error(difference)
			}
		})
	}
	h.say(sitti, sitti, "/tenggat E-1 selesai")
	contains(t, only(t, h.say(sitti, sitti, "/rencana E-1 H-7")).Text, "E-1 sudah selesai")
}

func TestTheRhythmOfTheCity(t *testing.T) {
	h, sitti, _ := prepared(t)
	contains(t, only(t, h.say(sitti, sitti, "/rencana kota")).Text, "Irama kota: Pokja, Sekretariat, petugas H-30 H-14 H-7 H-3 H-1 hari H · Dewan H-7 H-1 · pimpinan H-3 · tugas H-7 H-3 H-1 hari H · pukul 08.00 WITA")
	preview := only(t, h.say(sitti, sitti, "/rencana kota tugas H-5 H, pokja H-21 H-7, pukul 07.45"))
	contains(t, preview.Text, "Sebelum:\nPokja, Sekretariat, petugas H-30", "Sesudah:\nPokja, Sekretariat, petugas H-21 H-7 · Dewan H-7 H-1 · pimpinan H-3 · tugas H-5 hari H · pukul 07.45 WITA",
		"Pengingat pukul 07.45 WITA: H-21 Kam 21 Mei · H-7 Kam 4 Jun")
	usual := h.timing()
	h.pressOn(sitti, preview.ID, sitti, "Benar")
	now := h.timing()
	if !slices.Equal(now.TaskLadder(), council.Ladder{5, 0}) || !slices.Equal(now.OwnerLadder(), council.Ladder{21, 7}) || now.Rhythm.Minute != 7*60+45 {
		t.Errorf("the city's rhythm is %v", now.Rhythm)
	}
	h.look(func(tx *store.Tx) error {
		if plan, err := tx.Setting(store.SettingPlan); plan != "" || err != nil {
			t.Errorf("open reminders are not planned anew: %q, %v", plan, err)
		}
		return nil
	})
	contains(t, h.message(sitti, preview.ID).Text, "Irama kota: Pokja, Sekretariat, petugas H-21 H-7", "Dapat diurungkan dalam 10 menit")
	h.restart()
	if difference := cmp.Diff(now.Rhythm, h.timing().Rhythm); difference != "" {
		t.Errorf("after a restart:\n%s", difference)
	}
	h.say(sitti, sitti, "/tugas_baru Rekap, tenggat 11 Juni")
	contains(t, only(t, h.say(sitti, sitti, "/rencana Juni")).Text, "07.45")
	h.press(sitti, sitti, "Urungkan")
	if difference := cmp.Diff(usual.Rhythm, h.timing().Rhythm); difference != "" {
		t.Errorf("undone:\n%s", difference)
	}
	contains(t, h.pressData(sitti, preview.ID, sitti, data(pressPlan, planUndoCity, 0)).Text, "Tidak ada perubahan")
}

// timing is the calendar and the rhythm of the city as the scheduler sees them.
func (h *harness) timing() (timing council.Timing) {
	h.t.Helper()
	h.change(func(tx *store.Tx) (err error) {
		timing, err = h.bot.Timing(tx)
		return err
	})
	return timing
}

func TestUndoingTheCitysRhythm(t *testing.T) {
	for name, row := range map[string]struct {
		typed, answer string
		pass          time.Duration
		undone        bool
	}{
		"typed":        {typed: "/urungkan", answer: "Irama kota: ", undone: true},
		"too late":     {pass: 11 * time.Minute, answer: "Irama kota sudah lebih dari 10 menit"},
		"changed anew": {typed: "/rencana kota dewan H-4", answer: "Irama kota sudah berubah lagi"},
	} {
		t.Run(name, func(t *testing.T) {
			h, sitti, _ := prepared(t)
			h.pass(time.Minute)
			preview := only(t, h.say(sitti, sitti, "/rencana kota dewan H-9"))
			h.pressOn(sitti, preview.ID, sitti, "Benar")
			undo := h.message(sitti, preview.ID).Buttons[0][0].Data
			h.pass(row.pass + time.Second)
			answer := ""
			switch {
			case row.undone:
				answer = texts(h.say(sitti, sitti, row.typed))[0]
			case row.typed != "":
				h.say(sitti, sitti, row.typed)
				h.press(sitti, sitti, "Benar")
				fallthrough
			default:
				answer = h.pressData(sitti, preview.ID, sitti, undo).Text
			}
			contains(t, answer, row.answer)
			if undone := h.timing().Rhythm.IsZero(); undone != row.undone {
				t.Errorf("undone: %v", undone)
			}
		})
	}
}

func TestAnEvaluationFollowsTheCityWhereItSaysNothing(t *testing.T) {
	h, sitti, _ := prepared(t)
	h.say(sitti, sitti, "/rencana kota dewan H-9, pukul 09.00")
	h.press(sitti, sitti, "Benar")
	h.say(sitti, sitti, "/rencana E-1 H-21")
	h.press(sitti, sitti, "Benar")
	contains(t, h.message(sitti, h.sim.Messages(sitti)[len(h.sim.Messages(sitti))-1].ID).Text, "Pengingat pukul 09.00 WITA: H-21 Kam 21 Mei", "Dewan: H-9 Sel 2 Jun")
}
