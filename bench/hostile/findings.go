package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// most is how much of a processor one input may take.
const most = 10 * time.Millisecond

// finding is what an input took.
type finding struct {
	input
	took    time.Duration // the median of the tries
	answers int           // calls that it caused, at most
}

// findings are what a run has shown.
type findings struct {
	all      []finding
	ideas    int
	broken   []int64  // the updates that nobody can read
	stumbled []string // lines in which the program complains of anything else
	unsaid   int      // of those updates, the ones of which it says nothing
}

// listen reads the program's log: of what nobody can read it is to say so once, and of
// nothing else it may complain.
func (f *findings) listen(log string) {
	expected := make(map[string]bool, len(f.broken))
	for _, id := range f.broken {
		expected[fmt.Sprintf(` level=WARN msg="an update could not be read and was set aside" update=%d `, id)] = true
	}
	for line := range strings.Lines(log) {
		if !strings.Contains(line, " level=ERROR ") && !strings.Contains(line, " level=WARN ") {
			continue
		}
		told := ""
		for words := range expected {
			if strings.Contains(line, words) {
				told = words
			}
		}
		if told == "" {
			f.stumbled = append(f.stumbled, line)
		}
		delete(expected, told)
	}
	f.unsaid = len(expected)
}

// warming is how many harmless messages come first: what is loaded, prepared and
// compiled once is not what an input takes.
const warming = 200

// measure gives the program every input, each try from somebody else.
func (f *findings) measure(ctx context.Context, running *program.Process, telegram *telegram, from *people, inputs []input) error {
	if _, err := telegram.rest(ctx, running.Work); err != nil {
		return err
	}
	for number := range warming {
		telegram.say(private(firstOther-1-int64(number), "/mulai"))
		if _, err := telegram.rest(ctx, running.Work); err != nil {
			return err
		}
	}
	for _, one := range inputs {
		found := finding{input: one}
		var took []time.Duration
		for range tries {
			calls := telegram.answers()
			before, err := running.Work()
			if err != nil {
				return err
			}
			id := telegram.say(one.build(from.next(one.who)))
			if one.broken {
				f.broken = append(f.broken, id)
			}
			after, err := telegram.rest(ctx, running.Work)
			if err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
			took = append(took, after-before)
			found.answers = max(found.answers, telegram.answers()-calls)
		}
		slices.Sort(took)
		found.took = took[len(took)/2]
		f.all = append(f.all, found)
	}
	slices.SortStableFunc(f.all, func(a, b finding) int { return int(b.took - a.took) })
	return nil
}

// shown is how many of the dearest inputs are printed.
const shown = 15

// print writes the figures, and tells whether everything is as it must be.
func (f findings) print(out io.Writer, untimed bool) bool {
	figures := table.Table{Untimed: untimed}
	figures.Title(fmt.Sprintf("the dearest of %d inputs, each %d times, beside %d ideas: work, ms", len(f.all), tries, f.ideas))
	for _, one := range f.all[:min(shown, len(f.all))] {
		figures.Note(fmt.Sprintf("%s (answers: %d)", one.name, one.answers), "%.2f", table.Milliseconds(one.took))
	}
	figures.Title("what one input takes: median and most, ms")
	for who, named := range kindNames {
		var took []time.Duration
		for _, one := range f.all {
			if one.who == kind(who) {
				took = append(took, one.took)
			}
		}
		if len(took) > 0 {
			figures.Timed(named, fmt.Sprintf("%.2f  %.2f", table.Milliseconds(took[len(took)/2]), table.Milliseconds(took[0])), fmt.Sprintf("at most %d", most.Milliseconds()), took[0] <= most)
		}
	}
	figures.None("complaints in the program's log", len(f.stumbled))
	figures.None("of what nobody can read, not said there", f.unsaid)
	for _, line := range f.stumbled[:min(len(f.stumbled), shown)] {
		figures.Note("  "+strings.TrimSpace(line), "")
	}
	return figures.Print(out) && len(f.all) > 0
}
