// Command blast lets a morning come on which everybody is reminded of something:
// a message to each of many groups and many people, with Telegram's limits on,
// while others write and press buttons. It tells how fast that went beside what
// Telegram allows, whether a limit was exceeded, whether everybody got it once,
// and how long the others waited.
//
//	go run ./bench/blast [-groups 2000] [-people 10000] [-short] [-untimed]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/table"
)

// The short form.
const (
	shortGroups = 100
	shortPeople = 300
)

func main() {
	groups := flag.Int("groups", 2000, "how many groups are reminded")
	people := flag.Int("people", 10000, "how many people are reminded")
	short := flag.Bool("short", false, fmt.Sprintf("the same with %d groups and %d people", shortGroups, shortPeople))
	untimed := table.Untimed()
	flag.Parse()
	if *short {
		*groups, *people = shortGroups, shortPeople
	}
	if *groups < 1 || *people < 1 || *groups+*people > 15000 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	p := plan{groups: *groups, people: *people, untimed: *untimed}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, 2*p.atBest()+3*time.Minute)
	result, err := run(ctx, p)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "blast:", err)
		os.Exit(1)
	}
	if !result.print(os.Stdout) {
		os.Exit(1)
	}
}
