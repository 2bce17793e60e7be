package reading

type nearbyDay struct {
	kind string
	days int
}

var nearbyDays = newBook(map[string]nearbyDay{
	"hari ini": {kindToday, 0}, "hari ini juga": {kindToday, 0}, "today": {kindToday, 0},
	"besok": {kindTomorrow, 1}, "esok": {kindTomorrow, 1}, "esok hari": {kindTomorrow, 1}, "hari esok": {kindTomorrow, 1},
	"tomorrow": {kindTomorrow, 1}, "tmr": {kindTomorrow, 1}, "tmrw": {kindTomorrow, 1},
	"lusa": {kindDayAfterTomorrow, 2}, "the day after tomorrow": {kindDayAfterTomorrow, 2},
	"day after tomorrow": {kindDayAfterTomorrow, 2},
	"besok lusa":         {kindTomorrowOrAfter, 1}, "besok - lusa": {kindTomorrowOrAfter, 1}, "besok / lusa": {kindTomorrowOrAfter, 1},
	"kemarin": {kindBygone, -1}, "yesterday": {kindBygone, -1}, "kemarin lusa": {kindBygone, -2}, "kemarin dulu": {kindBygone, -2},
	"semalam": {kindBygone, -1}, "tadi": {kindBygone, 0}, "tadi malam": {kindBygone, -1},
	"the day before yesterday": {kindBygone, -2},
})

// readNearby reads days that are named by their distance from today.
func readNearby(r *reader, index int) (day, int, bool) {
	meant, next, ok := nearbyDays.look(r, index)
	if !ok || meant.kind == kindTomorrow && r.word(next) == r.word(index) {
		return day{}, index, false
	}
	date := r.today.AddDate(0, 0, meant.days)
	switch meant.kind {
	case kindBygone:
		return bygone(date), next, true
	case kindTomorrowOrAfter:
		return oneOf(meant.kind, ReasonAlternatives, date, date.AddDate(0, 0, 1)), next, true
	}
	return on(meant.kind, date), next, true
}

var (
	soonWords = wordings("secepatnya", "secepat mungkin", "sesegera mungkin", "segera", "asap", "a s a p",
		"as soon as possible", "immediately", "right away", "urgent", "cepat", "kalau sempat", "dalam waktu dekat",
		"sebentar lagi", "soon", "sebentar", "beberapa hari lagi", "beberapa minggu lagi", "in a few days", "in a few weeks")
	unknownWords = wordings("belum tahu", "belum tau", "belum pasti", "belum ditentukan", "menyusul", "terserah", "nanti", "nanti saja",
		"kapan - kapan", "kapan saja", "besok - besok", "besok besok", "later", "not yet known", "tbd", "to be decided", "someday", "whenever")
	noDeadlineWords = wordings("tanpa tenggat", "tanpa tenggat waktu", "tanpa batas waktu", "tanpa deadline", "tidak ada tenggat",
		"tidak ada batas waktu", "tidak ada deadline", "no deadline", "no due date", "without deadline", "without a deadline")
)

// readUnknown reads answers that set no date: as soon as possible, not known yet, and none at all.
func readUnknown(r *reader, index int) (day, int, bool) {
	if next := noDeadlineWords.skip(r, index); next > index {
		return day{kind: kindNoDeadline, outcome: None}, next, true
	}
	kind := kindSoon
	next := soonWords.skip(r, index)
	if next == index {
		kind, next = kindUnknown, unknownWords.skip(r, index)
	}
	if next == index {
		return day{}, index, false
	}
	if clockWords.skip(r, next) > next || r.isCount(next) || r.isPartOfDay(next) {
		return day{}, index, false
	}
	found := vague(kind, ReasonNoDate)
	found.shy = true
	return found, next, true
}
