package council

import (
	"errors"
	"slices"
	"testing"
)

var someFamily = IdeaFamily{
	Root:   Idea{Number: 1, SubmitterID: 10, Named: true},
	Merged: []Idea{{Number: 2, SubmitterID: 20, MergedInto: 1}, {Number: 3, SubmitterID: 10, Named: true, MergedInto: 2}},
	Stands: []IdeaSupport{{1, 30, true}, {2, 30, true}, {2, 10, true}, {3, 40, false}},
}

func TestEverybodyOfAFamilyCountsOnce(t *testing.T) {
	for name, c := range map[string]struct{ got, want []int64 }{
		"submitters": {someFamily.Submitters(), []int64{10, 20}},
		"supporters": {someFamily.Supporters(), []int64{10, 20, 30}},
		"people":     {someFamily.People(), []int64{10, 20, 30, 40}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	if !someFamily.Shows(10) || someFamily.Shows(20) {
		t.Error("who may be named is not who has allowed it")
	}
	for member, want := range map[int64][2]bool{10: {true, true}, 30: {true, true}, 40: {false, true}, 50: {false, false}} {
		if supports, follows := someFamily.Support(member); supports != want[0] || follows != want[1] {
			t.Errorf("%d supports: %v, follows: %v", member, supports, follows)
		}
	}
}

func TestWhatMayBeSupported(t *testing.T) {
	held, withdrawn := someFamily, someFamily
	held.Root.Held, withdrawn.Root.State = HeldSpam, IdeaWithdrawn
	for name, c := range map[string]struct {
		family IdeaFamily
		member int64
		code   string
	}{
		"another's": {someFamily, 30, ""}, "own": {someFamily, 20, "support_own"},
		"held": {held, 30, "idea_held"}, "withdrawn": {withdrawn, 30, "idea_withdrawn"},
	} {
		err := c.family.MaySupport(c.member)
		var refusal *Refusal
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &refusal) || refusal.Code != c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhenALikenessIsTold: the next working morning, unless it is settled by then.
func TestWhenALikenessIsTold(t *testing.T) {
	timing := promptTiming()
	given := local(t, "2026-02-06 19:40") // a Friday
	idea := NewIdea(Idea{Number: 2}, given, timing)
	reminder := PlanLikeness(idea, given, timing)
	if want := local(t, "2026-02-09 08:00"); !reminder.Due.Equal(want) || reminder.Audience != ToCoordinator {
		t.Errorf("told at %v", reminder.Due)
	}
	if moment, known := timing.MomentOf(reminder); !known || !moment.Equal(reminder.Due) {
		t.Errorf("planned anew for %v", moment)
	}
	for state, want := range map[LikenessState]Verdict{
		LikenessFound: Say, LikenessAgreed: Say, LikenessRelated: Drop, LikenessDifferent: Drop, LikenessOffered: Drop, LikenessIgnored: Drop, LikenessMerged: Drop,
	} {
		found := []IdeaLikeness{{Number: 2, Other: 1, State: state}}
		if got := DecideLikeness(reminder, idea, found, reminder.Due, timing); got.Verdict != want {
			t.Errorf("%s: %v", state, got)
		}
		if got := DecideLikeness(reminder, idea, found, given, timing); want == Say && got.Verdict != Wait {
			t.Errorf("%s, too early: %v", state, got)
		}
	}
	merged := idea
	merged.State = IdeaMerged
	if got := DecideLikeness(reminder, merged, []IdeaLikeness{{State: LikenessFound}}, reminder.Due, timing); got.Verdict != Drop {
		t.Errorf("merged: %v", got)
	}
}
