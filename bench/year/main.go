// Command year replays a year of one regency on a moved clock, through the store,
// the rules, the scheduler and what the bot says, and counts what people hear.
// Then it takes the time of the scheduler's ticks beside more and more reminders
// that wait. It prints a table and exits with 1 when something is not as it must be.
//
//	go run ./bench/year [-short] [-untimed] [-tasks N] [-people N] [-groups N] [-days N] [-reminders N]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/table"
)

// longest bounds a run.
const longest = 30 * time.Minute

// size is how much is replayed and measured.
type size struct {
	tasks, people, groups, days int
	reminders                   int // at most so many wait beside a tick
}

var (
	fullSize  = size{tasks: 5000, people: 300, groups: 40, days: 365, reminders: 1_000_000}
	shortSize = size{tasks: 300, people: 30, groups: 8, days: 60, reminders: 10_000}
)

func main() {
	short := flag.Bool("short", false, "replay and measure less, in a few seconds")
	var asked size
	flag.IntVar(&asked.tasks, "tasks", 0, "tasks made in all")
	flag.IntVar(&asked.people, "people", 0, "people, at least 12")
	flag.IntVar(&asked.groups, "groups", 0, "groups, at least 3")
	flag.IntVar(&asked.days, "days", 0, "days replayed, from the first of January 2026 on")
	flag.IntVar(&asked.reminders, "reminders", 0, "the most reminders that wait beside a tick, from 1,000 on tenfold")
	untimed := table.Untimed()
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	size := fullSize
	if *short {
		size = shortSize
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	good, err := run(ctx, size.with(asked), *untimed, os.Stdout)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "year:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

// with is the size with what was asked for in its place.
func (s size) with(asked size) size {
	for _, pair := range []struct{ own, asked *int }{
		{&s.tasks, &asked.tasks}, {&s.people, &asked.people}, {&s.groups, &asked.groups}, {&s.days, &asked.days}, {&s.reminders, &asked.reminders},
	} {
		if *pair.asked > 0 {
			*pair.own = *pair.asked
		}
	}
	s.people, s.groups, s.days = max(s.people, 12), max(s.groups, 3), min(s.days, 365)
	return s
}

func run(ctx context.Context, size size, untimed bool, out io.Writer) (good bool, err error) {
	folder, err := os.MkdirTemp("", "rembuk-year-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	report := table.Table{Untimed: untimed}
	year, err := replay(ctx, folder, size)
	if err != nil {
		return false, fmt.Errorf("replay: %w", err)
	}
	year.report(&report, size)
	costs, err := measure(ctx, folder, size)
	if err != nil {
		return false, fmt.Errorf("ticks: %w", err)
	}
	reportCosts(&report, costs)
	return report.Print(out), nil
}
