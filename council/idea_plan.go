package council

import "time"

// PlanIdea plans what is said about an idea, and what the bot does for it itself,
// as the idea stands now.
func PlanIdea(idea Idea, now time.Time, timing Timing) []Reminder {
	return append(planReview(idea, now, timing), planCare(idea, now, timing)...)
}

// IdeaStays tells whether a waiting reminder of an idea stays when the idea is
// planned anew: what was found to be alike is settled by itself, and what has begun
// to be said is decided on then.
func IdeaStays(reminder Reminder, idea Idea, now time.Time) bool {
	return reminder.Step == StepLikeness || idea.careStays(reminder, now) || idea.reviewStays(reminder, now)
}
