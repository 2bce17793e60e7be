package reading

// partOfDay says which hours of the clock a word such as "sore" can mean, and which are offered when only the word was said.
type partOfDay struct {
	first, last int   // hours after midnight; 24 and more are the night after the day
	offered     []int // minutes after midnight
	early       bool  // the hours after midnight are called by the word as well
}

var (
	dawn          = &partOfDay{first: 0, last: 6, offered: []int{5 * 60}}
	morning       = &partOfDay{first: 0, last: 11, offered: []int{8 * 60, 9 * 60, 10 * 60}}
	midday        = &partOfDay{first: 9, last: 16, offered: []int{12 * 60, 13 * 60, 14 * 60}}
	afternoon     = &partOfDay{first: 12, last: 18, offered: []int{13 * 60, 14 * 60, 15 * 60}}
	lateAfternoon = &partOfDay{first: 13, last: 19, offered: []int{15 * 60, 16 * 60, 17 * 60}}
	evening       = &partOfDay{first: 16, last: 22, offered: []int{18 * 60, 19 * 60, 20 * 60}}
	night         = &partOfDay{first: 17, last: 24, offered: []int{19 * 60, 20 * 60, 21 * 60}, early: true}
	postMeridiem  = &partOfDay{first: 12, last: 23}
	beforePrayers = &partOfDay{first: 7, last: 12, offered: []int{10 * 60, 11 * 60}}
	afterPrayers  = &partOfDay{first: 12, last: 18, offered: []int{13*60 + 30, 14 * 60, 15 * 60}}
)

var partsOfDay = newBook(map[string]*partOfDay{
	"pagi": morning, "pagi hari": morning, "pagi - pagi": morning, "siang": midday, "siang hari": midday, "sore": lateAfternoon,
	"sore hari": lateAfternoon, "petang": lateAfternoon, "malam": night, "malam hari": night, "malamnya": night, "subuh": dawn,
	"dini hari": dawn, "paginya": morning, "siangnya": midday, "sorenya": lateAfternoon,
	"morning": morning, "in the morning": morning, "afternoon": afternoon, "in the afternoon": afternoon,
	"evening": evening, "in the evening": evening, "night": night, "at night": night,
})

// readPartOfToday reads "nanti malam", "sore ini", "tonight": the day is today, the hour is missing.
func readPartOfToday(r *reader, index int) (day, int, bool) {
	at := skipWords(r, index, "nanti", "this", "tadi")
	part, next, ok := partsOfDay.look(r, at)
	if r.word(index) == "tonight" {
		part, next, ok = night, index+1, true
	}
	if !ok {
		return day{}, index, false
	}
	if _, isEve := weekdays[r.word(next)]; part == night && isEve {
		return day{}, index, false
	}
	found := on(kindPartOfDay, r.today)
	if r.word(index) == "tadi" {
		found = bygone(r.today)
	}
	found.part = part
	if after := skipWords(r, next, "ini", "nanti"); after > next {
		return found, after, true
	}
	found.shy = found.shy || at == index && r.word(index) != "tonight"
	return found, next, true
}

func (r *reader) isPartOfDay(index int) bool {
	_, _, ok := partsOfDay.look(r, index)
	return ok
}

// hours are the hours after midnight that a named hour can be in this part of the day.
func (p *partOfDay) hours(named int) []int {
	switch {
	case p.early && named >= 1 && named <= 4:
		return []int{named, named + 24}
	case p.early && named == 0, named == 12 && p.last < 12:
		return []int{0}
	case p.early && named == 12:
		return []int{24}
	case named >= p.first && named <= p.last:
		return []int{named}
	case named+12 >= p.first && named+12 <= p.last:
		return []int{named + 12}
	}
	return nil
}
