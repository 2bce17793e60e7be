package council

import (
	"slices"
	"time"
)

// LikenessState is what has been said to two ideas that are alike.
type LikenessState string

// What has been said. Everything but LikenessFound and LikenessAgreed settles it.
const (
	LikenessFound     LikenessState = "found"     // nothing yet: the bot has found it
	LikenessAgreed    LikenessState = "agreed"    // the submitter takes them for the same
	LikenessRelated   LikenessState = "related"   // the submitter wants them to stay apart
	LikenessDifferent LikenessState = "different" // the submitter takes them for different
	LikenessOffered   LikenessState = "offered"   // a coordinator has asked the submitter
	LikenessIgnored   LikenessState = "ignored"   // a coordinator leaves them apart
	LikenessMerged    LikenessState = "merged"
)

// IdeaLikeness is that an idea is like another, older one.
type IdeaLikeness struct {
	Number, Other int64
	State         LikenessState
	MemberID      int64 // who said so; 0: the bot
	At            time.Time
}

// Open tells whether a coordinator may still be asked about it.
func (l IdeaLikeness) Open() bool { return l.State == LikenessFound || l.State == LikenessAgreed }

// PlanLikeness has the coordinators told on the next working morning of what an
// idea is like; once for each idea.
func PlanLikeness(idea Idea, now time.Time, timing Timing) Reminder {
	due := timing.morningFrom(now.Add(time.Nanosecond))
	return Reminder{Subject: idea.Reference(), Step: StepLikeness, Audience: ToCoordinator, Anchor: idea.CreatedAt, Due: due}
}

// DecideLikeness decides about telling the coordinators what an idea is like.
// Reasons to drop: "settled".
func DecideLikeness(reminder Reminder, idea Idea, found []IdeaLikeness, now time.Time, timing Timing) Decision {
	gone := idea.State == IdeaMerged || idea.State == IdeaWithdrawn || idea.Held != HeldNot
	switch {
	case gone || !slices.ContainsFunc(found, IdeaLikeness.Open):
		return Decision{Verdict: Drop, Reason: "settled"}
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	return unlessQuiet(Deadline{}, now, timing.Calendar)
}
