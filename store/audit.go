package store

import (
	"database/sql"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

// EventFilter says which events are looked up; its zero value lets all of them through.
type EventFilter struct {
	Subject council.Reference
	Matter  council.Matter
	Member  int64     // what this member did, and what was changed about the roles and positions of this member
	Bot     bool      // what nobody did but the bot itself
	Since   time.Time // the first moment; zero: from the beginning
	Until   time.Time // the first moment that is too late; zero: up to now
}

// EventPage is some of the events that a filter lets through, newest first.
type EventPage struct {
	List         []Happening
	Older, Newer bool // whether there are any
}

// EventsBefore gives those events that were recorded before one with this id, the newest
// of them first; 0 begins with the newest of all.
func (tx *Tx) EventsBefore(filter EventFilter, id int64, limit int) (EventPage, error) {
	if id == 0 {
		id = math.MaxInt64
	}
	ids, err := tx.eventIDs(filter, span{0, id}, limit+1, true)
	if err != nil {
		return EventPage{}, err
	}
	page := EventPage{Older: len(ids) > limit}
	ids = ids[:min(len(ids), limit)]
	if len(ids) > 0 && id != math.MaxInt64 {
		newer, err := tx.eventIDs(filter, span{ids[0], math.MaxInt64}, 1, false)
		if err != nil {
			return page, err
		}
		page.Newer = len(newer) > 0
	}
	page.List, err = tx.happenings(ids)
	return page, err
}

// EventsAfter gives the events that were recorded next after one with this id, the newest
// of them first.
func (tx *Tx) EventsAfter(filter EventFilter, id int64, limit int) (EventPage, error) {
	ids, err := tx.eventIDs(filter, span{id, math.MaxInt64}, limit+1, false)
	if err != nil {
		return EventPage{}, err
	}
	page := EventPage{Newer: len(ids) > limit}
	ids = ids[:min(len(ids), limit)]
	slices.Reverse(ids)
	if len(ids) > 0 {
		older, err := tx.eventIDs(filter, span{0, ids[len(ids)-1]}, 1, true)
		if err != nil {
			return page, err
		}
		page.Older = len(older) > 0
	}
	page.List, err = tx.happenings(ids)
	return page, err
}

// span is between two ids, neither of which belongs to it.
type span struct{ after, before int64 }

// eventIDs finds ids of events by walking one index for each alternative of a filter, from
// that end of the span at which it is read, so that no more is read than is wanted.
func (tx *Tx) eventIDs(filter EventFilter, within span, limit int, newest bool) ([]int64, error) {
	within, err := tx.narrowed(filter, within)
	if err != nil || within.after >= within.before {
		return nil, err
	}
	order := "ASC"
	if newest {
		order = "DESC"
	}
	var found []int64
	for _, way := range filter.ways() {
		conditions := append([]condition{{"event.id > ?", []any{within.after}}, {"event.id < ?", []any{within.before}}}, way...)
		if !filter.Since.IsZero() {
			conditions = append(conditions, condition{"+at >= ?", []any{milliseconds(filter.Since)}})
		}
		if !filter.Until.IsZero() {
			conditions = append(conditions, condition{"+at < ?", []any{milliseconds(filter.Until)}})
		}
		var words []string
		var arguments []any
		for _, one := range conditions {
			words, arguments = append(words, one.words), append(arguments, one.arguments...)
		}
		ids, err := all(tx, scalar[int64], `SELECT id FROM event WHERE `+strings.Join(words, " AND ")+` ORDER BY id `+order+` LIMIT ?`, append(arguments, limit)...)
		if err != nil {
			return nil, err
		}
		found = append(found, ids...)
	}
	slices.Sort(found)
	found = slices.Compact(found)
	if newest {
		slices.Reverse(found)
	}
	return found[:min(len(found), limit)], nil
}

// narrowed is the part of a span in which the events of a filter's period are. Where the
// clock was once set back, others are among them.
func (tx *Tx) narrowed(filter EventFilter, within span) (span, error) {
	if filter.Since.IsZero() && filter.Until.IsZero() {
		return within, nil
	}
	until := int64(math.MaxInt64)
	if !filter.Until.IsZero() {
		until = milliseconds(filter.Until)
	}
	period, err := one(tx, func(row scanner) (span, error) {
		var first, last sql.NullInt64
		err := row.Scan(&first, &last)
		return span{first.Int64 - 1, last.Int64 + 1}, err
	}, `SELECT min(id), max(id) FROM event WHERE at >= ? AND at < ?`, orNever(filter.Since), until)
	return span{max(within.after, period.after), min(within.before, period.before)}, err
}

// condition is one of SQL, with its arguments.
type condition struct {
	words     string
	arguments []any
}

// ways are the alternatives of a filter. Each walks one index: that of its first
// condition; the others are marked with + so that theirs are not taken.
func (f EventFilter) ways() [][]condition {
	var drives [][]condition // alternatives of what leads the search, the narrowest thing first
	switch kinds := f.Matter.Kinds(); {
	case !f.Subject.IsZero():
		drives = [][]condition{{{"subject = ?", []any{f.Subject.String()}}}}
	case len(kinds) > 0:
		for _, kind := range kinds {
			drives = append(drives, []condition{{"kind = ?", []any{kind}}})
		}
		f.Matter = ""
	case f.Member != 0:
		drives = [][]condition{
			{{"member_id = ?", []any{f.Member}}},
			{{aboutMember + " = ? AND " + hasAbout, []any{f.Member}}},
		}
		f.Member = 0
	case f.Matter.Letter() != 0:
		drives = [][]condition{{{"substr(subject, 1, 1) = ?", []any{string(f.Matter.Letter())}}}}
		f.Matter = ""
	default:
		drives = [][]condition{nil}
	}
	for i := range drives {
		drives[i] = append(drives[i], f.further()...)
	}
	return drives
}

// Whom an event was about. The index holds these words exactly as they are here.
const (
	aboutMember = `CAST(json_extract(detail, '$.member') AS INTEGER)`
	hasAbout    = `kind IN ('role_changed', 'position_changed') AND detail <> ''`
)

// further are the conditions that lead no search.
func (f EventFilter) further() []condition {
	var list []condition
	if letter := f.Matter.Letter(); letter != 0 {
		list = append(list, condition{"+substr(subject, 1, 1) = ?", []any{string(letter)}})
	}
	if kinds := f.Matter.Kinds(); len(kinds) > 0 {
		arguments := make([]any, len(kinds))
		for i, kind := range kinds {
			arguments[i] = kind
		}
		list = append(list, condition{"+kind IN (" + marks(len(kinds)) + ")", arguments})
	}
	if f.Member != 0 {
		list = append(list, condition{"(+member_id = ? OR CASE WHEN " + hasAbout + " THEN " + aboutMember + " END = ?)", []any{f.Member, f.Member}})
	}
	if f.Bot {
		list = append(list, condition{"+member_id = 0", nil})
	}
	return list
}

// happenings reads events by their ids, in that order, with the names of now and without words.
func (tx *Tx) happenings(ids []int64) ([]Happening, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	arguments := make([]any, len(ids))
	for i, id := range ids {
		arguments[i] = id
	}
	list, err := all(tx, func(row scanner) (Happening, error) {
		var subject string
		h, err := scanHappening(scanBehind(row, &subject))
		h.Subject, _ = council.ParseReference(subject)
		return h, err
	}, `SELECT event.subject, event.id, event.at, event.member_id, event.kind, event.detail, event.words_id,
		coalesce(member.name, ''), coalesce(member.username, ''), coalesce(member.address, ''), ''
		FROM event LEFT JOIN member ON member.id = event.member_id WHERE event.id IN (`+marks(len(ids))+`) ORDER BY event.id DESC`, arguments...)
	return list, err
}

// behind is a row whose first column is read by somebody else.
type behind struct {
	row   scanner
	first any
}

func scanBehind(row scanner, first any) scanner { return behind{row, first} }

// Scan reads all columns of the row.
func (b behind) Scan(others ...any) error { return b.row.Scan(append([]any{b.first}, others...)...) }

// MemberByUsername finds the member with this username, with or without @; ErrNotFound
// if there is none.
func (tx *Tx) MemberByUsername(username string) (council.Member, error) {
	return one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE folded = ? AND folded <> ''`, council.FoldUsername(username))
}
