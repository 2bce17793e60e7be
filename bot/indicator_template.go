package bot

import (
	"bytes"
	"context"
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerTemplate stands in the outbox for the empty sheet of indicators.
const makerTemplate = "indicator_template"

// sendTemplate is /indikator templat: a sheet to be filled in.
func (r *request) sendTemplate() error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	payload := store.Payload{Text: r.speak.Say("indicator.template.text"), About: aboutSheet,
		Files: []store.File{{Kind: fileDocument, Maker: makerTemplate, Name: r.speak.Say("indicator.template.file"), Arguments: []string{r.speak.Language}}}}
	if !r.private {
		payload.ReplyTo = r.message.ID
	}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload})
}

// makeTemplate writes the sheet. Argument: the language.
func makeTemplate(_ context.Context, _ *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 1 {
		return nil, errors.New("indicator template: a language is expected")
	}
	var content bytes.Buffer
	err := report.WriteIndicatorTemplate(&content, b.book.In(arguments[0]))
	return content.Bytes(), err
}
