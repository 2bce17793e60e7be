package main

import (
	"fmt"
	"io"
)

// table is what is printed at the end.
type table struct{ rows []row }

// row is one figure, which must be below another.
type row struct {
	what        string
	unit        string
	figure      float64
	below       float64
	informative bool // nothing is asked of it
}

// must adds a figure that must be below a bound.
func (t *table) must(what, unit string, figure, below float64) {
	t.rows = append(t.rows, row{what: what, unit: unit, figure: figure, below: below})
}

// note adds a figure of which nothing is asked.
func (t *table) note(what, unit string, figure float64) {
	t.rows = append(t.rows, row{what: what, unit: unit, figure: figure, informative: true})
}

func (r row) met() bool { return r.informative || r.figure < r.below }

// good tells whether everything is as it must be.
func (t *table) good() bool {
	for _, row := range t.rows {
		if !row.met() {
			return false
		}
	}
	return true
}

func (t *table) print(out io.Writer) {
	for _, row := range t.rows {
		verdict := ""
		if !row.informative {
			verdict = fmt.Sprintf("below %g: %s", row.below, map[bool]string{true: "yes", false: "NO"}[row.met()])
		}
		fmt.Fprintf(out, "%-66s %10.4g %-3s %s\n", row.what, row.figure, row.unit, verdict)
	}
	if !t.good() {
		fmt.Fprintln(out, "\nNOT everything is as it must be.")
	}
}
