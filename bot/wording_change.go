package bot

import (
	"strings"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// askWording asks for another wording of a sentence: for the form for a single thing
// first, where the language has one.
func (r *request) askWording(all wordings, sentence locale.Sentence, language string) error {
	if sentence.IsFixed() {
		return r.alert(r.speak.Say("wording.flaw.fixed"))
	}
	now, _ := all.now(sentence, language)
	draft := wordingDraft{Wording: locale.Wording{Key: sentence.Key, Language: language}}
	return r.askWordingForm(all, sentence, draft, now.One != "", "")
}

// askWordingForm asks for one form, with what stands there now, to be copied; first says
// what was wrong with what was written before.
func (r *request) askWordingForm(all wordings, sentence locale.Sentence, draft wordingDraft, single bool, first string) error {
	now, _ := all.now(sentence, draft.Wording.Language)
	step, key, form := stepWordingOther, "wording.ask", now.Other
	switch {
	case single:
		step, key, form = stepWordingOne, "wording.ask_one", now.One
	case now.One != "":
		key = "wording.ask_other"
	}
	if err := r.keepWordingDraft(step, draft); err != nil {
		return err
	}
	text := joinedLines(first, r.speak.Say(key), r.valuesLine(sentence, draft.Wording.Language)) + "\n\n" + locale.Simple(form)
	return r.onWordingPage(shorten(text, textLimit), []store.Button{button(r.speak, "cancel_form", pressWording, wordingNo)})
}

// answerWording takes words to find a sentence by, or the wording that was asked for.
func (r *request) answerWording(dialog store.Dialog) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	if document := r.wordingDocument(); document != nil {
		return r.fetchWordings(document)
	}
	_, draft, _, _, err := r.wordingDraft()
	if err != nil {
		return err
	}
	text := strings.TrimSpace(r.text)
	all, err := r.wordings()
	if err != nil {
		return err
	}
	sentence, known := locale.FindSentence(all.built, draft.Wording.Key)
	switch {
	case text == "" && (dialog.Step == stepWordingFind || dialog.Step == stepWordingImport):
		return errorsOr(r.endDialogOf(dialogWording), r.onPrivateWords()) // a file that is for something else
	case text == "":
		return r.reply(r.speak.Say("wording.write"))
	case !known || dialog.Step == stepWordingFind || dialog.Step == stepWordingImport:
		return r.findWordings(text)
	case dialog.Step == stepWordingOne:
		draft.Wording.One = text
		return r.askWordingForm(all, sentence, draft, false, "")
	}
	draft.Wording.Other = text
	return r.previewWording(all, sentence, draft)
}

// previewWording shows a wording exactly as it would be sent, and below it what is to be
// known before it is confirmed; or says why it cannot be said.
func (r *request) previewWording(all wordings, sentence locale.Sentence, draft wordingDraft) error {
	language := draft.Wording.Language
	wording, missing, flaw := sentence.Check(draft.Wording, func(name string) any { return r.book.In(language).SampleValue(name) })
	if flaw == nil && masked(wording.Other+wording.One) {
		flaw = &locale.Flaw{Kind: locale.FlawSigns}
	}
	if flaw != nil {
		draft.Wording.One, draft.Wording.Other = "", ""
		now, _ := all.now(sentence, language)
		return r.askWordingForm(all, sentence, draft, now.One != "", r.flawText(flaw))
	}
	if now, _ := all.now(sentence, language); wording == now {
		return r.askWordingForm(all, sentence, wordingDraft{Wording: locale.Wording{Key: sentence.Key, Language: language}}, now.One != "", r.speak.Say("wording.same"))
	}
	draft.Wording = wording
	if err := r.keepWordingDraft(stepWordingPreview, draft); err != nil {
		return err
	}
	if err := r.queueExamples(wording); err != nil {
		return err
	}
	_, _, stamp, _, err := r.wordingDraft()
	if err != nil {
		return err
	}
	kind := locale.KindOf(sentence.Key)
	lines := []string{r.speak.Say("wording.preview", "Key", sentence.Key)}
	if kind == locale.KindToast {
		lines = []string{r.speak.Say("wording.preview_toast", "Key", sentence.Key)}
	}
	if len(missing) > 0 {
		lines = append(lines, r.speak.Say("wording.missing", "Names", shownValues(missing)))
	}
	if length := utf8.RuneCountInString(r.sampleOf(wording, false)); kind.Limit() < locale.MessageLimit {
		lines = append(lines, r.speak.Say("wording.length", "N", length, "Limit", kind.Limit()))
	}
	if linesOf(wording.Other) > max(cardLinesAdvised, linesOf(sentence.In[language].Other)) {
		lines = append(lines, r.speak.Say("wording.many_lines", "N", linesOf(wording.Other)))
	}
	rows := [][]store.Button{{button(r.speak, "confirm", pressWording, wordingYes, stamp), button(r.speak, "change", pressWording, wordingAsk, markOfText(sentence.Key), language), button(r.speak, "cancel_form", pressWording, wordingNo)}}
	if kind == locale.KindToast {
		rows = append([][]store.Button{{button(r.speak, "wording_try", pressWording, wordingTry, stamp)}}, rows...)
	}
	return r.replyAbout("", aboutWording, strings.Join(lines, "\n"), rows...)
}

// cardLinesAdvised is how many lines a message in a group has at most.
const cardLinesAdvised = 3

func linesOf(text string) int { return strings.Count(text, "\n") + 1 }

// exampleValue is how a value is written, where that is explained.
const exampleValue = "{Reference}"

// shownValues lists the names of values as they stand in a sentence.
func shownValues(names []string) string { return "{" + strings.Join(names, "}, {") + "}" }

// flawText says politely why a wording cannot be said, and what to write instead.
func (r *request) flawText(flaw *locale.Flaw) string {
	details := []any{"Word", locale.Simple(flaw.Word), "Limit", flaw.Allowed, "Names", locale.Simple(flaw.Allowed), "Name", exampleValue}
	if flaw.Kind == locale.FlawForbidden {
		if key := "wording.instead." + locale.Advised(flaw.Word); r.speak.Knows(key) {
			details = append(details, "Phrase", r.speak.Say(key))
		}
	}
	return r.speak.Say("wording.flaw."+string(flaw.Kind), details...)
}

// confirmWording lets the wording of the preview be said from now on.
func (r *request) confirmWording(stamp string) error {
	step, draft, present, found, err := r.wordingDraft()
	if err != nil {
		return err
	}
	if !found || stamp != present || step != stepWordingPreview && step != stepWordingImport {
		return r.stale()
	}
	changed := draft.Imported
	if step == stepWordingPreview {
		changed = []locale.Wording{draft.Wording}
	}
	all, err := r.wordings()
	if err != nil {
		return err
	}
	return r.changeWordings(all, changed, "wording.saved")
}

// wordUsual lets a sentence be said as usual again.
func (r *request) wordUsual(all wordings, sentence locale.Sentence, language string) error {
	if _, by := all.now(sentence, language); by != "city" { // pressed twice, or another coordinator did it
		return errorsOr(r.showWording(all, sentence, language), r.stale())
	}
	return r.changeWordings(all, []locale.Wording{{Key: sentence.Key, Language: language}}, "wording.usual_again")
}

// askAllUsual asks whether everything is to be said as usual again.
func (r *request) askAllUsual() error {
	kept, err := r.ownSentencesKept()
	if err != nil {
		return err
	}
	own, err := readKeptSentences(kept)
	if err != nil {
		return err
	}
	if len(own) == 0 {
		return r.showWordings()
	}
	return r.onWordingPage(r.speak.Count("wording.all_usual", len(own)),
		[]store.Button{button(r.speak, "wording_all_yes", pressWording, wordingAllYes, markOfText(kept)), button(r.speak, "back", pressWording, wordingHome)})
}

// allUsual lets everything be said as usual again, if it still is what was shown.
func (r *request) allUsual(stamp string) error {
	kept, err := r.ownSentencesKept()
	if err != nil {
		return err
	}
	if markOfText(kept) != stamp {
		return r.stale()
	}
	all, err := r.wordings()
	if err != nil {
		return err
	}
	usual := make([]locale.Wording, len(all.own))
	for i, own := range all.own {
		usual[i] = locale.Wording{Key: own.Key, Language: own.Language}
	}
	return r.changeWordings(all, usual, "wording.usual_again")
}

// changeWordings keeps wordings, those without words as usual again, with how it was
// before for ten minutes, and says so.
func (r *request) changeWordings(all wordings, changed []locale.Wording, saying string) error {
	before, err := r.ownSentencesKept()
	if err != nil {
		return err
	}
	if err := r.endDialogOf(dialogWording); err != nil {
		return err
	}
	for _, wording := range changed {
		if sentence, known := locale.FindSentence(all.built, wording.Key); known && wording == all.usual(sentence, wording.Language) {
			wording.One, wording.Other = "", ""
		}
		if err := r.tx.SetOwnSentence(store.OwnSentence(wording)); err != nil {
			return err
		}
		if err := r.recordWording(wording); err != nil {
			return err
		}
	}
	version, err := r.keepSettingUndo(sentencesSetting(), before)
	if err != nil {
		return err
	}
	text := joinedLines(r.speak.Count(saying, len(changed)), r.speak.Say("wording.undo_hint"))
	rows := []store.Button{button(r.speak, "undo", pressWording, wordingUndo, version), button(r.speak, "wording_others", pressWording, wordingHome)}
	if err := r.onWordingPage(text, rows); err != nil || r.press == nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// recordWording records that a sentence is said in other words, or as usual again; the
// words themselves stand in the file that anybody of the coordinators can ask for.
func (r *request) recordWording(wording locale.Wording) error {
	to := "own"
	if wording.Other == "" {
		to = "usual"
	}
	return r.record(sentencesSetting().reference(), council.EventSetting, "", "key", "sentences", "sentence", wording.Key, "language", wording.Language, "to", to)
}

// keepSettingUndo keeps what a setting was before a change that was recorded already,
// and gives the version by which it is undone.
func (r *request) keepSettingUndo(changed setting, before string) (int64, error) {
	after, err := changed.kept(r)
	if err != nil {
		return 0, err
	}
	version, _, err := r.tx.LastEvent()
	if err != nil {
		return 0, err
	}
	undo := store.Undo{Subject: changed.reference().String(), MemberID: r.actor.ID, Version: version, ChangedAt: r.now}
	return version, r.tx.KeepUndo(undo, settingUndoing{before, after})
}

// pressUndoWording undoes from the message that says what was changed.
func (r *request) pressUndoWording(version int64) error {
	if version == 0 {
		return r.stale()
	}
	if err := r.undoSetting(sentencesSetting(), version); err != nil {
		return err
	}
	if err := r.showWordings(); err != nil {
		return err
	}
	return r.toast(r.speak.Say("settings.undone"))
}

// pressWording answers the buttons of the sentences, in private.
func (r *request) pressWording(arguments pressArguments) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.toast(r.speak.Say("settings.in_private"))
	}
	one := func(do func(wordings, locale.Sentence, string) error) error {
		return r.withWording(arguments.text(1), arguments.text(2), do)
	}
	switch arguments.text(0) {
	case wordingHome:
		return r.answerByMessage(r.showWordings())
	case wordingFound:
		return r.answerByMessage(r.showFoundAgain(int(arguments.number(1))))
	case wordingOwn:
		return r.answerByMessage(r.showOwnWordings(int(arguments.number(1))))
	case wordingSee:
		return r.answerByMessage(one(r.showWording))
	case wordingExample:
		return one(r.sendExample)
	case wordingAsk:
		return r.answerByMessage(one(r.askWording))
	case wordingUsual:
		return one(r.wordUsual)
	case wordingYes:
		return r.confirmWording(arguments.text(1))
	case wordingTry:
		return r.tryToast(arguments.text(1))
	case wordingNo:
		return r.answerByMessage(r.showWordings())
	case wordingAll:
		return r.answerByMessage(r.askAllUsual())
	case wordingAllYes:
		return r.allUsual(arguments.text(1))
	case wordingUndo:
		return r.pressUndoWording(arguments.number(1))
	case wordingOut, wordingOutAll:
		return r.answerByMessage(r.sendWordings(arguments.text(0) == wordingOutAll))
	case wordingIn:
		return r.answerByMessage(r.askWordingFile())
	}
	return r.stale()
}

// showFoundAgain turns the page of what was found; the first page without any.
func (r *request) showFoundAgain(from int) error {
	_, draft, _, _, err := r.wordingDraft()
	if err != nil || len(draft.Found) == 0 {
		return errorsOr(err, r.showWordings())
	}
	all, err := r.wordings()
	if err != nil {
		return err
	}
	return r.showFound(all, draft.Found, from)
}

// tryToast shows the toast that the preview is about; on the example of a button it says
// that this is one.
func (r *request) tryToast(stamp string) error {
	_, draft, present, found, err := r.wordingDraft()
	if err != nil {
		return err
	}
	if found && stamp == present && locale.KindOf(draft.Wording.Key) == locale.KindToast {
		return r.toast(r.sampleOf(draft.Wording, false))
	}
	return r.toast(r.speak.Say("wording.only_example"))
}
