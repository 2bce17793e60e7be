package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// TestIdeaLives: each idea with what happened to it before a moment, in its order, and
// nothing of what waits for a coordinator or of other things.
func TestIdeaLives(t *testing.T) {
	s := openStore(t)
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		fadli := people(t, tx, "fadli_contoh")[0].ID
		one := got(tx.CreateIdea(council.NewIdea(council.Idea{SubmitterID: fadli, FromGroup: 7, Text: "satu"}, noon, council.Timing{})))(t)
		held := got(tx.CreateIdea(council.NewIdea(council.Idea{SubmitterID: fadli, Text: "dua", Held: council.HeldSpam}, noon, council.Timing{})))(t)
		three := got(tx.CreateIdea(council.NewIdea(council.Idea{SubmitterID: fadli, Text: "tiga"}, noon, council.Timing{})))(t)
		recorded(t, tx, noon, fadli, one.Reference(), council.EventCreated, council.DetailGroup, "7")
		recorded(t, tx, noon, fadli, held.Reference(), council.EventCreated)
		recorded(t, tx, noon, fadli, council.TaskReference(one.Number), council.EventCreated)
		recorded(t, tx, noon, 0, three.Reference(), council.EventCreated)
		recorded(t, tx, noon.Add(time.Hour), 0, one.Reference(), council.EventDecided, council.DetailDecision, string(council.IdeaApproved))
		recorded(t, tx, noon.Add(2*time.Hour), 0, one.Reference(), council.EventTrialStarted)
		event := func(idea council.Idea, hours int, kind council.EventKind, decision council.IdeaState) council.Event {
			return council.Event{Subject: idea.Reference(), At: noon.Add(time.Duration(hours) * time.Hour), Kind: kind, Detail: map[string]string{council.DetailDecision: string(decision)}}
		}
		want := []council.IdeaLife{
			{GroupID: 7, Events: []council.Event{event(one, 0, council.EventCreated, ""), event(one, 1, council.EventDecided, council.IdeaApproved)}},
			{Events: []council.Event{event(three, 0, council.EventCreated, "")}},
		}
		if difference := cmp.Diff(want, got(tx.IdeaLives(noon.Add(2*time.Hour)))(t)); difference != "" {
			t.Error(difference)
		}
		return nil
	}))
}
