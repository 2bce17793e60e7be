package report

import (
	"cmp"
	"time"

	"github.com/rembuk/rembuk/locale"
)

// Invitation is the letter that invites to a meeting.
type Invitation struct {
	Head         Letterhead
	Number       string // as the office numbers its letters; empty: it follows
	Dated        time.Time
	To           []string // groups, roles and people
	Title, Place string
	Starts, Ends time.Time
	Zone         *time.Location
	Chair        string // who leads; empty: not named
	Agenda       []string
}

// invitedInLetter is how many are named in the letter itself; more are on a page of
// their own behind it.
const invitedInLetter = 8

// PDF writes the letter on A4 in the speaker's language. The same letter makes the
// same bytes.
func (i Invitation) PDF(speak locale.Speaker) ([]byte, error) {
	return i.write(speak).content()
}

func (i Invitation) write(speak locale.Speaker) *paper {
	p := newPaper(speak.Say("letter.subject")+" · "+i.Title, "", i.Dated, speak)
	i.Head.onTop(p)
	date := i.Head.dated(p, i.Dated.In(i.Zone))
	p.write(date, "", paperMargin+textWidth-signWidth, signWidth)
	attached := len(i.To) > invitedInLetter
	attachment := speak.Say("letter.no_attachment")
	if attached {
		attachment = speak.Say("letter.attachment")
	}
	p.facts(paperMargin, 22, []fact{
		{speak.Say("letter.number"), i.Number}, {speak.Say("letter.nature"), speak.Say("letter.usual")},
		{speak.Say("letter.attached"), attachment}, {speak.Say("letter.about"), speak.Say("letter.subject")},
	})
	p.y += formHeight
	i.addressed(p, attached)
	p.y += formHeight
	p.write(speak.Say("letter.opening"), "", paperMargin, textWidth)
	p.y += formHeight / 2
	p.facts(paperMargin+formIndent, factWidth, i.facts(speak))
	if len(i.Agenda) > 0 {
		p.numbered(p.name(speak.Say("paper.agenda"), paperMargin+formIndent, factWidth), i.Agenda)
	}
	p.y += formHeight / 2
	p.write(speak.Say("letter.closing"), "", paperMargin, textWidth)
	p.y += formHeight
	p.signatures(i.Head.signs(p))
	if attached {
		i.list(p)
	}
	return p
}

// addressed says to whom the letter goes.
func (i Invitation) addressed(p *paper, attached bool) {
	p.write(p.speak.Say("letter.to"), "", paperMargin, textWidth)
	switch {
	case attached:
		p.write(p.speak.Say("letter.to_list"), "", paperMargin, textWidth)
	case len(i.To) == 1:
		p.write(i.To[0], "", paperMargin, textWidth)
	default:
		p.numbered(paperMargin, i.To)
	}
	p.write(p.speak.Say("letter.at_place"), "", paperMargin, textWidth)
}

func (i Invitation) facts(speak locale.Speaker) []fact {
	when := span{i.Starts, i.Ends, i.Zone}
	facts := []fact{
		{speak.Say("paper.day"), when.day(speak)}, {speak.Say("paper.time"), when.hours(speak)},
		{speak.Say("paper.place"), i.Place}, {speak.Say("paper.title"), i.Title},
	}
	if i.Chair != "" {
		facts = append(facts, fact{speak.Say("paper.chair"), i.Chair})
	}
	return facts
}

// list is the page on which all who are invited stand.
func (i Invitation) list(p *paper) {
	p.turn()
	p.write(p.speak.Say("letter.list", "Number", cmp.Or(i.Number, p.dots(40)), "Day", p.speak.Date(i.Dated.In(i.Zone))), "", paperMargin, textWidth)
	p.y += formHeight
	p.centered(p.speak.Say("letter.list_title"), "B", headPoints)
	p.y += formHeight
	p.numbered(paperMargin, i.To)
}
