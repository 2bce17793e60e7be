// Command backlog lets 100,000 updates wait at the local Telegram while the program is
// away: talk of groups, presses, commands and replies. Then it starts the program and tells
// how fast all of it is handled, how long presses waited beside the others, what memory
// that took, and whether anything was lost, repeated or put out of order.
//
//	go run ./bench/backlog [-updates 100000] [-groups 400] [-kill] [-only KIND] [-short] [-untimed]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/table"
)

// The short form.
const (
	shortUpdates = 10_000
	shortGroups  = 60
)

// longest bounds a run.
const longest = 10 * time.Minute

func main() {
	p := plan{}
	flag.IntVar(&p.updates, "updates", 100_000, "how many updates wait")
	flag.IntVar(&p.groups, "groups", 400, "in how many groups")
	flag.BoolVar(&p.kill, "kill", false, "end the program in the middle with SIGKILL, and start it again")
	flag.StringVar(&p.only, "only", "", "let nothing else wait but "+strings.Join(kinds(), ", ")+", and press nothing meanwhile")
	short := flag.Bool("short", false, fmt.Sprintf("the same with %d updates in %d groups", shortUpdates, shortGroups))
	untimed := table.Untimed()
	flag.Parse()
	p.untimed = *untimed
	if *short {
		p.updates, p.groups = shortUpdates, shortGroups
	}
	if p.updates < 100 || p.groups < 1 || flag.NArg() > 0 || p.only != "" && p.parts() == nil {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	result, err := run(ctx, p)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "backlog:", err)
		os.Exit(1)
	}
	if !result.print(os.Stdout) {
		os.Exit(1)
	}
}
