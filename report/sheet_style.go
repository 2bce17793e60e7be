package report

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/locale"
)

// sheetStyles are how the cells of a workbook look, by their numbers there.
type sheetStyles struct {
	heading int
	quoted  int // text that a program might take for a formula
	kinds   map[ColumnKind]int
}

// sheetFormats show days and moments in a language, whichever the reader's program
// speaks: "11 Juni 2026 09.00".
var sheetFormats = map[string]map[ColumnKind]string{
	locale.Indonesian: {ColumnDate: `[$-421]d mmmm yyyy`, ColumnMoment: `[$-421]d mmmm yyyy hh"."mm`},
	locale.English:    {ColumnDate: `[$-809]d mmmm yyyy`, ColumnMoment: `[$-809]d mmmm yyyy hh:mm`},
}

func newSheetStyles(file *excelize.File, language string) (styles sheetStyles, err error) {
	style := func(style excelize.Style) (number int) {
		if err == nil {
			number, err = file.NewStyle(&style)
		}
		return number
	}
	styles.heading = style(excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6EAEE"}},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	top := &excelize.Alignment{Vertical: "top"}
	words := &excelize.Alignment{Vertical: "top", WrapText: true}
	const textFormat, percentFormat = 49, 9 // built in: "@", "0%"
	date, moment := sheetFormats[language][ColumnDate], sheetFormats[language][ColumnMoment]
	styles.kinds = map[ColumnKind]int{
		ColumnText:    style(excelize.Style{Alignment: words}),
		ColumnNumber:  style(excelize.Style{Alignment: top}),
		ColumnDate:    style(excelize.Style{Alignment: top, CustomNumFmt: &date}),
		ColumnMoment:  style(excelize.Style{Alignment: top, CustomNumFmt: &moment}),
		ColumnPercent: style(excelize.Style{Alignment: top, NumFmt: percentFormat}),
	}
	styles.quoted = style(excelize.Style{Alignment: words, NumFmt: textFormat})
	if err == nil {
		file.Styles.CellXfs.Xf[styles.quoted].QuotePrefix = new(true) // what the library has no setting for
	}
	return styles, err
}

// cellText is a text as a cell can hold it: without what XML does not allow, and cut
// where it is too long.
func cellText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == '\uFFFE', r == '\uFFFF':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return cutUnits(text, cellLimit)
}

// cutUnits cuts a text to so many UTF-16 units, between letters and with a mark.
func cutUnits(text string, limit int) string {
	if len(text) <= limit { // no letter has more units than bytes
		return text
	}
	units, fits := 0, 0
	for at, letter := range text {
		units += utf16.RuneLen(letter)
		if units > limit {
			return text[:fits] + "…"
		}
		if units < limit {
			fits = at + utf8.RuneLen(letter)
		}
	}
	return text
}
