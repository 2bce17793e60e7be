package reading

import (
	"strconv"
	"strings"
)

// numeral is a number without its unit: one candidate, or several and the reason.
type numeral struct {
	candidates []float64
	reason     string
}

// mostGroups bounds the groups of digits of one number.
const mostGroups = 8

// numeral reads digits with separators, or number words.
func (r *reader) numeral(index int) (numeral, int, bool) {
	if !r.isNumber(index) {
		value, next, ok := r.spelled(index)
		return numeral{candidates: []float64{value}}, next, ok
	}
	if digits := r.at(index).text; digits[0] == '0' && len(digits) > 2 {
		return numeral{}, index, false
	}
	groups, separators := []string{r.at(index).text}, ""
	next := index + 1
	for len(groups) < mostGroups {
		group, ok := r.gluedNumber(next, ".,")
		if !ok {
			break
		}
		separators += r.at(next).text
		groups = append(groups, group.text)
		next += 2
	}
	if _, ok := r.gluedNumber(next, "/:.,"); ok {
		return numeral{}, index, false
	}
	if word := r.word(next); word != "" && r.glued(next) && !r.isNumberEnding(word) {
		return numeral{}, index, false
	}
	found, ok := grouped(groups, separators)
	return found, next, ok
}

// isNumberEnding says which words may be glued to digits: "15jt", "200an", "3kg".
func (r *reader) isNumberEnding(word string) bool {
	_, isScale := scales[word]
	return isScale || measures[word] || word == "an" || word == "m" || word == "t" || word == "persen"
}

// grouped gives digits their value: dots part thousands, a comma begins the decimals. A dot before anything but three digits is taken for a
// comma, as people write it; the English way round is asked.
func grouped(groups []string, separators string) (numeral, bool) {
	last := len(groups) - 1
	lead, tail := strings.Join(groups[:last], ""), groups[last]
	even := evenGroups(groups)
	switch {
	case separators == "":
		return only(tail)
	case separators == "," && len(tail) == 3 && even:
		return either(lead+"."+tail, lead+tail)
	case separators == ",", separators == "." && !(len(tail) == 3 && even):
		return only(lead + "." + tail)
	case strings.Trim(separators, ".") == "" && even:
		return only(lead + tail)
	case strings.Trim(separators, ",") == "" && even:
		return either(lead + tail)
	case !evenGroups(groups[:last]):
		return numeral{}, false
	case strings.Trim(separators[:last-1], ".") == "" && separators[last-1] == ',':
		return only(lead + "." + tail)
	case strings.Trim(separators[:last-1], ",") == "" && separators[last-1] == '.':
		return either(lead + "." + tail)
	}
	return numeral{}, false
}

// evenGroups says whether digits are parted into thousands: one to three first, not beginning with zero, then three each.
func evenGroups(groups []string) bool {
	if len(groups[0]) > 3 || groups[0][0] == '0' {
		return false
	}
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return false
		}
	}
	return true
}

func only(digits string) (numeral, bool) {
	value, err := strconv.ParseFloat(digits, 64)
	return numeral{candidates: []float64{value}}, err == nil
}

func either(readings ...string) (numeral, bool) {
	found := numeral{reason: ReasonEnglishFormat}
	for _, digits := range readings {
		value, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			return numeral{}, false
		}
		found.candidates = append(found.candidates, value)
	}
	return found, true
}

// joinedScales have "one" in front.
var joinedScales = map[string]float64{"seribu": 1e3, "sejuta": 1e6, "semiliar": 1e9, "setriliun": 1e12}

// spelled reads number words of any size: "dua juta lima ratus ribu", "satu setengah juta", "tiga koma lima".
func (r *reader) spelled(index int) (value float64, next int, ok bool) {
	next = index
	atMost := 1e15
	for {
		if scale, has := joinedScales[r.word(next)]; has && scale < atMost {
			value, atMost, next, ok = value+scale, scale, next+1, true
			continue
		}
		part, after, has := r.partSpelled(next)
		if !has {
			return value, next, ok
		}
		scale, scaled := scales[r.word(after)]
		if !scaled {
			return value + part, after, true
		}
		if scale >= atMost {
			return value, next, ok
		}
		value, atMost, next, ok = value+part*scale, scale, after+1, true
	}
}

// partSpelled reads number words below a thousand with a half or decimals.
func (r *reader) partSpelled(index int) (float64, int, bool) {
	if r.word(index) == "setengah" {
		return 0.5, index + 1, true
	}
	whole, next, ok := r.below1000(index)
	if !ok {
		return 0, index, false
	}
	value := float64(whole)
	if r.word(next) == "setengah" {
		return value + 0.5, next + 1, true
	}
	if r.word(next) != "koma" && r.word(next) != "point" {
		return value, next, true
	}
	after := next + 1
	for place := 0.1; place > 1e-6; place /= 10 {
		digit, isDigit := digits[r.word(after)]
		if !isDigit {
			break
		}
		value, after = value+float64(digit)*place, after+1
	}
	if after == next+1 {
		return value, next, true
	}
	return value, after, true
}
