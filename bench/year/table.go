package main

import (
	"fmt"
	"io"
	"strings"
)

// table is what is printed at the end.
type table struct {
	lines []string
	bad   bool
}

func (t *table) title(text string) { t.lines = append(t.lines, "", text) }

// add adds a figure of which nothing is asked.
func (t *table) add(what, format string, figures ...any) {
	t.lines = append(t.lines, fmt.Sprintf("  %-58s %s", what, fmt.Sprintf(format, figures...)))
}

// must adds a figure and what it must be.
func (t *table) must(what, figure, limit string, met bool) {
	verdict := "yes"
	if !met {
		verdict, t.bad = "NO", true
	}
	t.lines = append(t.lines, fmt.Sprintf("  %-58s %-14s %s: %s", what, figure, limit, verdict))
}

// print writes the table, and tells whether everything is as it must be.
func (t *table) print(out io.Writer) bool {
	verdict := "everything is as it must be"
	if t.bad {
		verdict = "NOT everything is as it must be"
	}
	fmt.Fprintln(out, strings.Join(append(t.lines, "", verdict), "\n"))
	return !t.bad
}
