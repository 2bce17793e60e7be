package council

import "time"

// PlanIdea plans what is said about an idea, and what the bot does for it itself,
// as the idea stands now.
func PlanIdea(idea Idea, now time.Time, timing Timing) []Reminder {
	return append(planReview(idea, now, timing), planCare(idea, now, timing)...)
}

// IdeaStays tells whether a waiting reminder of an idea stays when the idea is
// planned anew: what was found to be alike is settled by itself.
func IdeaStays(reminder Reminder) bool { return reminder.Step == StepLikeness }
