package report

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// rowsOf reads a sheet as a program shows it.
func rowsOf(t *testing.T, file *excelize.File, name string) [][]string {
	t.Helper()
	rows, err := file.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func differ(t *testing.T, what string, want, got any) {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("%s: %s", what, difference)
	}
}

func TestTasksSheet(t *testing.T) {
	summary := prepared(speaker(t, locale.Indonesian))
	at := func(hours int) time.Time { return summary.At.Add(time.Duration(hours) * time.Hour).UTC() }
	task := func(number int64, state council.TaskState, assignees ...council.Assignee) council.Task {
		return council.Task{Number: number, Title: "Rekap tonase", State: state, Assignees: assignees, CreatedAt: at(-30)}
	}
	member := func(id int64, state council.TaskState, progress int) council.Assignee {
		return council.Assignee{MemberID: id, State: state, Progress: progress}
	}
	two := task(31, council.TaskBlocked, member(5, council.TaskDone, 0), member(6, council.TaskBlocked, 40))
	two.Deadline, two.EvaluationID, two.FullText = council.Deadline{At: at(8)}, 1, "Rekap tonase semua kecamatan"
	sheet := TasksSheet([]TaskLine{
		{Task: two, Persons: "Pak Baso, Ibu Rina", Groups: "Pokja Lingkungan", Indicator: "ENV-08", Idea: "I-34"},
		{Task: task(32, council.TaskDone, member(5, council.TaskDone, 0)), Persons: "Pak Baso"},
		{Task: task(33, council.TaskNew, council.Assignee{GroupID: 2}), Persons: "siapa saja di grup"},
	}, summary.Zone, speaker(t, locale.Indonesian))
	differ(t, "tasks", [][]string{
		{"Nomor", "Tugas", "Keadaan", "Kemajuan", "Penanggung jawab", "Grup", "Tenggat", "Dibuat", "Evaluasi", "Indikator", "Ide", "Teks lengkap"},
		{"T-31", "Rekap tonase", "Terkendala", "40%", "Pak Baso, Ibu Rina", "Pokja Lingkungan", "8 Juni 2026 16.00", "7 Juni 2026 02.00", "E-1", "ENV-08", "I-34", "Rekap tonase semua kecamatan"},
		{"T-32", "Rekap tonase", "Selesai", "100%", "Pak Baso", "", "", "7 Juni 2026 02.00"},
		{"T-33", "Rekap tonase", "Baru", "", "siapa saja di grup", "", "", "7 Juni 2026 02.00"},
	}, rowsOf(t, written(t, sheet), "Tugas"))
}

func TestQuestionsSheet(t *testing.T) {
	summary := prepared(speaker(t, locale.Indonesian))
	calendar := council.NewCalendar(summary.Zone, nil)
	asked := summary.At.Add(-14 * 24 * time.Hour) // a Monday
	answered := council.Question{Number: 23, Text: "Kapan komunitas dilibatkan?", State: council.QuestionClosed, AskedAt: asked.UTC(), Target: asked.Add(7 * 24 * time.Hour).UTC(),
		Answers: []council.Answer{{Text: "Tanggal 20 Oktober.", At: asked.Add(49 * time.Hour).UTC()}, {Text: "Di Aula.", At: asked.Add(73 * time.Hour).UTC()}}}
	late := council.Question{Number: 24, Text: "=1+1", State: council.QuestionAnswered, AskedAt: asked.UTC(), Target: asked.Add(time.Hour).UTC(),
		Answers: []council.Answer{{Text: "Dua.", At: asked.Add(2 * time.Hour).UTC()}}}
	open := council.Question{Number: 25, Text: "Dan sekarang?", State: council.QuestionWaiting, AskedAt: asked.UTC(), Target: asked.Add(time.Hour).UTC(),
		Answers: answered.Answers[:1], ReopenedAt: asked.Add(80 * time.Hour)}
	sheet := QuestionsSheet([]QuestionLine{{answered, "Forum Relawan TIK (Fadli)", "Dewan"}, {late, "Forum (tanpa nama)", "Dewan"}, {open, "Forum", "Pokja Ekonomi"}},
		summary.At, calendar, speaker(t, locale.English))
	differ(t, "questions", [][]string{
		{"Number", "Question", "From", "To", "State", "Asked", "Target", "Answered", "Working days", "In time", "Answer"},
		{"Q-23", "Kapan komunitas dilibatkan?", "Forum Relawan TIK (Fadli)", "Dewan", "Closed", "25 May 2026 08:00", "1 June 2026 08:00", "28 May 2026 09:00", "2", "Yes", "Tanggal 20 Oktober.\nDi Aula."},
		{"Q-24", "=1+1", "Forum (tanpa nama)", "Dewan", "Answered", "25 May 2026 08:00", "25 May 2026 09:00", "25 May 2026 10:00", "0", "No", "Dua."},
		{"Q-25", "Dan sekarang?", "Forum", "Pokja Ekonomi", "Waiting for an answer", "25 May 2026 08:00", "25 May 2026 09:00"},
	}, rowsOf(t, written(t, sheet), "Questions"))
}

func TestEvaluationSheets(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	summary := prepared(speak)
	file := written(t, handedOn(summary).Sheets(speak)...)
	differ(t, "sheets", []string{"Indikator", "Bukti", "Kesiapan", "Jadwal"}, file.GetSheetList())
	differ(t, "indicators", [][]string{
		{"Kode", "Dimensi", "Subdimensi", "Indikator", "Satuan", "Target", "Bobot", "Penanggung jawab", "Keadaan", "Bukti", "Terverifikasi", "Perlu diperbaiki", "Tugas", "Contoh bukti"},
		{"ENV-08", "Lingkungan", "Sampah dan Limbah", "Sampah terkelola", "%", "70", "60%", "DLH", "Perlu diperbaiki", "3", "2", "1", "T-31 Selesai, T-40 Baru", "rekap tonase"},
		{"SOC-05", "Masyarakat", "", "Pertanyaan dijawab", "", "", "", "", "Belum ada", "0", "0", "0"},
	}, rowsOf(t, file, "Indikator"))
	differ(t, "evidence", [][]string{
		{"Kode", "Indikator", "Bukti", "Keadaan", "Alasan", "Diterima", "Diperiksa", "Versi", "Ukuran (bita)", "SHA-256"},
		{"ENV-08", "Sampah terkelola", "rekap.pdf", "Terverifikasi", "", "8 Juni 2026 08.00", "8 Juni 2026 09.00", "2", "20480", "e3b0"},
		{"ENV-08", "Sampah terkelola", "https://contoh.example/data", "Perlu diperbaiki", "tahun lalu", "8 Juni 2026 08.00", "", "1"},
	}, rowsOf(t, file, "Bukti"))
	differ(t, "readiness", [][]string{
		{"Dimensi", "Terverifikasi", "Diunggah", "Perlu diperbaiki", "Belum ada", "Jumlah", "Bobot", "Siap menurut bobot"},
		{"Masyarakat", "0", "0", "0", "1", "1", "0%", "0%"}, {"Lingkungan", "0", "0", "1", "0", "1", "60%", "0%"}, {"Semua", "0", "0", "1", "1", "2", "60%", "0%"},
	}, rowsOf(t, file, "Kesiapan"))
	differ(t, "dates", [][]string{{"Tahap", "Waktu"}, {"Batas internal", "9 Juni 2026 16.00"}, {"Batas unggah pusat", "11 Juni 2026 00.59"}, {"Pelaksanaan", "11 Juni 2026 09.00"}},
		rowsOf(t, file, "Jadwal"))
}

// handedOn is an evaluation with two indicators.
func handedOn(summary Summary) EvaluationBook {
	return EvaluationBook{Evaluation: summary.Evaluation, Zone: summary.Zone,
		Standings: []council.IndicatorStanding{
			{Indicator: council.Indicator{ID: 8, Code: "ENV-08", Dimension: "environment", Subdimension: "Sampah dan Limbah", Name: "Sampah terkelola", Unit: "%", Target: "70",
				Weight: 6000, Owner: "DLH", Examples: "rekap tonase"}, Pieces: 3, Verified: 2, NeedsFix: 1},
			{Indicator: council.Indicator{ID: 5, Code: "SOC-05", Dimension: "society", Name: "Pertanyaan dijawab"}},
		},
		Evidence: []council.Evidence{
			{IndicatorID: 8, Name: "rekap.pdf", State: council.EvidenceVerified, CreatedAt: summary.At.UTC(), CheckedAt: summary.At.Add(time.Hour).UTC(), Version: 2, Size: 20480, Hash: "e3b0"},
			{IndicatorID: 8, Kind: council.EvidenceLink, Link: "https://contoh.example/data", State: council.EvidenceNeedsFix, Reason: "tahun lalu", CreatedAt: summary.At.UTC(), Version: 1},
		},
		Tasks: map[int64][]council.Task{8: {{Number: 31, State: council.TaskDone}, {Number: 40, State: council.TaskNew}}},
	}
}

// TestExportsTakeNoOrders: what people wrote is text in every sheet, whatever it
// looks like; written looks for formulas and links.
func TestExportsTakeNoOrders(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	for _, words := range hostileCells {
		book := handedOn(prepared(speak))
		book.Standings[0].Code, book.Standings[0].Name, book.Standings[0].Owner, book.Standings[0].Target, book.Standings[0].Unit = words, words, words, words, words
		book.Evidence[0].Name, book.Evidence[1].Link, book.Evidence[1].Reason = words, words, words
		sheets := append(book.Sheets(speak),
			TasksSheet([]TaskLine{{Task: council.Task{Title: words, FullText: words}, Persons: words, Groups: words, Indicator: words}}, book.Zone, speak),
			QuestionsSheet([]QuestionLine{{council.Question{Text: words, Answers: []council.Answer{{Text: words}}, State: council.QuestionClosed}, words, words}}, time.Time{}, council.NewCalendar(book.Zone, nil), speak))
		file := written(t, sheets...)
		kind, err := file.GetCellType("Indikator", "A2")
		if cellText(words) == "" {
			continue // no cell can hold it
		}
		if err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%q is a cell of type %v (%v)", words, kind, err)
		}
	}
}
