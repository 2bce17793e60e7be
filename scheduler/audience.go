package scheduler

import (
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// standing is an evaluation with its tasks in numbers, as they stand in this tick.
type standing struct {
	council.Evaluation
	tasks  store.TaskFilter
	counts council.Counts
}

func (t *tick) evaluation(number int64) (*standing, error) {
	if known, found := t.evaluations[number]; found {
		return known, nil
	}
	evaluation, err := t.tx.Evaluation(number)
	if err != nil {
		return nil, err
	}
	now := &standing{Evaluation: evaluation}
	if now.tasks, err = t.tx.TasksFor(evaluation); err != nil {
		return nil, err
	}
	if now.counts, err = t.tx.CountTasks(now.tasks, t.now, time.UnixMilli(0)); err != nil {
		return nil, err
	}
	t.evaluations[number] = now
	return now, nil
}

func (t *tick) decideEvaluation(reminder council.Reminder) error {
	evaluation, err := t.evaluation(reminder.Subject.Number)
	if errors.Is(err, store.ErrNotFound) {
		return t.drop(reminder, "subject_gone")
	}
	if err != nil {
		return err
	}
	var group council.Group
	if reminder.GroupID != 0 {
		if group, err = t.tx.Group(reminder.GroupID); notFoundIsNil(err) != nil {
			return err
		}
	}
	decision := council.DecideEvaluation(reminder, evaluation.Evaluation, group, evaluation.counts, t.now, t.timing)
	if said, err := t.follow(reminder, decision); err != nil || !said {
		return err
	}
	audience, err := t.audience(reminder, evaluation)
	if err != nil {
		return err
	}
	milestone := milestoneOf(evaluation.Evaluation, reminder)
	t.add(reminder, milestone.Deadline, council.Item{Evaluation: evaluation.Evaluation, Milestone: milestone, Counts: evaluation.counts}, audience)
	return nil
}

// audience lists those whom a reminder is for. One that names a member is for
// that member alone, who must still be among them.
func (t *tick) audience(reminder council.Reminder, evaluation *standing) ([]recipient, error) {
	var members []int64
	var err error
	switch reminder.Audience {
	case council.ToGroup:
		return []recipient{{groupID: reminder.GroupID}}, nil
	case council.ToAssignee:
		members = []int64{reminder.MemberID}
	case council.ToOwner:
		members, err = t.tx.OpenOwners(evaluation.tasks)
	case council.ToCoordinator:
		members, err = t.holders(council.RoleCoordinator)
	case council.ToLeader:
		members, err = t.holders(council.RoleLeader)
	}
	if err != nil {
		return nil, err
	}
	if reminder.MemberID != 0 {
		members = slices.DeleteFunc(slices.Clone(members), func(id int64) bool { return id != reminder.MemberID })
	}
	recipients := make([]recipient, len(members))
	for i, id := range members {
		recipients[i].memberID = id
	}
	return recipients, nil
}

func (t *tick) holders(role council.Role) ([]int64, error) {
	if known, found := t.roles[role]; found {
		return known, nil
	}
	members, err := t.tx.MembersWithRole(role)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}
	t.roles[role] = ids
	return ids, nil
}
