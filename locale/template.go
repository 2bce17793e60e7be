package locale

import (
	"fmt"
	"slices"
	"strings"
	"text/template"
	"unicode"
)

// wordingTemplate is a sentence that a city wrote: text, values, and parts that are
// there only with a value. It runs nothing, unlike what the built-in sentences may.
type wordingTemplate []part

// part is a piece of text, the value called name, or, with choice, what is said when
// there is such a value and when there is not.
type part struct {
	text, name string
	choice     *choice
}

type choice struct{ with, without wordingTemplate }

// write fills in what details give, in pairs of name and value.
func (t wordingTemplate) write(to *strings.Builder, details []any) {
	for _, piece := range t {
		value := detail(details, piece.name)
		switch {
		case piece.choice != nil:
			if truth, _ := template.IsTrue(value); truth {
				piece.choice.with.write(to, details)
			} else {
				piece.choice.without.write(to, details)
			}
		case piece.name == "":
			to.WriteString(piece.text)
		case value != nil:
			fmt.Fprint(to, value)
		}
	}
}

// detail finds a value by its name; nil when there is none.
func detail(details []any, name string) any {
	if name == "" {
		return nil
	}
	for i := len(details) - len(details)%2 - 2; i >= 0; i -= 2 {
		if details[i] == name {
			return details[i+1]
		}
	}
	return nil
}

// names lists the values that are always said, in their order.
func (t wordingTemplate) names() (names []string) {
	for _, piece := range t {
		if piece.name != "" && piece.choice == nil && !slices.Contains(names, piece.name) {
			names = append(names, piece.name)
		}
	}
	return names
}

// templateReader reads a sentence from left to right.
type templateReader struct {
	rest    string
	allowed []string
}

// The marks between which a value stands, as it is kept. It may be written with one brace
// on either side as well.
const (
	openMark  = "{{"
	closeMark = "}}"
)

// simpleMarks brings values to the form in which people see and type them.
var simpleMarks = strings.NewReplacer("{{if .", "{if ", "{{.", "{", "{{", "{", "}}", "}")

// Simple writes a kept sentence as it is shown to people: {Name} for {{.Name}}.
func Simple(text string) string { return simpleMarks.Replace(text) }

// readTemplate reads a sentence in which the allowed values may stand, any at all if
// allowed is nil: {Name}, {name} or {{.Name}}, and {if Name} or {{if .Name}} with {else}
// and {end} likewise, one not inside another.
func readTemplate(text string, allowed []string) (wordingTemplate, *Flaw) {
	reader := templateReader{rest: text, allowed: allowed}
	read, ended, flaw := reader.until()
	if flaw == nil && ended != "" {
		flaw = &Flaw{Kind: FlawCondition, Word: ended}
	}
	return read, flaw
}

// until reads up to the end, or to {{else}} or {{end}}, and tells which it was.
func (r *templateReader) until() (read wordingTemplate, ended string, flaw *Flaw) {
	for r.rest != "" {
		text, rest, opened := strings.Cut(r.rest, openMark[:1])
		if strings.Contains(text, closeMark[:1]) {
			return nil, "", &Flaw{Kind: FlawBraces, Word: closeMark}
		}
		if text != "" {
			read = append(read, part{text: text})
		}
		if r.rest = rest; !opened {
			return read, "", nil
		}
		closing := closeMark[:1]
		if double, is := strings.CutPrefix(rest, openMark[:1]); is {
			rest, closing = double, closeMark
		}
		inside, rest, closed := strings.Cut(rest, closing)
		if !closed {
			return nil, "", &Flaw{Kind: FlawBraces, Word: openMark}
		}
		r.rest = rest
		words := strings.Fields(inside)
		if len(words) == 1 && (words[0] == "else" || words[0] == "end") {
			return read, words[0], nil
		}
		piece, flaw := r.value(inside, words)
		if flaw != nil {
			return nil, "", flaw
		}
		read = append(read, piece)
	}
	return read, "", nil
}

// value reads what stands between two marks.
func (r *templateReader) value(inside string, words []string) (piece part, flaw *Flaw) {
	if len(words) == 2 && words[0] == "if" {
		if piece.name, flaw = r.name(words[1]); flaw == nil {
			piece.choice, flaw = r.readChoice()
		}
		return piece, flaw
	}
	if len(words) != 1 {
		return piece, &Flaw{Kind: FlawFunction, Word: strings.TrimSpace(inside)}
	}
	piece.name, flaw = r.name(words[0])
	return piece, flaw
}

// readChoice reads what follows {{if .Name}}, up to its {{end}}.
func (r *templateReader) readChoice() (*choice, *Flaw) {
	var read choice
	with, ended, flaw := r.until()
	if read.with = with; flaw == nil && ended == "else" {
		read.without, ended, flaw = r.until()
	}
	nested := slices.ContainsFunc(append(slices.Clip(read.with), read.without...), func(piece part) bool { return piece.choice != nil })
	if flaw == nil && (ended != "end" || nested) {
		flaw = &Flaw{Kind: FlawCondition, Word: "if"}
	}
	return &read, flaw
}

// name finds the allowed value that a word names, whatever its capitals, as telephones
// write them.
func (r *templateReader) name(word string) (string, *Flaw) {
	bare := strings.TrimPrefix(word, ".")
	if r.allowed == nil || slices.Contains(r.allowed, bare) {
		return bare, nil
	}
	for _, name := range r.allowed {
		if strings.EqualFold(name, bare) {
			return name, nil
		}
	}
	if strings.ContainsFunc(bare, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return "", &Flaw{Kind: FlawFunction, Word: word}
	}
	return "", &Flaw{Kind: FlawPlaceholder, Word: word, Allowed: placeholders(r.allowed)}
}

// placeholders writes names as they stand in a sentence.
func placeholders(names []string) string {
	written := make([]string, len(names))
	for i, name := range names {
		written[i] = openMark + "." + name + closeMark
	}
	return strings.Join(written, ", ")
}

// Text is a text with values in it that somebody wrote.
type Text struct{ read wordingTemplate }

// ReadText reads a text in which the allowed values may stand. A flaw says why it
// cannot be said.
func ReadText(text string, allowed []string) (Text, *Flaw) {
	read, flaw := readTemplate(text, append([]string{}, allowed...))
	if flaw == nil {
		flaw = neverSaid(text)
	}
	if flaw == nil && !strings.ContainsFunc(text, spoken) || strings.ContainsFunc(text, hidden) {
		flaw = &Flaw{Kind: FlawSigns}
	}
	return Text{read}, flaw
}

// Fill writes the text with values, which come in pairs of name and value.
func (t Text) Fill(details ...any) string {
	var text strings.Builder
	t.read.write(&text, details)
	return text.String()
}

// String writes the text as it is kept.
func (t Text) String() string { return t.read.source() }
