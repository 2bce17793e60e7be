package reading

import (
	"maps"
	"slices"
	"strings"
)

// likeFrom is how many pairs of letters two words that nobody knows have in common
// when they are the same word with a slip of the finger.
const likeFrom = 0.7

// slipsLookedFor is how many words that nobody knows are looked at in either text, so that
// a text of nothing but such words is not compared with each word of another.
const slipsLookedFor = 32

// slipped finds, among the words that nobody knows, those of the first text that
// are a word of the second with a slip of the finger: each other's only nearest.
func slipped(a, b []Term) map[string]string {
	mine, others := unknownBeside(a, b), unknownBeside(b, a)
	if len(mine) == 0 || len(others) == 0 {
		return nil
	}
	found := make(map[string]string)
	for _, word := range mine {
		if near := word.nearest(others); near != nil && near.nearest(mine) == word {
			found[word.key] = near.key
		}
	}
	return found
}

// unknownWord is one that nobody knows, with the pairs of neighbouring letters in it, in
// their order.
type unknownWord struct {
	key   string
	pairs []uint16
}

// unknownBeside lists the words that nobody knows of one text that the other has not.
func unknownBeside(a, b []Term) []*unknownWord {
	of := make(map[string]bool, len(b))
	for _, term := range b {
		of[term.Key] = true
	}
	var words []*unknownWord
	for _, term := range a {
		if !strings.HasPrefix(term.Key, "?") || of[term.Key] || len(term.Key) < slipFrom {
			continue
		}
		word := &unknownWord{key: term.Key}
		for i := range len(term.Key) - 1 {
			word.pairs = append(word.pairs, uint16(term.Key[i])<<8|uint16(term.Key[i+1]))
		}
		slices.Sort(word.pairs)
		if words = append(words, word); len(words) == slipsLookedFor {
			break
		}
	}
	return words
}

// nearest is the one word that is nearest to another, and near enough; nil if there is
// none, or two are equally near.
func (w *unknownWord) nearest(among []*unknownWord) (nearest *unknownWord) {
	best := likeFrom
	for _, other := range among {
		switch likeness := w.sharedPairs(other); {
		case likeness > best || likeness == best && nearest == nil:
			best, nearest = likeness, other
		case likeness == best:
			nearest = nil
		}
	}
	return nearest
}

// sharedPairs is the share of the pairs of neighbouring letters that two words have
// in common, 0 to 1 (Dice).
func (w *unknownWord) sharedPairs(other *unknownWord) float64 {
	shared := 0
	for i, j := 0, 0; i < len(w.pairs) && j < len(other.pairs); {
		switch {
		case w.pairs[i] < other.pairs[j]:
			i++
		case w.pairs[i] > other.pairs[j]:
			j++
		default:
			shared, i, j = shared+1, i+1, j+1
		}
	}
	return 2 * float64(shared) / float64(len(w.pairs)+len(other.pairs))
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
