package store

import (
	"errors"
	"slices"
	"testing"

	"github.com/rembuk/rembuk/council"
	"pgregory.net/rapid"
)

// TestTheMostSupportedComeFirst draws merges and support in any order: the list shows
// every idea that stands for itself once, by how many people count for it in its family.
func TestTheMostSupportedComeFirst(t *testing.T) {
	s := openStore(t)
	undone := errors.New("undone")
	rapid.Check(t, func(r *rapid.T) {
		err := s.Update(t.Context(), func(tx *Tx) error {
			w := newFamilyWorld(r, tx)
			for range rapid.IntRange(0, 20).Draw(r, "deeds") {
				w.deed(r)
			}
			var roots []int64
			for _, number := range w.ideas {
				idea, err := tx.Idea(number)
				if err != nil {
					return err
				}
				if idea.State != council.IdeaMerged {
					roots = append(roots, number)
				}
			}
			listed, err := tx.Ideas(IdeaFilter{MostFirst: true}, 0, -1)
			if err != nil {
				return err
			}
			before := len(w.members) + 1
			for _, idea := range listed {
				family, err := tx.IdeaFamily(idea.Number)
				if err != nil {
					return err
				}
				count := len(family.Supporters())
				if count > before || !slices.Contains(roots, idea.Number) {
					r.Fatalf("I-%d with %d comes after %d", idea.Number, count, before)
				}
				before = count
			}
			if len(listed) != len(roots) {
				r.Fatalf("%d of %d are listed", len(listed), len(roots))
			}
			return undone
		})
		if !errors.Is(err, undone) {
			r.Fatal(err)
		}
	})
}

// TestIdeasThatAFilterFinds: each filter finds what it names; what is held, withdrawn
// or part of another is found by those that ask for it alone.
func TestIdeasThatAFilterFinds(t *testing.T) {
	s := openStore(t)
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		members := people(t, tx, "fadli_contoh", "tina_contoh")
		fadli, tina := members[0].ID, members[1].ID
		keep := func(idea council.Idea, state council.IdeaState, into int64) int64 {
			idea = council.NewIdea(idea, noon, council.Timing{})
			idea.State, idea.MergedInto = state, into
			return got(tx.CreateIdea(idea))(t).Number
		}
		one := keep(council.Idea{SubmitterID: fadli, FromGroup: 7, Dimension: council.Environment, Title: "Jadwal truk", Text: "Jadwal TRUK sampah 100%"}, council.IdeaSubmitted, 0)
		two := keep(council.Idea{SubmitterID: tina, Dimension: council.Living, Title: "antrean", Text: "antrean puskesmas"}, council.IdeaTrial, 0)
		merged := keep(council.Idea{SubmitterID: tina, Dimension: council.Environment, Text: "truk lewat jam berapa"}, council.IdeaMerged, one)
		gone := keep(council.Idea{SubmitterID: tina, Text: "truk mainan"}, council.IdeaWithdrawn, 0)
		held := keep(council.Idea{SubmitterID: fadli, Text: "truk murah", Held: council.HeldSpam}, council.IdeaSubmitted, 0)
		for name, row := range map[string]struct {
			filter IdeaFilter
			want   []int64
		}{
			"what stands":     {IdeaFilter{}, []int64{two, one}},
			"in any state":    {IdeaFilter{AnyState: true}, []int64{merged, two, one}},
			"part of another": {IdeaFilter{State: council.IdeaMerged}, []int64{merged}},
			"on trial":        {IdeaFilter{State: council.IdeaTrial}, []int64{two}},
			"of a dimension":  {IdeaFilter{Dimension: council.Environment}, []int64{one}},
			"of a group":      {IdeaFilter{FromGroup: 7}, []int64{one}},
			"somebody's own":  {IdeaFilter{SubmitterID: tina}, []int64{gone, merged, two}},
			"what is held":    {IdeaFilter{HeldOnly: true}, []int64{held}},
		} {
			var numbers []int64
			for _, idea := range got(tx.Ideas(row.filter, 0, -1))(t) {
				numbers = append(numbers, idea.Number)
			}
			if count := got(tx.CountIdeas(row.filter))(t); !slices.Equal(numbers, row.want) || count != len(row.want) {
				t.Errorf("%s: %v (%d), not %v", name, numbers, count, row.want)
			}
		}
		for words, row := range map[string]struct {
			filter IdeaFilter
			want   []int64
		}{
			"truk SAMPAH": {IdeaFilter{}, []int64{one}},
			"truk":        {IdeaFilter{AnyState: true}, []int64{merged, one}},
			"RUK":         {IdeaFilter{SubmitterID: tina}, []int64{gone, merged}},
			"100%":        {IdeaFilter{}, []int64{one}},
			"_ruk":        {IdeaFilter{}, nil},
		} {
			if found := got(tx.SearchIdeas(row.filter, words))(t); !slices.Equal(found.Numbers, row.want) || !found.Whole {
				t.Errorf("%s: %+v, not %v", words, found, row.want)
			}
		}
		if page := got(tx.Ideas(IdeaFilter{AnyState: true}, 1, 1))(t); len(page) != 1 || page[0].Number != two {
			t.Errorf("the second page: %+v", page)
		}
		if states := got(tx.CountIdeasByState(IdeaFilter{}))(t); len(states) != 2 || states[council.IdeaSubmitted] != 1 || states[council.IdeaTrial] != 1 {
			t.Errorf("by state: %v", states)
		}
		if dimensions := got(tx.CountIdeasByDimension(IdeaFilter{}))(t); len(dimensions) != 2 || dimensions[council.Living] != 1 {
			t.Errorf("by dimension: %v", dimensions)
		}
		return nil
	}))
}

// TestWhatWaitsForADecision: of what is scored, a member of the council finds what the
// own scores are missing for, as long as they are not complete, and never what came of
// an own idea; who does not score finds what has been scored.
func TestWhatWaitsForADecision(t *testing.T) {
	s := openStore(t)
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		members := people(t, tx, "lukas_contoh", "fadli_contoh")
		lukas, fadli := members[0].ID, members[1].ID
		rubric := []council.Criterion{{Name: "one"}, {Name: "two"}}
		keep := func(submitter int64, state council.IdeaState, days int, change func(*council.Idea)) int64 {
			idea := council.NewIdea(council.Idea{SubmitterID: submitter, Text: "usul"}, noon, council.Timing{})
			idea.State, idea.DecideBy, idea.Review.Rubric = state, noon.AddDate(0, 0, days), rubric
			if change != nil {
				change(&idea)
			}
			return got(tx.CreateIdea(idea))(t).Number
		}
		unscored := keep(fadli, council.IdeaUnderReview, 9, nil)
		half := keep(fadli, council.IdeaUnderReview, 8, nil)
		scored := keep(fadli, council.IdeaUnderReview, 7, nil)
		keep(fadli, council.IdeaSubmitted, 1, nil)
		keep(fadli, council.IdeaNeedsDetail, 1, nil)
		keep(fadli, council.IdeaApproved, 1, nil)
		keep(fadli, council.IdeaUnderReview, 1, func(idea *council.Idea) { idea.Held = council.HeldSpam })
		joined := keep(fadli, council.IdeaUnderReview, 6, nil)
		between := keep(fadli, council.IdeaMerged, 6, func(idea *council.Idea) { idea.MergedInto = joined })
		keep(lukas, council.IdeaMerged, 6, func(idea *council.Idea) { idea.MergedInto = between })
		own := keep(lukas, council.IdeaUnderReview, 5, nil)
		ready := keep(lukas, council.IdeaDeliberated, 4, nil)
		for _, given := range []struct {
			idea, member int64
			criterion    string
		}{{half, lukas, "one"}, {scored, lukas, "one"}, {scored, lukas, "two"}, {unscored, fadli, "one"}, {unscored, fadli, "two"}} {
			ok(t, tx.SetScore(given.idea, given.member, 0, given.criterion, 3, noon))
		}
		for name, row := range map[string]struct {
			filter IdeaFilter
			want   []int64
		}{
			"who scores":         {IdeaFilter{ToDecide: true, ToScoreBy: lukas}, []int64{ready, half, unscored}},
			"somebody else":      {IdeaFilter{ToDecide: true, ToScoreBy: fadli}, []int64{ready, own}},
			"who does not score": {IdeaFilter{ToDecide: true}, []int64{ready}},
			"of a state":         {IdeaFilter{ToDecide: true, ToScoreBy: lukas, State: council.IdeaUnderReview}, []int64{half, unscored}},
		} {
			var numbers []int64
			for _, idea := range got(tx.Ideas(row.filter, 0, -1))(t) {
				numbers = append(numbers, idea.Number)
			}
			if count := got(tx.CountIdeas(row.filter))(t); !slices.Equal(numbers, row.want) || count != len(row.want) {
				t.Errorf("%s: %v (%d), not %v", name, numbers, count, row.want)
			}
		}
		return nil
	}))
}
