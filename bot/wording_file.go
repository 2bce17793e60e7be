package bot

import (
	"context"
	"errors"
	"path"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerWordings stands in the outbox for a file of the city's own sentences.
const makerWordings = "wordings"

// fetchWording is why a file of sentences is fetched.
const fetchWording = "wordings"

// wordingFileLimit is how many bytes a file of sentences may have: all sentences in
// other words take a third of it.
const wordingFileLimit = 1 << 20

// sendWordings sends a file of what the city says in words of its own; with all, the
// other sentences stand in it as remarks.
func (r *request) sendWordings(all bool) error {
	with := "own"
	if all {
		with = "all"
	}
	file := store.File{Kind: fileDocument, Maker: makerWordings, Arguments: []string{r.speak.Language, with, idText(r.actor.ID)}, Name: r.speak.Say("wording.file_name") + ".toml"}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: r.speak.Say("wording.file_sent"), Files: []store.File{file}}})
}

// makeWordings makes a file of the city's own sentences. Arguments: the language of its
// remarks, whether all sentences stand in it, and the member who asked, who must still
// be allowed to.
func makeWordings(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 3 {
		return nil, errors.New("wordings: a language, which and a member are expected")
	}
	r, err := b.askedBy(tx, pressArguments(arguments).number(2), arguments[0])
	if err != nil {
		return nil, err
	}
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return nil, err
	}
	all, err := r.wordings()
	if err != nil {
		return nil, err
	}
	var own, usual []locale.Wording
	for _, language := range locale.Languages {
		for _, sentence := range all.built {
			wording, by := all.now(sentence, language)
			wording.One, wording.Other = locale.Simple(wording.One), locale.Simple(wording.Other)
			switch {
			case sentence.IsFixed():
			case by != "built":
				own = append(own, wording)
			case arguments[1] == "all":
				usual = append(usual, wording)
			}
		}
	}
	return locale.WriteWordings(own, usual, r.speak.Say("wording.file_head", "Name", exampleValue)), nil
}

// askWordingFile asks for a file of sentences.
func (r *request) askWordingFile() error {
	if err := r.keepWordingDraft(stepWordingImport, wordingDraft{}); err != nil {
		return err
	}
	return r.onWordingPage(r.speak.Say("wording.ask_file"), []store.Button{button(r.speak, "wording_export_all", pressWording, wordingOutAll), button(r.speak, "back", pressWording, wordingHome)})
}

// wordingDocument is the file of sentences that came with the message.
func (r *request) wordingDocument() *models.Document {
	if document := r.message.Document; document != nil && strings.EqualFold(path.Ext(document.FileName), ".toml") {
		return document
	}
	return nil
}

// fetchWordings lets a file of sentences be fetched.
func (r *request) fetchWordings(document *models.Document) error {
	if document.FileSize > wordingFileLimit {
		return council.Refuse("wording_file_large")
	}
	return r.queueFetch(fetchWording, document.FileID, wordingFileLimit, "")
}

// readWordings shows what was understood of a file of sentences, to be confirmed.
func (r *request) readWordings(file fetchedFile) error {
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	switch file.failure {
	case fetchTooLarge:
		return council.Refuse("wording_file_large")
	case fetchGone:
		return council.Refuse("wording_file_gone")
	}
	text, isText := report.Text(file.content)
	if !isText {
		return council.Refuse("wording_file_unread", "Phrase", "")
	}
	read, err := locale.ReadWordings([]byte(maskText(text)))
	var flaw *locale.Flaw
	switch {
	case errors.As(err, &flaw):
		return council.Refuse("wording_file_unread", "Phrase", flaw.Language+"."+flaw.Key)
	case err != nil:
		return council.Refuse("wording_file_unread", "Phrase", shorten(plainLine(err.Error()), phraseLimit))
	}
	return r.offerWordings(read)
}

// flawsShown is how many sentences of a file are named that cannot be said.
const flawsShown = 10

// offerWordings shows what a file would change, and what in it cannot be said.
func (r *request) offerWordings(read []locale.Wording) error {
	all, err := r.wordings()
	if err != nil {
		return err
	}
	fitting, flaws := locale.CheckAll(read, all.built, func(language, name string) any { return r.book.In(language).SampleValue(name) })
	var changed []locale.Wording
	for _, wording := range fitting {
		sentence, _ := locale.FindSentence(all.built, wording.Key)
		if now, _ := all.now(sentence, wording.Language); now != wording {
			changed = append(changed, wording)
		}
	}
	if err := r.keepWordingDraft(stepWordingImport, wordingDraft{Imported: changed}); err != nil {
		return err
	}
	_, _, stamp, _, err := r.wordingDraft()
	if err != nil {
		return err
	}
	lines := []string{r.speak.Count("wording.import", len(changed))}
	for _, wording := range changed[:min(len(changed), wordingsOnPage)] {
		lines = append(lines, r.speak.Say("wording.import_line", "Key", wording.Language+"."+wording.Key, "Text", shorten(plainLine(locale.Simple(wording.Other)), wordingLine)))
	}
	if more := len(changed) - wordingsOnPage; more > 0 {
		lines = append(lines, r.speak.Count("notice.more", more))
	}
	lines = append(lines, r.flawLines(flaws)...)
	row := []store.Button{button(r.speak, "back", pressWording, wordingHome)}
	if len(changed) > 0 {
		row = append([]store.Button{button(r.speak, "confirm", pressWording, wordingYes, stamp)}, row...)
	}
	return r.replyAbout("", aboutWording, shorten(strings.Join(lines, "\n"), messageLimit), row)
}

// flawLines name what a file has that cannot be said, each with the reason.
func (r *request) flawLines(flaws []*locale.Flaw) []string {
	if len(flaws) == 0 {
		return nil
	}
	lines := []string{r.speak.Count("wording.import_flaws", len(flaws))}
	for _, flaw := range flaws[:min(len(flaws), flawsShown)] {
		lines = append(lines, r.speak.Say("wording.import_line", "Key", flaw.Language+"."+flaw.Key, "Text", r.flawText(flaw)))
	}
	if more := len(flaws) - flawsShown; more > 0 {
		lines = append(lines, r.speak.Count("notice.more", more))
	}
	return lines
}
