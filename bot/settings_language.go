package bot

import (
	"slices"
	"strconv"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// groupSettings is the first number of what can be undone of a group; the group's own
// number is added to it.
const groupSettings = 1_000_000

// languageSettings are the language in which new people and groups are spoken to, and
// that of each group.
func languageSettings() []setting {
	return []setting{{word: store.SettingLanguage, number: 5, key: store.SettingLanguage, value: saidLanguage, choices: languageChoices, parts: (*request).groupLanguages}}
}

// cityLanguage is the language as it is kept; the empty text is Indonesian.
func cityLanguage(kept string) string {
	if slices.Contains(locale.Languages, kept) {
		return kept
	}
	return locale.Indonesian
}

func saidLanguage(r *request, kept string) (string, error) {
	return r.speak.Say("language.name_" + cityLanguage(kept)), nil
}

func languageChoices(r *request, kept string) ([]settingChoice, error) {
	var choices []settingChoice
	for _, language := range locale.Languages {
		if language == cityLanguage(kept) {
			continue
		}
		choice := settingChoice{r.speak.Say("language.name_" + language), language}
		if language == locale.Indonesian {
			choice.kept = ""
		}
		choices = append(choices, choice)
	}
	return choices, nil
}

// groupLanguages are the languages of the linked groups.
func (r *request) groupLanguages() ([]setting, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	settings := make([]setting, len(groups))
	for i, group := range groups {
		settings[i] = setting{word: store.SettingLanguage + "_" + strconv.FormatInt(group.ID, 10), number: groupSettings + group.ID,
			key: groupLanguage, group: group.ID, parent: store.SettingLanguage, value: saidLanguage, choices: languageChoices,
			name: func(r *request) (string, error) { return r.groupName(group), nil },
			load: func(r *request) (string, error) {
				now, err := r.tx.Group(group.ID)
				return keptLanguage(now.Language), err
			},
			save: func(r *request, kept string) error { return r.setLanguageOf(group, cityLanguage(kept)) }}
	}
	return settings, nil
}

// keptLanguage is how a language is kept; empty for Indonesian.
func keptLanguage(language string) string {
	if language == locale.Indonesian {
		return ""
	}
	return language
}

// setLanguageOf lets a group be spoken to in another language; its menu follows.
func (r *request) setLanguageOf(group council.Group, language string) error {
	if err := r.tx.SetGroupLanguage(group.ID, language); err != nil {
		return err
	}
	return queueChatMenu(r.tx, group.ChatID, language, menuOfGroup(group))
}
