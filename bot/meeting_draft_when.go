package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
)

// meetingWhen is what a text says of the time of a meeting.
type meetingWhen struct {
	said    bool // a day or an hour was named
	starts  time.Time
	length  time.Duration
	day     string // the day, where the hour is missing
	phrase  string // words that were not understood
	offered []time.Time
	repeats *council.Recurrence
}

// timeMark stands in a text where words of its time were taken out.
const timeMark = "\x00"

// takeMeetingTime reads when a meeting takes place, how long, and when it comes again,
// and takes the words for it out of the text. day, if any, is the one that was said
// before and of which the hour is missing.
func (r *request) takeMeetingTime(text, day string) (string, meetingWhen) {
	var when meetingWhen
	length, hasLength := reading.FindLength(text)
	if hasLength {
		text = text[:length.Start] + timeMark + text[length.End:]
	}
	comesAgain, again := reading.FindRecurrence(text)
	againPhrase := ""
	if again {
		againPhrase = text[comesAgain.Start:comesAgain.End]
		text = text[:comesAgain.Start] + timeMark + text[comesAgain.End:]
	}
	text, due, phrase := r.takeMeetingDue(text, day)
	when.take(r, due, phrase)
	if again {
		when.repeat(r, comesAgain, againPhrase, due)
	}
	if hasLength {
		when.last(r, length)
	}
	return text, when
}

// takeMeetingDue finds the day and the hour among the dates of a text: the first that
// says both, or else the first day with the first hour. Its words are taken out.
func (r *request) takeMeetingDue(text, known string) (string, reading.Due, string) {
	var day, hour, both, other *reading.Due
	for _, due := range reading.FindAll(text, r.readingContext()) {
		switch {
		case due.NoDeadline || due.Outcome == reading.Vague:
		case due.HasDay() && due.HasHour && both == nil:
			both = &due
		case due.HasDay() && day == nil && due.Outcome == reading.Found:
			day = &due
		case !due.HasDay() && due.HasHour && hour == nil:
			hour = &due
		case other == nil:
			other = &due
		}
	}
	words := func(due *reading.Due) string { return strings.Trim(text[due.Start:due.End], " ,.;:()\n") }
	switch {
	case both != nil:
		return cutTime(text, both), *both, words(both)
	case day != nil && hour != nil:
		phrase := words(day) + " " + words(hour)
		return cutTime(text, day, hour), reading.ReadDue(phrase, r.readingContext()), phrase
	case hour != nil && known != "":
		phrase := known + " " + words(hour)
		return cutTime(text, hour), reading.ReadDue(phrase, r.readingContext()), phrase
	}
	for _, one := range []*reading.Due{day, hour, other} {
		if one != nil {
			return cutTime(text, one), *one, words(one)
		}
	}
	return text, reading.Due{}, ""
}

// cutTime leaves a mark where dates stood.
func cutTime(text string, dues ...*reading.Due) string {
	if len(dues) == 2 && dues[1].Start > dues[0].Start {
		dues[0], dues[1] = dues[1], dues[0]
	}
	for _, due := range dues {
		text = text[:due.Start] + timeMark + text[due.End:]
	}
	return text
}

// take makes a time of a date that was read: a span of hours or of days has its length.
func (w *meetingWhen) take(r *request, due reading.Due, phrase string) {
	w.said = due.Outcome != "" && due.Outcome != reading.None
	span := due.Outcome == reading.Ambiguous && due.Reason == reading.ReasonRange && len(due.Candidates) == 2
	switch {
	case !w.said:
	case due.Outcome == reading.Found && due.HasHour:
		w.starts = due.Time.UTC()
	case due.Outcome == reading.Found:
		w.day = council.DayOf(due.Time, r.city.Zone).String()
	case span && due.HasHour:
		w.starts, w.length = due.Candidates[0].UTC(), r.spanOf(due.Candidates[0], due.Candidates[1])
	case span:
		w.day = council.DayOf(due.Candidates[0], r.city.Zone).String()
		w.length = due.Candidates[1].Sub(due.Candidates[0]) + council.MeetingLength
	default:
		w.phrase = shorten(phrase, phraseLimit)
		for _, candidate := range due.Candidates[:min(candidateLimit, len(due.Candidates))] {
			w.offered = append(w.offered, candidate.UTC())
		}
	}
}

// spanOf is how long a meeting lasts from one hour to another. Where days alone were
// parted, so that both hours are the same, it ends with the last day's work.
func (r *request) spanOf(from, until time.Time) time.Duration {
	starts, ends := from.In(r.city.Zone), until.In(r.city.Zone)
	if starts.Hour() != ends.Hour() || starts.Minute() != ends.Minute() {
		return until.Sub(from)
	}
	return r.untilWorkEnds(until).Sub(from)
}

// untilWorkEnds is the end of a day's work on the day of a moment, or two hours after the
// moment where that is later.
func (r *request) untilWorkEnds(at time.Time) time.Time {
	ends := council.DayOf(at, r.city.Zone).At(deadlineHour, 0, r.city.Zone)
	if usual := at.Add(council.MeetingLength); usual.After(ends) {
		return usual
	}
	return ends
}

// repeat takes a repetition. Where no other time was said, the first one is the next
// that the rule gives.
func (w *meetingWhen) repeat(r *request, found reading.Recurrence, phrase string, due reading.Due) {
	w.said = true
	hourAlone := due.HasHour && !due.HasDay() && (due.Outcome == reading.Found || due.Outcome == reading.Past)
	rule := r.ruleOf(found, reminderHour)
	if !w.starts.IsZero() && !hourAlone {
		w.repeats = ruleFrom(*rule, found, w.starts.In(r.city.Zone))
		return
	}
	if hourAlone {
		local := due.Time.In(r.city.Zone)
		rule.Hour, rule.Minute = local.Hour(), local.Minute()
		w.phrase, w.offered = "", nil
	}
	w.repeats = rule
	next := rule.Next(r.written, r.city.Timing.Calendar)
	if w.day != "" {
		return // the first day was said; its hour is asked for
	}
	if !hourAlone && !found.HasHour {
		w.day = council.DayOf(next, r.city.Zone).String()
		return
	}
	w.starts = next.UTC()
	_, tail := firstWord(strings.TrimLeft(phrase, " ,;:\n"))
	if hours := reading.ReadDue(tail, r.readingContext()); hours.Reason == reading.ReasonRange && len(hours.Candidates) == 2 {
		w.length = hours.Candidates[1].Sub(hours.Candidates[0])
	}
}

// ruleFrom is a rule that begins with a given first time: its hour is that one's, and
// the day as well where the rule names none.
func ruleFrom(rule council.Recurrence, found reading.Recurrence, first time.Time) *council.Recurrence {
	if !found.HasDay {
		rule.Weekday, rule.Day = first.Weekday(), first.Day()
	}
	rule.Hour, rule.Minute = first.Hour(), first.Minute()
	return &rule
}

// last takes a length that was said.
func (w *meetingWhen) last(r *request, length reading.Length) {
	switch {
	case length.Time > 0:
		w.length = length.Time
	case w.starts.IsZero():
		w.length = time.Duration(length.Days-1)*24*time.Hour + council.MeetingLength
	default:
		w.length = r.untilWorkEnds(w.starts.AddDate(0, 0, length.Days-1)).Sub(w.starts)
	}
}
