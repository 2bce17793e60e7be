package reading

import "time"

// Length is how long something lasts, as somebody wrote it.
type Length struct {
	Time       time.Duration // of hours and minutes; 0 when days were said
	Days       int           // of days; 0 when hours or minutes were said
	Start, End int           // byte offsets of the phrase with what leads into it
}

// lengthWords lead into a length; without one of them "2 jam" may be anything.
var lengthWords = wordings("selama", ", selama", "durasi", ", durasi", "durasinya", "lamanya", "berlangsung selama", "for", ", for", "lasting", "duration")

// FindLength finds the first length of time in a text that words such as "selama"
// lead into: "selama 2 jam", "durasi 1 jam 30 menit", "for 90 minutes", "selama 2 hari".
func FindLength(text string) (Length, bool) {
	r := newReader(text, Context{})
	for index := range r.tokens {
		if !r.beginsCleanly(index) {
			continue
		}
		at := lengthWords.skip(r, index)
		if at == index {
			continue
		}
		if r.sign(at, ":") {
			at++
		}
		if found, next, ok := r.lastsFor(at); ok && !r.runsOn(next) {
			found.Start, found.End = r.offsets(index, next)
			return found, true
		}
	}
	return Length{}, false
}

// longestLength bounds what is read as the length of one occasion.
const longestLength = 366

// lastsFor reads "2 jam 30 menit" or "2 hari".
func (r *reader) lastsFor(index int) (Length, int, bool) {
	said, next, ok := r.length(index)
	switch {
	case !ok || said.amount > 24*60:
		return Length{}, index, false
	case said.unit.minutes == 0:
		days := int(said.amount) * max(said.unit.days, 1)
		return Length{Days: days}, next, said.unit.months == 0 && days >= 1 && days <= longestLength && float64(int(said.amount)) == said.amount
	}
	minutes := said.amount * said.unit.minutes
	if more, end, further := r.length(next); further && said.unit == hourUnit && more.unit == minuteUnit && more.amount < 60 {
		minutes, next = minutes+more.amount, end
	}
	return Length{Time: time.Duration(minutes * float64(time.Minute)).Round(time.Minute)}, next, true
}
