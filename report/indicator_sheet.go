package report

import (
	"bytes"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// IndicatorSheetLimit is how many bytes a sheet of indicators may have.
const IndicatorSheetLimit = 5 << 20

// IndicatorSheet is what was understood of a sheet of indicators.
type IndicatorSheet struct {
	Indicators     []council.Indicator // that can be kept, without ids and evaluation, as the sheet has them
	Fields         []string            // of council.IndicatorFields: what the sheet has columns for
	Problems       []SheetProblem      // in the order of rows; what concerns all of them last
	UnknownColumns []string            // headings that mean nothing here
	Macros         bool                // there are macros in the file, which were not looked at
}

// SheetProblem is something about a sheet that somebody should look at.
type SheetProblem struct {
	Row   int         // as the sheet counts, from 1; 0 where it concerns no row of a sheet
	Code  string      // of the indicator, if it is known
	Kind  ProblemKind // what it is
	Value string      // what stands there
}

// ProblemKind names a problem. The words stand in the sentences.
type ProblemKind string

// Kinds of problems. With the first four, the row cannot be kept.
const (
	ProblemNoCode        ProblemKind = "no_code"
	ProblemBadCode       ProblemKind = "bad_code"
	ProblemNoName        ProblemKind = "no_name"
	ProblemDuplicateCode ProblemKind = "duplicate_code" // the row before, Value, counts

	ProblemUnknownDimension ProblemKind = "unknown_dimension"
	ProblemNoOwner          ProblemKind = "no_owner"
	ProblemBadNumber        ProblemKind = "bad_number" // no weight is kept
	ProblemTooLong          ProblemKind = "too_long"   // cut
	ProblemFormula          ProblemKind = "formula"    // the last result is taken, if the file has it
	ProblemWeightSum        ProblemKind = "weight_sum" // Value is the sum in hundredths of a percent
)

// ProblemKinds lists the problems in the order in which they are spoken of.
var ProblemKinds = []ProblemKind{ProblemNoCode, ProblemBadCode, ProblemNoName, ProblemDuplicateCode,
	ProblemUnknownDimension, ProblemNoOwner, ProblemBadNumber, ProblemTooLong, ProblemFormula, ProblemWeightSum}

// Hinders tells whether a row with this problem cannot be kept.
func (k ProblemKind) Hinders() bool {
	return k == ProblemNoCode || k == ProblemBadCode || k == ProblemNoName || k == ProblemDuplicateCode
}

// SheetFailure is why nothing can be read of a sheet. The words stand in the sentences.
type SheetFailure string

// Failures.
const (
	SheetNoTable   SheetFailure = "type"      // neither XLSX nor a table as text
	SheetOld       SheetFailure = "old"       // a format of before 2007
	SheetEncrypted SheetFailure = "encrypted" // opens with a password only
	SheetDamaged   SheetFailure = "damaged"
	SheetTooLarge  SheetFailure = "large" // also once it is unpacked
	SheetEmpty     SheetFailure = "empty" // nothing stands below the headings
	SheetNoHeading SheetFailure = "heading"
)

// Error implements error.
func (f SheetFailure) Error() string { return "the sheet cannot be read: " + string(f) }

// ReadIndicators reads the indicators of an evaluation out of a workbook (XLSX) or a
// table as text (CSV with comma, semicolon or tab). Columns are known by their
// headings in either language, in any order; nothing in the file is reckoned or run.
// The time and memory that it takes are bounded, whatever the content is. The only
// errors are SheetFailures.
func ReadIndicators(content []byte, own locale.OwnGroups) (sheet IndicatorSheet, err error) {
	defer func() {
		if recover() != nil { // in the library: whoever made the file must not stop the program
			sheet, err = IndicatorSheet{}, SheetDamaged
		}
	}()
	if len(content) > IndicatorSheetLimit {
		return sheet, SheetTooLarge
	}
	switch {
	case bytes.HasPrefix(content, []byte("PK")):
		return readWorkbook(content, own)
	case bytes.HasPrefix(content, []byte("\xD0\xCF\x11\xE0")): // the container of old workbooks, and of encrypted ones
		if bytes.Contains(content, wide("EncryptedPackage")) {
			return sheet, SheetEncrypted
		}
		return sheet, SheetOld
	}
	return readTable(content, own)
}

// wide writes letters as such a container has them: two bytes each.
func wide(text string) (bytes []byte) {
	for _, letter := range []byte(text) {
		bytes = append(bytes, letter, 0)
	}
	return bytes
}

// sheetRow is a row of a sheet as it came.
type sheetRow struct {
	number   int
	cells    []string     // as they are shown
	raw      []string     // numbers as the file keeps them; nil where that is the same
	formulas map[int]bool // cells that are reckoned
}

// cell is what stands in a column, without blanks around and inside; "" for none.
func (r sheetRow) cell(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return oneLine(r.cells[column])
}

// number is a cell with its number as the file keeps it.
func (r sheetRow) numberText(column int) string {
	if column >= 0 && column < len(r.raw) {
		return oneLine(r.raw[column])
	}
	return r.cell(column)
}

// filled are the columns in which something stands.
func (r sheetRow) filled() (columns []int) {
	for column := range r.cells {
		if r.cell(column) != "" {
			columns = append(columns, column)
		}
	}
	return columns
}

// Bounds of what is looked at.
const (
	headingRows  = 40  // the headings stand in one of the first rows
	sheetColumns = 200 // of a row
	sheetsRead   = 20  // of a workbook
	spareRows    = 500 // beside the indicators: titles, sections, sums
	emptyRows    = 500 // in a row end a sheet
)

// rowCollector takes the rows of a sheet until they end or are too many.
type rowCollector struct {
	rows  []sheetRow
	empty int
}

// add takes a row and tells whether there may be more.
func (c *rowCollector) add(row sheetRow) (more bool, err error) {
	row.cells = row.cells[:min(len(row.cells), sheetColumns)]
	if len(row.filled()) == 0 && len(row.formulas) == 0 {
		c.empty++
		return c.empty < emptyRows, nil
	}
	c.empty = 0
	c.rows = append(c.rows, row)
	if len(c.rows) > council.IndicatorsLimit+spareRows {
		return false, SheetTooLarge
	}
	return true, nil
}
