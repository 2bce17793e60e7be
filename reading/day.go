package reading

import "time"

// day is what one piece of a phrase says about the day that is meant.
type day struct {
	kind    string
	outcome Outcome
	reason  string
	choices []time.Time // calendar days that may be meant, in order; one when it is Found, none when nothing can be said
	moment  time.Time   // an instant instead of a day, for minutes and hours from now
	part    *partOfDay  // "nanti malam" says a part of the day too

	weekday bool      // only a weekday was said, which a date or a week beside it makes precise
	week    time.Time // only a week was said: its Monday
	rolls   bool      // a weekday that is today moves to the next week when its hour has passed
	noYear  bool      // the year was not said
	shy     bool      // means a day only in a clause of its own, after a marker, or as a whole answer
}

// dayRules are tried in this order at each token; the first that understands something is taken.
var dayRules = []func(r *reader, index int) (day, int, bool){
	readNearby, readPartOfToday, readUnknown, readBoundary, readWeekOfMonth, readWeek, readNightBefore, readFridayPrayers,
	readLeadingOrdinal, readWeekday, readDayMonth, readMonthDay, readNumbers, readDayOfMonth, readTimesDay, readBygone, readFromNow,
	readNextWorkday, readAroundEvent, readSpelledEvent, readHoliday, readMonth,
}

func (r *reader) day(index int) (day, int, bool) {
	for _, read := range dayRules {
		if found, next, ok := read(r, index); ok {
			return found, next, true
		}
	}
	return day{}, index, false
}

// on is a day that is known.
func on(kind string, meant time.Time) day {
	return day{kind: kind, outcome: Found, choices: []time.Time{meant}}
}

// oneOf is a day that has to be asked for.
func oneOf(kind, reason string, choices ...time.Time) day {
	return day{kind: kind, outcome: Ambiguous, reason: reason, choices: choices}
}

func impossible(kind, reason string) day {
	return day{kind: kind, outcome: Impossible, reason: reason}
}

func vague(kind, reason string) day {
	return day{kind: kind, outcome: Vague, reason: reason}
}

// bygone is a day that is known to have passed. In a sentence it describes ("rekap rapat kemarin") more often than it sets a date.
func bygone(meant time.Time) day {
	return day{kind: kindBygone, outcome: Past, reason: ReasonPast, choices: []time.Time{meant}, shy: true}
}

// within checks that a day found is not too far ahead to be believed.
func (r *reader) within(found day) day {
	for _, choice := range found.choices {
		if choice.After(r.today.AddDate(furthestYears, 0, 0)) {
			return impossible(found.kind, ReasonTooFar)
		}
	}
	return found
}
