package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// prepared is a city in which the first story's evaluation is being prepared.
func prepared(t *testing.T) (h *harness, sitti, pokja int64) {
	t.Helper()
	h, sitti = firstStoryHarness(t)
	pokja = h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti)
	h.say(sitti, sitti, firstStory)
	h.press(sitti, sitti, "Benar")
	h.heard(sitti)
	return h, sitti, pokja
}

// mornings are the planned moments without repetition.
func (h *harness) mornings() string {
	var list []string
	for _, line := range h.planned() {
		if day := line[5:10]; !slices.Contains(list, day) {
			list = append(list, day)
		}
	}
	return strings.Join(list, " ")
}

func TestADateMovesEverythingThatHangsOnIt(t *testing.T) {
	const before = "05-12 05-26 06-04 06-08 06-10 06-11"
	for name, row := range map[string]struct {
		said     string
		answer   []string
		mornings string
	}{
		"the presentation": {"/tenggat E-1 Kamis 18 Juni jam 9",
			[]string{"E-1 diubah: Evaluasi Smart City Tahap I", "Pelaksanaan: Kamis, 18 Juni 2026 pukul 09.00 WITA (38 hari lagi)", "Kamis, 11 Juni 2026 pukul 00.59 WITA"},
			"05-12 05-19 05-26 06-04 06-08 06-10 06-11 06-15 06-17 06-18"},
		"the upload, with the internal deadline": {"/tenggat E-1 unggah 9 Juni 16.00 WIB",
			[]string{"Selasa, 9 Juni 2026 pukul 17.00 WITA (9 Juni 16.00 WIB)", "Batas internal: Jumat, 5 Juni 2026 pukul 16.00 WITA"},
			"05-12 05-26 06-02 06-04 06-05 06-08 06-09 06-10 06-11"},
		"both": {"/tenggat E-1 25 Juni jam 9, unggah 24 Juni 16.00",
			[]string{"Kamis, 25 Juni 2026 pukul 09.00 WITA", "Rabu, 24 Juni 2026 pukul 16.00 WITA", "Senin, 22 Juni 2026 pukul 16.00 WITA"},
			"05-25 05-26 06-10 06-11 06-17 06-18 06-19 06-22 06-23 06-24 06-25"},
		"a field review is added": {"/due E-1 tinjauan lapangan 12 Juni jam 8",
			[]string{"Tinjauan lapangan: Jumat, 12 Juni 2026 pukul 08.00 WITA"}, "05-12 05-13 05-26 05-29 06-04 06-05 06-08 06-09 06-10 06-11"},
		"postponed":      {"/tenggat E-1 ditunda", []string{"E-1 ditunda", "sampai ada tanggal baru"}, ""},
		"no deadline":    {"/tenggat E-1 tanpa tenggat", []string{"E-1 ditunda", "sampai ada tanggal baru"}, ""},
		"no date yet":    {"/tenggat E-1 belum ada tanggal", []string{"E-1 ditunda"}, ""},
		"without date":   {"/tenggat E-1 Tanpa tanggal.", []string{"E-1 ditunda"}, ""},
		"in English":     {"/due E-1 without a date", []string{"E-1 ditunda"}, ""},
		"closed":         {"/tenggat E-1 selesai", []string{"E-1 selesai", "Terima kasih"}, ""},
		"cancelled":      {"/due E-1 cancelled", []string{"E-1 dibatalkan"}, ""},
		"no date":        {"/tenggat E-1", []string{"Tanggalnya belum terbaca"}, before},
		"unreadable":     {"/tenggat E-1 ayam", []string{"Tanggalnya belum terbaca"}, before},
		"ambiguous":      {"/tenggat E-1 minggu depan", []string{"Tanggalnya belum terbaca"}, before},
		"a past date":    {"/tenggat E-1 5 Mei 2026", []string{"sudah lewat"}, before},
		"nothing there":  {"/tenggat E-9 Kamis 18 Juni jam 9", []string{"E-9 belum ada"}, before},
		"in small words": {"/tenggat e1 Kamis 18 Juni jam 9", []string{"Kamis, 18 Juni 2026"}, "05-12 05-19 05-26 06-04 06-08 06-10 06-11 06-15 06-17 06-18"},
	} {
		t.Run(name, func(t *testing.T) {
			h, sitti, _ := prepared(t)
			if h.mornings() != before {
				t.Fatalf("planned before: %s", h.mornings())
			}
			contains(t, only(t, h.say(sitti, sitti, row.said)).Text, row.answer...)
			if got := h.mornings(); got != row.mornings {
				t.Errorf("planned: %s\nand not: %s", got, row.mornings)
			}
		})
	}
}

func TestAnEndedEvaluation(t *testing.T) {
	h, sitti, _ := prepared(t)
	h.say(sitti, sitti, "/tenggat E-1 ditunda")
	contains(t, only(t, h.say(sitti, sitti, "/tenggat E-1 ditunda")).Text, "sudah ditunda")
	contains(t, only(t, h.say(sitti, sitti, "/evaluasi")).Text, "E-1", "Ditunda")
	contains(t, only(t, h.say(sitti, sitti, "/tenggat E-1 Kamis 18 Juni jam 9")).Text, "Kamis, 18 Juni 2026")
	if list := h.evaluations(); list[0].State != council.EvaluationOpen || len(h.planned()) == 0 {
		t.Error("a new date takes a postponed evaluation up again")
	}
	h.say(sitti, sitti, "/tenggat E-1 selesai")
	for _, said := range []string{"/tenggat E-1 Kamis 25 Juni jam 9", "/tenggat E-1 ditunda", "/tenggat E-1 selesai"} {
		contains(t, only(t, h.say(sitti, sitti, said)).Text, "E-1 sudah selesai")
	}
	contains(t, only(t, h.say(sitti, sitti, "/evaluasi")).Text, "Belum ada evaluasi")
}

func TestUndoingAnEvaluation(t *testing.T) {
	for name, row := range map[string]struct {
		change, undo string
		pass         time.Duration
		answer       string
		state        council.EvaluationState
		mornings     string
	}{
		"making it":         {"", "Urungkan", 0, "Perubahan pada E-1 diurungkan", council.EvaluationCancelled, ""},
		"making it, typed":  {"", "/urungkan", 0, "Perubahan pada E-1 diurungkan", council.EvaluationCancelled, ""},
		"a date":            {"/tenggat E-1 25 Juni jam 9, unggah 24 Juni 16.00", "Urungkan", 9 * time.Minute, "diurungkan", council.EvaluationOpen, "05-12 05-26 06-04 06-08 06-10 06-11"},
		"the end":           {"/tenggat E-1 selesai", "/undo", 0, "diurungkan", council.EvaluationOpen, "05-12 05-26 06-04 06-08 06-10 06-11"},
		"after ten minutes": {"/tenggat E-1 selesai", "Urungkan", 11 * time.Minute, "lebih dari 10 menit", council.EvaluationClosed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h, sitti, _ := prepared(t)
			if row.change != "" {
				h.say(sitti, sitti, row.change)
			}
			h.pass(row.pass)
			if strings.HasPrefix(row.undo, "/") {
				contains(t, only(t, h.say(sitti, sitti, row.undo)).Text, row.answer)
			} else {
				contains(t, h.press(sitti, sitti, row.undo).Text, row.answer)
			}
			h.look(func(tx *store.Tx) error {
				evaluation, err := tx.Evaluation(1)
				if evaluation.State != row.state {
					t.Errorf("it is %s", evaluation.State)
				}
				return err
			})
			if got := h.mornings(); got != row.mornings {
				t.Errorf("planned: %s", got)
			}
		})
	}
}

func TestAnUndoButtonThatIsTooOld(t *testing.T) {
	h, sitti, _ := prepared(t)
	first := h.sim.Messages(sitti)
	made := first[len(first)-1]
	h.say(sitti, sitti, "/tenggat E-1 Kamis 18 Juni jam 9")
	contains(t, h.pressOn(sitti, made.ID, sitti, "Urungkan").Text, "sudah berubah lagi")
}

func TestAGroupLinkedLaterIsReminded(t *testing.T) {
	h, sitti, _ := prepared(t)
	before := len(h.planned())
	h.linkedGroup("Dewan", "dewan", sitti)
	if got := len(h.planned()); got != before+4 { // H-7 and H-1 of two dates
		t.Errorf("%d reminders and not four more than %d", got, before)
	}
	h.linkedGroup("Forum", "komunitas", sitti)
	if got := len(h.planned()); got != before+4 {
		t.Errorf("a community is told nothing: %d reminders", got)
	}
}

func TestShowingAnEvaluation(t *testing.T) {
	h, sitti, pokja := prepared(t)
	h.say(pokja, sitti, "/tugas_baru Lengkapi bukti ENV-08, tenggat 9 Juni")
	h.heard(pokja)
	for _, said := range []string{"/status E-1", "/evaluasi E-1", "/evaluation e-01"} {
		contains(t, only(t, h.say(sitti, sitti, said)).Text, "E-1 · Evaluasi Smart City Tahap I · Disiapkan",
			"Pelaksanaan: Kamis, 11 Juni 2026 pukul 09.00 WITA (31 hari lagi)", "Selesai 0 dari 1",
			"Pengingat berikutnya: H-30 Sel 12 Mei · H-14 Sel 26 Mei (28 Mei cuti bersama, 27 Mei libur Iduladha)")
	}
	contains(t, only(t, h.say(pokja, sitti, "/evaluasi")).Text, "Evaluasi yang disiapkan:", "E-1 · Evaluasi Smart City Tahap I", "31 hari lagi")
	contains(t, only(t, h.say(sitti, sitti, "/status E-7")).Text, "E-7 belum ada")
}

// TestWhoMayDoWhatWithEvaluations goes through the commands and buttons about
// evaluations and directions, one person for each role.
func TestWhoMayDoWhatWithEvaluations(t *testing.T) {
	h, sitti, _ := prepared(t)
	h.say(sitti, sitti, "/evaluasi_baru Tahap II, 12 Juni jam 9")
	waiting := h.sim.Messages(sitti)[len(h.sim.Messages(sitti))-1].Buttons[0][0].Data
	coordinator := []council.Role{council.RoleCoordinator}
	leading := []council.Role{council.RoleCoordinator, council.RoleLeader}
	working := []council.Role{council.RoleCoordinator, council.RoleLeader, council.RoleCouncil, council.RoleWorkingGroup}
	for _, role := range append([]council.Role{""}, council.Roles...) {
		person := h.person("Orang "+string(role), "orang_"+string(role))
		if role != "" {
			h.grant(person, role)
		}
		h.say(person, person, "/batal")
		for name, cell := range map[string]struct {
			said, pressed string
			who           []council.Role
		}{
			"/evaluasi_baru":        {said: "/evaluasi_baru Tahap III, 12 Juni jam 9", who: coordinator},
			"/evaluasi_baru guided": {said: "/evaluasi_baru", who: coordinator},
			"/tenggat E-1":          {said: "/tenggat E-1 Kamis 18 Juni jam 9", who: coordinator},
			"/tenggat E-1 selesai":  {said: "/tenggat E-1 unggah 10 Juni 12.00", who: coordinator},
			"/evaluasi":             {said: "/evaluasi", who: working},
			"/status E-1":           {said: "/status E-1", who: working},
			"[Benar]":               {pressed: waiting, who: coordinator},
			"[Ubah]":                {pressed: data(pressEvaluation, evaluationChange, 1), who: coordinator},
			"[Urungkan]":            {pressed: data(pressEvaluation, evaluationUndo, 1, 99), who: coordinator},
			"a date":                {pressed: data(pressEvaluation, evaluationDate, 1), who: coordinator},
			"no upload":             {pressed: data(pressEvaluation, evaluationSkip), who: coordinator},
			"nothing known":         {pressed: data(pressEvaluation, "x"), who: coordinator},
			"no argument":           {pressed: data(pressEvaluation), who: coordinator},
			"a direction":           {pressed: data(pressDirect, "E-1", directionToday), who: leading},
			"a forged direction":    {pressed: data(pressDirect, "E-1", "words of somebody"), who: leading},
			"a direction to none":   {pressed: data(pressDirect), who: leading},
		} {
			t.Run(string(role)+" "+name, func(t *testing.T) {
				var answer string
				if cell.pressed != "" {
					answer = h.pressData(person, 1, person, cell.pressed).Text
				} else {
					answer = strings.Join(texts(h.say(person, person, cell.said)), "\n")
				}
				refused := false
				for _, words := range []string{"koordinator di daerah", "Fitur ini untuk", "Arahan diberikan oleh pimpinan"} {
					refused = refused || strings.Contains(answer, words)
				}
				if silent := answer == "" && role == ""; slices.Contains(cell.who, role) == (refused || silent) {
					t.Errorf("answered: %q", answer)
				}
			})
		}
	}
	if made := len(h.evaluations()); made != 1 {
		t.Errorf("%d evaluations were made: a preview is confirmed in its own chat only", made)
	}
}

func TestNothingIsShownInAGroupThatIsNotLinked(t *testing.T) {
	h, sitti, _ := prepared(t)
	nobody := h.person("Orang Lewat", "")
	chat := h.group("Belum", sitti, nobody)
	for _, said := range []string{firstStory, "/evaluasi", "/status", "/status E-1", "/rekap", "/tenggat E-1 ditunda"} {
		contains(t, only(t, h.say(chat, sitti, said)).Text, "belum dihubungkan")
		for _, answer := range h.say(chat, nobody, said) {
			lacks(t, answer.Text, "E-1", "Evaluasi Smart City", "Tugas:")
		}
	}
}
