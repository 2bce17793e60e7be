package council

import (
	"slices"
	"time"
)

// Leave is a time in which a person is away: what would go to that person
// waits, and a coordinator knows what falls into it.
type Leave struct {
	ID          int64
	MemberID    int64
	First, Last Day // both included
}

// Covers tells whether the person is away on this day.
func (l Leave) Covers(day Day) bool { return !day.Before(l.First) && !l.Last.Before(day) }

// LeaveLimit is how many days a leave may last.
const LeaveLimit = 366

// Days is how many days the leave lasts.
func (l Leave) Days() int { return l.Last.Sub(l.First) + 1 }

// Overlaps tells whether a day from one to another, both included, is in the leave.
func (l Leave) Overlaps(first, last Day) bool { return !last.Before(l.First) && !l.Last.Before(first) }

// Check refuses a leave that cannot be meant. Refusals: "leave_reversed",
// "leave_past" (it is over), "leave_too_long".
func (l Leave) Check(today Day) error {
	switch {
	case l.Last.Before(l.First):
		return Refuse("leave_reversed")
	case l.Last.Before(today):
		return Refuse("leave_past")
	case l.Days() > LeaveLimit:
		return Refuse("leave_too_long")
	}
	return nil
}

// Among settles a new leave among the same person's others: one that lies
// inside an older one corrects it, and those that overlap become one. It gives
// the leave to keep, and those that it takes the place of.
func (l Leave) Among(others []Leave) (kept Leave, replaced []Leave) {
	kept = l
	for _, other := range others {
		if !l.Overlaps(other.First, other.Last) {
			continue
		}
		replaced = append(replaced, other)
		if inside := other.Covers(l.First) && other.Covers(l.Last); inside {
			continue
		}
		if other.First.Before(kept.First) {
			kept.First = other.First
		}
		if kept.Last.Before(other.Last) {
			kept.Last = other.Last
		}
	}
	return kept, replaced
}

// Back is the first morning on which a person hears again who is away on a day;
// false when the person is there on that day. Leaves with nothing but days off
// between them are one absence.
func (t Timing) Back(leaves []Leave, day Day) (morning time.Time, away bool) {
	for {
		at := slices.IndexFunc(leaves, func(l Leave) bool { return l.Covers(day) })
		if at < 0 {
			return morning, away
		}
		morning, away = t.morningFrom(leaves[at].Last.Add(1).At(0, 0, t.Calendar.zone())), true
		day = t.Calendar.Day(morning)
	}
}
