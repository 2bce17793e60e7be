package bot

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
)

// correctQuestion takes the edited message that asked a question: whoever has the
// question sees the new text.
func (r *request) correctQuestion(message *models.Message) error {
	edited, err := r.readQuestion(message)
	if err != nil {
		return err
	}
	draft, err := r.tx.QuestionDraftAt(r.chatID, message.ID)
	if err == nil && draft.Kind == draftQuestion && draft.MemberID == r.actor.ID {
		draft.Text, draft.To = edited.Text, edited.To
		if err := r.tx.SaveQuestionDraft(draft); err != nil {
			return err
		}
		return r.goOnQuestion(draft)
	}
	if notFoundIsNil(err) != nil {
		return err
	}
	q, err := r.tx.QuestionAt(r.chatID, message.ID)
	if err != nil || q.AskerID != r.actor.ID || edited.Text == q.Text || strings.TrimSpace(edited.Text) == "" {
		return notFoundIsNil(err)
	}
	after, err := q.Reword(edited.Text)
	if err != nil {
		return err
	}
	if err := r.keepQuestion(after, council.EventCorrected, ""); err != nil {
		return err
	}
	if edited.To != (council.Addressee{}) && edited.To != q.To {
		return council.Refuse("question_stays", "Reference", q.Reference().String())
	}
	return nil
}

// correctAnswer takes an edited message that holds an answer, or words that were
// asked for, as long as the answer has not left.
func (r *request) correctAnswer(message *models.Message) error {
	draft, err := r.tx.QuestionDraftAt(r.chatID, message.ID)
	switch {
	case err != nil || draft.MemberID != r.actor.ID:
		return notFoundIsNil(err)
	case draft.Kind == draftSent:
		reference := draftReference(draft)
		return r.reply(r.speak.Say("question.answer.has_left", "Reference", reference))
	case draft.Kind != draftAnswer:
		return nil
	}
	text := strings.TrimSpace(r.text)
	if word, _, rest, isCommand := splitCommand(r.text, r.entities); isCommand && r.words[foldCommand(word)].name == "answer" {
		r.text = rest
		_, text = r.questionNamed()
		text = strings.TrimSpace(text)
	}
	if err := tooLong(text, council.AnswerLimit, "answer_too_long"); err != nil || text == "" {
		return err
	}
	q, err := r.question(draft.Number)
	if err != nil {
		return err
	}
	draft.Text = text
	if err := r.tx.SaveQuestionDraft(draft); err != nil {
		return err
	}
	return r.showDraft(q, draft)
}
