package locale

// OwnGroups maps a city's own names of dimensions, folded, to the names that they have
// in words.toml. Nil is none.
type OwnGroups map[string]string

// Meaning tells which kind of group or which dimension a text names, by its key in
// words.toml: by the words there or by the city's own. Words like "pokja" and "smart"
// may stand around the name or be left out.
func (o OwnGroups) Meaning(text string) (meaning string, known bool) {
	word := FoldWord(text)
	for shorter := word; ; word = shorter {
		if meaning, known = meanings["group"][word]; known {
			return meaning, true
		}
		if meaning, known = o[word]; known {
			return meaning, true
		}
		if shorter = withoutFiller(word); shorter == word {
			return "", false
		}
	}
}
