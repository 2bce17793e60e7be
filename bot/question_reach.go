package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// settleQuestions is called when somebody can be reached who could not be before,
// or the other way round: what waited is brought, what hangs in the air is given to
// the coordinators, and answers go out that had nowhere to go.
func (r *request) settleQuestions() error {
	open, err := r.tx.Questions(store.QuestionFilter{OpenOnly: true}, 0, -1)
	if err != nil {
		return err
	}
	for _, q := range open {
		if err := r.settleQuestion(q); err != nil {
			return err
		}
	}
	unheard, err := r.tx.Questions(store.QuestionFilter{Unheard: true}, 0, -1)
	if err != nil {
		return err
	}
	for _, q := range unheard {
		if err := r.bringUnheard(q); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) settleQuestion(q council.Question) error {
	moved, err := r.followGroup(q)
	if err != nil {
		return err
	}
	places, err := r.addresseePlaces(moved.To)
	if err != nil {
		return err
	}
	after := moved.Lose()
	if len(places) > 0 {
		after = moved.Reach()
	}
	if after.Version == q.Version && after.To == q.To {
		return nil
	}
	if err := r.tx.SaveQuestion(after); err != nil {
		return err
	}
	if err := r.planQuestion(after); err != nil {
		return err
	}
	if err := r.refreshQuestion(after); err != nil {
		return err
	}
	return r.bringQuestion(after, places)
}

// followGroup puts a question to the group that has taken the place of one which is
// linked no more: the same council or working group, linked anew elsewhere.
func (r *request) followGroup(q council.Question) (council.Question, error) {
	if q.To.GroupID == 0 {
		return q, nil
	}
	if group, err := r.tx.Group(q.To.GroupID); err == nil && group.Reachable || notFoundIsNil(err) != nil {
		return q, err
	}
	former, err := r.tx.FormerGroup(q.To.GroupID)
	if err != nil {
		return q, notFoundIsNil(err)
	}
	groups, err := r.askable(former.Kind, former.Dimension)
	if err != nil {
		return q, err
	}
	for _, group := range groups {
		if group.Reachable && group.ID != q.To.GroupID {
			q.To = council.Addressee{GroupID: group.ID}
			q.Version++
			return q, nil
		}
	}
	return q, nil
}

// bringUnheard brings the answers of a question that had nowhere to go.
func (r *request) bringUnheard(q council.Question) error {
	var err error
	for i, answer := range q.Answers {
		if answer.Delivered {
			continue
		}
		if q, err = r.bringAnswer(q, i); err != nil {
			return err
		}
	}
	return r.tx.SaveQuestion(q)
}

// questionsLost is told that a chat cannot be reached any more, before what waits
// for it is dropped: answers that have not left are kept for later, or go where
// the asker can still be reached.
func (b *Bot) questionsLost(tx *store.Tx, chatID int64) error {
	waiting, err := tx.Unheard(chatID, cardAnswer)
	if err != nil {
		return err
	}
	for _, payload := range waiting {
		if err := b.answerLost(tx, payload); err != nil {
			return err
		}
	}
	return nil
}

// answerLost marks the answer that a message was to bring as not delivered.
func (b *Bot) answerLost(tx *store.Tx, payload store.Payload) error {
	reference, ok := council.ParseReference(payload.Subject)
	if !ok {
		return nil
	}
	q, err := tx.Question(reference.Number)
	_, index := splitKind(payload.About)
	if err != nil || index >= int64(len(q.Answers)) {
		return notFoundIsNil(err)
	}
	q.Answers[index].Delivered = false
	return tx.SaveQuestion(q)
}

// settleQuestionsIn settles questions in a transaction that answers nobody.
func (b *Bot) settleQuestionsIn(tx *store.Tx) error {
	r, err := b.unasked(tx)
	if err != nil {
		return err
	}
	return r.settleQuestions()
}

// undeliveredAfter is told that a message was refused for good: an answer among
// them is kept for later.
func (b *Bot) undeliveredAfter(tx *store.Tx, out store.Outgoing) error {
	if kind, _ := splitKind(out.Payload.About); kind != cardAnswer || out.Payload.EditOnly {
		return nil
	}
	if err := b.answerLost(tx, out.Payload); err != nil {
		return err
	}
	return b.settleQuestionsIn(tx)
}
