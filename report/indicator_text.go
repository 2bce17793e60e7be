package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	encoding "golang.org/x/text/encoding/unicode"

	"github.com/rembuk/rembuk/locale"
)

// Text reads a file as text: in UTF-8, with the mark of UTF-16 in that, otherwise in
// the alphabet of western Windows, of which Latin-1 is a part; false when it is no text.
func Text(content []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		decoded, err := encoding.UTF16(encoding.LittleEndian, encoding.UseBOM).NewDecoder().Bytes(content)
		if err != nil {
			return "", false
		}
		content = decoded
	case !utf8.Valid(content):
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(content)
		if err != nil {
			return "", false
		}
		content = decoded
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	strange := 0
	for _, letter := range string(content) {
		if letter == 0 {
			return "", false
		}
		if unicode.IsControl(letter) && !unicode.IsSpace(letter) || letter == utf8.RuneError {
			strange++
		}
	}
	return string(content), strange*20 <= len(content)
}

// readTable reads a table as text. What separates its cells is found by what makes
// the most sense of the headings.
func readTable(content []byte, own locale.OwnGroups) (IndicatorSheet, error) {
	text, isText := Text(content)
	switch {
	case !isText:
		return IndicatorSheet{}, SheetNoTable
	case strings.TrimSpace(text) == "":
		return IndicatorSheet{}, SheetEmpty
	}
	best, bestMeaning := rune(';'), 0
	for _, separator := range []rune{';', ',', '\t'} {
		rows, err := tableRows(text, separator, headingRows)
		if err != nil {
			return IndicatorSheet{}, err
		}
		if head, found := findHeading(rows); found && len(head.columns) > bestMeaning {
			best, bestMeaning = separator, len(head.columns)
		}
	}
	rows, err := tableRows(text, best, 0)
	if err != nil {
		return IndicatorSheet{}, err
	}
	return readRows(rows, own)
}

// tableRows cuts a text into rows; at most so many, all for 0.
func tableRows(text string, separator rune, most int) ([]sheetRow, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord = separator, true, -1
	var collector rowCollector
	for most == 0 || len(collector.rows) < most {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, SheetDamaged
		}
		line, _ := reader.FieldPos(0)
		row := sheetRow{number: line, cells: cells}
		for column, cell := range row.cells {
			if strings.HasPrefix(strings.TrimSpace(cell), "=") { // a table as text has no results of what is to be reckoned
				if row.formulas == nil {
					row.formulas = make(map[int]bool)
				}
				row.formulas[column], row.cells[column] = true, ""
			}
		}
		if more, err := collector.add(row); err != nil || !more {
			return collector.rows, err
		}
	}
	return collector.rows, nil
}
