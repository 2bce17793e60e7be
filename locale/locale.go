// Package locale holds every sentence of the bot, the words of its commands,
// the names of days and months, and the built-in holidays: Indonesian first,
// English beside it.
//
// Sentences are plain text without markup, so that they can be forwarded
// anywhere and nothing that people type can be taken for markup.
package locale

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed id.toml en.toml
var sentences embed.FS

// Languages in which the bot speaks. The first is the one it begins with.
const (
	Indonesian = "id"
	English    = "en"
)

// Languages lists them in the order in which they are offered.
var Languages = []string{Indonesian, English}

// Book holds the sentences of all languages. It is safe for concurrent use.
type Book struct {
	speakers map[string]Speaker
}

// Open gives the built-in sentences. They are read once: nothing changes them, and
// WithOwn puts a city's own in the place of some in a book beside.
func Open() (*Book, error) { return readOnce() }

var readOnce = sync.OnceValues(readBook)

func readBook() (*Book, error) {
	bundle := i18n.NewBundle(language.Indonesian)
	book := &Book{speakers: make(map[string]Speaker, len(Languages))}
	for _, name := range Languages {
		messages, err := readMessages(name)
		if err != nil {
			return nil, err
		}
		plain, others := sortOut(messages)
		if err := bundle.AddMessages(language.Make(name), others...); err != nil {
			return nil, fmt.Errorf("read sentences: %w", err)
		}
		book.speakers[name] = Speaker{Language: name, localizer: i18n.NewLocalizer(bundle, name), plain: plain}
	}
	return book, nil
}

// sortOut takes out the sentences without placeholders, which need not be put
// together every time: button labels, the names of states. They are half of all,
// and as messages of the bundle each would take ten times its length.
func sortOut(messages []*i18n.Message) (plain map[string]string, others []*i18n.Message) {
	plain = make(map[string]string)
	for _, message := range messages {
		if !strings.Contains(message.Other, "{{") && message.One == "" {
			plain[message.ID] = message.Other
		} else {
			others = append(others, message)
		}
	}
	return plain, others
}

// In gives a speaker of a language; Indonesian for one the bot does not speak.
func (b *Book) In(name string) Speaker {
	if speaker, known := b.speakers[name]; known {
		return speaker
	}
	return b.speakers[Indonesian]
}

// Speaker says sentences in one language.
type Speaker struct {
	Language  string
	localizer *i18n.Localizer
	plain     map[string]string
	own       *ownSentences // nil: there are none and never will be
}

// Say gives the sentence with this key. Details fill its placeholders and come
// in pairs: name, value. A key without a sentence gives the key itself, so that
// the person sees something and the operator can find it.
func (s Speaker) Say(key string, details ...any) string {
	if own, has := s.ownSentence(key); has {
		return own.say(false, details)
	}
	if said, plain := s.plain[key]; plain {
		return said
	}
	return s.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: pairs(details)})
}

// Count gives the sentence with this key in the grammatical number that fits n;
// the placeholder N holds it.
func (s Speaker) Count(key string, n int, details ...any) string {
	if own, has := s.ownSentence(key); has {
		return own.say(isSingle(n), append(details, "N", n))
	}
	if said, plain := s.plain[key]; plain {
		return said
	}
	data := pairs(append(details, "N", n))
	return s.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n})
}

// Knows tells whether there is a sentence with this key in this language.
func (s Speaker) Knows(key string) bool {
	if _, plain := s.plain[key]; plain {
		return true
	}
	_, tag, err := s.localizer.LocalizeWithTag(&i18n.LocalizeConfig{MessageID: key})
	return err == nil && tag.String() == s.Language
}

func (s Speaker) localize(config *i18n.LocalizeConfig) string {
	text, err := s.localizer.Localize(config)
	if err != nil {
		return config.MessageID
	}
	return text
}

func pairs(details []any) map[string]any {
	if len(details) == 0 {
		return nil
	}
	data := make(map[string]any, len(details)/2)
	for i := 0; i+1 < len(details); i += 2 {
		if name, isText := details[i].(string); isText {
			data[name] = details[i+1]
		}
	}
	return data
}
