package bot

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// textFields are the fields of an update that hold what people write.
var textFields = map[string]bool{
	"text": true, "caption": true, "question": true, "explanation": true, "description": true,
	"title": true, "new_chat_title": true, "file_name": true, "quote": true, "query": true,
	"first_name": true, "last_name": true, "name": true, "sender_user_name": true, "forward_sender_name": true,
	"author_signature": true, "custom_title": true, "vcard": true, "phone_number": true, "address": true,
}

var (
	// longDigits is a run of ten or more digits, with single blanks, dots or
	// hyphens inside: a NIK, a phone number. Telephones write them with blanks and
	// hyphens that do not break a line.
	longDigits = regexp.MustCompile(`\d(?:[ .\-\x{00a0}\x{2010}\x{2011}]?\d){9,}`)

	// link is searched by itself: beside shorter patterns it would make the time
	// for one long word grow with its square.
	link = regexp.MustCompile(`(?i)\b(?:https?://|www\.|t\.me/|[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}/)\S+`)

	// Innocent is what is left alone beside and inside long runs: sums of money, and what
	// stands before or after a number in a command, references and dates ("T-12 10-06-2026
	// 16.00"). These are searched in two: both at once take ten times as long over long texts.
	innocentMoney = regexp.MustCompile(`(?i)\brp\.?\s*\d[\d.,\-]*`)
	innocentWord  = regexp.MustCompile(`(?i)\b[a-z]-?[1-9]\d{0,4}|(?:` + date + `)(?:-(?:` + date + `))?`)
)

// date is a day in numbers, in either order.
const date = `(?:0?[1-9]|[12]\d|3[01])[.\-](?:0?[1-9]|1[0-2])[.\-](?:19|20)\d\d|(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:[12]\d|3[01]|0?[1-9])`

const maskedDigit = 'x'

// hiddenDigits is what became of a long run of digits.
var hiddenDigits = regexp.MustCompile(strings.ReplaceAll(longDigits.String(), `\d`, string(maskedDigit)))

// masked tells whether a long number was hidden in what somebody wrote.
func masked(text string) bool { return hiddenDigits.MatchString(text) }

// maskUpdate hides long digit runs in everything people wrote, before anything
// is stored. The text keeps its length, so that entities stay right; ids are
// numbers and stay as they are. An update that is not JSON comes back unchanged.
func maskUpdate(raw []byte) []byte {
	if !mayHide(raw) {
		return raw
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return raw
	}
	masked, err := json.Marshal(maskTree(tree, false))
	if err != nil {
		return raw
	}
	return masked
}

// mayHide tells whether something between quotes may have to be masked: nearly every
// update has no such thing and need not be taken apart.
func mayHide(raw []byte) bool {
	digits, gap, inside := 0, 0, false
	for at := 0; at < len(raw); at++ {
		char := raw[at]
		switch {
		case char == '\\' && inside && at+1 < len(raw):
			if raw[at+1] == 'u' { // an escaped character may be a digit
				return true
			}
			at, digits = at+1, 0
		case char == '"':
			inside, digits = !inside, 0
		case !inside:
		case isDigit(char):
			if digits, gap = digits+1, 0; digits == leastHidden {
				return true
			}
		case char == ' ' || char == '.' || char == '-':
			if gap++; gap > 1 {
				digits = 0
			}
		case char < utf8.RuneSelf: // a longer character may be a blank or a hyphen
			digits = 0
		}
	}
	return false
}

func maskTree(node any, text bool) any {
	switch value := node.(type) {
	case map[string]any:
		for field, inner := range value {
			value[field] = maskTree(inner, textFields[field])
		}
	case []any:
		for i, inner := range value {
			value[i] = maskTree(inner, text)
		}
	case string:
		if text {
			return maskText(value)
		}
	}
	return node
}

// maskText hides the digits of long runs, but not in links and of nothing innocent.
func maskText(text string) string {
	if digitsIn(text) < leastHidden {
		return text // as nearly always
	}
	return outside(text, linkSpans(text), func(text string) string {
		spans := slices.DeleteFunc(innocentSpans(text), func(span []int) bool { return !standsAlone(text, span[0], span[1]) })
		return outside(text, spans, func(text string) string { return longDigits.ReplaceAllStringFunc(text, hideDigits) })
	})
}

// linkSpans finds the links in a text, in order. Nothing is one without a slash or "www.".
func linkSpans(text string) [][]int {
	if !strings.Contains(text, "/") && !strings.Contains(strings.ToLower(text), "www.") {
		return nil
	}
	return link.FindAllStringIndex(text, -1)
}

// innocentSpans finds what is innocent in a text, in order and without overlaps: what begins
// first, and of two that begin together money.
func innocentSpans(text string) [][]int {
	found := innocentMoney.FindAllStringIndex(text, -1)
	for start, end := 0, 0; start < len(text); start = end + 1 {
		end = start
		for end < len(text) && !strings.ContainsRune(blanks, rune(text[end])) {
			end++
		}
		if word := text[start:end]; digitsIn(word) < len(word) { // digits alone are neither
			for _, span := range innocentWord.FindAllStringIndex(word, -1) {
				found = append(found, []int{start + span[0], start + span[1]})
			}
		}
	}
	slices.SortStableFunc(found, func(one, other []int) int { return one[0] - other[0] })
	until := 0
	return slices.DeleteFunc(found, func(span []int) bool {
		if span[0] < until {
			return true
		}
		until = span[1]
		return false
	})
}

// blanks are what \s stands for in a pattern.
const blanks = " \t\n\f\r"

// outside changes what stands outside of the spans.
func outside(text string, spans [][]int, change func(string) string) string {
	var out strings.Builder
	end := 0
	for _, span := range spans {
		out.WriteString(change(text[end:span[0]]))
		out.WriteString(text[span[0]:span[1]])
		end = span[1]
	}
	out.WriteString(change(text[end:]))
	return out.String()
}

// standsAlone tells whether what stands between start and end is no part of a
// longer number: what looks like a date inside a NIK is none.
func standsAlone(text string, start, end int) bool {
	before, after := text[:start], text[end:]
	if strings.HasSuffix(before, ".") || strings.HasSuffix(before, "-") {
		before = before[:len(before)-1]
	}
	if strings.HasPrefix(after, ".") || strings.HasPrefix(after, "-") {
		after = after[1:]
	}
	return !(before != "" && isDigit(before[len(before)-1])) && !(after != "" && isDigit(after[0]))
}

// leastHidden is how many digits the shortest run has that is hidden.
const leastHidden = 10

func digitsIn(text string) (count int) {
	for at := range len(text) {
		if isDigit(text[at]) {
			count++
		}
	}
	return count
}

func isDigit(char byte) bool { return '0' <= char && char <= '9' }

func hideDigits(run string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return maskedDigit
		}
		return r
	}, run)
}
