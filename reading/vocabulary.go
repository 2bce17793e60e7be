package reading

import (
	"embed"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed words/*.txt
var wordFiles embed.FS

// Weights of terms: what everybody says tells least about what an idea is.
const (
	weightCommon   = 0.25
	weightMeans    = 0.7
	weightConcept  = 1.0
	weightCompound = 1.4
	weightUnknown  = 0.5
	weightPart     = 0.3 // of what a compound is made of
)

// longestCompound is how many words a concept is made of at most.
const longestCompound = 3

// concept is what different words have in common.
type concept struct {
	name   string // the plain Indonesian word
	kind   string // of what is each other's alternative; empty for most
	means  bool   // not what is wished for, but by what
	weight float64
}

// vocabulary is what is known of words: hurried spellings, words that say nothing,
// and what different words have in common.
type vocabulary struct {
	plain      map[string]string   // hurried spelling → plain word
	passedOver map[string]bool     // words that say nothing
	concepts   map[string]*concept // word, or words joined with "_" → concept
	begins     map[string]bool     // words with which such a joined one begins
	english    map[string]string   // the name of a concept → its name in English
	slips      map[string]string   // a known word with one letter left out → that word; "" where it may be several
}

// known is read when it is first asked for: only ideas are compared by it.
var known = sync.OnceValue(readVocabulary)

func readVocabulary() *vocabulary {
	v := &vocabulary{plain: map[string]string{}, passedOver: map[string]bool{}, concepts: map[string]*concept{}, begins: map[string]bool{}, slips: map[string]string{}, english: map[string]string{}}
	for _, words := range wordLines("informal.txt") {
		for _, spelling := range words[1:] {
			v.plain[spelling] = words[0]
		}
	}
	for _, words := range wordLines("passed_over.txt") {
		for _, word := range words {
			v.passedOver[word] = true
		}
	}
	for _, words := range wordLines("concepts.txt") {
		v.addConcept(words)
	}
	for _, words := range wordLines("english.txt") {
		v.english[spoken(words[0])] = spoken(words[1])
	}
	for word := range v.concepts {
		v.addSlips(word)
	}
	return v
}

// wordLines reads the words of every line that is no remark.
func wordLines(name string) [][]string {
	content, err := wordFiles.ReadFile("words/" + name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	var lines [][]string
	for line := range strings.Lines(string(content)) {
		if words := strings.Fields(line); len(words) > 0 && words[0] != "#" {
			lines = append(lines, words)
		}
	}
	return lines
}

// spoken is how a name in the lists is said.
func spoken(name string) string { return strings.ReplaceAll(name, "_", " ") }

func (v *vocabulary) addConcept(words []string) {
	one := &concept{name: spoken(words[0]), weight: weightConcept}
	words = words[1:]
	switch mark := words[0]; {
	case mark == "~":
		one.weight, one.means, words = weightCommon, true, words[1:]
	case mark == "+":
		one.weight, one.means, words = weightMeans, true, words[1:]
	case mark[0] == '=':
		one.kind, words = mark[1:], words[1:]
	}
	if strings.Contains(one.name, " ") {
		one.weight = weightCompound
	}
	for _, word := range words {
		v.concepts[word] = one
		if first, _, joined := strings.Cut(word, "_"); joined {
			v.begins[first] = true
		}
	}
}

// slipFrom is the shortest word, in letters, in which one letter may be missing.
const slipFrom = 6

// addSlips remembers a word with each of its letters but the first left out.
func (v *vocabulary) addSlips(word string) {
	if utf8.RuneCountInString(word) < slipFrom || strings.Contains(word, "_") {
		return
	}
	for shorter := range withoutOneLetter(word) {
		slip := string(shorter)
		if earlier, twice := v.slips[slip]; twice && earlier != word {
			v.slips[slip] = ""
			continue
		}
		v.slips[slip] = word
	}
}

// withoutOneLetter gives a word without each of its letters but the first, in one room
// that the next one overwrites.
func withoutOneLetter(word string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var room [longestWord]byte
		for at, letter := range word {
			if at == 0 {
				continue
			}
			shorter := append(append(room[:0], word[:at]...), word[at+utf8.RuneLen(letter):]...)
			if !yield(shorter) {
				return
			}
		}
	}
}

// meaning is what is known of one word.
type meaning struct {
	concept *concept // what it stands for; nil if nobody knows
	silent  bool     // it says nothing, nor does what it is a form of
}

// meaning finds what is known of a word.
func (v *vocabulary) meaning(word string) meaning {
	if v.passedOver[word] {
		return meaning{v.concepts[word], true}
	}
	stems := stems(word)
	found := meaning{concept: v.conceptBy(word, stems)}
	found.silent = found.concept == nil && slices.ContainsFunc(stems, func(stem string) bool { return v.passedOver[stem] })
	return found
}

// concept finds what a word stands for, by the word, by its stem, and by a slip of
// the finger: a letter that is missing, one too many, a wrong one, or two that
// have changed places.
func (v *vocabulary) concept(word string) *concept { return v.conceptBy(word, stems(word)) }

func (v *vocabulary) conceptBy(word string, stems []string) (found *concept) {
	if found := v.concepts[word]; found != nil {
		return found
	}
	for _, stem := range stems {
		if found := v.concepts[stem]; found != nil {
			return found
		}
	}
	letters := utf8.RuneCountInString(word)
	if letters < slipFrom-1 {
		return nil
	}
	if meant := v.slips[word]; meant != "" || letters <= slipFrom {
		return v.concepts[meant]
	}
	for shorter := range withoutOneLetter(word) {
		if found := v.concepts[string(shorter)]; found != nil {
			return found
		}
	}
	for shorter := range withoutOneLetter(word) {
		if meant := v.slips[string(shorter)]; meant != "" && oneSlip(word, meant) {
			return v.concepts[meant]
		}
	}
	return nil
}

// wrongFrom is the shortest word, in bytes, in which a letter may be a wrong one:
// shorter ones that differ by a letter are mostly different words.
const wrongFrom = 9

// oneSlip tells whether two words of the same length differ by one letter, or by
// two neighbours that have changed places.
func oneSlip(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	first := 0
	for first < len(a) && a[first] == b[first] {
		first++
	}
	if first == len(a) {
		return false
	}
	if a[first+1:] == b[first+1:] {
		return len(a) >= wrongFrom
	}
	return first+1 < len(a) && a[first] == b[first+1] && a[first+1] == b[first] && a[first+2:] == b[first+2:]
}

// InEnglish names in English what Terms and Compare name; what has no name there
// stays as it is.
func InEnglish(words []string) []string {
	named := make([]string, len(words))
	for i, word := range words {
		named[i] = word
		if english, known := known().english[word]; known {
			named[i] = english
		}
	}
	return named
}
