package report

// tableColumn is one of a table on paper.
type tableColumn struct {
	name  string
	width float64 // in millimetres; the last one takes what is left
	right bool    // numbers end at the right
}

// cellLines is how many lines of one cell are shown.
const cellLines = 2

// tableHead is the height of a table's head, in millimetres.
const tableHead = smallHeight + 2*rowPadding

// table writes rows below the names of their columns, which stand on every page
// that the rows take. The first column is filled in every row.
func (p *paper) table(columns []tableColumn, rows [][]string) {
	last := &columns[len(columns)-1]
	last.width = textWidth
	for _, column := range columns[:len(columns)-1] {
		last.width -= column.width + cellGap
	}
	p.room(tableHead + rowHeight(cellLines))
	p.columnNames(columns)
	for _, row := range rows {
		cells, height := p.cells(columns, row)
		if p.y+height > paperBottom {
			p.turn()
			p.columnNames(columns)
		}
		p.letters("", bodyPoints, inkColor)
		x := float64(paperMargin)
		for i, lines := range cells {
			for j, line := range lines {
				at := x
				if columns[i].right {
					at += columns[i].width - p.pdf.GetStringWidth(line)
				}
				p.put(line, at, p.y+rowPadding+lineHeight*(float64(j)+0.75))
			}
			x += columns[i].width + cellGap
		}
		p.y += height
		p.fill(paperMargin, p.y, textWidth, 0.15, lineColor)
	}
}

func (p *paper) cells(columns []tableColumn, row []string) (cells [][]string, height float64) {
	p.letters("", bodyPoints, inkColor)
	most := 1
	for i, text := range row {
		lines := p.lines(onPaper(text), columns[i].width, cellLines)
		cells, most = append(cells, lines), max(most, len(lines))
	}
	return cells, rowHeight(most)
}

func rowHeight(lines int) float64 { return lineHeight*float64(lines) + 2*rowPadding }

func (p *paper) columnNames(columns []tableColumn) {
	p.letters("B", smallPoints, quietColor)
	x := float64(paperMargin)
	for _, column := range columns {
		at, name := x, p.cut(column.name, column.width)
		if column.right {
			at += column.width - p.pdf.GetStringWidth(name)
		}
		p.put(name, at, p.y+rowPadding+smallHeight*0.75)
		x += column.width + cellGap
	}
	p.y += tableHead
	p.fill(paperMargin, p.y, textWidth, 0.3, lineColor)
}
