package reading

// Number is an amount that was read in a text.
type Number struct {
	Outcome     Outcome   // Found, None, or Ambiguous
	Value       float64   // when Found: "1,5 juta" is 1500000
	Unit        string    // "percent", "rupiah", or the measuring word behind it ("ton", "orang"); empty when there is none
	Approximate bool      // "sekitar 200"
	Candidates  []float64 // when Ambiguous: the values that may be meant
	Reason      string    // ReasonRange or ReasonEnglishFormat when Ambiguous
	Start, End  int       // byte offsets of the number with its unit
}

// ReasonEnglishFormat is given for "1,234.56" and "1,234": thousands by comma, or a decimal comma?
const ReasonEnglishFormat = "english_format"

// FindNumber finds the amount in a text: the first percentage, or else the first number that is no part of a code, a date or a clock.
func FindNumber(text string) Number {
	r := newReader(text, Context{})
	var first Number
	for index := 0; index < len(r.tokens); {
		found, next, ok := r.number(index)
		switch {
		case !ok:
			index = r.pastCode(index)
			continue
		case found.Unit == unitPercent:
			return found
		case first.Outcome == "":
			first = found
		}
		index = next
	}
	if first.Outcome == "" {
		first.Outcome = None
	}
	return first
}

const (
	unitPercent = "percent"
	unitRupiah  = "rupiah"
)

var (
	roughly = wordings("sekitar", "kira - kira", "kurang lebih", "hampir", "±", "~", "lebih dari", "about", "around", "approximately",
		"almost", "more than", "nyaris", "k . l .")
	// amountWords come before a number as code words do, but the number is an amount all the same.
	amountWords = map[string]bool{"nilai": true, "skor": true, "indeks": true, "progres": true, "rasio": true, "skala": true, "ukuran": true,
		"rp": true, "indikator": true}
	measures = map[string]bool{"ton": true, "kg": true, "km": true, "m": true, "ha": true, "hektare": true, "hektar": true, "orang": true,
		"unit": true, "dokumen": true, "berkas": true, "poin": true, "titik": true, "desa": true, "kelurahan": true, "kecamatan": true,
		"kk": true, "liter": true, "hari": true, "jam": true, "menit": true, "bulan": true, "tahun": true, "rumah": true, "nasabah": true,
		"truk": true, "tugas": true, "kegiatan": true, "peserta": true, "warga": true, "people": true, "tonnes": true, "tons": true,
		"layanan": true, "indikator": true, "aplikasi": true, "meter": true, "km2": true, "m2": true, "m3": true, "kwh": true, "lux": true}
)

// pastCode is where to go on after a token that begins no amount. Of digits that are part of something longer all is passed over.
func (r *reader) pastCode(index int) int {
	isNumber := r.isNumber(index)
	index++
	for isNumber && r.glued(index) {
		index++
	}
	return index
}

// number reads the amount that begins at a token.
func (r *reader) number(index int) (Number, int, bool) {
	found, at, negative := r.beforeNumeral(index)
	if found.Unit == "" && !negative && r.isInsideCode(at) {
		return found, index, false
	}
	value, next, ok := r.numeral(at)
	if !ok {
		return found, index, false
	}
	found.Candidates, found.Reason = value.candidates, value.reason
	next = r.scaleAndUnit(&found, next)
	next = r.upTo(&found, next)
	if _, more := r.gluedNumber(next, "-"); more {
		return found, index, false
	}
	if negative {
		for position := range found.Candidates {
			found.Candidates[position] *= -1
		}
	}
	found.Outcome = Ambiguous
	if found.Reason == "" {
		found.Outcome, found.Value, found.Candidates = Found, found.Candidates[0], nil
	}
	found.Start, found.End = r.tokens[index].start, r.tokens[next-1].end
	return found, next, true
}

// beforeNumeral reads "sekitar", "Rp" and a minus before a number.
func (r *reader) beforeNumeral(index int) (found Number, next int, negative bool) {
	next = roughly.skip(r, index)
	found.Approximate = next > index
	if word := r.word(next); (word == "rp" || word == "idr") && (r.isCount(next+1) || r.sign(next+1, ".")) {
		found.Unit, next = unitRupiah, next+1
		if r.sign(next, ".") {
			next++
		}
	}
	if r.word(next) == "minus" || r.sign(next, "-") && r.glued(next+1) && (next == 0 || !r.glued(next)) {
		return found, next + 1, true
	}
	return found, next, false
}

// isInsideCode says whether a number is a piece of "T-12", "ENV-08", "RT 03", "5/12" or "16:00".
func (r *reader) isInsideCode(index int) bool {
	if r.followsCode(index) && !amountWords[r.labelOf(index)] {
		return true
	}
	return r.isNumber(index) && r.glued(index) && index > 0 && !r.sign(index-1, "(\"“:;,~±=>")
}

// scaleAndUnit reads "juta", "rb", "M" and "%", "rupiah", "ton" behind a numeral.
func (r *reader) scaleAndUnit(found *Number, index int) int {
	next := index
	if r.word(next) == "an" && r.glued(next) {
		found.Approximate, next = true, next+1
	}
	if scale, ok := r.scaleAt(next, found.Unit == unitRupiah); ok {
		for position := range found.Candidates {
			found.Candidates[position] *= scale
		}
		next++
		if r.word(next) == "an" && r.glued(next) {
			found.Approximate, next = true, next+1
		}
	}
	switch word := r.word(next); {
	case r.sign(next, "%"), word == "persen", word == "percent", word == "pct":
		found.Unit = unitPercent
		return next + 1
	case word == "rupiah":
		found.Unit = unitRupiah
		return next + 1
	case found.Unit == "" && measures[word]:
		found.Unit = word
		return next + 1
	}
	return next
}

// scaleAt reads a scale. A capital M is a thousand million, a small one only in amounts of money: "2 m" is two metres.
func (r *reader) scaleAt(index int, money bool) (float64, bool) {
	word := r.word(index)
	capital := r.at(index).capital
	switch {
	case word == "m" && (capital || money):
		return scales["miliar"], true
	case word == "t" && (capital || money):
		return scales["triliun"], true
	case word == "k" && !r.glued(index):
		return 0, false
	}
	scale, ok := scales[word]
	return scale, ok
}

// upTo reads the second number of a range, "5-10" or "5 sampai 10 juta".
func (r *reader) upTo(found *Number, index int) int {
	at := untilWords.skip(r, index)
	if at == index || len(found.Candidates) != 1 || r.at(index).text == "to" && !r.isNumber(at) {
		return index
	}
	last, next, ok := r.numeral(at)
	if _, more := r.gluedNumber(next, "-"); !ok || more || len(last.candidates) != 1 {
		return index
	}
	second := Number{Unit: found.Unit, Candidates: last.candidates}
	next = r.scaleAndUnit(&second, next)
	if scale, scaled := r.scaleAt(at+1, found.Unit == unitRupiah); scaled && found.Candidates[0] < scale {
		found.Candidates[0] *= scale
	}
	found.Candidates = append(found.Candidates, second.Candidates...)
	found.Unit, found.Reason = second.Unit, ReasonRange
	return next
}
