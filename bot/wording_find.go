package bot

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// markOfText is a short mark of a text, which a button carries in its place.
func markOfText(text string) string {
	mark := fnv.New32a()
	_, _ = mark.Write([]byte(text)) // a hash takes everything
	return fmt.Sprintf("%08x", mark.Sum32())
}

// Limits of what is found: on a page, and in all.
const (
	wordingsOnPage = 8
	wordingsFound  = 48
	wordingLine    = 90 // runes of a sentence in a list
)

// wordings are all sentences with what the city says now, but for the one by which
// other tools know that a group is linked: its words are said for nothing else.
type wordings struct {
	built []locale.Sentence
	own   []store.OwnSentence
	book  *locale.OwnBook
}

func (r *request) wordings() (all wordings, err error) {
	all.book = r.book
	if all.built, err = locale.Sentences(); err != nil {
		return all, err
	}
	all.built = slices.DeleteFunc(all.built, locale.Sentence.TellsOfLinking)
	all.own, err = r.tx.OwnSentences()
	return all, err
}

// now is what is said for a sentence now. By says who has it so.
func (w wordings) now(sentence locale.Sentence, language string) (wording locale.Wording, by string) {
	if sentence.NamesDimension() {
		if said := w.book.In(language).Say(sentence.Key); said != sentence.In[language].Other {
			return locale.Wording{Key: sentence.Key, Language: language, Other: said}, "setting"
		}
	}
	for _, own := range w.own {
		if own.Key == sentence.Key && own.Language == language {
			return locale.Wording(own), "city"
		}
	}
	if configured, has := w.book.Configured(sentence.Key, language); has {
		return configured, "file"
	}
	return sentence.In[language], "built"
}

// before is what stands behind the wording that is said now: behind the coordinators'
// what is usual here, behind any other the built-in one.
func (w wordings) before(sentence locale.Sentence, language, by string) locale.Wording {
	if by == "city" {
		return w.usual(sentence, language)
	}
	return sentence.In[language]
}

// usual is what is said for a sentence when the coordinators have no other words.
func (w wordings) usual(sentence locale.Sentence, language string) locale.Wording {
	if configured, has := w.book.Configured(sentence.Key, language); has {
		return configured
	}
	return sentence.In[language]
}

// marked finds the sentence with a mark.
func (w wordings) marked(mark string) (locale.Sentence, bool) {
	for _, sentence := range w.built {
		if markOfText(sentence.Key) == mark {
			return sentence, true
		}
	}
	return locale.Sentence{}, false
}

// ranked are keys with how well they fit.
type ranked struct {
	key  string
	rank int // less is better
}

func bestFirst(found []ranked) []string {
	slices.SortFunc(found, func(a, b ranked) int { return cmp.Or(a.rank-b.rank, strings.Compare(a.key, b.key)) })
	keys := make([]string, 0, min(len(found), wordingsFound))
	for _, one := range found {
		if !slices.Contains(keys, one.key) && len(keys) < wordingsFound {
			keys = append(keys, one.key)
		}
	}
	return keys
}

// byWords finds the sentences with a key, or in which all words stand, those first in
// which they stand together.
func (w wordings) byWords(query string) []string {
	query = strings.ToLower(strings.TrimSpace(locale.Simple(query)))
	if _, isKey := locale.FindSentence(w.built, query); isKey {
		return []string{query}
	}
	words := strings.Fields(query)
	var found []ranked
	for _, sentence := range w.built {
		for _, language := range locale.Languages {
			wording, _ := w.now(sentence, language)
			text := strings.ToLower(formsShown(wording))
			if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) && !strings.Contains(sentence.Key, word) }) {
				continue
			}
			rank := utf8.RuneCountInString(text)
			if !strings.Contains(text, query) {
				rank += 2 * textLimit
			}
			if strings.TrimSpace(text) == query {
				rank = 0
			}
			found = append(found, ranked{sentence.Key, rank})
		}
	}
	return bestFirst(found)
}

// betweenValues are the marks at which a sentence falls into its constant pieces.
var betweenValues = regexp.MustCompile(`\{\{[^}]*\}\}|\n`)

// leastRecognised is how many characters of a sentence must stand in a message for it
// to be recognised.
const leastRecognised = 6

// inMessage finds the sentences of which a message was put together, the longest first.
func (w wordings) inMessage(text string, labels []string) []string {
	var found []ranked
	for _, sentence := range w.built {
		for _, language := range locale.Languages {
			wording, _ := w.now(sentence, language)
			for _, form := range []string{wording.One, wording.Other} {
				kind := locale.KindOf(sentence.Key)
				if kind == locale.KindButton {
					if slices.Contains(labels, form) {
						found = append(found, ranked{sentence.Key, 0})
					}
					continue
				}
				if matched := recognised(text, form); matched >= leastRecognised && kind != locale.KindCommand {
					found = append(found, ranked{sentence.Key, -matched})
				}
			}
		}
	}
	return bestFirst(found)
}

// recognised counts the characters of a sentence that stand in a text in their order; 0
// when more than a third of them do not.
func recognised(text, form string) (matched int) {
	missed := 0
	for _, piece := range betweenValues.Split(form, -1) {
		piece = strings.TrimSpace(piece)
		length := utf8.RuneCountInString(piece)
		_, rest, stands := strings.Cut(text, piece)
		if !stands {
			missed += length
			continue
		}
		text, matched = rest, matched+length
	}
	if 2*missed > matched {
		return 0
	}
	return matched
}

// findWordings shows the sentences that are found by words or by a key.
func (r *request) findWordings(words string) error {
	all, err := r.wordings()
	if err != nil {
		return err
	}
	found := all.byWords(words)
	if len(found) == 0 {
		if err := r.keepWordingDraft(stepWordingFind, wordingDraft{}); err != nil {
			return err
		}
		return r.onWordingPage(r.speak.Say("wording.none", "Words", shorten(words, phraseLimit)), []store.Button{button(r.speak, "back", pressWording, wordingHome)})
	}
	return r.showFound(all, found, 0)
}

// wordingOfReply shows the sentences of which the message was put together that is
// replied to. In a group the longest of them is opened in private.
func (r *request) wordingOfReply(reply *models.Message) error {
	all, err := r.wordings()
	if err != nil {
		return err
	}
	text, _ := body(reply)
	found := all.inMessage(text, labelsOf(reply))
	switch {
	case len(found) > 0 && !r.private:
		return r.wordingInPrivate(markOfText(found[0]))
	case !r.private:
		return r.wordingInPrivate("")
	case len(found) == 0:
		return r.onWordingPage(r.speak.Say("wording.unrecognised"), []store.Button{button(r.speak, "back", pressWording, wordingHome)})
	}
	return r.showFound(all, found, 0)
}

// labelsOf are the labels of a message's buttons.
func labelsOf(message *models.Message) (labels []string) {
	if message.ReplyMarkup == nil {
		return nil
	}
	for _, row := range message.ReplyMarkup.InlineKeyboard {
		for _, one := range row {
			labels = append(labels, one.Text)
		}
	}
	return labels
}

// showFound lists what was found, from a number on; more words find others.
func (r *request) showFound(all wordings, found []string, from int) error {
	if from < 0 || from >= len(found) {
		from = 0
	}
	if err := r.keepWordingDraft(stepWordingFind, wordingDraft{Found: found}); err != nil {
		return err
	}
	text, rows := r.wordingList(all, found, from, wordingFound)
	return r.onWordingPage(joinedLines(r.speak.Count("wording.found", len(found)), text), rows...)
}

// showOwnWordings lists what the city says in words of its own.
func (r *request) showOwnWordings(from int) error {
	all, err := r.wordings()
	if err != nil {
		return err
	}
	var keys []string
	for _, own := range all.own {
		if _, known := locale.FindSentence(all.built, own.Key); known && !slices.Contains(keys, own.Key) {
			keys = append(keys, own.Key)
		}
	}
	if from < 0 || from >= len(keys) {
		from = 0
	}
	text, rows := r.wordingList(all, keys, from, wordingOwn)
	if len(keys) > 0 {
		last := len(rows) - 1
		rows = append(rows[:last], []store.Button{button(r.speak, "wording_all_usual", pressWording, wordingAll)}, rows[last])
	}
	return r.onWordingPage(joinedLines(r.speak.Count("wording.changed_line", len(all.own)), text), rows...)
}

// wordingList writes a page of sentences, each with a button that opens it.
func (r *request) wordingList(all wordings, keys []string, from int, verb string) (string, [][]store.Button) {
	until := min(from+wordingsOnPage, len(keys))
	var lines []string
	var open, turn []store.Button
	for i, key := range keys[from:until] {
		sentence, _ := locale.FindSentence(all.built, key)
		wording, by := all.now(sentence, r.speak.Language)
		number := idText(int64(from + i + 1))
		line := "wording.line"
		if by != "built" {
			line = "wording.line_own"
		}
		lines = append(lines, r.speak.Say(line, "Number", number, "Text", shorten(plainLine(locale.Simple(wording.Other)), wordingLine), "Kind", r.speak.Say("wording.kind."+string(locale.KindOf(key)))))
		open = append(open, store.Button{Text: r.speak.Say("button.wording_open", "Number", number), Data: data(pressWording, wordingSee, markOfText(key), r.speak.Language)})
	}
	if from > 0 {
		turn = append(turn, button(r.speak, "wording_before", pressWording, verb, max(0, from-wordingsOnPage)))
	}
	if until < len(keys) {
		turn = append(turn, button(r.speak, "wording_more", pressWording, verb, until))
	}
	rows := slices.Collect(slices.Chunk(open, 4))
	return strings.Join(lines, "\n"), append(rows, append(turn, button(r.speak, "back", pressWording, wordingHome)))
}
