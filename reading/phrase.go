package reading

import "time"

// mostPieces bounds how many pieces one phrase is put together from.
const mostPieces = 6

// phrase is a date as it was written: a day, an hour, a zone, in any order.
type phrase struct {
	day         day
	hasDay      bool
	clock       clock
	hasClock    bool
	part        *partOfDay
	zone        *time.Location
	hasZone     bool
	other       *phrase // the second of two, "besok atau lusa", "28 Mei - 2 Juni"
	joined      string  // kindAlternatives or kindRange when there are two
	first, next int     // the tokens it takes
}

// shy phrases count only in a clause of their own, after a marker, or as a whole answer.
func (p phrase) shy() bool {
	switch {
	case !p.hasDay:
		return p.clock.shy
	case p.hasClock:
		return p.day.shy && p.day.outcome != Found && p.day.outcome != Ambiguous
	}
	return p.day.shy
}

// phrase reads the phrase that begins at a token, and a second one that is offered beside it.
func (r *reader) phrase(index int) (phrase, bool) {
	found, ok := r.onePhrase(index)
	if !ok {
		return found, false
	}
	kind := kindAlternatives
	switch {
	case r.word(found.next) == "atau" || r.word(found.next) == "or":
	case r.sign(found.next, "/") && !r.isNumber(found.next+1):
	case r.sign(found.next, "-") && found.hasDay && !found.hasClock:
		kind = kindRange
	default:
		return found, true
	}
	other, ok := r.onePhrase(found.next + 1)
	if !ok || !other.hasDay || found.day.outcome != Found && found.hasDay {
		return found, true
	}
	found.other, found.joined, found.next = &other, kind, other.next
	return found, true
}

// onePhrase reads a day and an hour that belong together. Behind every marker it is asked for the same
// tokens again: where none begins is remembered.
func (r *reader) onePhrase(index int) (phrase, bool) {
	if index < len(r.phraseless) && r.phraseless[index] {
		return phrase{}, false
	}
	found, ok := r.readPhrase(index)
	if !ok && index < len(r.phraseless) {
		r.phraseless[index] = true
	}
	return found, ok
}

func (r *reader) readPhrase(index int) (phrase, bool) {
	found := phrase{first: index}
	var ok bool
	if later := skipWords(r, index, "nanti"); later > index && r.isClock(later) {
		index = later
	}
	if found.day, found.next, ok = r.day(index); ok {
		found.hasDay = true
	} else if r.isDuration(index) {
		return found, false
	} else if found.clock, found.next, ok = r.clock(index); ok {
		found.hasClock = true
	} else {
		return found, false
	}
	for range mostPieces {
		if !r.grow(&found) {
			break
		}
	}
	return found, !r.runsOn(found.next)
}

func (r *reader) isClock(index int) bool {
	_, _, ok := r.clock(index)
	return ok
}

// isDuration recognises "3 jam 15 menit", where "jam" names no hour.
func (r *reader) isDuration(index int) bool {
	return r.word(index) == "jam" && r.isCount(index-1)
}

// runsOn says whether letters or digits are glued to the end of a phrase, so that it was none: "Jumat2", "ruang Jumat-1".
func (r *reader) runsOn(index int) bool {
	if _, numbered := r.gluedNumber(index, "-"); numbered && r.at(index-1).kind == wordToken {
		return true
	}
	return r.glued(index) && (r.at(index).kind != signToken || r.sign(index, "%@"))
}

// grow adds the piece that follows, if one does.
func (r *reader) grow(p *phrase) bool {
	return r.growZone(p) || r.growClock(p) || r.growPart(p) || r.growDay(p) || r.growEcho(p)
}

// growEcho passes over the distance behind a date that was copied from an answer: "(9 hari lagi)".
func (r *reader) growEcho(p *phrase) bool {
	if !p.hasDay || !r.sign(p.next, "(") {
		return false
	}
	_, next, ok := readFromNow(r, p.next+1)
	if !ok || !r.sign(next, ")") {
		return false
	}
	p.next = next + 1
	return true
}

func (r *reader) growZone(p *phrase) bool {
	if !p.hasClock || p.hasZone {
		return false
	}
	at := p.next
	open := r.sign(at, "(")
	if open {
		at++
	}
	zone, next, ok := zones.look(r, at)
	if !ok || open && !r.sign(next, ")") {
		return false
	}
	if open {
		next++
	}
	p.zone, p.hasZone, p.next = zone, true, next
	if end := untilWords.skip(r, next); end > next && r.word(end) == "selesai" {
		p.next = end + 1
	}
	return true
}

// clockLeads may stand between a day and its hour.
var clockLeads = wordings(",", ", pada", "pada", "sebelum", ", sebelum", "paling lambat", ", paling lambat", "maksimal", "sekitar", "by", "before",
	"kira - kira", ", sekitar", "sampai", "mulai", "|", "/", "-", "@")

func (r *reader) growClock(p *phrase) bool {
	if p.hasClock || !p.day.moment.IsZero() || p.day.kind == kindNoDeadline {
		return false
	}
	found, next, ok := r.clock(clockLeads.skip(r, p.next))
	if !ok {
		return false
	}
	p.clock, p.hasClock, p.next = found, true, next
	return true
}

func (r *reader) growPart(p *phrase) bool {
	if p.part != nil || p.hasClock && p.clock.part != nil || p.hasDay && p.day.part != nil || !p.day.moment.IsZero() {
		return false
	}
	part, next, ok := partsOfDay.look(r, p.next)
	if !ok || p.hasDay && p.day.outcome == Vague {
		return false
	}
	p.part, p.next = part, next
	return true
}

// growDay adds a first day, or a second one that makes the first precise: "Jumat, 4 Desember", "besok (26/11)".
func (r *reader) growDay(p *phrase) bool {
	at := p.next
	comma, open := r.sign(at, ","), r.sign(at, "(")
	if comma || open {
		at++
	}
	at = skipWords(r, at, "pada", "on")
	found, next, ok := r.day(at)
	if !ok || open && !r.sign(next, ")") || !found.moment.IsZero() || found.outcome == Vague {
		return false
	}
	if !p.hasDay {
		if comma || open || found.outcome == None || found.part != nil {
			return false
		}
		p.day, p.hasDay, p.next = found, true, next
		return true
	}
	joined, ok := r.join(p.day, found, comma)
	if !ok {
		return false
	}
	if open {
		next++
	}
	p.day, p.next = joined, next
	return true
}
