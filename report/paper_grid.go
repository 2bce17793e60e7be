package report

// Of a table with lines around its cells, in millimetres.
const (
	gridPadding = 1.3
	gridLine    = 0.2
	gridRest    = 40 // what is left of a page and is too little for a row that fits on none
)

// grid is a table with lines around its cells, on which people may write by hand: what
// is longer than a cell makes it higher, and goes on on the next page where need be.
type grid struct {
	columns []tableColumn
	least   float64 // how high a row is at least
}

// on writes the rows below the names of the columns, which stand on every page. The
// last column takes the width that is left.
func (g grid) on(p *paper, rows [][]string) {
	last := &g.columns[len(g.columns)-1]
	last.width = textWidth
	names := make([]string, len(g.columns))
	for i, column := range g.columns {
		names[i] = column.name
		if i < len(g.columns)-1 {
			last.width -= column.width
		}
	}
	head := g.cells(p, names, "B")
	p.room(g.height(head) + g.least)
	g.part(p, head, "B")
	for _, row := range rows {
		g.row(p, g.cells(p, row, ""), head)
	}
}

// row writes one row, on the next page where it does not fit any more; one that fits
// on no page is divided.
func (g grid) row(p *paper, cells, head [][]string) {
	for {
		left, height := paperBottom-p.y, g.height(cells)
		if height > left && (height <= paperBottom-paperTop-g.height(head) || left < gridRest) {
			p.turn()
			g.part(p, head, "B")
			left = paperBottom - p.y
		}
		now, later := divided(cells, int((left-2*gridPadding)/lineHeight))
		g.part(p, now, "")
		if longest(later) == 0 {
			return
		}
		cells = later
	}
}

// divided cuts cells after so many lines.
func divided(cells [][]string, lines int) (now, later [][]string) {
	for _, cell := range cells {
		cut := min(lines, len(cell))
		now, later = append(now, cell[:cut]), append(later, cell[cut:])
	}
	return now, later
}

func (g grid) cells(p *paper, row []string, style string) [][]string {
	p.letters(style, bodyPoints, inkColor)
	cells := make([][]string, len(g.columns))
	for i, text := range row {
		cells[i] = p.lines(onPaper(text), g.columns[i].width-2*gridPadding, allLines)
	}
	return cells
}

// height is how much a row takes.
func (g grid) height(cells [][]string) float64 {
	return max(g.least, lineHeight*float64(longest(cells))+2*gridPadding)
}

// part writes what is on one page of a row, with its lines around.
func (g grid) part(p *paper, cells [][]string, style string) {
	height := g.height(cells)
	p.letters(style, bodyPoints, inkColor)
	x := float64(paperMargin)
	for i, column := range g.columns {
		p.pdf.SetDrawColor(int(inkColor.R), int(inkColor.G), int(inkColor.B))
		p.pdf.SetLineWidth(gridLine)
		p.pdf.Rect(x, p.y, column.width, height, "D")
		for line, text := range cells[i] {
			at := x + gridPadding
			if column.right {
				at = x + column.width - gridPadding - p.pdf.GetStringWidth(text)
			}
			p.put(text, at, p.y+gridPadding+lineHeight*(float64(line)+0.75))
		}
		x += column.width
	}
	p.y += height
}
