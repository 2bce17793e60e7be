package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/bench/program"
)

// What must hold against the bare echo.
const (
	leastShare = 0.5                   // of its replies per second
	mostTimes  = 2.0                   // its 99th percentile
	late       = 60 * time.Millisecond // of each answer, when Telegram is far away
)

// measureBurst lets both bots take a burst in turns. Of several runs the middle
// one counts.
func (b *bench) measureBurst(ctx context.Context, report *table) error {
	var echo, rembuk []stood
	for number := range b.runs {
		once := func(start starter, link bool, into *[]stood) error {
			return b.on(ctx, start, link, func(ctx context.Context, s *stand) error {
				result, err := s.carry(ctx, load.Order{Commands: b.burst})
				*into = append(*into, result)
				return err
			})
		}
		if err := once(b.startEcho, false, &echo); err != nil {
			return err
		}
		if err := once(b.startRembuk, true, &rembuk); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "  run %d: echo %.0f/s, rembuk %.0f/s\n", number+1, rate(echo[number]), rate(rembuk[number]))
	}
	bare, ours := middle(echo, rate), middle(rembuk, rate)
	title := fmt.Sprintf("burst: %d at once in %d groups", b.burst, b.groups)
	report.add(title, "per second", "%.0f", bare, ours, "", true)
	report.add("", "share of the echo", "%.2f", 1, ours/bare, fmt.Sprintf("at least %.1f", leastShare), ours/bare >= leastShare)
	seconds := func(s stood) float64 { return s.CPU.Seconds() }
	peak := func(s stood) float64 { return program.Megabytes(s.Peak) }
	report.add("", "CPU seconds", "%.2f", middle(echo, seconds), middle(rembuk, seconds), "", true)
	report.add("", "peak memory, MB", "%.0f", middle(echo, peak), middle(rembuk, peak), "", true)
	order := func(s stood) float64 { return float64(s.OutOfOrder) }
	report.add("", "out of order", "%.0f", middle(echo, order), most(rembuk, order), "0", most(rembuk, order) == 0)
	return nil
}

func rate(s stood) float64 { return float64(s.Answered) / s.Seconds }

// middle is the median of a figure.
func middle(runs []stood, figure func(stood) float64) float64 {
	return sorted(runs, figure)[len(runs)/2]
}

func most(runs []stood, figure func(stood) float64) float64 {
	return sorted(runs, figure)[len(runs)-1]
}

func sorted(runs []stood, figure func(stood) float64) []float64 {
	figures := make([]float64, len(runs))
	for at, run := range runs {
		figures[at] = figure(run)
	}
	slices.SortFunc(figures, cmp.Compare)
	return figures
}

// both puts the same load on one bot after the other.
func (b *bench) both(ctx context.Context, order load.Order) (echo, rembuk stood, err error) {
	carry := func(start starter, link bool, into *stood) error {
		return b.on(ctx, start, link, func(ctx context.Context, s *stand) (err error) {
			*into, err = s.carry(ctx, order)
			return err
		})
	}
	if err := carry(b.startEcho, false, &echo); err != nil {
		return echo, rembuk, err
	}
	return echo, rembuk, carry(b.startRembuk, true, &rembuk)
}

// measurePaced writes as many commands each second as a large city might.
func (b *bench) measurePaced(ctx context.Context, report *table) error {
	echo, rembuk, err := b.both(ctx, load.Order{Commands: b.paced, PerSecond: b.pacedRate})
	if err != nil {
		return err
	}
	title := fmt.Sprintf("paced: %.0f/s for %.0f s", b.pacedRate, float64(b.paced)/b.pacedRate)
	report.add(title, "handed over to answer, median ms", "%.2f", echo.Delivery.Median, rembuk.Delivery.Median, "", true)
	times := rembuk.Delivery.P99 / echo.Delivery.P99
	report.add("", "the same, 99th percentile ms", "%.2f", echo.Delivery.P99, rembuk.Delivery.P99, "", true)
	report.add("", "times the echo's", "%.2f", 1, times, fmt.Sprintf("at most %.0f", mostTimes), times <= mostTimes)
	report.add("", "written to answer, median ms", "%.2f", echo.Writing.Median, rembuk.Writing.Median, "", true)
	times = rembuk.Writing.P99 / echo.Writing.P99
	report.add("", "the same, 99th percentile ms", "%.2f", echo.Writing.P99, rembuk.Writing.P99, "", true)
	report.add("", "times the echo's", "%.2f", 1, times, fmt.Sprintf("at most %.0f", mostTimes), times <= mostTimes)
	return nil
}

// measureLate lets every answer of Telegram come late. A chat that waited for
// the answer of another would be late by that much at least.
func (b *bench) measureLate(ctx context.Context, report *table) error {
	echo, rembuk, err := b.both(ctx, load.Order{Commands: b.late, PerSecond: b.lateRate, Late: late})
	if err != nil {
		return err
	}
	limit := float64(late) / float64(time.Millisecond)
	title := fmt.Sprintf("far away: %.0f/s, each answer %v late", b.lateRate, late)
	report.add(title, "handed over to answer, median ms", "%.2f", echo.Delivery.Median, rembuk.Delivery.Median, "", true)
	report.add("", "the same, 99th percentile ms", "%.2f", echo.Delivery.P99, rembuk.Delivery.P99, fmt.Sprintf("below %.0f", limit), rembuk.Delivery.P99 < limit)
	report.add("", "written to answer, median ms", "%.2f", echo.Writing.Median, rembuk.Writing.Median, "", true)
	report.add("", "the same, 99th percentile ms", "%.2f", echo.Writing.P99, rembuk.Writing.P99, "", true)
	return nil
}
