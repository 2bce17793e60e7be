package report

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// Summary is what the head of a regency reads before an evaluation, on a few pages:
// how things stand, what is missing, what was decided, and who took part. It names
// offices, never people. Its zero parts are left out.
type Summary struct {
	City       string
	Zone       *time.Location
	At         time.Time
	Evaluation council.Evaluation // zero: none is prepared
	Standings  []council.IndicatorStanding
	Tasks      council.Counts // all of the city
	Decided    []council.Idea // with a decision, the newest first
	Year       int            // of the decisions
	Followed   []Followed
	Spans      []council.EvidenceSpan // of the evidence, for how it came along
	Involved   Involvement
}

// Followed is a recommendation that assessors left, and what became of it so far.
type Followed struct {
	Reference, Text, State string
	Measures               string
}

// SummaryPages is how many pages a summary has at most, however much there is.
const SummaryPages = 4

// So many of each are shown; the rest is counted. Together with the heights of
// their rows they keep the pages few.
const (
	milestonesShown = 6
	officesShown    = 18
	decisionsShown  = 10
	followedShown   = 6
)

// PDF writes the summary on A4 in the speaker's language. The same data make the
// same bytes.
func (s Summary) PDF(speak locale.Speaker) ([]byte, error) {
	return s.write(speak).content()
}

func (s Summary) write(speak locale.Speaker) *paper {
	title := speak.Say("summary.title")
	p := newPaper(title+" · "+s.City, s.City+" · "+speak.Moment(s.At, s.Zone), s.At, speak)
	p.letters("B", titlePoints, inkColor)
	p.put(p.cut(onPaper(title), textWidth), paperMargin, p.y+6)
	p.y += 10
	if s.Evaluation.Number != 0 {
		p.say(speak.Say("summary.about", "Name", s.Evaluation.Name, "Reference", s.Evaluation.Reference().String()), "B", bodyPoints, 2)
	}
	p.say(speak.Say("summary.place", "City", s.City, "Day", speak.Day(s.At.In(s.Zone))), "", bodyPoints, 2)
	for _, part := range []func(*paper){s.state, s.cameAlong, s.missing, s.decided, s.followed, s.involved} {
		part(p)
	}
	return p
}

// rest says how many more there are than are shown.
func (p *paper) rest(key string, count int) {
	if count > 0 {
		p.y += rowPadding
		p.say(p.speak.Count(key, count), "", smallPoints, 1)
	}
}
