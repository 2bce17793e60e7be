package reading

import (
	"slices"
	"strings"
)

// book finds fixed wordings, of one token or several, and what they stand for. It is looked up by the first token.
type book[Meaning any] map[string][]wording[Meaning]

type wording[Meaning any] struct {
	tokens  []string
	meaning Meaning
}

// newBook takes wordings as folded tokens with blanks between them, signs included ("s . d .").
func newBook[Meaning any](meanings map[string]Meaning) book[Meaning] {
	made := book[Meaning]{}
	for text, meaning := range meanings {
		tokens := strings.Fields(text)
		made[tokens[0]] = append(made[tokens[0]], wording[Meaning]{tokens, meaning})
	}
	for _, wordings := range made {
		slices.SortFunc(wordings, func(a, b wording[Meaning]) int { return len(b.tokens) - len(a.tokens) })
	}
	return made
}

// wordings is a book whose entries mean nothing beyond being there.
func wordings(texts ...string) book[bool] {
	meanings := map[string]bool{}
	for _, text := range texts {
		meanings[text] = true
	}
	return newBook(meanings)
}

// look returns what the longest wording at a token means, and the token after it.
func (b book[Meaning]) look(r *reader, index int) (meaning Meaning, next int, ok bool) {
	for _, entry := range b[r.at(index).text] {
		if r.stands(index, entry.tokens) {
			return entry.meaning, index + len(entry.tokens), true
		}
	}
	return meaning, index, false
}

// skip returns the token after the longest wording at a token, or the same token when there is none.
func (b book[Meaning]) skip(r *reader, index int) int {
	_, next, _ := b.look(r, index)
	return next
}

func (r *reader) stands(index int, tokens []string) bool {
	for offset, text := range tokens {
		if index+offset >= len(r.tokens) || r.tokens[index+offset].text != text {
			return false
		}
	}
	return true
}
