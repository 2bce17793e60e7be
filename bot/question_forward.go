package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// forwardQuestion is /teruskan Q-5 Pokja Lingkungan.
func (r *request) forwardQuestion() error {
	number, rest := r.questionNamed()
	if number == 0 {
		return r.askWhichQuestion(questionForward)
	}
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.mayForward(q); err != nil {
		return err
	}
	to, err := r.forwardedTo(rest)
	if err != nil {
		return err
	}
	if to == (council.Addressee{}) {
		text, rows, err := r.forwardChoices(q)
		if err != nil {
			return err
		}
		return r.reply(text, rows...)
	}
	after, err := r.forward(q, to)
	if err != nil {
		return err
	}
	text, err := r.forwardedText(after)
	if err != nil {
		return err
	}
	return r.replyAbout(after.Reference().String(), cardQuestion, text, r.questionUndoRow(after))
}

// forwardedTo reads to whom a command passes a question on: whom its words name or,
// where it has none, who wrote the message that it answers; nobody where neither is so.
func (r *request) forwardedTo(words string) (council.Addressee, error) {
	full, entities := body(r.message)
	to, _, err := r.readAddressee(words, full, entities)
	reply := r.message.ReplyToMessage
	if err != nil || to != (council.Addressee{}) || strings.TrimSpace(words) != "" || reply == nil || reply.From == nil || reply.From.IsBot {
		return to, err
	}
	member, err := r.known(reply.From)
	return council.Addressee{MemberID: member.ID}, err
}

// mayForward refuses whoever may not pass a question on, and one that nobody needs
// to answer any more.
func (r *request) mayForward(q council.Question) error {
	if err := r.mayAnswerHere(q); err != nil {
		return err
	}
	_, err := q.Forward(council.Addressee{}, true)
	return err
}

// forwardChoices asks to whom a question is passed on.
func (r *request) forwardChoices(q council.Question) (string, [][]store.Button, error) {
	groups, err := r.askable("", "")
	if err != nil {
		return "", nil, err
	}
	var others []council.Group
	for _, group := range groups {
		if group.ID != q.To.GroupID {
			others = append(others, group)
		}
	}
	rows := r.groupRows(others, func(id int64) string { return data(pressQuestion, questionGoTo, q.Number, "g", id) })
	positions, err := r.tx.Positions()
	if err != nil {
		return "", nil, err
	}
	for _, position := range positions[:min(len(positions), peopleOffered)] {
		if position.Kind.Leads() && position.ID != q.To.PositionID {
			name := r.officeName(r.tx, r.speak, position, council.Holding{})
			rows = append(rows, []store.Button{{Text: name, Data: data(pressQuestion, questionGoTo, q.Number, "p", position.ID)}})
		}
	}
	rows = append(rows, []store.Button{button(r.speak, "back", pressQuestion, questionCard, q.Number)})
	return r.speak.Say("question.forward.whom", "Reference", q.Reference().String()), rows, nil
}

// pressForward asks, in the place of the card, to whom a question is passed on.
func (r *request) pressForward(number int64, _ pressArguments) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.mayForward(q); err != nil {
		return err
	}
	text, rows, err := r.forwardChoices(q)
	if err != nil {
		return err
	}
	_, onCard, err := r.pressedCard(q)
	switch {
	case err != nil:
		return err
	case onCard:
		err = r.edit(text, rows...)
	default:
		err = r.replyAbout(q.Reference().String(), cardQuestion, text, rows...)
	}
	if err != nil {
		return err
	}
	return r.toast("")
}

// pressGoTo passes a question on to the one who was chosen.
func (r *request) pressGoTo(number int64, rest pressArguments) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.mayForward(q); err != nil {
		return err
	}
	to, known, err := r.addresseeIn(rest)
	if err != nil {
		return err
	}
	if !known {
		return r.stale()
	}
	after, err := r.forward(q, to)
	if err != nil {
		return err
	}
	text, err := r.forwardedText(after)
	if err != nil {
		return err
	}
	return r.confirmOnPress(after, text, r.questionUndoRow(after))
}

// confirmOnPress says what a press has done to a question: its card says so itself,
// any other message gives way to the words.
func (r *request) confirmOnPress(q council.Question, text string, rows ...[]store.Button) error {
	_, onCard, err := r.pressedCard(q)
	if err != nil {
		return err
	}
	if !onCard {
		if err := r.edit(text, rows...); err != nil {
			return err
		}
	}
	return r.toast(text)
}

func (r *request) forwardedText(q council.Question) (string, error) {
	name, err := r.addresseeName(r.speak, q.To)
	return r.speak.Say("question.forward.done", "Reference", q.Reference().String(), "To", name), err
}

// forward passes a question on: it gets a card where it goes, the old card says
// where it went, and the asker is told.
func (r *request) forward(q council.Question, to council.Addressee) (council.Question, error) {
	places, err := r.addresseePlaces(to)
	if err != nil {
		return q, err
	}
	after, err := q.Forward(to, len(places) > 0)
	if err != nil {
		return q, err
	}
	if err := r.canUndo(q, after); err != nil {
		return q, err
	}
	if err := r.keepQuestion(after, council.EventForwarded, ""); err != nil {
		return q, err
	}
	if err := r.bringQuestion(after, places); err != nil {
		return q, err
	}
	return after, r.tellAskerWhere(after)
}

// tellAskerWhere tells the asker who is to answer now.
func (r *request) tellAskerWhere(q council.Question) error {
	var failed error
	_, err := r.sayToAsker(q, cardAsked, func(speak speaker) string {
		var name string
		name, failed = r.addresseeName(speak, q.To)
		return speak.Say("question.forward.told", "Reference", q.Reference().String(), "To", name)
	}, nil)
	return errors.Join(err, failed)
}
