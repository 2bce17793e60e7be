package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// officesShownOf are the offices that still have something to do: those with the
// most, in the order of the alphabet, so that nobody stands first for being last.
func officesShownOf(offices []council.OfficeReadiness, most int) []council.OfficeReadiness {
	shown := slices.Clone(offices[:min(len(offices), most)]) // those with the most come first
	slices.SortStableFunc(shown, func(a, b council.OfficeReadiness) int {
		return cmp.Compare(strings.ToLower(a.Owner), strings.ToLower(b.Owner))
	})
	return shown
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
	offices := council.MissingByOffice(s.Standings)
	if len(offices) == 0 {
		p.say(p.speak.Say("summary.missing.none"), "", bodyPoints, 1)
		return
	}
	columns := []tableColumn{{name: p.speak.Say("summary.column.office"), width: officeWidth}}
	for _, missing := range missingStates {
		columns = append(columns, tableColumn{name: p.speak.Say("summary.missing." + string(missing.state)), width: missing.width, right: true})
	}
	columns = append(columns, tableColumn{name: p.speak.Say("summary.column.indicators")})
	shown := officesShownOf(offices, officesShown)
	rows := make([][]string, len(shown))
	for i, office := range shown {
		rows[i] = p.office(office)
	}
	p.table(columns, rows)
	p.rest("summary.missing.rest", len(offices)-len(shown))
}

// office is the row of an office: its name, how many of its indicators are how far,
// and which.
func (p *paper) office(office council.OfficeReadiness) []string {
	count, codes := map[council.EvidenceState]int{}, []string(nil)
	for _, standing := range office.Missing {
		count[standing.State()]++
		codes = append(codes, standing.Code)
	}
	row := []string{cmp.Or(office.Owner, p.speak.Say("summary.missing.nobody"))}
	for _, missing := range missingStates {
		row = append(row, strconv.Itoa(count[missing.state]))
	}
	return append(row, p.listed(codes))
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
