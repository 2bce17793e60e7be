package reading

import (
	"slices"
	"strings"
	"unicode"
)

// replyLength is how many words a reply has at most that is looked at as a whole.
const replyLength = 8

// ReplyWords brings a short reply to the form in which it is compared: words in lower case without signs and emoji, in
// their plain spelling ("sdh" is "sudah"), letters that were drawn out once ("siaaap"), and each word once where it was
// said several times in a row. Whatever is longer than eight words, or has several lines, says more than a word does:
// it has none.
func ReplyWords(text string) []string {
	if len(text) > 16*replyLength || strings.Contains(strings.TrimSpace(text), "\n") {
		return nil
	}
	separates := func(letter rune) bool {
		return !unicode.IsLetter(letter) && !unicode.IsDigit(letter) && !isApostrophe(letter)
	}
	var words []string
	for _, word := range strings.FieldsFunc(text, separates) {
		word = Fold(undrawn(Fold(word)))
		if word != "" && (len(words) == 0 || words[len(words)-1] != word) {
			words = append(words, word)
		}
	}
	if len(words) > replyLength {
		return nil
	}
	return slices.Clip(words)
}

// undrawn takes out what was drawn out: a letter that stands three times or more in a row was meant once.
func undrawn(word string) string {
	letters := []rune(word)
	var short []rune
	for begin := 0; begin < len(letters); {
		end := begin
		for end < len(letters) && letters[end] == letters[begin] {
			end++
		}
		if count := end - begin; count < 3 || !unicode.IsLetter(letters[begin]) {
			short = append(short, letters[begin:end]...)
		} else {
			short = append(short, letters[begin])
		}
		begin = end
	}
	return string(short)
}
