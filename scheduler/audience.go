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
	audience, err := t.audience(reminder, evaluation, council.Task{})
	if err != nil {
		return err
	}
	milestone := milestoneOf(evaluation.Evaluation, reminder)
	return t.add(reminder, council.Item{Evaluation: evaluation.Evaluation, Milestone: milestone, Counts: evaluation.counts}, audience)
}

// audience lists those whom a reminder is for. One that names a member is for
// that member alone, who must still be among them.
func (t *tick) audience(reminder council.Reminder, evaluation *standing, task council.Task) ([]recipient, error) {
	var members []int64
	var err error
	switch reminder.Audience {
	case council.ToGroup:
		return []recipient{{groupID: reminder.GroupID}}, nil
	case council.ToAssignee, council.ToMember:
		members = []int64{reminder.MemberID}
	case council.ToOwner:
		members, err = t.tx.OpenOwners(evaluation.tasks)
	case council.ToCoordinator:
		members, err = t.holders(council.RoleCoordinator)
	case council.ToLeader:
		members, err = t.leaders(reminder, task)
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

// leaders lists whom a matter is taken to today: those who act in the positions
// above it, and leaders who hold no position.
func (t *tick) leaders(reminder council.Reminder, task council.Task) ([]int64, error) {
	if err := t.readPositions(); err != nil {
		return nil, err
	}
	above := council.EscalateEvaluation(t.positions)
	if reminder.Subject.Letter == council.TaskLetter {
		days, _ := reminder.Step.Days()
		above = council.EscalateTask(t.positions, task.GroupID, days)
	}
	members, err := t.tx.LeadersByRole(t.timing.Calendar.Day(t.now))
	if err != nil {
		return nil, err
	}
	members = append(members, above...)
	slices.Sort(members)
	return slices.Compact(members), nil
}

// readPositions finds out, once a tick, who acts in which position today.
func (t *tick) readPositions() error {
	if t.positions != nil {
		return nil
	}
	positions, err := t.tx.Positions()
	if err != nil {
		return err
	}
	today := t.timing.Calendar.Day(t.now)
	t.positions = make([]council.Acting, 0, len(positions))
	for _, position := range positions {
		holdings, err := t.tx.Holdings(position.ID, today)
		if err != nil {
			return err
		}
		away := make(map[int64]bool)
		for _, holding := range holdings {
			if away[holding.MemberID], err = t.away(holding.MemberID, today); err != nil {
				return err
			}
		}
		t.positions = append(t.positions, council.Acting{Position: position,
			Members: council.InPlace(holdings, today, func(id int64) bool { return away[id] })})
	}
	return nil
}

func (t *tick) away(memberID int64, day council.Day) (bool, error) {
	leaves, err := t.tx.Leaves(memberID, day)
	return slices.ContainsFunc(leaves, func(leave council.Leave) bool { return leave.Covers(day) }), err
}
