package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// written writes sheets and opens the workbook again.
func written(t rapid.TB, sheets ...Sheet) *excelize.File {
	t.Helper()
	var content bytes.Buffer
	if err := WriteWorkbook(&content, sheets...); err != nil {
		t.Fatal(err)
	}
	noFormula(t, content.Bytes())
	file, err := excelize.OpenReader(bytes.NewReader(content.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// noFormula reads the parts of a workbook as any program would: they are XML, and
// nothing in them is reckoned, linked or fetched.
func noFormula(t rapid.TB, workbook []byte) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range archive.File {
		content, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		decoder := xml.NewDecoder(content)
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s is no XML: %v", part.Name, err)
			}
			if start, is := token.(xml.StartElement); is && (start.Name.Local == "f" || start.Name.Local == "hyperlink" || start.Name.Local == "externalReference") {
				t.Fatalf("%s has a <%s>", part.Name, start.Name.Local)
			}
		}
	}
}

// hostileCells are what must stay words.
var hostileCells = []string{
	"=1+1", "=HYPERLINK(\"http://jahat.example\";\"klik\")", "+62", "-3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "=cmd|' /C calc'!A0", "{=1}", "'=1", "＝1",
	"<b>&amp;</b>", "]]>", "_x0041_", "_x005F_x0041_", "_x000D_", "2026-06-11", "1e9", "007", "TRUE", "#REF!", "50%", "\u202eterbalik\u202c", "\u200b",
	"baris\nkedua", "akhir\r\n", "👨‍👩‍👧‍👦", "مرحبا", "T-1", "https://jahat.example", "a\x00b\x01\x1fc", "\xff\xfe", "\uffff", "  sela  ",
}

// TestWordsStayWords: whatever people have written stands in its cell as they wrote
// it, as text, but for what no cell can hold.
func TestWordsStayWords(t *testing.T) {
	sheet := Sheet{Name: "Ide", Columns: []Column{{Heading: "=Judul", Kind: ColumnText}, {Heading: "Jumlah", Kind: ColumnNumber}, {Heading: "Tanggal", Kind: ColumnDate}}}
	for _, words := range hostileCells {
		sheet.Rows = append(sheet.Rows, []any{words, words, words})
	}
	file := written(t, sheet)
	for number, words := range hostileCells {
		want := cellText(words)
		for _, column := range []string{"A", "B", "C"} {
			isText(t, file, "Ide", column+strconv.Itoa(number+2), want)
		}
		if without := strings.NewReplacer("\x00", "", "\x01", "", "\x1f", "", "\xff", "", "\xfe", "", "\uffff", "").Replace(words); want != without {
			t.Errorf("%q became %q", words, want)
		}
	}
	isText(t, file, "Ide", "A1", "=Judul")
}

// isText expects words in a cell, as text; what looks like a formula stays text when
// somebody edits it.
func isText(t rapid.TB, file *excelize.File, sheet, cell, want string) {
	t.Helper()
	kind, err := file.GetCellType(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	got, err := file.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil || got != want {
		t.Fatalf("%s is %q, not %q (%v)", cell, got, want, err)
	}
	if want == "" {
		return
	}
	if formula, _ := file.GetCellFormula(sheet, cell); formula != "" || kind != excelize.CellTypeInlineString {
		t.Fatalf("%s is of type %v, with the formula %q", cell, kind, formula)
	}
	style, err := file.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	quoted := file.Styles.CellXfs.Xf[style].QuotePrefix
	if mark := quoted != nil && *quoted; mark != strings.ContainsAny(want[:1], "=+-@\t\r\n") && cell[1:] != "1" {
		t.Fatalf("%s, %q, is marked as text: %v", cell, want, mark)
	}
}

// TestAnyWordsStayWords: words of any letters, in any number of sheets of any name.
func TestAnyWordsStayWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.OneOf(rapid.String(), rapid.SampledFrom(hostileCells), rapid.StringOfN(rapid.RuneFrom([]rune("=+-@\t\r\n_x0041F'\"")), 1, 30, -1))
		names := rapid.SliceOfN(words, 1, 4).Draw(t, "names")
		var sheets []Sheet
		for _, name := range names {
			rows := rapid.SliceOfN(rapid.SliceOfN(words, 2, 2), 0, 5).Draw(t, "rows")
			sheet := Sheet{Name: name, Columns: []Column{{Heading: name, Kind: ColumnText}, {Heading: "x", Kind: ColumnMoment}}}
			for _, row := range rows {
				sheet.Rows = append(sheet.Rows, []any{row[0], row[1]})
			}
			sheets = append(sheets, sheet)
		}
		file := written(t, sheets...)
		if list := file.GetSheetList(); len(list) != len(sheets) {
			t.Fatalf("the sheets are %q", list)
		}
		for at, sheet := range sheets {
			for number, row := range sheet.Rows {
				isText(t, file, file.GetSheetList()[at], "A"+strconv.Itoa(number+2), cellText(row[0].(string)))
				isText(t, file, file.GetSheetList()[at], "B"+strconv.Itoa(number+2), cellText(row[1].(string)))
			}
		}
	})
}

// TestCellsAreTyped: numbers, days, moments and shares are such, in the words of the
// sheet's language.
func TestCellsAreTyped(t *testing.T) {
	makassar := time.FixedZone("WITA", 8*3600)
	columns := []Column{{"Nama", ColumnText, 44}, {"Jumlah", ColumnNumber, 0}, {"Tanggal", ColumnDate, 0}, {"Saat", ColumnMoment, 400}, {"Bagian", ColumnPercent, 0}}
	at := time.Date(2026, 6, 11, 23, 59, 30, 0, makassar)
	rows := [][]any{
		{"satu", 7, council.Day{Year: 2026, Month: 6, Day: 11}, at, 0.5},
		{nil, int64(1 << 20), at, time.Time{}, nil},
		{"", 2.5},
		{},
	}
	file := written(t, Sheet{Name: "Daftar", Columns: columns, Rows: rows}, Sheet{Name: "List", Language: "en", Columns: columns, Rows: rows[:1]})
	shown := func(sheet, cell string) string {
		t.Helper()
		value, err := file.GetCellValue(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	for cell, want := range map[string]string{
		"A1": "Nama", "E1": "Bagian", "A2": "satu", "B2": "7", "C2": "11 Juni 2026", "D2": "11 Juni 2026 23.59", "E2": "50%",
		"A3": "", "B3": "1048576", "C3": "11 Juni 2026", "D3": "", "E3": "", "B4": "2.5", "A5": "",
	} {
		if got := shown("Daftar", cell); got != want {
			t.Errorf("%s shows %q, not %q", cell, got, want)
		}
	}
	if got := shown("List", "D2"); got != "11 June 2026 23:59" {
		t.Errorf("in English the moment is %q", got)
	}
	for _, cell := range []string{"B2", "C2", "D2", "E2"} {
		if kind, err := file.GetCellType("Daftar", cell); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s is of type %v (%v)", cell, kind, err)
		}
	}
	panes, err := file.GetPanes("Daftar")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the heading does not stay in sight: %+v (%v)", panes, err)
	}
	names := map[string]string{}
	for _, name := range file.GetDefinedName() {
		names[name.Scope] = name.RefersTo
	}
	if want := (map[string]string{"Daftar": "'Daftar'!$A$1:$E$5", "List": "'List'!$A$1:$E$2"}); cmp.Diff(want, names) != "" {
		t.Errorf("the filters are %v", names)
	}
	for column, want := range map[string]float64{"A": 44, "B": usualWidths[ColumnNumber], "D": widthLimit} {
		if width, err := file.GetColWidth("Daftar", column); err != nil || width != want {
			t.Errorf("column %s is %v wide (%v)", column, width, err)
		}
	}
}

// TestWhatNoCellHolds: a value of another kind than its column, a row with too many,
// a sheet without columns.
func TestWhatNoCellHolds(t *testing.T) {
	nan := 0.0
	nan /= nan
	for _, wrong := range []Sheet{
		{Name: "x"},
		{Columns: []Column{{Kind: ColumnText}}, Rows: [][]any{{"a", "b"}}},
		{Columns: []Column{{Kind: ColumnText}}, Rows: [][]any{{7}}},
		{Columns: []Column{{Kind: ColumnNumber}}, Rows: [][]any{{nan}}},
		{Columns: []Column{{Kind: ColumnNumber}}, Rows: [][]any{{time.Unix(1, 0)}}},
		{Columns: []Column{{Kind: ColumnMoment}}, Rows: [][]any{{council.Day{Year: 2026, Month: 1, Day: 1}}}},
		{Columns: []Column{{Kind: ColumnDate}}, Rows: [][]any{{3.5}}},
	} {
		if err := WriteWorkbook(io.Discard, wrong); err == nil {
			t.Errorf("%+v was written", wrong)
		}
	}
}

// TestLongWordsAreCut between letters, with a mark, to what a cell holds.
func TestLongWordsAreCut(t *testing.T) {
	long := strings.Repeat("😀", 20000)
	file := written(t, Sheet{Name: "Ide", Columns: []Column{{"a", ColumnText, 0}}, Rows: [][]any{{long}, {"x" + long}, {strings.Repeat("a", cellLimit)}}})
	for cell, units := range map[string]int{"A2": cellLimit, "A3": cellLimit - 1, "A4": cellLimit} {
		got, err := file.GetCellValue("Ide", cell)
		if err != nil {
			t.Fatal(err)
		}
		if count := len(utf16.Encode([]rune(got))); count > cellLimit || count < cellLimit-2 || !utf8.ValidString(got) || strings.ContainsRune(got, utf8.RuneError) {
			t.Errorf("%s has %d units, expected %d", cell, count, units)
		}
		if marked := strings.HasSuffix(got, "…"); marked != (cell != "A4") {
			t.Errorf("%s is marked as cut: %v", cell, marked)
		}
	}
}

// TestSheetsHaveNames that programs allow, each another one.
func TestSheetsHaveNames(t *testing.T) {
	taken := map[string]bool{}
	for _, test := range []struct{ name, want string }{
		{"Ide", "Ide"}, {"ide", "ide 2"}, {"IDE", "IDE 3"}, {"", "1"}, {"'''", "1 2"}, {"a/b:c*[d]", "a b c d"}, {"'kutip'", "kutip"},
		{strings.Repeat("Pokja ", 9), "Pokja Pokja Pokja Pokja Pokja …"}, {strings.Repeat("Pokja ", 10), "Pokja Pokja Pokja Pokja Pokj… 2"},
	} {
		if got := sheetName(test.name, taken); got != test.want {
			t.Errorf("%q is called %q, not %q", test.name, got, test.want)
		}
	}
}
