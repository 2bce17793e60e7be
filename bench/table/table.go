// Package table prints what a bench has found, one figure a line, each beside what it
// must be.
package table

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"time"
)

// Table is what is printed at the end.
type Table struct {
	Untimed bool // see the function of this name
	lines   []string
	bad     bool
}

// Untimed gives a bench the flag -untimed, for a machine that is slow or has other things
// to do: what depends on the machine's speed is measured and printed, and decides nothing.
// Its value belongs into Table.Untimed.
func Untimed() *bool {
	return flag.Bool("untimed", false, "print what depends on the speed of the machine, and let only the rest decide")
}

// shape of a line: what was looked at, the figure, what it must be.
const shape = "%-68s %14s   %s"

// Title begins a group of lines.
func (t *Table) Title(text string) { t.lines = append(t.lines, "", text) }

// Note adds a figure of which nothing is asked.
func (t *Table) Note(what, format string, figures ...any) {
	t.lines = append(t.lines, strings.TrimRight(fmt.Sprintf(shape, what, fmt.Sprintf(format, figures...), ""), " "))
}

// Must adds a figure, what it must be ("0", "at most 10 ms"), and whether it is so.
func (t *Table) Must(what, figure, must string, met bool) {
	verdict := "met"
	if !met {
		verdict, t.bad = "NOT met", true
	}
	t.lines = append(t.lines, fmt.Sprintf(shape, what, figure, "must be "+must+": "+verdict))
}

// Timed is a Must that a slow or busy machine may miss.
func (t *Table) Timed(what, figure, must string, met bool) {
	if t.Untimed && !met {
		t.lines = append(t.lines, fmt.Sprintf(shape, what, figure, "must be "+must+": not met, which decides nothing here"))
		return
	}
	t.Must(what, figure, must, met)
}

// Below adds a figure that must be below another, both in a unit that may be empty.
func (t *Table) Below(what, unit string, figure, limit float64) {
	t.Must(what, amount(figure, unit), fmt.Sprintf("below %g", limit), figure < limit)
}

// TimedBelow is a Below that a slow or busy machine may miss.
func (t *Table) TimedBelow(what, unit string, figure, limit float64) {
	t.Timed(what, amount(figure, unit), fmt.Sprintf("below %g", limit), figure < limit)
}

func amount(figure float64, unit string) string {
	return strings.TrimSpace(fmt.Sprintf("%.4g %s", figure, unit))
}

// None adds a count of what never may happen.
func (t *Table) None(what string, count int) { t.Must(what, fmt.Sprint(count), "0", count == 0) }

// Print writes the table, and tells whether everything is as it must be.
func (t *Table) Print(out io.Writer) bool {
	verdict := "everything is as it must be"
	if t.bad {
		verdict = "NOT everything is as it must be"
	}
	fmt.Fprintln(out, strings.TrimLeft(strings.Join(append(t.lines, "", verdict), "\n"), "\n"))
	return !t.bad
}

// Milliseconds is a span in them.
func Milliseconds(span time.Duration) float64 { return float64(span) / float64(time.Millisecond) }
