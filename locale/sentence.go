package locale

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
)

// Sentence is one built-in sentence with its wordings by language.
type Sentence struct {
	Key string
	In  map[string]Wording
}

// Sentences reads all built-in sentences, ordered by key. They are read anew each
// time, since whoever speaks needs none of this.
func Sentences() ([]Sentence, error) {
	found := make(map[string]Sentence)
	for _, name := range Languages {
		messages, err := readMessages(name)
		if err != nil {
			return nil, err
		}
		for _, message := range messages {
			if _, known := found[message.ID]; !known {
				found[message.ID] = Sentence{Key: message.ID, In: make(map[string]Wording, len(Languages))}
			}
			found[message.ID].In[name] = Wording{Key: message.ID, Language: name, One: message.One, Other: message.Other}
		}
	}
	list := make([]Sentence, 0, len(found))
	for _, sentence := range found {
		list = append(list, sentence)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Key < list[j].Key })
	return list, nil
}

// readMessages reads the built-in sentences of a language.
func readMessages(name string) ([]*i18n.Message, error) {
	text, err := sentences.ReadFile(name + ".toml")
	if err != nil {
		return nil, fmt.Errorf("read sentences: %w", err)
	}
	file, err := i18n.ParseMessageFileBytes(text, name+".toml", map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		return nil, fmt.Errorf("read sentences: %w", err)
	}
	return file.Messages, nil
}

// FindSentence finds a sentence by its key in what Sentences gave.
func FindSentence(list []Sentence, key string) (Sentence, bool) {
	at, found := slices.BinarySearchFunc(list, key, func(sentence Sentence, key string) int { return strings.Compare(sentence.Key, key) })
	if !found {
		return Sentence{}, false
	}
	return list[at], true
}

// valueShape is how a built-in sentence names a value, inside a condition or not.
var valueShape = regexp.MustCompile(`\.([A-Za-z]+)\b`)

// Values are the names of the values that a sentence has in any language, in the order
// in which they first stand there.
func (s Sentence) Values() (names []string) {
	for _, language := range Languages {
		wording := s.In[language]
		rest := wording.Other + wording.One
		for {
			_, from, opened := strings.Cut(rest, openMark)
			if !opened {
				break
			}
			mark, after, _ := strings.Cut(from, closeMark)
			for _, name := range valueShape.FindAllStringSubmatch(mark, -1) {
				if !slices.Contains(names, name[1]) {
					names = append(names, name[1])
				}
			}
			rest = after
		}
	}
	return names
}

// always lists the values that a built-in wording says under no condition.
func always(wording Wording) []string {
	read, flaw := readTemplate(wording.Other, nil)
	if flaw != nil { // a condition that only the program's own sentences may have
		return nil
	}
	return read.names()
}
