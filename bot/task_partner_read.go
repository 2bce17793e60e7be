package bot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// partnerWish is with which working groups a task is to be shared, and with
// which no longer.
type partnerWish struct {
	With, Without []council.Dimension
}

func (w partnerWish) isZero() bool { return len(w.With)+len(w.Without) == 0 }

// How many words the name of a group, and what leads into one, has at most.
const (
	groupNameWords = 5
	partnerWords   = 4
)

var someWord = regexp.MustCompile(`\S+`)

// takePartners takes the working groups out of a text with which a task is to be
// shared: "… bersama Pokja Ekonomi, Pokja Lingkungan". Of a line that holds other
// words as well, only what is called a group by its name is one: "bersama
// masyarakat" may be part of a title.
func takePartners(text string, named bool, own locale.OwnGroups) (rest string, wish partnerWish) {
	words := someWord.FindAllStringIndex(text, -1)
	done := 0
	for at := 0; at < len(words); at++ {
		means, names := partnerLead(text, words[at:])
		if means == "" {
			continue
		}
		dimensions, count := groupsNamedIn(text, words[at+names:], named, own)
		if count == 0 {
			continue
		}
		if means == "with" {
			wish.With = append(wish.With, dimensions...)
		} else {
			wish.Without = append(wish.Without, dimensions...)
		}
		last := at + names + count - 1
		rest += text[done:words[at][0]]
		done, at = words[last][1], last
	}
	return rest + text[done:], wish
}

// partnerLead reads what leads into the names of groups, by the longest such words.
func partnerLead(text string, words [][]int) (means string, count int) {
	for count = min(partnerWords, len(words)); count > 0; count-- {
		if means, known := locale.Meaning("partner", text[words[0][0]:words[count-1][1]]); known {
			return means, count
		}
	}
	return "", 0
}

// groupsNamedIn reads names of working groups at the beginning, one after the
// other, and how many words they are.
func groupsNamedIn(text string, words [][]int, named bool, own locale.OwnGroups) (dimensions []council.Dimension, count int) {
	for at := 0; at < len(words); {
		if count > 0 {
			_, joins := locale.Meaning("joining", word(text, words[at]))
			switch {
			case joins, word(text, words[at]) == "&":
				at++
			case !strings.ContainsAny(text[words[at-1][1]-1:words[at-1][1]], ",;"):
				return dimensions, count
			}
		}
		dimension, length := groupAt(text, words[at:], named, own)
		if length == 0 {
			return dimensions, count
		}
		if !slices.Contains(dimensions, dimension) {
			dimensions = append(dimensions, dimension)
		}
		at += length
		count = at
	}
	return dimensions, count
}

// groupAt reads the longest name of a working group; 0 words if there is none.
func groupAt(text string, words [][]int, named bool, own locale.OwnGroups) (council.Dimension, int) {
	for length := min(groupNameWords, len(words)); length > 0; length-- {
		name := text[words[0][0]:words[length-1][1]]
		ends := locale.FoldWord(word(text, words[length-1])) != "" // "&" is no part of a name
		if !ends || strings.ContainsAny(name[:len(name)-1], ",;:.") || named && !calledGroup(text, words[:length]) {
			continue
		}
		if kind, dimension, known := groupWords(name, own); known && kind == council.KindWorkingGroup {
			return dimension, length
		}
	}
	return "", 0
}

// calledGroup tells whether a name says that it is a group's: "Pokja …", "#…".
func calledGroup(text string, words [][]int) bool {
	if strings.HasPrefix(word(text, words[0]), "#") {
		return true
	}
	for length := 1; length < len(words); length++ {
		if _, known := locale.Meaning("filler", text[words[0][0]:words[length-1][1]]); known {
			return true
		}
	}
	return false
}

func word(text string, at []int) string { return text[at[0]:at[1]] }

// sharesWithNobody tells whether words say that a task is to be shared, and not
// with whom.
func sharesWithNobody(words string) bool {
	means, known := locale.Meaning("partner", words)
	return known && means == "with"
}
