package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// surelyMeant is how many days a leave may last without being asked about: "10
// Juni sampai 3 Juni" is rather a slip than a leave of a year.
const surelyMeant = 183

// workingWeek is how many days from Monday on are offered for "minggu depan".
const workingWeek = 5

// readLeave reads the days that somebody writes; several leaves when it is to
// be asked which one is meant. Words around the days are not kept. Refusals:
// "leave_unread", and those of council.Leave.Check.
func (r *request) readLeave(text string) ([]council.Leave, error) {
	meant, err := r.leavesMeant(text)
	if err != nil {
		return nil, err
	}
	for i := range meant {
		meant[i].MemberID = r.actor.ID
		if err := meant[i].Check(r.todayThere()); err != nil {
			return nil, err
		}
	}
	return meant, nil
}

func (r *request) leavesMeant(text string) ([]council.Leave, error) {
	context := r.readingContext()
	from, to, found := reading.FindRange(text, context)
	if found && !strings.ContainsAny(text[:from.Start]+text[to.End:], digits) {
		return []council.Leave{r.between(from, to)}, nil
	}
	dues := reading.FindAll(text, context)
	if found || len(dues) == 0 {
		return nil, council.Refuse("leave_unread")
	}
	first, last := dues[0], dues[len(dues)-1]
	rest := text[:first.Start] + " " + text[last.End:]
	if len(dues) == 1 && strings.ContainsAny(rest, digits) {
		return r.lasting(text[first.Start:first.End], rest)
	}
	if len(dues) == 1 {
		return r.single(text, first)
	}
	return r.oneOfSeveral(dues)
}

const digits = "0123456789"

func (r *request) between(from, to reading.Due) council.Leave {
	return council.Leave{First: council.DayOf(from.Time, r.city.Zone), Last: council.DayOf(to.Time, r.city.Zone)}
}

// lasting reads "besok 3 hari" as "besok selama 3 hari".
func (r *request) lasting(day, length string) ([]council.Leave, error) {
	from, to, found := reading.FindRange(strings.TrimSpace(day)+" selama "+strings.TrimSpace(length), r.readingContext())
	if !found {
		return nil, council.Refuse("leave_unread")
	}
	return []council.Leave{r.between(from, to)}, nil
}

// single reads one date: that day, or, behind "sampai", all days until then.
func (r *request) single(text string, due reading.Due) ([]council.Leave, error) {
	first, _, _ := strings.Cut(strings.TrimSpace(text[due.Start:due.End]), " ")
	edge, _ := locale.Meaning("leave_edge", first)
	switch due.Outcome {
	case reading.Found, reading.Past:
		if edge == "from" || due.NoDeadline {
			return nil, council.Refuse("leave_unread") // it is not said until when
		}
		leave := r.between(due, due)
		if today := r.todayThere(); edge == "until" && today.Before(leave.Last) {
			leave.First = today
		}
		return []council.Leave{leave}, nil
	case reading.Impossible:
		if due.Reason == reading.ReasonRange {
			return nil, council.Refuse("leave_reversed")
		}
	case reading.Ambiguous:
		if due.Reason != reading.ReasonMonthWithoutDay {
			return r.offered(due.Candidates, due.Reason == reading.ReasonWeekWithoutDay), nil
		}
	}
	return nil, council.Refuse("leave_unread")
}

// offered are the days among which one is to be chosen, before them the week as
// a whole if a week was said.
func (r *request) offered(candidates []time.Time, week bool) []council.Leave {
	var days []council.Leave
	for _, candidate := range candidates {
		day := council.DayOf(candidate, r.city.Zone)
		days = append(days, council.Leave{First: day, Last: day})
	}
	days = slices.CompactFunc(days, func(a, b council.Leave) bool { return a.First == b.First })
	if week && len(days) > 1 {
		last := days[min(workingWeek, len(days))-1].Last
		days = slices.Insert(days, 0, council.Leave{First: days[0].First, Last: last})
	}
	return days
}

// oneOfSeveral offers several dates that were said beside each other: all the
// days between them, or each alone.
func (r *request) oneOfSeveral(dues []reading.Due) ([]council.Leave, error) {
	var moments []time.Time
	for _, due := range dues {
		if due.Outcome != reading.Found {
			return nil, council.Refuse("leave_unread")
		}
		moments = append(moments, due.Time)
	}
	if !slices.IsSortedFunc(moments, time.Time.Compare) {
		return nil, council.Refuse("leave_reversed")
	}
	together := r.between(dues[0], dues[len(dues)-1])
	return append([]council.Leave{together}, r.offered(moments[:min(len(moments), candidateLimit)], false)...), nil
}
