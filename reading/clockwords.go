package reading

var clockWords = wordings("jam", "pukul", "at", "jam kira - kira", "sekitar jam", "sekitar pukul", "kira - kira jam", "at around", "around")

// readNamedClock reads "jam 9", "pukul 16.00", "jam setengah 3", "jam 8 kurang seperempat", "at 4".
func readNamedClock(r *reader, index int) (clock, int, bool) {
	at := clockWords.skip(r, index)
	if at == index {
		return clock{}, index, false
	}
	if r.sign(at, ".:") {
		at++
	}
	if found, next, ok := readNoon(r, at); ok {
		return found, next, true
	}
	if found, next, ok := readHalfHour(r, at); ok {
		return found, next, true
	}
	found, next, ok := r.hourAt(at)
	if !ok {
		return clock{}, index, false
	}
	switch r.word(next) {
	case "menit", "detik", "jam", "minutes", "hours":
		return clock{}, index, false
	}
	found.shy = r.word(index) == "at" || r.word(index) == "around"
	next = r.minutesAround(&found, next)
	return found, next, true
}

// hourAt reads an hour with or without minutes: "9", "09.30", "16:00", "1600", "sembilan".
func (r *reader) hourAt(index int) (clock, int, bool) {
	hour, next, ok := r.whole(index)
	number := r.at(index)
	if !ok {
		return clock{}, index, false
	}
	found := clock{kind: kindClock, hour: hour, exact: hour == 0 || hour > 12 || number.text[0] == '0'}
	if number.kind != numberToken {
		return found, next, hour <= 24
	}
	if len(number.text) == 4 && hour%100 < 60 {
		return clock{kind: kindClock, hour: hour / 100, minutes: hour % 100, exact: true}, next, hour <= 2400
	}
	if len(number.text) > 2 {
		return clock{}, index, false
	}
	minutes, has := r.gluedNumber(next, ".:")
	if !has {
		return found, next, !r.goesOn(next) || r.sign(next, "-") || r.glued(next) && r.at(next).kind == wordToken
	}
	if len(minutes.text) != 2 {
		return clock{}, index, false
	}
	found.minutes = minutes.value
	next += 2
	if seconds, ok := r.gluedNumber(next, ".:"); ok && len(seconds.text) == 2 {
		next += 2
	}
	return found, next, true
}

// minutesAround reads "kurang seperempat", "lewat 10", "lebih 15 menit" behind an hour.
func (r *reader) minutesAround(found *clock, index int) int {
	sign := 1
	switch r.word(index) {
	case "kurang":
		sign = -1
	case "lewat", "lebih":
	default:
		return index
	}
	minutes, next, ok := r.minutesAt(index + 1)
	if !ok {
		return index
	}
	found.kind, found.minutes = kindQuarterHour, found.minutes+sign*minutes
	return next
}

func (r *reader) minutesAt(index int) (minutes, next int, ok bool) {
	switch at := skipWords(r, index, "a"); r.word(at) {
	case "seperempat", "quarter":
		return 15, at + 1, true
	case "setengah", "half":
		return 30, at + 1, true
	}
	minutes, next, ok = r.whole(index)
	if !ok || minutes < 1 || minutes > 59 || r.goesOn(next) {
		return 0, index, false
	}
	return minutes, skipWords(r, next, "menit", "minutes"), true
}

// readHalfHour reads "setengah 3", which is half an hour before three.
func readHalfHour(r *reader, index int) (clock, int, bool) {
	if r.word(index) != "setengah" || r.isCount(index-1) {
		return clock{}, index, false
	}
	hour, next, ok := r.whole(index + 1)
	if !ok || hour < 1 || hour > 12 || r.goesOn(next) {
		return clock{}, index, false
	}
	if _, _, isLength := units.look(r, next); isLength && !r.isDayAt(next) {
		return clock{}, index, false
	}
	return clock{kind: kindHalfHour, hour: hour, minutes: -30}, next, true
}

func (r *reader) isDayAt(index int) bool {
	_, _, ok := r.day(index)
	return ok
}

var (
	endOfDayWords = wordings("eod", "end of day", "end of the day", "close of business", "cob", "akhir hari", "akhir hari kerja",
		"akhir jam kerja", "tutup kantor", "jam tutup kantor", "jam pulang", "jam pulang kantor", "sebelum pulang", "end of business")
	noons = newBook(map[string]int{"noon": 12, "tengah hari": 12, "midday": 12, "12 noon": 12, "tengah malam": 24, "midnight": 24,
		"at noon": 12, "at midnight": 24})
)

// readEndOfDay reads the end of working hours.
func readEndOfDay(r *reader, index int) (clock, int, bool) {
	next := endOfDayWords.skip(r, index)
	return clock{kind: kindEndOfDay, hour: endOfWork / 60, exact: true}, next, next > index
}

// readNoon reads "tengah hari" and "tengah malam"; midnight ends the day it is said of.
func readNoon(r *reader, index int) (clock, int, bool) {
	hour, next, ok := noons.look(r, index)
	return clock{kind: kindNoon, hour: hour, exact: true}, next, ok
}

// readEnglishClock reads "half past two", "a quarter to five", "ten past four", "5 o'clock".
func readEnglishClock(r *reader, index int) (clock, int, bool) {
	if minutes, at, ok := r.minutesAt(skipWords(r, index, "at")); ok && (r.word(at) == "past" || r.word(at) == "to") {
		hour, next, has := r.whole(at + 1)
		if !has || hour < 1 || hour > 12 || r.goesOn(next) {
			return clock{}, index, false
		}
		if r.word(at) == "to" {
			minutes = -minutes
		}
		return clock{kind: kindQuarterHour, hour: hour, minutes: minutes, shy: r.isNumber(at - 1)}, skipWords(r, next, "oclock"), true
	}
	hour, next, ok := r.whole(skipWords(r, index, "at"))
	if !ok || hour > 12 || r.word(next) != "oclock" {
		return clock{}, index, false
	}
	return clock{kind: kindClock, hour: hour}, next + 1, true
}

// readBareClock reads "16.00" and "09:30". With a dot it may be any number, so it needs a day, a zone or a marker beside it.
func readBareClock(r *reader, index int) (clock, int, bool) {
	minutes, ok := r.gluedNumber(index+1, ".:")
	if !r.isNumber(index) || !ok || minutes.value > 59 || r.followsCode(index) {
		return clock{}, index, false
	}
	found, next, ok := r.hourAt(index)
	if !ok || found.hour > 24 || r.goesOn(next) && !r.sign(next, "-") && !r.zoneFollows(next) && clockParts.skip(r, next) == next {
		return clock{}, index, false
	}
	colon := r.sign(index+1, ":") && len(r.at(index).text) == 2
	found.shy = !colon && !r.zoneFollows(next)
	return found, next, true
}

// readHourAndPart reads "4 sore", "9 am" and "4pm". "3 malam" may as well be three nights.
func readHourAndPart(r *reader, index int) (clock, int, bool) {
	hour, next, ok := r.whole(index)
	if !ok || hour < 1 || hour > 12 || r.followsCode(index) || r.isNumber(index) && len(r.at(index).text) > 2 {
		return clock{}, index, false
	}
	part, end := r.partAfter(next)
	if part == nil {
		return clock{}, index, false
	}
	english := clockParts.skip(r, next) > next
	return clock{kind: kindClock, hour: hour, part: part, shy: !english}, end, true
}
