package reading

import (
	"slices"
	"strings"
)

// stemFrom is the shortest stem that is left of a word, in bytes.
const stemFrom = 3

// suffixes that change a word's form and not what it is about, the outermost
// first; "x" is how some write "nya".
var (
	particles   = []string{"lah", "kah", "pun"}
	possessives = []string{"nya", "ku", "mu", "x"}
	derivations = []string{"kan", "an", "i"}
)

// prefixes with the letters that they may have swallowed, the longest first: what
// is left of "memakai" is "pakai".
var prefixes = []struct {
	prefix    string
	swallowed []string
}{
	{"memper", nil}, {"diper", nil}, {"penge", nil}, {"menge", nil},
	{"meng", []string{"", "k"}}, {"peng", []string{"", "k"}},
	{"meny", []string{"s"}}, {"peny", []string{"s"}},
	{"mem", []string{"", "p"}}, {"pem", []string{"", "p"}},
	{"men", []string{"", "t"}}, {"pen", []string{"", "t"}},
	{"ber", nil}, {"bel", nil}, {"ter", nil}, {"per", nil}, {"pel", nil},
	{"ng", []string{"", "k"}}, {"ny", []string{"s"}},
	{"me", nil}, {"pe", nil}, {"be", nil}, {"di", nil}, {"ke", nil}, {"se", nil},
}

// stems lists what an Indonesian or English word may come from, the most likely
// first, without a dictionary: whoever asks knows which of them is a word.
func stems(word string) []string {
	var room [8]string // most words have no more
	found := room[:0]
	keep := func(stem string) bool {
		if len(stem) < stemFrom || stem == word || slices.Contains(found, stem) {
			return false
		}
		found = append(found, stem)
		return true
	}
	bare := word
	for _, endings := range [][]string{particles, possessives} {
		for _, ending := range endings {
			if stem, cut := strings.CutSuffix(bare, ending); cut && keep(stem) {
				bare = stem
				break
			}
		}
	}
	forms := []string{bare}
	for _, ending := range derivations {
		if stem, cut := strings.CutSuffix(bare, ending); cut && keep(stem) {
			forms = append(forms, stem)
		}
	}
	for _, form := range forms {
		for _, stem := range withoutPrefix(form) {
			if !keep(stem) {
				continue
			}
			for _, inner := range withoutPrefix(stem) {
				keep(inner)
			}
		}
	}
	for _, ending := range []string{"ies", "es", "s", "ing", "ed"} {
		if stem, cut := strings.CutSuffix(word, ending); cut {
			keep(stem)
			if ending == "ies" {
				keep(stem + "y")
			}
		}
	}
	return found
}

// withoutPrefix lists what may be left of a word without its first prefix.
func withoutPrefix(word string) []string {
	var left []string
	for _, one := range prefixes {
		rest, cut := strings.CutPrefix(word, one.prefix)
		if !cut || len(rest) < stemFrom-1 {
			continue
		}
		if one.swallowed == nil {
			left = append(left, rest)
		}
		for _, letter := range one.swallowed {
			if letter == "" || strings.ContainsRune("aiueo", rune(rest[0])) {
				left = append(left, letter+rest)
			}
		}
		if len(left) > 0 {
			return left
		}
	}
	return left
}

// stem is the form in which two words that nobody knows are compared.
func stem(word string) string {
	for _, endings := range [][]string{particles, possessives[:1]} {
		for _, ending := range endings {
			if left, cut := strings.CutSuffix(word, ending); cut && len(left) > stemFrom {
				word = left
			}
		}
	}
	if rest, cut := strings.CutPrefix(word, "di"); cut && len(rest) > stemFrom+1 {
		word = rest
	}
	for _, ending := range []string{"kan", "an", "s"} {
		if left, cut := strings.CutSuffix(word, ending); cut && len(left) > stemFrom {
			return left
		}
	}
	return word
}
