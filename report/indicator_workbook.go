package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/locale"
)

// Bounds of a workbook once it is unpacked, so that a small file cannot become a
// large one.
const (
	workbookUnpacked = 24 << 20
	workbookParts    = 1000
	workbookWords    = 200_000 // different words: all are taken into memory at once
)

// readWorkbook reads the first sheet that has the headings of indicators.
func readWorkbook(content []byte, own locale.OwnGroups) (sheet IndicatorSheet, err error) {
	macros, err := lookIntoWorkbook(content)
	if err != nil {
		return sheet, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{
		UnzipSizeLimit: workbookUnpacked, UnzipXMLSizeLimit: workbookUnpacked, // no part goes to the disk
	})
	switch {
	case errors.Is(err, excelize.ErrWorkbookPassword), errors.Is(err, excelize.ErrWorkbookFileFormat):
		return sheet, SheetEncrypted
	case err != nil:
		return sheet, SheetDamaged
	}
	defer book.Close()
	if bytes.Count(packedPart(book, "xl/sharedStrings.xml"), []byte("<si")) > workbookWords {
		return sheet, SheetTooLarge
	}
	names := book.GetSheetList()
	failure := SheetEmpty
	for _, name := range names[:min(len(names), sheetsRead)] {
		rows, err := workbookRows(book, name)
		if err != nil {
			return sheet, err
		}
		if len(rows) == 0 {
			continue
		}
		sheet, err = readRows(rows, own)
		sheet.Macros = macros
		if !errors.Is(err, SheetNoHeading) {
			return sheet, err
		}
		failure = SheetNoHeading
	}
	return IndicatorSheet{}, failure
}

// lookIntoWorkbook looks at what is packed before anything is unpacked.
func lookIntoWorkbook(content []byte) (macros bool, err error) {
	packed, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return false, SheetDamaged
	}
	size, isWorkbook := uint64(0), false
	for _, part := range packed.File {
		size += min(part.UncompressedSize64, workbookUnpacked+1)
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		isWorkbook = isWorkbook || name == "xl/workbook.xml"
		macros = macros || path.Base(name) == "vbaproject.bin"
		if part.Flags&1 != 0 {
			return macros, SheetEncrypted
		}
	}
	switch {
	case size > workbookUnpacked || len(packed.File) > workbookParts:
		return macros, SheetTooLarge
	case !isWorkbook:
		return macros, SheetNoTable
	}
	return macros, nil
}

// workbookRows takes the rows of a sheet; none of what is no table, such as a chart.
func workbookRows(book *excelize.File, name string) ([]sheetRow, error) {
	shown, err := book.Rows(name)
	if err != nil {
		return nil, nil
	}
	defer shown.Close()
	kept, err := book.Rows(name)
	if err != nil {
		return nil, nil
	}
	defer kept.Close()
	formulas := formulasOf(book, name)
	var collector rowCollector
	for number := 1; shown.Next() && kept.Next(); number++ {
		row := sheetRow{number: number, formulas: formulas[number]}
		if row.cells, err = shown.Columns(); err != nil {
			return nil, SheetDamaged
		}
		if row.raw, err = kept.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return nil, SheetDamaged
		}
		if more, err := collector.add(row); err != nil || !more {
			return collector.rows, err
		}
	}
	if shown.Error() != nil {
		return nil, SheetDamaged
	}
	return collector.rows, nil
}

// formulasOf finds the cells of a sheet that are reckoned, by their row and column.
// Reading them through the library would take all of the sheet into memory.
func formulasOf(book *excelize.File, name string) map[int]map[int]bool {
	content := partOf(book, name)
	if !bytes.Contains(content, []byte("<f")) && !bytes.Contains(content, []byte(":f")) {
		return nil
	}
	found := make(map[int]map[int]bool)
	decoder := xml.NewDecoder(bytes.NewReader(content))
	cell := ""
	for count := 0; count < sheetColumns*1000; {
		token, err := decoder.RawToken()
		if err != nil {
			break
		}
		element, starts := token.(xml.StartElement)
		switch {
		case !starts:
		case element.Name.Local == "c":
			cell = attribute(element, "r")
		case element.Name.Local == "f":
			column, row, err := excelize.CellNameToCoordinates(cell)
			if err != nil {
				continue
			}
			if found[row] == nil {
				found[row] = make(map[int]bool)
			}
			found[row][column-1] = true
			count++
		}
	}
	return found
}

// partOf is the part of a workbook that holds a sheet, as the file has it.
func partOf(book *excelize.File, name string) []byte {
	var sheets struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			Tie  string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var ties struct {
		Ties []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(packedPart(book, "xl/workbook.xml"), &sheets) != nil || xml.Unmarshal(packedPart(book, "xl/_rels/workbook.xml.rels"), &ties) != nil {
		return nil
	}
	for _, sheet := range sheets.Sheets {
		for _, tie := range ties.Ties {
			if sheet.Name == name && sheet.Tie == tie.ID {
				return packedPart(book, strings.TrimPrefix(path.Join("/xl", tie.Target), "/"), strings.TrimPrefix(tie.Target, "/"))
			}
		}
	}
	return nil
}

// packedPart is the first of these parts that is in the file.
func packedPart(book *excelize.File, names ...string) []byte {
	for _, name := range names {
		if part, is := book.Pkg.Load(name); is {
			content, _ := part.([]byte)
			return content
		}
	}
	return nil
}

func attribute(element xml.StartElement, name string) string {
	for _, attribute := range element.Attr {
		if attribute.Name.Local == name {
			return attribute.Value
		}
	}
	return ""
}
