package report

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// Involvement is what the picture of a month shows beside the month before:
// numbers of groups and of kinds of groups, never of people.
type Involvement struct {
	Title       string
	Span        string // which days Now stands for
	BeforeSpan  string
	Now, Before council.Involvement
	Groups      []NamedGroup // in the order in which they are shown
}

// NamedGroup is a group under the name by which people know it.
type NamedGroup struct {
	council.Group
	Name string
}

// groupRows bounds how many groups a picture shows: one more kind of groups is
// shown as a whole only.
const groupRows = 16

// Picture paints the numbers as a PNG for a phone, in the speaker's language.
func (i Involvement) Picture(speak locale.Speaker) ([]byte, error) {
	picture := comparison{Title: i.Title, Now: i.Span, Before: i.BeforeSpan}
	for _, section := range []section{i.kinds(speak), i.groups(speak), i.questions(speak)} {
		if len(section.Rows) > 0 {
			picture.Sections = append(picture.Sections, section)
		}
	}
	return picture.png()
}

func (i Involvement) ofKind(kind council.GroupKind) (groups []NamedGroup) {
	for _, group := range i.Groups {
		if group.Kind == kind {
			groups = append(groups, group)
		}
	}
	return groups
}

func (i Involvement) kinds(speak locale.Speaker) section {
	s := section{Title: speak.Say("involvement.picture.kinds")}
	for _, kind := range council.GroupKinds {
		count := len(i.ofKind(kind))
		if count == 0 {
			continue
		}
		name := speak.Say("involvement.kind." + string(kind))
		if count > 1 {
			name = speak.Say("involvement.picture.kind", "Kind", name, "N", count)
		}
		s.Rows = append(s.Rows, row{Name: name, Now: i.Now.Kinds[kind].Active, Before: i.Before.Kinds[kind].Active})
	}
	return s
}

// groups shows single groups where there are several of a kind.
func (i Involvement) groups(speak locale.Speaker) section {
	s := section{Title: speak.Say("involvement.picture.groups")}
	for _, kind := range council.GroupKinds {
		groups := i.ofKind(kind)
		if len(groups) < 2 || len(s.Rows)+len(groups) > groupRows {
			continue
		}
		for _, group := range groups {
			s.Rows = append(s.Rows, row{Name: group.Name, Now: i.Now.Groups[group.ID].Active, Before: i.Before.Groups[group.ID].Active})
		}
	}
	return s
}

func (i Involvement) questions(speak locale.Speaker) section {
	now, before := i.Now.City.Asked, i.Before.City.Asked
	if now.Count+now.Answered+before.Count+before.Answered == 0 {
		return section{}
	}
	return section{speak.Say("involvement.picture.questions"), []row{
		{Name: speak.Say("involvement.picture.asked"), Now: now.Count, Before: before.Count},
		{Name: speak.Say("involvement.picture.answered"), Now: now.Answered, Before: before.Answered},
		{Name: speak.Say("involvement.picture.in_time"), Now: now.InTime, Before: before.InTime},
	}}
}
