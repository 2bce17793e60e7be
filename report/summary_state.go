package report

import (
	"github.com/go-analyze/charts"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// stateColors are light where much is left to do: printed in grey they still differ.
var stateColors = map[council.EvidenceState]charts.Color{
	council.EvidenceVerified: nowColor,
	council.EvidenceUploaded: charts.ColorFromHex("#7FB2DB"),
	council.EvidenceNeedsFix: charts.ColorFromHex("#D9A441"),
	council.EvidenceMissing:  charts.ColorFromHex("#E3E3E3"),
}

// barStates is the order of the states in a bar: what is complete begins it.
var barStates = []council.EvidenceState{council.EvidenceVerified, council.EvidenceUploaded, council.EvidenceNeedsFix, council.EvidenceMissing}

// state says how far things are: one sentence, the dates, the dimensions, the tasks.
func (s Summary) state(p *paper) {
	p.heading(p.speak.Say("summary.state.heading"), rowHeight(2))
	all, byDimension := council.ReadinessOf(s.Standings)
	switch {
	case s.Evaluation.Number == 0:
		p.say(p.speak.Say("summary.state.no_evaluation"), "", bodyPoints, 2)
	case all.Total == 0:
		p.say(p.speak.Say("summary.state.no_indicators"), "", bodyPoints, 2)
	case all.Weight > 0:
		p.say(p.speak.Say("summary.state.weighted", "Done", all.Count[council.EvidenceVerified], "Total", all.Total, "Percent", WholePercent(p.speak, all.Share())), "", bodyPoints, 2)
	default:
		p.say(p.speak.Say("summary.state.counted", "Done", all.Count[council.EvidenceVerified], "Total", all.Total), "", bodyPoints, 2)
	}
	p.say(p.speak.Say("status.tasks", "Counts", p.speak.Say("status.counts", "Running", s.Tasks.Running, "Blocked", s.Tasks.Blocked,
		"Overdue", s.Tasks.Overdue, "Done", s.Tasks.Done)), "", bodyPoints, 2)
	s.milestones(p)
	if all.Total > 0 {
		s.dimensions(p, byDimension, all)
	}
}

// milestones are the dates of the evaluation, with the days that are left.
func (s Summary) milestones(p *paper) {
	var rows [][]string
	for _, milestone := range s.Evaluation.Milestones {
		if milestone.Deadline.IsZero() {
			continue
		}
		days := council.DayOf(milestone.Deadline.At, s.Zone).Sub(council.DayOf(s.At, s.Zone))
		rows = append(rows, []string{p.speak.Say("summary.milestone." + string(milestone.Kind)),
			p.speak.Moment(milestone.Deadline.At, s.Zone), p.speak.Left(days)})
	}
	if len(rows) == 0 {
		return
	}
	p.y += 3
	p.table([]tableColumn{{name: p.speak.Say("summary.column.step"), width: 46}, {name: p.speak.Say("summary.column.when"), width: 84},
		{name: p.speak.Say("summary.column.left")}}, rows[:min(len(rows), milestonesShown)])
}

// Where the parts of a dimension's row stand, from the left margin.
const (
	barLeft       = 42
	barWidth      = 80
	barHeight     = 4.2
	dimensionRow  = 7.4
	legendSquare  = 3
	legendSpacing = 6
)

// dimensions are bars: how many indicators of each dimension are how far.
func (s Summary) dimensions(p *paper, byDimension []council.Readiness, all council.Readiness) {
	p.y += 4
	p.room(dimensionRow * float64(len(byDimension)+2))
	for _, readiness := range byDimension {
		name := string(readiness.Dimension)
		if name == "" {
			name = "none"
		}
		p.dimension(p.speak.Say("dimension."+name), readiness, "", all.Weight > 0)
	}
	p.fill(paperMargin, p.y-0.6, textWidth, 0.3, lineColor)
	p.dimension(p.speak.Say("summary.state.all"), all, "B", all.Weight > 0)
	p.legend()
}

func (p *paper) dimension(name string, readiness council.Readiness, style string, weighted bool) {
	p.letters(style, bodyPoints, inkColor)
	line := p.y + dimensionRow*0.62
	p.put(p.cut(name, barLeft-cellGap), paperMargin, line)
	x := float64(paperMargin + barLeft)
	for _, state := range barStates {
		width := float64(barWidth) * float64(readiness.Count[state]) / float64(readiness.Total)
		p.fill(x, p.y+(dimensionRow-barHeight)/2, width, barHeight, stateColors[state])
		x += width
	}
	p.put(p.speak.Say("summary.state.of", "Done", readiness.Count[council.EvidenceVerified], "Total", readiness.Total), paperMargin+barLeft+barWidth+cellGap, line)
	if weighted {
		share := WholePercent(p.speak, readiness.Share())
		p.put(share, paperMargin+textWidth-p.pdf.GetStringWidth(share), line)
	}
	p.y += dimensionRow
}

// legend says what the colours are.
func (p *paper) legend() {
	p.letters("", smallPoints, quietColor)
	x := float64(paperMargin + barLeft)
	for _, state := range barStates {
		p.fill(x, p.y+1.2, legendSquare, legendSquare, stateColors[state])
		name := p.speak.Say("summary.evidence." + string(state))
		p.put(name, x+legendSquare+1.5, p.y+3.8)
		x += legendSquare + 1.5 + p.pdf.GetStringWidth(name) + legendSpacing
	}
	p.y += dimensionRow
}

// WholePercent writes hundredths of a percent with at most one decimal: "92,5 %". It
// rounds down, so that only what is whole is shown as whole.
func WholePercent(speak locale.Speaker, share int) string {
	return speak.Say("involvement.percent", "N", speak.Decimal(float64(share/10)/10))
}
