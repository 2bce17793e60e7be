package main

import (
	"strings"
	"testing"
	"time"
)

func TestWhatMustHold(t *testing.T) {
	for name, row := range map[string]struct {
		change func(*result)
		good   bool
	}{
		"all well":          {func(*result) {}, true},
		"too slow":          {func(r *result) { r.handled = 34 * time.Second }, false},
		"presses come late": {func(r *result) { r.unbound = append(r.unbound, 30*time.Second) }, false},
		"presses come late after words of their own": {func(r *result) { r.presses = append(r.presses, 30*time.Second) }, true},
		"too much memory":   {func(r *result) { r.peak = 65_000_000 }, false},
		"no answer":         {func(r *result) { r.unanswered = 1 }, false},
		"answered too late": {func(r *result) { r.tooLate = 1 }, false},
		"lost":              {func(r *result) { r.lost = 1 }, false},
		"done twice":        {func(r *result) { r.twice = 1 }, false},
		"out of order":      {func(r *result) { r.disorder = 1 }, false},
		"set aside":         {func(r *result) { r.aside = 1 }, false},
		"slow after a kill": {func(r *result) { r.kill, r.handled = true, time.Minute }, true},
	} {
		r := result{plan: plan{updates: 100_000, groups: 400}, handled: 30 * time.Second, said: 40 * time.Second, peak: 50_000_000,
			presses: []time.Duration{time.Second, 2 * time.Second}, unbound: []time.Duration{time.Second}, answers: []time.Duration{20 * time.Second, 30 * time.Second}}
		row.change(&r)
		var out strings.Builder
		if good := r.print(&out); good != row.good {
			t.Errorf("%s: %v\n%s", name, good, out.String())
		}
	}
}

func TestTheTrailTellsWhatIsLostTwiceAndOutOfOrder(t *testing.T) {
	deeds := []deed{
		{kind: order, chat: -1, person: 1, mark: "item-0000001"},
		{kind: press, chat: -1, person: 2, mark: "1:take:7"},
		{kind: reply, chat: -1, person: 2, mark: "item-0000002"},
		{kind: order, chat: -1, person: 3, mark: "item-0000003"},
		{kind: talk, chat: -1, person: 3},
	}
	for name, row := range map[string]struct {
		done                  map[string][]int64
		lost, twice, disorder int
	}{
		"all in order":                       {map[string][]int64{"item-0000001": {1}, "1:take:7": {2}, "item-0000002": {3}, "item-0000003": {4}}, 0, 0, 0},
		"a press overtakes":                  {map[string][]int64{"1:take:7": {1}, "item-0000001": {2}, "item-0000002": {3}, "item-0000003": {4}}, 0, 0, 0},
		"the same person's reply overtakes":  {map[string][]int64{"item-0000001": {1}, "item-0000002": {2}, "1:take:7": {3}, "item-0000003": {4}}, 0, 0, 1},
		"somebody else's order overtakes":    {map[string][]int64{"item-0000003": {1}, "item-0000001": {2}, "1:take:7": {3}, "item-0000002": {4}}, 0, 0, 1},
		"one is missing, one was done twice": {map[string][]int64{"item-0000001": {1, 9}, "1:take:7": {2}, "item-0000002": {3}}, 1, 1, 0},
	} {
		var r result
		r.reckonTrail(deeds, row.done)
		if r.lost != row.lost || r.twice != row.twice || r.disorder != row.disorder {
			t.Errorf("%s: lost %d, twice %d, out of order %d", name, r.lost, r.twice, r.disorder)
		}
	}
}
