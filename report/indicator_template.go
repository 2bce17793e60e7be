package report

import (
	"io"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// templateWidths are the columns of the template, in their order.
var templateWidths = []struct {
	field string
	width float64
}{
	{columnCode, 10}, {columnDimension, 18}, {columnSubdimension, 24}, {columnName, 50}, {columnUnit, 12}, {columnTarget, 12},
	{columnWeight, 10}, {columnOwner, 26}, {columnExamples, 44},
}

// WriteIndicatorTemplate writes a workbook that ReadIndicators reads: the headings
// with an example for each dimension, whose weights add up, and a sheet of hints.
func WriteIndicatorTemplate(w io.Writer, speak locale.Speaker) error {
	sheet := Sheet{Name: speak.Say("indicator.template.sheet"), Language: speak.Language}
	for _, column := range templateWidths {
		kind := ColumnText
		if column.field == columnWeight {
			kind = ColumnNumber
		}
		sheet.Columns = append(sheet.Columns, Column{Heading: speak.Say("indicator.template.heading." + column.field), Kind: kind, Width: column.width})
	}
	weights := []float64{16, 16, 17, 17, 17, 17}
	for i, dimension := range council.Dimensions {
		example := func(part string) string { return speak.Say("indicator.template." + string(dimension) + "." + part) }
		sheet.Rows = append(sheet.Rows, []any{example("code"), speak.Say("dimension." + string(dimension)), example("subdimension"), example("name"),
			example("unit"), example("target"), weights[i], example("owner"), example("examples")})
	}
	hints := Sheet{Name: speak.Say("indicator.template.hints"), Language: speak.Language, Columns: []Column{
		{Heading: speak.Say("indicator.template.column"), Kind: ColumnText, Width: 22}, {Heading: speak.Say("indicator.template.hint"), Kind: ColumnText, Width: 90},
	}}
	for _, column := range templateWidths {
		hints.Rows = append(hints.Rows, []any{speak.Say("indicator.template.heading." + column.field), speak.Say("indicator.template.hint_for." + column.field)})
	}
	return WriteWorkbook(w, sheet, hints)
}
