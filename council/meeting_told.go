package council

// Known is what a person or a group knows of a meeting, by its edition.
type Known struct {
	Told  int // the edition that was said last; 0: none
	Heard int // the edition known before, while what was said last waits to leave
}

// Tell is what is known once an edition is said. What was said before and waits still
// is overtaken: it was never heard.
func (k Known) Tell(edition int, waits bool) Known {
	if !waits {
		k.Heard = k.Told
	}
	k.Told = edition
	return k
}

// Alike tells whether the invited know the same by two editions of a meeting: its time,
// place and title, and whether it is held.
func (m Meeting) Alike(other Meeting) bool {
	return m.Title == other.Title && m.Place == other.Place && m.Starts.Equal(other.Starts) && m.Length == other.Length &&
		(m.State == MeetingCancelled) == (other.State == MeetingCancelled)
}
