// Command speed measures the program beside a bare echo bot on go-telegram/bot,
// in the same run and against the same local Telegram, and prints a table with
// what must hold. It exits with 1 when something does not.
//
//	go run ./bench/speed [-short] [-untimed] [-cpuprofile FILE]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// longest bounds a run.
const longest = 15 * time.Minute

// size is how much is measured.
type size struct {
	groups    int
	burst     int // commands at once
	runs      int // of each burst, in turns; the middle one counts
	pacedRate float64
	paced     int // commands at pacedRate
	pacedRuns int
	lateRate  float64
	late      int // commands at lateRate, with each answer late
	openTasks int // for the tick
}

var (
	fullSize  = size{groups: 50, burst: 5000, runs: 5, pacedRate: 150, paced: 3000, pacedRuns: 3, lateRate: 25, late: 250, openTasks: 100_000}
	shortSize = size{groups: 50, burst: 3000, runs: 3, pacedRate: 150, paced: 600, pacedRuns: 1, lateRate: 25, late: 75, openTasks: 10_000}
)

func main() {
	short := flag.Bool("short", false, "measure less, in about half a minute")
	profile := flag.String("cpuprofile", "", "measure nothing, but write where the processor is during a burst to this file")
	untimed := table.Untimed()
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	size := fullSize
	if *short {
		size = shortSize
	}
	good, err := run(ctx, size, *profile, *untimed)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

func run(ctx context.Context, size size, profile string, untimed bool) (good bool, err error) {
	folder, err := os.MkdirTemp("", "rembuk-speed-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	b := &bench{size: size, folder: folder}
	if err := b.build(ctx); err != nil {
		return false, err
	}
	if profile != "" {
		return true, b.profile(ctx, profile)
	}
	report := table.Table{Untimed: untimed}
	for _, measure := range []struct {
		what string
		do   func(context.Context, *table.Table) error
	}{
		{"disk", b.measureDisk}, {"burst", b.measureBurst}, {"paced", b.measurePaced}, {"late", b.measureLate}, {"tick", b.measureTick}, {"rest", b.measureRest},
	} {
		fmt.Fprintln(os.Stderr, "measuring:", measure.what)
		if err := measure.do(ctx, &report); err != nil {
			return false, fmt.Errorf("%s: %w", measure.what, err)
		}
	}
	return report.Print(os.Stdout), nil
}

// bench is one run of all measurements.
type bench struct {
	size
	folder                 string
	telegram, echo, rembuk string // binaries
	filled                 string // a database with many open tasks, made by measureTick
}

func (b *bench) build(ctx context.Context) (err error) {
	for packagePath, binary := range map[string]*string{
		program.Module: &b.rembuk, program.Module + "/bench/echo": &b.echo, program.Module + "/bench/telegram": &b.telegram,
	} {
		if *binary, err = program.Build(ctx, b.folder, packagePath); err != nil {
			return err
		}
	}
	return nil
}
