package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressQuestion stands in every button about a question; what it does is the
// word behind it: data(pressQuestion, "answer", number). These words stand inside
// buttons that live as long as their messages: they are added to, never changed.
const pressQuestion = "q"

// What is done with a question by button; the number of the question follows.
const (
	questionAnswer  = "answer"  // [Jawab]
	questionForward = "forward" // [Teruskan]
	questionClarify = "clarify" // [Minta penjelasan]
	questionCard    = "card"    // shows the question as it stands
)

// pressQuestion answers a press on a message about a question.
func (r *request) pressQuestion(arguments pressArguments) error {
	press, known := questionPresses()[arguments.text(0)]
	if !known || len(arguments) < 2 {
		return r.stale()
	}
	return press(r, arguments.number(1), arguments[2:])
}

// questionPress answers a press about the thing with this number.
type questionPress func(r *request, number int64, rest pressArguments) error

func questionPresses() map[string]questionPress { return map[string]questionPress{} }

// planQuestion keeps the reminders in step with the question, in the same transaction.
func (r *request) planQuestion(q council.Question) error {
	return r.tx.PlanReminders(q.Reference(), council.PlanQuestion(q, r.now, r.city.Timing), nil)
}

// question finds a question.
func (r *request) question(number int64) (council.Question, error) {
	q, err := r.tx.Question(number)
	if errors.Is(err, store.ErrNotFound) {
		return q, council.Refuse("no_such_thing", "Reference", council.Reference{Letter: council.QuestionLetter, Number: number}.String())
	}
	return q, err
}
