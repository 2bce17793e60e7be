package scheduler

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// aboveIdea lists whom an idea past its target is taken to today.
func (t *tick) aboveIdea(number int64) ([]int64, error) {
	if err := t.readPositions(); err != nil {
		return nil, err
	}
	family, err := t.tx.IdeaFamily(number)
	if err != nil {
		return nil, err
	}
	leaders, err := t.tx.LeadersByRole(t.timing.Calendar.Day(t.now))
	if err != nil {
		return nil, err
	}
	coordinators, err := t.holders(council.RoleCoordinator)
	return council.EscalateIdea(family, t.positions, leaders, coordinators), err
}

// unscored lists who of the council has not scored an idea.
func (t *tick) unscored(number int64) ([]int64, error) {
	family, err := t.tx.IdeaFamily(number)
	if err != nil {
		return nil, err
	}
	members, err := t.tx.Unscored(family)
	return memberIDs(members), err
}

// ideaHearers are those who hear of what the bot does for an idea of its own accord:
// past a target who gave it, of a decision and a trial everybody who stands behind it,
// and where too few have scored by the date the coordinators.
func (t *tick) ideaHearers(reminder council.Reminder) ([]recipient, error) {
	if reminder.Step == council.StepReviewEnd {
		members, err := t.holders(council.RoleCoordinator)
		return recipientsOf(members), err
	}
	family, err := t.tx.IdeaFamily(reminder.Subject.Number)
	if reminder.Step == council.StepTrialAsk || reminder.Step == council.StepTellDecision {
		return recipientsOf(family.People()), err
	}
	return recipientsOf(family.Submitters()), err
}

// planIdeas plans anew every idea of which something is still to be said. Its targets
// stay as they were promised.
func (s *Scheduler) planIdeas(tx *store.Tx, timing council.Timing) error {
	now := s.clock.Now()
	ideas, err := tx.LivingIdeas()
	if err != nil {
		return err
	}
	for _, idea := range ideas {
		stay := func(reminder council.Reminder) bool { return council.IdeaStays(reminder, idea, now) }
		if err := tx.PlanReminders(idea.Reference(), council.PlanIdea(idea, now, timing), stay); err != nil {
			return err
		}
	}
	return nil
}
