package main

import (
	"fmt"
	"io"
	"math"
)

// none is the figure of a column that has none.
var none = math.NaN()

// table is what is printed at the end.
type table struct {
	title string // of the rows that are added next
	rows  []row
}

// row is one figure of both bots. must is empty where nothing is asked.
type row struct {
	title, figure, format string
	echo, rembuk          float64
	must                  string
	met                   bool
}

func (t *table) add(figure, format string, echo, rembuk float64, must string, met bool) {
	t.rows = append(t.rows, row{t.title, figure, format, echo, rembuk, must, met})
	t.title = ""
}

// compare adds the middle figure of several runs of both bots, of which nothing
// is asked, and returns them.
func (t *table) compare(what, format string, echo, rembuk []stood, figure func(stood) float64) (bare, ours float64) {
	bare, ours = middle(echo, figure), middle(rembuk, figure)
	t.add(what, format, bare, ours, "", true)
	return bare, ours
}

// good tells whether everything is as it must be.
func (t *table) good() bool {
	for _, row := range t.rows {
		if !row.met {
			return false
		}
	}
	return true
}

func (t *table) print(out io.Writer) {
	const line = "%-50s %9s %9s   %s\n"
	for _, row := range t.rows {
		if row.title != "" {
			fmt.Fprintf(out, "\n"+line, row.title, "echo", "rembuk", "must")
		}
		verdict := row.must
		if row.must != "" && row.met {
			verdict += ": yes"
		} else if row.must != "" {
			verdict += ": NO"
		}
		fmt.Fprintf(out, line, "  "+row.figure, write(row.format, row.echo), write(row.format, row.rembuk), verdict)
	}
	if t.good() {
		fmt.Fprintln(out, "\neverything is as it must be")
	} else {
		fmt.Fprintln(out, "\nNOT everything is as it must be")
	}
}

func write(format string, figure float64) string {
	if math.IsNaN(figure) {
		return ""
	}
	return fmt.Sprintf(format, figure)
}
