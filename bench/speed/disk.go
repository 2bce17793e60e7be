package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rembuk/rembuk/bench/table"
)

// measureDisk takes the time in which the disk keeps one page for good, at the
// pace at which the program will ask for that. It does so again and again and the
// echo never, so a slow disk, or others at work on it, tell on the program alone.
// Many disks keep most pages at once and now and then halt: that needs a while to
// be seen.
func (b *bench) measureDisk(ctx context.Context, report *table.Table) (err error) {
	file, err := os.Create(filepath.Join(b.folder, "disk"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	page := make([]byte, 4096)
	times := make([]time.Duration, b.paced)
	pace := time.NewTicker(time.Duration(float64(time.Second) / b.pacedRate))
	defer pace.Stop()
	for at := range times {
		select {
		case <-pace.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		began := time.Now()
		if _, err := file.Write(page); err != nil {
			return err
		}
		if err := file.Sync(); err != nil {
			return err
		}
		times[at] = time.Since(began)
	}
	slices.Sort(times)
	report.Title("the disk, for comparison")
	report.Note("4096 bytes kept: median", "%.2f ms", table.Milliseconds(times[b.paced/2]))
	report.Note("the same, 99th percentile", "%.2f ms", table.Milliseconds(times[b.paced*99/100]))
	report.Note("the slowest", "%.2f ms", table.Milliseconds(times[b.paced-1]))
	return nil
}
