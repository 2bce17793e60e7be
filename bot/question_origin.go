package bot

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// originOf is where the asker hears about a question: under the message that asked
// it; when that group is linked no more or the bot is not in it, in the asker's
// private chat. Nowhere else, and open is false when there is no such place.
func (r *request) originOf(q council.Question) (to destination, open bool, err error) {
	if q.FromGroup != 0 {
		group, err := r.tx.Group(q.FromGroup)
		if notFoundIsNil(err) != nil {
			return to, false, err
		}
		if err == nil && group.Reachable && group.ChatID == q.Origin.ChatID {
			to = r.groupPlace(group)
			to.thread, to.replyTo = q.Origin.ThreadID, q.Origin.MessageID
			return to, true, nil
		}
	}
	asker, err := r.tx.Member(q.AskerID)
	if err != nil {
		return to, false, notFoundIsNil(err)
	}
	to, _ = r.privateOf(asker)
	open = asker.Answered() // an answer comes also to who has handed everything over
	if q.Origin.ChatID == to.chatID {
		to.replyTo = q.Origin.MessageID
	}
	return to, open, nil
}

// sayToAsker says something about a question where it was asked; said is false
// when the asker cannot be reached.
func (r *request) sayToAsker(q council.Question, about string, write func(speak speaker) string, files []store.File) (said bool, err error) {
	to, open, err := r.originOf(q)
	if err != nil || !open {
		return false, err
	}
	return true, queueWithFiles(r.tx, store.Outgoing{
		ChatID: to.chatID, ThreadID: to.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: write(to.where.speak), Files: files, ReplyTo: to.replyTo, Subject: q.Reference().String(), About: about},
	})
}

// sayToAddressee says something about a question where it is to be answered, as a
// reply to its card.
func (r *request) sayToAddressee(q council.Question, write func(speak speaker) string, files []store.File) error {
	places, err := r.addresseePlaces(q.To)
	if err != nil {
		return err
	}
	for _, to := range places {
		card, err := r.tx.Card(q.Reference().String(), cardQuestion, to.chatID, to.thread)
		if err != nil {
			return err
		}
		if err := queueWithFiles(r.tx, store.Outgoing{
			ChatID: to.chatID, ThreadID: to.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
			Payload: store.Payload{Text: write(to.where.speak), Files: files, ReplyTo: card.MessageID, Subject: q.Reference().String(), About: cardQuestion},
		}); err != nil {
			return err
		}
	}
	return nil
}

// tellCoordinatorsOfQuestion tells every coordinator something about a question, in private.
func (r *request) tellCoordinatorsOfQuestion(q council.Question, write func(speak speaker) string) error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if member.ID == q.AskerID || member.ID == r.actor.ID {
			continue
		}
		speak := r.speaker(member)
		row := []store.Button{button(speak, "question_see", pressQuestion, questionCard, q.Number)}
		if _, err := r.tell(member, q.Reference().String(), cardQuestion, write(speak), row); err != nil {
			return err
		}
	}
	return nil
}

// queueHere sends a message to the place of the request.
func (r *request) queueHere(payload store.Payload) error {
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload,
	}, time.Now())
}

// bringAnswer brings an answer to where the question was asked. While the asker
// cannot be reached it is kept, and the coordinators are told.
func (r *request) bringAnswer(q council.Question, index int) (council.Question, error) {
	to, open, err := r.originOf(q)
	if err != nil {
		return q, err
	}
	q.Answers[index].Delivered = open
	if !open {
		return q, r.tellNotDelivered(q, index)
	}
	payload, err := r.answerFace(q, index, to.where)
	if err != nil {
		return q, err
	}
	files, err := r.tx.Attachments(answerSubject(q, index))
	if err != nil {
		return q, err
	}
	payload.Files, payload.ReplyTo = keptFiles(files), to.replyTo
	card, err := r.tx.Card(q.Reference().String(), kindOf(cardAnswer, int64(index)), to.chatID, to.thread)
	if err != nil {
		return q, err
	}
	return q, queueWithFiles(r.tx, store.Outgoing{
		ChatID: to.chatID, ThreadID: to.thread, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, Payload: payload,
	})
}

// tellNotDelivered tells every coordinator, once for each answer, that the asker
// cannot be reached with it.
func (r *request) tellNotDelivered(q council.Question, index int) error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		to, open := r.privateOf(member)
		if !open || member.ID == q.AskerID || member.ID == r.actor.ID {
			continue
		}
		reference := q.Reference().String()
		row := []store.Button{button(to.where.speak, "question_see", pressQuestion, questionCard, q.Number)}
		if err := r.tx.Queue(store.Outgoing{
			ChatID: to.chatID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
			UniqueKey: "not delivered:" + answerSubject(q, index) + ":" + idText(member.ID),
			Payload: store.Payload{Text: to.where.speak.Say("question.notice.not_delivered", "Reference", reference), Buttons: [][]store.Button{row},
				Subject: reference, About: cardQuestion},
		}, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// answerFace writes an answer for the asker. Below the last one the asker says
// whether it answers the question.
func (r *request) answerFace(q council.Question, index int, where place) (store.Payload, error) {
	payload := store.Payload{Subject: q.Reference().String(), About: kindOf(cardAnswer, int64(index))}
	if index >= len(q.Answers) {
		return payload, nil
	}
	name, err := r.addresseeName(where.speak, q.To)
	if err != nil {
		return payload, err
	}
	key := "question.answer.arrived"
	if q.Added(index) {
		key = "question.answer.arrived_more"
	}
	payload.Text = where.speak.Say(key, "To", name, "Reference", q.Reference().String(), "Text", q.Answers[index].Text)
	if index < len(q.Answers)-1 {
		return payload, nil // a later one has the buttons
	}
	answers, err := r.answersButton(where.speak, q)
	if err != nil {
		return payload, err
	}
	switch q.State {
	case council.QuestionAnswered:
		payload.Buttons = [][]store.Button{append(verdictRow(where.speak, q), answers...)}
		return payload, nil
	case council.QuestionClosed:
		payload.Text += "\n" + where.speak.Say("question.verdict."+string(q.Outcome), "Reference", q.Reference().String())
	default:
		payload.Text += "\n" + where.speak.Say("question.verdict.reopened", "Reference", q.Reference().String(), "Target", where.speak.Moment(q.Target, r.city.Zone))
	}
	undo, err := r.undoQuestionButton(q, where, council.EventClosed)
	if row := append(undo, answers...); err == nil && len(row) > 0 {
		payload.Buttons = [][]store.Button{row}
	}
	return payload, err
}

// receiptFace writes what the asker was told when asking.
func (r *request) receiptFace(q council.Question, where place) (store.Payload, error) {
	payload := store.Payload{Subject: q.Reference().String(), About: cardAsked}
	name, err := r.addresseeName(where.speak, q.To)
	if err != nil {
		return payload, err
	}
	details := []any{"Reference", q.Reference().String(), "To", name, "Target", where.speak.Moment(q.Target, r.city.Zone), "Workdays", q.Workdays}
	switch {
	case q.Open():
		payload.Text = where.speak.Say("question.receipt.sent", details...)
		if q.State == council.QuestionSent {
			payload.Text += "\n" + where.speak.Say("question.receipt.unreached", details...)
		}
		payload.Buttons = [][]store.Button{{button(where.speak, "cancel", pressQuestion, questionWithdraw, q.Number)}}
	case q.Outcome == council.OutcomeWithdrawn:
		payload.Text = where.speak.Say("question.receipt.withdrawn", details...)
		undo, err := r.undoQuestionButton(q, where, council.EventWithdrawn)
		if err == nil && len(undo) > 0 {
			payload.Buttons = [][]store.Button{undo}
		}
		return payload, err
	default:
		payload.Text = where.speak.Say("question.receipt.answered", details...)
	}
	return payload, nil
}
