package main

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/bench/table"
	"github.com/rembuk/rembuk/council"
)

func TestAFewWeeks(t *testing.T) {
	var out strings.Builder
	good, err := run(t.Context(), size{tasks: 60, people: 14, groups: 4, days: 45, reminders: fewest}, false, &out)
	if err != nil || !good {
		t.Fatalf("good is %v, %v:\n%s", good, err, out.String())
	}
	for _, figure := range []string{"45 days of a regency: 60 tasks, 14 people, 4 groups", "at most 3: met", "1000 ", "everything is as it must be"} {
		if !strings.Contains(out.String(), figure) {
			t.Errorf("%q is missing in:\n%s", figure, out.String())
		}
	}
}

func TestWhatMustNotBe(t *testing.T) {
	monday := council.Day{Year: 2026, Month: time.June, Day: 1}
	for name, row := range map[string]struct {
		unasked int
		due     time.Duration // beside the most reminders; a millisecond beside the fewest
		good    bool
	}{
		"as it is":             {3, 3 * time.Millisecond, true},
		"a fourth message":     {4, time.Millisecond, false},
		"a tick that grows":    {3, 3100 * time.Microsecond, false},
		"nobody heard at all":  {0, time.Millisecond, false},
		"an idle tick as slow": {3, time.Microsecond, false},
	} {
		t.Run(name, func(t *testing.T) {
			heard := &year{all: make(map[personDay]int), unasked: make(map[personDay]int)}
			for range row.unasked {
				heard.hear(council.Notice{MemberID: 1, Items: []council.Item{{}}}, monday)
			}
			heard.hear(council.Notice{MemberID: 1, Items: []council.Item{{Reminder: council.Reminder{Step: council.StepOwn}}}}, monday)
			var report table.Table
			heard.report(&report, shortSize)
			reportCosts(&report, []cost{{1000, 10 * time.Microsecond, time.Millisecond}, {1_000_000, 10 * time.Microsecond, row.due}})
			var out strings.Builder
			if good := report.Print(&out); good != row.good {
				t.Errorf("good is %v:\n%s", good, out.String())
			}
		})
	}
}

func TestMiddle(t *testing.T) {
	for name, row := range map[string]struct {
		counts       []int
		of           int
		median, most int
	}{
		"none":            {nil, 0, 0, 0},
		"some":            {[]int{1, 3, 2}, 0, 2, 3},
		"beside no days":  {[]int{1, 3, 2}, 9, 0, 3},
		"more than there": {[]int{2, 2}, 1, 2, 2},
	} {
		t.Run(name, func(t *testing.T) {
			if median, most := middle(row.counts, row.of); median != row.median || most != row.most {
				t.Errorf("got %d and %d", median, most)
			}
		})
	}
}
