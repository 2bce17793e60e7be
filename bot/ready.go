package bot

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// pressReady stands in buttons of the answers that are kept ready.
const pressReady = "answers"

// dialogReady asks for an answer to keep ready; its step says which part of it, its
// data are the answer so far.
const dialogReady = "ready"

// What a button of the ready answers does.
const (
	readyList   = "list"
	readySee    = "see"  // one; its number follows
	readyNew    = "new"  // asks for another
	readyChange = "ask"  // asks for one anew; its number follows
	readyYes    = "yes"  // keeps what the preview shows; its stamp follows
	readyDrop   = "drop" // one; its number follows
	readyUndo   = "undo" // the change to undo follows
	readyFor    = "for"  // those to choose from, for the question whose number follows
	readyTake   = "take" // one for a question: both numbers follow
)

// Steps of the dialog.
const (
	stepReadyName    = "name"
	stepReadyWords   = "words"
	stepReadyPreview = "preview"
)

// Limits of the answers that are kept ready.
const (
	readyMost      = 30
	readyNameLimit = 40 // runes
)

// readyAnswersNumber names the ready answers as a setting; it is never changed.
const readyAnswersNumber = 91

// readyValues are what can stand in a ready answer.
var readyValues = []string{"Reference", "Question", "City", "Day"}

// readySetting is the ready answers among the settings, so that a change can be undone.
func readySetting() setting {
	return setting{word: "ready", number: readyAnswersNumber, key: "ready", parent: "sentences", words: true,
		load: (*request).readyKept, save: (*request).saveReady, value: saidReady, open: (*request).showReadyAnswers}
}

func saidReady(r *request, kept string) (string, error) {
	answers, err := readKeptReady(kept)
	return r.speak.Count("ready.kept", len(answers)), err
}

func (r *request) readyKept() (string, error) {
	answers, err := r.tx.ReadyAnswers()
	if err != nil || len(answers) == 0 {
		return "", err
	}
	kept, err := json.Marshal(answers)
	return string(kept), err
}

func readKeptReady(kept string) (answers []store.ReadyAnswer, err error) {
	if kept == "" {
		return nil, nil
	}
	return answers, json.Unmarshal([]byte(kept), &answers)
}

func (r *request) saveReady(kept string) error {
	after, err := readKeptReady(kept)
	if err != nil {
		return err
	}
	before, err := r.tx.ReadyAnswers()
	if err != nil {
		return err
	}
	for _, answer := range before {
		if err := r.tx.DropReadyAnswer(answer.Number); err != nil {
			return err
		}
	}
	for _, answer := range after {
		if _, err := r.tx.SaveReadyAnswer(answer); err != nil {
			return err
		}
	}
	return nil
}

// showReadyAnswers lists the answers that are kept ready.
func (r *request) showReadyAnswers() error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	answers, err := r.tx.ReadyAnswers()
	if err != nil {
		return err
	}
	lines := []string{r.speak.Count("ready.head", len(answers))}
	var open []store.Button
	for i, answer := range answers {
		number := idText(int64(i + 1))
		lines = append(lines, r.speak.Say("ready.line", "Number", number, "Name", answer.Name, "Text", shorten(plainLine(locale.Simple(answer.Words)), wordingLine)))
		open = append(open, store.Button{Text: r.speak.Say("button.wording_open", "Number", number), Data: data(pressReady, readySee, answer.Number)})
	}
	rows := slices.Collect(slices.Chunk(open, 4))
	last := []store.Button{button(r.speak, "back", pressWording, wordingHome)}
	if len(answers) < readyMost {
		last = append([]store.Button{button(r.speak, "ready_new", pressReady, readyNew)}, last...)
	}
	return r.onWordingPage(shorten(strings.Join(lines, "\n"), textLimit), append(rows, last)...)
}

// showReadyAnswer shows one, to be changed or dropped.
func (r *request) showReadyAnswer(number int64) error {
	answer, err := r.tx.ReadyAnswer(number)
	if err != nil {
		return errorsOr(err, r.showReadyAnswers())
	}
	return r.onWordingPage(r.speak.Say("ready.whole", "Name", answer.Name, "Text", locale.Simple(answer.Words)),
		[]store.Button{button(r.speak, "change", pressReady, readyChange, number), button(r.speak, "ready_drop", pressReady, readyDrop, number), button(r.speak, "back", pressReady, readyList)})
}

// askReady asks for a part of a ready answer; first says what was wrong with what was
// written before.
func (r *request) askReady(step string, answer store.ReadyAnswer, first string) error {
	kept, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	if err := r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogReady, Step: step, Data: string(kept)}, r.now); err != nil {
		return err
	}
	text := r.speak.Say("ready.ask_name")
	if step == stepReadyWords {
		text = r.speak.Say("ready.ask_words", "Name", answer.Name, "Names", shownValues(readyValues))
	}
	return r.onWordingPage(joinedLines(first, text), []store.Button{button(r.speak, "back", pressReady, readyList)})
}

// answerReady takes the name of a ready answer, with its words on the lines that follow,
// or the words alone.
func (r *request) answerReady(dialog store.Dialog) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	var answer store.ReadyAnswer
	if err := json.Unmarshal([]byte(dialog.Data), &answer); err != nil {
		return err
	}
	words := strings.TrimSpace(r.text)
	if dialog.Step == stepReadyName {
		name, rest, _ := strings.Cut(words, "\n")
		answer.Name, words = plainLine(name), strings.TrimSpace(rest)
		if answer.Name == "" || !fits(answer.Name, readyNameLimit) {
			return r.askReady(stepReadyName, answer, r.speak.Say("ready.name_long", "Limit", readyNameLimit))
		}
	}
	if words == "" {
		return r.askReady(stepReadyWords, answer, "")
	}
	read, flaw := locale.ReadText(words, readyValues)
	switch {
	case flaw != nil:
		return r.askReady(stepReadyWords, answer, r.flawText(flaw))
	case !fits(words, council.AnswerLimit):
		return r.askReady(stepReadyWords, answer, r.speak.Say("ready.long", "Limit", council.AnswerLimit))
	}
	answer.Words = read.String()
	return r.previewReady(answer, read)
}

// previewReady shows an answer as it would be filled in.
func (r *request) previewReady(answer store.ReadyAnswer, read locale.Text) error {
	kept, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	if err := r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogReady, Step: stepReadyPreview, Data: string(kept)}, r.now); err != nil {
		return err
	}
	var sample []any
	for _, name := range readyValues {
		sample = append(sample, name, r.speak.SampleValue(name))
	}
	text := r.speak.Say("ready.preview", "Name", answer.Name, "Text", read.Fill(sample...))
	return r.replyAbout("", aboutWording, shorten(text, textLimit),
		[]store.Button{button(r.speak, "confirm", pressReady, readyYes, markOfText(string(kept))), button(r.speak, "change", pressReady, readyChange, answer.Number), button(r.speak, "cancel_form", pressReady, readyList)})
}

// keepReady keeps what the preview shows.
func (r *request) keepReady(stamp string) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogReady || dialog.Step != stepReadyPreview || markOfText(dialog.Data) != stamp {
		return errorsOr(err, r.stale())
	}
	var answer store.ReadyAnswer
	if err := json.Unmarshal([]byte(dialog.Data), &answer); err != nil {
		return err
	}
	return r.changeReady("saved", func() (int64, error) {
		kept, err := r.tx.SaveReadyAnswer(answer)
		return kept.Number, err
	})
}

// dropReady forgets one.
func (r *request) dropReady(number int64) error {
	if _, err := r.tx.ReadyAnswer(number); err != nil {
		return errorsOr(err, r.stale())
	}
	return r.changeReady("dropped", func() (int64, error) { return number, r.tx.DropReadyAnswer(number) })
}

// changeReady makes a change of the ready answers, with how they were for ten minutes.
func (r *request) changeReady(what string, change func() (int64, error)) error {
	before, err := r.readyKept()
	if err != nil {
		return err
	}
	number, err := change()
	if err != nil {
		return err
	}
	if err := r.record(readySetting().reference(), council.EventSetting, "", "key", "ready", "answer", idText(number), "to", what); err != nil {
		return err
	}
	version, err := r.keepSettingUndo(readySetting(), before)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	text := joinedLines(r.speak.Say("ready."+what), r.speak.Say("wording.undo_hint"))
	if err := r.onWordingPage(text, []store.Button{button(r.speak, "undo", pressReady, readyUndo, version), button(r.speak, "ready", pressReady, readyList)}); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}
