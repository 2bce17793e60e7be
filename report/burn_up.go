package report

import (
	"strconv"
	"time"

	"github.com/go-analyze/charts"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// burnUp is how many indicators were verified at the end of each day, up to today,
// and the date by which all of them are to be.
type burnUp struct {
	from     council.Day
	verified []int       // from that day on; today is the last
	until    council.Day // zero: there is no date ahead
	total    int
	date     time.Time // of until, on the city's clock
	today    time.Time
}

// daysShown bounds how far back the days go.
const daysShown = 400

// burnUp counts the days since the evaluation was made, or since the first evidence
// was filed if that was earlier.
func (r Readiness) burnUp(all council.Readiness) burnUp {
	today := council.DayOf(r.At, r.Zone)
	shown := burnUp{from: today, total: all.Total, today: r.At.In(r.Zone)}
	begins := func(at time.Time) {
		if day := council.DayOf(at, r.Zone); !at.IsZero() && day.Before(shown.from) {
			shown.from = day
		}
	}
	begins(r.Evaluation.CreatedAt)
	for _, span := range r.Spans {
		begins(span.Filed)
	}
	if earliest := today.Add(-daysShown); shown.from.Before(earliest) {
		shown.from = earliest
	}
	var moments []time.Time
	for day := shown.from; day.Before(today); day = day.Add(1) {
		moments = append(moments, day.Add(1).At(0, 0, r.Zone).Add(-time.Millisecond))
	}
	shown.verified = council.VerifiedAt(r.Spans, append(moments, r.At))
	if milestone, ahead := r.Evaluation.Next(r.At); ahead {
		shown.date = milestone.Deadline.At.In(r.Zone)
		shown.until = council.DayOf(shown.date, r.Zone)
	}
	return shown
}

// burnUp paints the line of what is and, dashed, the line to the date.
func (c *canvas) burnUp(speak locale.Speaker, shown burnUp) {
	top, right := c.y+24, pictureWidth-pictureMargin-16
	bottom := c.y + chartHeight
	days := len(shown.verified) - 1
	if !shown.date.IsZero() {
		days = shown.until.Sub(shown.from)
	}
	at := func(day, count int) charts.Point {
		return charts.Point{X: chartLeft + (right-chartLeft)*day/max(days, 1), Y: bottom - (bottom-top)*count/shown.total}
	}
	for _, count := range []int{0, shown.total} {
		y := at(0, count).Y
		c.painter.FilledRect(chartLeft, y-1, right, y+1, lineColor, lineColor, 0)
		words := strconv.Itoa(count)
		c.painter.Text(words, chartLeft-16-c.width(words, textSize), y+textSize/3, 0, font(textSize, quietColor))
	}
	today := len(shown.verified) - 1
	now := at(today, shown.verified[today])
	if !shown.date.IsZero() {
		end := at(days, shown.total)
		c.painter.DashedLineStroke([]charts.Point{now, end}, quietColor, 4, []float64{14, 10})
		c.painter.Circle(9, end.X, end.Y, charts.ColorWhite, quietColor, 4)
	}
	points := make([]charts.Point, len(shown.verified))
	for day, count := range shown.verified {
		points[day] = at(day, count)
	}
	if len(points) > 1 {
		c.painter.LineStroke(points, nowColor, 7)
	}
	c.painter.Circle(12, now.X, now.Y, nowColor, nowColor, 0)
	c.y = bottom
	c.dates(speak, shown, now.X, right)
	c.meaning(speak.Say("readiness.picture.is", "N", shown.verified[today]), nowColor, false)
	if !shown.date.IsZero() {
		c.meaning(speak.Say("readiness.picture.line_to", "Day", speak.ShortDay(shown.date), "Left", speak.Left(days-today)), quietColor, true)
	}
}

// dates writes below the chart where it begins, today, and the date. Where today has
// no room beside the others, the beginning gives way.
func (c *canvas) dates(speak locale.Speaker, shown burnUp, now, right int) {
	end := right + textSize
	if !shown.date.IsZero() {
		last := speak.ShortDate(shown.date)
		left := right - c.width(last, textSize)
		c.write(last, left, end, chartLabels, textSize, inkColor)
		end = left - textSize
	}
	today, first := speak.ShortDate(shown.today), speak.ShortDate(shown.from.At(12, 0, time.UTC))
	width := c.width(today, textSize)
	left := max(min(now-width/2, end-width), chartLeft)
	if left+width <= end {
		c.write(today, left, end, chartLabels, textSize, nowColor)
	}
	if chartLeft+c.width(first, textSize)+textSize <= left {
		c.write(first, chartLeft, end, chartLabels, textSize, quietColor)
	}
	c.y += chartLabels
}

// sampleWidth is how long the sample of a line is, and dashWidth a dash in it.
const (
	sampleWidth = 56
	dashWidth   = 16
)

// meaning says what a line is: a sample of it, and words.
func (c *canvas) meaning(words string, color charts.Color, dashed bool) {
	y, step, dash := c.y+legendHeight/2, sampleWidth, sampleWidth
	if dashed {
		step, dash = sampleWidth-dashWidth, dashWidth
	}
	for left := 0; left < sampleWidth; left += step {
		c.painter.FilledRect(pictureMargin+left, y-3, pictureMargin+left+dash, y+3, color, color, 0)
	}
	c.write(words, pictureMargin+sampleWidth+20, pictureWidth-pictureMargin, legendHeight, textSize, inkColor)
	c.y += legendHeight
}
