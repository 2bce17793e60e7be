package report

import (
	"cmp"
	"io"
	"iter"
	"strconv"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// sheet writes the index as a sheet.
func (i packIndex) sheet(to io.Writer) error {
	speak := i.contents.Speak
	return WriteWorkbook(to, Sheet{Name: speak.Say("pack.index"), Language: speak.Language, Others: i.sheetRows(), Columns: packColumns(speak, []Column{
		{"dimension", ColumnText, 18}, {"code", ColumnText, 10}, {"indicator", ColumnText, 44}, {"owner", ColumnText, 22}, {"state", ColumnText, 20},
		{"file", ColumnText, 60}, {"date", ColumnMoment, 0}, {"size", ColumnNumber, 14}, {"check", ColumnText, 68}, {"note", ColumnText, 44},
	})})
}

// packColumns gives columns, which have the ends of keys in the places of their
// headings, their headings.
func packColumns(speak locale.Speaker, columns []Column) []Column {
	for i := range columns {
		columns[i].Heading = speak.Say("pack.column." + columns[i].Heading)
	}
	return columns
}

// sheetRows has a row for each piece of evidence, and one for an indicator without.
func (i packIndex) sheetRows() iter.Seq[[]any] {
	speak := i.contents.Speak
	return func(yield func([]any) bool) {
		for _, entry := range i.byDimension() {
			_, dimension := dimensionPlace(speak, entry.Dimension)
			about := func(state council.EvidenceState, rest ...any) bool {
				return yield(append([]any{dimension, entry.Code, entry.Name, entry.Owner, speak.Say("pack.state." + string(state))}, rest...))
			}
			if len(entry.rows) == 0 && !about(entry.State()) {
				return
			}
			for _, row := range entry.rows {
				file, size := row.path, any(row.evidence.Size)
				if row.hash == "" {
					file, size = cmp.Or(linkOf(*row.evidence), row.evidence.Link, row.evidence.Words), nil
				}
				if !about(row.evidence.State, file, row.evidence.CreatedAt.In(i.contents.Zone), size, row.hash, i.note(row)) {
					return
				}
			}
		}
	}
}

// sizeWords writes a number of bytes for people: "1,2 MB".
func sizeWords(speak locale.Speaker, size int64) string {
	switch {
	case size >= 1_000_000_000:
		return speak.Decimal(float64(size)/1_000_000_000) + " GB"
	case size >= 1_000_000:
		return speak.Decimal(float64(size)/1_000_000) + " MB"
	case size >= 1000:
		return speak.Decimal(float64(size)/1000) + " kB"
	}
	return strconv.FormatInt(size, 10) + " B"
}
