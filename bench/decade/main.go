// Command decade measures the program on ten years of one regency: how soon it is
// there, what its memory is, and what is asked most beside a hundredth of the data. It
// prints a table with what must hold, and exits with 1 when something does not.
//
//	go run ./bench/decade [-short] [-untimed] [-only WORDS] [-show] [-keep FOLDER] [-repeats N]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// longest bounds a run.
const longest = 15 * time.Minute

// What must hold.
const (
	longestStart  = 150 * time.Millisecond
	mostWait      = 10 * time.Millisecond // for one /status, at the 99th percentile
	mostTimes     = 1.5                   // as much work as with a hundredth of the data
	mostAtRest    = 40.0                  // MB
	longestFill   = time.Minute
	smallestShare = 100
)

// order is what is measured.
type order struct {
	share   float64 // of ten years
	repeats int     // of everything that is asked
	starts  int
	only    string // of what is asked, that which has these words in its name
	show    bool   // what was answered
	keep    string // folder in which the databases stay; empty: a temporary one
}

func main() {
	short := flag.Bool("short", false, "a tenth of the data and fewer repeats, in about 20 seconds")
	only := flag.String("only", "", "ask only for what has these words in its name")
	show := flag.Bool("show", false, "write what was answered to each, too")
	keep := flag.String("keep", "", "fill the databases in this folder and leave them there, to look at how they are read; a later run begins with them")
	repeats := flag.Int("repeats", 200, "how often each form of /status is asked for; the rest a quarter as often")
	untimed := table.Untimed()
	flag.Parse()
	o := order{share: 1, repeats: *repeats, starts: 9, only: *only, show: *show, keep: *keep}
	if *short {
		o = order{share: 0.1, repeats: 20, starts: 3, only: *only, show: *show, keep: *keep}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	report := table.Table{Untimed: *untimed}
	err := run(ctx, o, &report)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "decade:", err)
	}
	if good := report.Print(os.Stdout); err != nil || !good {
		os.Exit(1)
	}
}

func run(ctx context.Context, o order, report *table.Table) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // kills what still runs
	folder := o.keep
	if folder == "" {
		if folder, err = os.MkdirTemp("", "rembuk-decade-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	}
	binary, err := program.Build(ctx, folder, program.Module)
	if err != nil {
		return err
	}
	var both [2]*regency // little, and all
	for at, share := range []float64{o.share / smallestShare, o.share} {
		fmt.Fprintf(os.Stderr, "filling %g of ten years\n", share)
		var leave func()
		both[at], leave, err = found(ctx, binary, filepath.Join(folder, fmt.Sprint("share-", at)), share, o.keep != "")
		defer leave()
		if err != nil {
			return err
		}
	}
	all := both[1]
	if all.filling > 0 {
		report.TimedBelow("filled", "s", all.filling.Seconds(), longestFill.Seconds())
	}
	for _, measure := range []func(context.Context, order, [2]*regency, *table.Table) error{measureStart, measureRest, measureAsking} {
		if err := measure(ctx, o, both, report); err != nil {
			return err
		}
	}
	return errors.Join(both[0].stop(), both[1].stop())
}

// measureStart starts the program again and again, with both databases in turns, and
// leaves both running.
func measureStart(ctx context.Context, o order, both [2]*regency, report *table.Table) error {
	fmt.Fprintln(os.Stderr, "starting")
	var took [2][]time.Duration
	for number := range o.starts {
		for at, r := range both {
			one, err := r.start(ctx)
			if err != nil {
				return err
			}
			took[at] = append(took[at], one)
			if number == o.starts-1 {
				continue
			}
			if err := r.stop(); err != nil {
				return err
			}
		}
	}
	middle := share(took[1], 50)
	report.Timed("start to first poll, ms", fmt.Sprintf("%.0f (slowest %.0f; with little %.0f)", table.Milliseconds(middle), table.Milliseconds(share(took[1], 100)), table.Milliseconds(share(took[0], 50))),
		"below 150", middle < longestStart)
	return nil
}

func measureRest(ctx context.Context, _ order, both [2]*regency, report *table.Table) error {
	for at, r := range both {
		if err := r.settle(ctx); err != nil {
			return err
		}
		used, err := r.running.Usage()
		if err != nil {
			return err
		}
		held := program.Megabytes(used.Memory)
		report.Must([]string{"memory at rest with little, MB", "memory at rest with all, MB"}[at],
			fmt.Sprintf("%.1f (not of a file %.1f)", held, program.Megabytes(used.Own)), "below 40", held < mostAtRest)
	}
	return nil
}

// measureAsking asks for everything, with little and with all in turns.
func measureAsking(ctx context.Context, o order, both [2]*regency, report *table.Table) error {
	fmt.Fprintln(os.Stderr, "asking")
	for _, what := range asking {
		if !strings.Contains(what.name, o.only) {
			continue
		}
		repeats := o.repeats
		if !what.status {
			repeats = max(5, repeats/4)
		}
		var took [2]costs
		for number := range repeats + 3 {
			for at, r := range both {
				if err := r.ask(ctx, what, number, &took[at]); err != nil {
					return err
				}
			}
		}
		for at := range took { // the first ones fill caches
			took[at].work, took[at].wait = slices.Delete(took[at].work, 0, 3), slices.Delete(took[at].wait, 0, 3)
		}
		reportAsked(what, took, report)
		if o.show {
			fmt.Printf("%s\n%s\n", what.name, both[1].last(what))
		}
	}
	return nil
}

// reportAsked writes what something costs. Of what is no /status only the growth is
// bounded, and only where it costs more than a millisecond.
func reportAsked(what asked, took [2]costs, report *table.Table) {
	little, all := share(took[0].work, 50), share(took[1].work, 50)
	wait := share(took[1].wait, 99)
	times := float64(all) / float64(little)
	figure := fmt.Sprintf("%6.2f / %6.2f, p99 %6.2f, ×%.2f; came in %.1f, p99 %.1f", table.Milliseconds(little), table.Milliseconds(all),
		table.Milliseconds(share(took[1].work, 99)), times, table.Milliseconds(share(took[1].wait, 50)), table.Milliseconds(wait))
	if what.status {
		report.Timed(what.name, figure, "come below 10 at p99, at most ×1.5", wait < mostWait && times <= mostTimes)
		return
	}
	report.Note(what.name, "%s", figure)
}
