package bot

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rembuk/rembuk/store"
)

// How much of a moment is written out; the rest is counted.
const (
	planLines   = 12   // lines of one moment
	planBlock   = 1500 // units of all of them
	planLine    = 180  // runes of what is said to some
	planNames   = 120  // runes of their names
	planTasks   = 6    // tasks by their references
	planGroups  = 6    // groups by name
	planPersons = 4    // people by name
)

// planText writes a forecast to one reader.
type planText struct {
	evaluationText
	request *request
	facts   *planFacts
	names   bool // people by name; otherwise they are counted
	bare    bool // all of it is for the same person or group
	single  bool // all of it is about one thing
}

// planMoment is what is said at one moment.
type planMoment struct {
	at    time.Time
	lines []string
}

// planRow is who hears the same at one moment.
type planRow struct {
	what        string
	until       time.Time
	why         string
	unreachable bool
	hearers     []store.Hearer
}

// blocks writes what is said moment by moment.
func (w *planText) blocks(sayings []saying) ([]planMoment, error) {
	var blocks []planMoment
	for len(sayings) > 0 {
		at := sayings[0].at
		length := slices.IndexFunc(sayings, func(s saying) bool { return !s.at.Equal(at) })
		if length < 0 {
			length = len(sayings)
		}
		rows := w.rows(sayings[:length], false)
		if len(rows) > planLines {
			rows = w.rows(sayings[:length], true)
		}
		block := planMoment{at: at}
		used := 0
		for i, row := range rows {
			if i == planLines || used > planBlock {
				block.lines = append(block.lines, w.speak.Count("plan.more", countHearers(rows[i:])))
				break
			}
			line, err := w.line(row)
			if err != nil {
				return nil, err
			}
			block.lines, used = append(block.lines, line), used+units(line)
		}
		blocks, sayings = append(blocks, block), sayings[length:]
	}
	return blocks, nil
}

func countHearers(rows []planRow) (count int) {
	for _, row := range rows {
		count += len(row.hearers)
	}
	return count
}

// moment writes "Kam 4/6 08.00".
func (w *planText) moment(at time.Time) string {
	local := at.In(w.city.Zone)
	hour, _, _ := strings.Cut(w.speak.Hour(local), " ")
	return w.speak.ShortDay(local) + " " + hour
}

// planWay is how something reaches a reader.
type planWay struct {
	to          store.Hearer
	until       time.Time
	why         string
	unreachable bool
}

// rows puts together those who hear the same, groups first. Where they are too
// many, all people are one reader, of whom it is counted how many hear what.
func (w *planText) rows(sayings []saying, crowd bool) []planRow {
	heard, hearers := make(map[planWay][]saying), make(map[planWay][]store.Hearer)
	var order []planWay
	for _, s := range sayings {
		way := planWay{s.to, s.until, s.why, s.unreachable}
		if crowd && s.to.MemberID != 0 {
			way.to = store.Hearer{}
		}
		if heard[way] == nil {
			order = append(order, way)
		}
		heard[way] = append(heard[way], s)
		if known := hearers[way]; len(known) == 0 || known[len(known)-1] != s.to { // one reader's follow one another
			hearers[way] = append(known, s.to)
		}
	}
	var rows []planRow
	place := make(map[planRowKey]int)
	for _, way := range order {
		row := planRow{what: w.what(heard[way], way.to == store.Hearer{}), until: way.until, why: way.why, unreachable: way.unreachable}
		at, known := place[row.key()]
		if !known {
			at = len(rows)
			place[row.key()], rows = at, append(rows, row)
		}
		rows[at].hearers = append(rows[at].hearers, hearers[way]...)
	}
	slices.SortStableFunc(rows, func(a, b planRow) int { return cmp.Compare(b.groups(), a.groups()) })
	return rows
}

type planRowKey struct {
	what, why   string
	until       int64
	unreachable bool
}

func (r planRow) key() planRowKey {
	return planRowKey{r.what, r.why, r.until.UnixNano(), r.unreachable}
}

// groups is 1 when a group is among the hearers.
func (r planRow) groups() int {
	if slices.ContainsFunc(r.hearers, func(to store.Hearer) bool { return to.GroupID != 0 }) {
		return 1
	}
	return 0
}

// line writes "E-1 H-7 → Dewan; Pak Baso Irfandi".
func (w *planText) line(row planRow) (string, error) {
	line := shorten(row.what, planLine)
	if !w.bare {
		who, err := w.who(row.hearers)
		if err != nil {
			return "", err
		}
		line = w.speak.Say("plan.line", "What", line, "Who", who)
	}
	switch {
	case row.unreachable:
		return w.speak.Say("plan.unreachable", "Line", line), nil
	case !row.until.IsZero():
		return w.speak.Say("plan.waits", "Line", line, "Until", w.moment(row.until), "Why", w.speak.Say("plan.why."+row.why)), nil
	}
	return line, nil
}

// who names groups, and people where that is wanted; many are counted.
func (w *planText) who(hearers []store.Hearer) (string, error) {
	var groups, persons, parts []string
	for _, to := range hearers {
		if to.GroupID != 0 {
			group, err := w.facts.tx.Group(to.GroupID)
			if err != nil {
				return "", err
			}
			groups = append(groups, w.request.groupName(group))
			continue
		}
		member, err := w.facts.member(to.MemberID)
		if err != nil {
			return "", err
		}
		persons = append(persons, namePerson(w.speak, member))
	}
	tooLong := func(names []string) bool { return utf8.RuneCountInString(strings.Join(names, ", ")) > planNames }
	if len(groups) > planGroups || tooLong(groups) {
		groups = []string{w.speak.Count("plan.groups", len(groups))}
	}
	if len(persons) > planPersons || tooLong(persons) || !w.names && len(persons) > 0 {
		persons = []string{w.speak.Count("plan.persons", len(persons))}
	}
	for _, names := range [][]string{groups, persons} {
		if len(names) > 0 {
			parts = append(parts, strings.Join(names, ", "))
		}
	}
	return strings.Join(parts, "; "), nil
}
