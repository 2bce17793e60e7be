package reading

// digits are the number words below ten; "a" and "an" are read by the rules that allow them.
var digits = map[string]int{
	"nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}

// fixed are number words that add themselves without a digit before them.
var fixed = map[string]int{
	"sepuluh": 10, "sebelas": 11, "seratus": 100,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
	"eighty": 80, "ninety": 90,
}

// scales multiply what stands before them; each may only be followed by a smaller one.
var scales = map[string]float64{
	"ribu": 1e3, "rb": 1e3, "k": 1e3, "thousand": 1e3,
	"juta": 1e6, "jt": 1e6, "million": 1e6,
	"miliar": 1e9, "billion": 1e9,
	"triliun": 1e12, "trillion": 1e12,
}

// below1000 reads number words up to "sembilan ratus sembilan puluh sembilan".
func (r *reader) below1000(index int) (value, next int, ok bool) {
	digit, atMost := -1, 1000
	for {
		word := r.word(index)
		number, isDigit := digits[word]
		addition, isFixed := fixed[word]
		switch {
		case isDigit && digit < 0 && atMost > 1:
			digit = number
		case isFixed && digit < 0 && addition < atMost:
			value, atMost = value+addition, smallerThan(addition)
		case word == "belas" && digit > 0 && atMost > 10:
			value, digit, atMost = value+10+digit, -1, 1
		case word == "puluh" && digit > 0 && atMost > 10:
			value, digit, atMost = value+10*digit, -1, 10
		case (word == "ratus" || word == "hundred") && digit > 0 && atMost > 100:
			value, digit, atMost = value+100*digit, -1, 100
		default:
			return value + max(digit, 0), index, ok
		}
		index, ok = index+1, true
	}
}

// smallerThan is the bound on what may follow a fixed number word: tens after a hundred, a digit after twenty, nothing after eleven.
func smallerThan(number int) int {
	switch {
	case number >= 100:
		return 100
	case number >= 20:
		return 10
	}
	return 1
}

// whole reads a whole number in digits or in words.
func (r *reader) whole(index int) (value, next int, ok bool) {
	if number := r.at(index); number.kind == numberToken {
		return number.value, index + 1, number.value >= 0
	}
	return r.below1000(index)
}

// amount reads a number that may have a half or a decimal part: "1,5", "2 setengah", "setengah".
func (r *reader) amount(index int) (value float64, next int, ok bool) {
	if r.word(index) == "setengah" || r.word(index) == "half" {
		return 0.5, index + 1, true
	}
	number, next, ok := r.whole(index)
	if !ok {
		return 0, index, false
	}
	value = float64(number)
	if part, has := r.gluedNumber(next, ",."); has && len(part.text) == 1 {
		return value + float64(part.value)/10, next + 2, true
	}
	if r.word(next) == "setengah" {
		return value + 0.5, next + 1, true
	}
	return value, next, true
}

// isCount says whether a number or number word stands at a token.
func (r *reader) isCount(index int) bool {
	word := r.word(index)
	_, isDigit := digits[word]
	_, isFixed := fixed[word]
	return r.isNumber(index) || isDigit || isFixed || word == "belas" || word == "puluh" || word == "ratus" || word == "setengah"
}
