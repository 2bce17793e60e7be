package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressClarify asks what the asker is to explain.
func (r *request) pressClarify(number int64, _ pressArguments) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.mayAnswerHere(q); err != nil {
		return err
	}
	if _, err := q.Clarify(r.now); err != nil {
		return err
	}
	if err := r.askWords(q, aboutClarify, q.Number, "question.clarify.ask"); err != nil {
		return err
	}
	return r.toast(r.speak.Say("question.toast.write"))
}

// clarify passes a question about the question on to the asker; the clock stands
// still until the explanation comes.
func (r *request) clarify(q council.Question, text string) error {
	if err := r.mayAnswerHere(q); err != nil {
		return err
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	if err := tooLong(text, council.QuestionLimit, "question_too_long"); err != nil {
		return err
	}
	after, err := q.Clarify(r.now)
	if err != nil {
		return err
	}
	name := ""
	said, err := r.sayToAsker(q, aboutExplain, func(speak speaker) string {
		name, _ = r.addresseeName(speak, q.To) // the sentence is whole without the name
		return speak.Say("question.clarify.asked", "To", name, "Reference", q.Reference().String(), "Text", text)
	}, keptFiles(r.filesToKeep(filesOf(r.message))))
	if err != nil {
		return err
	}
	if !said {
		return council.Refuse("question_asker_gone", "Reference", q.Reference().String())
	}
	if err := r.endQuestionDialog(); err != nil {
		return err
	}
	if err := r.awaitExplanation(q); err != nil {
		return err
	}
	if err := r.keepQuestion(after, council.EventClarified, text); err != nil {
		return err
	}
	if !r.private {
		return nil // the card says so
	}
	return r.reply(r.speak.Say("question.clarify.sent", "Reference", q.Reference().String()))
}

// awaitExplanation takes the asker's next words in private as the explanation,
// unless something else is being asked there.
func (r *request) awaitExplanation(q council.Question) error {
	to, open, err := r.originOf(q)
	if err != nil || !open || !to.where.private {
		return err
	}
	_, err = r.tx.Dialog(to.chatID, q.AskerID)
	if err == nil || notFoundIsNil(err) != nil {
		return err
	}
	return r.tx.SetDialog(store.Dialog{ChatID: to.chatID, MemberID: q.AskerID, Kind: dialogQuestion, Step: aboutExplain, Data: idText(q.Number)}, r.now)
}

// explainQuestion passes the asker's explanation on, and the clock goes on.
func (r *request) explainQuestion(q council.Question) error {
	words, files := strings.TrimSpace(r.text), filesOf(r.message)
	switch {
	case q.AskerID != r.actor.ID && r.aboutAs == cardAsked, words == "" && len(files) == 0:
		return nil
	case q.AskerID != r.actor.ID:
		return r.reply(r.speak.Say("question.toast.only_asker"))
	case q.State != council.QuestionClarifying && r.aboutAs == cardAsked:
		return r.reply(r.speak.Say("question.reply.not_passed_on", "Reference", q.Reference().String()))
	}
	if err := tooLong(words, council.QuestionLimit, "question_too_long"); err != nil {
		return err
	}
	after, err := q.Explain(r.now, r.city.Timing.Calendar)
	if err != nil {
		return err
	}
	places, err := r.addresseePlaces(after.To)
	if err != nil {
		return err
	}
	if len(places) == 0 {
		after = after.Lose()
	}
	if err := r.endQuestionDialog(); err != nil {
		return err
	}
	if err := r.keepQuestion(after, council.EventExplained, words); err != nil {
		return err
	}
	explained := func(speak speaker) string {
		return speak.Say("question.clarify.explained", "Reference", q.Reference().String(), "Text", words)
	}
	if len(places) == 0 {
		return errors.Join(r.askCoordinators(after), r.tellCoordinatorsOfQuestion(after, explained))
	}
	if err := r.sayToAddressee(after, explained, keptFiles(r.filesToKeep(files))); err != nil {
		return err
	}
	if !r.private {
		return nil
	}
	return r.reply(r.speak.Say("question.reply.passed_on", "Reference", q.Reference().String()))
}

// answerQuestionDialog takes words in private that were asked for.
func (r *request) answerQuestionDialog(dialog store.Dialog) error {
	id := pressArguments{dialog.Data}.number(0)
	if dialog.Step == stepAsk {
		return r.answerAsk(id)
	}
	if dialog.Step == aboutRedo {
		draft, err := r.tx.QuestionDraft(id)
		if err != nil {
			return errorsOr(err, r.cancel())
		}
		r.about = council.Reference{Letter: council.QuestionLetter, Number: draft.Number}
		return r.redo(id, r.text, filesOf(r.message))
	}
	r.about, r.aboutAs = council.Reference{Letter: council.QuestionLetter, Number: id}, dialog.Step
	return r.replyToQuestion()
}

// answerAsk takes what is asked, and perhaps of whom.
func (r *request) answerAsk(id int64) error {
	draft, err := r.tx.QuestionDraft(id)
	if err != nil || draft.MemberID != r.actor.ID {
		return errorsOr(err, r.cancel())
	}
	draft.Text, draft.Files = strings.TrimSpace(r.text), append(draft.Files, r.filesToKeep(filesOf(r.message))...)
	if draft.To == (council.Addressee{}) {
		if draft.To, draft.Text, err = r.readAddressee(r.text, r.text, r.entities); err != nil {
			return err
		}
	}
	if err := tooLong(draft.Text, council.QuestionLimit, "question_too_long"); err != nil {
		return err
	}
	draft.Place.MessageID, draft.Album = r.message.ID, r.message.MediaGroupID
	if err := r.tx.SaveQuestionDraft(draft); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	return r.goOnQuestion(draft)
}
