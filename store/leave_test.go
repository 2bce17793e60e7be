package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestLeavesOfAPerson(t *testing.T) {
	tx := writing(t)
	people(t, tx, "Baso", "Sri")
	day := func(day int) council.Day { return council.Day{Year: 2026, Month: time.June, Day: day} }
	for _, leave := range []council.Leave{
		{MemberID: 1, First: day(10), Last: day(12)}, {MemberID: 1, First: day(3), Last: day(7)}, {MemberID: 2, First: day(5), Last: day(5)},
	} {
		got(tx.AddLeave(leave))(t)
	}
	first := council.Leave{ID: 2, MemberID: 1, First: day(3), Last: day(7)}
	second := council.Leave{ID: 1, MemberID: 1, First: day(10), Last: day(12)}
	for name, row := range map[string]struct {
		day  int
		want []council.Leave
	}{
		"before":              {1, []council.Leave{first, second}},
		"on the last day":     {7, []council.Leave{first, second}},
		"on the day after it": {8, []council.Leave{second}},
		"after all":           {13, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if difference := cmp.Diff(row.want, got(tx.Leaves(1, day(row.day)))(t)); difference != "" {
				t.Error(difference)
			}
		})
	}
	if all := got(tx.AllLeaves(day(5)))(t); len(all) != 3 {
		t.Errorf("everybody's leaves are %v", all)
	}
	ok(t, tx.EndLeave(2))
	if difference := cmp.Diff([]council.Leave{second}, got(tx.Leaves(1, day(1)))(t)); difference != "" {
		t.Error(difference)
	}
}

// TestWhatWaitsForLeaveIsDecidedAnew leaves what waits for other reasons, or
// for others, where it is.
func TestWhatWaitsForLeaveIsDecidedAnew(t *testing.T) {
	tx := writing(t)
	people(t, tx, "Baso", "Sri")
	later := noon.Add(72 * time.Hour)
	reminder := func(number, member int64, waited string) council.Reminder {
		return council.Reminder{Subject: council.TaskReference(number), Step: "H-1", Audience: council.ToAssignee, MemberID: member,
			Anchor: noon.Add(96 * time.Hour), Due: later, Waited: waited}
	}
	ok(t, tx.AddReminders([]council.Reminder{
		reminder(1, 1, "on_leave"), reminder(2, 1, "budget"), reminder(3, 1, ""), reminder(4, 2, "on_leave"),
	}))
	ok(t, tx.DecideAnew(1, noon))
	var due []string
	for _, one := range got(tx.DueReminders(noon))(t) {
		due = append(due, one.Subject.String())
	}
	if difference := cmp.Diff([]string{"T-1"}, due); difference != "" {
		t.Error(difference)
	}
}
