package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// questionShown is how much of a question its card shows in a group; the rest
// opens on a tap.
const questionShown = 240

// questionFace writes the card of a question for those who are to answer it: three
// short lines, then the buttons.
func (r *request) questionFace(q council.Question, where place) (store.Payload, error) {
	payload := store.Payload{Subject: q.Reference().String(), About: cardQuestion}
	holds, err := r.holdsQuestion(q, where)
	if err != nil {
		return payload, err
	}
	head, err := r.questionHead(q, where, holds)
	if err != nil {
		return payload, err
	}
	lines := []string{head}
	persons, err := r.responsible(where.speak, q)
	if err != nil {
		return payload, err
	}
	if persons != "" && q.Open() {
		lines = append(lines, where.speak.Say("question.card.responsible", "Persons", persons))
	}
	standing, err := r.questionStanding(q, where, holds)
	if err != nil {
		return payload, err
	}
	discussed, err := r.meetingsOnCard(q.Reference(), where)
	if err != nil {
		return payload, err
	}
	payload.Text = strings.Join(append(lines, joinParts(standing, discussed)), "\n")
	payload.Buttons, err = r.questionButtons(q, where, holds)
	return payload, err
}

// questionHead says what is asked, and from where. What is corrected after a
// question was passed on is not for those who had it before.
func (r *request) questionHead(q council.Question, where place, holds bool) (string, error) {
	from, err := r.askedFrom(where.speak, q)
	details := []any{"Reference", q.Reference().String(), "From", from, "Text", shorten(plainLine(q.Text), questionShown)}
	if !q.Edited {
		return where.speak.Say("question.card.head", details...), err
	}
	if !holds {
		return where.speak.Say("question.card.head_elsewhere", details...), err
	}
	return where.speak.Say("question.card.head", details...) + " " + where.speak.Say("question.card.edited"), err
}

// questionStanding is where a question stands, in words of domain.md section 14.
func (r *request) questionStanding(q council.Question, where place, holds bool) (string, error) {
	speak := where.speak
	to, err := r.addresseeName(speak, q.To)
	if err != nil {
		return "", err
	}
	details := []any{"Target", speak.Moment(q.Target, r.city.Zone), "To", to, "Took", q.Took(r.now, r.city.Timing.Calendar), "Workdays", q.Workdays}
	switch {
	case !holds && q.Open():
		return speak.Say("question.card.forwarded", details...), nil
	case q.State == council.QuestionSent:
		return speak.Say("question.card.unreached", details...), nil
	case q.State == council.QuestionClosed:
		return speak.Say("question.closed."+string(q.Outcome), append(details, "Reference", q.Reference().String())...), nil
	case q.State == council.QuestionAnswered:
		return r.answeredBy(q, speak)
	case q.State == council.QuestionWaiting && where.private && q.Late(r.now):
		return speak.Say("question.card.late", details...), nil
	}
	return speak.Say("question.card."+string(q.State), details...), nil
}

// answeredBy says who answered.
func (r *request) answeredBy(q council.Question, speak speaker) (string, error) {
	last := q.Answers[len(q.Answers)-1]
	id := last.MemberID
	if id == 0 {
		id = last.RecordedBy
	}
	member, err := r.tx.Member(id)
	if last.RecordedBy != 0 {
		return speak.Say("question.card.recorded", "Person", namePerson(speak, member)), err
	}
	return speak.Say("question.card.answered", "Person", namePerson(speak, member)), err
}

// holdsQuestion tells whether a question is still answered in this place.
func (r *request) holdsQuestion(q council.Question, where place) (bool, error) {
	if !where.private {
		return q.To.GroupID != 0 && where.group.ID == q.To.GroupID, nil
	}
	actor, err := r.tx.Actor(where.person)
	if err != nil {
		return false, err
	}
	as := *r
	as.actor = actor
	_, err = as.mayAnswer(q)
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		return false, nil
	}
	return err == nil, err
}

// questionButtons move a question on from where it stands.
func (r *request) questionButtons(q council.Question, where place, holds bool) ([][]store.Button, error) {
	var rows [][]store.Button
	if q.Open() && holds {
		row := []store.Button{
			button(where.speak, "question_answer", pressQuestion, questionAnswer, q.Number),
			button(where.speak, "question_forward", pressQuestion, questionForward, q.Number),
		}
		if q.State != council.QuestionClarifying {
			row = append(row, button(where.speak, "question_clarify", pressQuestion, questionClarify, q.Number))
		}
		rows = append(rows, row)
	}
	var more []store.Button
	if holds && plainLine(q.Text) != shorten(plainLine(q.Text), questionShown) {
		more = append(more, button(where.speak, "full_text", pressQuestion, questionText, q.Number))
	}
	if !holds {
		undo, err := r.undoQuestionButton(q, where, council.EventForwarded)
		if err != nil {
			return nil, err
		}
		more = append(more, undo...)
	}
	if len(more) > 0 {
		rows = append(rows, more)
	}
	return rows, nil
}

// refreshQuestion brings everything up to date that stands in chats about a
// question. What a chat has lost, as when it became a supergroup, is sent afresh
// only where the question is to be answered.
func (r *request) refreshQuestion(q council.Question) error {
	cards, err := r.tx.Cards(q.Reference().String())
	if err != nil {
		return err
	}
	for _, card := range cards {
		if err := r.refreshQuestionCard(q, card); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) refreshQuestionCard(q council.Question, card store.Card) error {
	kind, index := splitKind(card.Kind)
	if kind == cardDraft || card.MessageID == 0 && kind != cardQuestion {
		return nil
	}
	where, err := r.placeOf(card)
	if errors.Is(err, store.ErrNotFound) {
		return nil // its group is no longer linked
	}
	if err != nil {
		return err
	}
	var payload store.Payload
	switch kind {
	case cardQuestion:
		holds, found := r.holdsQuestion(q, where)
		if found != nil || card.MessageID == 0 && !holds {
			return found
		}
		payload, err = r.questionFace(q, where)
	case cardAsked:
		payload, err = r.receiptFace(q, where)
	case cardAnswer:
		payload, err = r.answerFace(q, int(index), where)
	}
	if err != nil {
		return err
	}
	payload.EditOnly = kind != cardQuestion
	return r.queueQuestionCard(payload.Subject, card.Kind, council.Place{ChatID: card.ChatID, ThreadID: card.ThreadID}, payload)
}

// pressQuestionCard shows a question as it stands: where its card is, or as a new
// message.
func (r *request) pressQuestionCard(number int64, _ pressArguments) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.maySee(q); err != nil {
		return err
	}
	card, onCard, err := r.pressedCard(q)
	if err != nil {
		return err
	}
	if onCard {
		return errors.Join(r.refreshQuestionCard(q, card), r.toast(""))
	}
	return errors.Join(r.showQuestion(q), r.toast(""))
}

// pressedCard is the card that was pressed, if it is one of the question.
func (r *request) pressedCard(q council.Question) (card store.Card, onCard bool, err error) {
	card, err = r.tx.CardAt(r.chatID, r.pressed)
	return card, card.Subject == q.Reference().String(), notFoundIsNil(err)
}

// pressQuestionText opens the whole text of a question.
func (r *request) pressQuestionText(number int64, _ pressArguments) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.maySee(q); err != nil {
		return err
	}
	if err := r.edit(q.Reference().String()+" · "+q.Text, []store.Button{button(r.speak, "back", pressQuestion, questionCard, q.Number)}); err != nil {
		return err
	}
	return r.toast("")
}
