package council

import "strconv"

// Clocks say how long something may take before somebody is told. A clock that is 0
// is the usual one.
type Clocks struct {
	Question   int    // working days until a question is to be answered
	Receipt    int    // working days until a coordinator is told that an idea is still held
	Review     int    // working days until the council should have seen an idea
	Decision   int    // working days until an idea should be decided
	Promise    int    // working days until a coordinator is told that nobody has acknowledged a task
	Silent     int    // days without a word until an assignee is asked
	Overdue    [3]int // days after a deadline on which it is said that it has passed; then weekly
	LeaderFrom int    // the day after a deadline from which leaders are told
}

// UsualClocks are those of product.md, "Reminders", and domain.md sections 6 and 7.
var UsualClocks = Clocks{Question: QuestionWorkdays, Receipt: ReceiptWorkdays, Review: ReviewWorkdays, Decision: DecisionWorkdays,
	Promise: 2, Silent: 7, Overdue: [3]int{1, 3, 7}, LeaderFrom: 3}

// SlowestClock is the longest that a clock may be, in days.
const SlowestClock = 90

// OrUsual fills in the usual clocks where there is none.
func (c Clocks) OrUsual() Clocks {
	for _, pair := range []struct{ own, usual *int }{
		{&c.Question, &UsualClocks.Question}, {&c.Receipt, &UsualClocks.Receipt}, {&c.Review, &UsualClocks.Review},
		{&c.Decision, &UsualClocks.Decision}, {&c.Promise, &UsualClocks.Promise}, {&c.Silent, &UsualClocks.Silent},
		{&c.LeaderFrom, &UsualClocks.LeaderFrom},
	} {
		if *pair.own == 0 {
			*pair.own = *pair.usual
		}
	}
	if c.Overdue == [3]int{} {
		c.Overdue = UsualClocks.Overdue
	}
	return c
}

// CheckClocks refuses clocks that cannot be kept. Refusals: "clock_bounds" (shorter
// than one day or longer than ninety), "clock_ideas" (an idea would have to be decided
// before the council has seen it), "clock_overdue" (the days do not follow one another).
func CheckClocks(clocks Clocks) error {
	c := clocks.OrUsual()
	for _, days := range append([]int{c.Question, c.Receipt, c.Review, c.Decision, c.Promise, c.Silent, c.LeaderFrom}, c.Overdue[:]...) {
		if days < 1 || days > SlowestClock {
			return Refuse("clock_bounds", "Most", strconv.Itoa(SlowestClock))
		}
	}
	switch {
	case c.Review > c.Decision:
		return Refuse("clock_ideas")
	case c.Overdue[0] >= c.Overdue[1] || c.Overdue[1] >= c.Overdue[2]:
		return Refuse("clock_overdue")
	}
	return nil
}

// nextRung is the overdue day that follows another: the three of the clocks, then weekly.
func (c Clocks) nextRung(days int) int {
	for _, rung := range c.Overdue {
		if days < rung {
			return rung
		}
	}
	return days + 7
}

// rungBefore is the overdue day that another one follows.
func (c Clocks) rungBefore(days int) int {
	before := 0
	for c.nextRung(before) < days {
		before = c.nextRung(before)
	}
	return before
}

// clocks are those of the city, the usual ones where it has none of its own.
func (t Timing) clocks() Clocks { return t.Clocks.OrUsual() }
