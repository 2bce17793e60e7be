package report

import (
	"strconv"
	"time"

	"github.com/go-analyze/charts"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// Readiness is what the picture of an evaluation shows: how complete its evidence is
// by dimension, and how much was verified day by day against the days left. It names
// nobody.
type Readiness struct {
	City       string
	Evaluation council.Evaluation
	At         time.Time // up to when it counts
	Zone       *time.Location
	Standings  []council.IndicatorStanding
	Spans      []council.EvidenceSpan
}

// Sizes in pixels, beside those of bars.go.
const (
	stackHeight  = 34
	stackGap     = 3 // between the states of a bar
	legendColumn = (pictureWidth - 2*pictureMargin) / 2
	chartHeight  = 430
	chartLeft    = pictureMargin + 92 // room for the numbers beside it
	chartLabels  = 56                 // below it
	titleLines   = 2
	titleStep    = 52
)

// Picture paints it as a PNG for a phone, in the speaker's language. Its height
// follows from the number of dimensions.
func (r Readiness) Picture(speak locale.Speaker) ([]byte, error) {
	all, byDimension := council.ReadinessOf(r.Standings)
	measure := newCanvas(1)
	title := measure.broken(speak.Say("readiness.picture.title", "Name", r.Evaluation.Name), pictureWidth-2*pictureMargin, titleSize, titleLines)
	height := 2*pictureMargin + len(title)*titleStep + nameHeight + titleHeight
	if all.Total > 0 {
		height += 2*sectionHeight + 2*legendHeight + rowGap + len(byDimension)*(nameHeight+stackHeight+rowGap) + chartHeight + chartLabels + 2*legendHeight
	}
	picture := newCanvas(height)
	picture.painter.FilledRect(0, 0, pictureWidth, height, charts.ColorWhite, charts.ColorWhite, 0)
	for _, line := range title {
		picture.line(line, titleStep, titleSize, inkColor)
	}
	picture.line(speak.Say("readiness.picture.day", "City", r.City, "Day", speak.Day(r.At.In(r.Zone))), nameHeight, textSize, quietColor)
	if all.Total == 0 {
		picture.line(speak.Say("readiness.picture.none"), titleHeight, sectionSize, inkColor)
		return picture.painter.Bytes()
	}
	picture.line(ReadinessTotal(speak, all), titleHeight, sectionSize, nowColor)
	picture.heading(speak.Say("readiness.picture.dimensions"))
	picture.states(speak, all)
	for _, part := range byDimension {
		picture.stack(dimensionName(speak, part.Dimension), part)
	}
	picture.heading(speak.Say("readiness.picture.burn_up"))
	picture.burnUp(speak, r.burnUp(all))
	return picture.painter.Bytes()
}

// ReadinessTotal is how much is verified, with the weight where there are weights.
func ReadinessTotal(speak locale.Speaker, all council.Readiness) string {
	key := "readiness.complete"
	if all.Weight > 0 {
		key = "readiness.weighted"
	}
	return speak.Say(key, "Done", all.Count[council.EvidenceVerified], "Total", all.Total, "Percent", WholePercent(speak, all.Share()))
}

// line writes a line across the picture, and goes below it.
func (c *canvas) line(text string, height int, size float64, color charts.Color) {
	c.write(text, pictureMargin, pictureWidth-pictureMargin, height, size, color)
	c.y += height
}

// heading begins a section.
func (c *canvas) heading(text string) {
	c.painter.FilledRect(pictureMargin, c.y+14, pictureWidth-pictureMargin, c.y+16, lineColor, lineColor, 0)
	c.y += 20
	c.line(text, sectionHeight-20, sectionSize, inkColor)
}

// states says what the colours of the bars are and how many indicators each has, two
// in a line.
func (c *canvas) states(speak locale.Speaker, all council.Readiness) {
	for i, state := range barStates {
		left := pictureMargin + i%2*legendColumn
		top := c.y + (legendHeight-stackHeight)/2
		c.block(left, top, 44, state)
		words := speak.Say("readiness.picture."+string(state)) + ": " + strconv.Itoa(all.Count[state])
		c.write(words, left+60, left+legendColumn, legendHeight, textSize, inkColor)
		if i%2 == 1 {
			c.y += legendHeight
		}
	}
	c.y += rowGap
}

// block paints a part of a bar in the colour of a state. The lightest has an edge.
func (c *canvas) block(left, top, width int, state council.EvidenceState) {
	right, bottom := left+width, top+stackHeight
	if state == council.EvidenceMissing {
		c.painter.FilledRect(left, top, right, bottom, beforeColor, beforeColor, 0)
		left, top, right, bottom = left+1, top+1, right-1, bottom-1
	}
	c.painter.FilledRect(left, top, right, bottom, stateColors[state], stateColors[state], 0)
}

// stack paints how far the indicators of a dimension are, below its name: each bar
// is as long as the picture is wide.
func (c *canvas) stack(name string, part council.Readiness) {
	right := pictureWidth - pictureMargin
	number := strconv.Itoa(part.Count[council.EvidenceVerified]) + "/" + strconv.Itoa(part.Total)
	c.write(name, pictureMargin, right-2*numberWidth, nameHeight, textSize, inkColor)
	c.number(number, right, nowColor)
	c.y += nameHeight
	full, before := right-pictureMargin, 0
	for _, state := range barStates {
		count := part.Count[state]
		if count == 0 {
			continue
		}
		left, end := full*before/part.Total, full*(before+count)/part.Total
		if before+count < part.Total {
			end -= stackGap
		}
		c.block(pictureMargin+left, c.y, max(end-left, 1), state)
		before += count
	}
	c.y += stackHeight + rowGap
}
