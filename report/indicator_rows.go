package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// valueLength is how many runes of a cell a problem quotes.
const valueLength = 40

// sheetReader reads the rows of a sheet one after another.
type sheetReader struct {
	heading
	sheet   IndicatorSheet
	byCode  map[string]int // the row that has a code
	numbers []sheetNumber  // the weights as they stand there
	rows    []int          // of the indicators
	own     locale.OwnGroups

	section council.Dimension  // what a line above the rows says
	above   *council.Indicator // the row before, where cells are joined
}

// readRows reads the rows below the headings.
func readRows(rows []sheetRow, own locale.OwnGroups) (IndicatorSheet, error) {
	head, found := findHeading(rows)
	if !found {
		return IndicatorSheet{}, SheetNoHeading
	}
	r := sheetReader{own: own, heading: head, byCode: make(map[string]int)}
	r.sheet.UnknownColumns = head.unknown
	for _, row := range rows[head.at+1:] {
		if !r.isBeside(row) {
			r.read(row)
		}
	}
	switch {
	case len(r.rows) == 0 && len(r.sheet.Problems) == 0:
		return IndicatorSheet{}, SheetEmpty
	case len(r.rows) > council.IndicatorsLimit:
		return IndicatorSheet{}, SheetTooLarge
	}
	for _, field := range council.IndicatorFields {
		if r.column(field) >= 0 || field == columnDimension && slices.ContainsFunc(r.sheet.Indicators, hasDimension) {
			r.sheet.Fields = append(r.sheet.Fields, field)
		}
	}
	for i, weight := range weightsOf(r.numbers) {
		r.sheet.Indicators[i].Weight = weight
	}
	for i, indicator := range r.sheet.Indicators {
		r.sheet.Problems = append(r.sheet.Problems, lacking(r.rows[i], indicator)...)
	}
	slices.SortStableFunc(r.sheet.Problems, func(a, b SheetProblem) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(slices.Index(ProblemKinds, a.Kind), slices.Index(ProblemKinds, b.Kind)))
	})
	r.sheet.Problems = append(r.sheet.Problems, weightProblem(r.sheet.Indicators)...)
	return r.sheet, nil
}

// isBeside tells whether a row is no indicator: the name of a dimension above its
// indicators, a sum below them, or the numbers of the columns.
func (r *sheetReader) isBeside(row sheetRow) bool {
	filled := row.filled()
	if len(filled) == 1 {
		if dimension, known := dimensionOf(row.cell(filled[0]), r.own); known {
			r.section, r.above = dimension, nil
			return true
		}
	}
	if row.cell(r.column(columnCode)) == "" || row.cell(r.column(columnName)) == "" {
		for _, column := range filled {
			if _, sums := locale.Meaning("indicator_sum", row.cell(column)); sums {
				return true
			}
		}
	}
	first := 0
	for i, column := range filled {
		counted, err := strconv.Atoi(strings.Trim(row.cell(column), "()"))
		if i == 0 {
			first = counted
		}
		if err != nil || counted != first+i || len(filled) < 3 {
			return false
		}
	}
	return len(filled) > 0
}

// read reads a row as an indicator, or says why it is none.
func (r *sheetReader) read(row sheetRow) {
	code, isCode := council.IndicatorCode(row.cell(r.column(columnCode)))
	hinder := func(kind ProblemKind, value string) { r.problem(row, code, kind, value) }
	switch {
	case len(row.filled()) == 0:
		return
	case row.cell(r.column(columnCode)) == "":
		hinder(ProblemNoCode, row.cell(r.column(columnName)))
		return
	case !isCode:
		hinder(ProblemBadCode, row.cell(r.column(columnCode)))
		return
	case r.byCode[code] != 0:
		hinder(ProblemDuplicateCode, strconv.Itoa(r.byCode[code]))
		return
	case row.cell(r.column(columnName)) == "":
		hinder(ProblemNoName, "")
		return
	}
	indicator := council.Indicator{Code: code,
		Subdimension: r.text(row, code, columnSubdimension), Name: r.text(row, code, columnName),
		Unit: r.text(row, code, columnUnit), Target: r.text(row, code, columnTarget),
		Owner: r.text(row, code, columnOwner), Examples: r.text(row, code, columnExamples)}
	indicator.Dimension = r.dimension(row, &indicator)
	r.byCode[code] = row.number
	r.rows = append(r.rows, row.number)
	r.numbers = append(r.numbers, r.weight(row, code))
	r.sheet.Indicators = append(r.sheet.Indicators, indicator)
	r.above = &indicator
	for column := range row.formulas {
		if slices.Contains(r.known(), column) {
			r.problem(row, code, ProblemFormula, "")
			break
		}
	}
}

// known are the columns that mean something.
func (r *sheetReader) known() (columns []int) {
	for _, column := range r.columns {
		columns = append(columns, column)
	}
	return columns
}

// text is what stands in a column, cut where it is too long.
func (r *sheetReader) text(row sheetRow, code, meaning string) string {
	text := withoutDash(row.cell(r.column(meaning)))
	short := cut(text, IndicatorLengths[meaning])
	if short != text {
		r.problem(row, code, ProblemTooLong, text)
	}
	return short
}

// weight is the number of a row; 0 where none stands there, or none that can be one.
func (r *sheetReader) weight(row sheetRow, code string) sheetNumber {
	text := withoutDash(row.numberText(r.column(columnWeight)))
	if text == "" {
		return sheetNumber{}
	}
	read, isNumber := readNumber(text)
	if !isNumber || !read.isWeight() {
		r.problem(row, code, ProblemBadNumber, text)
		return sheetNumber{}
	}
	return read
}

// dimension is that of a row. Where cells are joined it stands in the first of them
// only: codes that begin alike are of one dimension.
func (r *sheetReader) dimension(row sheetRow, indicator *council.Indicator) council.Dimension {
	words := row.cell(r.column(columnDimension))
	dimension, known := dimensionOf(words, r.own)
	isBelow := r.above != nil && lettersOf(r.above.Code) == lettersOf(indicator.Code)
	switch {
	case known:
		return dimension
	case words != "":
		r.problem(row, indicator.Code, ProblemUnknownDimension, words)
		return ""
	case isBelow && r.above.Dimension != "":
		if indicator.Subdimension == "" {
			indicator.Subdimension = r.above.Subdimension
		}
		return r.above.Dimension
	}
	if r.section == "" {
		r.problem(row, indicator.Code, ProblemUnknownDimension, "")
	}
	return r.section
}

func (r *sheetReader) problem(row sheetRow, code string, kind ProblemKind, value string) {
	r.sheet.Problems = append(r.sheet.Problems, SheetProblem{row.number, code, kind, cut(value, valueLength)})
}

// lacking says what an indicator does not have yet.
func lacking(row int, indicator council.Indicator) (problems []SheetProblem) {
	if indicator.Owner == "" {
		problems = append(problems, SheetProblem{Row: row, Code: indicator.Code, Kind: ProblemNoOwner})
	}
	return problems
}

// weightProblem tells when the weights do not add up to the whole. Rounding each of
// them may leave a little over, and where there is no weight at all, none is missing.
func weightProblem(indicators []council.Indicator) []SheetProblem {
	sum := 0
	for _, indicator := range indicators {
		sum += indicator.Weight
	}
	off := max(sum-council.WholeWeight, council.WholeWeight-sum)
	if sum == 0 || off <= len(indicators)/2 {
		return nil
	}
	return []SheetProblem{{Kind: ProblemWeightSum, Value: strconv.Itoa(sum)}}
}

// CheckIndicators says what is still to be completed in indicators that come from no sheet.
func CheckIndicators(indicators []council.Indicator) (problems []SheetProblem) {
	for _, indicator := range indicators {
		if indicator.Dimension == "" {
			problems = append(problems, SheetProblem{Code: indicator.Code, Kind: ProblemUnknownDimension})
		}
		problems = append(problems, lacking(0, indicator)...)
	}
	return append(problems, weightProblem(indicators)...)
}

func hasDimension(indicator council.Indicator) bool { return indicator.Dimension != "" }

// dimensionOf reads the name of a dimension: "Smart Environment", "Lingkungan", or the
// city's own.
func dimensionOf(words string, own locale.OwnGroups) (council.Dimension, bool) {
	name, _ := own.Meaning(words)
	dimension := council.Dimension(name)
	return dimension, slices.Contains(council.Dimensions, dimension)
}

func lettersOf(code string) string { return strings.TrimRight(code, "0123456789") }

// cut shortens a text to so many runes, with a mark.
func cut(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return strings.TrimRight(string([]rune(text)[:limit-1]), " ") + "…"
}
