package report

import (
	"strconv"
	"time"

	"github.com/rembuk/rembuk/locale"
)

// MinutesPaper is an edition of the minutes of a meeting, as a document. The names of
// its fields stand in the database, where agreed editions are kept.
type MinutesPaper struct {
	Head          Letterhead
	Reference     string
	Edition       int
	Title, Place  string
	Starts, Ends  time.Time
	Zone          *time.Location `json:"-"` // the city's; what is kept of an agreed edition names it elsewhere
	At            time.Time      // when it was made
	Chair, Scribe string         // names; empty: not known
	Present       string         // how many were there
	Agenda        []string
	Notes         []string
	Decisions     []string
	Tasks         []MinutesTask
	Next          string // when and where the next meeting is; empty: not known
	State         MinutesState
	Agreed        string // by whom and when
}

// MinutesState is how an edition of minutes stands.
type MinutesState string

// States of an edition.
const (
	MinutesDraft    MinutesState = "draft"    // nobody has agreed
	MinutesAgreed   MinutesState = "agreed"   // see Agreed
	MinutesReplaced MinutesState = "replaced" // it was agreed, and there is a later edition
)

// MinutesTask is what somebody is to do after the meeting.
type MinutesTask struct {
	Text, Who, Due, State string
}

// PDF writes the minutes on A4 in the speaker's language. The same minutes make the
// same bytes.
func (m MinutesPaper) PDF(speak locale.Speaker) ([]byte, error) {
	return m.write(speak).content()
}

func (m MinutesPaper) write(speak locale.Speaker) *paper {
	title, state := speak.Say("minutes_paper.title"), m.state(speak)
	p := newPaper(title+" · "+m.Title, m.Reference+" · "+state, m.At, speak)
	m.Head.onTop(p)
	p.centered(title, "B", headPoints)
	if m.State == MinutesDraft {
		p.centered(state, "B", formPoints) // nobody shall take it for agreed
	} else {
		p.centered(state, "", smallPoints)
	}
	p.y += formHeight / 2
	p.facts(paperMargin, factWidth, m.facts(speak))
	m.part(p, "paper.agenda", m.Agenda)
	m.part(p, "minutes_paper.notes", m.Notes)
	m.part(p, "minutes_paper.decisions", m.Decisions)
	m.tasks(p)
	if m.Next != "" {
		m.heading(p, speak.Say("minutes_paper.next"))
		p.write(m.Next, "", paperMargin, textWidth)
	}
	p.y += 1.5 * formHeight
	p.signatures(signature{above: []string{speak.Say("minutes_paper.scribe_signs")}, name: m.Scribe},
		signature{above: []string{speak.Say("minutes_paper.chair_signs")}, name: m.Chair})
	if m.Agreed != "" {
		p.y += formHeight / 2
		p.write(m.Agreed, "", paperMargin, textWidth)
	}
	return p
}

// state names the edition, and says loudly where it is a draft.
func (m MinutesPaper) state(speak locale.Speaker) string {
	return speak.Say("minutes_paper.state."+string(m.State), "Edition", m.Edition)
}

func (m MinutesPaper) facts(speak locale.Speaker) []fact {
	when := span{m.Starts, m.Ends, m.Zone}
	return []fact{
		{speak.Say("minutes_paper.topic"), m.Title}, {speak.Say("paper.day"), when.day(speak)}, {speak.Say("paper.time"), when.hours(speak)},
		{speak.Say("paper.place"), m.Place}, {speak.Say("paper.chair"), m.Chair}, {speak.Say("minutes_paper.scribe"), m.Scribe},
		{speak.Say("minutes_paper.present"), m.Present},
	}
}

// part writes numbered things below their heading; nothing where there are none.
func (m MinutesPaper) part(p *paper, key string, items []string) {
	if len(items) == 0 {
		return
	}
	m.heading(p, p.speak.Say(key))
	p.numbered(paperMargin, items)
}

func (m MinutesPaper) heading(p *paper, text string) {
	p.y += formHeight / 2
	p.room(2 * formHeight)
	p.write(text, "B", paperMargin, textWidth)
}

// tasks writes what is to be done, and how it stood when the paper was made.
func (m MinutesPaper) tasks(p *paper) {
	if len(m.Tasks) == 0 {
		return
	}
	p.room(4 * formHeight)
	m.heading(p, p.speak.Say("minutes_paper.tasks"))
	var rows [][]string
	for i, task := range m.Tasks {
		rows = append(rows, []string{strconv.Itoa(i + 1), task.Text, task.Who, task.Due, task.State})
	}
	grid{columns: []tableColumn{
		{name: p.speak.Say("paper.number"), width: 11, right: true}, {name: p.speak.Say("minutes_paper.task"), width: 64},
		{name: p.speak.Say("minutes_paper.who"), width: 36}, {name: p.speak.Say("minutes_paper.due"), width: 32}, {name: p.speak.Say("minutes_paper.how")},
	}}.on(p, rows)
	p.y += 1
	p.say(p.speak.Say("minutes_paper.as_of", "Moment", p.speak.Moment(m.At, m.Zone)), "", smallPoints, 2)
}
