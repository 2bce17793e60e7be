// Command hostile throws the worst that people can write at the real program, one
// update after the other, and tells how much of a processor each takes: from its
// arrival over the answer that is committed until the answer is sent.
//
//	go run ./bench/hostile [-short] [-untimed] [-only WORD]
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
const longest = 12 * time.Minute

func main() {
	short := flag.Bool("short", false, "each text in fewer ways, and beside fewer ideas")
	only := flag.String("only", "", "nothing but what has this word in its name")
	untimed := table.Untimed()
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	found, err := run(ctx, *short, *only)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "hostile:", err)
		os.Exit(1)
	}
	if !found.print(os.Stdout, *untimed) {
		os.Exit(1)
	}
}

// tries is how often each input is given: what else happens on the machine takes
// caches away, and the program collects its garbage during some of them.
const tries = 3

// run starts the program on a city with many ideas and gives it every input.
func run(ctx context.Context, short bool, only string) (found findings, err error) {
	folder, err := os.MkdirTemp("", "rembuk-hostile-")
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	telegram, err := newTelegram()
	if err != nil {
		return found, err
	}
	defer telegram.close()
	rembuk := program.Rembuk{Folder: folder, API: telegram.address, Token: token, Owner: owner}
	if rembuk.Binary, err = program.Build(ctx, folder, program.Module); err != nil {
		return found, err
	}
	inputs := inputsFor(short, only)
	ideas := manyIdeas
	if short {
		ideas = fewIdeas
	}
	people, err := settle(ctx, rembuk.Database(), ideas, tries*len(inputs))
	if err != nil {
		return found, err
	}
	running, err := rembuk.Start(ctx)
	if err != nil {
		return found, err
	}
	while, cancel := running.While(ctx)
	defer cancel()
	found.ideas = ideas
	if err := found.measure(while, running, telegram, people, inputs); err != nil {
		return found, err
	}
	found.listen(running.Output())
	_, err = running.Signal(syscall.SIGTERM)
	return found, err
}
