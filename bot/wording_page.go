package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// withWording does something with the sentence that a button names.
func (r *request) withWording(mark, language string, do func(all wordings, sentence locale.Sentence, language string) error) error {
	all, err := r.wordings()
	if err != nil {
		return err
	}
	sentence, known := all.marked(mark)
	if !known || !slices.Contains(locale.Languages, language) {
		return r.stale()
	}
	return do(all, sentence, language)
}

// showWording shows one sentence: what is said now, what usually, and what can stand in it.
func (r *request) showWording(all wordings, sentence locale.Sentence, language string) error {
	text, rows := r.wordingPage(all, sentence, language)
	return r.onWordingPage(text, rows...)
}

func (r *request) wordingPage(all wordings, sentence locale.Sentence, language string) (string, [][]store.Button) {
	mark := markOfText(sentence.Key)
	now, by := all.now(sentence, language)
	lines := []string{
		r.speak.Say("wording.page", "Key", sentence.Key, "Language", r.speak.Say("wording.language_"+language)),
		joinParts(r.speak.Say("wording.kind."+string(locale.KindOf(sentence.Key))), r.wordingArea(sentence.Key), r.speak.Say("wording.by."+by)),
		"", formsShown(now),
	}
	if by != "built" {
		lines = append(lines, "", r.speak.Say("wording.usual"), formsShown(all.before(sentence, language, by)))
	}
	lines = append(lines, "", r.valuesLine(sentence, language))
	other := locale.Languages[(slices.Index(locale.Languages, language)+1)%len(locale.Languages)]
	rows := [][]store.Button{{button(r.speak, "wording_ask", pressWording, wordingAsk, mark, language), button(r.speak, "wording_example", pressWording, wordingExample, mark, language)}}
	if sentence.IsFixed() {
		lines, rows = append(lines, r.speak.Say("wording.flaw.fixed")), nil
	}
	if by == "city" {
		rows = append(rows, []store.Button{button(r.speak, "wording_usual", pressWording, wordingUsual, mark, language)})
	}
	return shorten(strings.Join(lines, "\n"), textLimit), append(rows, []store.Button{
		{Text: r.speak.Say("wording.language_" + other), Data: data(pressWording, wordingSee, mark, other)},
		button(r.speak, "back", pressWording, wordingFound, 0),
	})
}

// sentenceChanged names a sentence as a thing that somebody changed.
func (r *request) sentenceChanged(key, language string) string {
	return r.speak.Say("wording.trail", "Key", key, "Language", r.speak.Say("wording.language_"+language))
}

// formsShown writes the forms of a wording one below the other.
func formsShown(wording locale.Wording) string {
	return locale.Simple(joinedLines(wording.One, wording.Other))
}

// wordingArea names what a sentence is about, by the beginning of its key.
func (r *request) wordingArea(key string) string {
	area, _, _ := strings.Cut(key, ".")
	for ; area != ""; area = area[:max(0, strings.LastIndexByte(area, '_'))] {
		if name := "wording.area." + area; r.speak.Knows(name) {
			return r.speak.Say(name)
		}
	}
	return ""
}

// valuesLine lists what can stand in a sentence, each with an example.
func (r *request) valuesLine(sentence locale.Sentence, language string) string {
	var values []string
	for _, name := range sentence.Values() {
		key := "wording.value"
		if sentence.Demands(language, name) {
			key = "wording.value_needed"
		}
		values = append(values, r.speak.Say(key, "Name", shownValues([]string{name}), "Text", r.book.In(language).SampleValue(name)))
	}
	if len(values) == 0 {
		return r.speak.Say("wording.values_none")
	}
	return r.speak.Say("wording.values", "Names", strings.Join(values, ", "))
}

// sendExample sends a sentence exactly as it is sent otherwise, with sample values; as a
// toast where it is one.
func (r *request) sendExample(all wordings, sentence locale.Sentence, language string) error {
	now, _ := all.now(sentence, language)
	if kind := locale.KindOf(sentence.Key); kind == locale.KindToast {
		return r.toast(r.sampleOf(now, false))
	}
	return r.answerByMessage(r.queueExamples(now))
}

// queueExamples sends the forms of a wording, each as it would be sent.
func (r *request) queueExamples(wording locale.Wording) error {
	forms := []bool{true, false}
	if wording.One == "" {
		forms = []bool{false}
	}
	for _, single := range forms {
		payload := store.Payload{Text: r.sampleOf(wording, single), About: aboutWording}
		switch locale.KindOf(wording.Key) {
		case locale.KindButton:
			label := payload.Text
			payload.Text = r.speak.Say("wording.button_below")
			payload.Buttons = [][]store.Button{{{Text: label, Data: data(pressWording, wordingTry)}}}
		case locale.KindToast:
			continue
		}
		if err := r.queueHere(payload); err != nil {
			return err
		}
	}
	return nil
}

// sampleOf writes a form of a wording with sample values.
func (r *request) sampleOf(wording locale.Wording, single bool) string {
	speak := r.book.In(wording.Language)
	fill := func(name string) any {
		if single && name == "N" {
			return 1
		}
		return speak.SampleValue(name)
	}
	if text := wording.Sample(single, fill); text != "" {
		return text
	}
	// a built-in sentence with more than values in it: as the program itself says it
	return r.Book.In(wording.Language).Say(wording.Key, speak.SampleDetails(wording)...)
}
