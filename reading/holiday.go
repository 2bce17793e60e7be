package reading

import (
	"slices"
	"strings"
	"time"
)

// celebration is a holiday people call by name: a word of its official name, and its date where that never moves.
type celebration struct {
	word  string
	month time.Month
	day   int
}

var (
	christmas    = celebration{"natal", time.December, 25}
	newYear      = celebration{"masehi", time.January, 1}
	independence = celebration{"kemerdekaan", time.August, 17}
	labourDay    = celebration{"buruh", time.May, 1}
	pancasila    = celebration{"pancasila", time.June, 1}
	eid          = celebration{word: "idulfitri"}
	sacrifice    = celebration{word: "iduladha"}
	nyepi        = celebration{word: "nyepi"}
	imlek        = celebration{word: "imlek"}
)

var celebrations = newBook(map[string]celebration{
	"natal": christmas, "christmas": christmas, "tahun baru": newYear, "tahun baru masehi": newYear, "new year": newYear,
	"new years day": newYear, "kemerdekaan": independence, "hut ri": independence, "independence day": independence,
	"agustusan": independence, "hari buruh": labourDay, "buruh": labourDay, "may day": labourDay, "labour day": labourDay,
	"pancasila": pancasila, "lahir pancasila": pancasila,
	"idulfitri": eid, "idul fitri": eid, "lebaran": eid, "eid": eid, "idulfitri nanti": eid, "eid al - fitr": eid,
	"iduladha": sacrifice, "idul adha": sacrifice, "lebaran haji": sacrifice, "eid al - adha": sacrifice,
	"nyepi": nyepi, "imlek": imlek, "tahun baru imlek": imlek, "chinese new year": imlek,
	"waisak": {word: "waisak"}, "vesak": {word: "waisak"}, "maulid": {word: "maulid"}, "maulid nabi": {word: "maulid"},
	"isra mikraj": {word: "isra"}, "isra miraj": {word: "isra"}, "paskah": {word: "paskah"}, "easter": {word: "paskah"},
	"jumat agung": {word: "wafat"}, "good friday": {word: "wafat"}, "kenaikan": {word: "kenaikan"}, "ascension day": {word: "kenaikan"},
	"tahun baru islam": {word: "islam"}, "muharram": {word: "islam"}, "tahun baru hijriah": {word: "islam"},
})

// holiday reads the name of a holiday, with "hari" or "hari raya" before it or not.
func (r *reader) holiday(index int) (day, int, bool) {
	at := index
	if _, _, ok := celebrations.look(r, at); !ok {
		at = skipWords(r, skipWords(r, skipWords(r, at, "hari"), "raya"), "suci")
	}
	called, next, ok := celebrations.look(r, at)
	if !ok {
		return r.listedHoliday(index)
	}
	if date, found := r.nextHoliday(func(listed dayOff) bool { return listed.mentions(called.word) }); found {
		return on(kindHoliday, date), next, true
	}
	if called.day == 0 {
		return vague(kindHoliday, ReasonHolidayUnknown), next, true
	}
	return r.coming(kindHoliday, called.day, called.month), next, true
}

// Holidays are days off, prepared once for all texts that are read against them.
type Holidays struct {
	days   map[time.Time]bool
	listed []dayOff
	named  map[string][]dayOff // the same by the first word of the name
}

// dayOff is a holiday, its name split for comparing.
type dayOff struct {
	day   time.Time
	name  string
	words []string
}

// NewHolidays prepares days off. One without a name is no working day either.
func NewHolidays(list []Holiday) *Holidays {
	h := &Holidays{days: make(map[time.Time]bool, len(list)), named: make(map[string][]dayOff)}
	for _, holiday := range list {
		day, words := civilOf(holiday.Date), foldedWords(holiday.Name)
		h.days[day] = true
		if len(words) > 0 {
			listed := dayOff{day, strings.Join(words, " "), words}
			h.listed = append(h.listed, listed)
			h.named[words[0]] = append(h.named[words[0]], listed)
		}
	}
	return h
}

func (h *Holidays) off(day time.Time) bool { return h != nil && h.days[day] }

// mentions says whether a word is in the name of the holiday itself; the bridging days around it ("cuti bersama") bear its name too.
func (d dayOff) mentions(word string) bool {
	return d.words[0] != "cuti" && slices.Contains(d.words, word)
}

// foldedWords are the words of a name without its signs, as the tokens of a text would be. "Idul Fitri" is written in one word or two.
func foldedWords(name string) []string {
	var words []string
	for _, part := range split(name) {
		switch {
		case part.kind == signToken:
		case len(words) > 0 && words[len(words)-1] == "idul":
			words[len(words)-1] += part.text
		default:
			words = append(words, part.text)
		}
	}
	return words
}

// listedHoliday reads a holiday that has not passed by the full name that the context gives it.
func (r *reader) listedHoliday(index int) (day, int, bool) {
	if r.context.Holidays == nil {
		return day{}, index, false
	}
	for _, candidate := range r.context.Holidays.named[r.word(index)] {
		if !candidate.day.Before(r.today) && r.stands(index, candidate.words) {
			date, _ := r.nextHoliday(func(listed dayOff) bool { return listed.name == candidate.name })
			return on(kindHoliday, date), index + len(candidate.words), true
		}
	}
	return day{}, index, false
}

// nextHoliday is the first listed holiday from today on that is wanted.
func (r *reader) nextHoliday(wanted func(dayOff) bool) (date time.Time, found bool) {
	if r.context.Holidays == nil {
		return date, false
	}
	for _, listed := range r.context.Holidays.listed {
		if !listed.day.Before(r.today) && (!found || listed.day.Before(date)) && wanted(listed) {
			date, found = listed.day, true
		}
	}
	return date, found
}

// readHoliday reads "Natal", "sebelum Natal" (the day before), "setelah Lebaran" (the day after the last of its days).
func readHoliday(r *reader, index int) (day, int, bool) {
	direction := 0
	at := index
	switch r.word(index) {
	case "sebelum", "before", "jelang", "menjelang":
		direction, at = -1, index+1
	case "setelah", "sesudah", "habis", "after", "usai":
		direction, at = 1, index+1
	case "saat", "pas", "pada", "on":
		at = index + 1
	}
	found, next, ok := r.holiday(skipWords(r, at, "libur"))
	if !ok {
		return day{}, index, false
	}
	if direction != 0 && found.outcome == Found {
		found = on(kindAroundHoliday, found.choices[0].AddDate(0, 0, direction))
		for direction > 0 && r.context.Holidays.off(found.choices[0]) {
			found.choices[0] = found.choices[0].AddDate(0, 0, 1)
		}
	}
	found.shy = direction == 0
	return found, next, true
}
