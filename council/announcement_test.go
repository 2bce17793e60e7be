package council

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWhatAnAnnouncementAllowsWhereItStands(t *testing.T) {
	now := time.Date(2026, 10, 5, 1, 0, 0, 0, time.UTC)
	changes := []struct {
		name   string
		change func(Announcement) (Announcement, error)
	}{
		{"schedule", func(a Announcement) (Announcement, error) { return a.Schedule(now.Add(time.Hour), now) }},
		{"send", func(a Announcement) (Announcement, error) { return a.Send(now) }},
		{"write", func(a Announcement) (Announcement, error) { return a.Write("lain") }},
		{"address", func(a Announcement) (Announcement, error) { return a.Address(Addressees{Everyone: true}) }},
		{"cancel", Announcement.Cancel},
		{"recall", Announcement.Recall},
	}
	wanted := map[AnnouncementState]map[string]AnnouncementState{
		AnnouncementScheduled: {"schedule": AnnouncementScheduled, "send": AnnouncementSent, "write": AnnouncementScheduled, "address": AnnouncementScheduled, "cancel": AnnouncementCancelled},
		AnnouncementSent:      {"write": AnnouncementSent, "recall": AnnouncementRecalled},
		AnnouncementRecalled:  {},
		AnnouncementCancelled: {},
	}
	for state, allowed := range wanted {
		for _, change := range changes {
			before := Announcement{Number: 3, Text: "awal", State: state, Edition: 1, Version: 4}
			after, err := change.change(before)
			var refusal *Refusal
			next, may := allowed[change.name]
			switch {
			case may && (err != nil || after.State != next || after.Version != 5):
				t.Errorf("%s of a %s one: %+v %v", change.name, state, after, err)
			case !may && (!errors.As(err, &refusal) || !cmp.Equal(before, after)):
				t.Errorf("%s of a %s one is not refused, or changes it: %+v %v", change.name, state, after, err)
			}
		}
	}
}

func TestACorrectionIsOneOnlyAfterItWentOut(t *testing.T) {
	waiting := Announcement{Text: "awal", State: AnnouncementScheduled, Edition: 1}
	if after, err := waiting.Write("lain"); err != nil || after.Corrected() {
		t.Errorf("what nobody has seen is marked as corrected: %+v %v", after, err)
	}
	out := Announcement{Text: "awal", State: AnnouncementSent, Edition: 1}
	if after, err := out.Write("lain"); err != nil || !after.Corrected() {
		t.Errorf("a correction is not marked: %+v %v", after, err)
	}
	for code, text := range map[string]string{
		"announcement_empty": "", "announcement_same": "awal", "announcement_long": strings.Repeat("á", AnnouncementLimit+1),
	} {
		var refusal *Refusal
		if _, err := out.Write(text); !errors.As(err, &refusal) || refusal.Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	if _, err := out.Write(strings.Repeat("á", AnnouncementLimit)); err != nil {
		t.Errorf("as many letters as may be: %v", err)
	}
}

func TestNothingIsScheduledIntoThePast(t *testing.T) {
	now := time.Date(2026, 10, 5, 1, 0, 0, 0, time.UTC)
	a := Announcement{State: AnnouncementScheduled}
	for _, at := range []time.Time{now, now.Add(-time.Minute)} {
		var refusal *Refusal
		if _, err := a.Schedule(at, now); !errors.As(err, &refusal) || refusal.Code != "announcement_past" {
			t.Errorf("%s: %v", at, err)
		}
	}
}

func TestWhichGroupsAreMeant(t *testing.T) {
	dewan := Group{ID: 1, Kind: KindCouncil}
	living := Group{ID: 2, Kind: KindWorkingGroup, Dimension: Living}
	forum := Group{ID: 3, Kind: KindCommunity}
	tests := []struct {
		name string
		to   Addressees
		want []int64
	}{
		{"nobody", Addressees{}, nil},
		{"a role is no group", Addressees{Roles: []Role{RoleCouncil}}, nil},
		{"everyone", Addressees{Everyone: true}, []int64{1, 2, 3}},
		{"a kind", Addressees{Kinds: []GroupKind{KindCommunity}}, []int64{3}},
		{"a dimension", Addressees{Dimensions: []Dimension{Living}}, []int64{2}},
		{"another dimension", Addressees{Dimensions: []Dimension{Economy}}, nil},
		{"single ones", Addressees{Groups: []int64{3, 1}}, []int64{1, 3}},
		{"kind and single", Addressees{Kinds: []GroupKind{KindCouncil}, Groups: []int64{2}}, []int64{1, 2}},
	}
	for _, test := range tests {
		var got []int64
		for _, group := range []Group{dewan, living, forum} {
			if test.to.Include(group) {
				got = append(got, group.ID)
			}
		}
		if difference := cmp.Diff(test.want, got); difference != "" {
			t.Errorf("%s:\n%s", test.name, difference)
		}
	}
}

// TestChoosingTwiceIsChoosingNothing is a law of what buttons do: choosing and
// taking away again leaves what was chosen before.
func TestChoosingTwiceIsChoosingNothing(t *testing.T) {
	some := rapid.Custom(func(t *rapid.T) Addressees {
		return Addressees{
			Everyone: rapid.Bool().Draw(t, "everyone"), Kinds: rapid.SliceOfNDistinct(rapid.SampledFrom(GroupKinds), 0, 3, rapid.ID).Draw(t, "kinds"),
			Groups: rapid.SliceOfNDistinct(rapid.Int64Range(1, 5), 0, 3, rapid.ID).Draw(t, "groups"),
			Roles:  rapid.SliceOfNDistinct(rapid.SampledFrom(Roles), 0, 3, rapid.ID).Draw(t, "roles"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		before, more := some.Draw(t, "before"), some.Draw(t, "more")
		both := before.And(more)
		if !both.Name(before) || !both.Name(more) {
			t.Fatalf("%+v and %+v are not among %+v", before, more, both)
		}
		left := both.Without(more)
		if left.And(more).Name(both) != true || !before.Name(left) {
			t.Fatalf("%+v without %+v is %+v", both, more, left)
		}
		if !more.None() && left.Name(more) {
			t.Fatalf("%+v are still among %+v", more, left)
		}
	})
}
