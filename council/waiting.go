package council

import (
	"slices"
	"strings"
	"time"
)

// Awaited is a task that another one waits for.
type Awaited struct {
	Number int64 // of the task that is awaited
	Over   bool  // it has ended; if it is taken up again, the waiting returns
}

// WaitLimit is how many tasks one task may wait for.
const WaitLimit = 10

// WaitsFor lists the tasks that a task waits for now.
func (t Task) WaitsFor() []int64 {
	var numbers []int64
	for _, wait := range t.Waits {
		if !wait.Over {
			numbers = append(numbers, wait.Number)
		}
	}
	return numbers
}

// Waiting tells whether a task waits for another one, so that nobody is reminded
// of it. Its deadline stays.
func (t Task) Waiting() bool {
	return !t.State.Ended() && slices.ContainsFunc(t.Waits, func(w Awaited) bool { return !w.Over })
}

// rests tells whether nothing is said about a task: it has ended or waits.
func (t Task) rests() bool { return t.State.Ended() || t.Waiting() }

// WaitFor lets a task wait for others. All is who waits for whom over all tasks.
// Refusals: "wait_circle" with the circle, as for a task that would wait for
// itself; "awaited_ended", "already_waiting" when it waits for all of them,
// "too_many_waits", "already_submitted", "task_done", "task_cancelled".
func (t Task) WaitFor(awaited []Task, all Waits) (Task, error) {
	if t.State.Ended() || t.State == TaskSubmitted {
		return t, t.refuse(refusalCode(t.State, EventWaits), t.State)
	}
	waits := slices.Clone(t.Waits)
	for _, other := range awaited {
		if circle := all.Circle(t.Number, other.Number); circle != nil {
			return t, t.refuse("wait_circle", t.State, "circle", writeCircle(circle))
		}
		if other.State.Ended() {
			return t, t.refuse("awaited_ended", t.State, "awaited", other.Reference().String())
		}
		if !slices.ContainsFunc(waits, func(w Awaited) bool { return w.Number == other.Number }) {
			waits = append(waits, Awaited{Number: other.Number})
		}
	}
	switch {
	case len(waits) == len(t.Waits):
		return t, t.refuse("already_waiting", t.State)
	case len(waits) > WaitLimit:
		return t, t.refuse("too_many_waits", t.State)
	}
	t.Waits = sortWaits(waits)
	t.Version++
	return t, nil
}

// WaitNoMore ends the waiting for these tasks, or for all when none is named; the
// times of those who have it begin anew once it waits for nothing more. Refusals:
// "not_waiting", "task_done", "task_cancelled".
func (t Task) WaitNoMore(now time.Time, numbers ...int64) (Task, error) {
	if t.State.Ended() {
		return t, t.refuse(refusalCode(t.State, EventFreed), t.State)
	}
	left := slices.DeleteFunc(slices.Clone(t.Waits), func(w Awaited) bool {
		return len(numbers) == 0 || slices.Contains(numbers, w.Number)
	})
	if len(left) == len(t.Waits) {
		return t, t.refuse("not_waiting", t.State)
	}
	waited := t.Waiting()
	t.Waits = left
	if waited && !t.Waiting() {
		t = t.Resume(now)
	}
	t.Version++
	return t, nil
}

// Resume lets the times of the assignees begin anew when the way is free: what
// nobody has promised yet is as if given now, and who is at work was heard of now.
func (t Task) Resume(now time.Time) Task {
	t.Assignees = slices.Clone(t.Assignees)
	for i := range t.Assignees {
		switch assignee := &t.Assignees[i]; {
		case assignee.owes():
			assignee.AssignedAt = now
		case assignee.promised():
			assignee.ActiveAt = now
		}
	}
	return t
}

// Restore gives a task back what it waited for before, as after an undoing: that
// which would close a circle by now stays away. All is who waits for whom over
// all tasks, this one among them.
func (t Task) Restore(waits []Awaited, all Waits) Task {
	var kept []Awaited
	for _, wait := range waits {
		if all.Circle(t.Number, wait.Number) == nil {
			kept = append(kept, wait)
		}
	}
	t.Waits = sortWaits(kept)
	return t
}

func sortWaits(waits []Awaited) []Awaited {
	slices.SortFunc(waits, func(a, b Awaited) int { return int(a.Number - b.Number) })
	return waits
}

// Waits is who waits for whom, by the numbers of tasks.
type Waits map[int64][]int64

// Circle is the circle that would close if one task waited for another, from the
// one that waits back to itself and by the shortest way; nil if none would.
func (w Waits) Circle(waiting, awaited int64) []int64 {
	if waiting == awaited {
		return []int64{waiting, waiting}
	}
	cameFrom := map[int64]int64{awaited: waiting}
	for open := []int64{awaited}; len(open) > 0; open = open[1:] {
		for _, next := range w[open[0]] {
			if _, seen := cameFrom[next]; seen {
				continue
			}
			if next == waiting {
				return wayBack(cameFrom, open[0], waiting)
			}
			cameFrom[next] = open[0]
			open = append(open, next)
		}
	}
	return nil
}

// wayBack is the circle whose last step leads from a task to the one that waits.
func wayBack(cameFrom map[int64]int64, last, waiting int64) []int64 {
	circle := []int64{waiting}
	for at := last; at != waiting; at = cameFrom[at] {
		circle = append(circle, at)
	}
	circle = append(circle, waiting)
	slices.Reverse(circle)
	return circle
}

// circleShown is how many tasks of a circle are written at its beginning; of a
// longer one the last two follow.
const circleShown = 10

func writeCircle(circle []int64) string {
	names := make([]string, len(circle))
	for i, number := range circle {
		names[i] = TaskReference(number).String()
	}
	if len(names) > circleShown+2 {
		names = slices.Concat(names[:circleShown], []string{"…"}, names[len(names)-2:])
	}
	return strings.Join(names, " → ")
}
