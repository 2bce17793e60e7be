package council

import (
	"strings"
	"time"
)

// PrivacyVersion is one version of the text about personal data. What it says stands
// where it is kept; it is never changed once somebody was shown it.
type PrivacyVersion struct {
	Number      int
	MadeAt      time.Time
	AppliesAt   time.Time
	AnnouncedAt time.Time // zero until those who agreed to the one before are told
}

// PrivacyNotice is how many days before it applies a new version is announced.
const PrivacyNotice = 7

// PrivacyApplying is the version that holds at a moment: the newest that was announced
// and applies; the first one, where the clock stands before it. ok is false where there is
// none. The versions come in their order.
func PrivacyApplying(versions []PrivacyVersion, now time.Time) (version PrivacyVersion, ok bool) {
	for i, candidate := range versions {
		if i == 0 || !candidate.AnnouncedAt.IsZero() && !candidate.AppliesAt.After(now) {
			version = candidate
		}
	}
	return version, len(versions) > 0
}

// AnnouncePrivacy is when a version that was made now is announced, and from when it
// applies: the beginning of a day in the city's zone, so that whole days lie between.
func AnnouncePrivacy(now time.Time, calendar Calendar) (announced, applies time.Time) {
	announced = calendar.NextAllowed(now)
	return announced, calendar.at(calendar.Day(announced).Add(PrivacyNotice), 0)
}

// NewLines lists the lines of a text that an earlier one does not have.
func NewLines(before, now string) (lines []string) {
	known := make(map[string]bool)
	for line := range strings.SplitSeq(before, "\n") {
		known[line] = true
	}
	for line := range strings.SplitSeq(now, "\n") {
		if line = strings.TrimSpace(line); line != "" && !known[line] {
			lines = append(lines, line)
		}
	}
	return lines
}

// ConsentPurpose is what somebody agrees to. Each is asked for by itself, and can be taken
// back.
type ConsentPurpose string

// Purposes of consent.
const (
	ConsentIdeas ConsentPurpose = "ideas" // that what the person gives is kept under the person
	ConsentName  ConsentPurpose = "name"  // that the name is shown with an idea
)

// Consent is what somebody agreed to, as it can be shown: to which text, when, and by
// which message.
type Consent struct {
	MemberID    int64
	Purpose     ConsentPurpose
	Version     int    // of the text about personal data that held then
	Language    string // in which it was shown; empty where that is not known any more
	MessageID   int    // the bot's, in the private chat; 0 where that is not known any more
	Subject     Reference
	GivenAt     time.Time
	WithdrawnAt time.Time // zero while it holds
}
