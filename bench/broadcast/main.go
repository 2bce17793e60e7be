// Command broadcast lets one announcement go to many groups while their members
// press buttons, with Telegram's limits on, and tells how long the presses
// waited, whether a limit was exceeded, and how often each group got it.
//
//	go run ./bench/broadcast [-groups 300] [-members 200] [-kill]
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// longest bounds a run.
const longest = 4 * time.Minute

// mostWait is how long one press in a hundred may wait for its answer.
const mostWait = time.Second

func main() {
	groups := flag.Int("groups", 300, "how many groups the announcement is for")
	members := flag.Int("members", 200, "how many members press buttons meanwhile")
	kill := flag.Bool("kill", false, "kill the program when half of the groups have it, and start it again")
	flag.Parse()
	if *groups < 1 || *members < 1 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	result, err := run(ctx, plan{groups: *groups, members: *members, kill: *kill})
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "broadcast:", err)
		os.Exit(1)
	}
	result.print(os.Stdout)
	if !result.good() {
		os.Exit(1)
	}
}

// result is what a run has shown.
type result struct {
	plan
	presses    []time.Duration // how long each waited for its answer, the shortest first
	unanswered int             // presses without an answer
	refused    []string        // calls that Telegram refused since a limit was passed
	violations []string
	times      map[int]int   // how many groups got the announcement so many times
	underWay   int           // messages that were on their way when the program was killed
	took       time.Duration // from [Benar] until the last group had it
	away       time.Duration // from the kill until the new start answered Telegram
	overview   string        // what the coordinator's card says at the end
}

// repeats counts the copies beyond the first.
func (r result) repeats() int {
	count := 0
	for times, groups := range r.times {
		count += max(0, times-1) * groups
	}
	return count
}

func (r result) good() bool {
	return r.times[0] == 0 && r.repeats() <= r.underWay && len(r.refused) == 0 && len(r.violations) == 0 &&
		r.unanswered == 0 && share(r.presses, 0.99) <= mostWait
}

func (r result) print(out io.Writer) {
	what := "no kill"
	if r.kill {
		what = fmt.Sprintf("SIGKILL after half of them, %.2f s until the new start", r.away.Seconds())
	}
	fmt.Fprintf(out, "one announcement to %d groups, %d members pressing buttons meanwhile, %s\n\n", r.groups, r.members, what)
	fmt.Fprintf(out, "presses         %6d   without an answer %d, must be 0\n", len(r.presses)+r.unanswered, r.unanswered)
	fmt.Fprintf(out, "waited, ms      %6.0f   median; %.0f at the 99th percentile, must be at most %d; %.0f at most\n", milliseconds(share(r.presses, 0.5)),
		milliseconds(share(r.presses, 0.99)), mostWait.Milliseconds(), milliseconds(share(r.presses, 1)))
	fmt.Fprintf(out, "over a limit    %6d   calls refused by Telegram, must be 0\n", len(r.refused))
	fmt.Fprintf(out, "rules broken    %6d   must be 0\n", len(r.violations))
	for _, line := range append(r.refused, r.violations...) {
		fmt.Fprintln(out, "                        ", line)
	}
	fmt.Fprintf(out, "groups          %6d   got it once; %d never, must be 0; %d more than once\n", r.times[1], r.times[0], r.groups-r.times[0]-r.times[1])
	fmt.Fprintf(out, "repeated        %6d   at most %d, for so many were on their way at the kill\n", r.repeats(), r.underWay)
	fmt.Fprintf(out, "seconds         %6.2f   from [Benar] until the last group had it\n", r.took.Seconds())
	fmt.Fprintf(out, "the card says   %q\n", r.overview)
	verdict := "good"
	if !r.good() {
		verdict = "NOT GOOD"
	}
	fmt.Fprintln(out, verdict)
}

func milliseconds(span time.Duration) float64 { return float64(span) / float64(time.Millisecond) }
