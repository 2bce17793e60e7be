package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestRecommendationsAreKeptWhole(t *testing.T) {
	tx := writing(t)
	member, _, err := tx.Appeared(7, "baso_contoh", "id", noon)
	ok(t, err)
	first, err := tx.CreateRecommendation(council.Recommendation{Evaluation: 2, Text: "ciptakan inovasi baru", Measure: council.MeasureIdeas,
		State: council.RecommendationOpen, CreatedBy: member.ID, CreatedAt: noon})
	ok(t, err)
	second, err := tx.CreateRecommendation(council.Recommendation{Text: "salah catat", State: council.RecommendationOpen, CreatedBy: member.ID, CreatedAt: noon})
	ok(t, err)
	first.OwnerID, first.Office, first.Due = member.ID, "DLH", council.Deadline{At: noon.Add(48 * time.Hour), Zone: "Asia/Makassar"}
	first.Links = []council.RecommendationLink{{Subject: council.Reference{Letter: 'I', Number: 3}, At: noon.Add(time.Hour)}, {Subject: council.TaskReference(12), At: noon}}
	first.Version = 2
	ok(t, tx.SaveRecommendation(first))
	kept, err := tx.Recommendation(first.Number)
	ok(t, err)
	if difference := cmp.Diff(first, kept); difference != "" {
		t.Error(difference)
	}
	second.State, second.EndedAt = council.RecommendationWithdrawn, noon
	ok(t, tx.SaveRecommendation(second))
	third, err := tx.CreateRecommendation(council.Recommendation{Text: "tutup", State: council.RecommendationDone, Reason: "beres", CreatedBy: member.ID, CreatedAt: noon, EndedAt: noon})
	ok(t, err)
	for _, list := range []struct {
		openOnly bool
		want     []int64
	}{{true, []int64{first.Number}}, {false, []int64{first.Number, third.Number}}} {
		found, err := tx.Recommendations(list.openOnly)
		ok(t, err)
		var numbers []int64
		for _, one := range found {
			numbers = append(numbers, one.Number)
		}
		if !cmp.Equal(numbers, list.want) {
			t.Errorf("open only %v: %v", list.openOnly, numbers)
		}
	}
	if _, err := tx.Recommendation(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

// TestAMentionInChargeBecomesThePerson: whoever was put in charge before the bot knew
// the person stays so afterwards.
func TestAMentionInChargeBecomesThePerson(t *testing.T) {
	tx := writing(t)
	mentioned, err := tx.Mentioned("baso_contoh")
	ok(t, err)
	kept, err := tx.CreateRecommendation(council.Recommendation{Text: "ciptakan inovasi baru", OwnerID: mentioned.ID, State: council.RecommendationOpen, CreatedAt: noon})
	ok(t, err)
	if _, _, err = tx.Appeared(8, "", "id", noon); err != nil {
		t.Fatal(err)
	}
	person, _, err := tx.Appeared(8, "baso_contoh", "id", noon)
	ok(t, err)
	found, err := tx.Recommendation(kept.Number)
	ok(t, err)
	if found.OwnerID != person.ID {
		t.Errorf("in charge is %d, the person is %d", found.OwnerID, person.ID)
	}
}

func TestWhenSomethingLastHappened(t *testing.T) {
	tx := writing(t)
	subject := council.TaskReference(4)
	if last, err := tx.LastHappened(subject); err != nil || !last.IsZero() {
		t.Fatalf("got %v, %v", last, err)
	}
	for _, hours := range []time.Duration{1, 3, 2} {
		ok(t, tx.Record(council.Event{At: noon.Add(hours * time.Hour), Subject: subject, Kind: council.EventProgress}, ""))
	}
	if last, err := tx.LastHappened(subject); err != nil || !last.Equal(noon.Add(3*time.Hour)) {
		t.Errorf("got %v, %v", last, err)
	}
}
