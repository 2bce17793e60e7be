package scheduler

import (
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// consider asks the rules about a reminder as things stand at this moment, and
// gives what the sentence needs. It changes nothing.
func (t *tick) consider(reminder council.Reminder) (council.Decision, council.Item, error) {
	decision, item := council.Decision{Verdict: council.Drop, Reason: "unknown_subject"}, council.Item{}
	var err error
	switch reminder.Subject.Letter {
	case council.TaskLetter:
		if item.Task, err = t.tx.Task(reminder.Subject.Number); err == nil {
			decision = council.DecideTask(reminder, item.Task, t.now, t.timing)
		}
	case council.EvaluationLetter:
		decision, item, err = t.considerEvaluation(reminder)
	case council.OwnReminderLetter:
		if item.Own, err = t.tx.OwnReminder(reminder.Subject.Number); err == nil {
			decision, err = t.considerOwn(reminder, item.Own)
		}
	case council.AbsenceLetter:
		if item.Absence, err = t.tx.Absence(reminder.Subject.Number); err == nil {
			decision = council.DecideAbsence(item.Absence, t.now, t.timing)
		}
	case council.PromptLetter:
		if item.Prompt, err = t.tx.Prompt(reminder.Subject.Number); err == nil {
			decision, err = t.considerPrompt(reminder, item.Prompt)
		}
	case council.QuestionLetter:
		if item.Question, err = t.tx.Question(reminder.Subject.Number); err == nil {
			decision, err = t.considerQuestion(reminder, item.Question)
		}
	case council.IdeaLetter:
		if item.Idea, err = t.tx.Idea(reminder.Subject.Number); err == nil {
			decision, err = t.considerIdea(reminder, item.Idea)
		}
	case council.RecommendationLetter:
		if item.Recommendation, err = t.tx.Recommendation(reminder.Subject.Number); err == nil {
			decision = council.DecideRecommendation(reminder, item.Recommendation, t.now, t.timing)
		}
	case council.MeetingLetter:
		decision, item, err = t.considerMeeting(reminder)
	case council.PrivacyRequestLetter:
		if item.Privacy, err = t.tx.PrivacyRequest(reminder.Subject.Number); err == nil {
			decision = council.DecidePrivacy(reminder, item.Privacy, t.now, t.timing)
		}
	case council.EvidenceLetter:
		var pieces []council.Evidence
		if pieces, err = t.tx.EvidenceFiled(reminder.Subject.Number); err == nil {
			decision = council.DecideCheck(reminder, pieces, t.now, t.timing)
		}
	case council.HolidayYearLetter:
		decision = council.DecideYear(reminder, t.now, t.timing)
	case council.WeekLetter:
		decision = council.DecideWeek(reminder, t.now, t.timing)
	}
	if errors.Is(err, store.ErrNotFound) {
		return council.Decision{Verdict: council.Drop, Reason: "subject_gone"}, item, nil
	}
	return decision, item, err
}

func (t *tick) considerEvaluation(reminder council.Reminder) (council.Decision, council.Item, error) {
	evaluation, err := t.evaluation(reminder.Subject.Number)
	if err != nil {
		return council.Decision{}, council.Item{}, err
	}
	var group council.Group
	if reminder.GroupID != 0 {
		if group, err = t.tx.Group(reminder.GroupID); notFoundIsNil(err) != nil {
			return council.Decision{}, council.Item{}, err
		}
	}
	item := council.Item{Evaluation: evaluation.Evaluation, Milestone: evaluation.Milestone(reminder.MilestoneID), Counts: evaluation.Counts, Dimensions: evaluation.dimensions}
	return council.DecideEvaluation(reminder, evaluation.Evaluation, group, evaluation.Counts, t.now, t.timing), item, nil
}

func (t *tick) considerOwn(reminder council.Reminder, own council.OwnReminder) (council.Decision, error) {
	leaves, err := t.tx.Leaves(own.MemberID, t.timing.Calendar.Day(own.Next))
	return council.DecideOwn(reminder, own, leaves, t.timing.Calendar), err
}

func (t *tick) considerPrompt(reminder council.Reminder, prompt council.Prompt) (council.Decision, error) {
	var task council.Task
	if prompt.TaskNumber != 0 {
		var err error
		if task, err = t.tx.Task(prompt.TaskNumber); err != nil {
			return council.Decision{}, err
		}
	}
	return council.DecidePrompt(reminder, prompt, task, t.now, t.timing), nil
}

func (t *tick) considerIdea(reminder council.Reminder, idea council.Idea) (council.Decision, error) {
	switch {
	case slices.Contains(council.IdeaCareSteps, reminder.Step):
		return council.DecideIdeaCare(reminder, idea, t.now, t.timing), nil
	case reminder.Step == council.StepScoreAsk:
		return council.DecideReview(reminder, idea, t.now, t.timing), nil
	}
	found, err := t.tx.Likenesses(idea.Number)
	return council.DecideLikeness(reminder, idea, found, t.now, t.timing), err
}

// planNext plans what follows on a reminder once that has been decided on. To do
// so twice is the same as once.
func (t *tick) planNext(reminder council.Reminder, decision council.Decision, item council.Item) error {
	days, _ := reminder.Step.Days()
	switch {
	case reminder.Step == council.StepYearMissing:
		return t.tx.AddReminders(council.PlanYear(t.now, t.timing))
	case decision.PassesOver():
		return t.goOn(item.Own, item.Own.Next)
	case item.Meeting.Number != 0:
		return t.followMeeting(reminder, decision, item.Meeting)
	case reminder.Audience == council.ToResponsible && decision.Verdict == council.Say:
		return t.planUnmanned(item.Question)
	case item.Task.Number != 0 && days > 0 && decision.Verdict == council.Say:
		return t.tx.AddReminders(council.NextOverdue(item.Task, reminder.Step, t.now, t.timing))
	}
	return nil
}

// goOn lets what somebody asked for wait for its next time after a moment, or end.
func (t *tick) goOn(own council.OwnReminder, after time.Time) error {
	if own.Number == 0 {
		return nil
	}
	leaves, err := t.tx.Leaves(own.MemberID, t.timing.Calendar.Day(after))
	if err != nil {
		return err
	}
	return t.tx.SaveOwnReminder(own.Said(after, leaves, t.timing.Calendar))
}
