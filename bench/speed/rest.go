package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rembuk/rembuk/bench/program"
)

// mostAtRest is how many megabytes the program may hold when it has nothing to do.
const mostAtRest = 40.0

// measureRest reads how much memory the program holds when it has nothing to do.
func (b *bench) measureRest(ctx context.Context, report *table) error {
	empty := filepath.Join(b.folder, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		return err
	}
	report.title = "memory at rest"
	for at, folder := range []string{empty, b.filled} {
		var used program.Usage
		err := b.atRest(ctx, folder, func(running *program.Process) (err error) {
			used, err = running.Usage()
			return err
		})
		if err != nil {
			return err
		}
		figure := []string{"empty database, MB", fmt.Sprintf("%d open tasks, MB", b.openTasks)}[at]
		held := program.Megabytes(used.Memory)
		report.add(figure, "%.1f", none, held, fmt.Sprintf("below %.0f", mostAtRest), held < mostAtRest)
		report.add("of these not mapped from a file", "%.1f", none, program.Megabytes(used.Own), "", true)
	}
	return nil
}
