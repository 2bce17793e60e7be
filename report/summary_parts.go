package report

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"github.com/rembuk/rembuk/council"
)

// office is what is missing of the indicators that an office is in charge of.
type office struct {
	name  string
	count map[council.EvidenceState]int
	codes []string
}

// officesOf puts together, by the office in charge, the indicators that are not
// complete; in the order of the alphabet. An empty name is nobody's.
func officesOf(standings []council.IndicatorStanding) []office {
	var offices []office
	for _, standing := range standings {
		state := standing.State()
		if state == council.EvidenceVerified {
			continue
		}
		name := strings.Join(strings.Fields(standing.Owner), " ")
		at := slices.IndexFunc(offices, func(o office) bool { return strings.EqualFold(o.name, name) })
		if at < 0 {
			at = len(offices)
			offices = append(offices, office{name: name, count: map[council.EvidenceState]int{}})
		}
		offices[at].count[state]++
		offices[at].codes = append(offices[at].codes, standing.Code)
	}
	slices.SortStableFunc(offices, func(a, b office) int { return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) })
	return offices
}

// mostMissing keeps so many offices, those with the most to do, in their order.
func mostMissing(offices []office, most int) []office {
	if len(offices) <= most {
		return offices
	}
	counts := make([]int, len(offices))
	for i, office := range offices {
		counts[i] = len(office.codes)
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	least := counts[most-1]
	above := 0
	for _, count := range counts {
		if count > least {
			above++
		}
	}
	var kept []office
	for _, office := range offices {
		switch {
		case len(office.codes) > least:
			kept = append(kept, office)
		case len(office.codes) == least && above < most:
			kept, above = append(kept, office), above+1
		}
	}
	return kept
}

// officeWidth is the width of the column of names, in millimetres.
const officeWidth = 40

// missingStates are those of indicators that are not complete, with the widths of
// their columns in millimetres.
var missingStates = []struct {
	state council.EvidenceState
	width float64
}{{council.EvidenceMissing, 17}, {council.EvidenceNeedsFix, 25}, {council.EvidenceUploaded, 25}}

// missing says which offices still have something to do, and for which indicators.
func (s Summary) missing(p *paper) {
	if len(s.Standings) == 0 {
		return
	}
	p.heading(p.speak.Say("summary.missing.heading"), tableHead+rowHeight(cellLines))
	offices := officesOf(s.Standings)
	if len(offices) == 0 {
		p.say(p.speak.Say("summary.missing.none"), "", bodyPoints, 1)
		return
	}
	columns := []tableColumn{{name: p.speak.Say("summary.column.office"), width: officeWidth}}
	for _, missing := range missingStates {
		columns = append(columns, tableColumn{name: p.speak.Say("summary.missing." + string(missing.state)), width: missing.width, right: true})
	}
	columns = append(columns, tableColumn{name: p.speak.Say("summary.column.indicators")})
	shown := mostMissing(offices, officesShown)
	var rows [][]string
	for _, office := range shown {
		name := office.name
		if name == "" {
			name = p.speak.Say("summary.missing.nobody")
		}
		row := []string{name}
		for _, missing := range missingStates {
			row = append(row, strconv.Itoa(office.count[missing.state]))
		}
		rows = append(rows, append(row, p.listed(office.codes)))
	}
	p.table(columns, rows)
	p.rest("summary.missing.rest", len(offices)-len(shown))
}

// codesListed is how many codes an office's row shows at most.
const codesListed = 12

// listed names as many codes as the last column of the offices has room for, and
// counts the others.
func (p *paper) listed(codes []string) string {
	width := float64(textWidth - officeWidth - cellGap)
	for _, missing := range missingStates {
		width -= missing.width + cellGap
	}
	p.letters("", bodyPoints, inkColor)
	shown := min(len(codes), codesListed)
	for {
		text := strings.Join(codes[:shown], ", ")
		if shown < len(codes) {
			text += " +" + strconv.Itoa(len(codes)-shown)
		}
		if shown <= 1 || len(p.lines(onPaper(text), width, cellLines+1)) <= cellLines {
			return text
		}
		shown--
	}
}

// decided lists what the council decided about ideas, and why.
func (s Summary) decided(p *paper) {
	p.heading(p.speak.Say("summary.decided.heading", "Year", s.Year), decisionHeight)
	if len(s.Decided) == 0 {
		p.say(p.speak.Say("summary.decided.none"), "", bodyPoints, 1)
		return
	}
	for _, idea := range s.Decided[:min(len(s.Decided), decisionsShown)] {
		p.room(decisionHeight)
		p.say(idea.Reference().String()+" · "+idea.Title, "B", bodyPoints, 1)
		p.say(p.speak.Say("summary.decided.line", "State", p.speak.Say("idea.state."+string(idea.State)),
			"Day", p.speak.Day(idea.Decision.At.In(s.Zone)), "Reason", idea.Decision.Reason), "", bodyPoints, 2)
		p.y += 2
	}
	p.rest("summary.decided.rest", len(s.Decided)-decisionsShown)
}

// decisionHeight is how much one idea takes at most, in millimetres.
const decisionHeight = 3*lineHeight + 2

// followed lists the assessors' recommendations and what became of them.
func (s Summary) followed(p *paper) {
	if len(s.Followed) == 0 {
		return
	}
	p.heading(p.speak.Say("summary.followed.heading"), tableHead+rowHeight(cellLines))
	var rows [][]string
	for _, one := range s.Followed[:min(len(s.Followed), followedShown)] {
		rows = append(rows, []string{one.Reference, one.Text, one.State, one.Measures})
	}
	p.table([]tableColumn{{name: p.speak.Say("summary.column.number"), width: 12}, {name: p.speak.Say("summary.column.recommendation"), width: 68},
		{name: p.speak.Say("summary.column.state"), width: 26}, {name: p.speak.Say("summary.column.measures")}}, rows)
	p.rest("summary.followed.rest", len(s.Followed)-followedShown)
}

// involved compares a month with the one before: numbers of people, never who.
func (s Summary) involved(p *paper) {
	if s.Involved.Span == "" {
		return
	}
	var rows [][]string
	add := func(name string, now, before int) {
		rows = append(rows, []string{name, strconv.Itoa(now), strconv.Itoa(before)})
	}
	now, before := s.Involved.Now.City, s.Involved.Before.City
	add(p.speak.Say("summary.involved.active"), now.Active, before.Active)
	for _, row := range s.Involved.kinds(p.speak).Rows {
		add(p.speak.Say("summary.involved.kind", "Kind", row.Name), row.Now, row.Before)
	}
	add(p.speak.Say("summary.involved.groups"), s.Involved.Now.ActiveGroups(), s.Involved.Before.ActiveGroups())
	add(p.speak.Say("summary.involved.asked"), now.Asked.Count, before.Asked.Count)
	add(p.speak.Say("summary.involved.answered"), now.Asked.Answered, before.Asked.Answered)
	add(p.speak.Say("summary.involved.in_time"), now.Asked.InTime, before.Asked.InTime)
	add(p.speak.Say("summary.involved.given"), now.Given, before.Given)
	add(p.speak.Say("summary.involved.decided"), now.Decided, before.Decided)
	if now.Meetings+before.Meetings > 0 {
		add(p.speak.Say("summary.involved.meetings"), now.Meetings, before.Meetings)
	}
	p.heading(p.speak.Say("summary.involved.heading"), tableHead+rowHeight(1)*float64(len(rows)))
	p.table([]tableColumn{{width: 88}, {name: s.Involved.Span, width: 37, right: true}, {name: s.Involved.BeforeSpan, right: true}}, rows)
}

// pictureHeight is how high a picture may be, in millimetres.
const pictureHeight = 95

// picture shows how the evaluation came along until now.
func (s Summary) picture(p *paper) {
	if len(s.Readiness) == 0 {
		return
	}
	options := fpdf.ImageOptions{ImageType: "PNG"}
	info := p.pdf.RegisterImageOptionsReader("readiness", options, bytes.NewReader(s.Readiness))
	if info == nil || p.pdf.Err() {
		return
	}
	scale := min(textWidth/info.Width(), pictureHeight/info.Height())
	width, height := info.Width()*scale, info.Height()*scale
	p.heading(p.speak.Say("summary.readiness.heading"), height)
	p.pdf.ImageOptions("readiness", paperMargin+(textWidth-width)/2, p.y, width, height, false, options, 0, "")
	p.y += height
}
