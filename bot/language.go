package bot

import (
	"errors"
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// language changes the language in which the bot speaks: to a person in the
// private chat, in a group to everybody there.
func (r *request) language() error {
	if err := r.mayLanguage(); err != nil {
		return err
	}
	if chosen, known := locale.Meaning("language", r.text); known {
		text, err := r.setLanguage(chosen)
		if err != nil {
			return err
		}
		return r.reply(text)
	}
	return r.reply(r.speak.Say("language.ask"), r.languageButtons())
}

// mayLanguage decides whether this person may choose the language here.
func (r *request) mayLanguage() error {
	if r.private {
		return r.may(council.ActionOwnProfile, council.Scope{})
	}
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	if !r.linked() {
		return council.Refuse("not_linked")
	}
	return nil
}

func (r *request) languageButtons() []store.Button {
	var row []store.Button
	for _, language := range locale.Languages {
		row = append(row, store.Button{Text: r.speak.Say("language.name_" + language), Data: data(pressLanguage, language)})
	}
	return row
}

func (r *request) pressLanguage(arguments pressArguments) error {
	if err := r.mayLanguage(); err != nil {
		return err
	}
	if !slices.Contains(locale.Languages, arguments.text(0)) {
		return r.toast(r.speak.Say("press.stale"))
	}
	text, err := r.setLanguage(arguments.text(0))
	if err != nil {
		return err
	}
	if err := r.toast(r.speak.Say("people.saved")); err != nil {
		return err
	}
	return r.edit(text)
}

// setLanguage keeps the language and says so in it. The chat's menu follows.
func (r *request) setLanguage(language string) (string, error) {
	shown := menuOf(r.actor)
	var err error
	if r.private {
		err = r.tx.SetLanguage(r.actor.ID, language)
	} else {
		shown = menuOfGroup(r.group)
		err = errors.Join(r.tx.SetGroupLanguage(r.group.ID, language),
			r.record(council.Reference{}, council.EventSetting, "", "key", groupLanguage, "group", idText(r.group.ID), "to", language))
	}
	if err != nil {
		return "", err
	}
	r.speak = r.book.In(language)
	if err := queueChatMenu(r.tx, r.chatID, language, shown); err != nil {
		return "", err
	}
	return r.speak.Say("language.done"), nil
}
