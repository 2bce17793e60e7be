package reading

type strength int

const (
	unmarked strength = iota
	weak              // words that lead into a date and into other things
	strong            // words that say "this is the due date"
)

// markers are folded wordings before a due date.
var markers = newBook(map[string]strength{
	"tenggat": strong, "tenggatnya": strong, "tenggat waktu": strong, "tenggat waktunya": strong, "batas waktu": strong,
	"batas waktunya": strong, "batas akhir": strong, "batas akhirnya": strong, "deadline": strong, "deadlinenya": strong,
	"deadline - nya": strong, "dl": strong, "dateline": strong, "paling lambat": strong, "paling telat": strong, "paling akhir": strong,
	"selambat - lambatnya": strong, "selambatnya": strong, "jatuh tempo": strong, "jatuh temponya": strong,
	"due": strong, "due date": strong, "due by": strong, "due on": strong, "no later than": strong,
	"sebelum": weak, "sampai": weak, "sampai dengan": weak, "hingga": weak, "s . d .": weak, "s . d": weak, "s / d": weak, "sd": weak,
	"by": weak, "before": weak, "until": weak, "till": weak, "harus selesai": weak, "harus sudah selesai": weak, "selesai": weak,
	"maksimal": weak, "maks": weak, "target": weak, "target selesai": weak,
})

// fillers may stand between a marker and its date.
var fillers = wordings(":", "=", "-", "adalah", "itu", "di", "pada", "pada hari", "tanggalnya", "is", "on", "by", "the", "sekitar", "kira - kira",
	"paling lambat", "sebelum", "jadi", "ke", "diundur ke", "diubah ke", "sampai", "hingga", "untuk", "maksimal", "nya", "at")

// finding is a phrase found in a text, or a marker after which nothing could be read.
type finding struct {
	phrase   phrase
	marker   int // the token of the marker; the phrase's own when there is none
	strength strength
	readable bool
}

// findings goes through a text once, from left to right.
func (r *reader) findings() []finding {
	var found []finding
	for index := 0; index < len(r.tokens); {
		if !r.beginsCleanly(index) {
			index++
			continue
		}
		if _, next, ok := r.recurrence(index); ok {
			index = next
			continue
		}
		one, next, ok := r.findingAt(index)
		if ok {
			found = append(found, one)
		}
		index = next
	}
	return found
}

// findingAt reads what begins at a token and returns the token to go on from.
func (r *reader) findingAt(index int) (finding, int, bool) {
	if r.tokens[index].kind == signToken {
		return finding{}, index + 1, false
	}
	force, at, isMarker := markers.look(r, index)
	if one, ok := r.phrase(index); ok && (!isMarker || r.outranksMarker(one)) {
		return r.unlessShy(finding{phrase: one, marker: index, readable: true})
	}
	if !isMarker {
		return finding{}, index + 1, false
	}
	if one, ok := r.afterMarker(at, force); ok {
		return finding{phrase: one, marker: index, strength: force, readable: true}, one.next, true
	}
	if force == strong {
		return finding{phrase: phrase{first: index, next: at}, marker: index, strength: strong}, at, true
	}
	return finding{}, at, false
}

// outranksMarker lets phrases that begin with a marker's word be read whole: "sebelum Natal", "sebelum salat Jumat".
func (r *reader) outranksMarker(p phrase) bool {
	return p.hasDay && (p.day.kind == kindAroundHoliday || p.day.kind == kindFridayPrayers || p.day.kind == kindNoDeadline)
}

// lengthAsDate reads a length of time where only a date can be meant: "tenggat 2 hari" is in two days.
func (r *reader) lengthAsDate(index int) (phrase, bool) {
	length, next, ok := r.length(index)
	if !ok || r.runsOn(next) || lookBack[r.word(next)] {
		return phrase{}, false
	}
	return phrase{day: r.afterToday(length), hasDay: true, first: index, next: next}, true
}

func (r *reader) unlessShy(found finding) (finding, int, bool) {
	p := found.phrase
	return found, p.next, !p.shy() || r.ownClause(p.first, p.next)
}

// afterMarker reads the phrase behind a marker, over at most three fillers and further markers.
func (r *reader) afterMarker(index int, force strength) (phrase, bool) {
	for range 4 {
		if found, ok := r.phrase(index); ok {
			return found, true
		}
		if found, ok := r.lengthAsDate(index); ok && force == strong {
			return found, true
		}
		next := fillers.skip(r, index)
		if next == index {
			next = markers.skip(r, index)
		}
		if next == index {
			break
		}
		index = next
	}
	return phrase{}, false
}

// beginsCleanly says whether a phrase may begin at a token: not inside "ENV-08", "#jumat", "@senin", "3.71" or a link.
func (r *reader) beginsCleanly(index int) bool {
	if index == 0 || !r.glued(index) {
		return true
	}
	before := r.at(index - 1)
	if before.kind != signToken {
		return false
	}
	switch before.text {
	case "(", "[", "\"", "“", "‘", "'", ",", ";", "!", "?", "…", "\n", "*", "~", "|", "•", "—", "»", "«", "‚", "„":
		return true
	case ":", ".", "-":
		return r.at(index).kind == wordToken && r.at(index-2).kind == wordToken && before.text != "-" || !before.glued
	}
	return false
}

// ownClause says whether nothing but signs surrounds the tokens from first up to next.
func (r *reader) ownClause(first, next int) bool {
	return r.clauseBegins(first) && (next >= len(r.tokens) || r.sign(next, ",;.!?)\n]#"))
}

func (r *reader) clauseBegins(index int) bool {
	return index == 0 || r.sign(index-1, ",;.!?(\n[") || r.sign(index-1, ":-") && !r.glued(index)
}
