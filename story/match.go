package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// matches reports whether every line of the pattern stands in the text. The words of one line stand there in this
// order, with any words in place of "..." (or "…"), but the lines may stand in any order. A line may begin and end
// anywhere, though only at the edges of words: "T-1" does not stand in "T-12". How the text is broken into lines makes
// no difference. The empty pattern stands in every text.
func matches(pattern, text string) bool {
	text = joinWords(text)
	for line := range strings.Lines(pattern) {
		if !standsIn(text, line) {
			return false
		}
	}
	return true
}

func standsIn(text, line string) bool {
	for _, words := range strings.Split(strings.ReplaceAll(line, "…", "..."), "...") {
		words = joinWords(words)
		if words == "" {
			continue
		}
		end := endOf(text, words)
		if end < 0 {
			return false
		}
		text = text[end:]
	}
	return true
}

// labelFits compares a button's label with the one that a script names; "..." in that stands for any words.
func labelFits(named, label string) bool {
	if strings.Contains(named, "...") {
		return matches(named, label)
	}
	return named == label
}

func joinWords(text string) string { return strings.Join(strings.Fields(text), " ") }

// endOf finds where the words, taken whole, first end in the text; -1 when they do not stand there.
func endOf(text, words string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return -1
		}
		start, end := from+at, from+at+len(words)
		if !insideWord(text, start) && !insideWord(text, end) {
			return end
		}
		_, width := utf8.DecodeRuneInString(text[start:])
		from = start + width
	}
}

// insideWord reports whether both sides of an offset are letters or digits.
func insideWord(text string, offset int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:offset])
	after, _ := utf8.DecodeRuneInString(text[offset:])
	return ofWord(before) && ofWord(after)
}

func ofWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
