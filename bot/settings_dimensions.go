package bot

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// dimensionLimit is how long the city's name of a dimension may be, in runes: with what
// stands around it, it is a button.
const dimensionLimit = 30

// dimensionSettings are the names of the six dimensions, which are said and understood
// everywhere; the built-in words are understood as well.
func dimensionSettings() []setting {
	settings := []setting{{word: "dimensions", value: saidDimensions}}
	for i, dimension := range council.Dimensions {
		settings = append(settings, setting{word: dimensionKey(dimension), number: int64(20 + i), key: dimensionKey(dimension), parent: "dimensions", words: true,
			name:    func(r *request) (string, error) { return r.builtInDimension(dimension), nil },
			value:   func(r *request, kept string) (string, error) { return r.ownDimension(dimension, kept), nil },
			choices: usualAlone,
			read:    func(r *request, _, typed string) (string, error) { return r.readDimensionName(dimension, typed) },
			fits:    func(r *request, kept string) error { return r.dimensionFree(dimension, kept) }})
	}
	return settings
}

func dimensionKey(dimension council.Dimension) string {
	return store.SettingDimension + string(dimension)
}

func (r *request) builtInDimension(dimension council.Dimension) string {
	return r.Book.In(r.speak.Language).Say("dimension." + string(dimension))
}

func (r *request) ownDimension(dimension council.Dimension, kept string) string {
	if kept == "" {
		return r.builtInDimension(dimension)
	}
	return kept
}

func saidDimensions(r *request, _ string) (string, error) {
	names := make([]string, len(council.Dimensions))
	for i, dimension := range council.Dimensions {
		kept, err := r.tx.Setting(dimensionKey(dimension))
		if err != nil {
			return "", err
		}
		names[i] = r.ownDimension(dimension, kept)
	}
	return strings.Join(names, ", "), nil
}

// usualAlone is the choice of the usual value, for what is written otherwise.
func usualAlone(r *request, _ string) ([]settingChoice, error) {
	return []settingChoice{{label: r.speak.Say("settings.usual")}}, nil
}

// readDimensionName reads another name of a dimension: letters, and what joins them. A
// name that means something else already would not be understood.
func (r *request) readDimensionName(dimension council.Dimension, typed string) (string, error) {
	name := withoutLeadingFiller(plainLine(strings.Trim(typed, " .#")))
	strange := func(letter rune) bool {
		return !unicode.IsLetter(letter) && !unicode.IsDigit(letter) && !strings.ContainsRune(" &-'’/()", letter)
	}
	switch {
	case locale.FoldWord(name) == "" || strings.ContainsFunc(name, strange):
		return "", council.Refuse("dimension_unread")
	case utf8.RuneCountInString(name) > dimensionLimit:
		return "", council.Refuse("dimension_long", "Most", strconv.Itoa(dimensionLimit))
	}
	if err := r.dimensionFree(dimension, name); err != nil {
		return "", err
	}
	if name == r.builtInDimension(dimension) {
		return "", nil
	}
	return name, nil
}

// dimensionFree refuses a name that means something else already.
func (r *request) dimensionFree(dimension council.Dimension, name string) error {
	if _, other, known := r.groupWords(name); known && other != dimension {
		return council.Refuse("dimension_taken", "Name", name)
	}
	return nil
}

// withoutLeadingFiller takes "Pokja" off the beginning of a name.
func withoutLeadingFiller(name string) string {
	for {
		first, rest := firstWord(name)
		if _, filler := locale.Meaning("filler", first); !filler || rest == "" {
			return name
		}
		name = rest
	}
}

// cityDimensions reads the city's own names: to be said, and to be understood.
func cityDimensions(tx *store.Tx) (names map[council.Dimension]string, understood locale.OwnGroups, err error) {
	names, understood = make(map[council.Dimension]string), make(locale.OwnGroups)
	for _, dimension := range council.Dimensions {
		kept, err := tx.Setting(dimensionKey(dimension))
		if err != nil {
			return nil, nil, err
		}
		if kept != "" {
			names[dimension], understood[locale.FoldWord(kept)] = kept, string(dimension)
		}
	}
	return names, understood, nil
}

// dimensionWordings are the sentences in which the city's own names stand for those
// that are built in.
func dimensionWordings(tx *store.Tx, book *locale.OwnBook) ([]locale.Wording, error) {
	names, _, err := cityDimensions(tx)
	if err != nil {
		return nil, err
	}
	var wordings []locale.Wording
	for dimension, name := range names {
		for _, language := range locale.Languages {
			wordings = append(wordings,
				locale.Wording{Key: "dimension." + string(dimension), Language: language, Other: name},
				locale.Wording{Key: "group." + string(dimension), Language: language, Other: book.In(language).Say("settings.group_called", "Name", name)})
		}
	}
	return wordings, nil
}
