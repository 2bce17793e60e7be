package council

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestThreeDaysCountFromWhenItWasFound(t *testing.T) {
	found := time.Date(2026, 6, 5, 22, 0, 0, 0, time.UTC)
	if due := (Official{FoundAt: found}).Due(); !due.Equal(time.Date(2026, 6, 8, 22, 0, 0, 0, time.UTC)) {
		t.Errorf("due %s", due)
	}
	if due := (Official{}).Due(); !due.IsZero() {
		t.Errorf("without a clock it is due %s", due)
	}
	for name, test := range map[string]struct {
		official Official
		open     bool
	}{
		"none":   {Official{}, false},
		"open":   {Official{Number: 1, FoundAt: found}, true},
		"closed": {Official{Number: 1, FoundAt: found, ClosedAt: found}, false},
	} {
		if test.official.IsOpen() != test.open {
			t.Errorf("%s: %v", name, !test.open)
		}
	}
	for name, test := range map[string]struct {
		ago     time.Duration
		refused string
	}{"now": {0, ""}, "yesterday": {24 * time.Hour, ""}, "tomorrow": {-24 * time.Hour, "found_ahead"}, "long ago": {400 * 24 * time.Hour, "found_long_ago"}} {
		if err := CheckFound(found.Add(-test.ago), found); refusalOf(err) != test.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAddresseesAreAddedAndTakenAway(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) Addressees {
		ids := rapid.SliceOfNDistinct(rapid.Int64Range(1, 4), 0, 3, rapid.ID[int64])
		return Addressees{Everyone: rapid.Bool().Draw(t, "everyone"), Kept: rapid.Bool().Draw(t, "kept"), Groups: ids.Draw(t, "groups"),
			MembersOf: ids.Draw(t, "members"), People: ids.Draw(t, "people"), Roles: rapid.SliceOfNDistinct(rapid.SampledFrom(Roles), 0, 3, rapid.ID[Role]).Draw(t, "roles")}
	})
	rapid.Check(t, func(t *rapid.T) {
		some, others := draw.Draw(t, "some"), draw.Draw(t, "others")
		both := some.And(others)
		if !both.Name(some) || !both.Name(others) {
			t.Fatalf("%+v with %+v is %+v", some, others, both)
		}
		if left := both.Without(others).Without(some); !left.None() {
			t.Fatalf("%+v are left", left)
		}
		if others.ToPeople() != (others.Kept || len(others.MembersOf)+len(others.People)+len(others.Roles) > 0) {
			t.Fatalf("%+v", others)
		}
	})
}
