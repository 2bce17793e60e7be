package main

import (
	"fmt"
	"io"
	"time"
)

// row is one figure, and what it must be; must is empty where nothing is asked.
type row struct {
	what, figure, must string
	met                bool
}

type table []row

func (t *table) add(what, figure, must string, met bool) {
	*t = append(*t, row{what, figure, must, met || must == ""})
}

// good tells whether everything is as it must be.
func (t *table) good() bool {
	for _, row := range *t {
		if !row.met {
			return false
		}
	}
	return true
}

func (t *table) print(out io.Writer) {
	for _, row := range *t {
		verdict := row.must
		switch {
		case row.must == "":
		case row.met:
			verdict += ": met"
		default:
			verdict += ": NOT met"
		}
		fmt.Fprintf(out, "%-44s %-42s %s\n", row.what, row.figure, verdict)
	}
}

func ms(span time.Duration) float64 { return float64(span) / float64(time.Millisecond) }
