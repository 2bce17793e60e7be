// Command playground measures the playground as whoever opens it meets it: the
// built binary in a process of its own, asked over HTTP as a browser asks. It
// prints a table with what must hold, and exits with 1 when something does not.
//
//	go run ./bench/playground [-untimed]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// longest bounds a run.
const longest = 3 * time.Minute

func main() {
	untimed := table.Untimed()
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	good, err := run(ctx, *untimed)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "playground:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

func run(ctx context.Context, untimed bool) (good bool, err error) {
	folder, err := os.MkdirTemp("", "rembuk-bench-playground-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	binary, err := program.Build(ctx, folder, program.Module)
	if err != nil {
		return false, err
	}
	m := measures{binary: binary}
	report := table.Table{Untimed: untimed}
	for _, measure := range []struct {
		what string
		do   func(context.Context, *table.Table) error
	}{
		{"start", m.start}, {"clock", m.clock}, {"story", m.story}, {"tabs", m.tabs}, {"a long chat", m.longChat},
	} {
		fmt.Fprintln(os.Stderr, "measuring:", measure.what)
		if err := measure.do(ctx, &report); err != nil {
			return false, errors.Join(fmt.Errorf("%s: %w", measure.what, err), m.end())
		}
		used, err := m.process.Usage()
		if err != nil {
			return false, errors.Join(err, m.end())
		}
		m.memories = append(m.memories, fmt.Sprintf("%s %.0f", measure.what, program.Megabytes(used.Memory)))
	}
	if err := m.memory(&report); err != nil {
		return false, errors.Join(err, m.end())
	}
	report.Note("memory after each, MB", "%s", strings.Join(m.memories, ", "))
	return report.Print(os.Stdout), m.end()
}
