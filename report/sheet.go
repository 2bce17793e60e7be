package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// ColumnKind is what the cells of a column hold.
type ColumnKind string

// Kinds of columns, and the values that their cells take. A string may stand in each
// of them, and is text; nil and the zero time leave a cell empty.
const (
	ColumnText    ColumnKind = "text"
	ColumnNumber  ColumnKind = "number"  // int, int64, float64
	ColumnDate    ColumnKind = "date"    // council.Day, or a time.Time on its own clock
	ColumnMoment  ColumnKind = "moment"  // time.Time, to the minute on its own clock
	ColumnPercent ColumnKind = "percent" // float64: 0.5 is 50 %
)

// Column is one of a sheet. Its width is in letters; 0 chooses one by the kind.
type Column struct {
	Heading string
	Kind    ColumnKind
	Width   float64
}

// Sheet is one table of a workbook: a heading for every column, and below it rows
// that have as many values, or fewer.
type Sheet struct {
	Name     string // what no sheet can be called is changed
	Language string // of its dates; Indonesian if it is empty
	Columns  []Column
	Rows     [][]any
	Others   iter.Seq[[]any] // more rows, each of which is put together when it is written; nil: none
}

// Limits of sheets, as spreadsheet programs have them.
const (
	cellLimit      = 32767 // UTF-16 units of a text
	sheetNameLimit = 31    // UTF-16 units
	rowLimit       = 1 << 20
	widthLimit     = 100 // in letters; wider is too wide to read
)

// WriteWorkbook writes sheets as an XLSX workbook: typed cells, headings that stay
// in sight, and a filter. What is a string stands there as text, whatever it begins
// with, and is never reckoned with: also not when somebody edits it there. Control
// characters are left out, and what is longer than a cell is cut with a mark. Values
// that are not of their column's kind, and more rows than a sheet has, are errors.
func WriteWorkbook(w io.Writer, sheets ...Sheet) (err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	taken := map[string]bool{}
	for at, sheet := range sheets {
		name := sheetName(sheet.Name, taken)
		if at == 0 {
			err = file.SetSheetName(file.GetSheetName(0), name)
		} else {
			_, err = file.NewSheet(name)
		}
		if err != nil {
			return err
		}
		if err := writeSheet(file, name, sheet); err != nil {
			return fmt.Errorf("sheet %d: %w", at+1, err)
		}
	}
	return file.Write(w)
}

// sheetName is a name that a sheet can have and that none of the others has.
func sheetName(name string, taken map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, cellText(name))
	name = cmp.Or(strings.Trim(strings.Join(strings.Fields(name), " "), "' "), "1")
	found := strings.Trim(cutUnits(name, sheetNameLimit), "' ")
	for number := 2; taken[strings.ToLower(found)]; number++ {
		behind := " " + strconv.Itoa(number)
		found = cutUnits(name, sheetNameLimit-len(behind)) + behind
	}
	taken[strings.ToLower(found)] = true
	return found
}

func writeSheet(file *excelize.File, name string, sheet Sheet) error {
	if len(sheet.Columns) == 0 {
		return errors.New("a sheet without columns cannot be written")
	}
	styles, err := newSheetStyles(file, cmp.Or(sheet.Language, locale.Indonesian))
	if err != nil {
		return err
	}
	stream, err := file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := writeHeadings(stream, sheet.Columns, styles); err != nil {
		return err
	}
	number := 1
	for row := range sheet.all() {
		if number++; number > rowLimit {
			return fmt.Errorf("more than %d rows cannot be written", rowLimit-1)
		}
		cells, err := styles.row(sheet.Columns, row)
		if err != nil {
			return fmt.Errorf("row %d: %w", number-1, err)
		}
		if err := stream.SetRow("A"+strconv.Itoa(number), cells); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(sheet.Columns), number)
	if err != nil {
		return err
	}
	if err := file.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	return stream.Flush()
}

// all are the rows of a sheet, in their order.
func (s Sheet) all() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, row := range s.Rows {
			if !yield(row) {
				return
			}
		}
		if s.Others != nil {
			s.Others(yield)
		}
	}
}

func writeHeadings(stream *excelize.StreamWriter, columns []Column, styles sheetStyles) error {
	headings := make([]any, len(columns))
	for at, column := range columns {
		width := min(cmp.Or(column.Width, usualWidths[column.Kind]), widthLimit)
		if err := stream.SetColWidth(at+1, at+1, width); err != nil {
			return err
		}
		headings[at] = excelize.Cell{StyleID: styles.heading, Value: cellText(column.Heading)}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return stream.SetRow("A1", headings)
}

// usualWidths are the widths of columns that say none, in letters.
var usualWidths = map[ColumnKind]float64{ColumnText: 30, ColumnNumber: 12, ColumnDate: 20, ColumnMoment: 26, ColumnPercent: 10}

// row writes values as cells of their columns' kinds.
func (s sheetStyles) row(columns []Column, values []any) ([]any, error) {
	if len(values) > len(columns) {
		return nil, fmt.Errorf("%d values for %d columns", len(values), len(columns))
	}
	cells := make([]any, len(values))
	for at, value := range values {
		cell, err := s.cell(columns[at].Kind, value)
		if err != nil {
			return nil, fmt.Errorf("column %d: %w", at+1, err)
		}
		cells[at] = cell
	}
	return cells, nil
}

// cell writes a value as a cell of a kind; nil is an empty one.
func (s sheetStyles) cell(kind ColumnKind, value any) (any, error) {
	switch value := value.(type) {
	case nil:
		return nil, nil
	case string:
		return s.text(value), nil
	case int, int64:
		if kind == ColumnNumber {
			return excelize.Cell{StyleID: s.kinds[kind], Value: value}, nil
		}
	case float64:
		if (kind == ColumnNumber || kind == ColumnPercent) && !math.IsNaN(value) && !math.IsInf(value, 0) {
			return excelize.Cell{StyleID: s.kinds[kind], Value: value}, nil
		}
	case council.Day:
		if kind == ColumnDate {
			return s.moment(kind, value.At(0, 0, time.UTC)), nil
		}
	case time.Time:
		switch {
		case value.IsZero():
			return nil, nil
		case kind == ColumnDate || kind == ColumnMoment:
			return s.moment(kind, value), nil
		}
	}
	return nil, fmt.Errorf("a %T is no %s", value, kind)
}

// text writes words as words. What a program might take for a formula when somebody
// edits the cell is marked as text.
func (s sheetStyles) text(words string) any {
	words = cellText(words)
	switch {
	case words == "":
		return nil
	case strings.ContainsRune("=+-@\t\r\n", rune(words[0])):
		return excelize.Cell{StyleID: s.quoted, Value: words}
	}
	return excelize.Cell{StyleID: s.kinds[ColumnText], Value: words}
}

// moment writes a time as its own clock shows it: a sheet knows no zones.
func (s sheetStyles) moment(kind ColumnKind, local time.Time) any {
	hour, minute := local.Hour(), local.Minute()
	if kind == ColumnDate {
		hour, minute = 0, 0
	}
	return excelize.Cell{StyleID: s.kinds[kind], Value: time.Date(local.Year(), local.Month(), local.Day(), hour, minute, 0, 0, time.UTC)}
}
