package store

import (
	"slices"
	"testing"

	"github.com/rembuk/rembuk/council"
)

func TestByWhoseHandPointsWereRecorded(t *testing.T) {
	tx := writing(t)
	sitti, lukas, tina := got(tx.Seen(7, "Sitti", "", "id", noon))(t).ID, got(tx.Seen(8, "Lukas", "", "id", noon))(t).ID, got(tx.Seen(9, "Tina", "", "id", noon))(t).ID
	idea := got(tx.CreateIdea(council.NewIdea(council.Idea{SubmitterID: tina, Text: "truk"}, noon, council.Timing{})))(t)
	hands := func(want ...int64) {
		t.Helper()
		if found := got(tx.ScoreHands(idea.Number, lukas))(t); !slices.Equal(found, want) {
			t.Errorf("by %v, want %v", found, want)
		}
	}
	hands()
	ok(t, tx.SetScore(idea.Number, tina, 0, "novelty", 1, noon))
	hands()
	ok(t, tx.SetScore(idea.Number, lukas, sitti, "novelty", 4, noon))
	ok(t, tx.SetScore(idea.Number, lukas, sitti, "benefit", 4, noon))
	hands(sitti)
	ok(t, tx.SetScore(idea.Number, lukas, 0, "novelty", 2, noon))
	hands(0, sitti)
	if given := got(tx.ScoresBy(idea.Number, lukas))(t); given["novelty"] != 2 || given["benefit"] != 4 {
		t.Errorf("kept %v", given)
	}
}
