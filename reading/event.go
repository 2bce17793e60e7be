package reading

import "time"

var eventWords = map[string]bool{
	"acara": true, "kegiatan": true, "evaluasi": true, "rapat": true, "event": true, "pelaksanaan": true, "meeting": true, "evaluation": true,
	"lokakarya": true,
}

// readAroundEvent reads "H-7", "H+3", "hari H", counted from the event in the context, from one named behind it
// ("H-7 (acara 11 Des 2026)"), or from a holiday ("H-1 Idulfitri").
func readAroundEvent(r *reader, index int) (day, int, bool) {
	if r.word(index) == "hari" && r.word(index+1) == "h" {
		return r.eventDay(index + 2)
	}
	if r.word(index) == "hari" && r.sign(index+1, "-") && r.word(index+2) == "h" {
		return r.eventDay(index + 3)
	}
	number := r.at(index + 2)
	if r.word(index) != "h" || number.kind != numberToken || number.value < 0 || number.value > 999 {
		return day{}, index, false
	}
	switch sign := r.at(index + 1).text; sign {
	case "-", "min", "minus":
		return r.aroundEvent(kindBeforeEvent, span{-float64(number.value), dayUnit}, index+3)
	case "+", "plus":
		return r.aroundEvent(kindAfterEvent, span{float64(number.value), dayUnit}, index+3)
	}
	return day{}, index, false
}

func (r *reader) eventDay(next int) (day, int, bool) {
	return r.aroundEvent(kindEventDay, span{0, dayUnit}, next)
}

// readSpelledEvent reads "dua hari sebelum acara", "3 days after Christmas".
func readSpelledEvent(r *reader, index int) (day, int, bool) {
	length, next, ok := r.length(index)
	if !ok || length.unit.minutes > 0 || length.unit.kind == kindWorkdays || length.amount > 999 {
		return day{}, index, false
	}
	kind := kindAfterEvent
	switch r.word(next) {
	case "sebelum", "before":
		kind, length.amount = kindBeforeEvent, -length.amount
	case "setelah", "sesudah", "after", "usai":
	default:
		return day{}, index, false
	}
	at := skipWords(r, next+1, "hari", "the")
	_, _, isHoliday := r.holiday(at)
	if !eventWords[r.word(at)] && r.word(at) != "h" && !isHoliday {
		return day{}, index, false
	}
	return r.aroundEvent(kind, length, skipWords(r, at, "h"))
}

// aroundEvent counts from the holiday or the event that follows, or from the one in the context.
func (r *reader) aroundEvent(kind string, distance span, index int) (day, int, bool) {
	if event, next, ok := r.holiday(index); ok {
		if event.outcome != Found {
			event.kind = kindAroundHoliday
			return event, next, true
		}
		return on(kindAroundHoliday, shift(event.choices[0], distance)), next, true
	}
	event, next, named := r.annotation(index)
	if !named {
		next = index
		if eventWords[r.word(index)] {
			next++
		}
		if r.context.Event.IsZero() {
			return vague(kind, ReasonEventMissing), next, true
		}
		event = civilOf(r.context.Event.In(r.context.Now.Location()))
	}
	return r.within(on(kind, shift(event, distance))), next, true
}

// annotation reads an event that is named with its date: "(acara 11 Des 2026)", "acara (11/12)", "acara 11 Des".
func (r *reader) annotation(index int) (event time.Time, next int, ok bool) {
	at := index
	open := r.sign(at, "(")
	if open {
		at++
	}
	if !eventWords[r.word(at)] {
		return time.Time{}, index, false
	}
	at = skipWords(r, at+1, "tanggal", "pada")
	if r.sign(at, "(") && !open {
		open = true
		at++
	}
	if r.sign(at, ":") {
		at++
	}
	for _, read := range []func(*reader, int) (day, int, bool){readDayMonth, readMonthDay, readNumbers} {
		found, following, has := read(r, at)
		if !has || found.outcome != Found || open && !r.sign(following, ")") {
			continue
		}
		if open {
			following++
		}
		return found.choices[0], following, true
	}
	return time.Time{}, index, false
}
