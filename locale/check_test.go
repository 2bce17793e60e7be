package locale

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// samples fill in sentences as examples are shown.
func samples(t *testing.T) func(language, name string) any {
	t.Helper()
	book, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return func(language, name string) any { return book.In(language).SampleValue(name) }
}

// readOnceForTests are the built-in sentences, which no test changes.
var readOnceForTests = sync.OnceValues(Sentences)

func builtIn(t *testing.T) []Sentence {
	t.Helper()
	list, err := readOnceForTests()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestBuiltInSentencesAreSayable holds the built-in sentences to what is asked of a
// city's own: the same values in both languages, no forbidden word, nothing longer than
// Telegram takes, no card of more than three lines.
func TestBuiltInSentencesAreSayable(t *testing.T) {
	fill := samples(t)
	for _, sentence := range builtIn(t) {
		for _, language := range Languages {
			wording := sentence.In[language]
			_, missing, flaw := sentence.Check(wording, func(name string) any { return fill(language, name) })
			switch {
			case flaw != nil && flaw.Kind == FlawFixed:
			case flaw != nil && flaw.Kind == FlawFunction && strings.ContainsAny(flaw.Word, " "): // which the program's own may have
			case flaw != nil:
				t.Errorf("%v", flaw)
			case len(missing) > 0:
				t.Errorf("%s.%s does not say what it says: %q", language, sentence.Key, missing)
			}
		}
	}
}

// TestBothLanguagesSayTheSameValues looks for values that one language leaves out. Only
// Indonesian has words that go by the form of address.
func TestBothLanguagesSayTheSameValues(t *testing.T) {
	for _, sentence := range builtIn(t) {
		for _, language := range Languages {
			only := Sentence{In: map[string]Wording{language: sentence.In[language]}}
			got, want := without(only.Values(), "Address"), without(sentence.Values(), "Address")
			if len(got) != len(want) {
				t.Errorf("%s: %s has %q of the values %q", sentence.Key, language, got, want)
			}
		}
	}
}

// TestButtonsAndToastsFit measures what is shown in few signs, and what fixed sentences are.
func TestButtonsAndToastsFit(t *testing.T) {
	fill := samples(t)
	counted := map[Kind]int{}
	for _, sentence := range builtIn(t) {
		kind := KindOf(sentence.Key)
		counted[kind]++
		for _, language := range Languages {
			said := sentence.In[language].Sample(false, func(name string) any { return fill(language, name) })
			if length := utf8.RuneCountInString(said); length > kind.Limit() {
				t.Errorf("%s: %s has %d characters, more than %d: %s", language, sentence.Key, length, kind.Limit(), said)
			}
		}
	}
	for kind, least := range map[Kind]int{KindButton: 250, KindToast: 50, KindRefusal: 100, KindCard: 40, KindCommand: 100, KindHeading: 9, KindMessage: 500} {
		if counted[kind] < least {
			t.Errorf("only %d sentences are %s", counted[kind], kind)
		}
	}
}

func without(names []string, name string) []string {
	return slices.DeleteFunc(names, func(other string) bool { return other == name })
}
