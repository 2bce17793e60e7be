package council

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestUpdateIndicators(t *testing.T) {
	waste := Indicator{ID: 1, Evaluation: 1, Code: "ENV-08", Dimension: Environment, Name: "Sampah terkelola", Target: "70", Weight: 500, Owner: "DLH"}
	bank := Indicator{ID: 2, Evaluation: 1, Code: "ENV-09", Dimension: Environment, Name: "Bank sampah", Weight: 500}
	old := Indicator{ID: 3, Evaluation: 1, Code: "ENV-01", Name: "Indeks", Retired: true}
	update := UpdateIndicators([]Indicator{waste, bank, old}, []Indicator{
		{Code: "ENV-08", Name: "Sampah terkelola", Owner: "Dinas LH", Weight: 600},
		{Code: "ENV-01", Name: "Indeks"},
		{Code: "SOC-01", Name: "Pertemuan", Owner: "Diskominfo"},
	}, []string{"name", "owner", "weight"}, 1)
	if len(update.Changes) != 3 || update.Same != 0 || len(update.Missing) != 1 || update.Missing[0] != bank {
		t.Fatalf("%+v", update)
	}
	changed := update.Changes[0]
	if !slices.Equal(changed.Fields(), []string{"weight", "owner"}) || changed.After.Target != "70" || changed.After.ID != 1 || changed.After.Dimension != Environment {
		t.Errorf("what the sheet has no column for does not stay: %+v, %q", changed, changed.Fields())
	}
	if back := update.Changes[1]; !back.IsNew() || back.After.Retired || back.After.ID != 3 {
		t.Errorf("what was left out comes back as %+v", back)
	}
	if fresh := update.Changes[2]; !fresh.IsNew() || fresh.After.Evaluation != 1 || fresh.Fields() != nil {
		t.Errorf("what is new is %+v", fresh)
	}
	if retired := update.Retire(); len(retired) != 1 || !retired[0].After.Retired || retired[0].Before != bank {
		t.Errorf("left out: %+v", retired)
	}
}

// TestASheetTwiceChangesNothing: once a sheet is kept, it changes nothing any more, and
// every indicator is changed, the same, or missing.
func TestASheetTwiceChangesNothing(t *testing.T) {
	indicator := rapid.Custom(func(t *rapid.T) Indicator {
		return Indicator{Code: fmt.Sprintf("ENV-%02d", rapid.IntRange(1, 9).Draw(t, "number")), Name: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "name"),
			Weight: rapid.IntRange(0, 2).Draw(t, "weight"), Dimension: rapid.SampledFrom(Dimensions).Draw(t, "dimension")}
	})
	sheets := rapid.SliceOfNDistinct(indicator, 0, 9, func(i Indicator) string { return i.Code })
	rapid.Check(t, func(t *rapid.T) {
		known, sheet := sheets.Draw(t, "known"), sheets.Draw(t, "sheet")
		for i := range known {
			known[i].ID, known[i].Evaluation, known[i].Retired = int64(i+1), 4, rapid.Bool().Draw(t, "retired")
		}
		fields := rapid.SliceOfDistinct(rapid.SampledFrom(IndicatorFields), rapid.ID[string]).Draw(t, "fields")
		update := UpdateIndicators(known, sheet, fields, 4)
		if len(update.Changes)+update.Same != len(sheet) {
			t.Errorf("%d changed and %d the same of %d", len(update.Changes), update.Same, len(sheet))
		}
		after := slices.Clone(known)
		for _, change := range append(update.Changes, update.Retire()...) {
			at := slices.IndexFunc(after, func(i Indicator) bool { return i.Code == change.After.Code })
			if at < 0 {
				change.After.ID = int64(len(after) + 1)
				after, at = append(after, change.After), len(after)
			}
			after[at] = change.After
		}
		if again := UpdateIndicators(after, sheet, fields, 4); len(again.Changes)+len(again.Missing) != 0 || again.Same != len(sheet) {
			t.Errorf("the same sheet again makes %+v", again)
		}
	})
}
