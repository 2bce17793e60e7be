package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// undoQuestionButton is [Urungkan] below a message, while the last change of the
// question can be undone and was of this kind.
func (r *request) undoQuestionButton(q council.Question, where place, kind council.EventKind) ([]store.Button, error) {
	var before council.Question
	undo, err := r.tx.LastUndo(q.Reference().String(), &before)
	if err != nil || undo.Version != q.Version || r.now.Sub(undo.ChangedAt) > undoTime || changeOf(before, q) != kind {
		return nil, notFoundIsNil(err)
	}
	if where.private && where.person.ID != undo.MemberID {
		return nil, nil
	}
	return []store.Button{button(where.speak, "undo", pressQuestion, questionUndo, q.Number, q.Version)}, nil
}

// changeOf tells what made one question of another.
func changeOf(before, after council.Question) council.EventKind {
	switch {
	case before.Number == 0:
		return council.EventAsked
	case before.To != after.To:
		return council.EventForwarded
	case after.Outcome == council.OutcomeWithdrawn:
		return council.EventWithdrawn
	}
	return council.EventClosed // or opened again
}

func (r *request) questionUndoRow(q council.Question) []store.Button {
	return []store.Button{button(r.speak, "undo", pressQuestion, questionUndo, q.Number, q.Version)}
}

// pressQuestionUndo undoes the change that the button stands beside.
func (r *request) pressQuestionUndo(number int64, rest pressArguments) error {
	q, err := r.undoQuestion(number, rest.number(0))
	if err != nil {
		return err
	}
	return r.confirmOnPress(q, r.speak.Say("question.toast.undone", "Reference", q.Reference().String()))
}

// undoLastQuestion is /urungkan for a question.
func (r *request) undoLastQuestion(number int64) error {
	q, err := r.undoQuestion(number, 0)
	if err != nil {
		return err
	}
	return r.reply(r.speak.Say("question.toast.undone", "Reference", q.Reference().String()))
}

// undoQuestion puts a question back to where it was before its last change, when
// that was the person's own, within ten minutes, and nothing has happened since.
// To undo the asking is to withdraw it.
func (r *request) undoQuestion(number, version int64) (council.Question, error) {
	q, err := r.question(number)
	if err != nil {
		return q, err
	}
	reference := q.Reference().String()
	var before council.Question
	undo, err := r.lastUndo(reference, &before)
	switch {
	case err != nil:
		return q, err
	case undo.MemberID != r.actor.ID:
		return q, council.Refuse("nothing_to_undo")
	case undo.Version != q.Version || version != 0 && version != undo.Version:
		return q, council.Refuse("undo_changed_since", "Reference", reference)
	}
	if before.Number == 0 {
		return q, r.withdrawQuestion(q)
	}
	before.Version, before.Answers = q.Version+1, q.Answers // one may have reached the asker since
	places, err := r.addresseePlaces(before.To)
	if err != nil {
		return q, err
	}
	if len(places) == 0 {
		before = before.Lose()
	}
	if err := r.tx.ForgetUndo(reference); err != nil {
		return q, err
	}
	if err := r.keepQuestion(before, council.EventUndone, ""); err != nil {
		return q, err
	}
	return before, r.tellQuestionUndone(q, before)
}

// tellQuestionUndone tells of the undoing whoever was told of the change.
func (r *request) tellQuestionUndone(changed, q council.Question) error {
	told := func(speak speaker) string {
		return speak.Say("question.notice.undone", "Reference", q.Reference().String(), "State", r.questionState(speak, q))
	}
	switch changeOf(q, changed) {
	case council.EventForwarded:
		return r.tellAskerWhere(q) // the cards have said it to the others
	case council.EventClosed:
		return r.sayToAddressee(q, told, nil)
	}
	return nil
}

// questionState is the word for where a question stands.
func (r *request) questionState(speak speaker, q council.Question) string {
	return speak.Say("question.state." + string(q.State))
}
