// Command faults plays every story of testdata/stories while every single call of the Bot API
// fails the first time it is made, in each of the four ways in which a call can fail. It
// prints a table with what must hold, and exits with 1 when something does not.
//
//	go run ./bench/faults [-short] [-way 429|5xx|before|after] [-story PATTERN] [-call N | -each]
//
// It is run in the folder of the repository and plays the stories as the tests do. -each looks
// for a culprit: it plays the stories once for every call, of which only that one fails.
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

	"github.com/rembuk/rembuk/bench/table"
)

// longest bounds a run.
const longest = 40 * time.Minute

func main() {
	var asked wish
	short := flag.Bool("short", false, "only the shortest stories, in about 20 s")
	flag.StringVar(&asked.way, "way", "", "only this way, or several with commas: 429, 5xx, before, after")
	flag.StringVar(&asked.story, "story", "*", "only stories with such names, as in t*")
	flag.IntVar(&asked.call, "call", 0, "only the call with this number fails")
	flag.BoolVar(&asked.each, "each", false, "play once for each call, of which only that one fails")
	flag.IntVar(&asked.atOnce, "at-once", 250, "how many plays there are at the same time: they mostly wait")
	flag.Parse()
	if *short {
		asked.shortest = shortForm
	}
	if flag.NArg() > 0 || asked.atOnce < 1 || asked.call < 0 || asked.call > 0 && asked.each {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	good, err := run(ctx, asked)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

func run(ctx context.Context, asked wish) (good bool, err error) {
	folder, err := os.MkdirTemp("", "rembuk-bench-faults-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	stage, err := build(ctx, folder)
	if err != nil {
		return false, err
	}
	begun := time.Now()
	plays, err := stage.play(ctx, asked)
	if err != nil {
		return false, err
	}
	if asked.each {
		if plays, err = stage.playEach(ctx, asked, plays); err != nil {
			return false, err
		}
	}
	var report table.Table
	left, err := leftOut(asked.story)
	if err != nil {
		return false, err
	}
	tell(&report, plays, left)
	report.Note("seconds", "%.0f", time.Since(begun).Seconds())
	return report.Print(os.Stdout), nil
}
