package bot

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// pressLetterhead stands in buttons of the page on which the letterhead is filled in.
const pressLetterhead = "kop"

// dialogLetterhead asks for one field, which is the step; letterheadAll as its data
// asks for those behind it too.
const dialogLetterhead = "letterhead"

// What is done by button with the letterhead.
const (
	letterheadShow  = "show"
	letterheadAll   = "all"   // asks for every field in turn
	letterheadField = "field" // asks for one; its word follows
	letterheadSkip  = "skip"  // leaves a field as it is; its word follows
	letterheadClear = "clear" // empties a field; its word follows
	letterheadList  = "list"  // takes an office of the city's list; its field, all, the list's mark and its place follow
)

// pressLetterhead answers the buttons of the letterhead, in private.
func (r *request) pressLetterhead(arguments pressArguments) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.toast(r.speak.Say("settings.in_private"))
	}
	field, at, known := letterFieldNamed(arguments.text(1))
	verb := arguments.text(0)
	switch {
	case verb == letterheadShow:
		return r.answerByMessage(r.showLetterhead())
	case verb == letterheadAll:
		return r.answerByMessage(r.askLetterField(letterFields[0], letterheadAll, ""))
	case !known:
		return r.stale()
	case verb == letterheadField:
		return r.answerByMessage(r.askLetterField(field, "", ""))
	case verb == letterheadSkip:
		return r.answerByMessage(r.afterLetterField(at, letterheadAll))
	case verb == letterheadList:
		return r.pressLetterOffice(field, at, arguments)
	case verb == letterheadClear:
		if err := r.setLetterField(field, ""); err != nil {
			return err
		}
		return r.answerByMessage(r.afterLetterField(at, arguments.text(2)))
	}
	return r.stale()
}

// showLetterhead shows what stands on letters, and what is not known yet; a question
// that is open is over.
func (r *request) showLetterhead() error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	head, err := givenLetterhead(r.tx)
	if err != nil {
		return err
	}
	lines := []string{r.speak.Say("letterhead.head")}
	rows := [][]store.Button{{button(r.speak, "letterhead_all", pressLetterhead, letterheadAll)}}
	for i, field := range letterFields {
		lines = append(lines, r.speak.Say("letterhead.line", "Name", r.letterFieldName(field), "Value", r.letterFieldValue(head, field)))
		if i%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: r.letterFieldName(field), Data: data(pressLetterhead, letterheadField, field.word)})
	}
	last, err := r.settingEnd(letterheadSetting())
	if err != nil {
		return err
	}
	return r.inLetterhead(strings.Join(append(lines, r.speak.Say("letterhead.by_hand")), "\n"), append(rows, last)...)
}

// inLetterhead shows the page or a question of the letterhead in the place of the one
// whose button was pressed.
func (r *request) inLetterhead(text string, rows ...[]store.Button) error {
	if r.press != nil {
		_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
		if notFoundIsNil(err) != nil {
			return err
		}
		if about == aboutLetterhead || about == aboutSettings {
			return r.edit(text, rows...)
		}
	}
	return r.replyAbout("", aboutLetterhead, text, rows...)
}

// aboutLetterhead marks a message about the letterhead.
const aboutLetterhead = "letterhead"

func (r *request) letterFieldName(field letterField) string {
	return r.speak.Say("letterhead.name." + field.word)
}

func (r *request) letterFieldValue(head report.Letterhead, field letterField) string {
	if value := *field.of(&head); value != "" {
		return value
	}
	return r.speak.Say("letterhead.unknown")
}

// askLetterField asks for a field, with what stands there now; first says what was
// wrong with the answer before.
func (r *request) askLetterField(field letterField, all, first string) error {
	head, err := givenLetterhead(r.tx)
	if err != nil {
		return err
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogLetterhead, Step: field.word, Data: all}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	text := joinedLines(first, r.speak.Say("letterhead.ask."+field.word), r.speak.Say("letterhead.now", "Value", r.letterFieldValue(head, field)))
	var row []store.Button
	if all != "" {
		row = append(row, button(r.speak, "letterhead_skip", pressLetterhead, letterheadSkip, field.word))
	}
	if *field.of(&head) != "" {
		row = append(row, button(r.speak, "letterhead_clear", pressLetterhead, letterheadClear, field.word, all))
	}
	var rows [][]store.Button
	if field.word == letterOffice {
		if rows, err = r.officeRows(func(mark string, index int) string {
			return data(pressLetterhead, letterheadList, field.word, all, mark, index)
		}); err != nil {
			return err
		}
	}
	return r.inLetterhead(text, append(rows, append(row, button(r.speak, "back", pressLetterhead, letterheadShow)))...)
}

// pressLetterOffice takes an office of the city's list; where the list has changed, it is
// asked again.
func (r *request) pressLetterOffice(field letterField, at int, arguments pressArguments) error {
	office, known, err := r.officeAt(arguments.text(3), arguments.number(4))
	if err != nil {
		return err
	}
	if !known || field.word != letterOffice {
		return r.answerByMessage(r.askLetterField(field, arguments.text(2), r.speak.Say("settings.changed_since")))
	}
	if err := r.setLetterField(field, office); err != nil {
		return err
	}
	return r.answerByMessage(r.afterLetterField(at, arguments.text(2)))
}

// afterLetterField goes on behind a field: to the next one, or to the page.
func (r *request) afterLetterField(at int, all string) error {
	if all != letterheadAll || at+1 == len(letterFields) {
		return r.showLetterhead()
	}
	return r.askLetterField(letterFields[at+1], letterheadAll, "")
}

// answerLetterhead takes what was asked for.
func (r *request) answerLetterhead(dialog store.Dialog) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	field, at, known := letterFieldNamed(dialog.Step)
	if !known {
		return r.cancel()
	}
	value := plainLine(r.text)
	switch {
	case value == "":
		return r.askLetterField(field, dialog.Data, "")
	case masked(value):
		return r.askLetterField(field, dialog.Data, r.speak.Say("letterhead.hidden"))
	case utf8.RuneCountInString(value) > field.limit:
		return r.askLetterField(field, dialog.Data, r.speak.Say("letterhead.long", "Most", strconv.Itoa(field.limit)))
	}
	if err := r.setLetterField(field, value); err != nil {
		return err
	}
	return r.afterLetterField(at, dialog.Data)
}

func (r *request) setLetterField(field letterField, value string) error {
	head, err := givenLetterhead(r.tx)
	if err != nil {
		return err
	}
	*field.of(&head) = value
	kept, err := json.Marshal(head)
	if err != nil {
		return err
	}
	_, err = r.changeSetting(letterheadSetting(), string(kept))
	return err
}

// letterheadSetting is the letterhead among the settings. Who signs is a person: the
// trail does not repeat it.
func letterheadSetting() setting {
	return setting{word: "letterhead", number: 7, key: store.SettingLetterhead, words: true, value: saidLetterhead, open: (*request).showLetterhead}
}

func saidLetterhead(r *request, _ string) (string, error) {
	head, err := givenLetterhead(r.tx)
	if err != nil {
		return "", err
	}
	filled := 0
	for _, field := range letterFields {
		if *field.of(&head) != "" {
			filled++
		}
	}
	return r.speak.Say("letterhead.filled", "N", filled, "Most", len(letterFields)), nil
}
