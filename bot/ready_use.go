package bot

import (
	"encoding/json"
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// pressReady answers the buttons of the ready answers, in private.
func (r *request) pressReady(arguments pressArguments) error {
	if !r.private {
		return r.stale()
	}
	switch arguments.text(0) {
	case readyFor:
		return r.offerReady(arguments.number(1))
	case readyTake:
		return r.takeReady(arguments.number(1), arguments.number(2))
	}
	if err := r.may(council.ActionSettings, council.Scope{}); err != nil {
		return err
	}
	switch arguments.text(0) {
	case readyList:
		return r.answerByMessage(r.showReadyAnswers())
	case readySee:
		return r.answerByMessage(r.showReadyAnswer(arguments.number(1)))
	case readyNew:
		return r.answerByMessage(r.askReady(stepReadyName, store.ReadyAnswer{}, ""))
	case readyChange:
		return r.answerByMessage(r.askReadyAgain(arguments.number(1)))
	case readyYes:
		return r.keepReady(arguments.text(1))
	case readyDrop:
		return r.dropReady(arguments.number(1))
	case readyUndo:
		return r.pressUndoReady(arguments.number(1))
	}
	return r.stale()
}

// askReadyAgain asks for the words of an answer anew: of one that is kept, or of the one
// that the preview shows.
func (r *request) askReadyAgain(number int64) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	var answer store.ReadyAnswer
	if dialog.Kind == dialogReady && dialog.Step == stepReadyPreview {
		err = json.Unmarshal([]byte(dialog.Data), &answer)
	}
	if err == nil && answer.Words != "" && answer.Number == number {
		return r.askReady(stepReadyWords, answer, locale.Simple(answer.Words))
	}
	if answer, err = r.tx.ReadyAnswer(number); err != nil {
		return errorsOr(err, r.showReadyAnswers())
	}
	return r.askReady(stepReadyWords, answer, locale.Simple(answer.Words))
}

func (r *request) pressUndoReady(version int64) error {
	if version == 0 {
		return r.stale()
	}
	if err := r.undoSetting(readySetting(), version); err != nil {
		return err
	}
	if err := r.showReadyAnswers(); err != nil {
		return err
	}
	return r.toast(r.speak.Say("settings.undone"))
}

// readyFor is the button below the asking for an answer in private, where there are
// answers that are kept ready; none below what asks
// for other words.
func (r *request) readyFor(q council.Question, key string) ([][]store.Button, error) {
	if key != "question.answer.ask" {
		return nil, nil
	}
	answers, err := r.tx.ReadyAnswers()
	if err != nil || len(answers) == 0 {
		return nil, err
	}
	return [][]store.Button{{button(r.speak, "ready", pressReady, readyFor, q.Number)}}, nil
}

// offerReady lists the ready answers for a question, in the place of what asks for it.
func (r *request) offerReady(number int64) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.mayAnswerHere(q); err != nil {
		return err
	}
	answers, err := r.tx.ReadyAnswers()
	if err != nil {
		return err
	}
	if len(answers) == 0 {
		return r.stale()
	}
	var choices []store.Button
	for _, answer := range answers {
		choices = append(choices, store.Button{Text: answer.Name, Data: data(pressReady, readyTake, q.Number, answer.Number)})
	}
	return r.answerByMessage(r.edit(r.speak.Say("ready.which", "Reference", q.Reference().String()), slices.Collect(slices.Chunk(choices, 2))...))
}

// takeReady fills a ready answer in and shows what would leave, to be confirmed as if
// it had been written.
func (r *request) takeReady(number, ready int64) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.mayAnswerHere(q); err != nil {
		return err
	}
	if q.State == council.QuestionClosed {
		return council.Refuse("question_closed", "Reference", q.Reference().String())
	}
	answer, err := r.tx.ReadyAnswer(ready)
	if err != nil {
		return errorsOr(err, r.stale())
	}
	draft, err := r.tx.CreateQuestionDraft(store.QuestionDraft{Kind: draftAnswer, Number: q.Number, MemberID: r.actor.ID, FromGroup: r.group.ID,
		Place: council.Place{ChatID: r.chatID, ThreadID: r.thread}, Text: r.filledReady(q, answer), WrittenAt: r.written}, r.now)
	if err != nil {
		return err
	}
	if err := r.endQuestionDialog(); err != nil {
		return err
	}
	return r.answerByMessage(r.showDraft(q, draft))
}

// filledReady writes a ready answer for a question, no longer than an answer may be.
func (r *request) filledReady(q council.Question, answer store.ReadyAnswer) string {
	read, flaw := locale.ReadText(answer.Words, readyValues)
	if flaw != nil { // it was kept before these words came to be forbidden
		return answer.Words
	}
	text := read.Fill("Reference", q.Reference().String(), "Question", shorten(plainLine(q.Text), cardTitleLimit), "City", r.city.Name, "Day", r.speak.Day(r.now.In(r.city.Zone)))
	return shorten(text, council.AnswerLimit)
}
