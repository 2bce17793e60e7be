package report

import (
	"strconv"
	"time"

	"github.com/rembuk/rembuk/locale"
)

// AttendanceList is the paper on which those who are at a meeting sign.
type AttendanceList struct {
	Head         Letterhead
	Reference    string
	Title, Place string
	Starts, Ends time.Time
	Zone         *time.Location
	At           time.Time // when it was made
	People       []AttendanceRow
	Empty        int // rows for who comes besides
}

// AttendanceRow is one person on the list.
type AttendanceRow struct {
	Name   string
	From   string // the office or the group
	As     string // the position, or whom the person represents
	Signed string // what is known instead of a signature; empty: the person signs
}

// PDF writes the list on A4 in the speaker's language. The same list makes the same
// bytes.
func (a AttendanceList) PDF(speak locale.Speaker) ([]byte, error) {
	return a.write(speak).content()
}

func (a AttendanceList) write(speak locale.Speaker) *paper {
	title := speak.Say("attendance_paper.title")
	p := newPaper(title+" · "+a.Title, a.Reference+" · "+speak.Moment(a.At, a.Zone), a.At, speak)
	a.Head.onTop(p)
	p.centered(title, "B", headPoints)
	p.y += formHeight / 2
	when := span{a.Starts, a.Ends, a.Zone}
	p.facts(paperMargin, factWidth, []fact{
		{speak.Say("paper.title"), a.Title}, {speak.Say("paper.day"), when.day(speak)},
		{speak.Say("paper.time"), when.hours(speak)}, {speak.Say("paper.place"), a.Place},
	})
	p.y += formHeight / 2
	var rows [][]string
	for _, person := range a.People {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), person.Name, person.From, person.As, person.Signed})
	}
	for range a.Empty {
		rows = append(rows, []string{strconv.Itoa(len(rows) + 1), "", "", "", ""})
	}
	grid{columns: []tableColumn{
		{name: speak.Say("paper.number"), width: 11, right: true}, {name: speak.Say("attendance_paper.name"), width: 50},
		{name: speak.Say("attendance_paper.from"), width: 38}, {name: speak.Say("attendance_paper.as"), width: 38},
		{name: speak.Say("attendance_paper.signature")},
	}, least: 9}.on(p, rows)
	return p
}
