package council

// Leave is a time in which a person is away: what would go to that person
// waits, and a coordinator knows what falls into it.
type Leave struct {
	ID          int64
	MemberID    int64
	First, Last Day // both included
}

// Covers tells whether the person is away on this day.
func (l Leave) Covers(day Day) bool { return !day.Before(l.First) && !l.Last.Before(day) }

// away tells whether one of the leaves covers the day, and the last day of the
// absence it belongs to: leaves that follow one another are one.
func away(leaves []Leave, day Day) (last Day, covered bool) {
	last = day
	for extended := true; extended; {
		extended = false
		for _, leave := range leaves {
			if leave.Covers(last) {
				covered, extended, last = true, true, leave.Last.Add(1)
			}
		}
	}
	return last.Add(-1), covered
}
