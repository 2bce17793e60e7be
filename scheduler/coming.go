package scheduler

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Coming is a reminder that waits, with those whom it is for as things stand now.
// What several people or groups are told of one thing at one moment is one.
type Coming struct {
	Reminder  council.Reminder
	Title     string // of the task, the idea or the evaluation, or the words somebody wishes to be reminded of
	Milestone council.MilestoneKind
	MemberIDs []int64
	GroupIDs  []int64
}

// farthest is as far ahead as reminders are looked for.
const farthest = 5 * 365 * 24 * time.Hour

// Coming lists what waits to be said, the soonest first, at most so many. It asks
// the same rules as saying it will, and changes nothing. Whether something is said
// at its moment, later or not at all is decided then.
func (s *Scheduler) Coming(ctx context.Context, tx *store.Tx, most int) ([]Coming, error) {
	now := s.clock.Now()
	t, err := s.newTick(ctx, tx, now)
	if err != nil {
		return nil, err
	}
	waiting, err := tx.RemindersUntil(time.UnixMilli(0), now.Add(farthest))
	if err != nil {
		return nil, err
	}
	var coming []Coming
	for _, reminder := range waiting {
		if len(coming) > most {
			break // one more than asked for, since what belongs to the last may follow it
		}
		if coming, err = t.addComing(coming, reminder); err != nil {
			return nil, err
		}
	}
	return coming[:min(most, len(coming))], nil
}

// addComing adds a reminder to the list, or those it is for to what is listed already.
func (t *tick) addComing(coming []Coming, reminder council.Reminder) ([]Coming, error) {
	_, item, err := t.consider(reminder)
	if err != nil {
		return nil, err
	}
	audience, err := t.audience(reminder)
	if errors.Is(err, store.ErrNotFound) || err == nil && len(audience) == 0 {
		return coming, nil // nobody will hear it
	}
	if err != nil {
		return nil, err
	}
	same := slices.IndexFunc(coming, func(c Coming) bool {
		listed := c.Reminder
		return listed.Due.Equal(reminder.Due) && listed.Subject == reminder.Subject && listed.Step == reminder.Step && listed.MilestoneID == reminder.MilestoneID
	})
	if same < 0 {
		coming = append(coming, Coming{Reminder: reminder, Title: titleOf(item), Milestone: item.Milestone.Kind})
		same = len(coming) - 1
	}
	one := &coming[same]
	for _, to := range audience {
		if to.groupID != 0 && !slices.Contains(one.GroupIDs, to.groupID) {
			one.GroupIDs = append(one.GroupIDs, to.groupID)
		}
		if to.memberID != 0 && !slices.Contains(one.MemberIDs, to.memberID) {
			one.MemberIDs = append(one.MemberIDs, to.memberID)
		}
	}
	return coming, nil
}

func titleOf(item council.Item) string {
	switch {
	case item.Task.Number != 0:
		return item.Task.Title
	case item.Own.Number != 0:
		return item.Own.Text
	case item.Prompt.Number != 0:
		return item.Prompt.Text
	case item.Question.Number != 0:
		return item.Question.Text
	case item.Idea.Number != 0:
		return item.Idea.Title
	case item.Recommendation.Number != 0:
		return item.Recommendation.Text
	case item.Meeting.Number != 0:
		return item.Meeting.Title
	}
	return item.Evaluation.Name
}
