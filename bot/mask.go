package bot

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
)

// textFields are the fields of an update that hold what people write.
var textFields = map[string]bool{
	"text": true, "caption": true, "question": true, "explanation": true, "description": true,
	"title": true, "file_name": true, "quote": true, "first_name": true, "last_name": true, "query": true,
	"vcard": true, "phone_number": true, "address": true, "custom_title": true,
}

var (
	// longDigits is a run of ten or more digits, with single blanks, dots or
	// hyphens inside: a NIK, a phone number.
	longDigits = regexp.MustCompile(`\d(?:[ .\-]?\d){9,}`)
	link       = regexp.MustCompile(`(?i)\b(?:https?://|www\.|t\.me/)\S+`)
	rupiah     = regexp.MustCompile(`(?i)\brp\.?\s*$`)
)

const maskedDigit = 'x'

// maskUpdate hides long digit runs in everything people wrote, before anything
// is stored. The text keeps its length, so that entities stay right; ids are
// numbers and stay as they are. An update that is not JSON comes back unchanged.
func maskUpdate(raw []byte) []byte {
	if !longDigits.Match(stripNumbers(raw)) {
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

// stripNumbers leaves what stands between quotes, where masking may be needed:
// nearly every update has none of that and need not be taken apart.
func stripNumbers(raw []byte) []byte {
	quoted := make([]byte, 0, len(raw))
	inside := false
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == '\\' && inside && i+1 < len(raw):
			if raw[i+1] == 'u' { // an escaped character may be a digit
				return []byte("0000000000")
			}
			i++
			quoted = append(quoted, '\n')
		case raw[i] == '"':
			inside = !inside
			quoted = append(quoted, '\n')
		case inside:
			quoted = append(quoted, raw[i])
		}
	}
	return quoted
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

// maskText hides the digits of long runs, but not inside links and not in sums
// of money.
func maskText(text string) string {
	links := link.FindAllStringIndex(text, -1)
	var out strings.Builder
	end := 0
	for _, run := range longDigits.FindAllStringIndex(text, -1) {
		out.WriteString(text[end:run[0]])
		digits := text[run[0]:run[1]]
		if !within(links, run) && !rupiah.MatchString(text[:run[0]]) {
			digits = strings.Map(hideDigit, digits)
		}
		out.WriteString(digits)
		end = run[1]
	}
	return out.String() + text[end:]
}

func hideDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return maskedDigit
	}
	return r
}

func within(spans [][]int, run []int) bool {
	for _, span := range spans {
		if run[0] >= span[0] && run[1] <= span[1] {
			return true
		}
	}
	return false
}
