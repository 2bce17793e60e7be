package reading

import "time"

// wordsBeforeCode come before numbers that are no dates and no hours: articles of law, houses, versions, amounts.
var wordsBeforeCode = map[string]bool{
	"rt": true, "rw": true, "no": true, "nomor": true, "nomer": true, "number": true, "perbup": true, "perda": true, "permen": true,
	"perpres": true, "pp": true, "uu": true, "sk": true, "se": true, "pasal": true, "ayat": true, "smp": true, "sma": true, "smk": true,
	"sd": true, "sdn": true, "smpn": true, "sman": true, "jalan": true, "jl": true, "jln": true, "lantai": true, "lt": true, "versi": true,
	"version": true, "ver": true, "v": true, "blok": true, "gang": true, "gg": true, "kelas": true, "bab": true, "lampiran": true,
	"skor": true, "nilai": true, "skala": true, "rasio": true, "indeks": true, "halaman": true, "hal": true, "hlm": true, "kamar": true,
	"ruang": true, "km": true, "rp": true, "kode": true, "indikator": true, "tahap": true, "rev": true, "revisi": true, "kav": true,
	"hp": true, "telp": true, "wa": true, "nik": true, "nip": true, "ip": true, "progres": true, "ukuran": true,
}

// followsCode says whether a number belongs to the word before it, as in "RT 03" or "No. 5/12".
func (r *reader) followsCode(index int) bool {
	return wordsBeforeCode[r.labelOf(index)]
}

// labelOf is the word before a number, over a colon or a dot.
func (r *reader) labelOf(index int) string {
	if r.sign(index-1, ".:") {
		index--
	}
	return r.word(index - 1)
}

// readNumbers reads dates written in numbers, always day before month: "5/12", "05-12-26", "5.12.2026", and "2026-12-05".
func readNumbers(r *reader, index int) (day, int, bool) {
	at := r.skipDateWords(index)
	first, sign := r.at(at), r.at(at+1).text
	if first.kind != numberToken || r.followsCode(at) && at == index {
		return day{}, index, false
	}
	second, ok := r.gluedNumber(at+1, "/-.")
	if !ok {
		return day{}, index, false
	}
	third, hasThird := r.gluedNumber(at+3, sign)
	next := at + 3
	if hasThird {
		next = at + 5
	}
	if r.isPartOfCode(next) {
		return day{}, index, false
	}
	switch {
	case hasThird && len(first.text) == 4:
		return r.yearFirst(first, second, third, next)
	case hasThird:
		found, ok := r.dayMonthYear(first, second, third, sign)
		return found, next, ok
	case len(first.text) > 2 || len(second.text) > 2 || sign == "." || sign == "-" && at > index:
		return day{}, index, false
	}
	found := r.inNumbers(kindNumbers, first.value, second.value, 0)
	found.shy = found.outcome != Found || sign == "-" && at == index
	return found, next, true
}

// isPartOfCode says whether the number before a token goes on in a way that no date does.
func (r *reader) isPartOfCode(index int) bool {
	if r.sign(index, "%") {
		return true
	}
	if _, longer := r.gluedNumber(index, "/."); longer {
		return true
	}
	return r.glued(index) && r.at(index).kind != signToken && r.word(index) != "t"
}

func (r *reader) yearFirst(year, month, number *token, next int) (day, int, bool) {
	if len(month.text) != 2 || len(number.text) != 2 || year.value < 1900 || year.value >= 2200 {
		return day{}, next, false
	}
	if r.word(next) == "t" && r.glued(next) {
		next++
	}
	return r.dated(kindYearFirst, number.value, time.Month(month.value), year.value), next, true
}

func (r *reader) dayMonthYear(number, month, year *token, sign string) (day, bool) {
	if len(number.text) > 2 || len(month.text) > 2 || len(year.text) != 2 && len(year.text) != 4 || sign == "." && len(year.text) == 2 {
		return day{}, false
	}
	full := year.value
	if len(year.text) == 2 {
		full += 2000
	}
	if full < 1900 || full >= 2200 {
		return day{}, false
	}
	found := r.inNumbers(kindNumbersYear, number.value, month.value, full)
	found.shy = found.outcome != Found
	return found, true
}

// inNumbers asks when only the American order would make a date of the numbers.
func (r *reader) inNumbers(kind string, number, month, year int) day {
	resolve := func(number, month int) day {
		if year == 0 {
			if month < 1 || month > 12 {
				return impossible(kind, ReasonMonthNotInYear)
			}
			return r.coming(kind, number, time.Month(month))
		}
		return r.dated(kind, number, time.Month(month), year)
	}
	found := resolve(number, month)
	if found.reason != ReasonMonthNotInYear {
		return found
	}
	if swapped := resolve(month, number); swapped.outcome == Found {
		return oneOf(kind, ReasonMonthFirst, swapped.choices...)
	}
	return found
}

// readDayOfMonth reads a day without its month: "tgl 5", "tanggal 5 bulan depan", "the 5th". Without a month it is the next month that has the day.
func readDayOfMonth(r *reader, index int) (day, int, bool) {
	at := r.skipDateWords(index)
	number, next, ok := r.dayNumber(at)
	if at == index || !ok {
		return day{}, index, false
	}
	if found, following, has := r.monthlessRange(number, next); has {
		return found, following, true
	}
	english := r.word(at-1) == "the" || r.word(index) == "the"
	if r.goesOn(next) && !r.sign(next, "-") || english && next == at+1 {
		return day{}, index, false
	}
	if first, following, has := r.monthAt(next); has && following > next+1 {
		return r.dated(kindDayOfOtherMonth, number, first.Month(), first.Year()), following, true
	}
	if number > 31 {
		return impossible(kindDayOfMonth, ReasonDayNotInMonth), next, true
	}
	return on(kindDayOfMonth, r.nextNumbered(number)), next, true
}

// nextNumbered is the next day from today on that has a number from 1 to 31 in its month.
func (r *reader) nextNumbered(number int) time.Time {
	first := civil(r.today.Year(), r.today.Month(), 1)
	if number < r.today.Day() {
		first = first.AddDate(0, 1, 0)
	}
	for number > daysIn(first.Year(), first.Month()) {
		first = first.AddDate(0, 1, 0)
	}
	return first.AddDate(0, 0, number-1)
}

// monthlessRange reads the rest of "tanggal 3–7".
func (r *reader) monthlessRange(first, index int) (day, int, bool) {
	at := rangeWords.skip(r, index)
	last, next, ok := r.dayNumber(r.skipDateWords(at))
	if at == index || !ok || last <= first || last > 31 || r.goesOn(next) || r.word(index) == "dan" {
		return day{}, index, false
	}
	beginning := r.nextNumbered(first)
	if last > daysIn(beginning.Year(), beginning.Month()) {
		beginning = civil(beginning.Year(), beginning.Month()+1, first)
	}
	return oneOf(kindRange, ReasonRange, beginning, beginning.AddDate(0, 0, last-first)), next, true
}
