package reading

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// longestPeriod is how many days one line may mean.
const longestPeriod = 31

// listLine is what one line says: its days with the bytes that their dates take,
// or why it was not understood.
type listLine struct {
	days       []time.Time
	yearNamed  bool
	start, end int
	bygone     bool // the day of the week moved it to the year before
	reason     string
}

// hourOfTable is the midnight that tables write behind a date.
var hourOfTable = regexp.MustCompile(`^([T ]?00:00(?::00)?(?:\.0+)?Z?)`)

// lineOf finds the days of a line: the first date that is written with its
// month, otherwise a line that begins with a day near the present.
func (l *listReader) lineOf(line string) listLine {
	switch {
	case len(line) > longestLine:
		return listLine{reason: ReasonLineTooLong}
	case !strings.ContainsAny(line, "0123456789"):
		return l.nearDay(line)
	}
	context := l.context
	if l.year != 0 {
		context.Now = time.Date(l.year, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	r := newReader(line, context)
	for index := range r.tokens {
		if !r.mayBeginDate(index) {
			continue
		}
		found, next, ok := r.datesAt(index)
		if !ok {
			continue
		}
		found.start, found.end = r.tokens[index].start, r.tokens[next-1].end
		found.end += len(hourOfTable.FindString(line[found.end:]))
		return l.checked(found, line)
	}
	return l.nearDay(line)
}

// mayBeginDate says whether a date may begin at a token: not inside "ke-81", but
// behind a sign of a table or the number of a line.
func (r *reader) mayBeginDate(index int) bool {
	switch {
	case r.tokens[index].kind == signToken:
		return false
	case index == 0 || !r.glued(index) || r.sign(index-1, ",;|:([=*•"):
		return true
	}
	return index == 1 && r.at(0).kind == signToken || index == 2 && r.isNumber(0) && r.sign(1, ".)")
}

// nearDay reads a line that begins with a day seen from the present: "besok", "Jumat depan".
func (l *listReader) nearDay(line string) listLine {
	r := newReader(line, l.context)
	if len(r.tokens) == 0 {
		return listLine{reason: ReasonNoDate}
	}
	found, ok := r.onePhrase(0)
	if !ok || !found.hasDay || found.day.outcome != Found || found.hasClock || len(found.day.choices) != 1 ||
		!found.day.isNear() && !found.day.weekday && found.day.kind != kindDayOfMonth {
		return listLine{reason: ReasonNoDate}
	}
	return l.checked(listLine{days: found.day.choices, end: r.tokens[found.next-1].end}, line)
}

var (
	fourDigits = regexp.MustCompile(`\b\d{4}\b`)
	shortYear  = regexp.MustCompile(`\b\d{1,2}([./-])\d{1,2}[./-]\d{2}\b`)
	numbers    = regexp.MustCompile(`\d+`)
)

// checked holds days to their bounds, and tells whether their year was written.
func (l *listReader) checked(found listLine, line string) listLine {
	written := line[found.start:found.end]
	found.yearNamed = found.reason == "" && namesYear(written)
	switch {
	case found.reason != "":
	case losesDays(line[:found.start], line[found.end:]):
		found.reason = ReasonNoDate
	case l.year != 0 && found.bygone:
		found.reason = ReasonWeekdayMismatch // it fits the year before
	case len(found.days) > longestPeriod:
		found.reason = ReasonPeriodTooLong
	case slices.ContainsFunc(found.days, func(day time.Time) bool { return day.Year() < earliestYear || day.Year() > latestYear }):
		found.reason = ReasonTooFar
	}
	if found.reason != "" {
		found.days, found.yearNamed = nil, false
	}
	return found
}

// losesDays tells whether numbers before the first date that was understood are
// days as well, and not the number of the line.
func losesDays(before, after string) bool {
	count := len(numbers.FindAllString(before, -1))
	if count == 0 || !onlyOf(before, wordsAround) {
		return false
	}
	ofTable := strings.HasPrefix(after, ",")
	return count > 1 || strings.HasSuffix(strings.TrimSpace(before), ",") && !ofTable
}

// datesAt reads the dates that begin at a token: one, a period, or several with
// commas between them. It gives the token after them.
func (r *reader) datesAt(index int) (found listLine, next int, ok bool) {
	found, next, ok = r.datesOnce(index)
	for ok && found.reason == "" {
		at := listJoins.skip(r, next)
		more, following, again := r.datesOnce(at)
		if at == next || !again {
			break
		}
		next = following
		found.days, found.reason, found.bygone = append(found.days, more.days...), more.reason, found.bygone || more.bygone
	}
	return found, next, ok
}

// listJoins stand between the dates of one line.
var listJoins = wordings(",", "dan", ", dan", "&", "and", ", and", "serta")

// datesOnce reads one date, or the days of one period.
func (r *reader) datesOnce(index int) (found listLine, next int, ok bool) {
	if found, next, ok = r.several(index); ok {
		return found, next, true
	}
	first, ok := r.listedPhrase(index)
	if !ok {
		return listLine{}, index, false
	}
	found = r.listedDay(first)
	at := r.dash(first.next)
	last, isPeriod := r.listedPhrase(at)
	if found.reason != "" || at == first.next || !isPeriod {
		return found, first.next, true
	}
	end := r.listedDay(last)
	if end.reason != "" {
		return end, last.next, true
	}
	from, to := found.days[0], end.days[0]
	if from.After(to) && r.namesYear(last) {
		from = from.AddDate(to.Year()-from.Year(), 0, 0)
	}
	if from.After(to) && r.namesYear(last) {
		from = from.AddDate(-1, 0, 0)
	} else if from.After(to) {
		to = to.AddDate(from.Year()-to.Year()+1, 0, 0)
	}
	return listLine{days: daysThrough(from, to)}, last.next, true
}

// listedPhrase reads a date that is written as lists write it.
func (r *reader) listedPhrase(index int) (phrase, bool) {
	found, ok := r.onePhrase(index)
	return found, ok && found.hasDay && found.day.isListed() && (!found.shy() || found.day.outcome != Found || r.ownClause(found.first, found.next))
}

func (r *reader) listedDay(p phrase) listLine {
	if p.day.outcome != Found && p.day.outcome != Past || len(p.day.choices) != 1 {
		return listLine{reason: p.day.reason}
	}
	return listLine{days: p.day.choices, bygone: p.day.kind == kindBygone}
}

// namesYear says whether the words of a phrase have a year.
func (r *reader) namesYear(p phrase) bool {
	return namesYear(r.text[r.tokens[p.first].start:r.tokens[p.next-1].end])
}

func namesYear(written string) bool {
	return fourDigits.MatchString(written) || shortYear.MatchString(written)
}

// isListed says whether a day was said with its month.
func (d day) isListed() bool {
	return d.isDate() && d.kind != kindDayOfMonth || d.kind == kindRange || d.kind == kindAlternatives || d.kind == kindWeekdayAndDate ||
		d.kind == kindBygone && d.outcome == Past && !d.shy
}

// daysThrough lists the days of a period, both ends included; one day more than
// a line may mean where it is too long.
func daysThrough(first, last time.Time) []time.Time {
	var days []time.Time
	for day := first; !day.After(last) && len(days) <= longestPeriod; day = day.AddDate(0, 0, 1) {
		days = append(days, day)
	}
	return days
}

// several reads the numbers of days that share a month: "20, 23, dan 24 Maret
// 2026", "21-22 dan 25 Maret". In a table whose columns are parted by commas the
// number before the first one is the line's own.
func (r *reader) several(index int) (found listLine, next int, ok bool) {
	first, next, ok := r.dayNumber(index)
	if !ok {
		return listLine{}, index, false
	}
	numbers, next, parted := r.numbersAfter(first, next)
	month, next, ok := r.monthName(next)
	if !ok || len(numbers) == 1 {
		return listLine{}, index, false
	}
	year, next, hasYear := r.year(next)
	if parted && r.sign(next, ",") && r.glued(next+1) {
		return listLine{}, index, false
	}
	for _, number := range numbers {
		one := r.coming(kindDayMonth, number, month)
		if hasYear {
			one = r.dated(kindDayMonthYear, number, month, year)
		}
		if one.outcome != Found {
			return listLine{reason: one.reason}, next, true
		}
		found.days = append(found.days, one.choices...)
	}
	return found, next, true
}

// numbersAfter reads the numbers that follow the first one, and tells whether a
// comma without a blank stands between them.
func (r *reader) numbersAfter(first, index int) (numbers []int, next int, parted bool) {
	numbers, next = []int{first}, index
	for {
		at := listJoins.skip(r, next)
		through := at == next
		if through {
			at = r.dash(next)
		}
		number, following, ok := r.dayNumber(at)
		last := numbers[len(numbers)-1]
		if at == next || !ok || number <= last {
			return numbers, next, parted
		}
		parted = parted || r.sign(next, ",") && r.glued(at)
		for day := last + 1; through && day < number; day++ {
			numbers = append(numbers, day)
		}
		numbers, next = append(numbers, number), following
	}
}

// dash is the token behind what leads from the beginning of a period to its end.
func (r *reader) dash(index int) int { return rangeJoins.skip(r, index) }
