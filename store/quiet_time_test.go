package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestQuietTimesArePersonsOrGroups(t *testing.T) {
	tx := writing(t)
	noonBreak, night := council.QuietTime{From: 720, Until: 780}, council.QuietTime{From: 1200, Until: 450}
	person, group := Hearer{MemberID: 5}, Hearer{GroupID: 5}
	ok(t, tx.SetQuietTimes(person, []council.QuietTime{night, noonBreak, night}))
	ok(t, tx.SetQuietTimes(group, []council.QuietTime{night}))
	tests := []struct {
		name string
		of   Hearer
		want []council.QuietTime
	}{
		{"a person's, in the order of the day", person, []council.QuietTime{noonBreak, night}},
		{"a group's of the same number", group, []council.QuietTime{night}},
		{"somebody else's", Hearer{MemberID: 6}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if difference := cmp.Diff(test.want, got(tx.QuietTimes(test.of))(t)); difference != "" {
				t.Error(difference)
			}
		})
	}
	ok(t, tx.SetQuietTimes(person, []council.QuietTime{noonBreak}))
	if difference := cmp.Diff([]council.QuietTime{noonBreak}, got(tx.QuietTimes(person))(t)); difference != "" {
		t.Errorf("set anew:\n%s", difference)
	}
	ok(t, tx.SetQuietTimes(person, nil))
	if left := got(tx.QuietTimes(person))(t); len(left) != 0 || len(got(tx.QuietTimes(group))(t)) != 1 {
		t.Errorf("taken away: %+v are left", left)
	}
}
