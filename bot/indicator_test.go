package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// tableFile is a table as somebody sends it.
func tableFile(name string, lines ...string) sim.File {
	return sim.File{Name: name, MIME: "text/csv", Bytes: []byte("Kode;Dimensi;Indikator;Bobot;OPD\n" + strings.Join(lines, "\n"))}
}

var twoIndicators = tableFile("indikator.csv", "ENV-08;Lingkungan;Sampah terkelola;60;DLH", "SOC-01;Masyarakat;Pertemuan Dewan;40;Diskominfo")

// preparing adds evaluations, and gives their numbers.
func (h *harness) preparing(names ...string) (numbers []int64) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		for _, name := range names {
			evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: name, State: council.EvaluationOpen, CreatedAt: h.clock()})
			if err != nil {
				return err
			}
			numbers = append(numbers, evaluation.Number)
		}
		return nil
	})
	return numbers
}

// indicatorsKept are the indicators of an evaluation, "ENV-08 Sampah terkelola 6000".
func (h *harness) indicatorsKept(evaluation int64) (kept []string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		indicators, err := tx.Indicators(evaluation)
		for _, indicator := range indicators {
			kept = append(kept, fmt.Sprintf("%s %s %d", indicator.Code, indicator.Name, indicator.Weight))
		}
		return err
	})
	return kept
}

// TestALargeSheet: 2,000 indicators are kept with one press; the list of problems goes
// by pages, and as a file.
func TestALargeSheet(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	evaluation := h.preparing("Tahap I")[0]
	var lines []string
	for i := range 2000 {
		lines = append(lines, fmt.Sprintf("%s-%d;Smart %s;%s %d;0,05;", []string{"GOV", "ENV"}[i%2], i/2+1, []string{"Governance", "Environment"}[i%2], strings.Repeat("Indikator panjang ", 10), i))
	}
	preview := only(t, h.sendFile(sitti, sitti, tableFile("besar.csv", lines...), ""))
	contains(t, preview.Text, "Terbaca 2000 indikator, 2 dimensi. Perlu dilengkapi: 2000 indikator tanpa penanggung jawab.", "E-1 Tahap I: 2000 baru.")
	h.press(sitti, sitti, "Lihat")
	contains(t, h.message(sitti, preview.ID).Text, "Halaman 1 dari 167", "Baris 2 · GOV-01: tanpa penanggung jawab")
	h.press(sitti, sitti, "Berikutnya")
	contains(t, h.message(sitti, preview.ID).Text, "Halaman 2 dari 167", "Baris 14 · GOV-07")
	h.pressOn(sitti, preview.ID, sitti, "Unduh semua")
	file := only(t, h.heard(sitti))
	if file.Document == nil {
		t.Fatalf("no file came: %+v", file)
	}
	content := string(file.Document.Bytes)
	if got := strings.Count(content, "\r\n"); got != 2000 || !strings.Contains(content, "Baris 2001 · ENV-1000: tanpa penanggung jawab") {
		t.Errorf("the file has %d lines: %.200s", got, content)
	}
	h.pressOn(sitti, preview.ID, sitti, "Kembali")
	h.pressOn(sitti, preview.ID, sitti, "Simpan")
	if kept := h.indicatorsKept(evaluation); len(kept) != 2000 {
		t.Errorf("%d are kept", len(kept))
	}
	h.pressOn(sitti, preview.ID, sitti, "Urungkan")
	if kept := h.indicatorsKept(evaluation); len(kept) != 0 {
		t.Errorf("undone, %d are kept", len(kept))
	}
}

// TestASheetSurvivesARestart: it is confirmed by a program that was started after it
// was read, and by two people once.
func TestASheetSurvivesARestart(t *testing.T) {
	h := newHarness(t)
	sitti, ramli := h.coordinator("Sitti Ramlah", "sitti_contoh"), h.coordinator("Ramli", "ramli_contoh")
	office := h.linkedGroup("Sekretariat", "sekretariat", sitti, ramli)
	evaluation := h.preparing("Tahap I")[0]
	preview := only(t, h.sendFile(office, sitti, twoIndicators, "/indikator E-1"))
	h.restart()
	keep := ""
	for _, row := range h.message(office, preview.ID).Buttons {
		for _, button := range row {
			if button.Text == "Simpan" {
				keep = button.Data
			}
		}
	}
	h.pressData(office, preview.ID, ramli, keep)
	contains(t, h.pressData(office, preview.ID, sitti, keep).Text, h.bot.book.In("").Say("press.stale"))
	if difference := cmp.Diff([]string{"ENV-08 Sampah terkelola 6000", "SOC-01 Pertemuan Dewan 4000"}, h.indicatorsKept(evaluation)); difference != "" {
		t.Error(difference)
	}
	count := 0
	h.look(func(tx *store.Tx) error {
		happened, _, err := tx.CountHistory(council.Reference{Letter: council.SheetLetter, Number: evaluation})
		count = happened
		return err
	})
	if count != 1 {
		t.Errorf("%d events tell of one change", count)
	}
}

// TestIndicatorRights: who is no coordinator changes nothing, also with buttons that
// are forged; who works in no group sees nothing.
func TestIndicatorRights(t *testing.T) {
	h := newHarness(t)
	sitti, baso, fadli := h.coordinator("Sitti Ramlah", "sitti_contoh"), h.person("Baso Irfandi", "baso_contoh"), h.person("Fadli Kaluku", "fadli_contoh")
	pokja, forum := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso), h.linkedGroup("Forum", "komunitas", sitti, fadli)
	evaluation := h.preparing("Tahap I")[0]
	preview := only(t, h.sendFile(pokja, sitti, twoIndicators, "/indikator"))
	contains(t, only(t, h.sendFile(pokja, baso, twoIndicators, "/indikator")).Text, "koordinator")
	for _, words := range []string{"/indikator salin E-1 ke E-1", "/indikator templat"} {
		contains(t, only(t, h.say(pokja, baso, words)).Text, "koordinator")
	}
	for _, verb := range []string{sheetKeep, sheetKeepIt, sheetCancel, sheetSee, sheetBack, sheetFile} {
		h.pressData(pokja, preview.ID, baso, data(pressIndicator, verb, 1))
	}
	h.pressData(pokja, preview.ID, baso, data(pressIndicator, sheetFor, 1, evaluation))
	if now := h.message(pokja, preview.ID); now.Text != preview.Text || len(h.indicatorsKept(evaluation)) != 0 {
		t.Errorf("somebody else's presses made of the preview: %q, kept %q", now.Text, h.indicatorsKept(evaluation))
	}
	h.pressOn(pokja, preview.ID, sitti, "Simpan")
	h.pressData(pokja, preview.ID, baso, data(pressIndicator, sheetUndo, evaluation, h.clock().UnixMilli()))
	if len(h.indicatorsKept(evaluation)) != 2 {
		t.Error("somebody else has undone it")
	}
	for _, words := range []string{"/indikator", "/indikator ENV-08", "/indikator E-1"} {
		answer := only(t, h.say(forum, fadli, words)).Text
		lacks(t, answer, "Sampah", "DLH", "Tahap I")
	}
	contains(t, only(t, h.say(pokja, baso, "/indikator ENV-08")).Text, "Sampah terkelola")
	stranger := h.person("Orang Asing", "")
	for _, said := range h.say(stranger, stranger, "/indikator ENV-08") {
		lacks(t, said.Text, "Sampah")
	}
}

// TestForgedButtonsOfIndicators: what no button carries changes no message.
func TestForgedButtonsOfIndicators(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.preparing("Tahap I")
	withProblem := tableFile("indikator.csv", "ENV-08;Lingkungan;Sampah terkelola;100;")
	preview := only(t, h.sendFile(sitti, sitti, withProblem, ""))
	status := only(t, h.say(sitti, sitti, "/status"))
	for _, forged := range []string{
		"1:ind", "1:ind:explode:1", "1:ind:ok", "1:ind:ok:4711", "1:ind:ok:-1", "1:ind:for:1:4711", "1:ind:for:1",
		"1:ind:undo:1:1", "1:ind:undo:4711:1", "1:ind:list:1", "1:ind:list:4711", "1:ind:one:4711", "1:ind:one:x", "1:ind:ok:" + largest,
	} {
		h.pressData(sitti, preview.ID, sitti, forged)
		if h.message(sitti, preview.ID).Text != preview.Text {
			t.Errorf("%s changed the preview to %q", forged, h.message(sitti, preview.ID).Text)
		}
	}
	for _, forged := range []string{"1:ind:ok:1", "1:ind:stop:1", "1:ind:see:1:0", "1:ind:back:1", "1:ind:list:1", "1:ind:undo:1:1"} { // what the preview carries
		h.pressData(sitti, status.ID, sitti, forged)
		if h.message(sitti, status.ID).Text != status.Text {
			t.Errorf("%s changed the status to %q", forged, h.message(sitti, status.ID).Text)
		}
	}
	h.pressData(sitti, preview.ID, sitti, "1:ind:see:1:999999999999999999999") // a page that is not: the nearest
	contains(t, h.message(sitti, preview.ID).Text, "Baris 2 · ENV-08")
}

// TestUndoOfIndicators: for ten minutes, once, and not over a later change.
func TestUndoOfIndicators(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	evaluation := h.preparing("Tahap I")[0]
	first := only(t, h.sendFile(sitti, sitti, twoIndicators, ""))
	h.pressOn(sitti, first.ID, sitti, "Simpan")
	h.pass(time.Minute)
	second := only(t, h.sendFile(sitti, sitti, tableFile("lagi.csv", "ENV-08;Lingkungan;Sampah terkelola;55;DLH"), ""))
	h.pressOn(sitti, second.ID, sitti, "Simpan")
	contains(t, h.pressOn(sitti, first.ID, sitti, "Urungkan").Text, "sudah berubah lagi")
	h.pressOn(sitti, second.ID, sitti, "Urungkan")
	if difference := cmp.Diff([]string{"ENV-08 Sampah terkelola 6000", "SOC-01 Pertemuan Dewan 4000"}, h.indicatorsKept(evaluation)); difference != "" {
		t.Error(difference)
	}
	contains(t, only(t, h.say(sitti, sitti, "/urungkan")).Text, "Tidak ada")
	third := only(t, h.sendFile(sitti, sitti, tableFile("lagi.csv", "ENV-08;Lingkungan;Sampah;55;DLH"), ""))
	h.pressOn(sitti, third.ID, sitti, "Simpan")
	h.pass(11 * time.Minute)
	contains(t, h.pressOn(sitti, third.ID, sitti, "Urungkan").Text, "lebih dari 10 menit")
	if kept := h.indicatorsKept(evaluation); kept[0] != "ENV-08 Sampah 5500" {
		t.Errorf("too late, and yet %q", kept)
	}
}

// TestIndicatorsNamed reads codes at the beginning of a command.
func TestIndicatorsNamed(t *testing.T) {
	h := newHarness(t)
	numbers := h.preparing("Tahap I", "Tahap II")
	h.change(func(tx *store.Tx) error {
		for _, indicator := range []council.Indicator{
			{Evaluation: numbers[0], Code: "ENV-08", Name: "lama"}, {Evaluation: numbers[1], Code: "ENV-08", Name: "baru"}, {Evaluation: numbers[0], Code: "SOC-05", Name: "a"},
			{Evaluation: numbers[1], Code: "SOC-06", Name: "b", Retired: true},
		} {
			if _, err := tx.SaveIndicator(indicator); err != nil {
				return err
			}
		}
		return nil
	})
	for words, want := range map[string]string{
		"ENV-08": "2/ENV-08", "env 8, soc5 @baso_contoh tenggat 9 Juni": "2/ENV-08 1/SOC-05 | @baso_contoh tenggat 9 Juni",
		"ENV-08 dan SOC-05: rekap": "2/ENV-08 1/SOC-05 | rekap", "E-1 ENV-08 Env08": "1/ENV-08", "ENV-08 ENV-09 besok": "no_such_indicator", "ENV-08 COVID-19": "2/ENV-08 | COVID-19",
		"tenggat 9 Juni": "| tenggat 9 Juni", "": "", "T-31 selesai": "| T-31 selesai", "E-1": "| E-1", "ENV-99": "no_such_indicator", "SOC-06": "no_such_indicator",
		"E-2 SOC-05": "no_such_indicator", "ENV-08 dan lainnya": "2/ENV-08 | dan lainnya", "SOC 99 tanya": "| SOC 99 tanya",
	} {
		h.look(func(tx *store.Tx) error {
			r := &request{Bot: h.bot, tx: tx}
			found, rest, err := r.indicatorsNamed(words)
			var parts []string
			for _, indicator := range found {
				parts = append(parts, fmt.Sprintf("%d/%s", indicator.Evaluation, indicator.Code))
			}
			if rest != "" {
				parts = append(parts, "| "+rest)
			}
			got := strings.Join(parts, " ")
			if refusal, is := err.(*council.Refusal); is {
				got = refusal.Code
			} else if err != nil {
				return err
			}
			if got != want {
				t.Errorf("%q names %q, not %q", words, got, want)
			}
			return nil
		})
	}
}

// TestEverySheetIsAnsweredInWords: each reason and each problem has its sentence, in
// every language.
func TestEverySheetIsAnsweredInWords(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range locale.Languages {
		speak := book.In(language)
		for _, failure := range []report.SheetFailure{report.SheetNoTable, report.SheetOld, report.SheetEncrypted, report.SheetDamaged, report.SheetTooLarge,
			report.SheetEmpty, report.SheetNoHeading, "gone", "no_evaluation"} {
			if !speak.Knows("refused.sheet_" + string(failure)) {
				t.Errorf("%s has no sentence for %s", language, failure)
			}
		}
		for _, kind := range report.ProblemKinds {
			if !speak.Knows("indicator.problem."+string(kind)) || !speak.Knows("indicator.problems."+string(kind)) {
				t.Errorf("%s has no sentence for %s", language, kind)
			}
		}
		for _, field := range council.IndicatorFields {
			if !speak.Knows("indicator.field." + field) {
				t.Errorf("%s has no word for %s", language, field)
			}
		}
		for _, state := range council.EvidenceStates {
			if !speak.Knows("indicator.state." + string(state)) {
				t.Errorf("%s has no word for %s", language, state)
			}
		}
	}
}

// TestTheTemplateIsASheet: filled in as it comes, it is read without a problem.
func TestTheTemplateIsASheet(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	evaluation := h.preparing("Tahap I")[0]
	for _, words := range []string{"/indikator templat", "/indicators template"} {
		file := only(t, h.say(sitti, sitti, words))
		if file.Document == nil {
			t.Fatalf("no file came: %+v", file)
		}
		template := sim.File{Name: "diisi.xlsx", Bytes: file.Document.Bytes}
		preview := only(t, h.sendFile(sitti, sitti, template, ""))
		contains(t, preview.Text, "6 ", "6 dimens")
		lacks(t, preview.Text, "Perlu dilengkapi", "To be completed", "belum dikenal", "not known")
		h.say(sitti, sitti, "/bahasa en")
	}
	if len(h.indicatorsKept(evaluation)) != 0 {
		t.Error("a preview has kept something")
	}
}

// TestIndicatorsInEnglish: nothing Indonesian is said to who speaks English.
func TestIndicatorsInEnglish(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.say(sitti, sitti, "/bahasa en")
	h.preparing("Stage one")
	file := sim.File{Name: "sheet.csv", MIME: "text/csv", Bytes: []byte("Code,Name,Dimension,Weight,Owner\nENV-08,Waste,Sea,x,\nENV-08,Waste,Environment,5,\nENV-09,Bank,Environment,5,\n")}
	preview := only(t, h.sendFile(sitti, sitti, file, "/indicators"))
	said := []string{preview.Text}
	for _, label := range []string{"Look", "Back", "Keep"} {
		h.pressOn(sitti, preview.ID, sitti, label)
		said = append(said, h.message(sitti, preview.ID).Text)
	}
	said = append(said, only(t, h.say(sitti, sitti, "/indicators")).Text, only(t, h.say(sitti, sitti, "/indicators ENV-09")).Text,
		only(t, h.say(sitti, sitti, "/indicators environment")).Text)
	lacksIndonesian(t, said...)
	contains(t, said[1], "Row 2 · ENV-08: the dimension \"Sea\" is not known", "Row 3 · ENV-08: this code stands in row 2 already")
}

// TestNothingAnIndicatorSaysBreaksAMessage: whatever stands in a sheet, its indicators
// can be shown.
func TestNothingAnIndicatorSaysBreaksAMessage(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	evaluation := h.preparing(strings.Repeat("Tahap ", 40))[0]
	h.change(func(tx *store.Tx) error {
		for i := range 9 {
			long := strings.Repeat("🌳*_`[x](y)<b>", 40)
			if _, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation, Code: fmt.Sprintf("ABCDEFGHIJKLMNOP-%03d", i+1), Dimension: council.Environment,
				Name: long[:400], Target: long[:120], Owner: long[:120], Examples: long[:580], Subdimension: long[:120], Weight: 3333}); err != nil {
				return err
			}
		}
		return nil
	})
	list := only(t, h.say(sitti, sitti, "/indikator"))
	h.pressOn(sitti, list.ID, sitti, "Lingkungan 0/9")
	h.pressOn(sitti, list.ID, sitti, "Berikutnya")
	contains(t, h.message(sitti, list.ID).Text, "ABCDEFGHIJKLMNOP-009")
	h.pressOn(sitti, list.ID, sitti, "ABCDEFGHIJKLMNOP-009")
	contains(t, h.message(sitti, list.ID).Text, "Bobot: 33,33 %", "Bukti: Belum ada")
	h.pressOn(sitti, list.ID, sitti, "Kembali")
	h.pressOn(sitti, list.ID, sitti, "Kembali")
	if h.message(sitti, list.ID).Text != list.Text {
		t.Errorf("back at the beginning there is %q", h.message(sitti, list.ID).Text)
	}
}

// TestALongChangeIsCutAndComesWhole: a page fits into a message, and the file has all of it.
func TestALongChangeIsCutAndComesWhole(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.preparing("Tahap I")
	sheet := func(word string) sim.File {
		lines := []string{"Kode;Dimensi;Subdimensi;Indikator;Satuan;Target;OPD;Contoh bukti"}
		for i := range 12 {
			lines = append(lines, fmt.Sprintf("ENV-%d;Lingkungan%s", i+1, strings.Repeat(";"+strings.Repeat(word+" ", 20), 6)))
		}
		return sim.File{Name: "panjang.csv", MIME: "text/csv", Bytes: []byte(strings.Join(lines, "\n"))}
	}
	preview := only(t, h.sendFile(sitti, sitti, sheet("lama"), ""))
	h.pressOn(sitti, preview.ID, sitti, "Simpan")
	preview = only(t, h.sendFile(sitti, sitti, sheet("baru"), ""))
	h.pressOn(sitti, preview.ID, sitti, "Lihat")
	page := h.message(sitti, preview.ID).Text
	if lines := strings.Split(page, "\n"); len(lines) != 12 || len([]rune(page)) > textLimit || !strings.HasPrefix(lines[11], "ENV-12: ") || !strings.HasSuffix(lines[11], "…") {
		t.Errorf("the page has %d lines:\n%s", len(lines), page)
	}
	h.pressOn(sitti, preview.ID, sitti, "Unduh semua")
	content := string(only(t, h.heard(sitti)).Document.Bytes)
	if strings.Count(content, "contoh bukti lama") != 12 {
		t.Errorf("the file does not have all of it:\n%s", content)
	}
}

// TestCopiesAreRead: the numbers of both evaluations, in whichever words.
func TestCopiesAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.Int64Range(1, 999).Draw(t, "from"), rapid.Int64Range(1, 999).Draw(t, "to")
		form := rapid.SampledFrom([]string{"E-%d ke E-%d", "dari e%d ke E-%d", "e-%d to e%d", "E%d E-%d."}).Draw(t, "form")
		gotFrom, gotTo, read := evaluationsToCopy(fmt.Sprintf(form, from, to))
		if !read || gotFrom != from || gotTo != to {
			t.Errorf("read %d to %d, %v", gotFrom, gotTo, read)
		}
	})
	for _, words := range []string{"", "semua", "T-1 ke T-2", "E-1 lalu E-2"} {
		if _, _, read := evaluationsToCopy(words); read {
			t.Errorf("%q is read", words)
		}
	}
	if slices.Contains(council.Dimensions, "none") {
		t.Error("a dimension has the word of those without one")
	}
}
