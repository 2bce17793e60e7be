package locale

import (
	_ "embed"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"
)

//go:embed words.toml
var wordsFile []byte

// meanings maps, for each table of words.toml, a folded word to what it means.
var meanings = readWords()

func readWords() map[string]map[string]string {
	var tables map[string]map[string][]string
	if err := toml.Unmarshal(wordsFile, &tables); err != nil {
		panic("locale/words.toml: " + err.Error()) // built in: it can be read, or the build is broken
	}
	folded := make(map[string]map[string]string, len(tables))
	for table, names := range tables {
		folded[table] = make(map[string]string)
		for name, words := range names {
			for _, word := range words {
				folded[table][FoldWord(word)] = name
			}
		}
	}
	return folded
}

// FoldWord brings what people type to the form in which it is compared: letters
// and digits only, in lower case.
func FoldWord(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// Meaning tells what a text means in a table of words.toml ("group", "role",
// "taking_back", "language"), in whichever language it is written.
func Meaning(table, text string) (meaning string, known bool) {
	meaning, known = meanings[table][FoldWord(text)]
	return meaning, known
}

// withoutFiller takes the longest filler off the beginning, else off the end.
func withoutFiller(word string) string {
	shortest := word
	for filler := range meanings["filler"] {
		rest, found := strings.CutPrefix(word, filler)
		if !found {
			rest, found = strings.CutSuffix(word, filler)
		}
		if found && len(rest) < len(shortest) {
			shortest = rest
		}
	}
	return shortest
}
