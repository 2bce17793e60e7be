package reading

import "time"

// Recurrence is something that comes again: "setiap Senin 08.00", "tiap tanggal 31", "every 2 weeks".
type Recurrence struct {
	Unit         string         // "day", "workday", "week" or "month"
	Every        int            // every how many units, from 1
	HasDay       bool           // a weekday or a day of the month was said; otherwise it is that of the first time
	Weekday      time.Weekday   // for weeks, with HasDay
	Others       []time.Weekday // further weekdays of the same week, "setiap Senin dan Kamis"
	Day          int            // for months, with HasDay: 1 to 31, or -1 for the last day
	Hour, Minute int            // on the 24 hour clock, with HasHour
	HasHour      bool           // false as well when the hour can be read in two ways
	Offered      []int          // minutes after midnight that a part of the day may mean ("setiap sore"), where no hour was said
	Zone         *time.Location // the zone the hour was given in; nil for the city's own
	Start, End   int            // byte offsets of the phrase with what leads into it
}

// The units of a Recurrence.
const (
	UnitDay     = "day"
	UnitWorkday = "workday"
	UnitWeek    = "week"
	UnitMonth   = "month"
)

// FindRecurrence finds the first repetition in a text.
func FindRecurrence(text string) (Recurrence, bool) {
	r := newReader(text, Context{})
	for index := range r.tokens {
		if !r.beginsCleanly(index) {
			continue
		}
		if found, next, ok := r.recurrence(index); ok {
			found.Start, found.End = r.offsets(index, next)
			return found, true
		}
	}
	return Recurrence{}, false
}

var (
	everyWords = wordings("setiap", "tiap", "tiap - tiap", "saban", "every", "each", "on every")
	repeats    = newBook(map[string]Recurrence{
		"hari": {Unit: UnitDay}, "day": {Unit: UnitDay}, "days": {Unit: UnitDay},
		"pagi": {Unit: UnitDay}, "siang": {Unit: UnitDay}, "sore": {Unit: UnitDay}, "malam": {Unit: UnitDay},
		"morning": {Unit: UnitDay}, "evening": {Unit: UnitDay},
		"hari kerja": {Unit: UnitWorkday}, "workday": {Unit: UnitWorkday}, "working day": {Unit: UnitWorkday},
		"business day": {Unit: UnitWorkday}, "weekday": {Unit: UnitWorkday},
		"minggu": {Unit: UnitWeek}, "pekan": {Unit: UnitWeek}, "week": {Unit: UnitWeek}, "weeks": {Unit: UnitWeek},
		"bulan": {Unit: UnitMonth}, "bulannya": {Unit: UnitMonth}, "month": {Unit: UnitMonth}, "months": {Unit: UnitMonth},
		"akhir bulan": {Unit: UnitMonth, Day: -1, HasDay: true}, "end of month": {Unit: UnitMonth, Day: -1, HasDay: true},
		"end of the month": {Unit: UnitMonth, Day: -1, HasDay: true}, "month end": {Unit: UnitMonth, Day: -1, HasDay: true},
		"awal bulan": {Unit: UnitMonth, Day: 1, HasDay: true}, "pertengahan bulan": {Unit: UnitMonth, Day: 15, HasDay: true},
		"other week": {Unit: UnitWeek, Every: 2}, "other month": {Unit: UnitMonth, Every: 2}, "other day": {Unit: UnitDay, Every: 2},
		"tanggal terakhir": {Unit: UnitMonth, Day: -1, HasDay: true}, "hari terakhir bulan": {Unit: UnitMonth, Day: -1, HasDay: true},
		"last day of the month": {Unit: UnitMonth, Day: -1, HasDay: true},
	})
	onceWords = newBook(map[string]Recurrence{
		"sehari sekali": {Unit: UnitDay}, "seminggu sekali": {Unit: UnitWeek}, "sepekan sekali": {Unit: UnitWeek},
		"end of every month": {Unit: UnitMonth, Day: -1, HasDay: true}, "end of each month": {Unit: UnitMonth, Day: -1, HasDay: true},
		"akhir setiap bulan": {Unit: UnitMonth, Day: -1, HasDay: true}, "akhir tiap bulan": {Unit: UnitMonth, Day: -1, HasDay: true},
		"sebulan sekali": {Unit: UnitMonth}, "once a week": {Unit: UnitWeek}, "once a month": {Unit: UnitMonth},
	})
)

// recurrence reads the repetition that begins at a token.
func (r *reader) recurrence(index int) (Recurrence, int, bool) {
	found, next, ok := r.repeated(index)
	if !ok {
		return Recurrence{}, index, false
	}
	found.Every = max(found.Every, 1)
	next = r.repeatedDay(&found, next)
	next = r.repeatedHour(&found, next)
	return found, next, !r.runsOn(next)
}

// repeated reads what is repeated: a unit, a weekday, or a day of the month.
func (r *reader) repeated(index int) (Recurrence, int, bool) {
	if found, next, ok := onceWords.look(r, index); ok {
		return found, next, true
	}
	at := everyWords.skip(r, index)
	if at == index {
		return r.countedOnce(index)
	}
	if found, next, ok := r.repeatedWeekday(at); ok {
		return found, next, true
	}
	if found, next, ok := r.repeatedDate(at); ok {
		return found, next, true
	}
	count, next, counted := r.whole(at)
	if !counted {
		count, next = 1, at
	}
	found, next, ok := repeats.look(r, next)
	found.Every = max(found.Every, count)
	return found, next, ok && count >= 1 && count <= 366 && !(counted && found.HasDay)
}

// countedOnce reads "2 minggu sekali".
func (r *reader) countedOnce(index int) (Recurrence, int, bool) {
	count, next, ok := r.whole(index)
	if !ok || count < 1 || count > 366 {
		return Recurrence{}, index, false
	}
	found, next, ok := repeats.look(r, next)
	found.Every = count
	return found, next + 1, ok && r.word(next) == "sekali"
}

// repeatedWeekday reads "Senin", "hari Senin dan Kamis", "other Monday".
func (r *reader) repeatedWeekday(index int) (Recurrence, int, bool) {
	at := skipWords(r, index, "hari", "other")
	weekday, ok := weekdays[r.word(at)]
	if !ok || r.word(at) == "minggu" && at == index && !r.at(at).capital {
		return Recurrence{}, index, false
	}
	found := Recurrence{Unit: UnitWeek, Every: 1, Weekday: weekday, HasDay: true}
	if r.word(index) == "other" {
		found.Every = 2
	}
	return found, r.otherWeekdays(&found, at+1), true
}

func (r *reader) otherWeekdays(found *Recurrence, index int) int {
	for len(found.Others) < 6 {
		at := index
		if r.sign(at, ",&") {
			at++
		}
		at = skipWords(r, at, "dan", "and", "serta")
		weekday, ok := weekdays[r.word(skipWords(r, at, "hari"))]
		if at == index || !ok {
			return index
		}
		found.Others = append(found.Others, weekday)
		index = skipWords(r, at, "hari") + 1
	}
	return index
}

// repeatedDate reads "tanggal 31" and "5th of the month".
func (r *reader) repeatedDate(index int) (Recurrence, int, bool) {
	at := r.skipDateWords(index)
	number, next, ok := r.dayNumber(at)
	suffixed := ok && next > at+1 && r.isNumber(at)
	if !ok || number > 31 || at == index && !suffixed {
		return Recurrence{}, index, false
	}
	if r.word(next) == "of" {
		end := skipWords(r, skipWords(r, next+1, "the", "every"), "month")
		if end > next+1 {
			next = end
		}
	}
	return Recurrence{Unit: UnitMonth, Every: 1, Day: number, HasDay: true}, next, true
}

// repeatedDay reads the day behind a unit: "bulan tanggal 5", "month on the 5th", "2 minggu hari Senin".
func (r *reader) repeatedDay(found *Recurrence, index int) int {
	at := index
	if r.sign(at, ",") {
		at++
	}
	at = skipWords(r, at, "pada", "on", "di")
	if found.HasDay {
		return index
	}
	switch found.Unit {
	case UnitWeek:
		if said, next, ok := r.repeatedWeekday(at); ok && r.word(at) != "other" {
			found.HasDay, found.Weekday, found.Others = true, said.Weekday, said.Others
			return next
		}
	case UnitMonth:
		if _, edge, ok := repeats.look(r, at); ok && edge > at+1 && r.word(at) != "hari" {
			said, next, _ := repeats.look(r, at)
			found.HasDay, found.Day = said.HasDay, said.Day
			return next
		}
		if said, next, ok := r.repeatedDate(at); ok {
			found.HasDay, found.Day = true, said.Day
			return next
		}
	}
	return index
}

// repeatedHour reads the hour and its zone. A part of the day without an hour is passed over.
func (r *reader) repeatedHour(found *Recurrence, index int) int {
	part, at, ok := partsOfDay.look(r, index)
	if !ok {
		at = index
	}
	if leading, _, has := partsOfDay.look(r, index-1); has && part == nil {
		part = leading
	}
	hour, next, ok := r.clock(clockLeads.skip(r, at))
	if !ok {
		if part != nil {
			found.Offered = part.offered
		}
		return at
	}
	if hour.part == nil && !hour.exactKind() {
		hour.part = part
	}
	minutes, reason := hour.options()
	if reason != "" && reason != ReasonRange || minutes[0] >= 24*60 {
		return at // an hour that is asked, or midnight, which is of the day after
	}
	found.HasHour, found.Hour, found.Minute = true, minutes[0]/60, minutes[0]%60
	if zone, end, ok := zones.look(r, next); ok {
		found.Zone, next = zone, end
	}
	return next
}
