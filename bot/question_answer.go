package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// answerQuestion is /jawab Q-5 kata.
func (r *request) answerQuestion() error {
	number, rest := r.questionNamed()
	if number == 0 {
		return r.askWhichQuestion(questionAnswer)
	}
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if rest = strings.TrimSpace(rest); rest == "" && len(filesOf(r.message)) == 0 {
		return r.askForAnswer(q)
	}
	return r.takeAnswer(q, rest, filesOf(r.message))
}

// pressAnswer asks for the answer.
func (r *request) pressAnswer(number int64, _ pressArguments) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.askForAnswer(q); err != nil {
		return err
	}
	return r.toast(r.speak.Say("question.toast.write"))
}

func (r *request) askForAnswer(q council.Question) error {
	if err := r.mayAnswerHere(q); err != nil {
		return err
	}
	if q.State == council.QuestionClosed {
		return council.Refuse("question_closed", "Reference", q.Reference().String())
	}
	return r.askWords(q, cardQuestion, q.Number, "question.answer.ask")
}

// mayAnswerHere refuses whoever may not answer, and places that have nothing to do
// with the question.
func (r *request) mayAnswerHere(q council.Question) error {
	if _, err := r.mayAnswer(q); err != nil {
		return err
	}
	return r.inPlace(q)
}

// askWords asks for words about a question: in private the next message is taken
// as them; in a group, where others speak too, a reply to this one.
func (r *request) askWords(q council.Question, about string, id int64, key string, details ...any) error {
	details = append(details, "Reference", q.Reference().String(), "Person", greetPerson(r.speak, r.actor.Member))
	payload := store.Payload{Subject: q.Reference().String(), About: about, Text: r.speak.Say(key, details...)}
	if about == aboutRedo {
		payload.About = kindOf(about, id)
	}
	if r.private {
		var err error
		if payload.Buttons, err = r.readyFor(q, key); err != nil {
			return err
		}
		dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogQuestion, Step: about, Data: idText(id)}
		if err := r.tx.SetDialog(dialog, r.now); err != nil {
			return err
		}
	} else {
		payload.ForceReply, payload.ReplyTo = true, r.pressed
		if r.message != nil {
			payload.ReplyTo = r.message.ID
		} else if r.actor.Username != "" {
			payload.Text = "@" + r.actor.Username + " " + payload.Text // whom Telegram asks for the reply
		}
	}
	return r.queueHere(payload)
}

// takeAnswer keeps an answer and shows what would leave.
func (r *request) takeAnswer(q council.Question, text string, files []file) error {
	if err := r.mayAnswerHere(q); err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	switch {
	case q.State == council.QuestionClosed:
		return council.Refuse("question_closed", "Reference", q.Reference().String())
	case text == "" && len(files) == 0:
		return nil // a sticker: nothing that could be an answer
	}
	if word := readReplyWord(text); word == wordUnclear && len(files) == 0 {
		return r.offerClarifying(q)
	}
	if err := tooLong(text, council.AnswerLimit, "answer_too_long"); err != nil {
		return err
	}
	return r.previewAnswer(q, text, r.filesToKeep(files))
}

// previewAnswer keeps an answer that was written and shows what would leave.
func (r *request) previewAnswer(q council.Question, text string, files []store.Attachment) error {
	draft, err := r.tx.CreateQuestionDraft(store.QuestionDraft{
		Kind: draftAnswer, Number: q.Number, MemberID: r.actor.ID, FromGroup: r.group.ID, Album: r.message.MediaGroupID,
		Place: council.Place{ChatID: r.chatID, ThreadID: r.thread, MessageID: r.message.ID}, Text: text, Files: files, WrittenAt: r.written,
	}, r.now)
	if err != nil {
		return err
	}
	if err := r.endQuestionDialog(); err != nil {
		return err
	}
	return r.showDraft(q, draft)
}

// endQuestionDialog ends the asking for words, which have come.
func (r *request) endQuestionDialog() error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogQuestion {
		return notFoundIsNil(err)
	}
	_, err = r.tx.EndDialog(r.chatID, r.actor.ID)
	return err
}

// ownAnswer finds the answer that waits below the pressed button, its question, and whether
// it is recorded on somebody's behalf; false when nothing waits there any more. A refusal
// when the one who presses may not answer.
func (r *request) ownAnswer(id int64) (draft store.QuestionDraft, q council.Question, onBehalf, found bool, err error) {
	if draft, found, err = r.ownDraft(id, draftAnswer); err != nil || !found {
		return draft, q, false, false, err
	}
	if q, err = r.question(draft.Number); err != nil {
		return draft, q, false, false, err
	}
	onBehalf, err = r.mayAnswer(q)
	return draft, q, onBehalf, err == nil, err
}

// pressSend sends an answer, or adds it to the one that was given.
func (r *request) pressSend(id int64, rest pressArguments) error {
	draft, q, onBehalf, found, err := r.ownAnswer(id)
	if err != nil || !found {
		return err
	}
	answer := r.answerOf(q, draft, onBehalf)
	after, err := q.Reply(answer, r.city.Timing.Calendar)
	if rest.text(0) == "1" {
		after, err = q.Add(answer)
	}
	var refusal *council.Refusal
	switch {
	case errors.As(err, &refusal) && q.State != council.QuestionClosed:
		if err := r.showDraft(q, draft); err != nil {
			return err
		}
		return r.alert(r.speak.Say("question.toast.moved_on", "Reference", q.Reference().String()))
	case err != nil:
		return err
	}
	if err := r.sendAnswer(q, after, draft); err != nil {
		return err
	}
	return r.toast(r.speak.Say("question.toast.answered"))
}

// answerOf is the answer as it is kept. What a coordinator records was said by the
// member to whom the question is put; of a group or a position, by none in particular.
func (r *request) answerOf(q council.Question, draft store.QuestionDraft, onBehalf bool) council.Answer {
	answer := council.Answer{MemberID: r.actor.ID, Text: draft.Text, At: r.now}
	if answer.Text == "" {
		answer.Text = r.speak.Say("question.only_files")
	}
	if onBehalf {
		answer.MemberID, answer.RecordedBy = q.To.MemberID, r.actor.ID
	}
	return answer
}

// sendAnswer keeps an answer and brings it to the asker.
func (r *request) sendAnswer(before, q council.Question, draft store.QuestionDraft) error {
	index := len(q.Answers) - 1
	if err := r.keepFiles(answerSubject(q, index), draft.Files); err != nil {
		return err
	}
	if err := r.tx.QuestionDraftSent(draft.ID, draftSent); err != nil {
		return err
	}
	q, err := r.bringAnswer(q, index)
	if err != nil {
		return err
	}
	var detail []string
	if before.Open() {
		detail = []string{council.DetailWorkingDays, idText(int64(q.Took(r.now, r.city.Timing.Calendar))), council.DetailInTime, "false"}
		if q.InTime() {
			detail[3] = "true"
		}
	}
	if err := r.keepQuestion(q, council.EventAnswered, "", detail...); err != nil {
		return err
	}
	to, err := r.askerName(q)
	if err != nil {
		return err
	}
	key := "question.answer.sent"
	if !q.Answers[index].Delivered {
		key = "question.answer.not_delivered"
	}
	return r.showAnswerDraft(draft, r.speak.Say(key, "Reference", q.Reference().String(), "To", to, "Text", draftText(r.speak, draft)))
}

// answerSubject is under which the files of an answer are kept.
func answerSubject(q council.Question, index int) string {
	return q.Reference().String() + "/" + idText(int64(index))
}
