package locale

import (
	"maps"
	"strings"
	"sync"
	"sync/atomic"
)

// Wording is one sentence as somebody wants it said. One is empty where the language, or
// the sentence, has no form of its own for a single thing.
type Wording struct {
	Key      string
	Language string
	One      string
	Other    string
}

// ownSentence is a wording that was read.
type ownSentence struct{ one, other wordingTemplate }

// ownSentences are those of one language. They are replaced as a whole, never changed:
// whoever speaks reads them without waiting for anybody.
type ownSentences = atomic.Pointer[map[string]ownSentence]

// OwnBook says the sentences of a book in a city's own words where it has some.
type OwnBook struct {
	*Book
	configured []Wording
	mutex      sync.Mutex // among those who adopt
	edition    int64
}

// WithOwn gives a book that shares the built-in sentences with b, and says the
// configured wordings instead of theirs.
func (b *Book) WithOwn(configured []Wording) *OwnBook {
	own := &OwnBook{Book: &Book{speakers: maps.Clone(b.speakers)}, configured: configured, edition: -1}
	for name, speaker := range own.speakers {
		speaker.own = new(ownSentences)
		own.speakers[name] = speaker
	}
	own.Adopt(own.edition, nil)
	return own
}

// Adopt says these wordings from now on, before those that are configured; in whatever
// is said by speakers that were handed out before as well. Editions are adopted in
// their order: one that is older than another does nothing.
func (b *OwnBook) Adopt(edition int64, wordings []Wording) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if edition < b.edition {
		return
	}
	b.edition = edition
	for name, speaker := range b.speakers {
		said := make(map[string]ownSentence)
		for _, from := range [][]Wording{b.configured, wordings} {
			for _, wording := range from {
				if sentence, read := readOwn(wording); read && wording.Language == name {
					said[wording.Key] = sentence
				}
			}
		}
		if len(said) == 0 {
			speaker.own.Store(nil)
			continue
		}
		speaker.own.Store(&said)
	}
}

// readOwn reads a wording that was checked when it was written. A value that its
// sentence has no more is left out when it is said.
func readOwn(wording Wording) (sentence ownSentence, read bool) {
	var flaw *Flaw
	if wording.One != "" {
		if sentence.one, flaw = readTemplate(wording.One, nil); flaw != nil {
			return sentence, false
		}
	}
	sentence.other, flaw = readTemplate(wording.Other, nil)
	return sentence, flaw == nil && wording.Other != ""
}

// Configured finds the wording that the configuration has for a sentence.
func (b *OwnBook) Configured(key, language string) (Wording, bool) {
	for _, wording := range b.configured {
		if wording.Key == key && wording.Language == language {
			return wording, true
		}
	}
	return Wording{}, false
}

// ownSentence finds the city's own words.
func (s Speaker) ownSentence(key string) (ownSentence, bool) {
	if s.own == nil {
		return ownSentence{}, false
	}
	said := s.own.Load()
	if said == nil {
		return ownSentence{}, false
	}
	sentence, has := (*said)[key]
	return sentence, has
}

// say fills the sentence in; single chooses the form for one thing.
func (s ownSentence) say(single bool, details []any) string {
	form := s.other
	if single && s.one != nil {
		form = s.one
	}
	var written strings.Builder
	form.write(&written, details)
	return written.String()
}

// isSingle tells whether n things take the form for one.
func isSingle(n int) bool { return n == 1 || n == -1 }
