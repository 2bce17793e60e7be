package main

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/rembuk/rembuk/bench/program"
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
	fmt.Fprintf(out, "a morning for %d groups and %d people, while others write and press buttons\n\n", r.groups, r.people)
	good := true
	line := func(what, figure, must string, met bool) {
		verdict := ""
		if must != "" {
			verdict = "met"
			if !met {
				verdict = "NOT met"
			}
		}
		good = good && met
		fmt.Fprintf(out, "%-52s %12s   %-18s %s\n", what, figure, must, verdict)
	}
	line("messages within the limits, from first to last", fmt.Sprint(r.messages), "", true)
	line("seconds from first to last", fmt.Sprintf("%.2f", r.took.Seconds()), "", true)
	line("messages a second", fmt.Sprintf("%.2f", r.rate()), "", true)
	line("share of Telegram's limit", fmt.Sprintf("%.1f %%", 100*r.rate()/overall), fmt.Sprintf("at least %.0f %%", 100*leastShare), r.rate() >= leastShare*overall)
	line("most that arrived within one second", fmt.Sprint(r.busiest), fmt.Sprintf("at most %d", overall), r.busiest <= overall)
	line("refused for a limit (429)", fmt.Sprint(len(r.refused)), "0", len(r.refused) == 0)
	line("rules of the Bot API broken", fmt.Sprint(len(r.violations)), "0", len(r.violations) == 0)
	line("groups and people who got it once", fmt.Sprint(r.times[1]), fmt.Sprint(r.groups+r.people), r.times[1] == r.groups+r.people)
	line("never", fmt.Sprint(r.times[0]), "0", r.times[0] == 0)
	line("acts of others without an answer", fmt.Sprint(r.unanswered), "0", r.unanswered == 0)
	for _, kind := range []struct {
		what  string
		waits []time.Duration
	}{{"presses", r.toasts}, {"messages", r.answers}} {
		limit := fmt.Sprintf("at most %d ms", mostWait.Milliseconds())
		line(fmt.Sprintf("%d %s waited: median / 99th percentile ms", len(kind.waits), kind.what),
			fmt.Sprintf("%.0f / %.0f", milliseconds(share(kind.waits, 0.5)), milliseconds(share(kind.waits, 0.99))), limit,
			len(kind.waits) > 0 && share(kind.waits, 0.99) <= mostWait)
		line("  at most", fmt.Sprintf("%.0f", milliseconds(share(kind.waits, 1))), "", true)
	}
	line("seconds of a processor", fmt.Sprintf("%.2f", r.used.CPU.Seconds()), "", true)
	line("memory at its peak, MB", fmt.Sprintf("%.1f", program.Megabytes(r.used.Peak)), "", true)
	for _, text := range append(r.refused, r.violations...) {
		fmt.Fprintln(out, "  ", text)
	}
	return good
}

func milliseconds(span time.Duration) float64 { return float64(span) / float64(time.Millisecond) }

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
