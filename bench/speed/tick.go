package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

const (
	longestTick = 50 // milliseconds
	daysTicked  = 3
)

// measureTick lets the scheduler live through some days of a programme with
// very many open tasks, on a file of its own, and takes the time of each tick.
func (b *bench) measureTick(ctx context.Context, report *table.Table) error {
	b.filled = filepath.Join(b.folder, "filled")
	if err := os.Mkdir(b.filled, 0o700); err != nil {
		return err
	}
	// The program itself makes the database, with holidays and plan.
	if err := b.atRest(ctx, b.filled, func(*program.Process) error { return nil }); err != nil {
		return err
	}
	zone, err := time.LoadLocation(cityZone)
	if err != nil {
		return err
	}
	path := filepath.Join(b.filled, "rembuk.db")
	first := monday(time.Now().In(zone))
	if err := fill(ctx, path, first, b.openTasks); err != nil {
		return err
	}
	ticked := filepath.Join(b.folder, "ticked.db")
	if err := copyFile(path, ticked); err != nil {
		return err
	}
	turns, err := tick(ctx, ticked, first)
	if err != nil {
		return err
	}
	return b.reportTicks(turns, report)
}

func (b *bench) reportTicks(turns []turn, report *table.Table) error {
	var alone, mornings []turn
	for _, turn := range turns {
		if turn.items == 1 {
			alone = append(alone, turn)
		} else if turn.items > 1 {
			mornings = append(mornings, turn)
		}
	}
	if len(alone) < singles || len(mornings) == 0 {
		return fmt.Errorf("of %d ticks %d said one thing and %d more, which is not what was planned", len(turns), len(alone), len(mornings))
	}
	worst := slices.MaxFunc(alone, func(a, b turn) int { return int(a.took - b.took) })
	largest := slices.MaxFunc(mornings, func(a, b turn) int { return a.items - b.items })
	report.Title(fmt.Sprintf("tick with %d open tasks", b.openTasks))
	report.TimedBelow("one thing due: median", "ms", table.Milliseconds(middleTurn(alone)), longestTick)
	report.TimedBelow(fmt.Sprintf("the slowest of %d", len(alone)), "ms", table.Milliseconds(worst.took), longestTick)
	report.Note(fmt.Sprintf("a morning, %d due in %d digests", largest.items, largest.notices), "%.0f ms", table.Milliseconds(largest.took))
	return nil
}

func middleTurn(turns []turn) time.Duration {
	times := make([]time.Duration, len(turns))
	for at, turn := range turns {
		times[at] = turn.took
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// monday is the next Monday's beginning.
func monday(now time.Time) time.Time {
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	for next := day.AddDate(0, 0, 1); ; next = next.AddDate(0, 0, 1) {
		if next.Weekday() == time.Monday {
			return next
		}
	}
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}
