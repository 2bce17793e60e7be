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

// How short words may be to be looked for in what others have kept, in runes: shorter
// ones are in everybody's words. And of how long ones the beginning is enough, since
// messages show words cut off.
const (
	shortestTrace = 4
	tellingStart  = 24
)

// traces are the names and the words of a person who is forgotten, and what is put in
// their place.
type traces struct {
	names, words    []string
	blank, nameless string
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
func (t *traces) addWords(text string) {
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if tree, err := readJSON(text); err == nil {
			walkStrings(tree, func(part string) string { t.addLines(part); return part })
			return
		}
	}
	t.addLines(text)
}

func (t *traces) addLines(text string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); len([]rune(line)) >= shortestTrace && strings.ContainsFunc(line, unicode.IsLetter) && !slices.Contains(t.words, line) {
			t.words = append(t.words, line)
		}
	}
}

// foundIn tells whether a text, which may be JSON, holds a trace.
func (t traces) foundIn(text string) bool {
	found := false
	look := func(part string) string {
		found = found || t.without(part) != part
		return part
	}
	if tree, err := readJSON(text); err == nil {
		walkStrings(tree, look)
	} else {
		look(text)
	}
	return found
}

// inJSON takes every trace out of the texts in what is kept as JSON.
func (t traces) inJSON(kept string) (string, error) { return changeStrings(kept, t.without) }

// namesInJSON takes the names out of what is kept as JSON.
func (t traces) namesInJSON(kept string) (string, error) {
	return changeStrings(kept, t.withoutNames)
}

// wholeName takes the place of a name that is nothing but the person's.
func (t traces) wholeName(name string) (string, error) {
	if slices.ContainsFunc(t.names, func(own string) bool { return strings.EqualFold(own, strings.TrimSpace(name)) }) {
		return t.nameless, nil
	}
	return name, nil
}

func (t traces) without(text string) string {
	for _, words := range t.words {
		text = replaceWhole(text, words, t.blank)
		if start := []rune(words); len(start) > tellingStart {
			text = replaceFrom(text, string(start[:tellingStart]), t.blank)
		}
	}
	return t.withoutNames(text)
}

func (t traces) withoutNames(text string) string {
	for _, name := range t.names {
		text = replaceWhole(text, name, t.nameless)
	}
	return text
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

func changeStrings(kept string, change func(string) string) (string, error) {
	tree, err := readJSON(kept)
	if err != nil {
		return change(kept), nil // plain words
	}
	changed := false
	tree = walkStrings(tree, func(text string) string {
		after := change(text)
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

// walkStrings hands every text in a tree to change, and puts what it gives in its place.
func walkStrings(tree any, change func(string) string) any {
	switch node := tree.(type) {
	case string:
		return change(node)
	case []any:
		for i := range node {
			node[i] = walkStrings(node[i], change)
		}
	case map[string]any:
		for key := range node {
			node[key] = walkStrings(node[key], change)
		}
	}
	return tree
}
