package report

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// TestFieldsFollowTheRulesOfSheets: what is written for one part is taken as a sheet
// would take it, and what cannot be so leaves the indicator as it was.
func TestFieldsFollowTheRulesOfSheets(t *testing.T) {
	known := council.Indicator{ID: 3, Code: "ENV-08", Name: "Sampah", Dimension: council.Environment, Weight: 500, Target: "70", Owner: "DLH"}
	for _, test := range []struct {
		field, words string
		change       func(*council.Indicator)
		problem      ProblemKind
	}{
		{"target", " 75,5 \n persen ", func(i *council.Indicator) { i.Target = "75,5 persen" }, ""},
		{"target", "-", func(i *council.Indicator) { i.Target = "" }, ""},
		{"owner", "–", func(i *council.Indicator) { i.Owner = "" }, ""},
		{"owner", strings.Repeat("é", 120), func(i *council.Indicator) { i.Owner = strings.Repeat("é", 120) }, ""},
		{"owner", strings.Repeat("é", 121), nil, ProblemTooLong},
		{"examples", strings.Repeat("a", 600), func(i *council.Indicator) { i.Examples = strings.Repeat("a", 600) }, ""},
		{"name", "", nil, ProblemNoName},
		{"name", "-", nil, ProblemNoName},
		{"name", strings.Repeat("a", council.IndicatorNameLimit+1), nil, ProblemTooLong},
		{"weight", "7,5 %", func(i *council.Indicator) { i.Weight = 750 }, ""},
		{"weight", "0.5", func(i *council.Indicator) { i.Weight = 50 }, ""},
		{"weight", "1", func(i *council.Indicator) { i.Weight = 100 }, ""},
		{"weight", "-", func(i *council.Indicator) { i.Weight = 0 }, ""},
		{"weight", "-1", nil, ProblemBadNumber},
		{"weight", "101", nil, ProblemBadNumber},
		{"weight", "banyak", nil, ProblemBadNumber},
		{"dimension", "Smart Society", func(i *council.Indicator) { i.Dimension = council.Society }, ""},
		{"dimension", "lingkungan", func(*council.Indicator) {}, ""},
		{"dimension", "Laut", nil, ProblemUnknownDimension},
		{"dimension", "-", func(i *council.Indicator) { i.Dimension = "" }, ""},
		{"code", "ENV-99", func(*council.Indicator) {}, ""},
		{"", "x", func(*council.Indicator) {}, ""},
	} {
		want := known
		if test.change != nil {
			test.change(&want)
		}
		if got, problem := SetIndicatorField(known, test.field, test.words, nil); got != want || problem != test.problem {
			t.Errorf("%s %.20q makes %+v (%q), not %+v (%q)", test.field, test.words, got, problem, want, test.problem)
		}
	}
}

// TestAFieldIsAllThatChanges: of whatever words, and never longer than a sheet's.
func TestAFieldIsAllThatChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.SampledFrom(council.IndicatorFields).Draw(t, "field")
		known := council.Indicator{ID: 1, Code: "ENV-08", Name: "Sampah", Weight: 10}
		got, problem := SetIndicatorField(known, field, rapid.String().Draw(t, "words"), nil)
		if problem != "" && got != known {
			t.Errorf("the problem %s has changed it", problem)
		}
		for _, changed := range (council.IndicatorChange{Before: known, After: got}).Fields() {
			if changed != field {
				t.Errorf("%s has changed as well", changed)
			}
		}
		if got.Weight < 0 || got.Weight > council.WholeWeight || len([]rune(got.Examples)) > 600 || len([]rune(got.Owner)) > 120 {
			t.Errorf("it is %+v", got)
		}
	})
}
