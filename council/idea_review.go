package council

import "time"

// planReview plans the end of a round of scoring.
func planReview(idea Idea, now time.Time, timing Timing) []Reminder { return nil }
