package report

import (
	"cmp"
	"strconv"
	"strings"
)

// Sizes of official papers, in millimetres; of letters in points.
const (
	formPoints = 11
	formHeight = formPoints * lineHeight / bodyPoints
	formIndent = 7  // of what stands behind a number
	factWidth  = 33 // of the name of a fact
	signWidth  = 78 // of a signature
	signSpace  = 22 // for the hand that signs
)

// allLines is for what is never cut.
const allLines = 1 << 20

// fact is a line of a form: what is asked, and what is written there. Nothing is
// known where there are dots.
type fact struct{ name, value string }

// write writes paragraphs in a column, over as many pages as they take: one line at
// least, since something else may stand beside it.
func (p *paper) write(text, style string, x, width float64) {
	p.letters(style, formPoints, inkColor)
	var lines []string
	for paragraph := range strings.Lines(text) {
		lines = append(lines, p.lines(onPaper(paragraph), width, allLines)...)
	}
	for i := range max(1, len(lines)) {
		p.room(formHeight)
		p.letters(style, formPoints, inkColor)
		p.put(at(lines, i), x, p.y+formHeight*0.75)
		p.y += formHeight
	}
}

// at is a line of several; "" beyond them.
func at(lines []string, index int) string {
	if index >= len(lines) {
		return ""
	}
	return lines[index]
}

// centered writes a text in the middle of the page.
func (p *paper) centered(text, style string, points float64) {
	p.letters(style, points, inkColor)
	height := points * lineHeight / bodyPoints
	for _, line := range p.lines(onPaper(text), textWidth, allLines) {
		p.room(height)
		p.letters(style, points, inkColor)
		p.put(line, (paperWidth-p.pdf.GetStringWidth(line))/2, p.y+height*0.75)
		p.y += height
	}
}

// dots is a line of dots to be written on by hand.
func (p *paper) dots(width float64) string {
	return strings.Repeat(".", int(width/p.pdf.GetStringWidth(".")))
}

// name writes the name of a fact and its colon, and gives where its value begins.
func (p *paper) name(name string, x, width float64) float64 {
	const colon = 3
	p.room(formHeight)
	p.letters("", formPoints, inkColor)
	p.put(p.cut(name, width), x, p.y+formHeight*0.75)
	p.put(":", x+width, p.y+formHeight*0.75)
	return x + width + colon
}

// facts writes names, colons, and what belongs to each, however long it is.
func (p *paper) facts(x, nameWidth float64, facts []fact) {
	for _, fact := range facts {
		at := p.name(fact.name, x, nameWidth)
		width := paperMargin + textWidth - at
		p.write(cmp.Or(fact.value, p.dots(min(width, 70))), "", at, width)
	}
}

// numbered writes things below each other, each behind its number.
func (p *paper) numbered(x float64, items []string) {
	width := paperMargin + textWidth - x - formIndent
	for i, item := range items {
		p.room(formHeight)
		p.letters("", formPoints, inkColor)
		p.put(strconv.Itoa(i+1)+".", x, p.y+formHeight*0.75)
		p.write(item, "", x+formIndent, width)
	}
}

// signature is where somebody signs: what stands above, the name, and what stands below.
type signature struct {
	above []string
	name  string // empty: dots
	below []string
}

// styled is a line as it is written.
type styled struct{ text, style string }

// signatures writes up to two signatures beside each other, the last one at the right,
// on one page as far as they fit there.
func (p *paper) signatures(all ...signature) {
	above, below := make([][]styled, len(all)), make([][]styled, len(all))
	for i, one := range all {
		above[i] = p.styled(one.above, "")
		name := one.name
		if name == "" {
			name = p.dots(signWidth * 0.8)
		}
		below[i] = append(p.styled([]string{name}, "B"), p.styled(one.below, "")...)
	}
	p.room(min(formHeight*float64(longest(above)+longest(below))+signSpace, paperBottom-paperTop))
	p.sideBySide(above)
	p.y += signSpace
	p.sideBySide(below)
}

// styled breaks texts into the lines of a signature.
func (p *paper) styled(texts []string, style string) (lines []styled) {
	p.letters(style, formPoints, inkColor)
	for _, text := range texts {
		for _, line := range p.lines(onPaper(text), signWidth, allLines) {
			lines = append(lines, styled{line, style})
		}
	}
	return lines
}

// sideBySide writes columns of lines: the last one at the right, one before it at the left.
func (p *paper) sideBySide(columns [][]styled) {
	for line := range longest(columns) {
		p.room(formHeight)
		for i, column := range columns {
			x := float64(paperMargin)
			if i == len(columns)-1 {
				x = paperMargin + textWidth - signWidth
			}
			if line < len(column) {
				p.letters(column[line].style, formPoints, inkColor)
				p.put(column[line].text, x, p.y+formHeight*0.75)
			}
		}
		p.y += formHeight
	}
}

func longest[T any](columns [][]T) (most int) {
	for _, column := range columns {
		most = max(most, len(column))
	}
	return most
}
