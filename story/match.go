package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// matches reports whether the pattern's words stand in the text in this order. "..." (or "…") stands for any words
// in between; the pattern may begin and end anywhere, but only at the edges of words: "T-1" does not stand in "T-12".
// How the text is broken into lines makes no difference. The empty pattern stands in every text.
func matches(pattern, text string) bool {
	text = joinWords(text)
	for _, words := range strings.Split(strings.ReplaceAll(pattern, "…", "..."), "...") {
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
