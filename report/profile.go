package report

import (
	"bytes"

	"github.com/rembuk/rembuk/locale"
)

// IdeaProfile is the profile of an idea for the Indeks Inovasi Daerah.
type IdeaProfile struct {
	City      string
	Reference string
	Fields    []ProfileLine
}

// ProfileLine is one field of a profile, as it is filled now.
type ProfileLine struct {
	Name string
	Text string // empty: nothing is known yet
	Gap  string // what is still missing, in words; empty for nothing
	Long bool   // it has a section of its own
}

// File makes the profile as a document that can be written on: the short fields as a
// table, the long ones as sections, each gap where it belongs.
func (p IdeaProfile) File(speak locale.Speaker) ([]byte, error) {
	document := Document{Title: speak.Say("idea_profile.title", "Reference", p.Reference)}
	document.Heading(1, speak.Say("idea_profile.title", "Reference", p.Reference))
	document.Paragraph(speak.Say("idea_profile.index", "City", p.City))
	var short [][]string
	for _, line := range p.Fields {
		if line.Long {
			continue
		}
		text := line.Text
		if text == "" {
			text = "(" + line.Gap + ")"
		}
		short = append(short, []string{line.Name, text})
	}
	document.Table(nil, short)
	for _, line := range p.Fields {
		if !line.Long {
			continue
		}
		document.Heading(2, line.Name)
		if line.Gap != "" {
			document.Note("(" + line.Gap + ")")
		}
		if line.Text != "" {
			document.Paragraph(line.Text)
		}
	}
	var file bytes.Buffer
	err := document.Write(&file)
	return file.Bytes(), err
}
