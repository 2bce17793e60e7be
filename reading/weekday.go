package reading

import "time"

var weekdays = map[string]time.Weekday{
	"senin": time.Monday, "selasa": time.Tuesday, "rabu": time.Wednesday, "kamis": time.Thursday, "jumat": time.Friday,
	"sabtu": time.Saturday, "minggu": time.Sunday, "ahad": time.Sunday,
	"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday, "friday": time.Friday,
	"saturday": time.Saturday, "sunday": time.Sunday,
}

// shortWeekdays are read only beside a number or after "next" and "this": "sen", "min" and "sun" mean other things too.
var shortWeekdays = map[string]time.Weekday{
	"sen": time.Monday, "sel": time.Tuesday, "rab": time.Wednesday, "rbu": time.Wednesday, "kam": time.Thursday, "jum": time.Friday,
	"sab": time.Saturday, "min": time.Sunday,
	"mon": time.Monday, "tue": time.Tuesday, "tues": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday, "thur": time.Thursday,
	"thurs": time.Thursday, "fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday,
}

// Words that make a name of a weekday: "Pasar Minggu", "Jumat Bersih", "Jumat Agung", and measures such as "per minggu".
var (
	wordsBeforeName = map[string]bool{"pasar": true, "sekolah": true, "per": true, "setiap": true, "tiap": true, "koran": true, "tugu": true,
		"gerakan": true, "program": true, "salat": true, "sholat": true, "shalat": true}
	wordsAfterName = map[string]bool{"bersih": true, "berkah": true, "barokah": true, "sehat": true, "agung": true, "berbagi": true,
		"putih": true, "abu": true, "curhat": true, "ceria": true, "olahraga": true, "kasih": true, "sedekah": true, "keling": true,
		"ngopi": true, "peduli": true, "ngantor": true}
	weekdayDirections = newBook(map[string]string{
		"depan": "next", "yang akan datang": "coming", "akan datang": "coming", "mendatang": "coming", "ini": "coming",
		"lalu": "last", "yang lalu": "last", "kemarin": "last", "next": "next", "this": "coming", "coming": "coming",
		"this coming": "coming", "last": "last", "the coming": "coming",
	})
)

// readWeekday reads a weekday: the next one to come, or with "depan" that of the next week from Monday to Sunday.
func readWeekday(r *reader, index int) (day, int, bool) {
	direction, at, _ := weekdayDirections.look(r, index)
	if direction != "" && (r.word(index) == "kemarin" || r.word(index) == "ini" || r.word(index) == "depan" || r.word(index) == "lalu") {
		return day{}, index, false
	}
	named := r.word(at) == "hari"
	if named {
		at++
	}
	weekday, next, ok := r.weekdayAt(at, direction != "")
	if !ok || r.isNameOfWeekday(index, at, named) {
		return day{}, index, false
	}
	if after, following, has := weekdayDirections.look(r, next); has && direction == "" && !englishDirection(r.word(next)) {
		direction, next = after, following
	}
	if found, following, has := r.ordinalWeekday(weekday, next); has {
		return found, following, true
	}
	found := r.weekdayIn(direction, weekday)
	found.shy = found.shy || r.word(at) == "minggu" && !named && !r.at(at).capital && direction == ""
	return found, next, true
}

func englishDirection(word string) bool {
	return word == "next" || word == "this" || word == "coming" || word == "last" || word == "the"
}

func (r *reader) weekdayAt(index int, directed bool) (time.Weekday, int, bool) {
	word := r.word(index)
	if weekday, ok := weekdays[word]; ok {
		return weekday, index + 1, true
	}
	weekday, ok := shortWeekdays[word]
	next := index + 1
	if r.sign(next, ".") && r.glued(next) {
		next++
	}
	if ok && r.sign(next, ",") {
		next++
	}
	return weekday, next, ok && (directed || r.isNumber(next))
}

// isNameOfWeekday recognises weekdays that name something else, and "minggu" counted as weeks.
func (r *reader) isNameOfWeekday(index, at int, named bool) bool {
	before, after := r.word(index-1), r.word(at+1)
	if wordsBeforeName[before] || wordsAfterName[after] {
		return true
	}
	if r.word(at) != "minggu" || named {
		return false
	}
	_, isOrdinal := ordinals.look2(r, at+1)
	return r.isCount(index-1) || isOrdinal || after == "ke" || before == "beberapa" || before == "selama" || before == "dalam"
}

func (r *reader) weekdayIn(direction string, weekday time.Weekday) day {
	coming := r.today.AddDate(0, 0, (int(weekday)-int(r.today.Weekday())+7)%7)
	switch direction {
	case "next":
		return on(kindNextWeekday, inWeek(mondayOf(r.today).AddDate(0, 0, 7), weekday))
	case "last":
		last := coming.AddDate(0, 0, -7)
		return bygone(last)
	}
	found := on(kindWeekday, coming)
	found.weekday, found.rolls = true, coming.Equal(r.today)
	return found
}

// readNightBefore reads "malam Minggu", which is the evening of Saturday.
func readNightBefore(r *reader, index int) (day, int, bool) {
	weekday, ok := weekdays[r.word(index+1)]
	if r.word(index) != "malam" || !ok || r.word(index+2) == "depan" {
		return day{}, index, false
	}
	found := r.weekdayIn("", (weekday+6)%7)
	found.kind, found.weekday, found.part = kindNightBefore, false, night
	return found, index + 2, true
}

var prayerWords = wordings("jumatan", "salat jumat", "sholat jumat", "shalat jumat", "friday prayer", "friday prayers")

// readFridayPrayers reads "habis Jumatan": the coming Friday, at an hour that has to be asked.
func readFridayPrayers(r *reader, index int) (day, int, bool) {
	switch r.word(index) {
	case "habis", "setelah", "sesudah", "usai", "selesai", "after", "bakda", "sebelum", "before":
	default:
		return day{}, index, false
	}
	next := prayerWords.skip(r, index+1)
	if next == index+1 {
		return day{}, index, false
	}
	found := r.weekdayIn("", time.Friday)
	found.kind, found.weekday = kindFridayPrayers, false
	found.part = afterPrayers
	if r.word(index) == "sebelum" || r.word(index) == "before" {
		found.part = beforePrayers
	}
	return found, next, true
}
