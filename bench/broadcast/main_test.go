package main

import (
	"strings"
	"testing"
	"time"
)

func TestWhatIsGood(t *testing.T) {
	waits := make([]time.Duration, 200)
	for i := range waits {
		waits[i] = 10 * time.Millisecond
	}
	slow := append(append([]time.Duration(nil), waits[:197]...), 2*time.Second, 2*time.Second, 2*time.Second)
	for name, row := range map[string]struct {
		change func(*result)
		good   bool
	}{
		"all well":              {func(*result) {}, true},
		"one in a hundred slow": {func(r *result) { r.presses = append(waits[:198:198], 2*time.Second, 2*time.Second) }, true},
		"more are slow":         {func(r *result) { r.presses = slow }, false},
		"no answer":             {func(r *result) { r.unanswered = 1 }, false},
		"a group without":       {func(r *result) { r.times = map[int]int{0: 1, 1: 299} }, false},
		"twice":                 {func(r *result) { r.times = map[int]int{1: 299, 2: 1} }, false},
		"twice after a kill":    {func(r *result) { r.times, r.underWay = map[int]int{1: 299, 2: 1}, 1 }, true},
		"three times":           {func(r *result) { r.times, r.underWay = map[int]int{1: 299, 3: 1}, 1 }, false},
		"over a limit":          {func(r *result) { r.refused = []string{"429"} }, false},
		"against the rules":     {func(r *result) { r.violations = []string{"a text too long"} }, false},
	} {
		r := result{plan: plan{groups: 300}, presses: waits, times: map[int]int{1: 300}}
		row.change(&r)
		if r.good() != row.good {
			t.Errorf("%s: good is %v", name, r.good())
		}
		var out strings.Builder
		if r.print(&out); strings.Contains(out.String(), "NOT GOOD") == row.good {
			t.Errorf("%s is printed as\n%s", name, out.String())
		}
	}
}

func TestShare(t *testing.T) {
	times := []time.Duration{1, 2, 3, 4}
	for of, want := range map[float64]time.Duration{0.5: 2, 0.99: 4, 1: 4, 0.01: 1} {
		if got := share(times, of); got != want {
			t.Errorf("%.2f: %d", of, got)
		}
	}
	if share(nil, 0.5) != 0 {
		t.Error("of nothing")
	}
}
