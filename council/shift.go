package council

import "time"

// ShiftOf tells whether another timing, as with one day off more, makes a waiting
// reminder be said on another day, and from when to when it goes. What has begun
// stays. Where to is not after now, the reminder's moment will have passed.
func ShiftOf(reminder Reminder, before, after Timing, now time.Time) (from, to time.Time, shifts bool) {
	from, known := before.MomentOf(reminder)
	if !known || !from.After(now) {
		return from, from, false
	}
	to, known = after.MomentOf(reminder)
	return from, to, known && before.Calendar.Day(from) != after.Calendar.Day(to)
}
