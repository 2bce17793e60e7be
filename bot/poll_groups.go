package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// pollGroupsNamed reads which linked groups a list of words means: "Dewan, Komunitas",
// "semua pokja", "pokja lingkungan dan Relawan TIK". It is not ok when a word of
// it names no group; kinds of which no group is linked give none.
func (r *request) pollGroupsNamed(text string) (groups []council.Group, ok bool, err error) {
	linked, err := r.tx.Groups()
	if err != nil {
		return nil, false, err
	}
	parts := strings.FieldsFunc(text, func(letter rune) bool { return strings.ContainsRune(",;&+", letter) })
	for len(parts) > 0 {
		part := strings.TrimSpace(parts[0])
		meant, known := r.groupsMeant(part, linked)
		if before, after, joined := cutJoined(part); !known && joined {
			parts = append([]string{before, after}, parts[1:]...)
			continue
		}
		if !known {
			return nil, false, nil
		}
		parts, ok = parts[1:], true
		for _, group := range meant {
			if !slices.ContainsFunc(groups, func(other council.Group) bool { return other.ID == group.ID }) {
				groups = append(groups, group)
			}
		}
	}
	return groups, ok, nil
}

// groupsMeant reads one name: all groups, those of a kind or dimension, or a title.
func (r *request) groupsMeant(name string, linked []council.Group) ([]council.Group, bool) {
	word := locale.FoldWord(name)
	if word == "" {
		return nil, false
	}
	all, isAll := locale.Meaning("groups", name)
	kind, dimension, isKind := r.groupWords(name)
	var meant []council.Group
	for _, group := range linked {
		of := group.Kind == kind && (dimension == "" || group.Dimension == dimension)
		switch {
		case isAll && (all == "all" || council.GroupKind(all) == group.Kind), !isAll && isKind && of,
			!isAll && !isKind && locale.FoldWord(group.Title) == word:
			meant = append(meant, group)
		}
	}
	return meant, isAll || isKind || len(meant) > 0
}

// cutJoined cuts a text at its first "and".
func cutJoined(text string) (before, after string, joined bool) {
	words := strings.Fields(text)
	for i, word := range words {
		if _, joins := locale.Meaning("joining", word); joins && i > 0 && i+1 < len(words) {
			return strings.Join(words[:i], " "), strings.Join(words[i+1:], " "), true
		}
	}
	return "", "", false
}
