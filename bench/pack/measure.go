package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func middle(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

// picturedDays is how many days the line of /kesiapan's picture has.
const picturedDays = 60

// measureReadiness reads and counts what /kesiapan shows, and what its picture does.
func (b *bench) measureReadiness(ctx context.Context) (err error) {
	opened, err := store.Open(ctx, b.database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	const runs = 15
	var times []time.Duration
	for range runs {
		began := time.Now()
		err := opened.View(ctx, func(tx *store.Tx) error {
			standings, err := tx.Standings(1)
			if all, byDimension := council.ReadinessOf(standings); err == nil && (all.Total != b.indicators || len(byDimension) != len(council.Dimensions)) {
				return fmt.Errorf("%d indicators in %d dimensions are counted", all.Total, len(byDimension))
			}
			if err != nil {
				return err
			}
			spans, err := tx.EvidenceSpans(1)
			days := make([]time.Time, picturedDays)
			for day := range days {
				days[day] = began.AddDate(0, 0, day-picturedDays)
			}
			council.VerifiedAt(spans, append(days, began))
			return err
		})
		if err != nil {
			return err
		}
		times = append(times, time.Since(began))
	}
	b.readiness = middle(times)
	return nil
}

// measurePack packs and copies in turns, so that what the machine does besides falls
// on both alike. Everything has been read once before: both find it in memory.
func (b *bench) measurePack(ctx context.Context) error {
	for range b.runs {
		copied, synced, err := b.copyPlainly(ctx)
		if err != nil {
			return err
		}
		b.copied, b.synced = append(b.copied, copied), append(b.synced, synced)
		if err := os.RemoveAll(b.copyFolder()); err != nil {
			return err
		}
		if err := removeIfThere(b.pack()); err != nil {
			return err
		}
		syscall.Sync()
		packed, err := b.packOnce(ctx)
		if err != nil {
			return err
		}
		b.packed = append(b.packed, packed)
	}
	info, err := os.Stat(b.pack())
	if err != nil {
		return err
	}
	b.packBytes = info.Size()
	return nil
}

func (b *bench) pack() string       { return filepath.Join(b.folder, "paket.zip") }
func (b *bench) copyFolder() string { return filepath.Join(b.folder, "copy") }

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (b *bench) copyPlainly(ctx context.Context) (copied, synced time.Duration, err error) {
	syscall.Sync()
	began := time.Now()
	if output, err := exec.CommandContext(ctx, "cp", "-r", b.vault(), b.copyFolder()).CombinedOutput(); err != nil {
		return 0, 0, fmt.Errorf("cp: %w: %s", err, output)
	}
	copied = time.Since(began)
	syscall.Sync()
	return copied, time.Since(began), nil
}

// packOnce runs `rembuk pack` and watches its memory, of which Linux keeps the peak
// as long as the process lives.
func (b *bench) packOnce(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	process, err := program.Start(ctx, b.rembuk, []string{"pack", "E-1", b.pack()}, b.environment())
	if err != nil {
		return 0, err
	}
	ended := process.Ended()
	for {
		select {
		case <-ended:
			took := time.Since(began)
			if status, err := process.Signal(syscall.Signal(0)); err != nil || status != 0 {
				return 0, fmt.Errorf("rembuk pack ended with %d: %w\n%s", status, err, process.Output())
			}
			return took, nil
		case <-time.After(2 * time.Millisecond):
			if used, err := process.Usage(); err == nil {
				b.peak = max(b.peak, used.Peak)
			}
		}
	}
}

func (b *bench) environment() []string {
	return []string{"REMBUK_DATABASE=" + b.database(), "REMBUK_CITY=Kabupaten Teluk Marannu", "REMBUK_ZONE=Asia/Makassar"}
}

func (b *bench) measureVerify(ctx context.Context) error {
	for range b.runs {
		began := time.Now()
		if output, err := exec.CommandContext(ctx, b.rembuk, "verify", b.pack()).CombinedOutput(); err != nil {
			return fmt.Errorf("rembuk verify: %w: %s", err, output)
		}
		b.verified = append(b.verified, time.Since(began))
	}
	return nil
}
