package report

import (
	"bytes"
	"cmp"
	"errors"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/locale"
)

// packColumn is a column of a sheet: the end of its heading's key, and its width in
// letters.
type packColumn struct {
	key   string
	width float64
}

var indexColumns = []packColumn{
	{"dimension", 18}, {"code", 10}, {"indicator", 44}, {"owner", 22}, {"state", 20}, {"file", 60}, {"date", 24}, {"size", 14}, {"check", 68}, {"note", 44},
}

// dateFormats show a moment as "11 Juni 2026 09.00", in the language of the sheet
// whichever the reader's program speaks.
var dateFormats = map[string]string{locale.Indonesian: `[$-421]d mmmm yyyy hh"."mm`, locale.English: `[$-809]d mmmm yyyy hh:mm`}

// sheet writes the index as a sheet.
func (i packIndex) sheet(to *bytes.Buffer) error {
	return packSheet(to, i.contents.Speak, i.contents.Speak.Say("pack.index"), indexColumns, i.sheetRows())
}

// sheetRows has a row for each piece of evidence, and one for an indicator without.
func (i packIndex) sheetRows() (rows [][]any) {
	speak := i.contents.Speak
	for _, entry := range i.byDimension() {
		_, dimension := dimensionPlace(speak, entry.Dimension)
		about := func(state string, rest ...any) []any {
			return append([]any{dimension, entry.Code, entry.Name, entry.Owner, speak.Say("pack.state." + state)}, rest...)
		}
		if len(entry.rows) == 0 {
			rows = append(rows, about(string(entry.State())))
		}
		for _, row := range entry.rows {
			file, size := row.path, any(row.evidence.Size)
			if row.hash == "" {
				file, size = cmp.Or(linkOf(*row.evidence), row.evidence.Link, row.evidence.Words), nil
			}
			rows = append(rows, about(string(row.evidence.State), file, row.evidence.CreatedAt.In(i.contents.Zone), size, row.hash, i.note(row)))
		}
	}
	return rows
}

// packSheet writes a workbook of one sheet, with a heading that stays in sight and a
// filter below it. Local times become dates; what people have written stands there as
// text, and is never reckoned with.
func packSheet(to *bytes.Buffer, speak locale.Speaker, title string, columns []packColumn, rows [][]any) (err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := file.SetSheetName("Sheet1", title); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(columns), len(rows)+1)
	if err != nil {
		return err
	}
	if err := file.AutoFilter(title, "A1:"+last, nil); err != nil {
		return err
	}
	stream, err := file.NewStreamWriter(title)
	if err != nil {
		return err
	}
	if err := packHeading(file, stream, speak, columns); err != nil {
		return err
	}
	format := dateFormats[speak.Language]
	dates, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	for number, row := range rows {
		for at, value := range row {
			if moment, isDate := value.(time.Time); isDate {
				row[at] = excelize.Cell{StyleID: dates, Value: onTheWall(moment)}
			}
		}
		if err := stream.SetRow("A"+strconv.Itoa(number+2), row); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return file.Write(to)
}

func packHeading(file *excelize.File, stream *excelize.StreamWriter, speak locale.Speaker, columns []packColumn) error {
	bold, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6EAEE"}}})
	if err != nil {
		return err
	}
	head := make([]any, len(columns))
	for at, column := range columns {
		if err := stream.SetColWidth(at+1, at+1, column.width); err != nil {
			return err
		}
		head[at] = excelize.Cell{StyleID: bold, Value: speak.Say("pack.column." + column.key)}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return stream.SetRow("A1", head)
}

// onTheWall is a local time as a sheet keeps it, which knows no zones.
func onTheWall(local time.Time) time.Time {
	return time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
}

// sizeWords writes a number of bytes for people: "1,2 MB".
func sizeWords(speak locale.Speaker, size int64) string {
	switch {
	case size >= 1_000_000:
		return speak.Decimal(float64(size)/1_000_000) + " MB"
	case size >= 1000:
		return speak.Decimal(float64(size)/1000) + " kB"
	}
	return strconv.FormatInt(size, 10) + " B"
}
