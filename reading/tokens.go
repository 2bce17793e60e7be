package reading

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// longestText is how many bytes of a text are read; what follows is left alone, so that reading always takes little time.
const longestText = 4096

type tokenKind int

const (
	wordToken tokenKind = iota
	numberToken
	signToken
)

// token is a word, a run of digits or one sign of a text.
type token struct {
	kind       tokenKind
	text       string // folded for words, the digits for numbers, the sign itself (every dash is "-", a line break "\n")
	value      int    // of a number; -1 when it has more than nine digits
	capital    bool   // a word that begins with a capital letter
	glued      bool   // no blank stands before it
	start, end int    // byte offsets in the text
}

// mostTokens is how many tokens of a text are read, for the same reason. Words with blanks
// between them come to fewer; signs and single digits would be as many as bytes.
const mostTokens = 1200

// usualToken is about how many bytes a token has, with the blank before it.
const usualToken = 6

// split cuts a text into tokens. Blanks are no tokens, line breaks are: they end a clause.
func split(text string) []token {
	if len(text) > longestText {
		cut := longestText
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	tokens := make([]token, 0, min(len(text)/usualToken+1, mostTokens))
	glued := false
	for at := 0; at < len(text) && len(tokens) < mostTokens; {
		first, size := utf8.DecodeRuneInString(text[at:])
		if isBlank(first) {
			at, glued = at+size, false
			continue
		}
		next := tokenAt(text, at, first, size)
		next.glued = glued
		tokens = append(tokens, next)
		at, glued = next.end, true
	}
	return tokens
}

func isBlank(letter rune) bool {
	return letter != '\n' && unicode.IsSpace(letter) || letter >= '\u200b' && letter <= '\u200f' || letter == '\ufeff'
}

func tokenAt(text string, at int, first rune, size int) token {
	switch {
	case first >= '0' && first <= '9':
		end := at + 1
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		return token{kind: numberToken, text: text[at:end], value: valueOf(text[at:end]), start: at, end: end}
	case isLetter(first):
		end := endOfWord(text, at)
		return token{kind: wordToken, text: Fold(text[at:end]), capital: unicode.IsUpper(first), start: at, end: end}
	}
	sign := text[at : at+size]
	if strings.ContainsRune("–—−‐‑‒", first) {
		sign = "-"
	}
	return token{kind: signToken, text: sign, start: at, end: at + size}
}

func isLetter(letter rune) bool {
	return unicode.IsLetter(letter) || unicode.IsMark(letter) || letter == '_'
}

// endOfWord lets an apostrophe stand inside a word, as in "jum'at" and "o'clock".
func endOfWord(text string, at int) int {
	for at < len(text) {
		letter, size := utf8.DecodeRuneInString(text[at:])
		if !isLetter(letter) {
			following, _ := utf8.DecodeRuneInString(text[at+size:])
			if !isApostrophe(letter) || !isLetter(following) {
				return at
			}
		}
		at += size
	}
	return at
}

func valueOf(digits string) int {
	if len(digits) > 9 {
		return -1
	}
	value, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return value
}

// reader holds one text while it is read. Rules ask it what stands at a token and answer with the token after what they understood.
type reader struct {
	text    string
	tokens  []token
	context Context
	today   time.Time // the calendar day of the message

	phraseless []bool // by token: it is known that no phrase begins there
}

// outside stands before and behind every text.
var outside = token{kind: signToken}

// at is what stands at a token: rules ask so often that it is not copied.
func (r *reader) at(index int) *token {
	if index < 0 || index >= len(r.tokens) {
		return &outside
	}
	return &r.tokens[index]
}

// word is the folded word at a token, or "" when there is none.
func (r *reader) word(index int) string {
	if found := r.at(index); found.kind == wordToken {
		return found.text
	}
	return ""
}

// sign says whether one of the given signs stands at a token.
func (r *reader) sign(index int, signs string) bool {
	found := r.at(index)
	return found.kind == signToken && found.text != "" && strings.Contains(signs, found.text)
}

func (r *reader) isNumber(index int) bool { return r.at(index).kind == numberToken }

func (r *reader) glued(index int) bool { return index < len(r.tokens) && r.at(index).glued }

// gluedNumber is the number that directly follows one of the signs at a token, as in the ".30" of "13.30".
func (r *reader) gluedNumber(index int, signs string) (*token, bool) {
	number := r.at(index + 1)
	ok := r.sign(index, signs) && r.glued(index) && number.kind == numberToken && number.glued
	return number, ok
}
