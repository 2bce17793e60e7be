package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// repeat makes the next of a repeating task when one is done. The next date
// counts from the last one, or from now when that has been passed over.
func (r *request) repeat(before, after council.Task) error {
	if after.Recurrence == nil || before.State == council.TaskDone || after.State != council.TaskDone || after.GroupID == 0 {
		return nil
	}
	if _, err := r.nextOf(after); !errors.Is(err, store.ErrNotFound) {
		return err // it was done before, and taken up again
	}
	last := after.Deadline.At
	if last.Before(r.now) {
		last = r.now
	}
	next, err := r.tx.CreateTask(council.Task{
		Title: after.Title, FullText: after.FullText, GroupID: after.GroupID, Partners: after.Partners, EvaluationID: after.EvaluationID,
		CreatedBy: after.CreatedBy, CreatedAt: r.now, State: council.TaskNew, Recurrence: after.Recurrence,
		Deadline: r.deadlineAt(after.Recurrence.Next(last, r.city.Timing.Calendar)), Assignees: sameAssignees(after.Assignees),
	}, 0, 0)
	if err != nil {
		return err
	}
	if err := r.record(next.Reference(), council.EventCreated, "", detailRepeats, after.Reference().String()); err != nil {
		return err
	}
	if err := r.planTask(next); err != nil {
		return err
	}
	if _, err := r.tellAssigned(next, nil); err != nil {
		return err
	}
	return r.groupCards(next, cardExtra{fresh: true})
}

// detailRepeats names, where a task was made by repeating, the one before it.
const detailRepeats = "repeats"

// nextOf finds the open task that was made when a repeating one was done;
// store.ErrNotFound if there is none.
func (r *request) nextOf(task council.Task) (council.Task, error) {
	open, err := r.tx.Tasks(store.TaskFilter{GroupID: task.GroupID, OpenOnly: true, Words: task.Title}, 0, choicesSearched)
	if err != nil {
		return council.Task{}, err
	}
	for _, next := range open {
		if next.Recurrence == nil || next.Number <= task.Number {
			continue
		}
		count, _, err := r.tx.CountHistory(next.Reference())
		if err != nil {
			return next, err
		}
		made, err := r.tx.History(next.Reference(), count-1, 1)
		if err != nil {
			return next, err
		}
		if len(made) == 1 && made[0].Detail[detailRepeats] == task.Reference().String() {
			return next, nil
		}
	}
	return council.Task{}, store.ErrNotFound
}

// withdrawNext cancels the next of a repeating task when it turns out that this
// one is not done, as long as nobody has touched the next.
func (r *request) withdrawNext(before, after council.Task) error {
	if after.Recurrence == nil || before.State != council.TaskDone || after.State == council.TaskDone {
		return nil
	}
	next, err := r.nextOf(after)
	if err != nil || next.Version != 1 {
		return notFoundIsNil(err)
	}
	cancelled, err := next.Cancel()
	if err != nil {
		return err
	}
	change := taskChange{event: council.EventCancelled}
	if err := r.keepTask(next, cancelled, change); err != nil {
		return err
	}
	if _, err := r.tellAssignees(cancelled, change); err != nil {
		return err
	}
	return r.refreshCards(cancelled, cardExtra{})
}

func sameAssignees(assignees []council.Assignee) []council.Assignee {
	var ids []int64
	for _, assignee := range assignees {
		if assignee.GroupID != 0 {
			return council.AssignToGroup(assignee.GroupID)
		}
		ids = append(ids, assignee.MemberID)
	}
	return council.AssignTo(ids...)
}
