package reading

// Hours is a part of every day, in minutes after midnight. One that ends before
// it begins goes over midnight.
type Hours struct {
	From, Until int
}

// minutesADay is how many minutes a day has on the clock.
const minutesADay = 24 * 60

var (
	hoursLeads  = wordings("dari", "mulai", "from")
	hoursJoins  = wordings("-", "sampai", "sampai dengan", "hingga", "s . d .", "s . d", "s / d", "sd", "to", "until", "till")
	hoursAround = wordings("antara", "between")
	hoursAnd    = wordings("dan", "and")
	hoursBefore = wordings("sebelum", "before")
	hoursAfter  = wordings("setelah", "sesudah", "after")
	hoursListed = wordings(",", ";", "dan", "and", "serta", ", dan", ", and", "&")
)

// ReadHours reads a text that as a whole names parts of every day: "12.00–13.30",
// "jam 12 sampai 13.30", "8 malam - 7 pagi", "12-13, 20.00-07.30", "sebelum jam
// 9". ok is false when anything else stands in it or an hour cannot be told.
//
// Without a part of the day the first hour is read as everywhere (one to six are
// those after noon), and the second is the next such hour after it; behind an
// hour of the 24 hour clock it is one too: "22-5" ends in the morning.
func ReadHours(text string) (parts []Hours, ok bool) {
	r := newReader(text, Context{})
	for index := 0; index < len(r.tokens); {
		part, next, found := r.hours(index)
		if !found {
			return nil, false
		}
		parts = append(parts, part)
		index = hoursListed.skip(r, next)
		for r.sign(index, "\n") {
			index++
		}
		if index == next && index < len(r.tokens) {
			return nil, false
		}
	}
	return parts, len(parts) > 0
}

// hours reads one part of the day.
func (r *reader) hours(index int) (Hours, int, bool) {
	if at := hoursBefore.skip(r, index); at > index {
		until, next, ok := r.edge(at)
		minute, known := until.only()
		return Hours{Until: minute % minutesADay}, next, ok && known
	}
	if at := hoursAfter.skip(r, index); at > index {
		from, next, ok := r.edge(at)
		minute, known := from.only()
		return Hours{From: minute % minutesADay}, next, ok && known
	}
	joins, begin := hoursJoins, hoursLeads.skip(r, index)
	if around := hoursAround.skip(r, index); around > index {
		joins, begin = hoursAnd, around
	}
	from, next, ok := r.edge(begin)
	if !ok {
		return Hours{}, index, false
	}
	at := joins.skip(r, next)
	until, end, ok := r.edge(at)
	if !ok || at == next {
		return Hours{}, index, false
	}
	return between(from, until, end)
}

// edge reads the hour at which a part of the day begins or ends.
func (r *reader) edge(index int) (clock, int, bool) {
	at := clockWords.skip(r, index)
	if r.sign(at, ".") {
		at++ // "jam. 9"
	}
	found, next, ok := readNoon(r, at)
	if !ok {
		found, next, ok = readHalfHour(r, at)
	}
	if !ok {
		found, next, ok = r.edgeHour(at)
	}
	if ok && found.part == nil && !found.exactKind() {
		found.part, next = r.partAfter(next)
	}
	return found, next, ok
}

// edgeHour is an hour with or without minutes, which a dash may follow.
func (r *reader) edgeHour(index int) (clock, int, bool) {
	hour, next, ok := r.whole(index)
	number := r.at(index)
	if !ok || number.kind != numberToken {
		return clock{kind: kindClock, hour: hour}, next, ok
	}
	found := clock{kind: kindClock, hour: hour, exact: hour == 0 || hour > 12 || number.text[0] == '0'}
	switch minutes, has := r.gluedNumber(next, ".:"); {
	case len(number.text) == 4:
		return clock{kind: kindClock, hour: hour / 100, minutes: hour % 100, exact: true}, next, true
	case has && len(minutes.text) == 2:
		found.minutes, next = minutes.value, next+2
	}
	return found, next, len(number.text) <= 2
}

// only is the one minute after midnight that an hour can mean; ok is false when
// no day has it, or when it can mean two.
func (c clock) only() (minute int, ok bool) {
	minutes, _ := c.options()
	if len(minutes) != 1 {
		return 0, false
	}
	return minutes[0], true
}

// between puts two edges together.
func between(from, until clock, next int) (Hours, int, bool) {
	ends, ok := until.only()
	begins, known := sharing(from, until).only()
	if !ok || !known {
		return Hours{}, next, false
	}
	switch said := until.hour*60 + until.minutes; {
	case until.part != nil || until.exact || until.exactKind():
	case from.exact && from.hour > 12:
		ends = said // on the 24 hour clock as well
	default:
		ends = nearestAfter(begins, said%(minutesADay/2))
	}
	return Hours{begins % minutesADay, ends % minutesADay}, next, true
}

// sharing gives the first hour the part of the day that was said once for both,
// if it can have it and then comes first: "8 - 10 malam".
func sharing(from, until clock) clock {
	shared := from
	shared.part = until.part
	begins, ok := shared.only()
	ends, _ := until.only()
	if from.part != nil || from.exact || from.exactKind() || !ok || begins > ends {
		return from
	}
	return shared
}

// nearestAfter is the first moment, not before another, at which a clock of
// twelve hours shows these minutes.
func nearestAfter(begins, shows int) int {
	for shows < begins {
		shows += minutesADay / 2
	}
	return shows
}
