//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/machine"
	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// longest bounds one case.
const longest = 5 * time.Minute

func main() {
	machine.Become()
	short := flag.Bool("short", false, "shorter disasters")
	only := flag.String("case", "", "only the cases whose name holds this")
	seed := flag.Uint64("seed", rand.Uint64N(1_000_000), "repeats the same commands")
	binary := flag.String("binary", "", "a program that is built already")
	verbose := flag.Bool("v", false, "show what the program has logged")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if os.Getenv(mounting) == "" {
		os.Exit(withOwnMounts(ctx))
	}
	good, err := run(ctx, plan{short: *short, only: *only, seed: *seed, binary: *binary, verbose: *verbose})
	if err != nil {
		fmt.Fprintln(os.Stderr, "disaster:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

// mounting names the variable by which a copy of this program knows that what it
// mounts is seen by nobody else.
const mounting = "REMBUK_BENCH_MOUNTS"

// withOwnMounts runs a copy of this program that may mount, and returns its status.
func withOwnMounts(ctx context.Context) int {
	own, err := os.Executable()
	if err != nil {
		fmt.Fprintln(os.Stderr, "disaster:", err)
		return 1
	}
	command := exec.CommandContext(ctx, own, os.Args[1:]...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.Env = append(os.Environ(), mounting+"=1")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		Pdeathsig:   syscall.SIGKILL,
	}
	err = command.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return ended.ExitCode()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "disaster: this system allows no mounts of one's own:", err)
		return 1
	}
	return 0
}

// plan is what a run does.
type plan struct {
	short, verbose bool
	only, binary   string
	seed           uint64
}

// disaster is one case.
type disaster struct {
	name    string
	watched machine.Watched
	happens func(*stage) error
}

var disasters = []disaster{
	{"the database's disk is full", 0, fullDisk},
	{"the disk turns read-only", machine.Disk, readOnlyDisk},
	{"a sync does not succeed", machine.Disk, failedSync},
	{"another program locks the database", 0, lockedDatabase},
	{"the clock is set forward and back", machine.Clock, setClock},
	{"the machine sleeps for three days", machine.Clock, asleep},
	{"Telegram is away for 26 hours", machine.Clock, away},
	{"updates come twice and out of order", 0, shuffled},
	{"storms of 429 with long bans", 0, storms},
}

// run plays the cases and prints what must hold in each, and whether it did.
func run(ctx context.Context, p plan) (good bool, err error) {
	folder, err := os.MkdirTemp("", "rembuk-disaster-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if p.binary == "" {
		if p.binary, err = program.Build(ctx, folder, program.Module); err != nil {
			return false, err
		}
	}
	var found table.Table
	found.Title(fmt.Sprintf("seed %d", p.seed))
	for _, playing := range playAll(ctx, p) {
		played := <-playing
		if played.err != nil {
			return false, fmt.Errorf("%s: %w", played.stage.name, played.err)
		}
		if p.verbose || !played.stage.good() {
			fmt.Fprintf(os.Stderr, "what the program has logged, %s:\n%s\n", played.stage.name, played.stage.log())
		}
		played.stage.enter(&found)
	}
	return found.Print(os.Stdout), nil
}

// played is a case that is over.
type played struct {
	stage *stage
	err   error
}

// playAll plays the cases side by side, since most of each is waiting, and gives them
// in their order.
func playAll(ctx context.Context, p plan) []<-chan played {
	var all []<-chan played
	for _, d := range disasters {
		if !strings.Contains(d.name, p.only) {
			continue
		}
		over := make(chan played, 1)
		go func() {
			s, err := d.play(ctx, p)
			over <- played{s, err}
		}()
		all = append(all, over)
	}
	return all
}
