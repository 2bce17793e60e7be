// Package reading understands what people write: due dates, repetitions, ranges of days and numbers, in Indonesian and
// English, in formal and in hurried spelling. It is pure: the moment a message was written is handed in, nothing is
// remembered, and a text takes time in proportion to its length.
//
// The rules it follows are those of the product: without an hour a thing is due at 16.00; a weekday is the next one to come;
// "Jumat depan" is that weekday of the next week from Monday to Sunday; hours one to six without a part of the day are
// those after noon; and what can be read in two ways is asked, never guessed.
package reading

import "time"

// Holiday is a day off with the name people call it by. Only the calendar day of Date counts, in Date's own zone.
type Holiday struct {
	Date time.Time
	Name string
}

// Context is what a phrase is read against.
type Context struct {
	Now      time.Time // when the message was written; its Location is the city's zone
	Holidays *Holidays // days off, which have names and are no working days; nil for none
	Event    time.Time // the event that "H-7" counts from; zero when there is none
}

// Outcome is what came of reading.
type Outcome string

// The outcomes of reading a date or a number.
const (
	Found      Outcome = "found"      // one moment is meant
	None       Outcome = "none"       // no date was written
	Ambiguous  Outcome = "ambiguous"  // several moments may be meant: Candidates
	Impossible Outcome = "impossible" // a date that no calendar has, such as 31 November
	Past       Outcome = "past"       // one moment is meant, and it lies before the message
	Vague      Outcome = "vague"      // a wish without a date ("secepatnya"), or a date that misses what it counts from
)

// Due is a date that was read in a text.
type Due struct {
	Outcome    Outcome
	Time       time.Time      // in the city's zone; set when Found, Past (where known) and Ambiguous (the first candidate)
	HasHour    bool           // false when only a day was said: Time is then that day at 16.00
	Given      *time.Location // the zone the hour was given in, when it is not the city's: WIB, WITA or WIT
	Candidates []time.Time    // for Ambiguous: the moments ahead that may be meant, in order; for a Past hour: the same hour tomorrow
	Reason     string         // one of the Reason constants when the outcome is neither Found nor None
	NoDeadline bool           // it was said that there is none ("tanpa tenggat"); the outcome is then None
	Start, End int            // byte offsets of the phrase with what leads into it, so that text[:Start]+text[End:] is the rest of the sentence
	Kind       string         // the named kind of phrase, one of those in kinds.go; empty when None without NoDeadline
}

// FindDue finds the due date in a sentence. What follows an explicit marker ("tenggat", "paling lambat", "sampai", "by", "due")
// wins; otherwise it is the last date phrase. A marker whose words are no date gives Vague; the words are then part of the
// phrase only when the marker begins a clause of its own.
func FindDue(text string, context Context) Due {
	r := newReader(text, context)
	return r.choose(r.findings())
}

// ReadDue reads a text that as a whole should be a date, such as an answer to "when?". Polite words around it are passed over.
func ReadDue(text string, context Context) Due {
	r := newReader(text, context)
	return r.answer()
}

// FindAll returns every date phrase of a text in order.
func FindAll(text string, context Context) []Due {
	r := newReader(text, context)
	return r.readable(r.findings())
}

// FindAllAndDue is what FindAll and FindDue return, for the work of one of them.
func FindAllAndDue(text string, context Context) ([]Due, Due) {
	r := newReader(text, context)
	found := r.findings()
	return r.readable(found), r.choose(found)
}

// readable are the findings that are dates.
func (r *reader) readable(all []finding) (dues []Due) {
	for _, found := range all {
		if found.readable {
			dues = append(dues, r.due(found))
		}
	}
	return dues
}

func newReader(text string, context Context) *reader {
	tokens := split(text)
	return &reader{text: text, tokens: tokens, context: context, today: civilOf(context.Now), phraseless: make([]bool, len(tokens))}
}
