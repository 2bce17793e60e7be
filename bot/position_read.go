package bot

import (
	"strings"
	"unicode"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// positionWish is a position as somebody wrote it for a person: "Plh Kepala DLH
// untuk Pokja Lingkungan, 3–7 Juni".
type positionWish struct {
	MemberID int64
	Kind     council.PositionKind
	Title    string // of the head of an office
	Scope    string // the words for whom it answers; empty if nothing was said
	Deputy   bool
	Style    council.DeputyStyle
	First    council.Day // zero if nothing was said
	Last     council.Day // zero if nothing was said
	Release  bool        // the person is to leave it
}

// titleLimit keeps the title of an office short enough for every line it stands in.
const titleLimit = 80

// readPosition reads a position with its time; false when the text names none.
func (r *request) readPosition(text string) (wish positionWish, known bool, err error) {
	text, wish.Release = withoutRelease(plainLine(text))
	rest, err := r.takeTerm(text, &wish)
	words := strings.Fields(tidy(rest))
	if style, count := leading("deputy", words); count > 0 {
		wish.Deputy, words = true, words[count:]
		if style != "plain" {
			wish.Style = council.DeputyStyle(style)
		}
	}
	kind, count := leading("position", words)
	wish.Kind = council.PositionKind(kind)
	name, scope := splitScope(words[count:])
	switch wish.Kind {
	case council.PositionOfficeHead:
		if len(name) == 0 {
			return wish, false, nil // a head of nothing
		}
		wish.Title = shorten(strings.Join(append(words[:count:count], name...), " "), titleLimit)
	case council.PositionInCharge:
		scope = append(name, scope...)
	}
	wish.Scope = strings.Join(scope, " ")
	return wish, count > 0, err
}

// withoutRelease takes the word that ends a position off the beginning or the end.
func withoutRelease(text string) (rest string, release bool) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return text, false
	}
	if _, release = locale.Meaning("taking_back", words[0]); release {
		return strings.Join(words[1:], " "), true
	}
	if _, release = locale.Meaning("taking_back", words[len(words)-1]); release {
		return strings.Join(words[:len(words)-1], " "), true
	}
	return text, false
}

// leading tells what the first words mean in a table, and how many they are:
// as many as mean something together.
func leading(table string, words []string) (meaning string, count int) {
	for count = min(3, len(words)); count > 0; count-- {
		if meaning, known := locale.Meaning(table, strings.Join(words[:count], " ")); known {
			return meaning, count
		}
	}
	return "", 0
}

// splitScope parts "DLH untuk Pokja Lingkungan" at the word between.
func splitScope(words []string) (name, scope []string) {
	for i, word := range words {
		if _, splits := locale.Meaning("on_behalf", word); splits {
			return words[:i:i], words[i+1:]
		}
	}
	return words, nil
}

// plainLine makes one line of a text, without signs that cannot be seen: some of
// them turn round what stands behind them.
func plainLine(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(sign rune) rune {
		switch {
		case unicode.IsSpace(sign):
			return ' '
		case unicode.IsControl(sign) || unicode.Is(unicode.Cf, sign):
			return -1
		}
		return sign
	}, text)), " ")
}

// sameTitle tells whether two titles are of one office: "Kadis Lingkungan Hidup"
// and "kepala dinas lingkungan hidup".
func sameTitle(one, other string) bool { return officeWord(one) == officeWord(other) }

func officeWord(title string) string {
	words := strings.Fields(title)
	_, count := leading("position", words)
	return locale.FoldWord(strings.Join(words[count:], " "))
}
