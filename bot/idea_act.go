package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideaAct does for an idea what the bot is to do itself at a moment.
type ideaAct func(r *request, idea council.Idea, due council.Reminder) error

// ideaActs maps the steps of an idea to what the bot does of its own accord.
func ideaActs() map[council.Step]ideaAct {
	return map[council.Step]ideaAct{
		council.StepReviewLate: (*request).tellIdeaLate, council.StepDecideLate: (*request).tellIdeaLate,
		council.StepTrialAsk:  (*request).askTrialAgain,
		council.StepReviewEnd: (*request).endReview, council.StepTellDecision: (*request).tellWithoutTask,
	}
}

// actIdea does what is due of an idea; a step that nothing is done for is passed over.
func (r *request) actIdea(due council.Reminder) error {
	act, known := ideaActs()[due.Step]
	if !known {
		r.log.Error("nothing is known to be done for an idea", "subject", due.Subject.String(), "step", string(due.Step))
		return nil
	}
	idea, err := r.tx.Idea(due.Subject.Number)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return act(r, idea, due)
}
