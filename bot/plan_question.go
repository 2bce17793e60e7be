package bot

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// considerQuestion asks the rules about a reminder of a question at a moment. What
// the asker is told is no reminder, and is not foretold.
func (f *planFacts) considerQuestion(reminder council.Reminder, question council.Question, at time.Time) (council.Decision, error) {
	decision := council.DecideQuestion(reminder, question, at, f.timing)
	switch {
	case reminder.Audience == council.ToBot:
		return council.Decision{Verdict: council.Drop}, nil
	case reminder.Step != council.StepUnmanned || decision.Verdict != council.Say:
		return decision, nil
	}
	responsible, err := f.tx.Responsible(question, f.calendar().Day(at))
	if len(responsible) > 0 {
		return council.Decision{Verdict: council.Drop}, err
	}
	return decision, err
}

// unmanned is what coordinators are told in the same morning where nobody can be
// reminded of a question.
func (f *planFacts) unmanned(question council.Question, at time.Time) ([]council.Reminder, error) {
	responsible, err := f.tx.Responsible(question, f.calendar().Day(at))
	if err != nil || len(responsible) > 0 {
		return nil, err
	}
	return []council.Reminder{question.Unmanned(at)}, nil
}

// questionAudience lists those whom a reminder of a question is for on a day.
func (f *planFacts) questionAudience(reminder council.Reminder, question council.Question, day council.Day) ([]store.Hearer, error) {
	coordinators, err := f.holders(council.RoleCoordinator)
	if err != nil {
		return nil, err
	}
	switch reminder.Audience {
	case council.ToResponsible:
		responsible, err := f.tx.Responsible(question, day)
		return members(responsible), err
	case council.ToCoordinator:
		return members(coordinators), nil
	}
	above, err := f.leading(day)
	return members(council.EscalateQuestion(question, above.positions, above.byRole, coordinators)), err
}
