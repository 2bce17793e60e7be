package council

import "time"

// PrivacyKind is what somebody asks about the data that are kept of them.
type PrivacyKind string

// What can be asked.
const (
	PrivacyAccess     PrivacyKind = "access"     // to see them
	PrivacyCorrection PrivacyKind = "correction" // to have them corrected
	PrivacyWithdrawal PrivacyKind = "withdrawal" // to take consent back
	PrivacyErasure    PrivacyKind = "erasure"    // to have them erased
	PrivacyOther      PrivacyKind = "anything"   // in the person's own words
)

// PrivacyEnd is how a request was ended.
type PrivacyEnd string

// How requests are ended.
const (
	PrivacyDone     PrivacyEnd = "done"     // what was asked for is done
	PrivacyAnswered PrivacyEnd = "answered" // a coordinator wrote an answer
)

// Limits of requests about one's own data.
const (
	// PrivacyTime is how long a request may take by law: three times 24 hours,
	// whether they are working hours or not.
	PrivacyTime = 72 * time.Hour
	// PrivacyWarning is how long before its end a request that is open is spoken of.
	PrivacyWarning = 24 * time.Hour
)

// PrivacyRequest is what somebody asks about the data that are kept of them: a number
// that they are given, and a clock.
type PrivacyRequest struct {
	Number   int64
	MemberID int64
	Kind     PrivacyKind
	Words    string // what was asked, in the person's words; of PrivacyOther
	AskedAt  time.Time
	Due      time.Time
	EndedAt  time.Time // zero while it is open
	EndedBy  int64     // the member who ended it; 0 while it is open
	How      PrivacyEnd
	Answer   string // what was answered in words, of PrivacyAnswered
}

// AskPrivacy makes a request, without its number. Who asked, and what, is the caller's.
func AskPrivacy(memberID int64, kind PrivacyKind, words string, now time.Time) PrivacyRequest {
	return PrivacyRequest{MemberID: memberID, Kind: kind, Words: words, AskedAt: now, Due: now.Add(PrivacyTime)}
}

// Reference names the request, as "H-3".
func (p PrivacyRequest) Reference() Reference { return PrivacyReference(p.Number) }

// PrivacyReference names the request with this number.
func PrivacyReference(number int64) Reference { return Reference{PrivacyRequestLetter, number} }

// Open tells whether nothing has been done about the request yet.
func (p PrivacyRequest) Open() bool { return p.EndedAt.IsZero() }

// End ends a request. One that is ended is refused with "privacy_ended".
func (p PrivacyRequest) End(how PrivacyEnd, answer string, by int64, now time.Time) (PrivacyRequest, error) {
	if !p.Open() {
		return p, Refuse("privacy_ended", "Reference", p.Reference().String())
	}
	p.How, p.Answer, p.EndedBy, p.EndedAt = how, answer, by, now
	return p, nil
}

// StepPrivacyEnds is said to coordinators a day before the time of a request is over.
const StepPrivacyEnds Step = "privacy ends"

// PlanPrivacy plans what is said of a request while it is open: one word to the
// coordinators a day before its end.
func PlanPrivacy(p PrivacyRequest) []Reminder {
	if !p.Open() {
		return nil
	}
	return []Reminder{{Subject: p.Reference(), Step: StepPrivacyEnds, Audience: ToCoordinator, Anchor: p.Due, Due: p.Due.Add(-PrivacyWarning)}}
}

// DecidePrivacy decides about the reminder of a request as it stands now. At night and on
// days off it waits for the next working hour, unless that comes too late to do
// something. Reasons to drop: "privacy_ended".
func DecidePrivacy(reminder Reminder, p PrivacyRequest, now time.Time, timing Timing) Decision {
	switch {
	case !p.Open():
		return Decision{Verdict: Drop, Reason: "privacy_ended"}
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	if next := timing.Calendar.NextAllowed(now); next.After(now) && !next.After(p.Due.Add(-privacyLeft)) {
		return Decision{Verdict: Wait, Reason: "quiet", Until: next}
	}
	return Decision{Verdict: Say, Reason: "due"}
}

// privacyLeft is how much of a request's time must be left when coordinators hear that it
// ends.
const privacyLeft = 4 * time.Hour
