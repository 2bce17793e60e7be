package main

import (
	"fmt"

	"github.com/rembuk/rembuk/bench/table"
)

// compare adds the middle figure of several runs of the echo and of the program, of which
// nothing is asked, and returns them.
func compare(report *table.Table, what, format string, echo, rembuk []stood, figure func(stood) float64) (bare, ours float64) {
	bare, ours = middle(echo, figure), middle(rembuk, figure)
	report.Note(what, "%s", both(format, bare, ours))
	return bare, ours
}

// both writes a figure of the echo and the program's.
func both(format string, echo, rembuk float64) string {
	return fmt.Sprintf(format+" / "+format, echo, rembuk)
}
