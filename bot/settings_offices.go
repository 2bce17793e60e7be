package bot

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// Limits of the city's offices: how many there may be, how long a name may be in runes,
// and how many are offered by button where one is asked for.
const (
	officesMost    = 80
	officeLimit    = council.RecommendationOfficeLimit
	officesOffered = 8
)

// officesSetting is the list of the city's offices, which are offered where one is asked for.
func officesSetting() setting {
	return setting{word: store.SettingOffices, number: 6, key: store.SettingOffices, words: true, value: saidOffices,
		read: addOffices, parts: (*request).officeParts}
}

// readOffices reads the list as it is kept.
func readOffices(kept string) []string {
	if kept == "" {
		return nil
	}
	return strings.Split(kept, "\n")
}

func saidOffices(r *request, kept string) (string, error) {
	if kept == "" {
		return r.speak.Say("settings.none"), nil
	}
	return r.speak.Count("settings.offices_count", len(readOffices(kept))), nil
}

// addOffices adds the names that somebody wrote, one a line, to the list; what is there already
// is passed over. Commas belong to names.
func addOffices(_ *request, kept, typed string) (string, error) {
	offices := readOffices(kept)
	for part := range strings.FieldsFuncSeq(typed, func(letter rune) bool { return letter == '\n' || letter == ';' }) {
		name, err := readOfficeName(part)
		if err != nil {
			return "", err
		}
		if name != "" && !slices.ContainsFunc(offices, func(other string) bool { return locale.FoldWord(other) == locale.FoldWord(name) }) {
			offices = append(offices, name)
		}
	}
	if len(offices) > officesMost {
		return "", council.Refuse("offices_many", "Most", strconv.Itoa(officesMost))
	}
	return keptOffices(offices), nil
}

func keptOffices(offices []string) string {
	slices.SortFunc(offices, func(a, b string) int { return strings.Compare(locale.FoldWord(a), locale.FoldWord(b)) })
	return strings.Join(offices, "\n")
}

// readOfficeName is a name as it is kept; empty for nothing but marks.
func readOfficeName(words string) (string, error) {
	name := plainLine(strings.Trim(words, " \t-•*.;"))
	switch {
	case locale.FoldWord(name) == "":
		return "", nil
	case masked(name):
		return "", council.Refuse("office_digits")
	case utf8.RuneCountInString(name) > officeLimit:
		return "", council.Refuse("office_long", "Most", strconv.Itoa(officeLimit))
	}
	return name, nil
}

// officeParts are the offices of the list, each of which can be named otherwise or
// taken off.
func (r *request) officeParts() ([]setting, error) {
	kept, err := r.tx.Setting(store.SettingOffices)
	if err != nil {
		return nil, err
	}
	offices := readOffices(kept)
	parts := make([]setting, len(offices))
	for i, office := range offices {
		without := slices.Delete(slices.Clone(offices), i, i+1)
		parts[i] = setting{word: store.SettingOffices + "_" + strconv.Itoa(i), number: 6, key: store.SettingOffices, parent: store.SettingOffices, words: true,
			name: func(*request) (string, error) { return office, nil },
			choices: func(r *request, _ string) ([]settingChoice, error) {
				return []settingChoice{{r.speak.Say("button.office_remove"), keptOffices(slices.Clone(without))}}, nil
			},
			read: func(r *request, _, typed string) (string, error) {
				name, err := readOfficeName(typed)
				if err != nil || name == "" {
					return "", errorsOr(err, council.Refuse("office_empty"))
				}
				return addOffices(r, strings.Join(without, "\n"), strings.ReplaceAll(name, ";", " "))
			}}
	}
	return parts, nil
}

// cityOffices lists the city's offices.
func (r *request) cityOffices() ([]string, error) {
	kept, err := r.tx.Setting(store.SettingOffices)
	return readOffices(kept), err
}

// officeMeant is the city's name of an office that words mean: by its letters, its
// initials, or with a slip. Words that mean none of them, or several, are the office
// themselves.
func (r *request) officeMeant(words string) (string, error) {
	offices, err := r.cityOffices()
	if err != nil {
		return words, err
	}
	typed := locale.FoldWord(words)
	for _, means := range []func(office string) bool{
		func(office string) bool { return locale.FoldWord(office) == typed },
		func(office string) bool { return initials(office) == typed },
		func(office string) bool { return slippedFrom(words, office) },
	} {
		var meant []string
		for _, office := range offices {
			if means(office) {
				meant = append(meant, office)
			}
		}
		if len(meant) > 0 {
			if len(meant) == 1 {
				return meant[0], nil
			}
			return words, nil
		}
	}
	return words, nil
}

// Words shorter than this are numbers, initials or names that differ by a letter.
const slippingWord = 5

// slippedFrom tells whether words are an office's name but for a letter, or two that
// changed places, in long words of it.
func slippedFrom(words, office string) bool {
	typed, named := strings.Fields(words), strings.Fields(office)
	if len(typed) != len(named) {
		return false
	}
	for i, word := range named {
		one, other := locale.FoldWord(typed[i]), locale.FoldWord(word)
		if one == other {
			continue
		}
		swapped := len(one) == len(other) && distance(one, other) == 2 && sameLetters(one, other)
		if len(other) < slippingWord || distance(one, other) > 1 && !swapped {
			return false
		}
	}
	return true
}

// sameLetters tells whether words have the same letters, in whatever order.
func sameLetters(one, other string) bool {
	a, b := []rune(one), []rune(other)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// initials are the first letters of a name's words, but for those that only join:
// "dlh" of "Dinas Lingkungan Hidup".
func initials(office string) string {
	var letters strings.Builder
	for word := range strings.FieldsFuncSeq(office, func(letter rune) bool { return !unicode.IsLetter(letter) }) {
		if _, joins := locale.Meaning("joining", word); joins {
			continue
		}
		first, _ := utf8.DecodeRuneInString(word)
		letters.WriteRune(unicode.ToLower(first))
	}
	if utf8.RuneCountInString(letters.String()) < 2 {
		return "" // one letter names no office
	}
	return letters.String()
}

// officeRows offer the city's offices; to says what a button carries for the office at
// this place of the list.
func (r *request) officeRows(to func(mark string, index int) string) ([][]store.Button, error) {
	kept, err := r.tx.Setting(store.SettingOffices)
	if err != nil {
		return nil, err
	}
	var rows [][]store.Button
	for i, office := range readOffices(kept) {
		if i == officesOffered {
			break
		}
		rows = append(rows, []store.Button{{Text: shorten(office, settingLabelLimit), Data: to(markOfSetting(kept), i)}})
	}
	return rows, nil
}

// officeAt is the office that such a button means, unless the list has changed since.
func (r *request) officeAt(mark string, index int64) (string, bool, error) {
	kept, err := r.tx.Setting(store.SettingOffices)
	offices := readOffices(kept)
	if err != nil || markOfSetting(kept) != mark || index < 0 || index >= int64(len(offices)) {
		return "", false, err
	}
	return offices[index], true, nil
}
