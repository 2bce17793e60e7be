package reading

import (
	"math"
	"time"
)

// unit is a measure of time that relative dates count in.
type unit struct {
	kind    string
	minutes float64 // for measures shorter than a day
	days    int
	months  int
}

var (
	minuteUnit = unit{kind: kindMinutes, minutes: 1}
	hourUnit   = unit{kind: kindHours, minutes: 60}
	dayUnit    = unit{kind: kindDays, days: 1}
	workUnit   = unit{kind: kindWorkdays}
	weekUnit   = unit{kind: kindWeeks, days: 7}
	monthUnit  = unit{kind: kindMonths, months: 1}
	yearUnit   = unit{kind: kindYears, months: 12}
)

var units = newBook(map[string]unit{
	"menit": minuteUnit, "minute": minuteUnit, "minutes": minuteUnit, "mins": minuteUnit, "min": minuteUnit,
	"jam": hourUnit, "hour": hourUnit, "hours": hourUnit, "hrs": hourUnit,
	"hari": dayUnit, "day": dayUnit, "days": dayUnit,
	"hari kerja": workUnit, "workday": workUnit, "workdays": workUnit, "working day": workUnit, "working days": workUnit,
	"business day": workUnit, "business days": workUnit,
	"minggu": weekUnit, "pekan": weekUnit, "week": weekUnit, "weeks": weekUnit,
	"bulan": monthUnit, "month": monthUnit, "months": monthUnit,
	"tahun": yearUnit, "year": yearUnit, "years": yearUnit,
})

// joinedUnits have "one" in front: "seminggu" is one week.
var joinedUnits = newBook(map[string]unit{
	"semenit": minuteUnit, "sejam": hourUnit, "sehari": dayUnit, "sehari kerja": workUnit, "seminggu": weekUnit, "sepekan": weekUnit,
	"sebulan": monthUnit, "setahun": yearUnit,
})

var (
	wordsAhead = wordings("lagi", "ke depan", "kedepan", "mendatang", "kemudian", "from now", "from today", "ahead", "later", "berikutnya",
		"dari sekarang", "dari hari ini", "setelah ini")
	wordsAgo    = wordings("lalu", "yang lalu", "ago", "sebelumnya", "silam")
	wordsBefore = wordings("dalam waktu", "dalam tempo", "dalam jangka waktu", "dalam", "in", "within", "setelah")
)

// lookBack makes a length one that has been: "dalam 5 bulan terakhir".
var lookBack = map[string]bool{"terakhir": true, "ini": true, "belakangan": true, "lalu": true, "sebelumnya": true, "ago": true}

// span is a length of time as it was written: "dua pekan", "1,5 jam".
type span struct {
	amount float64
	unit   unit
}

// length reads a number above zero and its unit.
func (r *reader) length(index int) (span, int, bool) {
	if joined, next, ok := joinedUnits.look(r, index); ok {
		return span{1, joined}, next, true
	}
	amount, at, ok := r.amount(index)
	if word := r.word(index); !ok && (word == "a" || word == "an") {
		amount, at, ok = 1, index+1, true
	}
	if !ok {
		return span{}, index, false
	}
	if r.word(at) == "a" || r.word(at) == "an" {
		at++
	}
	measure, next, ok := units.look(r, at)
	return span{amount, measure}, next, ok && amount > 0
}

// readFromNow reads "3 hari lagi", "dalam dua pekan", "setengah jam lagi", "in a week".
func readFromNow(r *reader, index int) (day, int, bool) {
	at := wordsBefore.skip(r, index)
	length, next, ok := r.length(at)
	if !ok {
		return day{}, index, false
	}
	end := wordsAhead.skip(r, next)
	if lookBack[r.word(next)] {
		return day{}, index, false
	}
	if end == next && (at == index || r.word(index) == "setelah") {
		return day{}, index, false
	}
	return r.afterToday(length), end, true
}

// afterToday counts a length from the moment of the message: shorter units give an instant, longer ones a day.
func (r *reader) afterToday(length span) day {
	measure := length.unit
	if length.amount > 10000 {
		return impossible(measure.kind, ReasonTooFar)
	}
	if measure.minutes > 0 {
		ahead := time.Duration(length.amount * measure.minutes * float64(time.Minute))
		return day{kind: measure.kind, outcome: Found, moment: r.context.Now.Add(ahead)}
	}
	if measure.kind == kindWorkdays {
		return r.within(on(measure.kind, r.addWorkdays(r.today, int(math.Ceil(length.amount)))))
	}
	return r.within(on(measure.kind, shift(r.today, length)))
}

// shift counts whole days, and months by the calendar; half a month is fifteen days.
func shift(from time.Time, length span) time.Time {
	if length.unit.months == 0 {
		return from.AddDate(0, 0, int(math.Round(length.amount*float64(length.unit.days))))
	}
	total := length.amount * float64(length.unit.months)
	whole := math.Floor(total)
	return addMonths(from, int(whole)).AddDate(0, 0, int((total-whole)*30))
}

// readBygone reads "3 hari yang lalu".
func readBygone(r *reader, index int) (day, int, bool) {
	length, next, ok := r.length(index)
	if !ok {
		return day{}, index, false
	}
	end := wordsAgo.skip(r, next)
	if end == next || length.amount > 10000 {
		return day{}, index, false
	}
	length.amount = -length.amount
	return bygone(shift(r.today, length)), end, true
}

// readTimesDay reads the office phrase "1x24 jam" and "2 x 24 jam".
func readTimesDay(r *reader, index int) (day, int, bool) {
	at := wordsBefore.skip(r, index)
	count, next, ok := r.whole(at)
	if !ok || r.word(next) != "x" && r.at(next).text != "×" && r.word(next) != "kali" {
		return day{}, index, false
	}
	if number := r.at(next + 1); number.kind != numberToken || number.value != 24 || r.word(next+2) != "jam" {
		return day{}, index, false
	}
	found := r.afterToday(span{float64(count) * 24, hourUnit})
	found.kind = kindTimesDay
	return found, wordsAhead.skip(r, next+3), true
}

var nextWorkdayWords = wordings("hari kerja berikutnya", "hari kerja berikut", "hari kerja selanjutnya", "next working day", "next workday",
	"next business day", "the next working day", "the next business day")

// readNextWorkday reads "hari kerja berikutnya".
func readNextWorkday(r *reader, index int) (day, int, bool) {
	next := nextWorkdayWords.skip(r, index)
	if next == index {
		return day{}, index, false
	}
	return on(kindNextWorkday, r.addWorkdays(r.today, 1)), next, true
}
