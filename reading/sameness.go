package reading

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Term is one thing that a text is about.
type Term struct {
	Key    string  // the same for everything that means the same
	Word   string  // how it is named to people
	Kind   string  // of what is each other's alternative, as places where people are treated; empty for most
	Means  bool    // not what is wished for, but by what
	Weight float64 // how much it says
}

// Terms finds what a text is about, whatever spelling, dialect or (for common
// words) language it is written in, what says most first. Words that say nothing,
// numbers and links are passed over.
func Terms(text string) []Term {
	words := inPlainSpelling(text)
	found, meanings := make(map[string]Term), make(map[string]meaning)
	add := func(term Term) {
		if earlier, twice := found[term.Key]; !twice || term.Weight > earlier.Weight {
			found[term.Key] = term
		}
	}
	for i := 0; i < len(words); {
		length, compound := longest(words[i:], meanings)
		switch {
		case compound != nil:
			add(compound.term())
			if length > 1 {
				addParts(words[i:i+length], compound, add)
			}
		case len(words[i]) >= stemFrom && !meanings[words[i]].silent:
			add(Term{Key: "?" + stem(words[i]), Word: words[i], Weight: weightUnknown})
		}
		i += length
	}
	terms := make([]Term, 0, len(found))
	for _, term := range found {
		terms = append(terms, term)
	}
	slices.SortFunc(terms, func(a, b Term) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Key, b.Key)) })
	return terms
}

func (c *concept) term() Term {
	return Term{Key: c.name, Word: c.name, Kind: c.kind, Means: c.means, Weight: c.weight}
}

// addParts adds, weakly, what a compound is made of: a waste bank has to do with waste.
func addParts(words []string, compound *concept, add func(Term)) {
	for _, word := range words {
		if part := known().concept(word); part != nil && part != compound && !part.means {
			term := part.term()
			term.Weight, term.Kind = min(term.Weight, weightPart), ""
			add(term)
		}
	}
}

// longest finds the concept that the first words make together, the most words
// first; 1 and nil if the first word is none.
func longest(words []string, meanings map[string]meaning) (length int, found *concept) {
	most := 1
	if known().begins[words[0]] || known().begins[stem(words[0])] {
		most = min(longestCompound, len(words))
	}
	for length := most; length > 1; length-- {
		if found := known().concepts[strings.Join(words[:length], "_")]; found != nil {
			return length, found
		}
		bare := make([]string, length)
		for i, word := range words[:length] {
			bare[i] = stem(word)
		}
		if found := known().concepts[strings.Join(bare, "_")]; found != nil {
			return length, found
		}
	}
	meant, seen := meanings[words[0]]
	if !seen {
		meant = known().meaning(words[0])
		meanings[words[0]] = meant
	}
	return 1, meant.concept
}

// longestWord is how many bytes a word has at most. What is longer is none, and to look for
// its stem would take time that grows with the square of its length.
const longestWord = 64

// inPlainSpelling cuts a text into words in plain spelling: "sekolah2" is "sekolah",
// "bgt" is "sangat", "lamaaa" is "lama".
func inPlainSpelling(text string) []string {
	var words []string
	for _, field := range strings.Fields(strings.ToLower(text)) {
		if isLink(field) {
			continue
		}
		for _, word := range strings.FieldsFunc(field, func(letter rune) bool {
			return !unicode.IsLetter(letter) && !unicode.IsDigit(letter) && letter != '-' && !isApostrophe(letter)
		}) {
			if len(word) > longestWord {
				continue
			}
			if word = plainWord(word); word != "" {
				words = append(words, word)
			}
		}
	}
	return words
}

// isLink tells whether a word is an address in the web.
func isLink(word string) bool {
	host, _, path := strings.Cut(word, "/")
	return strings.Contains(word, "://") || path && strings.Contains(strings.Trim(host, "."), ".") || strings.HasPrefix(word, "www.")
}

func plainWord(word string) string {
	word = strings.TrimRight(strings.Trim(word, "-'"), "0123456789")
	if strings.ContainsAny(word, "0123456789") {
		return "" // a number, or one that was masked
	}
	if first, second, doubled := strings.Cut(word, "-"); doubled && (first == second || strings.HasPrefix(second, first)) {
		word = first
	}
	word = withoutDrawl(word)
	if plain, hurried := known().plain[word]; hurried {
		return plain
	}
	word = strings.Map(func(letter rune) rune {
		if isApostrophe(letter) {
			return -1
		}
		return letter
	}, word)
	if plain, hurried := known().plain[word]; hurried {
		return plain
	}
	return word
}

// withoutDrawl shortens letters that are repeated more than twice to one.
func withoutDrawl(word string) string {
	letters := []rune(word)
	short := make([]rune, 0, len(letters))
	for i := 0; i < len(letters); {
		run := i
		for run < len(letters) && letters[run] == letters[i] {
			run++
		}
		count := run - i
		if count > 2 {
			count = 1
		}
		short = append(short, letters[i:i+count]...)
		i = run
	}
	return string(short)
}

// Verdict is what two texts are to each other.
type Verdict string

// Verdicts.
const (
	Same      Verdict = "same"      // they wish for the same thing
	Related   Verdict = "related"   // they have something in common
	Unrelated Verdict = "unrelated" // they have not
)

// Likeness is how alike two texts are, and why.
type Likeness struct {
	Verdict Verdict
	Score   float64  // 0 to 1
	Shared  []string // what both are about, what says most first
	Own     []string // what only the first is about, likewise
}

// Limits of likeness, found on the ideas of the tests.
const (
	sameFrom      = 0.45
	relatedFrom   = 0.2
	sameWeight    = 1.5  // so much at least must be shared by two that are the same,
	surelySame    = 0.75 // unless they have hardly anything else
	shorterCounts = 0.7  // how much the shorter text counts against the longer one
)

// Compare tells whether two texts, by their terms, wish for the same. Two that
// name different places or things of one kind are related at most.
func Compare(a, b []Term) Likeness {
	of := make(map[string]Term, len(b))
	for _, term := range b {
		of[term.Key] = term
	}
	for mine, other := range slipped(a, b) {
		of[mine] = of[other]
	}
	var like Likeness
	var shared, mine, others float64
	ends := 0.0 // how much of what is wished for both have
	for _, term := range a {
		mine += term.Weight
		if other, both := of[term.Key]; both {
			shared += min(term.Weight, other.Weight)
			if !term.Means {
				ends += min(term.Weight, other.Weight)
			}
			if term.Weight > weightCommon || other.Weight > weightCommon {
				like.Shared = append(like.Shared, term.Word)
			}
		} else if term.Weight > weightCommon {
			like.Own = append(like.Own, term.Word)
		}
	}
	for _, term := range b {
		others += term.Weight
	}
	if shorter, longer := min(mine, others), max(mine, others); shorter > 0 {
		like.Score = shared / (shorterCounts*shorter + (1-shorterCounts)*longer)
	}
	like.Score = min(like.Score, 1)
	switch {
	case len(like.Shared) == 0 || like.Score < relatedFrom:
		like.Verdict = Unrelated
	case ends < weightConcept || like.Score < sameFrom || shared < sameWeight && like.Score < surelySame || apart(a, b):
		like.Verdict = Related
	default:
		like.Verdict = Same
	}
	return like
}
