package reading

import "time"

var (
	rangeJoins    = wordings("-", "sampai", "sampai dengan", "hingga", "s . d .", "s . d", "s / d", "sd", "to", "until", "till", "through", ", sampai")
	rangeLeads    = wordings("dari", "mulai", "mulai dari", "sejak", "from", "starting")
	durationWords = wordings("selama", "for", ", selama")
)

// FindRange finds the first period of days: "3–7 Juni", "1 Juni sampai 5 Juni", "besok sampai Jumat", "besok selama 3 hari". The offsets of
// the period are text[from.Start:to.End]. A single day is no period: ok is then false. The first day may be Past, the last is not before the first.
func FindRange(text string, context Context) (from, to Due, ok bool) {
	r := newReader(text, context)
	for index := range r.tokens {
		if !r.beginsCleanly(index) {
			continue
		}
		first := rangeLeads.skip(r, index)
		from, to, next, found := r.period(first)
		if !found {
			continue
		}
		from.Start, to.End = r.offsets(index, next)
		from.End, to.Start = to.End, from.Start
		return from, to, true
	}
	return Due{}, Due{}, false
}

// period reads the period that begins at a token.
func (r *reader) period(index int) (from, to Due, next int, ok bool) {
	first, ok := r.onePhrase(index)
	if !ok || !first.hasDay {
		return from, to, index, false
	}
	if first.day.kind == kindRange && len(first.day.choices) == 2 {
		from, to = r.onDay(first, first.day.choices[0]), r.onDay(first, first.day.choices[1])
		return from, to, first.next, true
	}
	from = r.resolve(first)
	if from.Outcome != Found && from.Outcome != Past {
		return from, to, index, false
	}
	if to, next, ok = r.lasting(from, first.next); ok {
		return from, to, next, true
	}
	at := rangeJoins.skip(r, first.next)
	last, ok := r.onePhrase(at)
	if at == first.next || !ok || !last.hasDay {
		return from, to, index, false
	}
	to = r.resolve(last)
	if to.Outcome != Found && to.Outcome != Past {
		return from, to, index, false
	}
	from, to, ok = r.inTurn(from, to, last)
	return from, to, last.next, ok
}

// onDay is a phrase that means one given day.
func (r *reader) onDay(p phrase, date time.Time) Due {
	p.day = on(kindRange, date)
	return r.resolve(p)
}

// lasting reads the end of a period from its length: "besok selama 3 hari" ends two days after tomorrow.
func (r *reader) lasting(from Due, index int) (to Due, next int, ok bool) {
	at := durationWords.skip(r, index)
	length, next, ok := r.length(at)
	if at == index || !ok || length.unit.minutes > 0 || length.amount < 1 || length.amount > 1000 {
		return Due{}, index, false
	}
	first := civilOf(from.Time)
	last := shift(first, length).AddDate(0, 0, -1)
	if length.unit.kind == kindWorkdays {
		last = r.addWorkdays(first.AddDate(0, 0, -1), int(length.amount))
	}
	return r.onDay(phrase{hasDay: true}, last), next, true
}

// inTurn makes the end follow the beginning: "Jumat sampai Senin" ends on the Monday after that Friday, and "1 Juni sampai 5 Juni",
// said on the third, began two days ago.
func (r *reader) inTurn(from, to Due, last phrase) (Due, Due, bool) {
	if !to.Time.Before(from.Time) {
		return from, to, true
	}
	if earlier := from.Time.AddDate(-1, 0, 0); from.Kind == kindDayMonth && to.Time.Sub(earlier) < 200*24*time.Hour {
		from.Time, from.Outcome, from.Reason = earlier, Past, ReasonPast
		return from, to, true
	}
	later := *r
	later.context.Now, later.today, later.phraseless = from.Time, civilOf(from.Time), nil // a later day may make sense of other words
	again, ok := later.onePhrase(last.first)
	if !ok {
		return from, to, false
	}
	to = later.resolve(again)
	return from, to, to.Outcome == Found && !to.Time.Before(from.Time)
}
