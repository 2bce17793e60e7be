package council

import "time"

// planCare plans what keeps an idea's targets.
func planCare(idea Idea, now time.Time, timing Timing) []Reminder { return nil }
