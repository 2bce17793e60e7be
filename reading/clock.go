package reading

// clock is an hour as it was said.
type clock struct {
	kind    string
	hour    int  // the hour named; "setengah 3" names 3
	minutes int  // to add, or to take away when negative
	exact   bool // on the 24 hour clock: nothing about the half of the day is left to guess
	part    *partOfDay
	wrong   bool   // names an hour that no day has
	until   *clock // the second hour of "09.00–11.00"
	shy     bool   // an hour only beside a day, after a marker, or as a whole answer
}

// Office hours: without a part of the day the hours one to six are those after noon.
const lastAfternoonHour = 6

// endOfWork is the hour at which a day ends when none is named.
const endOfWork = 16 * 60

// options are the minutes after midnight that may be meant, and why there are none or several.
func (c clock) options() (minutes []int, reason string) {
	hours := []int{c.hour}
	switch {
	case c.wrong || c.hour > 24 || c.hour == 24 && c.minutes > 0 || c.minutes > 59:
		return nil, ReasonHourNotInDay
	case c.part != nil:
		hours = c.part.hours(c.hour)
	case !c.exact && c.hour >= 1 && c.hour <= lastAfternoonHour:
		hours[0] += 12
	}
	for _, hour := range hours {
		minutes = append(minutes, hour*60+c.minutes)
	}
	switch {
	case len(hours) == 0:
		return nil, ReasonHourMismatch
	case len(hours) > 1:
		return minutes, ReasonNightHour
	}
	if c.until != nil {
		return c.untilAsWell(minutes[0])
	}
	return minutes, ""
}

// untilAsWell adds the second hour of a range, which is the first such hour after the beginning.
func (c clock) untilAsWell(from int) (minutes []int, reason string) {
	last, reason := c.until.withPartOf(c).options()
	if len(last) == 0 {
		return nil, reason
	}
	until := last[0]
	for until <= from {
		until += 12 * 60
	}
	return []int{from, until}, ReasonRange
}

// withPartOf gives the second hour of a range the part of the day that was said once for both.
func (c clock) withPartOf(first clock) clock {
	if c.part == nil && !c.exact {
		c.part = first.part
	}
	return c
}

// exactKind says whether the wording leaves no part of the day to say.
func (c clock) exactKind() bool { return c.kind == kindEndOfDay || c.kind == kindNoon }

var clockRules = []func(r *reader, index int) (clock, int, bool){
	readNamedClock, readEndOfDay, readNoon, readHalfHour, readEnglishClock, readBareClock, readHourAndPart,
}

// clock reads an hour, with its part of the day and the end of a range behind it.
func (r *reader) clock(index int) (clock, int, bool) {
	for _, read := range clockRules {
		found, next, ok := read(r, index)
		if !ok {
			continue
		}
		next = r.skipAbout(next)
		if found.part == nil && !found.exactKind() {
			if found.part, next = r.partAfter(next); found.part != nil {
				found.shy = false
			}
		}
		next = r.untilAfter(&found, next)
		return found, next, true
	}
	return clock{}, index, false
}

// skipAbout passes over the ending that makes an hour a rough one, "jam 3-an" and "jam 3an".
func (r *reader) skipAbout(index int) int {
	at := index
	if r.sign(at, "-") && r.glued(at) {
		at++
	}
	if r.word(at) == "an" && r.glued(at) {
		return at + 1
	}
	return index
}

// clockParts follow an hour and nothing else.
var clockParts = newBook(map[string]*partOfDay{
	"am": morning, "a . m": morning, "a . m .": morning, "pm": postMeridiem, "p . m": postMeridiem, "p . m .": postMeridiem,
	"tengah malam": night, "tengah hari": midday,
})

func (r *reader) partAfter(index int) (*partOfDay, int) {
	if part, next, ok := clockParts.look(r, index); ok {
		return part, next
	}
	part, next, ok := partsOfDay.look(r, index)
	if !ok {
		return nil, index
	}
	return part, skipWords(r, next, "ini", "nanti")
}

var untilWords = wordings("-", "sampai", "sampai dengan", "hingga", "s . d .", "s . d", "s / d", "sd", "to", "until", "till")

// untilAfter reads the second hour of "09.00–11.00"; "sampai selesai" is passed over.
func (r *reader) untilAfter(first *clock, index int) int {
	at := untilWords.skip(r, index)
	if at == index {
		return index
	}
	if r.word(at) == "selesai" || r.word(at) == "finish" {
		return at + 1
	}
	if _, _, isDay := r.day(at); isDay {
		return index
	}
	last, next, ok := readNamedClock(r, at)
	if !ok {
		last, next, ok = r.hourAt(at)
	}
	if !ok || r.goesOn(next) {
		return index
	}
	last.part, next = r.partAfter(next)
	if first.part == nil && !first.exact {
		first.part = last.part
	}
	first.until = &last
	return next
}
