package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// never are words that no message of the bot contains (product.md, "How it talks").
var never = regexp.MustCompile(`(?i)\b(ditolak|gagal|error|terlambat!|wajib segera|kamu)(\W|$)`)

// unfinished is what a sentence shows whose placeholders were not filled.
var unfinished = regexp.MustCompile(`\{\{|\}\}|%!|<nil>|<no value>|</?[bi]>|&(lt|gt|amp);`)

// unspoken is what a voice cannot read in a line: columns made of blanks, lines and bars that
// are drawn, signs in a row, dates and references in digits that are spelled out one by one.
var unspoken = map[string]*regexp.Regexp{
	"two blanks in a row":               regexp.MustCompile(`\S {2,}\S|\t`),
	"a line that begins with a blank":   regexp.MustCompile(`^ +\S`),
	"something drawn":                   regexp.MustCompile(`[─-▟■-◿]{2,}`),
	"the same sign again and again":     regexp.MustCompile(`-{3,}|={3,}|_{3,}|\*{3,}|#{2,}|~{3,}|\.{4,}|·{2,}`),
	"a date in digits":                  regexp.MustCompile(`\b(\d{4}-\d{2}-\d{2}( |$)|\d{1,2}/\d{1,2}/\d{2,4}|(Sen|Sel|Rab|Kam|Jum|Sab|Min|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* \d{1,2}/\d{1,2})\b`),
	"a reference that is not spoken so": regexp.MustCompile(`\b[A-Z]-0\d|(^|\s)#\d`),
}

// late is how lateness is put into words.
var late = regexp.MustCompile(`(?i)\b(lewat tenggat|melewati tenggat|terlambat|overdue)\b`)

// reference begins a card: it names its thing.
var reference = regexp.MustCompile(`^[A-Z]-\d+ · `)

// What fits onto a phone, in characters.
const (
	messageLimit = 4096 // Telegram's, in UTF-16 units; these are fewer
	toastLimit   = 200  // Telegram's
	buttonLimit  = 64
	cardLimit    = 3 * 160 // three short lines
)

// manners is what holds for everything that the bot says in every story. What people have
// written themselves may come back as it is.
type manners struct {
	cast    story.Cast
	written string
}

func mannersIn(script story.Script) manners {
	var written strings.Builder
	for _, step := range script.Steps {
		if step.Kind == story.Say || step.Kind == story.Edit {
			written.WriteString(step.Text + "\n")
		}
	}
	for _, file := range script.Files {
		written.WriteString(file.Name + "\n")
		written.Write(file.Data)
		written.WriteString("\n")
	}
	return manners{cast: script.Cast, written: written.String()}
}

// rule is the complaints about a message as one error, for a stage.
func (m manners) rule(place story.Place, message sim.Shown) error {
	if complaints := m.ofMessage(place, message); len(complaints) > 0 {
		return errors.New(strings.Join(complaints, "; "))
	}
	return nil
}

// ofMessage lists what is wrong with a message of the bot, new or edited, and its buttons.
func (m manners) ofMessage(place story.Place, message sim.Shown) []string {
	complaints := append(m.ofWords(message.Text), m.ofLines(message.Text)...)
	if utf8.RuneCountInString(message.Text) > messageLimit {
		complaints = append(complaints, "it is longer than Telegram takes")
	}
	for _, row := range message.Buttons {
		for _, button := range row {
			complaints = append(complaints, m.ofButton(button.Text)...)
		}
	}
	if place.Group == "" {
		return complaints
	}
	if isCard(message) {
		if lines := strings.Count(strings.TrimSpace(message.Text), "\n") + 1; lines > 3 {
			complaints = append(complaints, fmt.Sprintf("a card in a group has at most three lines before its buttons, this has %d", lines))
		}
		if length := utf8.RuneCountInString(message.Text); length > cardLimit {
			complaints = append(complaints, fmt.Sprintf("three short lines are no %d characters", length))
		}
	}
	return append(complaints, m.ofNames(message.Text)...)
}

// ofToast lists what is wrong with the answer to a press.
func (m manners) ofToast(text string) []string {
	complaints := append(m.ofWords(text), m.ofLines(text)...)
	if utf8.RuneCountInString(text) > toastLimit {
		complaints = append(complaints, "it is longer than a toast may be")
	}
	return complaints
}

func (m manners) ofWords(text string) []string {
	var complaints []string
	for _, word := range never.FindAllString(text, -1) {
		if !m.typed(word) {
			complaints = append(complaints, fmt.Sprintf("the word %q never appears", word))
		}
	}
	for _, rest := range unfinished.FindAllString(text, -1) {
		if !m.typed(rest) {
			complaints = append(complaints, fmt.Sprintf("a placeholder or mark-up is left: %q", rest))
		}
	}
	return complaints
}

// ofLines is about how a message sounds that is read aloud.
func (m manners) ofLines(text string) []string {
	var complaints []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		for what, pattern := range unspoken {
			if pattern.MatchString(line) && !m.typed(strings.TrimSpace(line)) {
				complaints = append(complaints, fmt.Sprintf("%s: %q", what, line))
			}
		}
		if line = strings.TrimSpace(line); line != "" && !hasWords(line) && !m.typed(line) {
			complaints = append(complaints, fmt.Sprintf("a line says nothing to who does not see it: %q", line))
		}
	}
	return complaints
}

func (m manners) ofButton(label string) []string {
	var complaints []string
	if !hasWords(label) && !m.typed(label) {
		complaints = append(complaints, fmt.Sprintf("the button [%s] has no words", label))
	}
	if length := utf8.RuneCountInString(label); length > buttonLimit {
		complaints = append(complaints, fmt.Sprintf("the button [%s] is %d characters long", label, length))
	}
	return append(complaints, m.ofWords(label)...)
}

// hasWords tells whether something is left of a text without its signs.
func hasWords(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// ofNames looks for a mark of lateness beside a name, in a group.
func (m manners) ofNames(text string) []string {
	for line := range strings.Lines(text) {
		if !late.MatchString(line) {
			continue
		}
		for _, person := range m.cast.People {
			for _, name := range strings.Fields(person.Name) {
				if len(name) > 3 && strings.Contains(line, name) {
					return []string{"groups see counts: a mark of lateness stands beside a name"}
				}
			}
		}
	}
	return nil
}

// typed tells whether people have written this themselves.
func (m manners) typed(words string) bool { return strings.Contains(m.written, words) }

// aside are the buttons of what opened on a tap or waits to be confirmed: no card, and it may be longer.
var aside = []string{"Kembali", "Tutup", "Benar", "Terapkan", "Back", "Close", "Correct", "Apply"}

// isCard tells whether a message is the card of a thing: it begins with its name and has buttons.
func isCard(message sim.Shown) bool {
	buttons := slices.Concat(message.Buttons...)
	return len(buttons) > 0 && reference.MatchString(message.Text) &&
		!slices.ContainsFunc(buttons, func(button sim.Button) bool { return slices.Contains(aside, button.Text) })
}
func TestManners(t *testing.T) {
	script := story.Script{Cast: story.Cast{People: []story.Person{{Name: "Baso Irfandi"}}},
		Steps: []story.Step{{Kind: story.Say, Text: "/tugas_baru <i>Mesin gagal</i>"}}}
	group, private := story.Place{Group: "Pokja"}, story.Place{Person: "Baso Irfandi"}
	card := [][]sim.Button{{{Text: "Siap"}, {Text: "Ubah tenggat"}}}
	for name, row := range map[string]struct {
		place   story.Place
		message sim.Shown
		good    bool
	}{
		"a card":                 {group, sim.Shown{Text: "T-1 · Rekap\nBaso\nBaru", Buttons: card}, true},
		"a card of four lines":   {group, sim.Shown{Text: "T-1 · Rekap\nBaso\nBaru\nBesok", Buttons: card}, false},
		"a longer private card":  {private, sim.Shown{Text: "T-1 · Rekap\nBaso\nBaru\nBesok", Buttons: card}, true},
		"a longer status":        {group, sim.Shown{Text: "1\n2\n3\n4"}, true},
		"a rude word":            {private, sim.Shown{Text: "Permintaan Ditolak."}, false},
		"a rude word at the end": {private, sim.Shown{Text: "untuk kamu"}, false},
		"a part of a word":       {private, sim.Shown{Text: "kamus gagalnya"}, true},
		"late in a group":        {group, sim.Shown{Text: "Baso: melewati tenggat 2 hari"}, false},
		"late in private":        {private, sim.Shown{Text: "Baso: melewati tenggat 2 hari"}, true},
		"a count in a group":     {group, sim.Shown{Text: "2 lewat tenggat\nBaso: T-1"}, true},
		"an empty placeholder":   {private, sim.Shown{Text: "Halo {{.Name}}"}, false},
		"mark-up shown":          {private, sim.Shown{Text: "&lt;b&gt;"}, false},
		"mark-up of ours":        {private, sim.Shown{Text: "<b>Rekap</b>"}, false},
		"a page of a card":       {group, sim.Shown{Text: "T-1 · Rekap\nBaso\nBaru\nBesok", Buttons: [][]sim.Button{{{Text: "Kembali"}}}}, true},
		"an endless card":        {group, sim.Shown{Text: "T-1 · " + strings.Repeat("Rekap ", 90), Buttons: card}, false},
		"a button of signs":      {private, sim.Shown{Text: "Ya?", Buttons: [][]sim.Button{{{Text: "✅"}}}}, false},
		"a button with a word":   {private, sim.Shown{Text: "Ya?", Buttons: [][]sim.Button{{{Text: "✅ Ya"}}}}, true},
		"a line of signs":        {private, sim.Shown{Text: "Tugas\n✅ ⏳"}, false},
		"a table":                {private, sim.Shown{Text: "Baso    3"}, false},
		"an indented line":       {private, sim.Shown{Text: "Tugas\n  Baso"}, false},
		"a drawn bar":            {private, sim.Shown{Text: "Lingkungan ████░░ 60 %"}, false},
		"a drawn line":           {private, sim.Shown{Text: "Tugas\n------\nBaso"}, false},
		"a date for machines":    {private, sim.Shown{Text: "Tenggat 2026-05-22"}, false},
		"a date in digits":       {private, sim.Shown{Text: "T-1 · Rekap · Jum 22/5"}, false},
		"a count of two":         {private, sim.Shown{Text: "Lingkungan 2/5"}, true},
		"the name of a file":     {private, sim.Shown{Text: "keterlibatan-2026-05-12.xlsx"}, true},
		"a padded reference":     {private, sim.Shown{Text: "T-012"}, false},
		"a very long message":    {private, sim.Shown{Text: strings.Repeat("kata ", 1000)}, false},
		"people's own words":     {private, sim.Shown{Text: "T-1 <i>Mesin gagal</i>"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if err := mannersIn(script).rule(row.place, row.message); (err == nil) != row.good {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestMannersOfToasts(t *testing.T) {
	m := mannersIn(story.Script{})
	for text, good := range map[string]bool{"Tercatat.": true, "": true, "Belum berhasil, ada error": false, strings.Repeat("kata ", 50): false} {
		if complaints := m.ofToast(text); (len(complaints) == 0) != good {
			t.Errorf("%q: %v", text, complaints)
		}
	}
}
