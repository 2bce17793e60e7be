package bot

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// exportMade makes the file of an export as it would be sent now.
func (h *harness) exportMade(arguments ...string) ([]byte, error) {
	h.t.Helper()
	made, err := h.bot.makeFile(h.t.Context(), store.File{Kind: fileDocument, Maker: makerExport, Arguments: arguments})
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(made.open())
	if err != nil {
		h.t.Fatal(err)
	}
	return content, nil
}

// exportRows reads a sheet of an export.
func (h *harness) exportRows(sheet string, arguments ...string) [][]string {
	h.t.Helper()
	content, err := h.exportMade(arguments...)
	if err != nil {
		h.t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		h.t.Fatal(err)
	}
	rows, err := file.GetRows(sheet)
	if err != nil {
		h.t.Fatal(err)
	}
	return rows
}

// TestExportedTasks: what goes out is what the database says when it is made, with
// the names of people and groups.
func TestExportedTasks(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/bantuan")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh =Rekap tonase, tanpa tenggat")
	h.say(pokja, sitti, "/tugas_baru Bersihkan saluran, tenggat besok 15.00")
	asked := []string{exportTasks, "id", "0", idText(h.memberID(sitti))}
	want := [][]string{
		{"T-1", "=Rekap tonase", "Baru", "0%", "Baso Irfandi", "Pokja Lingkungan", "", "25 September 2026 09.00"},
		{"T-2", "Bersihkan saluran", "Baru", "", "siapa saja di grup", "Pokja Lingkungan", "26 September 2026 15.00", "25 September 2026 09.00"},
	}
	if difference := cmp.Diff(want, h.exportRows("Tugas", asked...)[1:]); difference != "" {
		t.Error(difference)
	}
	h.say(baso, baso, "/progres T-1 60%")
	if row := h.exportRows("Tugas", asked...)[1]; row[2] != "Dikerjakan" || row[3] != "60%" {
		t.Errorf("the list does not show the progress: %q", row)
	}
}

// TestExportedQuestions: who did not wish to be named stays without a name, and
// what was taken back is not there.
func TestExportedQuestions(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	fadli := h.person("Fadli Kaluku", "fadli_contoh")
	lukas := h.person("Lukas Rante", "lukas_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti, lukas)
	forum := h.linkedGroup("Forum", "komunitas", sitti, fadli)
	for _, name := range []string{"Ya", "Tanpa nama", "Ya"} {
		h.say(forum, fadli, "/tanya Dewan kapan rapat "+name+"?")
		h.press(forum, fadli, name)
	}
	h.say(dewan, lukas, "/jawab Q-2 Senin depan.")
	h.press(dewan, lukas, "Kirim")
	h.change(func(tx *store.Tx) error {
		question, err := tx.Question(3)
		if err != nil {
			return err
		}
		question.State, question.Outcome = council.QuestionClosed, council.OutcomeWithdrawn
		return tx.SaveQuestion(question)
	})
	rows := h.exportRows("Pertanyaan", exportQuestions, "id", "0", idText(h.memberID(sitti)))
	if len(rows) != 3 {
		t.Fatalf("the rows are %q", rows)
	}
	if from := rows[1][2]; !strings.Contains(from, "Fadli Kaluku") {
		t.Errorf("the first question comes from %q", from)
	}
	if whole := strings.Join(rows[2], "|"); strings.Contains(whole, "Fadli") || !strings.Contains(whole, "tanpa nama") {
		t.Errorf("the second question is %q", whole)
	}
	if rows[2][4] != "Dijawab" || rows[2][9] != "Ya" || rows[2][10] != "Senin depan." {
		t.Errorf("the answer is %q", rows[2])
	}
}

// TestExportedSummary is the summary of a city with an evaluation, and knows no
// name of a person.
func TestExportedSummary(t *testing.T) {
	h, sitti := firstStoryHarness(t)
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase, tanpa tenggat")
	h.press(pokja, baso, "Siap")
	h.say(sitti, sitti, firstStory)
	h.press(sitti, sitti, "Benar")
	h.change(func(tx *store.Tx) error {
		_, err := tx.SaveIndicator(council.Indicator{Evaluation: 1, Code: "ENV-08", Dimension: "environment", Name: "Sampah terkelola", Owner: "DLH"})
		if err != nil {
			return err
		}
		idea := council.NewIdea(council.Idea{SubmitterID: h.memberID(baso), Named: true, Title: "Jadwal truk", Text: "Jadwal truk"}, h.clock(), council.Timing{})
		if idea, err = tx.CreateIdea(idea); err != nil {
			return err
		}
		for _, recommendation := range []council.Recommendation{{Text: "Perbaiki server", State: council.RecommendationDone, Reason: "server baru terpasang"},
			{Text: "Ciptakan inovasi baru", OwnerID: h.memberID(baso), Office: "Bappeda", Measure: council.MeasureIdeas, State: council.RecommendationOpen}} {
			recommendation.CreatedAt = h.clock()
			if _, err := tx.CreateRecommendation(recommendation); err != nil {
				return err
			}
		}
		idea.State, idea.Decision = council.IdeaApproved, council.IdeaDecision{State: council.IdeaApproved, Reason: "mulai dari 3 truk", MemberID: idea.SubmitterID, At: h.clock()}
		return tx.SaveIdea(idea)
	})
	content, err := h.exportMade(exportPDF, "id", "1", idText(h.memberID(sitti)))
	if err != nil {
		t.Fatal(err)
	}
	said := wordsOfPDF(t, content)
	for _, words := range []string{"Evaluasi Smart City Tahap I (E-1)", "0 dari 1 indikator", "DLH", "ENV-08", "I-1 · Jadwal truk", "mulai dari 3 truk", "1 berjalan", "Anggota aktif, Pokja", "April 2026"} {
		if !strings.Contains(said, words) {
			t.Errorf("%q is not said in %q", words, said)
		}
	}
	open, done := strings.Index(said, "(R-2)"), strings.Index(said, "server baru terpasang")
	if open < 0 || done < open {
		t.Errorf("the recommendations are not there, the open one first: %q", said)
	}
	if strings.Contains(said, "Baso") {
		t.Error("a person is named")
	}
	h.move("2026-06-03 09:00")
	if content, err = h.exportMade(exportPDF, "id", "1", idText(h.memberID(sitti))); err != nil {
		t.Fatal(err)
	}
	if said := wordsOfPDF(t, content); !strings.Contains(said, "(Mei 2026)") || strings.Contains(said, "1–3 Juni 2026") {
		t.Errorf("early in June the month of May is not what is shown: %q", said)
	}
}

// TestWhoMayExport: the file is not made for somebody who coordinates no longer,
// and not of what cannot be read.
func TestWhoMayExport(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	h.say(h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso), baso, "/bantuan")
	own, other := idText(h.memberID(sitti)), idText(h.memberID(baso))
	for _, what := range []string{exportTasks, exportQuestions, exportPDF} {
		if _, err := h.exportMade(what, "id", "0", own); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	for name, arguments := range map[string][]string{
		"somebody else": {exportTasks, "id", "0", other}, "nobody": {exportTasks, "id", "0", "0"}, "nobody known": {exportTasks, "id", "0", "999"},
		"nothing": {}, "no member": {exportTasks, "id", "0"}, "no such list": {"secrets", "id", "0", own}, "no such evaluation": {exportEvaluation, "id", "7", own},
		"a summary of no evaluation": {exportPDF, "id", "7", own},
	} {
		if _, err := h.exportMade(arguments...); err == nil {
			t.Errorf("a file was made for %s", name)
		}
	}
}

// TestExportsAreRecorded: who takes names along leaves a trace, and a refused
// request none.
func TestExportsAreRecorded(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(sitti, sitti, "/ekspor tugas")
	h.say(baso, baso, "/ekspor tugas")
	h.say(sitti, sitti, "/ekspor ide") // there is none: nothing leaves
	h.say(sitti, sitti, "/ide Jadwal truk sampah di ponsel")
	h.say(sitti, sitti, "/ekspor ide")
	var traces []string
	h.look(func(tx *store.Tx) error {
		happenings, err := tx.History(council.Reference{}, 0, 100)
		for _, happening := range happenings {
			if happening.Kind == council.EventExported {
				traces = append(traces, idText(happening.MemberID)+" "+happening.Detail["what"])
			}
		}
		return err
	})
	if want := []string{idText(h.memberID(sitti)) + " ideas", idText(h.memberID(sitti)) + " tasks"}; !slices.Equal(traces, want) {
		t.Errorf("the traces are %q, not %q", traces, want)
	}
}

var pdfStream = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)

// wordsOfPDF is what is written on the pages of a document, in plain letters.
func wordsOfPDF(t *testing.T, content []byte) string {
	t.Helper()
	var words strings.Builder
	for _, stream := range pdfStream.FindAllSubmatch(content, -1) {
		reader, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // not compressed: no page
		}
		page, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		words.Write(bytes.ReplaceAll(bytes.ReplaceAll(bytes.ReplaceAll(page, []byte(`\(`), []byte(`(`)), []byte(`\)`), []byte(`)`)), []byte{0}, nil))
	}
	return strings.ReplaceAll(words.String(), "\xb7", "·")
}
