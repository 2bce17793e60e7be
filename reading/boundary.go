package reading

import "time"

type edge int

const (
	beginning edge = iota
	middle
	end
)

var edges = newBook(map[string]edge{
	"akhir": end, "akhirnya": end, "penghujung": end, "ujung": end, "the end of": end, "end of": end, "late": end, "last day of": end,
	"hari terakhir": end, "the last day of": end,
	"awal": beginning, "permulaan": beginning, "the beginning of": beginning, "beginning of": beginning, "start of": beginning,
	"the start of": beginning, "early": beginning,
	"pertengahan": middle, "tengah": middle, "the middle of": middle, "middle of": middle, "mid": middle, "mid -": middle,
})

var (
	monthEnds   = wordings("eom", "month end", "end - of - month")
	yearEnds    = wordings("eoy", "year end", "tutup tahun", "tutup buku")
	weekEnds    = wordings("eow", "end of the week", "end of week", "end of this week")
	weekWords   = newBook(map[string]int{"minggu": 0, "pekan": 0, "week": 0, "the week": 0})
	quarterWord = newBook(map[string]int{
		"triwulan": 0, "triwulan ini": 0, "triwulan depan": 1, "kuartal": 0, "kuartal ini": 0, "kuartal depan": 1, "quarter": 0,
		"the quarter": 0, "this quarter": 0, "next quarter": 1,
	})
	weekendWords = newBook(map[string]int{"weekend": 0, "this weekend": 0, "the weekend": 0, "next weekend": 1, "weekend depan": 1, "weekend ini": 0})
)

// readBoundary reads beginnings, middles and ends: "akhir bulan", "awal tahun depan", "pertengahan Des", "akhir pekan".
func readBoundary(r *reader, index int) (day, int, bool) {
	if found, next, ok := r.shortBoundary(index); ok {
		return found, next, true
	}
	which, at, ok := edges.look(r, index)
	if !ok {
		return day{}, index, false
	}
	if first, next, has := r.monthAt(at); has {
		return r.within(r.monthEdge(which, first, next > at+1 || months[r.word(at)] > 0)), next, true
	}
	if shift, next, has := quarterWord.look(r, at); has {
		return r.quarterEdge(which, shift, next > at+1), next, true
	}
	if shift, next, has := yearShifts.look(r, at); has {
		year, following, numbered := r.year(at)
		if numbered {
			return r.yearEdge(which, year, true), following, true
		}
		return r.yearEdge(which, r.today.Year()+shift, next > at+1), next, true
	}
	return r.weekBoundary(which, at)
}

// shortBoundary reads the abbreviations, and English ends of the week, which mean Friday.
func (r *reader) shortBoundary(index int) (day, int, bool) {
	first := civil(r.today.Year(), r.today.Month(), 1)
	if next := monthEnds.skip(r, index); next > index {
		return r.monthEdge(end, first, false), next, true
	}
	if next := yearEnds.skip(r, index); next > index {
		return r.yearEdge(end, r.today.Year(), false), next, true
	}
	if next := weekEnds.skip(r, index); next > index {
		return r.weekIn(end, 0, false), next, true
	}
	if shift, next, ok := weekendWords.look(r, index); ok {
		return r.weekend(shift), next, true
	}
	return day{}, index, false
}

// monthEdge is a day of the month that begins on first. Without a name a beginning that has passed is the next month's.
func (r *reader) monthEdge(which edge, first time.Time, named bool) day {
	pick := func(first time.Time) time.Time {
		switch which {
		case beginning:
			return first
		case middle:
			return first.AddDate(0, 0, 14)
		}
		return lastOfMonth(first)
	}
	meant := pick(first)
	if !named && meant.Before(r.today) {
		meant = pick(first.AddDate(0, 1, 0))
	}
	return on(kindMonthBoundary, meant)
}

func (r *reader) yearEdge(which edge, year int, named bool) day {
	pick := func(year int) time.Time {
		switch which {
		case beginning:
			return civil(year, time.January, 1)
		case middle:
			return civil(year, time.June, 30)
		}
		return civil(year, time.December, 31)
	}
	meant := pick(year)
	if !named && meant.Before(r.today) {
		meant = pick(year + 1)
	}
	return r.within(on(kindYearBoundary, meant))
}

func (r *reader) quarterEdge(which edge, shift int, named bool) day {
	first := civil(r.today.Year(), (r.today.Month()-1)/3*3+1+time.Month(3*shift), 1)
	pick := func(first time.Time) time.Time {
		switch which {
		case beginning:
			return first
		case middle:
			return first.AddDate(0, 1, 14)
		}
		return first.AddDate(0, 3, -1)
	}
	meant := pick(first)
	if !named && meant.Before(r.today) {
		meant = pick(first.AddDate(0, 3, 0))
	}
	return on(kindQuarterBoundary, meant)
}

// weekBoundary reads "awal pekan depan", "tengah minggu", "akhir pekan".
func (r *reader) weekBoundary(which edge, index int) (day, int, bool) {
	shift, next, ok := weekShifts.look(r, index)
	named := ok
	if !ok {
		shift, next, ok = weekWords.look(r, index)
	}
	if !ok || shift < 0 {
		return day{}, index, false
	}
	if which == end && (r.word(index) == "minggu" || r.word(index) == "pekan") {
		return r.weekend(shift), next, true
	}
	return r.weekIn(which, shift, named), next, true
}

func (r *reader) weekIn(which edge, shift int, named bool) day {
	weekday := map[edge]time.Weekday{beginning: time.Monday, middle: time.Wednesday, end: time.Friday}[which]
	monday := mondayOf(r.today).AddDate(0, 0, 7*shift)
	meant := inWeek(monday, weekday)
	if !named && meant.Before(r.today) {
		meant = meant.AddDate(0, 0, 7)
	}
	return on(kindWeekBoundary, meant)
}

// weekend asks: offices end the week on Friday, people on Sunday.
func (r *reader) weekend(shift int) day {
	friday := inWeek(mondayOf(r.today).AddDate(0, 0, 7*shift), time.Friday)
	var choices []time.Time
	for _, choice := range daysFrom(friday, 3) {
		if !choice.Before(r.today) {
			choices = append(choices, choice)
		}
	}
	return oneOf(kindWeekend, ReasonWeekend, choices...)
}
