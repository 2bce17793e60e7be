package main

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// What must hold.
const (
	// overall is how many messages a second Telegram takes, over all chats.
	overall = 30
	// leastShare is how much of that must be used from the first to the last.
	leastShare = 0.98
	// mostWait is how long one answer in a hundred may take.
	mostWait = time.Second
)

// result is what a run has shown.
type result struct {
	plan
	messages   int             // that count in Telegram's limits, from the first of the morning to its last
	took       time.Duration   // between these
	busiest    int             // so many arrived within one second, at most
	refused    []string        // calls that Telegram refused since a limit was passed
	violations []string        // calls that Telegram would not take
	times      map[int]int     // how many groups and people got the morning's message so many times
	toasts     []time.Duration // how long presses waited for their answer, the shortest first
	answers    []time.Duration // the same of messages
	unanswered int
	used       program.Usage
}

// rate is how many messages went out in a second.
func (r result) rate() float64 {
	if r.took <= 0 {
		return 0
	}
	return float64(r.messages-1) / r.took.Seconds()
}

// print writes the table and tells whether every must is met.
func (r result) print(out io.Writer) bool {
	figures := table.Table{Untimed: r.untimed}
	figures.Title(fmt.Sprintf("a morning for %d groups and %d people, while others write and press buttons", r.groups, r.people))
	figures.Note("messages within the limits, from first to last", "%d", r.messages)
	figures.Note("seconds from first to last", "%.2f", r.took.Seconds())
	figures.Note("messages a second", "%.2f", r.rate())
	figures.Timed("share of Telegram's limit", fmt.Sprintf("%.1f %%", 100*r.rate()/overall), fmt.Sprintf("at least %.0f %%", 100*leastShare), r.rate() >= leastShare*overall)
	figures.Must("most that arrived within one second", fmt.Sprint(r.busiest), fmt.Sprintf("at most %d", overall), r.busiest <= overall)
	figures.None("refused for a limit (429)", len(r.refused))
	figures.None("rules of the Bot API broken", len(r.violations))
	figures.Must("groups and people who got it once", fmt.Sprint(r.times[1]), fmt.Sprint(r.groups+r.people), r.times[1] == r.groups+r.people)
	figures.None("never", r.times[0])
	figures.None("acts of others without an answer", r.unanswered)
	for _, kind := range []struct {
		what  string
		waits []time.Duration
	}{{"presses", r.toasts}, {"messages", r.answers}} {
		limit := fmt.Sprintf("at most %d ms", mostWait.Milliseconds())
		figures.Timed(fmt.Sprintf("%d %s waited: median / 99th percentile ms", len(kind.waits), kind.what),
			fmt.Sprintf("%.0f / %.0f", table.Milliseconds(share(kind.waits, 0.5)), table.Milliseconds(share(kind.waits, 0.99))), limit,
			len(kind.waits) > 0 && share(kind.waits, 0.99) <= mostWait)
		figures.Note("  at most", "%.0f", table.Milliseconds(share(kind.waits, 1)))
	}
	figures.Note("seconds of a processor", "%.2f", r.used.CPU.Seconds())
	figures.Note("memory at its peak, MB", "%.1f", program.Megabytes(r.used.Peak))
	good := figures.Print(out)
	for _, text := range append(r.refused, r.violations...) {
		fmt.Fprintln(out, "  ", text)
	}
	return good
}

// share is the time that so many of the times are not above.
func share(sorted []time.Duration, of float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, int(math.Ceil(of*float64(len(sorted))))-1)]
}

// busiest is the largest number of the moments, in the order of time, that lie within a span.
func busiest(moments []time.Time, span time.Duration) int {
	most, first := 0, 0
	for at, moment := range moments {
		for moment.Sub(moments[first]) >= span {
			first++
		}
		most = max(most, at-first+1)
	}
	return most
}
