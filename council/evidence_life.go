package council

import (
	"slices"
	"strings"
	"time"
)

// Keep records that its content lies in the vault. What was accepted before, along
// with its task, is verified from now on.
func (e Evidence) Keep(hash string, size int64) Evidence {
	e.Hash, e.Size = hash, size
	if !e.CheckedAt.IsZero() {
		e.State = EvidenceVerified
	}
	return e
}

// Accept is Verify for what was handed in with a task that was found right: what is
// not kept yet is verified as soon as it is. What needs fixing, or is gone, stays as it is.
func (e Evidence) Accept(memberID int64, now time.Time) Evidence {
	if e.State != EvidenceUploaded || !e.Counts() && !e.Pending() {
		return e
	}
	if e.Counts() {
		e.State = EvidenceVerified
	}
	e.CheckedBy, e.CheckedAt = memberID, now
	return e
}

// Uncheck takes a check back: it waits to be checked again.
func (e Evidence) Uncheck() Evidence {
	e.State, e.Reason, e.CheckedBy, e.CheckedAt = EvidenceUploaded, "", 0, time.Time{}
	return e
}

// Withdraw takes it back and forgets everything by which it could be had or read,
// here and from Telegram. The content in the vault is for the caller to remove.
func (e Evidence) Withdraw() Evidence {
	e.Withdrawn = true
	e.FileID, e.UniqueID, e.Name, e.Link, e.Words, e.Hash, e.Size = "", "", "", "", "", "", 0
	return e
}

// Restores tells whether it counts again when the piece that took its place is
// withdrawn.
func (e Evidence) Restores(withdrawn Evidence) bool {
	return e.ReplacedBy == withdrawn.Number && !e.Withdrawn && (e.Hash != "" || !e.IsFile())
}

// SameAs finds among what was filed for its indicator what holds the same already:
// the same content, the same file with Telegram, the same link or place.
func (e Evidence) SameAs(filed []Evidence) (Evidence, bool) {
	at := slices.IndexFunc(filed, func(other Evidence) bool {
		if other.Number == e.Number || other.IndicatorID != e.IndicatorID || !other.Counts() && !other.Pending() {
			return false
		}
		switch {
		case e.IsFile() != other.IsFile() || e.Kind != other.Kind && !e.IsFile():
			return false
		case e.Kind == EvidenceLink:
			return e.Link == other.Link
		case e.Hash != "":
			return e.Hash == other.Hash
		}
		return e.UniqueID != "" && e.UniqueID == other.UniqueID
	})
	if at < 0 {
		return Evidence{}, false
	}
	return filed[at], true
}

// Before finds, among what was filed for its indicator, the version whose place it
// takes: the one it names, as it is by now, else the newest file with its name.
func (e Evidence) Before(filed []Evidence) (Evidence, bool) {
	byNumber := func(number int64) (Evidence, bool) {
		at := slices.IndexFunc(filed, func(other Evidence) bool { return other.Number == number && number != e.Number })
		if at < 0 {
			return Evidence{}, false
		}
		return filed[at], true
	}
	older, found := byNumber(e.TakesPlace)
	for range filed { // as often as it may have been replaced meanwhile
		switch {
		case found && older.Withdrawn && older.TakesPlace != 0: // what it had replaced counts again
			older, found = byNumber(older.TakesPlace)
		case found && older.ReplacedBy != 0:
			older, found = byNumber(older.ReplacedBy)
		}
	}
	if found && older.Counts() {
		return older, true
	}
	for _, other := range slices.Backward(filed) {
		if other.Number != e.Number && other.IndicatorID == e.IndicatorID && other.Counts() && e.Name != "" && strings.EqualFold(other.Name, e.Name) {
			return other, true
		}
	}
	return Evidence{}, false
}

// Replace lets a newer version take its place.
func (e Evidence) Replace(newer Evidence) (Evidence, Evidence) {
	e.ReplacedBy, newer.Version = newer.Number, e.Version+1
	return e, newer
}

// PlanCheck has the coordinators told on the next working morning that something
// waits to be checked from now on, as part of what was filed at once.
func PlanCheck(e Evidence, now time.Time, timing Timing) Reminder {
	due := timing.morningFrom(now.Add(time.Nanosecond))
	return Reminder{Subject: Reference{EvidenceLetter, e.Filing}, Step: StepCheckEvidence, Audience: ToCoordinator, Anchor: now, Due: due}
}

// DecideCheck decides about telling the coordinators that some of what was filed at
// once waits to be checked. Reasons to drop: "settled".
func DecideCheck(reminder Reminder, pieces []Evidence, now time.Time, timing Timing) Decision {
	waits := func(e Evidence) bool { return e.Counts() && e.State == EvidenceUploaded }
	switch {
	case !slices.ContainsFunc(pieces, waits):
		return Decision{Verdict: Drop, Reason: "settled"}
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	return unlessQuiet(Deadline{}, now, timing.Calendar)
}
