// Package report makes pictures of what the store holds, for people to look at on
// a phone and to hand on.
package report

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-analyze/charts"
)

// comparison is a picture of numbers now and before, in sections of rows: a name,
// and below it one bar for each of the two.
type comparison struct {
	Title    string
	Now      string // what the first bars stand for
	Before   string // what the second bars stand for
	Sections []section
}

type section struct {
	Title string
	Rows  []row
}

// row has two numbers, which are written as they are, or in these words.
type row struct {
	Name        string
	Now, Before int
	Words       [2]string
}

// written are the two numbers as they stand beside the name.
func (r row) written() (now, before string) {
	return cmp.Or(r.Words[0], strconv.Itoa(r.Now)), cmp.Or(r.Words[1], strconv.Itoa(r.Before))
}

// Sizes in pixels. The picture is as wide as two and a half phones, so that the
// smallest letters are as high there as those of a message.
const (
	pictureWidth  = 1080
	pictureMargin = 44
	titleHeight   = 72
	legendHeight  = 60
	sectionHeight = 88
	nameHeight    = 46
	nowHeight     = 28
	beforeHeight  = 16
	rowGap        = 22
	barGap        = 3
	numberWidth   = 92 // of one number beside a name
	nameWidth     = pictureWidth - 2*pictureMargin - 2*numberWidth
	nameLines     = 3
	titleSize     = 36
	sectionSize   = 30
	textSize      = 27
)

// Colours that people who see few colours tell apart, on white: a dark blue and a
// light grey.
var (
	inkColor    = charts.ColorFromHex("#1A1A1A")
	quietColor  = charts.ColorFromHex("#5C5C5C")
	nowColor    = charts.ColorFromHex("#0063A6")
	beforeColor = charts.ColorFromHex("#949494")
	lineColor   = charts.ColorFromHex("#DDDDDD")
)

// canvas is a picture while it is painted, from top to bottom.
type canvas struct {
	painter *charts.Painter
	y       int
}

// png paints the comparison. Its height follows from its rows.
func (c comparison) png() ([]byte, error) {
	height := c.height()
	picture := newCanvas(height)
	picture.painter.FilledRect(0, 0, pictureWidth, height, charts.ColorWhite, charts.ColorWhite, 0)
	picture.write(c.Title, pictureMargin, pictureWidth-pictureMargin, titleHeight, titleSize, inkColor)
	picture.y += titleHeight
	picture.legend(c.Now, c.Before)
	for _, section := range c.Sections {
		picture.section(section)
	}
	return picture.painter.Bytes()
}

func newCanvas(height int) canvas {
	return canvas{painter: charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: pictureWidth, Height: height}), y: pictureMargin}
}

func (c comparison) height() int {
	measure := newCanvas(1)
	height := 2*pictureMargin + titleHeight + 2*legendHeight
	for _, section := range c.Sections {
		height += sectionHeight
		for _, row := range section.Rows {
			height += len(measure.lines(row.Name))*nameHeight + nowHeight + barGap + beforeHeight + rowGap
		}
	}
	return height
}

// most is the largest number of a section: its bars compare.
func (s section) most() int {
	most := 1
	for _, row := range s.Rows {
		most = max(most, row.Now, row.Before)
	}
	return most
}

// legend says what the two bars are, each in a line of its own.
func (c *canvas) legend(now, before string) {
	for _, entry := range []struct {
		text   string
		height int
		color  charts.Color
	}{{now, nowHeight, nowColor}, {before, beforeHeight, beforeColor}} {
		top := c.y + (legendHeight-entry.height)/2
		c.painter.FilledRect(pictureMargin, top, pictureMargin+56, top+entry.height, entry.color, entry.color, 0)
		c.write(entry.text, pictureMargin+76, pictureWidth-pictureMargin, legendHeight, textSize, inkColor)
		c.y += legendHeight
	}
}

func (c *canvas) section(s section) {
	c.painter.FilledRect(pictureMargin, c.y+14, pictureWidth-pictureMargin, c.y+16, lineColor, lineColor, 0)
	c.y += 20
	c.write(s.Title, pictureMargin, pictureWidth-pictureMargin, sectionHeight-20, sectionSize, inkColor)
	c.y += sectionHeight - 20
	for _, row := range s.Rows {
		c.row(row, s.most())
	}
}

func (c *canvas) row(r row, most int) {
	right := pictureWidth - pictureMargin
	now, before := r.written()
	lines := c.lines(r.Name)
	for i, line := range lines {
		c.write(line, pictureMargin, pictureMargin+nameWidth, nameHeight, textSize, inkColor)
		if i == len(lines)-1 {
			c.number(now, right-numberWidth, nowColor)
			c.number(before, right, quietColor)
		}
		c.y += nameHeight
	}
	c.bar(r.Now, most, nowHeight, nowColor)
	c.y += nowHeight + barGap
	c.bar(r.Before, most, beforeHeight, beforeColor)
	c.y += beforeHeight + rowGap
}

// bar paints a number; of 0 only a line is left.
func (c *canvas) bar(number, most, height int, color charts.Color) {
	length := max(3, (pictureWidth-2*pictureMargin)*number/most)
	c.painter.FilledRect(pictureMargin, c.y, pictureMargin+length, c.y+height, color, color, 0)
}

// number writes a number that ends at right.
func (c *canvas) number(text string, right int, color charts.Color) {
	c.write(text, right-c.width(text, textSize), right, nameHeight, textSize, color)
}

// write writes one line from left, in the middle of a height. What does not fit
// before right is left out, with a mark.
func (c *canvas) write(text string, left, right, height int, size float64, color charts.Color) {
	text = c.fit(printable(text), right-left, size)
	c.painter.Text(text, left, c.y+height/2+int(size/3), 0, font(size, color))
}

// lines breaks a name into the lines that a row has for it.
func (c *canvas) lines(name string) []string { return c.broken(name, nameWidth, textSize, nameLines) }

// broken breaks a text between words where it is too long for one line. What is too
// long for the last line stays in it.
func (c *canvas) broken(text string, width int, size float64, most int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(printable(text)) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && len(lines) < most-1 && c.width(longer, size) > width {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	return append(lines, line)
}

// fit shortens a text to a width.
func (c *canvas) fit(text string, width int, size float64) string {
	short := []rune(text)
	for fitted := text; ; fitted = strings.TrimRight(string(short), " ") + "…" {
		if c.width(fitted, size) <= width || len(short) == 0 {
			return fitted
		}
		short = short[:len(short)-1]
	}
}

func (c *canvas) width(text string, size float64) int {
	return c.painter.MeasureText(text, 0, font(size, inkColor)).Width()
}

func font(size float64, color charts.Color) charts.FontStyle {
	return charts.FontStyle{FontSize: size, FontColor: color, Font: charts.GetFont(charts.FontFamilyRoboto)}
}

// printable leaves out what the built-in letters do not have, such as pictures in
// the titles of groups.
func printable(text string) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Latin, unicode.Nd, unicode.P, unicode.Zs) || r == '+' || r == '=' {
			return r
		}
		return -1
	}, text)
	return strings.ReplaceAll(strings.Join(strings.Fields(kept), " "), " )", ")")
}
