package locale

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// ReadWordings reads a file of wordings: a table for each language, in it the sentences
// by their keys as in the built-in ones, each a text or a table of the forms "one" and
// "other". They come ordered by key, and are not checked yet. An error says which line
// is no TOML, or which key holds something else.
func ReadWordings(text []byte) ([]Wording, error) {
	var tree map[string]any
	if err := toml.Unmarshal(text, &tree); err != nil {
		var place *toml.DecodeError
		if errors.As(err, &place) {
			line, _ := place.Position()
			return nil, fmt.Errorf("line %d is no TOML (%w)", line, err)
		}
		return nil, fmt.Errorf("it is no TOML (%w)", err)
	}
	var read []Wording
	for language, value := range tree {
		table, isTable := value.(map[string]any)
		if !isTable || !slices.Contains(Languages, language) {
			return nil, &Flaw{Kind: FlawLanguage, Language: language, Key: "*", Allowed: "tables named " + strings.Join(Languages, ", ")}
		}
		if flaw := collectWordings(table, language, "", &read); flaw != nil {
			return nil, flaw
		}
	}
	slices.SortFunc(read, func(a, b Wording) int {
		return strings.Compare(a.Key+" "+a.Language, b.Key+" "+b.Language)
	})
	return read, nil
}

func collectWordings(table map[string]any, language, prefix string, read *[]Wording) error {
	wording := Wording{Key: strings.TrimSuffix(prefix, "."), Language: language}
	if other, isForm := table["other"].(string); isForm && wording.Key != "" {
		one, _ := table["one"].(string)
		wording.One, wording.Other = one, other
		if len(table) > 2 || len(table) == 2 && one == "" {
			return &Flaw{Kind: FlawForms, Key: wording.Key, Language: language, Allowed: "one, other"}
		}
		*read = append(*read, wording)
		return nil
	}
	for name, value := range table {
		key := prefix + name
		switch value := value.(type) {
		case string:
			*read = append(*read, Wording{Key: key, Language: language, Other: value})
		case map[string]any:
			if err := collectWordings(value, language, key+".", read); err != nil {
				return err
			}
		default:
			return &Flaw{Kind: FlawForms, Key: key, Language: language, Allowed: "a text, or a table of texts named one, other"}
		}
	}
	return nil
}

// WriteWordings writes a file that ReadWordings reads. What stands in commented follows
// as remarks, so that it can be taken up by taking away the sign before it. head are
// remarks above all, line by line.
func WriteWordings(wordings, commented []Wording, head string) []byte {
	var file bytes.Buffer
	for line := range strings.Lines(head) {
		file.WriteString("# " + strings.TrimSpace(line) + "\n")
	}
	for _, language := range Languages {
		fmt.Fprintf(&file, "\n[%s]\n", language)
		for _, from := range []struct {
			list   []Wording
			before string
		}{{wordings, ""}, {commented, "# "}} {
			for _, wording := range from.list {
				if wording.Language == language {
					file.WriteString(from.before + wording.line() + "\n")
				}
			}
		}
	}
	return file.Bytes()
}

// line writes a wording as one line of TOML.
func (w Wording) line() string {
	if w.One == "" {
		return quoted(w.Key) + " = " + quoted(w.Other)
	}
	return fmt.Sprintf("%s = { one = %s, other = %s }", quoted(w.Key), quoted(w.One), quoted(w.Other))
}

// quoted writes a text as TOML has it, whose basic strings are those of JSON.
func quoted(text string) string {
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return `""` // no text is without a form in JSON
	}
	return strings.TrimSuffix(written.String(), "\n")
}

// CheckAll checks wordings against the built-in sentences and gives those that can be
// said, as they are kept, with the flaws of the others.
func CheckAll(wordings []Wording, built []Sentence, fill func(language, name string) any) (fitting []Wording, flaws []*Flaw) {
	for _, wording := range wordings {
		sentence, known := FindSentence(built, wording.Key)
		if !known {
			flaws = append(flaws, &Flaw{Kind: FlawKey, Key: wording.Key, Language: wording.Language, Allowed: "the keys of locale/id.toml"})
			continue
		}
		checked, _, flaw := sentence.Check(wording, func(name string) any { return fill(wording.Language, name) })
		if flaw != nil {
			flaws = append(flaws, flaw)
			continue
		}
		fitting = append(fitting, checked)
	}
	return fitting, flaws
}

// SampleValue is what stands for a value when a sentence is shown as an example.
func (s Speaker) SampleValue(name string) any {
	switch key := "wording.sample." + name; {
	case name == "N":
		return sampleNumber
	case s.Knows(key):
		return s.Say(key)
	}
	return "‹" + name + "›"
}

// SampleDetails are the values of a wording as Say takes them, as they stand in examples.
func (s Speaker) SampleDetails(wording Wording) (details []any) {
	for _, name := range (Sentence{In: map[string]Wording{s.Language: wording}}).Values() {
		details = append(details, name, s.SampleValue(name))
	}
	return details
}

// sampleNumber is how many things there are in an example.
const sampleNumber = 3

// CheckBuiltIn is CheckAll against the built-in sentences, with the values of examples.
func CheckBuiltIn(wordings []Wording) (fitting []Wording, flaws []*Flaw, err error) {
	built, err := Sentences()
	if err != nil {
		return nil, nil, err
	}
	book, err := Open()
	if err != nil {
		return nil, nil, err
	}
	fitting, flaws = CheckAll(wordings, built, func(language, name string) any { return book.In(language).SampleValue(name) })
	return fitting, flaws, nil
}
