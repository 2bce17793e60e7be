package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestWhatIsSaidOfATrialIsKeptByPersonAndRound(t *testing.T) {
	tx := writing(t)
	baso, tina := got(tx.Seen(7, "Baso", "", "id", noon))(t).ID, got(tx.Seen(8, "Tina", "", "id", noon))(t).ID
	idea := got(tx.CreateIdea(council.NewIdea(council.Idea{SubmitterID: baso, Text: "truk"}, noon, council.Timing{})))(t)
	say := func(member int64, round int, helped bool, at time.Time) council.IdeaFeedback {
		feedback := council.IdeaFeedback{IdeaNumber: idea.Number, MemberID: member, Round: round, Helped: helped, At: at}
		ok(t, tx.KeepFeedback(feedback))
		return feedback
	}
	say(baso, 1, false, noon)
	again := say(baso, 1, true, noon.Add(time.Hour))
	first, second := say(tina, 1, true, noon.Add(-time.Hour)), say(tina, 2, false, noon.Add(2*time.Hour))
	if difference := cmp.Diff([]council.IdeaFeedback{again, first, second}, got(tx.Feedback(idea.Number, noon.Add(-2*time.Hour)))(t)); difference != "" {
		t.Error(difference)
	}
	if difference := cmp.Diff([]council.IdeaFeedback{again, second}, got(tx.Feedback(idea.Number, noon))(t)); difference != "" {
		t.Error("of the present trial alone: ", difference)
	}
}

func TestFieldsOfAProfileAreWrittenAndEmptied(t *testing.T) {
	tx := writing(t)
	baso := got(tx.Seen(7, "Baso", "", "id", noon))(t).ID
	idea := got(tx.CreateIdea(council.NewIdea(council.Idea{SubmitterID: baso, Text: "truk"}, noon, council.Timing{})))(t)
	for field, text := range map[council.ProfileField]string{council.FieldBudget: "Rp45 juta", council.FieldDesign: "lama"} {
		ok(t, tx.KeepProfileField(idea.Number, field, text, baso, noon))
	}
	ok(t, tx.KeepProfileField(idea.Number, council.FieldDesign, "GPS & peta\n'baru'", baso, noon))
	ok(t, tx.KeepProfileField(idea.Number, council.FieldBudget, "", baso, noon))
	if difference := cmp.Diff(council.Profile{council.FieldDesign: "GPS & peta\n'baru'"}, got(tx.ProfileFields(idea.Number))(t)); difference != "" {
		t.Error(difference)
	}
}

func TestIdeasOfWhichSomethingIsStillToBeSaid(t *testing.T) {
	tx := writing(t)
	baso := got(tx.Seen(7, "Baso", "", "id", noon))(t).ID
	var want []council.IdeaState
	for _, state := range council.IdeaStates {
		idea := council.NewIdea(council.Idea{SubmitterID: baso, Text: "truk"}, noon, council.Timing{})
		idea.State = state
		_ = got(tx.CreateIdea(idea))(t)
		if state.Undecided() || state == council.IdeaApproved || state == council.IdeaTrial {
			want = append(want, state)
		}
	}
	var living []council.IdeaState
	for _, idea := range got(tx.LivingIdeas())(t) {
		living = append(living, idea.State)
	}
	if difference := cmp.Diff(want, living); difference != "" {
		t.Error(difference)
	}
}
