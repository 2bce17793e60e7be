package bot

import "github.com/rembuk/rembuk/council"

// repeat makes the next of a repeating task when one is done. The next date
// counts from the last one, or from now when that has been passed over.
func (r *request) repeat(before, after council.Task) error {
	if after.Recurrence == nil || before.State == council.TaskDone || after.State != council.TaskDone || after.GroupID == 0 {
		return nil
	}
	last := after.Deadline.At
	if last.Before(r.now) {
		last = r.now
	}
	group, err := r.tx.Group(after.GroupID)
	if err != nil {
		return notFoundIsNil(err)
	}
	next := council.Task{
		Title: after.Title, FullText: after.FullText, GroupID: after.GroupID, EvaluationID: after.EvaluationID,
		CreatedBy: after.CreatedBy, CreatedAt: r.now, State: council.TaskNew, Recurrence: after.Recurrence,
		Deadline: r.deadlineAt(after.Recurrence.Next(last, r.city.Timing.Calendar)), Assignees: sameAssignees(after.Assignees),
	}
	next, err = r.tx.CreateTask(next, 0, 0)
	if err != nil {
		return err
	}
	if err := r.record(next.Reference(), council.EventCreated, "", "repeats", after.Reference().String()); err != nil {
		return err
	}
	if err := r.planTask(next); err != nil {
		return err
	}
	if _, err := r.tellAssigned(next, nil); err != nil {
		return err
	}
	return r.showCard(next, cardTask, group.ChatID, group.ThreadID, place{speak: r.book.In(group.Language), group: group}, cardExtra{})
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
