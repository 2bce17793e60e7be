package bot

import (
	"encoding/json"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// pressWording stands in buttons of the city's own sentences; what they do follows.
const pressWording = "word"

// dialogWording asks for words to find a sentence by, or for the sentence itself; its
// step says which, its data are a wordingDraft.
const dialogWording = "wording"

// aboutWording marks a page of the sentences.
const aboutWording = "wording"

// wordingPayload is in the link that opens the sentences in private; behind it may
// stand the mark of one.
const wordingPayload = "kalimat"

// What a button of the sentences does.
const (
	wordingHome    = "home"
	wordingFound   = "found" // what was found, from a number on
	wordingOwn     = "own"   // what is said in other words, from a number on
	wordingSee     = "see"   // one; its mark and a language follow
	wordingExample = "ex"    // the same, as it is sent
	wordingAsk     = "ask"   // the same, to be worded anew
	wordingUsual   = "usual" // the same, to be said as usual again
	wordingYes     = "yes"   // what the preview shows; its stamp follows
	wordingTry     = "try"   // the toast that the preview is about; its stamp follows
	wordingNo      = "no"
	wordingAll     = "all"    // everything as usual again: asks
	wordingAllYes  = "allyes" // does it; the stamp of what was shown follows
	wordingUndo    = "undo"   // the change to undo follows
	wordingOut     = "out"    // a file of what is said in other words
	wordingOutAll  = "outall" // the same with all sentences as remarks
	wordingIn      = "in"     // asks for such a file
)

// Steps of the dialog.
const (
	stepWordingFind    = "find"
	stepWordingOne     = "one"   // asks for the form for a single thing
	stepWordingOther   = "other" // asks for the sentence
	stepWordingPreview = "preview"
	stepWordingImport  = "import"
)

// wordingDraft is what the dialog keeps.
type wordingDraft struct {
	Found    []string         `json:",omitempty"` // keys of what was found
	Wording  locale.Wording   // being written
	Imported []locale.Wording `json:",omitempty"`
}

// ownSentencesNumber names the city's own sentences as a setting, so that a change of
// them can be undone; it is never changed.
const ownSentencesNumber = 90

// sentencesSetting is the city's own sentences among the settings.
func sentencesSetting() setting {
	return setting{word: "sentences", number: ownSentencesNumber, key: "sentences", words: true,
		load: (*request).ownSentencesKept, save: (*request).saveOwnSentences, value: saidSentences, open: (*request).showWordings}
}

func saidSentences(r *request, kept string) (string, error) {
	own, err := readKeptSentences(kept)
	if len(own) == 0 {
		return r.speak.Say("settings.usual"), err
	}
	return r.speak.Count("wording.changed", len(own)), err
}

// ownSentencesKept is what the city says in its own words, as JSON; empty for nothing.
func (r *request) ownSentencesKept() (string, error) {
	own, err := r.tx.OwnSentences()
	if err != nil || len(own) == 0 {
		return "", err
	}
	kept, err := json.Marshal(own)
	return string(kept), err
}

func readKeptSentences(kept string) (own []store.OwnSentence, err error) {
	if kept == "" {
		return nil, nil
	}
	return own, json.Unmarshal([]byte(kept), &own)
}

// saveOwnSentences lets the city's own sentences be those that were kept.
func (r *request) saveOwnSentences(kept string) error {
	after, err := readKeptSentences(kept)
	if err != nil {
		return err
	}
	before, err := r.tx.OwnSentences()
	if err != nil {
		return err
	}
	for _, sentence := range before {
		if err := r.tx.SetOwnSentence(store.OwnSentence{Key: sentence.Key, Language: sentence.Language}); err != nil {
			return err
		}
	}
	for _, sentence := range after {
		if err := r.tx.SetOwnSentence(sentence); err != nil {
			return err
		}
	}
	return nil
}

// wording is /kalimat: the sentences of the bot in the city's own words. With words it
// finds sentences, as a reply the one that was replied to, with a file it takes that up.
func (r *request) wording() error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	words := strings.TrimSpace(r.text)
	if reply := r.message.ReplyToMessage; words == "" && reply != nil && r.ofBot(reply) {
		return r.wordingOfReply(reply)
	}
	if !r.private {
		return r.wordingInPrivate("")
	}
	if document := r.wordingDocument(); document != nil {
		return r.fetchWordings(document)
	}
	switch meaning, _ := locale.Meaning("wording", words); {
	case words == "":
		return r.showWordings()
	case meaning == "export":
		return r.sendWordings(true)
	case meaning == "ready":
		return r.showReadyAnswers()
	}
	return r.findWordings(words)
}

// wordingInPrivate sends the coordinator from a group to the private chat, where the
// sentence with this mark opens, if there is one.
func (r *request) wordingInPrivate(mark string) error {
	payload := wordingPayload
	if mark != "" {
		payload += "-" + mark
	}
	return r.reply(r.speak.Say("wording.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(payload)}})
}

// openWording is the link into the private chat.
func (r *request) openWording(payload string) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	mark := strings.TrimPrefix(strings.TrimPrefix(payload, wordingPayload), "-")
	if mark == "" {
		return r.showWordings()
	}
	return r.withWording(mark, r.speak.Language, r.showWording)
}

// showWordings shows what can be done with the sentences, and asks for words to find
// one by.
func (r *request) showWordings() error {
	if err := r.endDialogOf(dialogReady); err != nil {
		return err
	}
	kept, err := r.ownSentencesKept()
	if err != nil {
		return err
	}
	own, err := readKeptSentences(kept)
	if err != nil {
		return err
	}
	if err := r.keepWordingDraft(stepWordingFind, wordingDraft{}); err != nil {
		return err
	}
	rows := [][]store.Button{{button(r.speak, "wording_own", pressWording, wordingOwn, 0), button(r.speak, "ready", pressReady, readyList)},
		{button(r.speak, "wording_export", pressWording, wordingOut), button(r.speak, "wording_import", pressWording, wordingIn)}}
	if len(own) == 0 {
		rows = [][]store.Button{{button(r.speak, "ready", pressReady, readyList)},
			{button(r.speak, "wording_export_all", pressWording, wordingOutAll), button(r.speak, "wording_import", pressWording, wordingIn)}}
	}
	lines := joinedLines(r.speak.Say("wording.head"), r.speak.Count("wording.changed_line", len(own)), r.configuredLine(), r.speak.Say("wording.find"))
	return r.onWordingPage(lines, rows...)
}

// configuredLine says how many sentences the operator's file has; nothing for none.
func (r *request) configuredLine() string {
	if len(r.Sentences) == 0 {
		return ""
	}
	return r.speak.Count("wording.configured", len(r.Sentences))
}

// onWordingPage shows a page in the place of the one whose button was pressed.
func (r *request) onWordingPage(text string, rows ...[]store.Button) error {
	if r.press != nil {
		_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
		if notFoundIsNil(err) != nil {
			return err
		}
		if about == aboutWording {
			return r.edit(text, rows...)
		}
	}
	return r.replyAbout("", aboutWording, text, rows...)
}

func (r *request) keepWordingDraft(step string, draft wordingDraft) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogWording, Step: step, Data: string(kept)}, r.now)
}

// wordingDraft is what the open dialog keeps; found is false when there is none.
func (r *request) wordingDraft() (step string, draft wordingDraft, stamp string, found bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogWording {
		return "", draft, "", false, notFoundIsNil(err)
	}
	return dialog.Step, draft, markOfText(dialog.Data), true, json.Unmarshal([]byte(dialog.Data), &draft)
}
