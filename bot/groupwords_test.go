package bot

import (
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

func TestGroupWords(t *testing.T) {
	type meaning struct {
		kind      council.GroupKind
		dimension council.Dimension
	}
	pokja := func(dimension council.Dimension) meaning { return meaning{council.KindWorkingGroup, dimension} }
	dewan, komunitas, sekretariat := meaning{council.KindCouncil, ""}, meaning{council.KindCommunity, ""}, meaning{council.KindSecretariat, ""}
	tests := []struct {
		text string
		want meaning
	}{
		{"dewan", dewan}, {"Dewan", dewan}, {"dewan smart city", dewan}, {"council", dewan}, {"Smart City Council", dewan}, {"#dewan", dewan},
		{"komunitas", komunitas}, {"komunitas pendukung", komunitas}, {"community", komunitas}, {"supporting communities", komunitas}, {"forum", komunitas},
		{"sekretariat", sekretariat}, {"secretariat", sekretariat}, {"  Sekretariat  ", sekretariat},
		{"pokja tata kelola", pokja(council.Governance)}, {"tata kelola", pokja(council.Governance)}, {"tatakelola", pokja(council.Governance)},
		{"#tata_kelola", pokja(council.Governance)}, {"governance", pokja(council.Governance)}, {"smart governance", pokja(council.Governance)},
		{"pokja smart governance", pokja(council.Governance)}, {"pemerintahan", pokja(council.Governance)},
		{"branding", pokja(council.Branding)}, {"pokja branding", pokja(council.Branding)}, {"smart branding", pokja(council.Branding)},
		{"ekonomi", pokja(council.Economy)}, {"pokja ekonomi", pokja(council.Economy)}, {"economy", pokja(council.Economy)}, {"#SmartEconomy", pokja(council.Economy)},
		{"kehidupan", pokja(council.Living)}, {"pokja kehidupan", pokja(council.Living)}, {"living", pokja(council.Living)}, {"smart living", pokja(council.Living)},
		{"masyarakat", pokja(council.Society)}, {"pokja masyarakat", pokja(council.Society)}, {"society", pokja(council.Society)}, {"dimensi society", pokja(council.Society)},
		{"lingkungan", pokja(council.Environment)}, {"POKJA LINGKUNGAN", pokja(council.Environment)}, {"environment", pokja(council.Environment)},
		{"smart environment", pokja(council.Environment)}, {"Environment Working Group", pokja(council.Environment)}, {"pokja-lingkungan", pokja(council.Environment)},
		{"#lingkungan", pokja(council.Environment)}, {"grup pokja lingkungan", pokja(council.Environment)}, {"kelompok kerja lingkungan", pokja(council.Environment)},
		{"", meaning{}}, {"pokja", meaning{}}, {"smart", meaning{}}, {"smart city", meaning{}}, {"working group", meaning{}}, {"kesehatan", meaning{}},
		{"lingkungan masyarakat", meaning{}}, {"lingkungannya", meaning{}}, {"working_group", meaning{}}, {"T-12", meaning{}}, {"🌳", meaning{}},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			kind, dimension, ok := groupWords(test.text, nil)
			if got := (meaning{kind, dimension}); got != test.want || ok != (test.want.kind != "") {
				t.Errorf("%q means %+v (known: %v), not %+v", test.text, got, ok, test.want)
			}
		})
	}
}

// What a button or a sentence calls a group is understood when somebody types it.
func TestGroupNamesAreUnderstood(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	check := func(kind council.GroupKind, dimension council.Dimension) {
		for _, language := range locale.Languages {
			name := kindName(book.In(language), kind, dimension)
			if gotKind, gotDimension, ok := groupWords(name, nil); !ok || gotKind != kind || gotDimension != dimension {
				t.Errorf("%q is read as %s %s", name, gotKind, gotDimension)
			}
		}
		if gotKind, gotDimension, ok := groupNamed(groupKey(kind, dimension)); !ok || gotKind != kind || gotDimension != dimension {
			t.Errorf("the key %q is read as %s %s", groupKey(kind, dimension), gotKind, gotDimension)
		}
	}
	for _, kind := range council.GroupKinds {
		if kind != council.KindWorkingGroup {
			check(kind, "")
		}
	}
	for _, dimension := range council.Dimensions {
		check(council.KindWorkingGroup, dimension)
	}
}
