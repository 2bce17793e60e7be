package reading

import "time"

var months = map[string]time.Month{
	"januari": 1, "jan": 1, "january": 1, "jnr": 1, "februari": 2, "pebruari": 2, "feb": 2, "peb": 2, "february": 2,
	"maret": 3, "mar": 3, "mrt": 3, "march": 3, "april": 4, "apr": 4, "mei": 5, "may": 5, "juni": 6, "jun": 6, "june": 6,
	"juli": 7, "jul": 7, "july": 7, "agustus": 8, "agst": 8, "agu": 8, "agt": 8, "ags": 8, "agus": 8, "aug": 8, "august": 8,
	"september": 9, "sep": 9, "sept": 9, "oktober": 10, "okt": 10, "oct": 10, "october": 10,
	"november": 11, "nopember": 11, "nov": 11, "nop": 11, "desember": 12, "des": 12, "dec": 12, "december": 12,
}

// englishMonths may stand before the day ("Dec 5"); in Indonesian the day comes first.
var englishMonths = map[string]bool{
	"january": true, "jan": true, "february": true, "feb": true, "march": true, "mar": true, "april": true, "apr": true, "may": true,
	"june": true, "jun": true, "july": true, "jul": true, "august": true, "aug": true, "september": true, "sept": true, "sep": true,
	"october": true, "oct": true, "november": true, "nov": true, "december": true, "dec": true,
}

// rangeWords stand between the two ends of a range.
var rangeWords = wordings("-", "sampai", "sampai dengan", "hingga", "s . d .", "s . d", "s / d", "sd", "s d", "to", "until", "till",
	"through", "dan")

// readDayMonth reads "5 Des", "tanggal 10 Desember 2026", "5th of December" and the range "3–7 Juni".
func readDayMonth(r *reader, index int) (day, int, bool) {
	at := r.skipDateWords(index)
	first, next, ok := r.dayNumber(at)
	if !ok {
		return day{}, index, false
	}
	if found, following, has := r.dayRange(first, next); has {
		return found, following, true
	}
	month, next, ok := r.monthName(next)
	if !ok {
		return day{}, index, false
	}
	year, next, hasYear := r.year(next)
	if hasYear {
		return r.dated(kindDayMonthYear, first, month, year), next, true
	}
	return r.coming(kindDayMonth, first, month), next, true
}

func (r *reader) skipDateWords(index int) int {
	if r.word(index) == "hari" && r.word(index+1) == "tanggal" {
		index++
	}
	at := skipWords(r, index, "tanggal", "the", "date")
	if at > index && r.sign(at, ".:") {
		at++
	}
	return at
}

// dayNumber reads the number of a day, with an English ending or not.
func (r *reader) dayNumber(index int) (number, next int, ok bool) {
	if len(r.at(index).text) > 2 && r.isNumber(index) {
		return 0, index, false
	}
	number, next, ok = r.whole(index)
	if !ok || number < 1 || number > 99 {
		return 0, index, false
	}
	if r.glued(next) {
		next = skipWords(r, next, "st", "nd", "rd", "tahun", "th")
	}
	return number, next, true
}

// dayRange reads the rest of "3–7 Juni 2026" and of "5 atau 6 Desember" after its first number.
func (r *reader) dayRange(first, index int) (day, int, bool) {
	at := rangeWords.skip(r, index)
	either := r.word(index) == "atau" || r.word(index) == "or"
	if either {
		at = index + 1
	}
	if at == index {
		return day{}, index, false
	}
	last, next, ok := r.dayNumber(r.skipDateWords(at))
	if !ok {
		return day{}, index, false
	}
	month, next, ok := r.monthName(next)
	if !ok {
		return day{}, index, false
	}
	year, next, hasYear := r.year(next)
	ending := r.coming(kindRange, last, month)
	if hasYear {
		ending = r.dated(kindRange, last, month, year)
	}
	if ending.outcome == Impossible {
		return ending, next, true
	}
	if first >= last && !either {
		return impossible(kindRange, ReasonRange), next, true
	}
	beginning := r.dated(kindRange, first, month, ending.choices[0].Year())
	if beginning.outcome == Impossible {
		return beginning, next, true
	}
	if either {
		return oneOf(kindAlternatives, ReasonAlternatives, inOrder(beginning.choices[0], ending.choices[0])...), next, true
	}
	return oneOf(kindRange, ReasonRange, beginning.choices[0], ending.choices[0]), next, true
}

// monthName reads a month after its day: "5 Des", "5-Des", "5 of December", "5 bulan Desember", "tanggal 5 bulan 12".
func (r *reader) monthName(index int) (time.Month, int, bool) {
	at := index
	if r.sign(at, "-/.") && r.glued(at) && r.glued(at+1) {
		at++
	}
	at = skipWords(r, at, "of", "bulan")
	if month, ok := months[r.word(at)]; ok {
		next := at + 1
		if r.sign(next, ".") && r.glued(next) && (r.isNumber(next+1) && !r.glued(next+1)) {
			next++
		}
		return month, next, true
	}
	if number := r.at(at); r.word(at-1) == "bulan" && number.kind == numberToken && number.value >= 1 && number.value <= 12 {
		return time.Month(number.value), at + 1, true
	}
	return 0, index, false
}

// year reads a year after a month: "2026", ", 2026", "-2026", "'26", "26" at the end of the words, "tahun 2026", "tahun depan".
func (r *reader) year(index int) (year, next int, ok bool) {
	if shift, next, ok := yearShifts.look(r, index); ok && next > index+1 {
		return r.today.Year() + shift, next, true
	}
	at := skipWords(r, index, "tahun", "year")
	if r.sign(at, ",") || r.sign(at, "'’") && r.glued(at+1) || r.sign(at, "-/") && r.glued(at) && r.glued(at+1) {
		at++
	}
	number := r.at(at)
	if number.kind != numberToken || r.goesOn(at+1) {
		return 0, index, false
	}
	if len(number.text) == 4 && number.value >= 1900 && number.value < 2200 {
		return number.value, at + 1, true
	}
	if len(number.text) != 2 || r.sign(at-1, ",") || number.value < 20 || !r.endsClause(at+1) {
		return 0, index, false
	}
	return 2000 + number.value, at + 1, true
}

// goesOn says whether a number is only the beginning of a longer one, as the 16 of "16.00".
func (r *reader) goesOn(index int) bool {
	_, has := r.gluedNumber(index, ".:,/-")
	return has || r.glued(index) && r.at(index).kind != signToken || r.sign(index, "%")
}

// endsClause says whether nothing but the end, a sign, or an hour follows.
func (r *reader) endsClause(index int) bool {
	switch r.word(index) {
	case "jam", "pukul", "at", "pagi", "siang", "sore", "malam", "sebelum", "paling":
		return r.word(index) == "jam" || r.word(index) == "pukul" || r.word(index) == "at" || r.word(index) == "sebelum" || r.word(index) == "paling"
	case "":
		_, isClock := r.gluedNumber(index+1, ".:")
		return !r.isNumber(index) || isClock
	}
	return false
}

// dated is a day of which day, month and year were said.
func (r *reader) dated(kind string, number int, month time.Month, year int) day {
	switch {
	case month < 1 || month > 12:
		return impossible(kind, ReasonMonthNotInYear)
	case number < 1 || number > daysIn(year, month):
		return impossible(kind, ReasonDayNotInMonth)
	}
	return r.within(on(kind, civil(year, month, number)))
}

// coming is the next such day from today on. Where that year has no such day ("29/2") there is none.
func (r *reader) coming(kind string, number int, month time.Month) day {
	year := r.today.Year()
	if month < r.today.Month() || month == r.today.Month() && number < r.today.Day() {
		year++
	}
	found := r.dated(kind, number, month, year)
	found.noYear = true
	return found
}

// readMonthDay reads the English order, "Dec 5" and "December 5th, 2026".
func readMonthDay(r *reader, index int) (day, int, bool) {
	month, isMonth := months[r.word(index)]
	if !isMonth || !englishMonths[r.word(index)] || !r.isNumber(index+1) {
		return day{}, index, false
	}
	number, next, ok := r.dayNumber(index + 1)
	if !ok || number > 31 || r.goesOn(next) && !r.sign(next, "-") {
		return day{}, index, false
	}
	year, next, hasYear := r.year(next)
	if hasYear {
		return r.dated(kindMonthDay, number, month, year), next, true
	}
	return r.coming(kindMonthDay, number, month), next, true
}
