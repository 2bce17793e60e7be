package report

import (
	"cmp"
	"strings"
	"time"

	"github.com/rembuk/rembuk/locale"
)

// Letterhead is what stands on the papers of an office. What is empty is not known,
// and has dots on a letter.
type Letterhead struct {
	Government string // "Pemerintah Kabupaten Teluk Marannu"
	Office     string
	Address    string
	Contact    string // telephone, mail, website
	Town       string // where letters are signed
	Position   string // of who signs
	Signer     string // the name of who signs
}

// onTop writes the head on the first page, with its two lines below.
func (l Letterhead) onTop(p *paper) {
	const government, office, small = 13, 14, 9
	p.centered(strings.ToUpper(l.Government), "B", government)
	for _, line := range []struct {
		text, style string
		points      float64
	}{{strings.ToUpper(l.Office), "B", office}, {l.Address, "", small}, {l.Contact, "", small}} {
		p.letters(line.style, line.points, inkColor)
		p.centered(cmp.Or(line.text, p.dots(textWidth/2)), line.style, line.points)
	}
	p.room(2.6)
	p.fill(paperMargin, p.y+1, textWidth, 0.7, inkColor)
	p.fill(paperMargin, p.y+2.1, textWidth, 0.2, inkColor)
	p.y += 6
}

// dated is the place and the day of a letter: "Marannu, 1 Juni 2026".
func (l Letterhead) dated(p *paper, day time.Time) string {
	p.letters("", formPoints, inkColor)
	return cmp.Or(l.Town, p.dots(30)) + ", " + p.speak.Date(day)
}

// signs is the signature of who signs letters. The number that civil servants have is
// written by hand: the program keeps no such numbers.
func (l Letterhead) signs(p *paper) signature {
	p.letters("", formPoints, inkColor)
	return signature{above: []string{cmp.Or(l.Position, p.dots(signWidth*0.8)) + ","}, name: l.Signer,
		below: []string{p.speak.Say("paper.servant_number") + " " + p.dots(signWidth*0.6)}}
}

// span is when a meeting takes place, as letters say it.
type span struct {
	starts, ends time.Time
	zone         *time.Location
}

func (s span) day(speak locale.Speaker) string {
	first, last := speak.Day(s.starts.In(s.zone)), speak.Day(s.ends.In(s.zone))
	if first == last {
		return first
	}
	return speak.Say("paper.days", "First", first, "Last", last)
}

func (s span) hours(speak locale.Speaker) string {
	from, _, _ := strings.Cut(speak.Hour(s.starts.In(s.zone)), " ")
	return speak.Say("paper.hours", "From", from, "Until", speak.Hour(s.ends.In(s.zone)))
}
