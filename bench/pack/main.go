// Command pack measures how the evidence of a large evaluation is counted, packed and
// compared, beside plain `cp -r` of the same files on the same disk, and prints a table
// with what must hold. It exits with 1 when something does not.
//
//	go run ./bench/pack [-short] [-untimed] [-folder DIR] [-keep FILE]
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
	indicators, files int
	bytes             int64 // of all files
	runs              int   // of each measurement, in turns; the middle one counts
}

var (
	fullSize  = size{indicators: 2000, files: 10_000, bytes: 2_000_000_000, runs: 3}
	shortSize = size{indicators: 2000, files: 1000, bytes: 200_000_000, runs: 1}
)

func main() {
	short := flag.Bool("short", false, "measure less, in some seconds")
	keep := flag.String("keep", "", "leave the pack at this path, on the same disk")
	parent := flag.String("folder", "", "where to work (the system's folder for temporary files); takes three times the files")
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
	good, err := run(ctx, size, *parent, *keep, *untimed)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

func run(ctx context.Context, size size, parent, keep string, untimed bool) (good bool, err error) {
	folder, err := os.MkdirTemp(parent, "rembuk-pack-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	b := &bench{size: size, folder: folder}
	if b.rembuk, err = program.Build(ctx, folder, program.Module); err != nil {
		return false, err
	}
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{{"filing", b.fill}, {"counting", b.measureReadiness}, {"packing and copying", b.measurePack}, {"comparing", b.measureVerify}} {
		fmt.Fprintln(os.Stderr, step.what)
		if err := step.do(ctx); err != nil {
			return false, fmt.Errorf("%s: %w", step.what, err)
		}
	}
	if keep != "" {
		if err := os.Rename(b.pack(), keep); err != nil {
			return false, err
		}
	}
	return b.report(os.Stdout, untimed), nil
}

// bench is one run of all measurements.
type bench struct {
	size
	folder, rembuk string
	readiness      time.Duration
	copied, packed []time.Duration
	synced         []time.Duration // copied, and brought to the disk
	verified       []time.Duration
	peak           int64 // of the process that packs, in bytes
	packBytes      int64
}

const (
	mostReadiness = 100 * time.Millisecond
	leastShare    = 1.0 / 3 // of cp's speed
	mostMemory    = 80_000_000
)

// report prints the figures, and tells whether everything is as it must be.
func (b *bench) report(out *os.File, untimed bool) bool {
	figures := table.Table{Untimed: untimed}
	rate := func(times []time.Duration) float64 { return float64(b.bytes) / 1e6 / middle(times).Seconds() }
	speed := func(times []time.Duration) string { return fmt.Sprintf("%.0f MB/s", rate(times)) }
	figures.Title(fmt.Sprintf("%d indicators, %d files, %.0f MB", b.indicators, b.files, float64(b.bytes)/1e6))
	figures.TimedBelow("the numbers of /kesiapan", "ms", table.Milliseconds(b.readiness), table.Milliseconds(mostReadiness))
	figures.Note("cp -r", "%s", speed(b.copied))
	figures.Note("cp -r, and sync", "%s", speed(b.synced))
	if b.files < fullSize.files { // of which the start, the copy of the database and the index are most
		figures.Note("rembuk pack, which syncs", "%s", speed(b.packed))
	} else {
		figures.Timed("rembuk pack, which syncs", speed(b.packed), "at least a third of cp -r", rate(b.packed) >= leastShare*rate(b.copied))
	}
	figures.Below("memory of rembuk pack at most", "MB", program.Megabytes(b.peak), program.Megabytes(mostMemory))
	figures.Note("rembuk verify", "%s", speed(b.verified))
	figures.Note("the pack beside its files", "%+.2f %%", 100*(float64(b.packBytes)/float64(b.bytes)-1))
	return figures.Print(out)
}
