package report

import (
	"regexp"
	"strings"

	"github.com/rembuk/rembuk/locale"
)

// What the columns of a sheet are, as the table "indicator_column" of the words says.
const (
	columnCode         = "code"
	columnDimension    = "dimension"
	columnSubdimension = "subdimension"
	columnName         = "name"
	columnUnit         = "unit"
	columnTarget       = "target"
	columnWeight       = "weight"
	columnOwner        = "owner"
	columnExamples     = "examples"
	columnIgnored      = "ignored" // a running number
)

// heading is the row that names the columns.
type heading struct {
	at      int            // its place among the rows
	columns map[string]int // what is known, and where it stands
	unknown []string
}

// column is where something stands; -1 for nowhere.
func (h heading) column(meaning string) int {
	if column, known := h.columns[meaning]; known {
		return column
	}
	return -1
}

// findHeading finds the row that names the most columns, code and name among them.
func findHeading(rows []sheetRow) (best heading, found bool) {
	for at, row := range rows[:min(len(rows), headingRows)] {
		head := headingOf(at, row)
		if head.column(columnCode) >= 0 && head.column(columnName) >= 0 && len(head.columns) > len(best.columns) {
			best, found = head, true
		}
	}
	return best, found
}

func headingOf(at int, row sheetRow) heading {
	head := heading{at: at, columns: make(map[string]int)}
	for _, column := range row.filled() {
		name := row.cell(column)
		meaning := columnMeaning(name)
		_, taken := head.columns[meaning]
		switch {
		case meaning == columnIgnored:
		case meaning == "" || taken:
			head.unknown = append(head.unknown, name)
		default:
			head.columns[meaning] = column
		}
	}
	return head
}

var inBrackets = regexp.MustCompile(`[(\[].*[)\]]`)

// columnMeaning reads a heading: "Bobot (%)", "Target 2026", "OPD / Penanggung Jawab".
// It is "" for what is not known.
func columnMeaning(name string) string {
	plain := strings.TrimRight(inBrackets.ReplaceAllString(name, ""), "0123456789 ")
	for _, words := range append([]string{name, plain}, strings.FieldsFunc(plain, func(r rune) bool { return r == '/' || r == ',' || r == ':' })...) {
		if meaning, known := locale.Meaning("indicator_column", words); known {
			return meaning
		}
	}
	return ""
}

// oneLine writes what stands in a cell on one line, with single blanks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
