package council

import "time"

// Follow moves a task whose deadline was one of the dates of its evaluation along with
// that date; false where it stays: it hangs on none of them, nothing can be changed in
// its state, or the new date is past or there is none.
func (t Task) Follow(before, after Evaluation, now time.Time) (Task, bool) {
	if t.EvaluationID != after.Number || t.Deadline.IsZero() || after.State != EvaluationOpen {
		return t, false
	}
	for _, milestone := range before.Milestones {
		if !milestone.Deadline.At.Equal(t.Deadline.At) {
			continue
		}
		for _, moved := range after.Milestones {
			if moved.Kind == milestone.Kind && !moved.Deadline.At.Equal(t.Deadline.At) && moved.Deadline.At.After(now) {
				changed, err := t.Reschedule(moved.Deadline)
				return changed, err == nil
			}
		}
	}
	return t, false
}
