package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// What must hold.
const (
	leastRate  = 3000.0 // updates a second, from the first poll until all are handled
	leastFirst = 0.99   // of the presses, before a tenth of the others are answered
	mostPeak   = 64.0   // megabytes
)

// result is what a run has shown.
type result struct {
	plan
	handled, said time.Duration   // since the first poll
	presses       []time.Duration // from the first poll to the answers to presses, the shortest first
	unbound       []time.Duration // the same of those before which the same person asked for nothing in that chat
	answers       []time.Duration // the same of orders and states
	meanwhile     []time.Duration // how long presses waited that came while the rest was handled
	calls         int             // of the Bot API, but for polls
	peak          int64
	cpu           time.Duration
	waitedAtKill  int

	unanswered, tooLate, lost, twice, disorder, aside int
}

// rate is how many updates were handled in a second.
func (r result) rate() float64 { return float64(r.updates) / r.handled.Seconds() }

// whole tells whether the run is one to which the speed asked for applies.
func (r result) whole() bool { return r.only == "" && !r.kill }

// first is which share of the presses was answered before a tenth of the others were.
func (r result) first(presses []time.Duration) float64 {
	if len(presses) == 0 || len(r.answers) == 0 {
		return 1
	}
	tenth := share(r.answers, 0.1)
	first, _ := slices.BinarySearch(presses, tenth)
	return float64(first) / float64(len(presses))
}

// print writes the table and tells whether every must is met.
func (r result) print(out io.Writer) bool {
	figures := table.Table{Untimed: r.untimed}
	what := "talk, presses, replies and commands"
	if r.only != "" {
		what = "nothing but " + r.only
	}
	figures.Title(fmt.Sprintf("%d updates wait when the program starts, %s in %d groups", r.updates, what, r.groups))
	if r.kill {
		figures.Note("updates kept and not handled when the program was killed", "%d", r.waitedAtKill)
	}
	const rate = "handled per second, from the first poll"
	if r.whole() {
		figures.Timed(rate, fmt.Sprintf("%.0f", r.rate()), fmt.Sprintf("at least %.0f", leastRate), r.rate() >= leastRate)
	} else {
		figures.Note(rate, "%.0f", r.rate())
	}
	figures.Note("seconds from the first poll until all are handled", "%.2f", r.handled.Seconds())
	figures.Note("until everything is said, in so many calls", "%.2f / %d", r.said.Seconds(), r.calls)
	if r.whole() {
		figures.Note("presses answered before a tenth of the others", "%.2f %%", 100*r.first(r.presses))
		figures.Timed("of those that come after nothing of the same person", fmt.Sprintf("%.2f %%", 100*r.first(r.unbound)),
			fmt.Sprintf("at least %.0f %%", 100*leastFirst), r.first(r.unbound) >= leastFirst)
	}
	for _, kind := range []struct {
		what  string
		waits []time.Duration
	}{{"presses waited", r.presses}, {"of these after nothing of the same person waited", r.unbound}, {"commands in groups waited", r.answers}, {"presses that came meanwhile waited", r.meanwhile}} {
		if len(kind.waits) > 0 {
			figures.Note(fmt.Sprintf("%d %s: median / 99th percentile / most s", len(kind.waits), kind.what), "%.1f / %.1f / %.1f",
				share(kind.waits, 0.5).Seconds(), share(kind.waits, 0.99).Seconds(), share(kind.waits, 1).Seconds())
		}
	}
	figures.Below("memory at its peak", "MB", program.Megabytes(r.peak), mostPeak)
	figures.Note("seconds of a processor", "%.2f", r.cpu.Seconds())
	figures.None("acts without an answer", r.unanswered)
	figures.Timed("presses answered after Telegram takes an answer", fmt.Sprint(r.tooLate), "0", r.tooLate == 0)
	figures.None("lost", r.lost)
	figures.None("done twice", r.twice)
	figures.None("out of order in a chat", r.disorder)
	figures.None("set aside", r.aside)
	return figures.Print(out)
}

func sorted(times []time.Duration) []time.Duration {
	slices.Sort(times)
	return times
}

// share is the time that so many of the times are not above.
func share(sorted []time.Duration, of float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, int(math.Ceil(of*float64(len(sorted))))-1)]
}
