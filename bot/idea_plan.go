package bot

import "github.com/rembuk/rembuk/council"

// planIdea keeps the reminders in step with an idea that a change has left as it is
// kept now, in the same transaction.
func (r *request) planIdea(idea council.Idea) error {
	stay := func(reminder council.Reminder) bool { return council.IdeaStays(reminder, idea, r.now) }
	return r.tx.PlanReminders(idea.Reference(), council.PlanIdea(idea, r.now, r.city.Timing), stay)
}
