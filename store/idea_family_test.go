package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"pgregory.net/rapid"
)

// familyWorld is some ideas of some people in a database.
type familyWorld struct {
	tx      *Tx
	ideas   []int64
	members []int64
	now     time.Time
}

// TestNobodyIsLostByMerging draws merges, what takes them back, support and what
// takes that back, in any order: every idea belongs to one family, no family goes in
// a circle, and everybody who gave or supports one of its ideas counts in it once.
func TestNobodyIsLostByMerging(t *testing.T) {
	s := openStore(t)
	undone := errors.New("undone")
	rapid.Check(t, func(r *rapid.T) {
		err := s.Update(t.Context(), func(tx *Tx) error {
			w := newFamilyWorld(r, tx)
			for range rapid.IntRange(1, 25).Draw(r, "deeds") {
				w.deed(r)
				w.check(r)
			}
			return undone
		})
		if !errors.Is(err, undone) {
			r.Fatal(err)
		}
	})
}

func newFamilyWorld(t *rapid.T, tx *Tx) *familyWorld {
	w := &familyWorld{tx: tx, now: noon}
	for id := range int64(4) {
		member, _, err := tx.Appeared(100+id, "", "id", noon)
		if err != nil {
			t.Fatal(err)
		}
		w.members = append(w.members, member.ID)
	}
	for i := range 5 {
		idea, err := tx.CreateIdea(council.NewIdea(council.Idea{SubmitterID: w.members[i%3]}, noon, council.Timing{}))
		if err != nil {
			t.Fatal(err)
		}
		w.ideas = append(w.ideas, idea.Number)
	}
	return w
}

func (w *familyWorld) deed(t *rapid.T) {
	number, other := rapid.SampledFrom(w.ideas).Draw(t, "idea"), rapid.SampledFrom(w.ideas).Draw(t, "other")
	member := rapid.SampledFrom(w.members).Draw(t, "member")
	w.now = w.now.Add(time.Hour * time.Duration(rapid.IntRange(1, 40).Draw(t, "hours")))
	idea, err := w.tx.Idea(number)
	if err != nil {
		t.Fatal(err)
	}
	switch rapid.SampledFrom([]string{"merge", "unmerge", "support", "follow", "end"}).Draw(t, "deed") {
	case "merge":
		into, found := w.tx.Idea(other)
		if found != nil {
			t.Fatal(found)
		}
		if idea, err = idea.Merge(into, w.now); err == nil {
			err = w.tx.SaveIdea(idea)
		}
	case "unmerge":
		if idea, err = idea.Unmerge(w.now); err == nil {
			err = w.tx.SaveIdea(idea)
		}
	case "support":
		err = w.tx.SetSupport(council.IdeaSupport{IdeaNumber: number, MemberID: member, Supports: true}, w.now)
	case "follow":
		err = w.tx.SetSupport(council.IdeaSupport{IdeaNumber: number, MemberID: member}, w.now)
	case "end":
		err = w.tx.EndSupport(number, member)
	}
	var refusal *council.Refusal
	if err != nil && !errors.As(err, &refusal) {
		t.Fatal(err)
	}
}

func (w *familyWorld) check(t *rapid.T) {
	seen := map[int64]int64{}
	for _, number := range w.ideas {
		family, err := w.tx.IdeaFamily(number)
		if err != nil || family.Root.MergedInto != 0 {
			t.Fatalf("%d stands for %d: %v", family.Root.Number, number, err)
		}
		if !slices.ContainsFunc(family.Ideas(), func(idea council.Idea) bool { return idea.Number == number }) {
			t.Fatalf("%d is not in its own family", number)
		}
		if len(slices.Compact(slices.Sorted(slices.Values(family.Supporters())))) != len(family.Supporters()) {
			t.Fatalf("somebody counts twice: %v", family.Supporters())
		}
		for _, idea := range family.Ideas() {
			if root, known := seen[idea.Number]; known && root != family.Root.Number {
				t.Fatalf("%d belongs to %d and to %d", idea.Number, root, family.Root.Number)
			}
			seen[idea.Number] = family.Root.Number
			w.checkPeople(t, family, idea)
		}
	}
}

func (w *familyWorld) checkPeople(t *rapid.T, family council.IdeaFamily, idea council.Idea) {
	if !slices.Contains(family.Supporters(), idea.SubmitterID) || !slices.Contains(family.Submitters(), idea.SubmitterID) {
		t.Fatalf("%d, who gave %d, does not count", idea.SubmitterID, idea.Number)
	}
	stands, err := all(w.tx, scanSupport, `SELECT idea_number, member_id, supports FROM idea_support WHERE idea_number = ?`, idea.Number)
	if err != nil {
		t.Fatal(err)
	}
	for _, stand := range stands {
		if supports, follows := family.Support(stand.MemberID); !follows || stand.Supports && !supports {
			t.Fatalf("what %d said to %d does not count", stand.MemberID, idea.Number)
		}
		if !slices.Contains(family.People(), stand.MemberID) || stand.Supports && !slices.Contains(family.Supporters(), stand.MemberID) {
			t.Fatalf("%d is not counted in %v", stand.MemberID, family.Supporters())
		}
	}
}

func TestAFamilyOfNoIdea(t *testing.T) {
	if _, err := writing(t).IdeaFamily(7); !errors.Is(err, ErrNotFound) {
		t.Errorf("found %v", err)
	}
}

// TestLikenessesAreKept: what was found is not found anew over what was said to it.
func TestLikenessesAreKept(t *testing.T) {
	tx := writing(t)
	w := &familyWorld{tx: tx}
	member, _, err := tx.Appeared(7, "", "id", noon)
	ok(t, err)
	for range 2 {
		idea, err := tx.CreateIdea(council.Idea{SubmitterID: member.ID, CreatedAt: noon, StateSince: noon, ReviewBy: noon, DecideBy: noon})
		ok(t, err)
		w.ideas = append(w.ideas, idea.Number)
	}
	like := council.IdeaLikeness{Number: w.ideas[1], Other: w.ideas[0], State: council.LikenessFound, At: noon}
	ok(t, tx.FindLikeness(like))
	like.State, like.MemberID = council.LikenessAgreed, member.ID
	ok(t, tx.SaveLikeness(like))
	again := like
	again.State = council.LikenessFound
	ok(t, tx.FindLikeness(again))
	found, err := tx.Likenesses(w.ideas[1])
	ok(t, err)
	if len(found) != 1 || found[0].State != council.LikenessAgreed || found[0].MemberID != member.ID || !found[0].At.Equal(noon) {
		t.Errorf("found %+v", found)
	}
}
