package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// digestItems fills what a digest said with how things stand now. What is gone
// is left out.
func (r *request) digestItems(reminders []council.Reminder) ([]council.Item, error) {
	var items []council.Item
	var last council.Item // the evaluation that was spoken of before
	for _, reminder := range reminders {
		item, err := r.digestItem(reminder, last)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if reminder.Subject.Letter == council.EvaluationLetter {
			last = item
		}
	}
	return items, nil
}

// digestItem finds what a reminder of a digest is about.
func (r *request) digestItem(reminder council.Reminder, before council.Item) (item council.Item, err error) {
	item.Reminder = reminder
	var deadline council.Deadline
	switch reminder.Subject.Letter {
	case council.TaskLetter:
		item.Task, err = r.tx.Task(reminder.Subject.Number)
		deadline = item.Task.Deadline
		if reminder.Step == stepOpen {
			item.Evaluation = before.Evaluation
		}
	case council.EvaluationLetter:
		err = r.digestEvaluation(&item, before)
		deadline = item.Milestone.Deadline
	case council.PromptLetter:
		item.Prompt, err = r.tx.Prompt(reminder.Subject.Number)
		deadline = item.Deadline()
	case council.OwnReminderLetter:
		item.Own, err = r.tx.OwnReminder(reminder.Subject.Number)
	case council.QuestionLetter:
		item.Question, err = r.tx.Question(reminder.Subject.Number)
		deadline = item.Deadline()
	case council.IdeaLetter:
		item.Idea, err = r.tx.Idea(reminder.Subject.Number)
	case council.RecommendationLetter:
		item.Recommendation, err = r.tx.Recommendation(reminder.Subject.Number)
		deadline = item.Deadline()
	case council.MeetingLetter:
		item.Meeting, err = r.tx.Meeting(reminder.Subject.Number)
	case council.AbsenceLetter:
		item.Absence, err = r.tx.Absence(reminder.Subject.Number)
	}
	if !deadline.IsZero() {
		item.Days = r.city.days(r.now, deadline.At)
		item.Moved = r.city.Timing.Calendar.Moves(reminder.Step, deadline)
	}
	return item, err
}

// digestEvaluation finds an evaluation with its counts, which are those of the
// item before when that is about the same one.
func (r *request) digestEvaluation(item *council.Item, before council.Item) (err error) {
	number := item.Reminder.Subject.Number
	item.Evaluation, item.Counts = before.Evaluation, before.Counts
	if before.Evaluation.Number != number {
		if item.Evaluation, err = r.tx.Evaluation(number); err != nil {
			return err
		}
		prepared, err := r.tx.Preparation(item.Evaluation, r.now)
		if err != nil {
			return err
		}
		item.Counts = prepared.Counts
	}
	for _, milestone := range item.Evaluation.Milestones {
		if milestone.ID == item.Reminder.MilestoneID {
			item.Milestone = milestone
		}
	}
	return nil
}
