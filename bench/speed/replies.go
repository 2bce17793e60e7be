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
	"github.com/rembuk/rembuk/bench/table"
)

// What must hold against the bare echo.
const (
	leastShare = 0.6                   // of its replies per second
	mostTimes  = 1.5                   // its 99th percentile
	mostPeak   = 64.0                  // megabytes during a burst
	mostLater  = 1.15                  // its median, when Telegram is far away
	late       = 60 * time.Millisecond // of each answer, when Telegram is far away
)

// measureBurst lets both bots take everything at once. Of several runs the
// middle one counts.
func (b *bench) measureBurst(ctx context.Context, report *table.Table) error {
	echo, rembuk, err := b.inTurns(ctx, load.Order{Commands: b.burst}, b.runs)
	if err != nil {
		return err
	}
	report.Title(fmt.Sprintf("burst: %d at once in %d groups; echo / program", b.burst, b.groups))
	bare, ours := compare(report, "per second", "%.0f", echo, rembuk, rate)
	report.Timed("share of the echo", fmt.Sprintf("%.2f", ours/bare), fmt.Sprintf("at least %.1f", leastShare), ours/bare >= leastShare)
	compare(report, "CPU seconds", "%.2f", echo, rembuk, cpuSeconds)
	peak := most(rembuk, peakMemory)
	report.Must("peak memory, MB", both("%.0f", middle(echo, peakMemory), peak), fmt.Sprintf("below %.0f", mostPeak), peak < mostPeak)
	worst := most(rembuk, outOfOrder)
	report.Must("out of order", both("%.0f", middle(echo, outOfOrder), worst), "0", worst == 0)
	return nil
}

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

// inTurns puts the same load on both bots, one after the other, several times.
func (b *bench) inTurns(ctx context.Context, order load.Order, times int) (echo, rembuk []stood, err error) {
	carry := func(start starter, link bool, into *[]stood) error {
		return b.on(ctx, start, link, func(ctx context.Context, s *stand) error {
			result, err := s.carry(ctx, order)
			*into = append(*into, result)
			return err
		})
	}
	for range times {
		if err := carry(b.startEcho, false, &echo); err != nil {
			return nil, nil, err
		}
		if err := carry(b.startRembuk, true, &rembuk); err != nil {
			return nil, nil, err
		}
		bare, ours := echo[len(echo)-1], rembuk[len(rembuk)-1]
		fmt.Fprintf(os.Stderr, "  echo %.0f/s, p99 %.2f ms; rembuk %.0f/s, p99 %.2f ms\n", rate(bare), bare.Delivery.P99, rate(ours), ours.Delivery.P99)
	}
	return echo, rembuk, nil
}

// Figures of one run.
func rate(s stood) float64         { return float64(s.Answered) / s.Seconds }
func cpuSeconds(s stood) float64   { return s.CPU.Seconds() }
func peakMemory(s stood) float64   { return program.Megabytes(s.Peak) }
func outOfOrder(s stood) float64   { return float64(s.OutOfOrder) }
func answerMiddle(s stood) float64 { return s.Delivery.Median }
func answerLate(s stood) float64   { return s.Delivery.P99 }
func wholeMiddle(s stood) float64  { return s.Writing.Median }
func wholeLate(s stood) float64    { return s.Writing.P99 }

// measurePaced writes as many commands each second as a large city might.
func (b *bench) measurePaced(ctx context.Context, report *table.Table) error {
	echo, rembuk, err := b.inTurns(ctx, load.Order{Commands: b.paced, PerSecond: b.pacedRate}, b.pacedRuns)
	if err != nil {
		return err
	}
	report.Title(fmt.Sprintf("paced: %.0f/s for %.0f s; echo / program", b.pacedRate, float64(b.paced)/b.pacedRate))
	compare(report, "handed over to answer, median ms", "%.2f", echo, rembuk, answerMiddle)
	bare, ours := compare(report, "the same, 99th percentile ms", "%.2f", echo, rembuk, answerLate)
	report.Timed("times the echo's", fmt.Sprintf("%.2f", ours/bare), fmt.Sprintf("at most %.1f", mostTimes), ours/bare <= mostTimes)
	compare(report, "written to answer, median ms", "%.2f", echo, rembuk, wholeMiddle)
	compare(report, "the same, 99th percentile ms", "%.2f", echo, rembuk, wholeLate)
	return nil
}

// measureLate lets every answer of Telegram come late. A chat that waited for
// the answer of another would be late by that much at least.
func (b *bench) measureLate(ctx context.Context, report *table.Table) error {
	echo, rembuk, err := b.inTurns(ctx, load.Order{Commands: b.late, PerSecond: b.lateRate, Late: late}, 1)
	if err != nil {
		return err
	}
	limit := float64(late) / float64(time.Millisecond)
	ours := answerLate(rembuk[0])
	report.Title(fmt.Sprintf("far away: %.0f/s, each answer %v late; echo / program", b.lateRate, late))
	compare(report, "handed over to answer, median ms", "%.2f", echo, rembuk, answerMiddle)
	report.Timed("the same, 99th percentile ms", both("%.2f", answerLate(echo[0]), ours), fmt.Sprintf("below %.0f", limit), ours < limit)
	bare, whole := compare(report, "written to answer, median ms", "%.2f", echo, rembuk, wholeMiddle)
	report.Timed("times the echo's", fmt.Sprintf("%.2f", whole/bare), fmt.Sprintf("at most %.2f", mostLater), whole/bare <= mostLater)
	compare(report, "the same, 99th percentile ms", "%.2f", echo, rembuk, wholeLate)
	return nil
}
