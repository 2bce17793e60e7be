package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// showDraft shows an answer before it leaves; to whoever was not the first, the
// answer that was given.
func (r *request) showDraft(q council.Question, draft store.QuestionDraft) error {
	onBehalf, err := r.mayAnswer(q)
	if err != nil {
		return err
	}
	target, err := r.askerName(q)
	if err != nil {
		return err
	}
	name, err := r.addresseeName(r.speak, q.To)
	if err != nil {
		return err
	}
	details := []any{"Reference", q.Reference().String(), "To", target, "Name", name, "Text", draftText(r.speak, draft)}
	key, rows := "question.answer.preview", [][]store.Button{{
		button(r.speak, "question_send", pressQuestion, questionSend, draft.ID),
		button(r.speak, "question_change", pressQuestion, questionChange, draft.ID),
	}}
	switch {
	case q.State == council.QuestionAnswered:
		key, rows = "question.answer.second", [][]store.Button{{
			button(r.speak, "question_add", pressQuestion, questionSend, draft.ID, 1),
			button(r.speak, "question_leave", pressQuestion, questionLeave, draft.ID),
		}}
		by, err := r.answeredBy(q, r.speak)
		if err != nil {
			return err
		}
		details = append(details, "By", by, "First", shorten(q.Answers[len(q.Answers)-1].Text, textLimit/4))
	case onBehalf:
		key = "question.answer.preview_behalf"
	}
	text := r.speak.Say(key, details...)
	if q.State != council.QuestionAnswered {
		offer, row, err := r.offerInvitation(q, draft, onBehalf)
		if err != nil {
			return err
		}
		if row != nil {
			text, rows = text+"\n"+offer, [][]store.Button{row}
		}
	}
	return r.showAnswerDraft(draft, text, rows...)
}

// askerName is where an answer goes, as the one who answers reads it.
func (r *request) askerName(q council.Question) (string, error) {
	if q.FromGroup != 0 {
		return r.fromName(r.speak, q.FromGroup)
	}
	return r.askedFrom(r.speak, q)
}

func draftText(speak speaker, draft store.QuestionDraft) string {
	text := shorten(draft.Text, textLimit-textLimit/4)
	if len(draft.Files) > 0 {
		text = strings.TrimSpace(text + "\n" + speak.Count("question.files", len(draft.Files)))
	}
	return text
}

// showAnswerDraft shows what stands in the place of an answer's preview.
func (r *request) showAnswerDraft(draft store.QuestionDraft, text string, rows ...[]store.Button) error {
	return r.queueQuestionCard(draftReference(draft), kindOf(cardDraft, draft.ID), draft.Place, store.Payload{
		Text: text, Buttons: rows, ReplyTo: r.replyIn(draft.Place),
	})
}

// pressLeaveBe lets the first answer be.
func (r *request) pressLeaveBe(id int64, _ pressArguments) error {
	draft, found, err := r.ownDraft(id, draftAnswer)
	if err != nil || !found {
		return err
	}
	if err := r.tx.DropQuestionDraft(draft.ID); err != nil {
		return err
	}
	if err := r.showAnswerDraft(draft, r.speak.Say("question.answer.left", "Reference", draftReference(draft), "Text", draftText(r.speak, draft))); err != nil {
		return err
	}
	return r.toast("")
}

// pressChange asks for an answer anew.
func (r *request) pressChange(id int64, _ pressArguments) error {
	draft, found, err := r.ownDraft(id, draftAnswer)
	if err != nil || !found {
		return err
	}
	q, err := r.question(draft.Number)
	if err != nil {
		return err
	}
	if err := r.askWords(q, aboutRedo, draft.ID, "question.answer.again"); err != nil {
		return err
	}
	return r.toast(r.speak.Say("question.toast.write"))
}

// redo takes an answer anew, in the place of what was written before.
func (r *request) redo(id int64, text string, files []file) error {
	q, err := r.question(r.about.Number)
	if err != nil {
		return err
	}
	draft, err := r.tx.QuestionDraft(id)
	switch {
	case notFoundIsNil(err) != nil:
		return err
	case err == nil && draft.MemberID != r.actor.ID:
		return r.reply(r.speak.Say("question.toast.not_writer"))
	case err != nil || draft.Kind != draftAnswer:
		return r.takeAnswer(q, text, files) // it has left: this is another one
	}
	if text = strings.TrimSpace(text); text == "" {
		text = draft.Text
	}
	if err := tooLong(text, council.AnswerLimit, "answer_too_long"); err != nil {
		return err
	}
	if err := r.tx.DropQuestionDraft(draft.ID); err != nil {
		return err
	}
	if err := r.showAnswerDraft(draft, r.speak.Say("question.answer.replaced", "Reference", q.Reference().String())); err != nil {
		return err
	}
	return r.previewAnswer(q, text, append(draft.Files, r.filesToKeep(files)...))
}
