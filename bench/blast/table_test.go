package main

import (
	"strings"
	"testing"
	"time"
)

func TestWhatMustHold(t *testing.T) {
	waits := make([]time.Duration, 200)
	for name, row := range map[string]struct {
		change func(*result)
		good   bool
	}{
		"all well":             {func(*result) {}, true},
		"too slow":             {func(r *result) { r.took = 21 * time.Second }, false},
		"too many in a second": {func(r *result) { r.busiest = 31 }, false},
		"refused":              {func(r *result) { r.refused = []string{"429"} }, false},
		"against the rules":    {func(r *result) { r.violations = []string{"a text too long"} }, false},
		"somebody without":     {func(r *result) { r.times = map[int]int{0: 1, 1: 399} }, false},
		"twice":                {func(r *result) { r.times = map[int]int{1: 399, 2: 1} }, false},
		"no answer":            {func(r *result) { r.unanswered = 1 }, false},
		"no press at all":      {func(r *result) { r.toasts = nil }, false},
		"slow answers": {func(r *result) {
			r.answers = append(waits[:197:197], 2*time.Second, 2*time.Second, 2*time.Second)
		}, false},
		"one slow answer in a hundred": {func(r *result) { r.answers = append(waits[:198:198], 2*time.Second, 2*time.Second) }, true},
	} {
		r := result{plan: plan{groups: 100, people: 300}, messages: 601, took: 20 * time.Second, busiest: 30, times: map[int]int{1: 400}, toasts: waits, answers: waits}
		row.change(&r)
		var out strings.Builder
		if good := r.print(&out); good != row.good || strings.Contains(out.String(), "NOT met") == row.good {
			t.Errorf("%s: good is %v, and it is printed as\n%s", name, good, out.String())
		}
	}
}

func TestBusiest(t *testing.T) {
	began := time.Now()
	var moments []time.Time
	for _, ms := range []int{0, 10, 500, 999, 1000, 1400, 1999, 2000} {
		moments = append(moments, began.Add(time.Duration(ms)*time.Millisecond))
	}
	if most := busiest(moments, time.Second); most != 4 {
		t.Errorf("%d within a second", most)
	}
	if busiest(nil, time.Second) != 0 {
		t.Error("of nothing")
	}
}
