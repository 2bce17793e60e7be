package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// mostAtRest is how many megabytes the program may hold when it has nothing to do.
const mostAtRest = 40.0

// measureRest reads how much memory the program holds when it has nothing to do.
func (b *bench) measureRest(ctx context.Context, report *table.Table) error {
	empty := filepath.Join(b.folder, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		return err
	}
	report.Title("memory at rest")
	for at, folder := range []string{empty, b.filled} {
		var used program.Usage
		err := b.atRest(ctx, folder, func(running *program.Process) (err error) {
			used, err = running.Usage()
			return err
		})
		if err != nil {
			return err
		}
		figure := []string{"empty database", fmt.Sprintf("%d open tasks", b.openTasks)}[at]
		report.Below(figure, "MB", program.Megabytes(used.Memory), mostAtRest)
		report.Note("of these not mapped from a file", "%.1f MB", program.Megabytes(used.Own))
	}
	return nil
}
