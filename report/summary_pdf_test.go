package report

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// TestSummarySays reads the finished document as somebody does who copies from it.
func TestSummarySays(t *testing.T) {
	for language, wanted := range map[string][]string{
		locale.Indonesian: {"Kabupaten Teluk Marannu, Senin, 8 Juni 2026", "Bukti terverifikasi untuk 10 dari 24 indikator, 41,6 % menurut bobot.",
			"Tugas: 12 berjalan · 2 terkendala · 1 lewat tenggat · 31 selesai bulan ini", "Batas unggah pusat", "Kamis, 11 Juni 2026 pukul 00.59 WITA",
			"3 hari lagi", "Garis biru: indikator yang terverifikasi, sampai hari ini 10 dari 24.",
			"Garis putus-putus: yang diperlukan agar lengkap pada Kamis, 11 Juni 2026 (3 hari lagi).", "11/5", "8/6", "11/6", "Yang belum lengkap", "ECO-01, ECO-02, ECO-03", "Belum ditentukan", "I-2 · Antrean daring puskesmas □",
			"Belum dapat dilanjutkan, diputuskan Senin, 4 Mei 2026. Alasan: perlu lokasi dan biaya yang lebih jelas", "R-2", "Anggota aktif, Dewan", "1 dari 2", "2 dari 2"},
		locale.English: {"Evidence is verified for 10 of 24 indicators, 41.6% by weight.", "Thursday, 11 June 2026 at 00:59 WITA", "What is not complete yet", "1 of 2", "2 of 2"},
	} {
		speak := speaker(t, language)
		said := pdfLines(t, summaryDocument(t, prepared(speak), speak))
		for _, line := range wanted {
			if !slices.Contains(said, line) {
				t.Errorf("%s: %q is not among %q", language, line, said)
			}
		}
	}
}

// TestSummaryOfNothing: a city that has just begun gets one page.
func TestSummaryOfNothing(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	said := pdfLines(t, summaryDocument(t, Summary{City: "Kota Baru", Zone: time.UTC, At: time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC), Year: 2026}, speak))
	for _, line := range []string{"Saat ini tidak ada evaluasi yang disiapkan.", "Belum ada ide yang diputuskan.", "1 dari 1"} {
		if !slices.Contains(said, line) {
			t.Errorf("%q is not among %q", line, said)
		}
	}
	for _, line := range said {
		if line == "Yang belum lengkap" || line == "Keterlibatan" || line == "Rekomendasi asesor" {
			t.Errorf("there is a heading %q over nothing", line)
		}
	}
}

// TestChartOfOneDay: where there is nothing before today and no date ahead, there is
// a chart still, and no line to a date.
func TestChartOfOneDay(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	summary := prepared(speak)
	summary.Evaluation.Milestones, summary.Evaluation.CreatedAt = nil, summary.At
	summary.Spans = []council.EvidenceSpan{{IndicatorID: 1, Filed: summary.At, Verified: summary.At}}
	said := pdfLines(t, summaryDocument(t, summary, speak))
	if !slices.Contains(said, "Garis biru: indikator yang terverifikasi, sampai hari ini 1 dari 24.") || !slices.Contains(said, "8/6") {
		t.Errorf("there is no chart in %q", said)
	}
	for _, line := range said {
		if strings.HasPrefix(line, "Garis putus-putus") || strings.Contains(line, "NaN") {
			t.Errorf("it says %q", line)
		}
	}
}

// TestSameDataMakeTheSameBytes: who makes it again can compare.
func TestSameDataMakeTheSameBytes(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	first := summaryDocument(t, prepared(speak), speak)
	if !bytes.Equal(first, summaryDocument(t, prepared(speak), speak)) {
		t.Error("the same data make other bytes")
	}
	for _, date := range []string{"/CreationDate (D:20260608000000", "/ModDate (D:20260608000000"} {
		if !bytes.Contains(first, []byte(date)) {
			t.Errorf("the document does not say %q", date)
		}
	}
	later := prepared(speak)
	later.At = later.At.Add(time.Minute)
	if bytes.Equal(first, summaryDocument(t, later, speak)) {
		t.Error("a minute later makes the same bytes")
	}
}

// TestNeverMoreThanFourPages, however much there is and however long it is.
func TestNeverMoreThanFourPages(t *testing.T) {
	anyWords := rapid.OneOf(rapid.StringN(0, 300, -1), rapid.StringMatching(`[A-Z]{200,400}`), rapid.StringMatching(`([a-zçñ]{1,12} ){20,60}`), rapid.Just("DLH"))
	speakers := []locale.Speaker{speaker(t, locale.Indonesian), speaker(t, locale.English)}
	rapid.Check(t, func(t *rapid.T) {
		speak := rapid.SampledFrom(speakers).Draw(t, "speaker")
		pool := rapid.SliceOfN(anyWords, 1, 8).Draw(t, "words")
		of := func(name string) int { return rapid.OneOf(rapid.IntRange(0, 24), rapid.Just(60)).Draw(t, name) }
		summary := plenty(speak, of("milestones"), of("indicators"), of("decisions"), of("recommendations"), func() string { return rapid.SampledFrom(pool).Draw(t, "word") })
		if rapid.Bool().Draw(t, "no chart") {
			summary.Spans = nil
		}
		paper := summary.write(speak)
		if paper.pdf.Err() {
			t.Fatal(paper.pdf.Error())
		}
		if pages := paper.pdf.PageNo(); pages > SummaryPages {
			t.Fatalf("there are %d pages", pages)
		}
	})
}

// TestMostTakesFourPages: nothing is left out before it must be.
func TestMostTakesFourPages(t *testing.T) {
	for _, language := range locale.Languages {
		speak := speaker(t, language)
		summary := plenty(speak, 60, 60, 60, 60, func() string { return strings.Repeat("kata panjang ", 40) })
		if pages := summary.write(speak).pdf.PageNo(); pages != SummaryPages {
			t.Errorf("%s: there are %d pages", language, pages)
		}
		said := strings.Join(pdfLines(t, summaryDocument(t, summary, speak)), "\n")
		want := map[string][]string{
			locale.Indonesian: {"dan 42 penanggung jawab lainnya", "dan 50 keputusan lainnya", "dan 54 rekomendasi lainnya", "4 dari 4"},
			locale.English:    {"and 42 more offices", "and 50 more decisions", "and 54 more recommendations", "4 of 4"},
		}
		for _, line := range want[language] {
			if !strings.Contains(said, line) {
				t.Errorf("%s: %q is not said", language, line)
			}
		}
	}
}

// plenty is a summary with so many of each thing, each office with one indicator,
// and with a chart.
func plenty(speak locale.Speaker, milestones, indicators, decisions, recommendations int, word func() string) Summary {
	summary := prepared(speak)
	summary.City, summary.Evaluation.Name, summary.Spans = word(), word(), cameAlong(summary)
	first := summary.Evaluation.Milestones[0]
	summary.Evaluation.Milestones = slices.Repeat([]council.Milestone{first}, milestones)
	summary.Standings, summary.Decided, summary.Followed = nil, nil, nil
	summary.Involved.Now.City.Meetings = 3
	code := func() string {
		letters := []rune(word())
		return string(letters[:min(len(letters), council.IndicatorCodeLimit)])
	}
	for number := range indicators {
		dimensions := append(slices.Clone(council.Dimensions), "")
		summary.Standings = append(summary.Standings, council.IndicatorStanding{Indicator: council.Indicator{Code: code(),
			Dimension: dimensions[number%len(dimensions)], Weight: 100 * (number % 3), Owner: fmt.Sprint(number, word())}, Pieces: number % 2})
	}
	for range decisions {
		summary.Decided = append(summary.Decided, council.Idea{Title: word(), State: council.IdeaApproved, Decision: council.IdeaDecision{At: summary.At, Reason: word()}})
	}
	for range recommendations {
		summary.Followed = append(summary.Followed, Followed{"R-1", word(), word(), word()})
	}
	return summary
}

// TestOfficesWithTheMostToDoAreShown, in the order of the alphabet.
func TestOfficesWithTheMostToDoAreShown(t *testing.T) {
	var standings []council.IndicatorStanding
	for _, owner := range strings.Split("PUPR,DLH,DLH,DLH,Bappeda,dinkes,dinkes,BPBD", ",") {
		standings = append(standings, council.IndicatorStanding{Indicator: council.Indicator{Owner: owner}})
	}
	for most, want := range map[int][]string{1: {"DLH"}, 2: {"dinkes", "DLH"}, 9: {"Bappeda", "BPBD", "dinkes", "DLH", "PUPR"}} {
		var names []string
		for _, office := range officesShownOf(council.MissingByOffice(standings), most) {
			names = append(names, office.Owner)
		}
		if difference := cmp.Diff(want, names); difference != "" {
			t.Errorf("of %d: %s", most, difference)
		}
	}
}

// TestCodesAreCounted: no code is cut in two, and none is left out unsaid.
func TestCodesAreCounted(t *testing.T) {
	paper := newPaper("", "", time.Unix(0, 0), speaker(t, locale.Indonesian))
	var codes []string
	for number := range 40 {
		codes = append(codes, fmt.Sprintf("ENV-%02d", number+1))
	}
	for count, want := range map[int]string{1: "ENV-01", 5: "ENV-01, ENV-02, ENV-03, ENV-04, ENV-05", 9: "ENV-01, ENV-02, ENV-03, ENV-04, ENV-05, ENV-06 +3", 40: "ENV-01, ENV-02, ENV-03, ENV-04, ENV-05, ENV-06 +34"} {
		if got := paper.listed(codes[:count]); got != want {
			t.Errorf("%d codes are listed as %q", count, got)
		}
	}
}

func TestOnPaper(t *testing.T) {
	for text, want := range map[string]string{
		"Ide 🏥🚑 baru": "Ide □ baru", "日本": "□", "": "", "Jalan\nbaru\t2": "Jalan baru 2", "e\u0301clair": "éclair", "Trần Đức ș Ḥ": "Trần Đức ș Ḥ",
		"a\u202eb\u200d": "ab", "≥ 75,2 — “ya” … x²": "≥ 75,2 — “ya” … x²", "👨‍👩‍👧": "□", "Мир": "Мир", "q\u0302": "q",
	} {
		if got := onPaper(text); got != want {
			t.Errorf("%q is written as %q, not %q", text, got, want)
		}
	}
}

// TestLinesAreCut: nothing is wider than its place, and what is left out shows.
func TestLinesAreCut(t *testing.T) {
	paper := newPaper("", "", time.Unix(0, 0), speaker(t, locale.Indonesian))
	paper.letters("", bodyPoints, inkColor)
	rapid.Check(t, func(t *rapid.T) {
		text := onPaper(rapid.OneOf(rapid.StringN(0, 200, -1), rapid.StringMatching(`[a-zA-Z ]{0,400}`)).Draw(t, "text"))
		width, most := rapid.Float64Range(12, textWidth).Draw(t, "width"), rapid.IntRange(1, 4).Draw(t, "most")
		lines := paper.lines(text, width, most)
		for _, line := range lines {
			if paper.pdf.GetStringWidth(line) > width {
				t.Fatalf("%q is wider than %.1f", line, width)
			}
		}
		joined := strings.ReplaceAll(strings.Join(lines, ""), " ", "")
		whole := strings.ReplaceAll(text, " ", "")
		switch beginning, cut := strings.CutSuffix(joined, "…"); {
		case len(lines) > most:
			t.Fatalf("there are %d lines", len(lines))
		case joined == whole:
		case !cut || !strings.HasPrefix(whole, beginning):
			t.Fatalf("%q is shown as %q", text, lines)
		}
	})
}

func summaryDocument(t *testing.T, summary Summary, speak locale.Speaker) []byte {
	t.Helper()
	content, err := summary.PDF(speak)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

var (
	pdfStreams = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	pdfShown   = regexp.MustCompile(`(?s)\(((?:[^\\)]|\\.)*)\) ?Tj`)
	pdfEscapes = strings.NewReplacer(`\\`, `\`, `\(`, `(`, `\)`, `)`, `\r`, "\r")
)

// linesOf reads what is written in a document, piece by piece.
func pdfLines(t *testing.T, content []byte) (lines []string) {
	t.Helper()
	for _, stream := range pdfStreams.FindAllSubmatch(content, -1) {
		reader, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // not compressed: no page
		}
		page, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		for _, piece := range pdfShown.FindAllSubmatch(page, -1) {
			wide := []byte(pdfEscapes.Replace(string(piece[1])))
			var units []uint16
			for len(wide) > 1 {
				units, wide = append(units, binary.BigEndian.Uint16(wide)), wide[2:]
			}
			lines = append(lines, string(utf16.Decode(units)))
		}
	}
	return lines
}

// prepared is a city three days before its evaluation.
func prepared(speak locale.Speaker) Summary {
	zone, err := time.LoadLocation("Asia/Makassar")
	if err != nil {
		panic(err)
	}
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, zone)
	}
	summary := Summary{
		City: "Kabupaten Teluk Marannu", Zone: zone, At: at(time.June, 8, 8, 0), Year: 2026,
		Evaluation: council.Evaluation{Number: 1, Name: "Evaluasi Smart City Tahap I", State: council.EvaluationOpen, Milestones: []council.Milestone{
			{ID: 1, Kind: council.MilestoneInternal, Deadline: council.Deadline{At: at(time.June, 9, 16, 0)}},
			{ID: 2, Kind: council.MilestoneUpload, Deadline: council.Deadline{At: at(time.June, 11, 0, 59)}},
			{ID: 3, Kind: council.MilestonePresentation, Deadline: council.Deadline{At: at(time.June, 11, 9, 0)}},
		}},
		Tasks:    council.Counts{Running: 12, Blocked: 2, Overdue: 1, Done: 31},
		Involved: town(speak),
	}
	owners := []string{"Diskominfo", "Dinas Pariwisata", "Dinas Koperasi, UMKM, Perindustrian dan Perdagangan", "Dinas Kesehatan", "", "DLH"}
	for index, dimension := range council.Dimensions {
		for number := range 4 {
			standing := council.IndicatorStanding{Indicator: council.Indicator{Code: fmt.Sprintf("%s-%02d", strings.ToUpper(string(dimension[:3])), number+1),
				Dimension: dimension, Weight: 400, Owner: owners[index]}}
			switch (index + number) % 5 {
			case 0, 1:
				standing.Pieces, standing.Verified = 2, 2
			case 2:
				standing.Pieces, standing.Verified = 2, 1
			case 3:
				standing.Pieces, standing.NeedsFix = 2, 1
			}
			summary.Standings = append(summary.Standings, standing)
		}
	}
	for number, idea := range []council.Idea{
		{Title: "Aplikasi jadwal angkut sampah", State: council.IdeaTrial, Decision: council.IdeaDecision{At: at(time.February, 13, 10, 40), Reason: "mulai dari 3 truk yang ber-GPS dulu"}},
		{Title: "Antrean daring puskesmas 🏥", State: council.IdeaApproved, Decision: council.IdeaDecision{At: at(time.March, 3, 9, 0),
			Reason: "Dinas Kesehatan menyiapkan dua puskesmas lebih dahulu, hasilnya dilihat bersama setelah tiga bulan, dan yang belum memiliki jaringan menyusul pada tahun berikutnya bila anggaran tersedia serta petugasnya sudah dilatih"}},
		{Title: "Wifi gratis di mana-mana", State: council.IdeaNotNow, Decision: council.IdeaDecision{At: at(time.May, 4, 14, 0), Reason: "perlu lokasi dan biaya yang lebih jelas"}},
	} {
		idea.Number = int64(number + 1)
		summary.Decided = append(summary.Decided, idea)
	}
	now, before := &summary.Involved.Now.City, &summary.Involved.Before.City
	now.Active, before.Active, now.Given, before.Given, now.Decided, before.Decided = 84, 77, 12, 9, 5, 2
	summary.Spans, summary.Evaluation.CreatedAt = cameAlong(summary), at(time.May, 11, 9, 12)
	summary.Followed = []Followed{
		{"R-1", "Ciptakan inovasi baru", "Berjalan", "5 ide disetujui, 4 uji coba"},
		{"R-2", "Maksimalkan keterlibatan Dewan dan komunitas", "Berjalan", "10 pertanyaan, 1 lokakarya, 5 kelompok aktif"},
	}
	return summary
}

// cameAlong is evidence for the first ten indicators, verified one after another.
func cameAlong(summary Summary) (spans []council.EvidenceSpan) {
	for number := range 10 {
		verified := summary.At.AddDate(0, 0, -2*(9-number))
		spans = append(spans, council.EvidenceSpan{IndicatorID: int64(number + 1), Filed: verified.AddDate(0, 0, -2), Verified: verified})
	}
	return spans
}

// TestAParagraphKeepsItsLettersOnTheNextPage: the page's foot, which is smaller and
// paler, is nobody else's.
func TestAParagraphKeepsItsLettersOnTheNextPage(t *testing.T) {
	paper := newPaper("", "foot", time.Unix(0, 0), speaker(t, locale.Indonesian))
	paper.y = paperBottom - 1
	paper.say("Kalimat di halaman berikutnya", "B", bodyPoints, 1)
	if points, _ := paper.pdf.GetFontSize(); paper.pdf.PageNo() != 2 || points != bodyPoints {
		t.Errorf("page %d, %v points", paper.pdf.PageNo(), points)
	}
}
