// Command crash ends the real program in the middle of its work and tells what
// was lost, done twice, said twice or out of order.
//
//	go run ./bench/crash [-updates 4000] [-signal kill|term] [-seed N]
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/load"
)

// longest bounds a run.
const longest = 5 * time.Minute

func main() {
	updates := flag.Int("updates", 4000, "how many commands are written at once")
	groups := flag.Int("groups", 50, "over how many groups")
	named := flag.String("signal", "kill", "kill (SIGKILL) or term (SIGTERM)")
	seed := flag.Uint64("seed", rand.Uint64N(1_000_000), "repeats the same commands")
	flag.Parse()
	ending, known := map[string]syscall.Signal{"kill": syscall.SIGKILL, "term": syscall.SIGTERM}[*named]
	if !known || *updates < 2 || *groups < 1 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	result, err := run(ctx, plan{updates: *updates, groups: *groups, signal: ending, seed: *seed})
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
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
	load.Outcome
	status              int // the exit status after the signal
	broken              int // messages that were on their way when the program ended
	answered            int // when the signal was sent
	ending, beforeAfter time.Duration
	restarted, quiet    time.Duration
}

func (r result) good() bool {
	orderly := r.signal == syscall.SIGKILL || r.status == 0 && r.ending < orderlyEnd && r.broken == 0
	return !r.Bad() && r.SaidTwice <= r.broken && orderly
}

// orderlyEnd is how long the program may take to end after SIGTERM.
const orderlyEnd = 5 * time.Second

func (r result) print(out io.Writer) {
	fmt.Fprintf(out, "seed %d: %d commands at once in %d groups, %s after %d answers, then a new start\n\n",
		r.seed, r.updates, r.groups, signalName(r.signal), r.answered)
	fmt.Fprintf(out, "lost          %6d   must be 0\n", r.Lost)
	fmt.Fprintf(out, "done twice    %6d   must be 0\n", r.DoneTwice)
	fmt.Fprintf(out, "said twice    %6d   at most %d, for so many were on their way\n", r.SaidTwice, r.broken)
	fmt.Fprintf(out, "out of order  %6d   must be 0\n", r.OutOfOrder)
	fmt.Fprintf(out, "seconds       %6.2f   until the signal, %.2f until the end (status %d), %.2f from the new start to its first answer, %.2f until all were answered\n",
		r.beforeAfter.Seconds(), r.ending.Seconds(), r.status, r.restarted.Seconds(), r.quiet.Seconds())
	verdict := "good"
	if !r.good() {
		verdict = "NOT GOOD"
	}
	fmt.Fprintln(out, verdict)
}

func signalName(signal syscall.Signal) string {
	if signal == syscall.SIGTERM {
		return "SIGTERM"
	}
	return "SIGKILL"
}
