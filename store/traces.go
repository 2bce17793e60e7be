package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"
)

// What of a person's words is looked for in what others have kept. Of a line as long as
// tellingStart, in runes, the beginning is enough, since messages show words cut off, and
// it is looked for anywhere. A shorter line may as well be somebody else's, or the bot's
// own: it is looked for where a message about the same thing cites it, and one that is a
// remark ("terima kasih") only from so many words on.
const (
	shortestTrace = 4
	tellingStart  = 24
	tellingWords  = 3
)

// traces are the names and the words of a person who is forgotten, and what is put in
// their place.
type traces struct {
	names           []string
	words           []ownWords
	blank, nameless string
}

// ownWords are a line that somebody wrote.
type ownWords struct {
	text   string
	thing  string // to which it belongs: "I-3"; empty for none
	remark bool   // it is not what the thing is about
}

func (t *traces) addName(name string) {
	if name = strings.TrimSpace(name); name != "" && !slices.Contains(t.names, name) {
		t.names = append(t.names, name)
	}
}

// mentions are the names that can be nothing else, as they are written and in small
// letters, in which texts are kept for the search.
func (t traces) mentions() []string {
	var found []string
	for _, name := range t.names {
		if !strings.HasPrefix(name, "@") && !strings.Contains(name, " ") {
			continue
		}
		for _, form := range []string{name, strings.ToLower(name)} {
			if !slices.Contains(found, form) {
				found = append(found, form)
			}
		}
	}
	return found
}

// addWords adds a text line by line, as messages show them. What is kept as JSON is
// taken apart.
func (t *traces) addWords(text, thing string, remark bool) {
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if tree, err := readJSON(text); err == nil {
			walkStrings(tree, func(_, part string) string { t.addLines(part, thing, remark); return part })
			return
		}
	}
	t.addLines(text, thing, remark)
}

func (t *traces) addLines(text, thing string, remark bool) {
	for line := range strings.Lines(text) {
		words := ownWords{strings.TrimSpace(line), thing, remark}
		if len([]rune(words.text)) >= shortestTrace && strings.ContainsFunc(words.text, unicode.IsLetter) && !slices.Contains(t.words, words) {
			t.words = append(t.words, words)
		}
	}
}

// foundIn tells whether a text, which may be JSON, holds a trace.
func (t traces) foundIn(text string) bool {
	found := false
	look := func(_, part string) string {
		found = found || t.without(part) != part
		return part
	}
	if tree, err := readJSON(text); err == nil {
		walkStrings(tree, look)
	} else {
		look("", text)
	}
	return found
}

// inMessage takes every trace out of what a message shows; what its buttons do, and what
// it is about, stays as it is.
func (t traces) inMessage(kept string) (string, error) {
	return changeStrings(kept, func(key, text string) string {
		if !shownKeys[key] {
			return text
		}
		return t.without(text)
	})
}

// shownKeys are the fields of a Payload that people read; "" is a payload that is no JSON.
var shownKeys = map[string]bool{"": true, "text": true, "placeholder": true, "t": true, "name": true, "words": true, "question": true, "options": true}

// inForm takes out of what somebody else is writing what can be nothing but the person's.
func (t traces) inForm(kept string) (string, error) {
	return changeStrings(kept, func(_, text string) string { return t.withoutMentions(t.withoutTelling(text)) })
}

// inSnapshot does so with things as they were before: whose texts stand there alone.
func (t traces) inSnapshot(kept string) (string, error) {
	return changeStrings(kept, func(key, text string) string {
		if givenKeys[key] && slices.ContainsFunc(t.words, func(words ownWords) bool { return !words.remark && words.text == text }) {
			return t.blank
		}
		return t.withoutMentions(t.withoutTelling(text))
	})
}

// givenKeys are the fields of things that hold what somebody gave.
var givenKeys = map[string]bool{"Text": true, "ShownAs": true, "Reason": true}

// namesInJSON takes the names out of what is kept as JSON.
func (t traces) namesInJSON(kept string) (string, error) {
	return changeStrings(kept, func(_, text string) string { return t.withoutNames(text) })
}

// wholeName takes the place of a name that is nothing but the person's.
func (t traces) wholeName(name string) (string, error) {
	if slices.ContainsFunc(t.names, func(own string) bool { return strings.EqualFold(own, strings.TrimSpace(name)) }) {
		return t.nameless, nil
	}
	return name, nil
}

func (t traces) without(text string) string {
	whole := text
	text = t.withoutTelling(text)
	for _, words := range t.words {
		switch {
		case len([]rune(words.text)) >= tellingStart || words.thing == "":
		case !words.remark:
			for _, between := range []string{" · ", ": "} {
				text = replaceCited(text, words.thing+between, words.text, t.blank)
			}
			fallthrough
		default:
			if len(strings.Fields(words.text)) >= tellingWords && replaceWhole(whole, words.thing, "") != whole {
				text = replaceCited(text, "", words.text, t.blank)
			}
		}
	}
	return t.withoutNames(text)
}

// withoutTelling takes out the lines that are long enough to be nobody else's.
func (t traces) withoutTelling(text string) string {
	for _, words := range t.words {
		start := []rune(words.text)
		if len(start) < tellingStart {
			continue
		}
		if text = replaceWhole(text, words.text, t.blank); len(start) > tellingStart {
			text = replaceFrom(text, string(start[:tellingStart]), t.blank)
		}
	}
	return text
}

func (t traces) withoutNames(text string) string {
	for _, name := range t.names {
		text = replaceWhole(text, name, t.nameless)
	}
	return text
}

// withoutMentions takes out the names that can be nothing else.
func (t traces) withoutMentions(text string) string {
	for _, name := range t.mentions() {
		text = replaceWhole(text, name, t.nameless)
	}
	return text
}

// replaceCited puts something in the place of words that are cited: which stand behind
// what leads to them, or else behind a colon, a dot, a quotation mark or the beginning of
// a line, to the end of the line or of the quotation.
func replaceCited(text, lead, words, instead string) string {
	var done strings.Builder
	for {
		at := strings.Index(text, lead+words)
		if at < 0 {
			return done.String() + text
		}
		at += len(lead)
		end := at + len(words)
		before := done.String() + text[:at]
		begins := lead != "" || before == "" || hasSuffix(before, "\n", ": ", "· ", "\"", "“", "(")
		if begins && (text[end:] == "" || hasPrefix(text[end:], "\n", " ·", "\"", "”", ")", " (")) {
			done.WriteString(text[:at] + instead)
		} else {
			done.WriteString(text[:end])
		}
		text = text[end:]
	}
}

func hasPrefix(text string, starts ...string) bool {
	return slices.ContainsFunc(starts, func(start string) bool { return strings.HasPrefix(text, start) })
}

func hasSuffix(text string, ends ...string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(text, end) })
}

// replaceWhole puts something in the place of words, wherever no letter or digit stands
// directly before or behind them.
func replaceWhole(text, words, instead string) string {
	var done strings.Builder
	for {
		at := strings.Index(text, words)
		if at < 0 {
			return done.String() + text
		}
		end := at + len(words)
		before, after := lastRune(done.String()+text[:at]), firstRune(text[end:])
		if isWordRune(before) && isWordRune(firstRune(words)) || isWordRune(after) && isWordRune(lastRune(words)) {
			done.WriteString(text[:end])
		} else {
			done.WriteString(text[:at] + instead)
		}
		text = text[end:]
	}
}

// replaceFrom puts something in the place of what begins so, to the end of its line.
func replaceFrom(text, start, instead string) string {
	at := strings.Index(text, start)
	if at < 0 {
		return text
	}
	rest := ""
	if end := strings.IndexByte(text[at:], '\n'); end >= 0 {
		rest = text[at+end:]
	}
	return text[:at] + instead + replaceFrom(rest, start, instead)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// firstRune is the first rune of a text, a blank for none; lastRune likewise.
func firstRune(text string) rune {
	for _, r := range text {
		return r
	}
	return ' '
}

func lastRune(text string) rune {
	last := ' '
	for _, r := range text[max(0, len(text)-4):] {
		last = r
	}
	return last
}

// changeStrings changes the texts in what is kept as JSON. change gets the name of the
// field in which a text stands, "" where what is kept is no JSON.
func changeStrings(kept string, change func(key, text string) string) (string, error) {
	tree, err := readJSON(kept)
	if err != nil {
		return change("", kept), nil // plain words
	}
	changed := false
	tree = walkStrings(tree, func(key, text string) string {
		after := change(key, text)
		changed = changed || after != text
		return after
	})
	if !changed {
		return kept, nil
	}
	written, err := json.Marshal(tree)
	return string(written), err
}

func readJSON(text string) (tree any, err error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than JSON")
	}
	return tree, nil
}

// walkStrings hands every text in a tree to change, with the name of the field in which it
// stands, and puts what it gives in its place.
func walkStrings(tree any, change func(key, text string) string) any {
	return walkField("", tree, change)
}

func walkField(key string, tree any, change func(key, text string) string) any {
	switch node := tree.(type) {
	case string:
		return change(key, node)
	case []any:
		for i := range node {
			node[i] = walkField(key, node[i], change)
		}
	case map[string]any:
		for name := range node {
			node[name] = walkField(name, node[name], change)
		}
	}
	return tree
}
