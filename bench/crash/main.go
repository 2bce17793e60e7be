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
	"github.com/rembuk/rembuk/bench/table"
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
	return print(out, plan, result, time.Since(began)), nil
}

func print(out io.Writer, plan town.Plan, r town.Result, took time.Duration) bool {
	name := map[syscall.Signal]string{syscall.SIGKILL: "SIGKILL", syscall.SIGTERM: "SIGTERM"}[plan.Signal]
	var shown table.Table
	shown.Title(fmt.Sprintf("seed %d, %s", plan.Seed, name))
	shown.Note("times that the program was ended (of these, at rest)", "%d (%d)", r.Kills, r.AtRest)
	shown.Note("acts of people, and messages that came of them", "%d, %d", r.Acts, r.Messages)
	shown.Note("seconds", "%.1f", took.Seconds())
	list := func(what string, lines []string) {
		shown.None(what, len(lines))
		for _, line := range lines[:min(len(lines), mostLines)] {
			shown.Note("   "+line, "")
		}
	}
	list("lost: acts without their effect or an answer", r.Lost)
	list("done twice: effects beyond the first, or of nothing anybody did", r.DoneTwice)
	list("repeated beyond once, or without the program's end as a reason", r.Repeated)
	list("out of order within a chat", r.OutOfOrder)
	list("against Telegram's rules", r.Violations)
	shown.None("updates set aside", r.Aside)
	shown.Must("said twice, once each", fmt.Sprint(r.SaidTwice), fmt.Sprintf("at most %d, for so many were on their way", r.UnderWay), r.SaidTwice <= r.UnderWay)
	shown.Must("left open: on the wire at two ends, and not tried again", fmt.Sprint(len(r.LeftOpen)), fmt.Sprintf("at most %d, for so many were", r.TwiceUnderWay), len(r.LeftOpen) <= r.TwiceUnderWay)
	for _, line := range r.LeftOpen {
		shown.Note("   "+line, "")
	}
	if plan.Signal == syscall.SIGTERM {
		shown.None("ends with another status than 0", r.Disorderly)
		shown.Below("longest from the signal to the end", "s", r.Ended, orderlyEnd.Seconds())
	}
	return shown.Print(out)
}

const (
	mostLines  = 20              // of what went wrong, of each kind
	orderlyEnd = 5 * time.Second // how long the program may take to end after SIGTERM
)
