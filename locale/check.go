package locale

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FlawKind names why a wording cannot be said.
type FlawKind string

// Flaws of a wording.
const (
	FlawKey         FlawKind = "key"         // there is no such sentence
	FlawLanguage    FlawKind = "language"    // the bot does not speak it
	FlawFixed       FlawKind = "fixed"       // others rely on these words
	FlawEmpty       FlawKind = "empty"       // nothing is said
	FlawBraces      FlawKind = "braces"      // a mark without its partner
	FlawFunction    FlawKind = "function"    // between marks stands more than a name
	FlawCondition   FlawKind = "condition"   // {{if}} without {{end}}, or one inside another
	FlawPlaceholder FlawKind = "placeholder" // the sentence has no such value
	FlawMissing     FlawKind = "missing"     // a reference or date that must be said
	FlawForms       FlawKind = "forms"       // a form for one thing too many, or none
	FlawForbidden   FlawKind = "forbidden"   // a word that is never said
	FlawLinked      FlawKind = "linked"      // words that stand in one sentence only
	FlawLong        FlawKind = "long"        // more than Telegram takes
	FlawLines       FlawKind = "lines"       // more lines than a card or a button has
	FlawSigns       FlawKind = "signs"       // no letter or digit, or signs that cannot be seen
)

// Flaw is why a wording cannot be said. Word is what is wrong, Allowed what may stand there.
type Flaw struct {
	Kind          FlawKind
	Key, Language string
	Word, Allowed string
}

// flawLines say what is wrong to the operator.
var flawLines = map[FlawKind]string{
	FlawKey: "there is no such sentence", FlawLanguage: "it is no language of the bot", FlawFixed: "it cannot be worded otherwise",
	FlawEmpty: "it says nothing", FlawBraces: "the marks {{ and }} do not belong together", FlawFunction: "between {{ and }} stands more than a name",
	FlawCondition: "{{if .Name}} must end with {{end}} and hold no other", FlawPlaceholder: "it has no such value", FlawMissing: "a value is missing",
	FlawForms: "its forms one and other do not fit", FlawForbidden: "it has a word that is never said", FlawLinked: "these words stand in another sentence only",
	FlawLong: "it is too long", FlawLines: "it has too many lines", FlawSigns: "it has no letter or digit, or a sign that cannot be seen",
}

// Error is one line for the operator, with key and what is allowed.
func (f *Flaw) Error() string {
	line := fmt.Sprintf("%s.%s: %s", f.Language, f.Key, flawLines[f.Kind])
	if f.Word != "" {
		line += fmt.Sprintf(" (%q)", f.Word)
	}
	if f.Allowed != "" {
		line += "; allowed: " + f.Allowed
	}
	return line
}

// mandatory are values without which nobody knows what a sentence is about, or by when.
var mandatory = []string{"Reference", "References", "reference", "Deadline", "Moment"}

// forbidden are words that are never said, and linked those by which other tools know
// that a group is linked (the domain page, section 14, and the product page).
var (
	forbidden = []string{"ditolak", "gagal", "error", "kamu", "wajib segera", "terlambat!"}
	linked    = "telah terhubung"
)

// neverSaid finds a forbidden word, which is no part of another, or the words of linking.
func neverSaid(text string) *Flaw {
	small := strings.ToLower(text)
	for _, word := range forbidden {
		for rest := small; ; {
			before, after, found := strings.Cut(rest, word)
			if !found {
				break
			}
			last, _ := utf8.DecodeLastRuneInString(before)
			if first, _ := utf8.DecodeRuneInString(after); !spoken(last) && !spoken(first) {
				return &Flaw{Kind: FlawForbidden, Word: word}
			}
			rest = after
		}
	}
	if strings.Contains(small, linked) {
		return &Flaw{Kind: FlawLinked, Word: linked}
	}
	return nil
}

// namesOfDimensions are what the settings name for the city, by the second part of their
// keys: they are understood as well as said.
var namesOfDimensions = []string{"governance", "branding", "economy", "living", "society", "environment"}

// NamesDimension tells whether a sentence is a dimension's name, or its group's.
func (s Sentence) NamesDimension() bool {
	about, name, _ := strings.Cut(s.Key, ".")
	return (about == "dimension" || about == "group") && slices.Contains(namesOfDimensions, name)
}

// Advised is what to say instead of a forbidden word, as the key behind "wording.instead.".
func Advised(word string) string {
	switch word {
	case "ditolak":
		return "refused"
	case "terlambat!":
		return "late"
	case "kamu":
		return "you"
	case "wajib segera":
		return "must"
	}
	return "failed"
}

// Check reads a wording of a built-in sentence and says why it cannot be said; nil when
// it can. fill writes sample values. missing are the values that it says no more,
// though it may. The wording comes back with its values named as in the sentence and
// with the blanks that the sentence has around it.
func (s Sentence) Check(wording Wording, fill func(name string) any) (fitting Wording, missing []string, flaw *Flaw) {
	built, spoken := s.In[wording.Language]
	checker := checker{sentence: s, built: built, kind: KindOf(s.Key), fill: fill}
	switch {
	case !spoken:
		flaw = &Flaw{Kind: FlawLanguage, Allowed: strings.Join(Languages, ", ")}
	case s.IsFixed():
		flaw = &Flaw{Kind: FlawFixed}
	case wording.Other == "":
		flaw = &Flaw{Kind: FlawEmpty}
	case (wording.One == "") != (built.One == ""):
		flaw = &Flaw{Kind: FlawForms, Allowed: formsOf(built)}
	}
	if flaw == nil {
		wording.Other, missing, flaw = checker.form(wording.Other, built.Other, false)
	}
	if flaw == nil && wording.One != "" {
		wording.One, _, flaw = checker.form(wording.One, built.One, true)
	}
	if flaw != nil {
		flaw.Key, flaw.Language = s.Key, wording.Language
	}
	return wording, missing, flaw
}

func formsOf(built Wording) string {
	if built.One == "" {
		return "other"
	}
	return "one, other"
}

type checker struct {
	sentence Sentence
	built    Wording
	kind     Kind
	fill     func(name string) any
}

// form checks one form of a wording beside the built-in one.
func (c checker) form(text, built string, single bool) (string, []string, *Flaw) {
	text = surrounding(text, built)
	read, flaw := readTemplate(text, append([]string{}, c.sentence.Values()...))
	if flaw != nil {
		return text, nil, flaw
	}
	if flaw := neverSaid(text); flaw != nil {
		return text, nil, flaw
	}
	missing, flaw := c.missing(read, built, single)
	if flaw == nil {
		flaw = c.shown(read, built)
	}
	return read.source(), missing, flaw
}

// surrounding gives a text the blanks around it that the built-in one has: it may be a
// part of a line.
func surrounding(text, built string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	bare := strings.TrimSpace(built)
	before, after, _ := strings.Cut(built, bare)
	return before + text + after
}

// missing lists the values that the built-in form always says and this one does not. For
// a single thing its number may go.
func (c checker) missing(read wordingTemplate, built string, single bool) (missing []string, flaw *Flaw) {
	said := read.names()
	for _, name := range always(Wording{Other: built}) {
		switch {
		case slices.Contains(said, name) || single && name == "N":
		case slices.Contains(mandatory, name):
			return nil, &Flaw{Kind: FlawMissing, Word: placeholders([]string{name}), Allowed: placeholders(c.sentence.Values())}
		default:
			missing = append(missing, name)
		}
	}
	return missing, nil
}

// shown checks what would be sent with sample values filled in.
func (c checker) shown(read wordingTemplate, built string) *Flaw {
	text := read.filled(c.fill)
	lines := strings.Count(strings.TrimSpace(text), "\n") + 1
	most := strings.Count(strings.TrimSpace(built), "\n") + 1
	switch {
	case strings.ContainsFunc(text, hidden) || !strings.ContainsFunc(text, spoken) && strings.ContainsFunc(built, spoken):
		return &Flaw{Kind: FlawSigns}
	case utf8.RuneCountInString(text) > c.kind.Limit():
		return &Flaw{Kind: FlawLong, Word: strconv.Itoa(utf8.RuneCountInString(text)), Allowed: strconv.Itoa(c.kind.Limit())}
	case (c.kind == KindCard || c.kind == KindButton) && lines > min(most, cardLines):
		return &Flaw{Kind: FlawLines, Word: strconv.Itoa(lines), Allowed: strconv.Itoa(min(most, cardLines))}
	}
	return nil
}

// cardLines is how many lines a card in a group has before its buttons.
const cardLines = 3

// hidden tells of signs that change how other signs are shown, or that nobody sees.
func hidden(r rune) bool {
	return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError
}

// spoken tells of signs that a voice reader reads as words.
func spoken(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// filled writes a sentence with sample values; in it every condition holds.
func (t wordingTemplate) filled(fill func(name string) any) string {
	var details []any
	for _, piece := range t {
		inside := []part{piece}
		if piece.choice != nil {
			inside = append(append(inside, piece.choice.with...), piece.choice.without...)
		}
		for _, piece := range inside {
			if piece.name != "" {
				details = append(details, piece.name, fill(piece.name))
			}
		}
	}
	var text strings.Builder
	t.write(&text, details)
	return text.String()
}

// source writes a sentence as it is kept.
func (t wordingTemplate) source() string {
	var text strings.Builder
	for _, piece := range t {
		switch {
		case piece.choice != nil:
			text.WriteString(openMark + "if ." + piece.name + closeMark + piece.choice.with.source())
			if len(piece.choice.without) > 0 {
				text.WriteString(openMark + "else" + closeMark + piece.choice.without.source())
			}
			text.WriteString(openMark + "end" + closeMark)
		case piece.name != "":
			text.WriteString(placeholders([]string{piece.name}))
		default:
			text.WriteString(piece.text)
		}
	}
	return text.String()
}

// Sample writes a form of a wording as it would be said with sample values; single
// chooses the form for one thing. It is empty for a wording that cannot be read.
func (w Wording) Sample(single bool, fill func(name string) any) string {
	text := w.Other
	if single && w.One != "" {
		text = w.One
	}
	read, flaw := readTemplate(text, nil)
	if flaw != nil {
		return ""
	}
	return read.filled(fill)
}

// TellsOfLinking tells whether other tools know by this sentence that a group is linked.
func (s Sentence) TellsOfLinking() bool {
	return strings.Contains(s.In[Indonesian].Other, linked)
}

// IsFixed tells whether a sentence cannot be worded otherwise.
func (s Sentence) IsFixed() bool {
	kind := KindOf(s.Key)
	return kind == KindCommand || kind == KindHeading || s.NamesDimension() || s.TellsOfLinking()
}

// Demands tells whether every wording of the sentence must say this value.
func (s Sentence) Demands(language, name string) bool {
	return slices.Contains(mandatory, name) && slices.Contains(always(s.In[language]), name)
}
