package scheduler

import (
	"context"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// considerQuestion asks the rules about a reminder of a question. That nobody is in
// charge is told only while that is so.
func (t *tick) considerQuestion(reminder council.Reminder, question council.Question) (council.Decision, error) {
	decision := council.DecideQuestion(reminder, question, t.now, t.timing)
	if reminder.Step != council.StepUnmanned || decision.Verdict != council.Say {
		return decision, nil
	}
	responsible, err := t.responsible(question)
	if len(responsible) > 0 {
		return council.Decision{Verdict: council.Drop, Reason: "in_charge"}, err
	}
	return decision, err
}

// responsible lists who is to answer a question as things stand today.
func (t *tick) responsible(question council.Question) ([]int64, error) {
	return t.tx.Responsible(question, t.timing.Calendar.Day(t.now))
}

// planUnmanned has the coordinators told, in the same morning, that there is nobody
// who could be reminded of a question.
func (t *tick) planUnmanned(question council.Question) error {
	responsible, err := t.responsible(question)
	if err != nil || len(responsible) > 0 {
		return err
	}
	return t.tx.AddReminders([]council.Reminder{question.Unmanned(t.now)})
}

// questionMembers lists those whom a reminder of a question is for.
func (t *tick) questionMembers(reminder council.Reminder) ([]int64, error) {
	if reminder.Audience == council.ToCoordinator {
		return t.holders(council.RoleCoordinator)
	}
	question, err := t.tx.Question(reminder.Subject.Number)
	if err != nil {
		return nil, err
	}
	if reminder.Audience == council.ToResponsible {
		return t.responsible(question)
	}
	if err := t.readPositions(); err != nil {
		return nil, err
	}
	leaders, err := t.tx.LeadersByRole(t.timing.Calendar.Day(t.now))
	if err != nil {
		return nil, err
	}
	coordinators, err := t.holders(council.RoleCoordinator)
	return council.EscalateQuestion(question, t.positions, leaders, coordinators), err
}

// origin is where a question was asked, and where its asker is told.
func origin(question council.Question) recipient {
	if question.FromGroup != 0 {
		return recipient{groupID: question.FromGroup}
	}
	return recipient{memberID: question.AskerID}
}

// judge asks the rules whether the bot still does what it was to do of its own
// accord. Only where people are told something do they say anything: the asker of a
// question in the hours in which reminders are, and not in a quiet time of the place
// of asking; the people of an idea in those hours.
func (s *Scheduler) judge(ctx context.Context, tx *store.Tx, one council.Reminder, now time.Time) (council.Decision, error) {
	ofIdea := one.Subject.Letter == council.IdeaLetter && slices.Contains(council.IdeaCareSteps, one.Step)
	if one.Subject.Letter != council.QuestionLetter && !ofIdea {
		return council.Decision{Verdict: council.Say, Reason: "due"}, nil
	}
	t, err := s.newTick(ctx, tx, now)
	if err != nil {
		return council.Decision{}, err
	}
	decision, item, err := t.consider(one)
	switch {
	case err != nil || decision.Verdict == council.Drop:
		return decision, err
	case decision.Verdict == council.Wait:
		decision.Until = t.timing.MorningOf(decision.Until) // together with those whom it is taken to
		return decision, nil
	}
	if ofIdea {
		return decision, nil
	}
	to := origin(item.Question)
	quiet, err := tx.QuietTimes(store.Hearer{MemberID: to.memberID, GroupID: to.groupID})
	if err != nil {
		return decision, err
	}
	return council.Listener{Group: true, Quiet: quiet}.Decide(one, item.Deadline(), now, t.timing), nil
}

// planQuestions plans every open question anew. Its target stays as it was promised.
func (s *Scheduler) planQuestions(tx *store.Tx, timing council.Timing) error {
	now := s.clock.Now()
	open := store.QuestionFilter{OpenOnly: true}
	count, err := tx.CountQuestions(open)
	if err != nil {
		return err
	}
	questions, err := tx.Questions(open, 0, count)
	if err != nil {
		return err
	}
	for _, question := range questions {
		stay := func(reminder council.Reminder) bool { return timing.StaysFor(question, reminder, now) }
		if err := tx.PlanReminders(question.Reference(), council.PlanQuestion(question, now, timing), stay); err != nil {
			return err
		}
	}
	return nil
}

// hearers are those who hear of what the bot does of its own accord: the place in
// which a question was asked, and the coordinators of prompts, polls and announcements.
func (t *tick) hearers(reminder council.Reminder) ([]recipient, error) {
	switch reminder.Subject.Letter {
	case council.QuestionLetter:
		question, err := t.tx.Question(reminder.Subject.Number)
		return []recipient{origin(question)}, err
	case council.IdeaLetter:
		return t.ideaHearers(reminder)
	case council.PromptLetter, council.PollLetter, council.AnnouncementLetter:
		members, err := t.holders(council.RoleCoordinator)
		return recipientsOf(members), err
	}
	return nil, nil
}

func recipientsOf(members []int64) []recipient {
	told := make([]recipient, len(members))
	for i, id := range members {
		told[i] = recipient{memberID: id}
	}
	return told
}
