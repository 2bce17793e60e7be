package report

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/council"
)

// repack writes a workbook anew, each part as change gives it.
func repack(t testing.TB, content []byte, change func(name string, part []byte) []byte, more map[string][]byte) []byte {
	t.Helper()
	packed, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	writer.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	write := func(name string, part []byte) {
		to, err := writer.Create(name)
		if err == nil {
			_, err = to.Write(part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, part := range packed.File {
		from, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		read, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		write(part.Name, change(part.Name, read))
	}
	for name, part := range more {
		write(name, part)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unchanged(_ string, part []byte) []byte { return part }

func onlySheet(part []byte) func(string, []byte) []byte {
	return func(name string, before []byte) []byte {
		if name == "xl/worksheets/sheet1.xml" {
			return part
		}
		return before
	}
}

const (
	sheetHead = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetTail = `</sheetData></worksheet>`
)

// hostileSheet is a file that is not, or not only, a sheet of indicators, and how
// reading it ends.
type hostileSheet struct {
	content []byte
	want    error
}

var (
	hostileOnce sync.Once
	hostileMade map[string]hostileSheet
)

// hostileSheets are made once: the largest take seconds.
func hostileSheets(t testing.TB) map[string]hostileSheet {
	t.Helper()
	hostileOnce.Do(func() { hostileMade = makeHostileSheets(t) })
	return hostileMade
}

func makeHostileSheets(t testing.TB) map[string]hostileSheet {
	t.Helper()
	good := workbook(t, tableOf(cityIndicators(t)[:3], allColumns(), indonesianHeadings), nil)
	encrypted, err := excelize.Encrypt(good, &excelize.Options{Password: "rahasia"})
	if err != nil {
		t.Fatal(err)
	}
	bomb := repack(t, good, onlySheet([]byte(sheetHead+strings.Repeat(" ", 200<<20)+sheetTail)), nil)
	if len(bomb) > IndicatorSheetLimit {
		t.Fatalf("the bomb has %d bytes, more than would be fetched", len(bomb))
	}
	lying := bytes.Clone(bomb) // it says that its parts are small
	for at := 0; ; {
		next := bytes.Index(lying[at:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		copy(lying[at+next+24:], []byte{0, 16, 0, 0})
		at += next + 4
	}
	wide := sheetHead + strings.Repeat(`<row><c r="XFD1" t="str"><v>x</v></c></row>`, 200_000) + sheetTail
	many := tableOf(make([]council.Indicator, council.IndicatorsLimit+spareRows), []string{columnCode, columnName, columnDimension}, indonesianHeadings)
	return map[string]hostileSheet{
		"nothing":                {nil, SheetEmpty},
		"blanks":                 {[]byte(" \n\n "), SheetEmpty},
		"a PDF":                  {[]byte("%PDF-1.7\n1 0 obj\n"), SheetNoHeading},
		"a picture":              {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), SheetNoTable},
		"words":                  {[]byte("Selamat pagi, mohon bantuannya."), SheetNoHeading},
		"headings alone":         {[]byte("Kode;Nama;Dimensi\n"), SheetEmpty},
		"an unpacked archive":    {repack(t, good, func(string, []byte) []byte { return nil }, nil), SheetDamaged},
		"another archive":        {repack(t, archiveOf(t, "word/document.xml"), unchanged, nil), SheetNoTable},
		"cut in the middle":      {good[:len(good)/2], SheetDamaged},
		"only a beginning":       {[]byte("PK\x03\x04"), SheetDamaged},
		"an old workbook":        {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 2000)...), SheetOld},
		"with a password":        {encrypted, SheetEncrypted},
		"a bomb":                 {bomb, SheetTooLarge},
		"a bomb that lies":       {lying, SheetDamaged},
		"a thousand parts":       {repack(t, good, unchanged, manyParts()), SheetTooLarge},
		"too many bytes":         {make([]byte, IndicatorSheetLimit+1), SheetTooLarge},
		"too many rows":          {workbook(t, many, nil), SheetTooLarge},
		"rows of last columns":   {repack(t, good, onlySheet([]byte(wide)), nil), SheetEmpty},
		"a sheet of no XML":      {repack(t, good, onlySheet([]byte("tidak ada apa-apa <<<")), nil), SheetEmpty},
		"a row without an end":   {repack(t, good, onlySheet([]byte(sheetHead+`<row r="99999999999">`)), nil), SheetDamaged},
		"a cell outside":         {repack(t, good, onlySheet([]byte(sheetHead+`<row r="1"><c r="ZZZZ9" t="s"><v>-7</v></c></row>`+sheetTail)), nil), SheetDamaged},
		"an unknown word's cell": {repack(t, good, onlySheet([]byte(sheetHead+`<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>`+sheetTail)), nil), SheetEmpty},
		"a million words": {repack(t, good, func(name string, part []byte) []byte {
			if name == "xl/sharedStrings.xml" {
				return []byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + strings.Repeat(`<si><t>a</t></si>`, 1_200_000) + `</sst>`)
			}
			return part
		}, nil), SheetTooLarge},
		"nothing but formulas": {repack(t, good, onlySheet([]byte(sheetHead+strings.Repeat(`<row><c r="A1"><f t="shared" si="0">A1</f></c></row>`, 400_000)+sheetTail)), nil), SheetNoHeading},
	}
}

func archiveOf(t testing.TB, name string) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	if _, err := writer.Create(name); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func manyParts() map[string][]byte {
	parts := make(map[string][]byte)
	for i := range workbookParts {
		parts["xl/media/gambar"+string(rune('a'+i%26))+strings.Repeat("x", i)] = nil
	}
	return parts
}

// TestHostileSheets: each ends with a plain reason, in bounded time and memory.
func TestHostileSheets(t *testing.T) {
	for name, test := range hostileSheets(t) {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			begun := time.Now()
			sheet, err := ReadIndicators(test.content, nil)
			runtime.ReadMemStats(&after)
			if !errors.Is(err, test.want) {
				t.Errorf("ends with %v, not %v; %d indicators, problems %v", err, test.want, len(sheet.Indicators), sheet.Problems)
			}
			if allocated, took := (after.TotalAlloc-before.TotalAlloc)>>20, time.Since(begun); allocated > 2000 || took > time.Minute {
				t.Errorf("took %v and %d MB, one after another", took, allocated)
			}
		})
	}
}

// TestMacrosAreNotLookedAt: the cells of a workbook with macros are read, and that
// there are macros is known.
func TestMacrosAreNotLookedAt(t *testing.T) {
	good := workbook(t, tableOf(cityIndicators(t)[:3], allColumns(), indonesianHeadings), nil)
	sheet, err := ReadIndicators(repack(t, good, unchanged, map[string][]byte{"xl/vbaProject.bin": []byte("\xD0\xCF\x11\xE0 no macro at all")}), nil)
	if err != nil || !sheet.Macros || len(sheet.Indicators) != 3 {
		t.Errorf("%+v, %v", sheet, err)
	}
	if plain, err := ReadIndicators(good, nil); err != nil || plain.Macros {
		t.Errorf("without macros: %v, %v", plain.Macros, err)
	}
}

// FuzzReadIndicators: whatever the file is, it is read or refused with a reason. It
// begins with what is small; what is not takes seconds, and TestHostileSheets.
func FuzzReadIndicators(f *testing.F) {
	for _, test := range hostileSheets(f) {
		if len(test.content) < 20_000 {
			f.Add(test.content)
		}
	}
	table := tableOf(cityIndicators(f)[:3], allColumns(), indonesianHeadings)
	f.Add(workbook(f, table, nil))
	f.Add(separated(f, table, ';'))
	f.Add([]byte("kode\tindikator\tbobot\nA B\t\"x\nENV-1\ty\t1.250,75"))
	f.Fuzz(func(t *testing.T, content []byte) {
		sheet, err := ReadIndicators(content, nil)
		var failure SheetFailure
		if err != nil && !errors.As(err, &failure) {
			t.Fatalf("refused without a reason: %v", err)
		}
		codes := make(map[string]bool)
		for _, indicator := range sheet.Indicators {
			code, isCode := council.IndicatorCode(indicator.Code)
			if !isCode || code != indicator.Code || codes[code] || indicator.Name == "" || indicator.Weight < 0 || indicator.Weight > council.WholeWeight {
				t.Errorf("%+v", indicator)
			}
			codes[code] = true
		}
	})
}
