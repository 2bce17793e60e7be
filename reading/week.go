package reading

import "time"

var (
	weekShifts = newBook(map[string]int{
		"minggu depan": 1, "pekan depan": 1, "minggu ini": 0, "pekan ini": 0, "minggu lalu": -1, "pekan lalu": -1, "minggu kemarin": -1,
		"pekan kemarin": -1, "minggu yang lalu": -1, "pekan yang lalu": -1, "minggu depannya": 2, "pekan depannya": 2,
		"minggu depannya lagi": 2, "next week": 1, "this week": 0, "last week": -1, "the week after next": 2, "week after next": 2,
		"pekan mendatang": 1, "minggu mendatang": 1,
	})
	monthShifts = newBook(map[string]int{
		"bulan depan": 1, "bulan ini": 0, "bulan lalu": -1, "bulan kemarin": -1, "next month": 1, "this month": 0, "last month": -1,
		"bulan berikutnya": 1, "bulan mendatang": 1, "the month": 0, "bulan": 0, "month": 0, "the next month": 1,
	})
	yearShifts = newBook(map[string]int{
		"tahun depan": 1, "tahun ini": 0, "tahun lalu": -1, "tahun kemarin": -1, "next year": 1, "this year": 0, "last year": -1,
		"the year": 0, "tahun": 0, "year": 0, "tahun mendatang": 1,
	})
	ordinals = newBook(map[string]int{
		"pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "terakhir": -1,
		"ke - 1": 1, "ke - 2": 2, "ke - 3": 3, "ke - 4": 4, "ke - 5": 5, "ke 1": 1, "ke 2": 2, "ke 3": 3, "ke 4": 4, "ke 5": 5,
		"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5,
		"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1,
	})
)

// look2 tells whether a wording stands at a token.
func (b book[Meaning]) look2(r *reader, index int) (int, bool) {
	_, next, ok := b.look(r, index)
	return next, ok
}

// readWeek reads a week without a day. "minggu depan" may be the next week or its Sunday; both are offered.
func readWeek(r *reader, index int) (day, int, bool) {
	shift, next, ok := weekShifts.look(r, index)
	if !ok || wordsBeforeName[r.word(index-1)] && r.word(index-1) != "program" {
		return day{}, index, false
	}
	monday := mondayOf(r.today).AddDate(0, 0, 7*shift)
	if shift < 0 {
		found := bygone(monday)
		found.week = monday
		return found, next, true
	}
	found := oneOf(kindWeek, ReasonWeekWithoutDay, r.weekChoices(monday, r.word(index) == "minggu")...)
	found.week, found.shy = monday, shift == 0
	return found, next, true
}

// weekChoices are the days Monday to Friday that have not passed, and the Sunday where the word may mean that.
func (r *reader) weekChoices(monday time.Time, sunday bool) []time.Time {
	var choices []time.Time
	for _, choice := range daysFrom(monday, 7) {
		wanted := choice.Weekday() != time.Saturday && (choice.Weekday() != time.Sunday || sunday)
		if wanted && !choice.Before(r.today) {
			choices = append(choices, choice)
		}
	}
	return choices
}

// monthAt reads a month by name or by its distance ("bulan depan"); it answers with the first day.
func (r *reader) monthAt(index int) (first time.Time, next int, ok bool) {
	if month, isName := months[r.word(index)]; isName {
		year, next, has := r.year(index + 1)
		if !has {
			year = r.today.Year()
			if month < r.today.Month() {
				year++
			}
		}
		return civil(year, month, 1), next, true
	}
	if r.word(index) == "bulan" {
		if _, isName := months[r.word(index+1)]; isName {
			return r.monthAt(index + 1)
		}
	}
	shift, next, ok := monthShifts.look(r, index)
	return civil(r.today.Year(), r.today.Month()+time.Month(shift), 1), next, ok
}

// readMonth reads a month or a year without a day, which has to be asked.
func readMonth(r *reader, index int) (day, int, bool) {
	if shift, next, ok := yearShifts.look(r, index); ok && next > index+1 {
		found := vague(kindYear, ReasonYearWithoutDay)
		if shift < 0 {
			found = bygone(r.today.AddDate(shift, 0, 0))
		}
		found.shy = true
		return found, next, true
	}
	first, next, ok := r.monthAt(index)
	if !ok || r.word(index) == "bulan" && next == index+1 || r.word(index) == "month" || r.word(index) == "the" {
		return day{}, index, false
	}
	if lastOfMonth(first).Before(r.today) {
		return bygone(first), next, true
	}
	var choices []time.Time
	for _, choice := range []time.Time{first, first.AddDate(0, 0, 14), lastOfMonth(first)} {
		if !choice.Before(r.today) {
			choices = append(choices, choice)
		}
	}
	found := r.within(oneOf(kindMonth, ReasonMonthWithoutDay, choices...))
	found.shy = true
	return found, next, true
}

// readWeekOfMonth reads "minggu kedua Desember": a week of which the day has to be asked. The first week is the one with the first Monday.
func readWeekOfMonth(r *reader, index int) (day, int, bool) {
	at := index
	ordinal, next, leading := ordinals.look(r, at)
	if leading {
		at = next
	}
	word := r.word(at)
	if word != "minggu" && word != "pekan" && !(leading && word == "week") {
		return day{}, index, false
	}
	at++
	if !leading {
		ordinal, at, leading = ordinals.look(r, at)
	}
	first, next, ok := r.monthAt(skipWords(r, at, "of", "di", "pada", "in"))
	if !leading || !ok {
		return day{}, index, false
	}
	monday, ok := ordinalIn(first, time.Monday, ordinal)
	if !ok {
		return impossible(kindWeekOfMonth, ReasonDayNotInMonth), next, true
	}
	found := oneOf(kindWeekOfMonth, ReasonWeekWithoutDay, daysFrom(monday, 5)...)
	found.week = monday
	return r.within(found), next, true
}

// ordinalWeekday reads what makes "Senin" into "Senin pertama bulan depan".
func (r *reader) ordinalWeekday(weekday time.Weekday, index int) (day, int, bool) {
	ordinal, next, ok := ordinals.look(r, index)
	if !ok {
		return day{}, index, false
	}
	first, next, ok := r.monthAt(skipWords(r, next, "of", "di", "pada", "in"))
	if !ok {
		return day{}, index, false
	}
	meant, ok := ordinalIn(first, weekday, ordinal)
	if !ok {
		return impossible(kindOrdinalWeekday, ReasonDayNotInMonth), next, true
	}
	return r.within(on(kindOrdinalWeekday, meant)), next, true
}

// ordinalIn is the first, second, … or (with -1) last such weekday of the month that begins on first.
func ordinalIn(first time.Time, weekday time.Weekday, ordinal int) (time.Time, bool) {
	if ordinal < 0 {
		last := lastOfMonth(first)
		return last.AddDate(0, 0, -(int(last.Weekday())-int(weekday)+7)%7), true
	}
	meant := first.AddDate(0, 0, (int(weekday)-int(first.Weekday())+7)%7+7*(ordinal-1))
	return meant, meant.Month() == first.Month()
}

// skipWords passes over one of the given words.
func skipWords(r *reader, index int, words ...string) int {
	for _, word := range words {
		if r.word(index) == word {
			return index + 1
		}
	}
	return index
}

// readLeadingOrdinal reads the English order, "first Monday of December".
func readLeadingOrdinal(r *reader, index int) (day, int, bool) {
	at := skipWords(r, index, "the")
	ordinal, at, ok := ordinals.look(r, at)
	weekday, isWeekday := weekdays[r.word(at)]
	if !ok || !isWeekday {
		return day{}, index, false
	}
	first, next, ok := r.monthAt(skipWords(r, at+1, "of", "in"))
	if !ok {
		return day{}, index, false
	}
	meant, ok := ordinalIn(first, weekday, ordinal)
	if !ok {
		return impossible(kindOrdinalWeekday, ReasonDayNotInMonth), next, true
	}
	return r.within(on(kindOrdinalWeekday, meant)), next, true
}
