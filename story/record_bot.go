package story

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// hear takes what the bot has said and no step expects yet, in the order of the clock.
func (r *Recorder) hear() []sim.Shown {
	var heard []sim.Shown
	for _, messages := range r.stage.watch.unread {
		heard = append(heard, messages...)
	}
	clear(r.stage.watch.unread)
	slices.SortStableFunc(heard, func(a, b sim.Shown) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(b.Chat, a.Chat), cmp.Compare(a.ID, b.ID))
	})
	return heard
}

// expectUntil expects what was said while the clock showed less than a moment, and returns the rest.
func (r *Recorder) expectUntil(heard []sim.Shown, moment time.Time) []sim.Shown {
	for len(heard) > 0 && r.clock.Before(heard[0].Date) && heard[0].Date.Before(moment) {
		r.moveClock(heard[0].Date)
		r.expect(Bot, heard[0])
		heard = heard[1:]
	}
	return heard
}

// expectAll expects messages, each at its moment, and reports whether the clock went on meanwhile.
func (r *Recorder) expectAll(heard []sim.Shown) (moved bool) {
	for _, message := range heard {
		if message.Date.After(r.clock) && r.moveClock(message.Date) {
			moved = true
		}
		r.expect(Bot, message)
	}
	return moved
}

// expectEdits expects what was edited. When the clock has gone on since, nobody knows at which moment that was.
func (r *Recorder) expectEdits(moved bool) {
	var edited []sim.Shown
	for _, messages := range r.stage.watch.changed {
		edited = append(edited, messages...)
	}
	clear(r.stage.watch.changed)
	if moved {
		return
	}
	slices.SortFunc(edited, func(a, b sim.Shown) int {
		return cmp.Or(cmp.Compare(b.Chat, a.Chat), cmp.Compare(a.ID, b.ID))
	})
	for _, message := range edited {
		r.expect(BotEdits, message)
	}
}

// expect expects a message of the bot as it is.
func (r *Recorder) expect(kind Kind, message sim.Shown) {
	step := Step{Kind: kind, Place: r.stage.whereabouts(message), Text: patternOf(message.Text)}
	if kind == Bot {
		step.sends(message)
	}
	r.steps = append(r.steps, step)
	labels := labelsOf(message)
	switch {
	case len(labels) > 0:
		for i, label := range labels {
			labels[i] = labelPattern(label)
		}
		r.steps = append(r.steps, Step{Kind: Buttons, Buttons: labels})
	case kind == BotEdits:
		r.steps = append(r.steps, Step{Kind: Without})
	}
}

// patternOf is a text as a pattern that fits it: its lines, without those that are empty.
func patternOf(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = joinWords(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// labelPattern is a label as it can stand between brackets.
func labelPattern(label string) string { return strings.ReplaceAll(joinWords(label), "]", "...") }

// pressed takes the presses that were made since the last time.
func (r *Recorder) pressed() []string {
	all := r.stage.telegram.Presses()
	fresh := all[min(r.presses, len(all)):]
	r.presses = len(all)
	return fresh
}

// expectToasts expects what presses were answered with, if it had words. A toast tells whose it is where several people
// have pressed.
func (r *Recorder) expectToasts(pressed []string) {
	var pressers []string
	for _, step := range slices.Backward(r.steps) {
		if len(pressers) == len(pressed) {
			break
		}
		if step.Kind == Press || step.Kind == PressOld || step.Kind == ForgeData {
			pressers = append(pressers, step.Who)
		}
	}
	slices.Reverse(pressers)
	for i, id := range pressed {
		answer, answered := r.stage.telegram.Toast(id)
		if !answered || strings.TrimSpace(answer.Text) == "" || i >= len(pressers) {
			continue
		}
		step := Step{Kind: Toast, Text: patternOf(answer.Text)}
		if len(pressed) > 1 {
			step.Who = pressers[i]
		}
		r.steps = append(r.steps, step)
	}
}
