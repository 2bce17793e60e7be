package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Document is a paper that people go on writing in an office program: headings,
// paragraphs and tables of plain text, as a .docx file. The zero Document is empty.
type Document struct {
	Title string // stands in the file's properties
	body  bytes.Buffer
}

// headingLevels is how deep headings go.
const headingLevels = 3

// Heading adds a heading; level 1 is the paper's own, 2 and 3 stand below it.
func (d *Document) Heading(level int, text string) {
	level = min(max(level, 1), headingLevels)
	d.paragraph(fmt.Sprintf(`<w:pPr><w:pStyle w:val="Heading%d"/></w:pPr>`, level), "", text)
}

// Paragraph adds a paragraph; line breaks in the text stay.
func (d *Document) Paragraph(text string) { d.paragraph("", "", text) }

// Note adds a paragraph that tells whoever writes on what is still missing.
func (d *Document) Note(text string) {
	d.paragraph("", `<w:rPr><w:i/><w:color w:val="7F7F7F"/></w:rPr>`, text)
}

// Table adds a table over the whole width; each row has as many cells as there are
// headings, whatever is missing is empty. Without headings the first row says how many.
func (d *Document) Table(headings []string, rows [][]string) {
	columns := len(headings)
	if columns == 0 && len(rows) > 0 {
		columns = len(rows[0])
	}
	if columns == 0 {
		return
	}
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>`)
	d.body.WriteString(strings.Repeat(`<w:gridCol/>`, columns) + `</w:tblGrid>`)
	if len(headings) > 0 {
		d.row(headings, columns, `<w:trPr><w:tblHeader/></w:trPr>`, `<w:rPr><w:b/></w:rPr>`)
	}
	for _, row := range rows {
		d.row(row, columns, "", "")
	}
	d.body.WriteString(`</w:tbl><w:p/>`) // two tables would else become one
}

func (d *Document) row(cells []string, columns int, properties, letters string) {
	d.body.WriteString(`<w:tr>` + properties)
	for i := range columns {
		text := ""
		if i < len(cells) {
			text = cells[i]
		}
		d.body.WriteString(`<w:tc>`)
		d.paragraph("", letters, text)
		d.body.WriteString(`</w:tc>`)
	}
	d.body.WriteString(`</w:tr>`)
}

// paragraph writes one paragraph of plain text, in which nothing means anything but
// itself.
func (d *Document) paragraph(properties, letters, text string) {
	d.body.WriteString(`<w:p>` + properties + `<w:r>` + letters)
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			d.body.WriteString(`<w:br/>`)
		}
		d.body.WriteString(`<w:t xml:space="preserve">` + escaped(line) + `</w:t>`)
	}
	d.body.WriteString(`</w:r></w:p>`)
}

// escaped is text as XML; letters that XML does not know are left out.
func escaped(text string) string {
	known := strings.Map(func(letter rune) rune {
		if letter == '\t' || letter >= 0x20 && letter <= 0xD7FF || letter >= 0xE000 && letter <= 0xFFFD || letter >= 0x10000 {
			return letter
		}
		return -1
	}, strings.ToValidUTF8(text, ""))
	var written strings.Builder
	_ = xml.EscapeText(&written, []byte(known)) // a builder takes everything
	return written.String()
}

// Write writes the document as a .docx file. The same document makes the same bytes.
func (d *Document) Write(w io.Writer) error {
	archive := zip.NewWriter(w)
	for _, part := range []struct{ name, content string }{
		{"[Content_Types].xml", documentTypes},
		{"_rels/.rels", documentRelations},
		{"docProps/core.xml", strings.ReplaceAll(documentProperties, "{title}", escaped(d.Title))},
		{"word/_rels/document.xml.rels", documentStyleRelation},
		{"word/styles.xml", documentStyles},
		{"word/document.xml", documentHead + d.body.String() + documentFoot},
	} {
		file, err := archive.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(file, part.content); err != nil {
			return err
		}
	}
	return archive.Close()
}
