// Command replica takes away the machine on which the real program works, with
// everything on it, and goes on elsewhere from what Litestream has copied:
//
//	go run ./bench/replica [-short] [-untimed] [-failovers N] [-commands N] [-seed N] [-litestream FILE]
//
// It builds Litestream from its module unless it is given a binary, and runs it
// with deploy/litestream.yml.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/table"
)

// longest bounds a run, with the building of Litestream.
const longest = 14 * time.Minute

func main() {
	short := flag.Bool("short", false, "two failovers with fewer commands")
	failovers := flag.Int("failovers", 10, "how many machines are lost, one after the other")
	commands := flag.Int("commands", 600, "how many commands are written on each machine")
	seed := flag.Uint64("seed", rand.Uint64N(1_000_000), "repeats the same commands and ends")
	litestream := flag.String("litestream", "", "a binary of Litestream; built from its module where none is given")
	untimed := table.Untimed()
	flag.Parse()
	if *short {
		*failovers, *commands = 2, 250
	}
	if *failovers < 1 || *commands < 50 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	result, err := run(ctx, plan{failovers: *failovers, commands: *commands, seed: *seed, litestream: *litestream, untimed: *untimed})
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "replica:", err)
		os.Exit(1)
	}
	if !result.print(os.Stdout) {
		os.Exit(1)
	}
}
