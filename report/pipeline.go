package report

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// Pipeline is what the picture of a month's ideas shows beside the month before: how
// many came how far, how long they waited, and from which groups they came.
type Pipeline struct {
	Title       string
	Span        string // which days Now stands for
	BeforeSpan  string
	Now, Before council.Pipeline
	Groups      []NamedGroup // in the order in which they are shown
	Private     string       // what is given in private is called
	Clocks      council.Clocks
}

// Picture paints the numbers as a PNG for a phone, in the speaker's language.
func (p Pipeline) Picture(speak locale.Speaker) ([]byte, error) {
	picture := comparison{Title: p.Title, Now: p.Span, Before: p.BeforeSpan}
	for _, section := range []section{p.funnel(speak), p.waits(speak), p.groups(speak)} {
		if len(section.Rows) > 0 {
			picture.Sections = append(picture.Sections, section)
		}
	}
	return picture.png()
}

func (p Pipeline) funnel(speak locale.Speaker) section {
	s := section{Title: speak.Say("idea_pipeline.picture.steps")}
	for _, step := range council.PipelineSteps {
		s.Rows = append(s.Rows, row{Name: speak.Say("idea_pipeline.step." + string(step)), Now: p.Now.City.Reached[step], Before: p.Before.City.Reached[step]})
	}
	return s
}

// waits shows medians of working days; bars are of half days, since a median may end
// between two days.
func (p Pipeline) waits(speak locale.Speaker) section {
	s := section{Title: speak.Say("idea_pipeline.picture.waits")}
	for _, wait := range council.PipelineWaits {
		now, known := p.Now.City.Median(wait)
		before, knownBefore := p.Before.City.Median(wait)
		if !known && !knownBefore {
			continue
		}
		name := speak.Say("idea_pipeline.wait." + string(wait))
		if target := wait.Target(p.Clocks); target > 0 {
			name = speak.Say("idea_pipeline.picture.target", "Wait", name, "N", target)
		}
		s.Rows = append(s.Rows, row{Name: name, Now: int(2 * now), Before: int(2 * before),
			Words: [2]string{daysOrNone(speak, now, known), daysOrNone(speak, before, knownBefore)}})
	}
	return s
}

func daysOrNone(speak locale.Speaker, days float64, known bool) string {
	if !known {
		return "–"
	}
	return speak.Decimal(days)
}

// groups shows from where ideas came, where they came from several groups.
func (p Pipeline) groups(speak locale.Speaker) section {
	s := section{Title: speak.Say("idea_pipeline.picture.groups")}
	add := func(name string, id int64) {
		now, before := p.Now.Groups[id].Reached[council.PipelineGiven], p.Before.Groups[id].Reached[council.PipelineGiven]
		if now+before > 0 {
			s.Rows = append(s.Rows, row{Name: name, Now: now, Before: before})
		}
	}
	for _, group := range p.Groups {
		add(group.Name, group.ID)
	}
	add(p.Private, 0)
	if len(s.Rows) < 2 || len(s.Rows) > groupRows {
		return section{}
	}
	return s
}
