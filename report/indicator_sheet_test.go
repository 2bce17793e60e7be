package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// cityIndicators are 120 indicators as a city has them, with weights that add up.
func cityIndicators(t testing.TB) (indicators []council.Indicator) {
	t.Helper()
	content, err := os.ReadFile("testdata/indicators.json")
	if err != nil {
		t.Fatal(err)
	}
	var lines []struct {
		Code, Dimension, Subdimension, Name, Unit string
		Owner                                     string `json:"owner_opd"`
		Examples                                  string `json:"evidence_examples"`
	}
	if err := json.Unmarshal(content, &lines); err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		dimension, known := dimensionOf(line.Dimension, nil)
		if !known {
			t.Fatalf("%s: no dimension %q", line.Code, line.Dimension)
		}
		weight := 83
		if i%3 == 0 {
			weight = 84
		}
		indicators = append(indicators, council.Indicator{Code: line.Code, Dimension: dimension, Subdimension: line.Subdimension,
			Name: line.Name, Unit: line.Unit, Owner: line.Owner, Examples: line.Examples, Target: strconv.Itoa(50 + i%50), Weight: weight})
	}
	return indicators
}

var indonesianHeadings = map[string]string{columnCode: "Kode", columnDimension: "Dimensi", columnSubdimension: "Sub-dimensi", columnName: "Nama Indikator",
	columnUnit: "Satuan", columnTarget: "Target 2026", columnWeight: "Bobot (%)", columnOwner: "OPD / Penanggung Jawab", columnExamples: "Contoh bukti dukung"}

var englishHeadings = map[string]string{columnCode: "CODE", columnDimension: " dimension ", columnSubdimension: "sub_dimension", columnName: "Indicator",
	columnUnit: "Unit", columnTarget: "Target", columnWeight: "Weight %", columnOwner: "Responsible office", columnExamples: "Evidence examples"}

// tableOf writes indicators as the rows of a sheet, with the columns in this order.
func tableOf(indicators []council.Indicator, order []string, headings map[string]string) [][]string {
	head := make([]string, len(order))
	for i, meaning := range order {
		head[i] = headings[meaning]
	}
	table := [][]string{head}
	for _, indicator := range indicators {
		cells := map[string]string{columnCode: indicator.Code, columnDimension: "Smart " + string(indicator.Dimension), columnSubdimension: indicator.Subdimension,
			columnName: indicator.Name, columnUnit: indicator.Unit, columnTarget: indicator.Target, columnOwner: indicator.Owner, columnExamples: indicator.Examples,
			columnWeight: fmt.Sprintf("%d,%02d", indicator.Weight/100, indicator.Weight%100)}
		row := make([]string, len(order))
		for i, meaning := range order {
			row[i] = cells[meaning]
		}
		table = append(table, row)
	}
	return table
}

// workbook writes rows of text as a workbook; change may do more with it.
func workbook(t testing.TB, rows [][]string, change func(*excelize.File)) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	for i, row := range rows {
		for j, text := range row {
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if err := file.SetCellStr("Sheet1", cell, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(file)
	}
	var content bytes.Buffer
	if err := file.Write(&content); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

func separated(t testing.TB, rows [][]string, separator rune) []byte {
	t.Helper()
	var content bytes.Buffer
	writer := csv.NewWriter(&content)
	writer.Comma = separator
	if err := writer.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

func allColumns() (columns []string) {
	for meaning := range indonesianHeadings {
		columns = append(columns, meaning)
	}
	slices.Sort(columns)
	return columns
}

// TestEveryWayToWriteASheet: 120 indicators come out of each kind of file as they went in.
func TestEveryWayToWriteASheet(t *testing.T) {
	want := cityIndicators(t)
	for _, headings := range []map[string]string{indonesianHeadings, englishHeadings} {
		order := allColumns()
		rand.New(rand.NewPCG(7, 7)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		table := tableOf(want, order, headings)
		titled := append([][]string{{"Evaluasi Smart City Tahap I"}, {"Kabupaten Teluk Marannu", "2026"}, {}}, table...)
		semicolon := separated(t, table, ';')
		western, err := charmap.Windows1252.NewEncoder().Bytes(semicolon)
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string][]byte{
			"workbook": workbook(t, table, nil), "workbook with a title": workbook(t, titled, nil),
			"semicolon": semicolon, "comma": separated(t, table, ','), "tab": separated(t, table, '\t'),
			"mark of UTF-8": append([]byte("\ufeff"), semicolon...), "western Windows": western, "UTF-16": append([]byte("\xff\xfe"), utf16Of(string(semicolon))...),
		} {
			t.Run(name, func(t *testing.T) {
				sheet, err := ReadIndicators(content, nil)
				if err != nil {
					t.Fatal(err)
				}
				if difference := cmp.Diff(want, sheet.Indicators); difference != "" {
					t.Error(difference)
				}
				if len(sheet.Problems)+len(sheet.UnknownColumns) != 0 {
					t.Errorf("problems %v, unknown columns %q", sheet.Problems, sheet.UnknownColumns)
				}
			})
		}
	}
}

func utf16Of(text string) (content []byte) {
	for _, letter := range text {
		content = append(content, byte(letter), byte(letter>>8))
	}
	return content
}

func TestProblemsByRow(t *testing.T) {
	sheet, err := ReadIndicators([]byte(`No;Kode;Dimensi;Indikator;Bobot;Penanggung jawab;Keterangan;Keterangan
1;2;3;4;5;6;7;8
1;gov 4;Tata Kelola;Aduan ditindaklanjuti;40;Diskominfo;
2;ENV-08;Lautan;Sampah terkelola;30,5;DLH;
3;ENV-8;Lingkungan;Sampah terkelola lagi;10;DLH;
4;;Lingkungan;Tanpa kode;10;DLH;
5;LIV-7;Kehidupan;;10;Dinkes;
6;7;Kehidupan;Nomor saja;10;Dinkes;
7;SOC-01;Masyarakat;`+strings.Repeat("panjang ", 60)+`;banyak;Diskominfo;
8;SOC-02;Masyarakat;=A1&B1;34,5;-;
9;SOC-03;;Ide ditanggapi;=SUM(E3:E9);Diskominfo;
;Jumlah;;;105;;
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, indicator := range sheet.Indicators {
		codes = append(codes, fmt.Sprintf("%s %s %d", indicator.Code, indicator.Dimension, indicator.Weight))
	}
	if difference := cmp.Diff([]string{"GOV-04 governance 4000", "ENV-08  3050", "SOC-01 society 0", "SOC-03 society 0"}, codes); difference != "" {
		t.Error(difference)
	}
	if difference := cmp.Diff([]SheetProblem{
		{4, "ENV-08", ProblemUnknownDimension, "Lautan"},
		{5, "ENV-08", ProblemDuplicateCode, "4"},
		{6, "", ProblemNoCode, "Tanpa kode"},
		{7, "LIV-07", ProblemNoName, ""},
		{8, "", ProblemBadCode, "7"},
		{9, "SOC-01", ProblemBadNumber, "banyak"},
		{9, "SOC-01", ProblemTooLong, "panjang panjang panjang panjang panjang…"},
		{10, "SOC-02", ProblemNoName, ""},
		{11, "SOC-03", ProblemFormula, ""},
		{0, "", ProblemWeightSum, "7050"},
	}, sheet.Problems); difference != "" {
		t.Error(difference)
	}
	if !slices.Equal(sheet.UnknownColumns, []string{"Keterangan", "Keterangan"}) {
		t.Errorf("unknown columns %q", sheet.UnknownColumns)
	}
}

// TestSectionsAndJoinedCells: a dimension may stand above its indicators, or in the
// first of them alone.
func TestSectionsAndJoinedCells(t *testing.T) {
	sheet, err := ReadIndicators(workbook(t, [][]string{
		{"Kode", "Nama", "Penanggung jawab"},
		{"SMART GOVERNANCE"}, {"GOV-01", "Perizinan daring", "DPMPTSP"}, {"GOV-02", "Pengaduan", "Diskominfo"},
		{"Dimensi Lingkungan"}, {"ENV-01", "Kualitas lingkungan", "DLH"},
	}, nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	joined, err := ReadIndicators([]byte("Dimensi,Subdimensi,Kode,Nama,OPD\nSmart Living,Kesehatan,LIV-01,Antrean,Dinkes\n,,LIV-02,Obat,Dinkes\n,,SOC-01,Kelas,Dinsos\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(sheet.Fields, []string{columnDimension, columnName, columnOwner}) || slices.Contains(joined.Fields, columnWeight) {
		t.Errorf("the sheets have %q and %q", sheet.Fields, joined.Fields)
	}
	var got []string
	for _, indicator := range append(sheet.Indicators, joined.Indicators...) {
		got = append(got, indicator.Code+" "+string(indicator.Dimension)+" "+indicator.Subdimension)
	}
	want := []string{"GOV-01 governance ", "GOV-02 governance ", "ENV-01 environment ", "LIV-01 living Kesehatan", "LIV-02 living Kesehatan", "SOC-01  "}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Error(difference)
	}
	if difference := cmp.Diff([]SheetProblem{{4, "SOC-01", ProblemUnknownDimension, ""}}, joined.Problems); difference != "" {
		t.Error(difference)
	}
}

func TestNumbersOfEitherFormat(t *testing.T) {
	for text, want := range map[string]string{
		"12,5": "12.5", "12.5": "12.5", "1.250,75": "1250.75", "1,250.75": "1250.75", "7,5 %": "7.5%", "7.5persen": "7.5%", "1.250.000": "1250000",
		"1,250,000": "1250000", "7.125": "7.125", "5": "5", " 5 ": "5", "7.4999999999999997E-2": "0.075", "-3": "-3",
		"": "", "lima": "", "5 buah": "", "%": "", "1e999": "", "5,,": "", "Inf": "", "NaN": "", "0x10": "",
	} {
		read, ok := readNumber(text)
		got := ""
		if ok {
			got = strconv.FormatFloat(read.value, 'f', -1, 64)
			if read.percent {
				got += "%"
			}
		}
		if got != want {
			t.Errorf("%q is read as %q, not %q", text, got, want)
		}
	}
}

func TestWeightsOfSheets(t *testing.T) {
	plain, percent := func(value float64) sheetNumber { return sheetNumber{value: value} }, func(value float64) sheetNumber { return sheetNumber{value, true} }
	for name, test := range map[string]struct {
		numbers []sheetNumber
		want    []int
	}{
		"percent as numbers":       {[]sheetNumber{plain(40), plain(60)}, []int{4000, 6000}},
		"cells shown as percent":   {[]sheetNumber{plain(0.4), plain(0.65), plain(0)}, []int{4000, 6500, 0}},
		"some written as percent":  {[]sheetNumber{plain(0.4), plain(0.3), percent(30)}, []int{4000, 3000, 3000}},
		"small weights of many":    {[]sheetNumber{plain(0.5), plain(0.8), plain(98.7)}, []int{50, 80, 9870}},
		"a single one says enough": {[]sheetNumber{plain(1)}, []int{100}},
	} {
		if got := weightsOf(test.numbers); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, not %v", name, got, test.want)
		}
	}
}

// TestPercentCells: cells that a workbook shows as percent are kept as parts of one.
func TestPercentCells(t *testing.T) {
	rows := [][]string{{"Kode", "Nama", "Dimensi", "OPD", "Target", "Bobot"}, {"ENV-01", "A", "Lingkungan", "DLH"}, {"ENV-02", "B", "Lingkungan", "DLH"}}
	sheet, err := ReadIndicators(workbook(t, rows, func(file *excelize.File) {
		style, err := file.NewStyle(&excelize.Style{NumFmt: 9})
		if err != nil {
			t.Fatal(err)
		}
		for cell, value := range map[string]float64{"E2": 0.7, "F2": 0.075, "E3": 0.8, "F3": 0.925} {
			if err := file.SetCellFloat("Sheet1", cell, value, -1, 64); err != nil {
				t.Fatal(err)
			}
		}
		if err := file.SetCellStyle("Sheet1", "E2", "F3", style); err != nil {
			t.Fatal(err)
		}
	}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := sheet.Indicators; got[0].Weight != 750 || got[1].Weight != 9250 || got[0].Target != "70%" || len(sheet.Problems) != 0 {
		t.Errorf("%+v, problems %v", got, sheet.Problems)
	}
}

// TestFormulasOfWorkbooks: the last result is taken, and it is said that it is one.
func TestFormulasOfWorkbooks(t *testing.T) {
	rows := [][]string{{"Kode", "Nama", "Dimensi", "OPD", "Bobot"}, {"ENV-01", "A", "Lingkungan", "DLH"}, {"ENV-02", "B", "Lingkungan", "DLH"}}
	sheet, err := ReadIndicators(workbook(t, rows, func(file *excelize.File) {
		for cell, value := range map[string]int{"E2": 40, "E3": 60} {
			if err := file.SetCellInt("Sheet1", cell, int64(value)); err != nil {
				t.Fatal(err)
			}
		}
		for cell, formula := range map[string]string{"E3": "100-E2", "D3": `HYPERLINK("http://contoh.id","DLH")`, "Z9": "NOW()"} {
			if err := file.SetCellFormula("Sheet1", cell, formula); err != nil {
				t.Fatal(err)
			}
		}
	}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(sheet.Indicators) != 2 || sheet.Indicators[0].Weight != 4000 {
		t.Fatalf("%+v", sheet.Indicators)
	}
	formulas := slices.DeleteFunc(slices.Clone(sheet.Problems), func(problem SheetProblem) bool { return problem.Kind != ProblemFormula })
	if difference := cmp.Diff([]SheetProblem{{3, "ENV-02", ProblemFormula, ""}}, formulas); difference != "" {
		t.Error(difference)
	}
}

func TestHeadingsAreUnderstood(t *testing.T) {
	for name, want := range map[string]string{
		"KODE": columnCode, "Kode Indikator": columnCode, "bobot %": columnWeight, "Bobot (%)": columnWeight, "Weight": columnWeight,
		"Penanggung-jawab": columnOwner, "OPD": columnOwner, "PIC / OPD": columnOwner, "Contoh\nbukti": columnExamples, "Data dukung": columnExamples,
		"Target 2026": columnTarget, "Sub Dimensi": columnSubdimension, "Nama": columnName, "No.": columnIgnored, "Catatan": "", "": "",
	} {
		if got := columnMeaning(name); got != want {
			t.Errorf("%q is understood as %q, not %q", name, got, want)
		}
	}
}

// TestIndicatorsComeBackAsTheyWere: whatever stands in the cells, and in whichever
// order the columns are, every indicator comes back as it was written.
func TestIndicatorsComeBackAsTheyWere(t *testing.T) {
	word := rapid.StringMatching(`[A-Za-z][A-Za-zé";,' ]{0,20}[A-Za-z]`)
	rapid.Check(t, func(t *rapid.T) {
		var want []council.Indicator
		for i := range rapid.IntRange(1, 12).Draw(t, "rows") {
			want = append(want, council.Indicator{
				Code: fmt.Sprintf("%s-%02d", rapid.SampledFrom([]string{"GOV", "ENV", "LIV"}).Draw(t, "letters"), i+1), Dimension: rapid.SampledFrom(council.Dimensions).Draw(t, "dimension"),
				Name: oneLine(word.Draw(t, "name")), Owner: oneLine(word.Draw(t, "owner")), Weight: rapid.IntRange(0, council.WholeWeight).Draw(t, "weight"),
			})
		}
		order := rapid.Permutation(allColumns()).Draw(t, "order")
		var content bytes.Buffer
		writer := csv.NewWriter(&content)
		writer.Comma = rapid.SampledFrom([]rune{';', ',', '\t'}).Draw(t, "separator")
		table := tableOf(want, order, indonesianHeadings)
		for _, row := range table[1:] { // with a sign, so that no weight is taken for a part of one
			row[slices.Index(order, columnWeight)] += " %"
		}
		if err := writer.WriteAll(table); err != nil {
			t.Fatal(err)
		}
		sheet, err := ReadIndicators(content.Bytes(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if difference := cmp.Diff(want, sheet.Indicators); difference != "" {
			t.Fatal(difference)
		}
	})
}

func TestText(t *testing.T) {
	for _, test := range []struct {
		name    string
		content string
		want    string
		isText  bool
	}{
		{"UTF-8", "Hari Raya – Idulfitri", "Hari Raya – Idulfitri", true},
		{"with its mark", "\ufeff1 Mei", "1 Mei", true},
		{"Latin-1", "Kenaikan Yesus Kristus \xe9\xa0x", "Kenaikan Yesus Kristus é\u00a0x", true},
		{"western Windows", "Nyepi \x96 Idulfitri", "Nyepi – Idulfitri", true},
		{"empty", "", "", true},
		{"zeros", "a\x00b", "", false},
		{"UTF-16", "\xff\xfe1\x00 \x00M\x00", "1 M", true},
		{"an archive", "PK\x03\x04\x14\x00\x06\x00", "", false},
		{"signs nobody sees", "\x01\x02\x03\x04abc", "\x01\x02\x03\x04abc", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, isText := Text([]byte(test.content)); isText != test.isText || isText && got != test.want {
				t.Errorf("%q, %v", got, isText)
			}
		})
	}
}

// TestAsManyAsThereMayBe reads the largest sheet that is taken.
func TestAsManyAsThereMayBe(t *testing.T) {
	var indicators []council.Indicator
	city := cityIndicators(t)
	for i := range council.IndicatorsLimit {
		indicator := city[i%120]
		indicator.Code, indicator.Weight = fmt.Sprintf("IND-%02d", i+1), 2
		indicators = append(indicators, indicator)
	}
	sheet, err := ReadIndicators(workbook(t, tableOf(indicators, allColumns(), indonesianHeadings), nil), nil)
	if err != nil || len(sheet.Indicators) != council.IndicatorsLimit || len(sheet.Problems) != 0 {
		t.Fatalf("%d read, %d problems, %v", len(sheet.Indicators), len(sheet.Problems), err)
	}
	if sheet.Indicators[4999] != indicators[4999] {
		t.Errorf("the last one is %+v", sheet.Indicators[4999])
	}
	if _, err := ReadIndicators(separated(t, tableOf(append(indicators, council.Indicator{Code: "IND-5001", Name: "x"}), allColumns(), indonesianHeadings), ';'), nil); err != SheetTooLarge {
		t.Errorf("one more ends with %v", err)
	}
}

// BenchmarkReadIndicators reads 2,000 indicators from a workbook.
func BenchmarkReadIndicators(b *testing.B) {
	var indicators []council.Indicator
	city := cityIndicators(b)
	for i := range 2000 {
		indicator := city[i%120]
		indicator.Code = fmt.Sprintf("IND-%02d", i+1)
		indicators = append(indicators, indicator)
	}
	content := workbook(b, tableOf(indicators, allColumns(), indonesianHeadings), nil)
	b.ReportAllocs()
	for b.Loop() {
		if sheet, err := ReadIndicators(content, nil); err != nil || len(sheet.Indicators) != 2000 {
			b.Fatalf("%d read, %v", len(sheet.Indicators), err)
		}
	}
}

// TestSumsOfRoundedWeights: what is left over by rounding is no problem, a percent is.
func TestSumsOfRoundedWeights(t *testing.T) {
	for name, test := range map[string]struct {
		weights []int
		want    []SheetProblem
	}{
		"a third each":      {[]int{3333, 3333, 3333}, nil},
		"a third of 120":    {slices.Repeat([]int{83}, 120), nil},
		"one percent short": {[]int{3300, 3300, 3300}, []SheetProblem{{Kind: ProblemWeightSum, Value: "9900"}}},
		"too much":          {[]int{5000, 5500}, []SheetProblem{{Kind: ProblemWeightSum, Value: "10500"}}},
		"none at all":       {[]int{0, 0}, nil},
	} {
		var indicators []council.Indicator
		for _, weight := range test.weights {
			indicators = append(indicators, council.Indicator{Code: "ENV-08", Dimension: council.Environment, Owner: "DLH", Weight: weight})
		}
		if difference := cmp.Diff(test.want, CheckIndicators(indicators)); difference != "" {
			t.Errorf("%s: %s", name, difference)
		}
	}
	lacking := CheckIndicators([]council.Indicator{{Code: "ENV-08"}})
	if difference := cmp.Diff([]SheetProblem{{Code: "ENV-08", Kind: ProblemUnknownDimension}, {Code: "ENV-08", Kind: ProblemNoOwner}}, lacking); difference != "" {
		t.Error(difference)
	}
}
