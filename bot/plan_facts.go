package bot

import (
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// planFacts are the things that a forecast asks about, each read once.
type planFacts struct {
	tx     *store.Tx
	timing council.Timing
	now    time.Time

	tasks       map[int64]*council.Item
	evaluations map[int64]*planStanding
	own         map[int64]*council.Item
	members     map[int64]council.Member
	roles       map[council.Role][]int64
	leaders     map[council.Day]planLeaders
	leaves      map[int64][]council.Leave
	quiet       map[store.Hearer][]council.QuietTime
}

// planStanding is an evaluation with how far it is prepared and those who have
// something open for it.
type planStanding struct {
	council.Evaluation
	counts council.Counts
	owners []store.Hearer
}

// planLeaders are those to whom something may be taken on a day.
type planLeaders struct {
	positions []council.Acting
	byRole    []int64
}

func newPlanFacts(tx *store.Tx, timing council.Timing, now time.Time) (*planFacts, error) {
	facts := &planFacts{tx: tx, timing: timing, now: now, tasks: make(map[int64]*council.Item), evaluations: make(map[int64]*planStanding),
		own: make(map[int64]*council.Item), members: make(map[int64]council.Member), roles: make(map[council.Role][]int64),
		leaders: make(map[council.Day]planLeaders), leaves: make(map[int64][]council.Leave), quiet: make(map[store.Hearer][]council.QuietTime)}
	leaves, err := tx.AllLeaves(timing.Calendar.Day(now))
	for _, leave := range leaves {
		facts.leaves[leave.MemberID] = append(facts.leaves[leave.MemberID], leave)
	}
	return facts, err
}

func (f *planFacts) calendar() council.Calendar { return f.timing.Calendar }

// consider asks the rules about a reminder at a moment, as things stand now.
func (f *planFacts) consider(reminder council.Reminder, at time.Time) (council.Decision, *council.Item, error) {
	decision, item := council.Decision{Verdict: council.Drop}, &council.Item{}
	var err error
	switch reminder.Subject.Letter {
	case council.TaskLetter:
		if item, err = f.task(reminder.Subject.Number); err == nil {
			decision = council.DecideTask(reminder, item.Task, at, f.timing)
		}
	case council.EvaluationLetter:
		decision, item, err = f.considerEvaluation(reminder, at)
	case council.OwnReminderLetter:
		if item, err = f.ownReminder(reminder.Subject.Number); err == nil {
			decision = f.considerOwn(reminder, item.Own)
		}
	case council.PromptLetter:
		if item.Prompt, err = f.tx.Prompt(reminder.Subject.Number); err == nil {
			decision = council.DecidePrompt(reminder, item.Prompt, council.Task{}, at, f.timing)
		}
	case council.HolidayYearLetter:
		decision = council.DecideYear(reminder, at, f.timing)
	case council.QuestionLetter:
		if item.Question, err = f.tx.Question(reminder.Subject.Number); err == nil {
			decision, err = f.considerQuestion(reminder, item.Question, at)
		}
	case council.IdeaLetter:
		if item.Idea, err = f.tx.Idea(reminder.Subject.Number); err == nil && slices.Contains(council.IdeaCareSteps, reminder.Step) {
			decision = council.DecideIdeaCare(reminder, item.Idea, at, f.timing)
		} else if err == nil && reminder.Step == council.StepScoreAsk {
			decision = council.DecideReview(reminder, item.Idea, at, f.timing)
		}
	case council.RecommendationLetter:
		if item.Recommendation, err = f.tx.Recommendation(reminder.Subject.Number); err == nil {
			decision = council.DecideRecommendation(reminder, item.Recommendation, at, f.timing)
		}
	case council.MeetingLetter:
		decision, err = f.considerMeeting(reminder, item, at)
	case council.AbsenceLetter:
		if item.Absence, err = f.tx.Absence(reminder.Subject.Number); err == nil {
			decision = council.DecideAbsence(item.Absence, at, f.timing)
		}
	}
	if errors.Is(err, store.ErrNotFound) {
		return council.Decision{Verdict: council.Drop}, item, nil
	}
	return decision, item, err
}

func (f *planFacts) considerEvaluation(reminder council.Reminder, at time.Time) (council.Decision, *council.Item, error) {
	standing, err := f.evaluation(reminder.Subject.Number)
	if err != nil {
		return council.Decision{}, nil, err
	}
	var group council.Group
	if reminder.GroupID != 0 {
		if group, err = f.tx.Group(reminder.GroupID); notFoundIsNil(err) != nil {
			return council.Decision{}, nil, err
		}
	}
	item := &council.Item{Evaluation: standing.Evaluation, Milestone: standing.Milestone(reminder.MilestoneID)}
	return council.DecideEvaluation(reminder, standing.Evaluation, group, standing.counts, at, f.timing), item, nil
}

func (f *planFacts) considerOwn(reminder council.Reminder, own council.OwnReminder) council.Decision {
	own.Next = reminder.Anchor // a later time of it is foretold, too
	return council.DecideOwn(reminder, own, f.leaves[own.MemberID], f.calendar())
}

// next lists what follows upon a decision: the next overdue step, the next time of
// what was passed over, and what is told where nobody is there to be reminded.
func (f *planFacts) next(reminder council.Reminder, decision council.Decision, item *council.Item, at time.Time) ([]council.Reminder, error) {
	days, _ := reminder.Step.Days()
	switch {
	case item == nil:
	case decision.PassesOver():
		return f.goOn(item.Own, reminder.Anchor), nil
	case item.Meeting.Number != 0:
		return f.followMeeting(reminder, decision, item.Meeting, at)
	case reminder.Audience == council.ToResponsible && decision.Verdict == council.Say:
		return f.unmanned(item.Question, at)
	case item.Task.Number != 0 && days > 0 && decision.Verdict == council.Say:
		return council.NextOverdue(item.Task, reminder.Step, at, f.timing), nil
	}
	return nil, nil
}

// goOn lists the next time of what somebody asked for.
func (f *planFacts) goOn(own council.OwnReminder, after time.Time) []council.Reminder {
	return own.Said(after, f.leaves[own.MemberID], f.calendar()).Plan()
}

func (f *planFacts) task(number int64) (*council.Item, error) {
	if known, found := f.tasks[number]; found {
		return known, nil
	}
	task, err := f.tx.Task(number)
	if err == nil {
		f.tasks[number] = &council.Item{Task: task}
	}
	return f.tasks[number], err
}

func (f *planFacts) ownReminder(number int64) (*council.Item, error) {
	if known, found := f.own[number]; found {
		return known, nil
	}
	own, err := f.tx.OwnReminder(number)
	if err == nil {
		f.own[number] = &council.Item{Own: own}
	}
	return f.own[number], err
}

func (f *planFacts) evaluation(number int64) (*planStanding, error) {
	if known, found := f.evaluations[number]; found {
		return known, nil
	}
	evaluation, err := f.tx.Evaluation(number)
	if err != nil {
		return nil, err
	}
	return f.standing(evaluation)
}

// standing makes an evaluation the one that is asked about, kept or not.
func (f *planFacts) standing(evaluation council.Evaluation) (*planStanding, error) {
	prepared, err := f.tx.Preparation(evaluation, f.now)
	if err != nil {
		return nil, err
	}
	standing := &planStanding{Evaluation: evaluation, counts: prepared.Counts}
	owners, err := f.tx.OpenOwners(prepared.Tasks)
	standing.owners = members(owners)
	f.evaluations[evaluation.Number] = standing
	return standing, err
}

func members(ids []int64) []store.Hearer {
	hearers := make([]store.Hearer, len(ids))
	for i, id := range ids {
		hearers[i].MemberID = id
	}
	return hearers
}

// leadersOn lists those to whom a matter is taken on a day.
func (f *planFacts) leadersOn(day council.Day, reminder council.Reminder, task council.Task) ([]int64, error) {
	known, err := f.leading(day)
	return council.Escalate(reminder, task, known.positions, known.byRole), err
}

// leading are those to whom something may be taken on a day, read once.
func (f *planFacts) leading(day council.Day) (planLeaders, error) {
	known, found := f.leaders[day]
	if found {
		return known, nil
	}
	var err, byRole error
	known.positions, err = f.tx.Acting(day)
	known.byRole, byRole = f.tx.LeadersByRole(day)
	if err := errors.Join(err, byRole); err != nil {
		return known, err
	}
	f.leaders[day] = known
	return known, nil
}
