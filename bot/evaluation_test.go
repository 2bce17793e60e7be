package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// firstStory is the command with which the first story of the product begins.
const firstStory = "/evaluasi_baru Evaluasi Smart City Tahap I, Kamis 11 Juni jam 9, unggah terakhir 10 Juni 23.59 WIB"

// move sets the clock to a moment of the city on WITA.
func (h *harness) move(moment string) {
	h.t.Helper()
	local, err := time.ParseInLocation("2006-01-02 15:04", moment, time.FixedZone("WITA", 8*60*60))
	if err != nil {
		h.t.Fatal(err)
	}
	h.pass(local.Sub(h.clock()))
}

// firstStoryHarness is a city at the beginning of the first story.
func firstStoryHarness(t *testing.T, change ...func(*Options)) (h *harness, sitti int64) {
	t.Helper()
	h = newHarness(t, change...)
	h.move("2026-05-11 09:12")
	sitti = h.coordinator("Sitti Ramlah", "sitti_contoh")
	return h, sitti
}

func (h *harness) evaluations() (list []council.Evaluation) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		list, err = tx.Evaluations()
		return err
	})
	return list
}

// planned lists what waits to be said about the first evaluation: "2026-05-12 08:00 H-30 owner".
func (h *harness) planned() (lines []string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		reminders, err := tx.WaitingReminders(council.EvaluationReference(1))
		for _, reminder := range reminders {
			due := reminder.Due.In(time.FixedZone("WITA", 8*60*60)).Format("2006-01-02 15:04")
			lines = append(lines, due+" "+string(reminder.Step)+" "+string(reminder.Audience))
		}
		return err
	})
	return lines
}

func TestTheFirstStorysPreview(t *testing.T) {
	h, sitti := firstStoryHarness(t)
	h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti)
	preview := only(t, h.say(sitti, sitti, firstStory))
	contains(t, preview.Text, "Mohon diperiksa: Evaluasi Smart City Tahap I",
		"Pelaksanaan: Kamis, 11 Juni 2026 pukul 09.00 WITA (31 hari lagi)",
		"Batas unggah pusat: Kamis, 11 Juni 2026 pukul 00.59 WITA (10 Juni 23.59 WIB), 31 hari lagi",
		"Saran batas internal: Selasa, 9 Juni 2026 pukul 16.00 WITA (29 hari lagi)",
		"Pengingat pukul 08.00 WITA: H-30 Sel 12 Mei · H-14 Sel 26 Mei (28 Mei cuti bersama, 27 Mei libur Iduladha) · H-7 Kam 4 Jun · H-3 Sen 8 Jun · H-1 Rab 10 Jun · hari H Kam 11 Jun")
	if got := strings.Join(labels(preview), " "); got != "Benar Ubah" {
		t.Errorf("the buttons are %s", got)
	}
	if len(h.evaluations()) != 0 || len(h.planned()) != 0 {
		t.Error("a preview makes nothing")
	}
	answer := h.press(sitti, sitti, "Benar")
	contains(t, answer.Text, "E-1")
	if said := h.heard(sitti); len(said) != 0 {
		t.Errorf("the press adds messages: %q", texts(said))
	}
	made := h.message(sitti, preview.ID)
	contains(t, made.Text, "E-1 tercatat: Evaluasi Smart City Tahap I", "Batas internal: Selasa, 9 Juni 2026 pukul 16.00 WITA", "H-30 Sel 12 Mei")
	if got := strings.Join(labels(made), " "); got != "Urungkan Atur" {
		t.Errorf("the buttons are %s", got)
	}
	group := 0
	for _, line := range h.planned() {
		if strings.HasSuffix(line, " group") {
			group++
		}
	}
	if group != 11 { // six for the presentation, five for the upload, whose own morning comes after it closes
		t.Errorf("%d reminders are planned for the group: %q", group, h.planned())
	}
}

func TestTheSameDateInOtherZones(t *testing.T) {
	for zone, row := range map[string]string{
		"Asia/Jakarta":  "Batas unggah pusat: Rabu, 10 Juni 2026 pukul 23.59 WIB (30 hari lagi)",
		"Asia/Makassar": "Batas unggah pusat: Kamis, 11 Juni 2026 pukul 00.59 WITA (10 Juni 23.59 WIB), 31 hari lagi",
		"Asia/Jayapura": "Batas unggah pusat: Kamis, 11 Juni 2026 pukul 01.59 WIT (10 Juni 23.59 WIB), 31 hari lagi",
	} {
		t.Run(zone, func(t *testing.T) {
			h, sitti := firstStoryHarness(t, func(options *Options) { options.Zone = zone })
			contains(t, only(t, h.say(sitti, sitti, firstStory)).Text, row)
		})
	}
}

func TestReadEvaluation(t *testing.T) {
	const main, upload, review, interview = "presentation 2026-06-11 09:00", "upload", "field_review", "interview"
	h := newHarness(t)
	for name, row := range map[string]struct {
		text, evaluation string
		milestones       []string
	}{
		"a name and a date":           {"Evaluasi Tahap I, Kamis 11 Juni jam 9", "Evaluasi Tahap I", []string{main}},
		"without a comma":             {"Evaluasi Tahap I Kamis 11 Juni jam 9", "Evaluasi Tahap I", []string{main}},
		"a year in the name":          {"Evaluasi SPBE 2026, Kamis 11 Juni jam 9", "Evaluasi SPBE 2026", []string{main}},
		"a word for the presentation": {"Evaluasi Tahap I, presentasi Kamis 11 Juni jam 9", "Evaluasi Tahap I", []string{main}},
		"the upload first":            {"Evaluasi Tahap I, unggah 10 Juni 16.00 WIB, paparan 11 Juni jam 9", "Evaluasi Tahap I", []string{upload + " 2026-06-10 17:00", main}},
		"four milestones": {"IGA, 11 Juni jam 9, batas unggah 8 Juni, wawancara 15 Juni jam 10; tinjauan lapangan 18 Juni jam 8", "IGA",
			[]string{main, upload + " 2026-06-08 16:00", interview + " 2026-06-15 10:00", review + " 2026-06-18 08:00"}},
		"a field review by its name":    {"Tinjauan lapangan Smart City, Selasa 9 Juni jam 10", "Tinjauan lapangan Smart City", []string{review + " 2026-06-09 10:00"}},
		"English":                       {"Smart city round 1, Thursday 11 June 9 am, upload by 10 June 23:59 WIB", "Smart city round 1", []string{main, upload + " 2026-06-11 00:59"}},
		"only a name":                   {"Evaluasi Tahap I", "Evaluasi Tahap I", nil},
		"only a date":                   {"Kamis 11 Juni jam 9", "", []string{main}},
		"a change of the upload":        {"unggah terakhir 9 Juni 16.00 WIB", "", []string{upload + " 2026-06-09 17:00"}},
		"nothing":                       {"", "", nil},
		"a name that names a milestone": {"Wawancara SPBE, 11 Juni jam 9", "Wawancara SPBE", []string{interview + " 2026-06-11 09:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			h.look(func(tx *store.Tx) error {
				r := &request{Bot: h.bot, tx: tx, now: time.Date(2026, 5, 11, 1, 12, 0, 0, time.UTC)}
				r.written = r.now
				var err error
				if r.city, err = h.bot.cityNow(tx); err != nil {
					return err
				}
				draft := r.readEvaluation(row.text, evaluationDraft{})
				var milestones []string
				for _, milestone := range draft.Milestones {
					milestones = append(milestones, string(milestone.Kind)+" "+milestone.Deadline.At.In(r.city.Zone).Format("2006-01-02 15:04"))
				}
				if draft.Name != row.evaluation || strings.Join(milestones, "|") != strings.Join(row.milestones, "|") {
					t.Errorf("read %q with %q", draft.Name, milestones)
				}
				return nil
			})
		})
	}
}

func TestAPreviewIsConfirmedOnce(t *testing.T) {
	for name, row := range map[string]struct {
		between func(h *harness, chat, sitti, ramli int64)
		second  string
	}{
		"pressing twice":                    {func(*harness, int64, int64, int64) {}, "tidak berlaku"},
		"another coordinator presses first": {func(h *harness, chat, _, ramli int64) { h.press(chat, ramli, "Benar") }, "tidak berlaku"},
		"other commands come between":       {func(h *harness, chat, sitti, _ int64) { h.say(chat, sitti, "/status"); h.say(chat, sitti, "/bantuan") }, "tidak berlaku"},
		"the program restarts":              {func(h *harness, _, _, _ int64) { h.restart() }, "tidak berlaku"},
	} {
		t.Run(name, func(t *testing.T) {
			h, sitti := firstStoryHarness(t)
			ramli := h.coordinator("Ramli Tahir", "ramli_contoh")
			chat := h.linkedGroup("Sekretariat", "sekretariat", sitti, ramli)
			preview := only(t, h.say(chat, sitti, firstStory))
			carried := preview.Buttons[0][0].Data
			row.between(h, chat, sitti, ramli)
			h.pressData(chat, preview.ID, sitti, carried)
			contains(t, h.pressData(chat, preview.ID, sitti, carried).Text, row.second)
			if count := len(h.evaluations()); count != 1 {
				t.Errorf("%d evaluations", count)
			}
		})
	}
}

func TestAPreviewThatIsTooOld(t *testing.T) {
	h, sitti := firstStoryHarness(t)
	h.say(sitti, sitti, firstStory)
	h.move("2026-06-11 00:30")
	h.press(sitti, sitti, "Benar")
	if len(h.evaluations()) != 1 {
		t.Error("half an hour before the upload closes it is still in time")
	}
	h.say(sitti, sitti, "/evaluasi_baru Tahap II, 12 Juni jam 9")
	h.move("2026-06-12 09:00")
	answer := h.press(sitti, sitti, "Benar")
	contains(t, answer.Text, "Jumat, 12 Juni 2026 pukul 09.00 WITA sudah lewat")
	if len(h.evaluations()) != 1 || !answer.Alert {
		t.Error("what has passed cannot be prepared any more")
	}
}

func TestChangingAPreview(t *testing.T) {
	h, sitti := firstStoryHarness(t)
	first := only(t, h.say(sitti, sitti, firstStory))
	h.press(sitti, sitti, "Ubah")
	contains(t, only(t, h.heard(sitti)).Text, "Apa yang diubah?")
	second := only(t, h.say(sitti, sitti, "unggah 9 Juni 16.00 WIB"))
	contains(t, second.Text, "Evaluasi Smart City Tahap I", "Selasa, 9 Juni 2026 pukul 17.00 WITA", "Kamis, 11 Juni 2026 pukul 09.00 WITA", "Jumat, 5 Juni 2026 pukul 16.00 WITA")
	contains(t, h.pressOn(sitti, first.ID, sitti, "Benar").Text, "tidak berlaku")
	h.pressOn(sitti, second.ID, sitti, "Ubah")
	h.heard(sitti)
	h.press(sitti, sitti, "Batal")
	h.pressOn(sitti, second.ID, sitti, "Ubah")
	h.heard(sitti)
	third := only(t, h.say(sitti, sitti, "Evaluasi Smart City Tahap Satu"))
	contains(t, third.Text, "Mohon diperiksa: Evaluasi Smart City Tahap Satu", "Selasa, 9 Juni 2026 pukul 17.00 WITA")
	h.press(sitti, sitti, "Benar")
	if list := h.evaluations(); len(list) != 1 || list[0].Name != "Evaluasi Smart City Tahap Satu" {
		t.Errorf("made %+v", list)
	}
}

func TestTheFormWithARestartAtEachStep(t *testing.T) {
	h, sitti := firstStoryHarness(t)
	steps := []struct{ say, press, asks string }{
		{say: "/evaluasi_baru", asks: "Evaluasi apa?"},
		{say: "Evaluasi Tahap II", asks: "Kapan pelaksanaannya?"},
		{say: "ayam goreng", asks: "belum terbaca"},
		{say: "kemarin", asks: "sudah lewat"},
		{say: "minggu depan", asks: "yang mana?"},
		{press: "Senin, 18 Mei 2026 16.00 WITA", asks: "Kapan batas unggah ke pusat?"},
		{say: "entah", asks: "belum terbaca"},
		{press: "Tanpa unggah", asks: "Mohon diperiksa: Evaluasi Tahap II\nPelaksanaan: Senin, 18 Mei 2026 pukul 16.00 WITA (7 hari lagi)"},
	}
	for _, step := range steps {
		h.restart()
		var answer sim.Shown
		if step.press != "" {
			h.press(sitti, sitti, step.press)
			answer = only(t, h.heard(sitti))
		} else {
			answer = only(t, h.say(sitti, sitti, step.say))
		}
		contains(t, answer.Text, step.asks)
	}
	h.restart()
	h.press(sitti, sitti, "Benar")
	if list := h.evaluations(); len(list) != 1 || len(list[0].Milestones) != 1 {
		t.Errorf("made %+v", list)
	}
}

func TestTheFormEnds(t *testing.T) {
	h, sitti := firstStoryHarness(t)
	h.say(sitti, sitti, "/evaluasi_baru Evaluasi Tahap II")
	contains(t, only(t, h.say(sitti, sitti, "/batal")).Text, "dibatalkan")
	lacks(t, strings.Join(texts(h.say(sitti, sitti, "Kamis 11 Juni jam 9")), "\n"), "Mohon diperiksa")
}
