package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/sim"
)

// TestReckon is ten commands, written a second apart, of which some are lost with the
// first machine, half a second after the sixth.
func TestReckon(t *testing.T) {
	began := time.Date(2026, 6, 1, 4, 0, 0, 0, time.UTC)
	cases := []struct {
		name       string
		lost       []int
		lag        time.Duration
		holes      int
		unanswered int
	}{
		{"nothing is lost", nil, 0, 0, 10},
		{"the last one before the loss", []int{6}, 500 * time.Millisecond, 0, 9},
		{"the last three", []int{4, 5, 6}, 2500 * time.Millisecond, 0, 7},
		{"one between is kept", []int{4, 6}, 2500 * time.Millisecond, 1, 8},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			telegram := sim.New(sim.Options{})
			f := &failover{telegram: telegram, city: load.NewCity(telegram, 1, 1), written: map[string]time.Time{}}
			f.killed = []time.Time{began.Add(6*time.Second + 500*time.Millisecond)}
			tasks := map[string]int{}
			for number := 1; number <= 10; number++ {
				title := fmt.Sprintf("item-%07d", number)
				f.written[title], tasks[title] = began.Add(time.Duration(number)*time.Second), 1
			}
			for _, number := range c.lost {
				delete(tasks, fmt.Sprintf("item-%07d", number))
			}
			f.reckon(tasks)
			if r := f.result; r.lost != len(c.lost) || r.lag != c.lag || r.holes != c.holes || r.unanswered != c.unanswered {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestTable prints a run in which all is well, and then one thing after the other is not.
func TestTable(t *testing.T) {
	well := result{whole: "ok", lag: mostLag}
	var out strings.Builder
	if !well.print(&out) || strings.Contains(out.String(), "NOT") {
		t.Errorf("all is well, and it says\n%s", out.String())
	}
	for name, spoil := range map[string]func(*result){
		"a late replica": func(r *result) { r.lag++ },
		"a hole":         func(r *result) { r.holes = 1 },
		"unanswered":     func(r *result) { r.unanswered = 1 },
		"done twice":     func(r *result) { r.doneTwice = 1 },
		"out of order":   func(r *result) { r.outOfOrder = 1 },
		"a number twice": func(r *result) { r.numberedTwice = 1 },
		"a silent press": func(r *result) { r.silent = 1 },
		"erased words":   func(r *result) { r.leftAfterErasing = 1 },
		"a damaged file": func(r *result) { r.whole = "it is damaged" },
	} {
		spoiled := well
		spoil(&spoiled)
		out.Reset()
		if spoiled.print(&out) || !strings.Contains(out.String(), "NOT met") {
			t.Errorf("%s is not told:\n%s", name, out.String())
		}
	}
}
