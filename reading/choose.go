package reading

import (
	"slices"
	"time"
)

// choose picks the due date among the phrases of a sentence.
func (r *reader) choose(found []finding) Due {
	best, at := finding{}, -1
	for index, one := range found {
		if one.readable && (at < 0 || one.strength >= best.strength) {
			best, at = one, index
		}
	}
	lost := r.lostMarker(found, at)
	switch {
	case lost != nil:
		return r.unreadable(*lost)
	case at < 0:
		return Due{Outcome: None}
	}
	return r.due(upToTheLast(found, at))
}

// upToTheLast makes "hari ini sampai Jumat" one phrase, of which the end is the due date.
func upToTheLast(found []finding, at int) finding {
	adjoins := func(index int) bool {
		return index > 0 && index < len(found) && found[index].strength == weak && found[index].readable && found[index-1].readable &&
			found[index].marker == found[index-1].phrase.next
	}
	best := found[at]
	if adjoins(at + 1) {
		best, at = found[at+1], at+1
	}
	if adjoins(at) {
		best.marker = found[at-1].marker
	}
	return best
}

// lostMarker is the last marker that nothing readable follows. One in the middle of a clause counts only where there is no date at all:
// "Bahas tenggat evaluasi besok" is due tomorrow.
func (r *reader) lostMarker(found []finding, chosen int) *finding {
	for index := len(found) - 1; index > chosen; index-- {
		if !found[index].readable && (chosen < 0 || found[chosen].strength < strong && r.clauseBegins(found[index].marker)) {
			return &found[index]
		}
	}
	return nil
}

// unreadable is a marker whose words are no date. Where the marker begins a clause, the clause is the phrase; elsewhere the marker may
// be an ordinary word of the sentence, so that nothing is cut.
func (r *reader) unreadable(lost finding) Due {
	due := Due{Outcome: Vague, Reason: ReasonNoDate, Kind: kindUnreadable}
	end := lost.phrase.next
	for end < len(r.tokens) && !r.sign(end, ",;.!?\n#@)") {
		end++
	}
	due.Start, due.End = r.offsets(lost.marker, end)
	if !r.clauseBegins(lost.marker) {
		due.End = due.Start
	}
	return due
}

func (r *reader) due(found finding) Due {
	due := r.resolve(found.phrase)
	due.Start, due.End = r.offsets(found.marker, found.phrase.next)
	return due
}

// leads are words that lead into a date and mean nothing without it.
var leads = wordings("pada", "untuk", "on", "for", "at", "buat", "mulai", "sekitar", "nanti", "dan", "tanggal", "hari", "ini")

// offsets are the bytes that the tokens from first up to next take, with the comma, the brackets or the small word that leads into them.
func (r *reader) offsets(first, next int) (start, end int) {
	for first > 0 && r.word(first-1) != "dan" && r.word(first-1) != "ini" && leads.skip(r, first-1) == first && r.beginsCleanly(first-1) {
		first--
	}
	if r.sign(first-1, "([") && r.sign(next, ")]") {
		first, next = first-1, next+1
	}
	for first > 0 && (r.sign(first-1, ",;") || r.sign(first-1, "-") && !r.glued(first) && !r.glued(first-1)) {
		first--
	}
	next = r.skipClosing(next)
	if first > 0 {
		return r.tokens[first-1].end, r.tokens[next-1].end
	}
	for r.sign(next, ",;:-") {
		next++
	}
	if next < len(r.tokens) {
		return 0, r.tokens[next].start
	}
	return 0, len(r.text)
}

// closings end a sentence without adding to it.
var closings = wordings("ya", "yah", "iya", "pak", "bu", "bapak", "ibu", "mas", "mbak", "dong", "deh", "saja", "please", "thanks", "thank you",
	"terima kasih", "makasih", "trims", "kalau bisa", ".", "!", ",", "🙏")

// skipClosing goes to the end of the text where nothing but courtesies is left.
func (r *reader) skipClosing(index int) int {
	at := index
	for at < len(r.tokens) && closings.skip(r, at) > at {
		at = closings.skip(r, at)
	}
	if at == len(r.tokens) {
		return at
	}
	return index
}

// courtesies surround an answer without changing it.
var courtesies = wordings("mohon", "tolong", "izin", "ijin", "pak", "bu", "bapak", "ibu", "mas", "mbak", "siap", "ok", "oke", "okay", "baik", "iya", "ya",
	"maaf", "insyaallah", "insya allah", "kalau bisa", "bagaimana kalau", "gimana kalau", "kalau", "saja", "mungkin", "sepertinya", "kayaknya",
	"maybe", "please", "how about", "let us say", "lets say", "yes", "di", "pada", "on", "hari", "jadi", "tanggal", ",", ".", "!", ":", "-", "“", "\"", "'", "(")

// answer reads a text that should be a date as a whole.
func (r *reader) answer() Due {
	index := 0
	for index < len(r.tokens) {
		if found, ok := r.phrase(index); ok {
			if r.hasMarker(found.next) {
				break
			}
			return r.due(finding{phrase: found})
		}
		next := courtesies.skip(r, index)
		if next == index {
			break
		}
		index = next
	}
	if due := r.choose(r.findings()); due.Outcome != None || due.NoDeadline {
		return due
	}
	if length, ok := r.lengthAsDate(index); ok && r.skipClosing(length.next) == len(r.tokens) {
		return r.due(finding{phrase: length})
	}
	return r.bareNumber(index)
}

// hasMarker says whether a marker stands in the rest of the text: what it marks is then the answer.
func (r *reader) hasMarker(index int) bool {
	if markers.skip(r, index) > index {
		return true
	}
	for ; index < len(r.tokens); index++ {
		if force, _, ok := markers.look(r, index); ok && force == strong {
			return true
		}
	}
	return false
}

// bareNumber offers the day of the month and the hour that a lone number may be.
func (r *reader) bareNumber(index int) Due {
	number, next, ok := r.whole(index)
	for ok && next < len(r.tokens) && courtesies.skip(r, next) > next {
		next = courtesies.skip(r, next)
	}
	if !ok || number < 1 || number > 31 || next < len(r.tokens) {
		return Due{Outcome: None}
	}
	due := Due{Outcome: Ambiguous, Kind: kindBareNumber, Reason: ReasonBareNumber, End: len(r.text)}
	if number <= 24 {
		due.offer(r.resolve(phrase{clock: clock{kind: kindClock, hour: number}, hasClock: true}))
	}
	due.offer(r.resolve(phrase{day: on(kindDayOfMonth, r.nextNumbered(number)), hasDay: true}))
	if len(due.Candidates) == 0 {
		due.offer(r.resolve(phrase{day: on(kindDayOfMonth, r.nextNumbered(number).AddDate(0, 1, 0)), hasDay: true}))
	}
	slices.SortFunc(due.Candidates, time.Time.Compare)
	due.Time = due.Candidates[0]
	return due
}

// offer adds the moment of another reading, or what that offers, to the candidates.
func (d *Due) offer(other Due) {
	if other.Outcome == Found {
		other.Candidates = append(other.Candidates, other.Time)
	}
	d.Candidates = append(d.Candidates, other.Candidates...)
}
