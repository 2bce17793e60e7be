package report

import (
	"bytes"
	"strings"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	"github.com/go-analyze/charts"

	"github.com/rembuk/rembuk/locale"
)

// Sizes on paper (A4, upright) in millimetres; of letters in points.
const (
	paperWidth   = 210
	paperHeight  = 297
	paperMargin  = 20
	paperTop     = 18
	paperBottom  = paperHeight - 22 // where the text ends; below stands the foot
	textWidth    = paperWidth - 2*paperMargin
	lineHeight   = 4.8
	smallHeight  = 4.2
	bodyPoints   = 10
	smallPoints  = 8.5
	headPoints   = 12.5
	titlePoints  = 18
	cellGap      = 3.5
	rowPadding   = 1.3
	headingSpace = 9
)

const fontName = "liberation"

// paper is a document while it is written, from top to bottom, page by page.
type paper struct {
	pdf   *fpdf.Fpdf
	speak locale.Speaker
	y     float64
	foot  string // at the left of every page's foot; empty: nothing stands there
}

// newPaper begins a document. The same text at the same moment makes the same bytes.
func newPaper(title, foot string, at time.Time, speak locale.Speaker) *paper {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(at.UTC())
	pdf.SetModificationDate(at.UTC())
	pdf.SetLang(speak.Language)
	pdf.SetTitle(onPaper(title), true)
	pdf.SetProducer("Rembuk", true)
	pdf.AddUTF8FontFromBytes(fontName, "", liberationsansregular.TTF)
	pdf.AddUTF8FontFromBytes(fontName, "B", liberationsansbold.TTF)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	p := &paper{pdf: pdf, speak: speak, foot: onPaper(foot)}
	p.turn()
	return p
}

// content gives the finished document.
func (p *paper) content() ([]byte, error) {
	p.feet()
	var content bytes.Buffer
	err := p.pdf.Output(&content)
	return content.Bytes(), err
}

// turn begins a new page; the letters stay as they are.
func (p *paper) turn() {
	p.pdf.AddPage()
	p.y = paperTop
}

// feet are written when everything else stands there, since each names the last page.
func (p *paper) feet() {
	pages := p.pdf.PageCount()
	for page := 1; page <= pages; page++ {
		p.pdf.SetPage(page)
		p.letters("", smallPoints, quietColor)
		number := p.speak.Say("paper.page", "Page", page, "Pages", pages)
		if p.foot == "" && pages == 1 {
			number = "" // a letter on one page
		}
		width := p.pdf.GetStringWidth(number)
		p.put(p.cut(p.foot, textWidth-width-cellGap), paperMargin, paperBottom+8)
		p.put(number, paperWidth-paperMargin-width, paperBottom+8)
	}
}

// room turns the page where so much does not fit on it any more.
func (p *paper) room(height float64) {
	if p.y+height > paperBottom {
		p.turn()
	}
}

func (p *paper) letters(style string, points float64, color charts.Color) {
	p.pdf.SetFont(fontName, style, points)
	p.pdf.SetTextColor(int(color.R), int(color.G), int(color.B))
}

// put writes one line whose letters stand on y.
func (p *paper) put(text string, x, y float64) {
	p.pdf.Text(x, y, text)
}

func (p *paper) fill(x, y, width, height float64, color charts.Color) {
	p.pdf.SetFillColor(int(color.R), int(color.G), int(color.B))
	p.pdf.Rect(x, y, width, height, "F")
}

// heading begins a section, on the page on which what follows at once stands too.
func (p *paper) heading(text string, follows float64) {
	p.room(headingSpace + 5 + follows)
	if p.y > paperTop {
		p.y += headingSpace - 4
	}
	p.letters("B", headPoints, inkColor)
	p.put(p.cut(onPaper(text), textWidth), paperMargin, p.y+4.5)
	p.fill(paperMargin, p.y+6.6, textWidth, 0.3, nowColor)
	p.y += headingSpace
}

// say writes a paragraph of at most so many lines.
func (p *paper) say(text, style string, points float64, most int) {
	p.letters(style, points, inkColor)
	lines := p.lines(onPaper(text), textWidth, most)
	height := points * lineHeight / bodyPoints
	p.room(height * float64(len(lines)))
	for _, line := range lines {
		p.put(line, paperMargin, p.y+height*0.75)
		p.y += height
	}
}

// lines breaks a text between words, and what is longer than a line within them.
// Of what does not fit into so many lines the last one shows that it is cut.
func (p *paper) lines(text string, width float64, most int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		longer := strings.TrimSpace(line + " " + word)
		if p.pdf.GetStringWidth(longer) <= width {
			line = longer
			continue
		}
		if line != "" {
			lines, line = append(lines, line), ""
		}
		for len(lines) <= most && p.pdf.GetStringWidth(word) > width {
			fits := p.beginning(word, width)
			lines, word = append(lines, word[:fits]), word[fits:]
		}
		line = word
		if len(lines) > most {
			break
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) > most {
		lines[most-1] = p.cut(lines[most-1]+" "+lines[most], width)
		lines = lines[:most]
	}
	return lines
}

// beginning is how many bytes of a word fit into a width: one letter at least.
func (p *paper) beginning(word string, width float64) int {
	fits := 0
	for at, r := range word {
		end := at + len(string(r))
		if fits > 0 && p.pdf.GetStringWidth(word[:end]) > width {
			break
		}
		fits = end
	}
	return fits
}

// cut shortens a line to a width, with a mark.
func (p *paper) cut(text string, width float64) string {
	if p.pdf.GetStringWidth(text) <= width {
		return text
	}
	room := width - p.pdf.GetStringWidth("…")
	return strings.TrimRight(text[:p.beginning(text, room)], " ,;·") + "…"
}
