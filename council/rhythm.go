package council

import (
	"slices"
	"strconv"
)

// Rhythm says on which days before a date something is said, at which minute of
// the day, and with which sentence besides. What it leaves out is as in the city, and what the city
// leaves out is as usual.
type Rhythm struct {
	Groups  Ladder // working groups, secretariat and owners of an evaluation
	Council Ladder
	Leader  Ladder
	Tasks   Ladder // assignees; for the whole city only
	Minute  int    // after local midnight; 0: at the hour of the city's expression
	Wording string // a sentence of the coordinator's that reminders of an evaluation carry; empty: none
}

// IsZero tells whether nothing is said that differs from the usual.
func (r Rhythm) IsZero() bool {
	return r.Groups == nil && r.Council == nil && r.Leader == nil && r.Tasks == nil && r.Minute == 0 && r.Wording == ""
}

func (r Rhythm) or(other Rhythm) Rhythm {
	for _, pair := range []struct{ own, other *Ladder }{
		{&r.Groups, &other.Groups}, {&r.Council, &other.Council}, {&r.Leader, &other.Leader}, {&r.Tasks, &other.Tasks},
	} {
		if *pair.own == nil {
			*pair.own = *pair.other
		}
	}
	if r.Minute == 0 {
		r.Minute = other.Minute
	}
	if r.Wording == "" {
		r.Wording = other.Wording
	}
	return r
}

// Bounds of a ladder: how far before a date the first step may lie, and how
// many steps there may be.
const (
	farthestStep = 365
	mostSteps    = 12
)

// NewLadder makes a ladder of days before a deadline, farthest first, each once.
// Refusals: "bad_step" for a day that lies after the deadline or more than a
// year before it, "too_many_steps" for more than twelve, "no_steps" for none.
func NewLadder(days []int) (Ladder, error) {
	ladder := Ladder(slices.Clone(days))
	slices.Sort(ladder)
	slices.Reverse(ladder)
	ladder = slices.Compact(ladder)
	for _, step := range ladder {
		if step < 0 || step > farthestStep {
			return nil, Refuse("bad_step", "Step", strconv.Itoa(step))
		}
	}
	switch {
	case len(ladder) == 0:
		return nil, Refuse("no_steps")
	case len(ladder) > mostSteps:
		return nil, Refuse("too_many_steps")
	}
	return ladder, nil
}

// TaskLadder is on which days before its deadline a task's assignees are told.
func (t Timing) TaskLadder() Ladder { return orUsual(t.Rhythm.Tasks, TaskLadder) }

// OwnerLadder is on which days owners of something open for an evaluation are told.
func (t Timing) OwnerLadder() Ladder { return orUsual(t.Rhythm.Groups, EvaluationLadder) }

// LeaderLadder is on which days leaders are told that an evaluation is not complete.
func (t Timing) LeaderLadder() Ladder { return orUsual(t.Rhythm.Leader, LeaderLadder) }

// GroupLadder is on which days a group of this kind is told about an
// evaluation; communities are told nothing.
func (t Timing) GroupLadder(kind GroupKind) Ladder {
	switch kind {
	case KindWorkingGroup, KindSecretariat:
		return t.OwnerLadder()
	case KindCouncil:
		return orUsual(t.Rhythm.Council, CouncilLadder)
	}
	return nil
}

func orUsual(ladder, usual Ladder) Ladder {
	if ladder == nil {
		return usual
	}
	return ladder
}
