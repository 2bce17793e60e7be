package report

import (
	"strconv"

	"github.com/rembuk/rembuk/council"
)

// Sizes of the chart on paper, in millimetres.
const (
	curveHeight = 52
	curveLeft   = 12 // room for the numbers beside it
	curveBelow  = 7  // room for the dates below it
	curveLine   = 0.9
	curveDot    = 1.4
)

// cameAlong shows how much was verified day by day, and the line to the date by which
// all of it is to be.
func (s Summary) cameAlong(p *paper) {
	all, _ := council.ReadinessOf(s.Standings)
	if all.Total == 0 || len(s.Spans) == 0 {
		return
	}
	readiness := Readiness{Evaluation: s.Evaluation, At: s.At, Zone: s.Zone, Standings: s.Standings, Spans: s.Spans}
	p.heading(p.speak.Say("summary.readiness.heading"), curveHeight+curveBelow+2*lineHeight)
	shown := readiness.burnUp(all)
	p.curve(shown)
	p.say(p.speak.Say("summary.readiness.is", "Done", shown.verified[len(shown.verified)-1], "Total", shown.total), "", smallPoints, 1)
	if !shown.date.IsZero() {
		left := p.speak.Left(shown.until.Sub(shown.from) - len(shown.verified) + 1)
		p.say(p.speak.Say("summary.readiness.line_to", "Day", p.speak.Day(shown.date), "Left", left), "", smallPoints, 1)
	}
}

// curve draws the days from the left to the right, and the indicators upwards.
func (p *paper) curve(shown burnUp) {
	const left, width = paperMargin + curveLeft, textWidth - curveLeft - 2*curveDot
	top, bottom, today := p.y+2*curveDot, p.y+curveHeight, len(shown.verified)-1
	days := today
	if !shown.date.IsZero() {
		days = shown.until.Sub(shown.from)
	}
	at := func(day, count int) (x, y float64) {
		return left + width*float64(day)/float64(max(days, 1)), bottom - (bottom-top)*float64(count)/float64(shown.total)
	}
	p.letters("", smallPoints, quietColor)
	for _, count := range []int{0, shown.total} {
		_, y := at(0, count)
		p.fill(left, y-0.1, width, 0.2, lineColor)
		number := strconv.Itoa(count)
		p.put(number, left-cellGap-p.pdf.GetStringWidth(number), y+1)
	}
	p.pdf.SetLineWidth(curveLine)
	p.pdf.SetDrawColor(int(quietColor.R), int(quietColor.G), int(quietColor.B))
	nowX, nowY := at(today, shown.verified[today])
	if !shown.date.IsZero() {
		endX, endY := at(days, shown.total)
		p.pdf.SetDashPattern([]float64{2.4, 1.8}, 0)
		p.pdf.Line(nowX, nowY, endX, endY)
		p.pdf.SetDashPattern(nil, 0)
		p.pdf.Circle(endX, endY, curveDot, "D")
	}
	p.pdf.SetDrawColor(int(nowColor.R), int(nowColor.G), int(nowColor.B))
	for day := range today {
		fromX, fromY := at(day, shown.verified[day])
		toX, toY := at(day+1, shown.verified[day+1])
		p.pdf.Line(fromX, fromY, toX, toY)
	}
	p.pdf.SetFillColor(int(nowColor.R), int(nowColor.G), int(nowColor.B))
	p.pdf.Circle(nowX, nowY, curveDot, "F")
	p.y = bottom
	p.curveDates(shown, left, nowX, left+width)
	p.y += curveBelow
}

// curveDates writes below the curve where it begins, today, and the date. Where two
// of them have no room beside one another, the earlier one gives way.
func (p *paper) curveDates(shown burnUp, left, now, right float64) {
	p.letters("", smallPoints, quietColor)
	free := right + 2*curveDot
	write := func(text string, x float64) {
		width := p.pdf.GetStringWidth(text)
		if x = max(left, min(x, right-width)); x+width <= free {
			p.put(text, x, p.y+curveBelow*0.7)
			free = x - cellGap
		}
	}
	if !shown.date.IsZero() {
		write(p.speak.ShortDate(shown.date), right)
	}
	today := p.speak.ShortDate(shown.today)
	write(today, now-p.pdf.GetStringWidth(today)/2)
	write(p.speak.ShortDate(shown.from.At(12, 0, shown.today.Location())), left)
}
