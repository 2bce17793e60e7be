package reading

import (
	"maps"
	"slices"
	"strings"
)

// likeFrom is how many pairs of letters two words that nobody knows have in common
// when they are the same word with a slip of the finger.
const likeFrom = 0.7

// slipped finds, among the words that nobody knows, those of the first text that
// are a word of the second with a slip of the finger: each other's only nearest.
func slipped(a, b []Term) map[string]string {
	mine, others := unknownBeside(a, b), unknownBeside(b, a)
	if len(mine) == 0 || len(others) == 0 {
		return nil
	}
	found := make(map[string]string)
	for _, word := range mine {
		if near := nearestWord(word, others); near != "" && nearestWord(near, mine) == word {
			found[word] = near
		}
	}
	return found
}

// unknownBeside lists the words that nobody knows of one text that the other has not.
func unknownBeside(a, b []Term) []string {
	var words []string
	for _, term := range a {
		if strings.HasPrefix(term.Key, "?") && !slices.ContainsFunc(b, func(other Term) bool { return other.Key == term.Key }) {
			words = append(words, term.Key)
		}
	}
	return words
}

// nearestWord is the one word that is nearest to another, and near enough; empty if
// there is none, or two are equally near.
func nearestWord(word string, among []string) string {
	best, nearest := likeFrom, ""
	for _, other := range among {
		switch likeness := sharedPairs(word, other); {
		case likeness > best || likeness == best && nearest == "":
			best, nearest = likeness, other
		case likeness == best:
			nearest = ""
		}
	}
	return nearest
}

// sharedPairs is the share of the pairs of neighbouring letters that two words have
// in common, 0 to 1 (Dice).
func sharedPairs(a, b string) float64 {
	if len(a) < slipFrom || len(b) < slipFrom {
		return 0
	}
	counts := make(map[string]int, len(a))
	for i := range len(a) - 1 {
		counts[a[i:i+2]]++
	}
	shared := 0
	for i := range len(b) - 1 {
		if pair := b[i : i+2]; counts[pair] > 0 {
			counts[pair]--
			shared++
		}
	}
	return 2 * float64(shared) / float64(len(a)+len(b)-2)
}

// apart tells whether two texts name different things of one kind, and none of
// that kind that is the same.
func apart(a, b []Term) bool {
	kinds := make(map[string]map[string]bool)
	for _, term := range b {
		if term.Kind != "" {
			if kinds[term.Kind] == nil {
				kinds[term.Kind] = make(map[string]bool)
			}
			kinds[term.Kind][term.Key] = true
		}
	}
	differs := make(map[string]bool)
	for _, term := range a {
		if others := kinds[term.Kind]; others != nil {
			before, seen := differs[term.Kind]
			differs[term.Kind] = !others[term.Key] && (before || !seen)
		}
	}
	return slices.Contains(slices.Collect(maps.Values(differs)), true)
}
