// Command crash lets a town live with the real program while that is killed
// again and again, and tells what was lost, done twice, said twice or out of
// order.
//
//	go run ./bench/crash [-kills 200] [-signal kill|term] [-seed N] [-short] [-binary FILE] [-script FILE]
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

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/town"
)

// longest bounds a run.
const longest = 20 * time.Minute

func main() {
	kills := flag.Int("kills", 200, "how often the program is ended")
	people := flag.Int("people", 36, "how many people live in the town")
	groups := flag.Int("groups", 6, "in how many working groups, and as many communities")
	named := flag.String("signal", "kill", "kill (SIGKILL) or term (SIGTERM)")
	seed := flag.Uint64("seed", rand.Uint64N(1_000_000), "repeats the same acts and the same moments")
	short := flag.Bool("short", false, "25 kills")
	binary := flag.String("binary", "", "a program that is built already")
	script := flag.String("script", "", "write down in this file who does what, and where the program is ended")
	flag.Parse()
	if *short {
		*kills = 25
	}
	ending, known := map[string]syscall.Signal{"kill": syscall.SIGKILL, "term": syscall.SIGTERM}[*named]
	if !known || *kills < 1 || *groups < 1 || *people < 4**groups || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	plan := town.Plan{Size: town.Size{People: *people, Groups: *groups}, Kills: *kills, Signal: ending, Seed: *seed, Binary: *binary}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	good, err := run(ctx, plan, *script, os.Stdout)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "crash, seed %d: %v\n", *seed, err)
		os.Exit(1)
	}
	if !good {
		os.Exit(1)
	}
}

func run(ctx context.Context, plan town.Plan, script string, out io.Writer) (bool, error) {
	folder, err := os.MkdirTemp("", "rembuk-crash-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // what is left there is in nobody's way
	if plan.Binary == "" {
		if plan.Binary, err = program.Build(ctx, folder, program.Module); err != nil {
			return false, err
		}
	}
	if script != "" {
		file, err := os.Create(script)
		if err != nil {
			return false, err
		}
		defer func() { _ = file.Close() }() // it is there for people to read
		plan.Script = func(line string) { fmt.Fprintln(file, line) }
	}
	began := time.Now()
	result, err := town.Run(ctx, plan)
	if err != nil {
		return false, err
	}
	print(out, plan, result, time.Since(began))
	return result.Good(), nil
}

func print(out io.Writer, plan town.Plan, r town.Result, took time.Duration) {
	name := map[syscall.Signal]string{syscall.SIGKILL: "SIGKILL", syscall.SIGTERM: "SIGTERM"}[plan.Signal]
	fmt.Fprintf(out, "seed %d: %d acts of %d people, %d messages, %s %d times (%d of them at rest), %.1f s\n\n",
		plan.Seed, r.Acts, plan.People, r.Messages, name, r.Kills, r.AtRest, took.Seconds())
	row := func(what string, list []string) {
		met := "met"
		if len(list) > 0 {
			met = "NOT met"
		}
		fmt.Fprintf(out, "%-14s %6d   must be 0   %s\n", what, len(list), met)
		for _, line := range list[:min(len(list), 20)] {
			fmt.Fprintln(out, "      ", line)
		}
	}
	row("lost", r.Lost)
	row("done twice", r.DoneTwice)
	row("repeated", r.Repeated)
	row("out of order", r.OutOfOrder)
	row("rules broken", r.Violations)
	fmt.Fprintf(out, "%-14s %6d   said once more each, of %d that were on their way\n", "said twice", r.SaidTwice, r.UnderWay)
	for _, line := range r.LeftOpen {
		fmt.Fprintln(out, "left open", line)
	}
	verdict := "good"
	if !r.Good() {
		verdict = "NOT GOOD"
	}
	fmt.Fprintln(out, verdict)
}
