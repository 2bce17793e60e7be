package council

import "time"

// OfficialTime is how long there is to tell the people whose data is concerned, and
// the authority, once a breach was found (Law 27/2022, article 46).
const OfficialTime = 72 * time.Hour

// StepOfficialClock is what the bot does itself about an official notice: it tells the
// coordinators that a day is left of its time.
const StepOfficialClock Step = "official_clock"

// Official is what an announcement has that is an official notice. Such a notice goes
// to people, each in private, and to a group only for those who cannot be written to.
type Official struct {
	Number   int64     // 0: an announcement like any other
	FoundAt  time.Time // when what it is about was found; zero: it has no clock
	Follows  int64     // the official notice that it continues; 0: none
	ClosedAt time.Time // zero: a coordinator still has to see to it
}

// OfficialReference names the official notice with this number.
func OfficialReference(number int64) Reference { return Reference{OfficialLetter, number} }

// Due is until when those concerned are to be told; zero without a clock.
func (o Official) Due() time.Time {
	if o.FoundAt.IsZero() {
		return time.Time{}
	}
	return o.FoundAt.Add(OfficialTime)
}

// IsOpen tells whether a coordinator still has to see to it.
func (o Official) IsOpen() bool { return o.Number != 0 && o.ClosedAt.IsZero() }

// CheckFound refuses a moment at which nothing can have been found: "found_ahead" and,
// more than a year ago, "found_long_ago".
func CheckFound(found, now time.Time) error {
	switch {
	case found.After(now):
		return Refuse("found_ahead")
	case found.Before(now.AddDate(-1, 0, 0)):
		return Refuse("found_long_ago")
	}
	return nil
}
