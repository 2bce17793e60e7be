package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// diskWrites is how often the disk is asked to keep a page.
const diskWrites = 1000

// measureDisk takes the time in which the disk keeps one page for good. The
// program waits for that again and again and the echo never does, so a slow
// disk, or others at work on it, tell on the program alone.
func (b *bench) measureDisk(ctx context.Context, report *table) (err error) {
	file, err := os.Create(filepath.Join(b.folder, "disk"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	page := make([]byte, 4096)
	times := make([]time.Duration, diskWrites)
	for at := range times {
		began := time.Now()
		if _, err := file.WriteAt(page, int64(at%100*len(page))); err != nil {
			return err
		}
		if err := file.Sync(); err != nil {
			return err
		}
		times[at] = time.Since(began)
	}
	slices.Sort(times)
	report.title = "the disk, for comparison"
	report.add("4096 bytes kept: median ms", "%.2f", none, milliseconds(times[diskWrites/2]), "", true)
	report.add("the same, 99th percentile ms", "%.2f", none, milliseconds(times[diskWrites*99/100]), "", true)
	return ctx.Err()
}
