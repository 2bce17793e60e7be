package council

import "time"

// trialHour is when a trial begins on its day, in minutes.
const trialHour = 8 * 60

// IdeaFeedback is what somebody says about the trial of an idea.
type IdeaFeedback struct {
	IdeaNumber int64
	MemberID   int64
	Round      int // 1: when it began, 2: four weeks later
	Helped     bool
	At         time.Time
}

// FeedbackCount is what people say about a trial, in numbers.
type FeedbackCount struct{ Helped, NotYet int }

// CountFeedback counts the last word of each person.
func CountFeedback(said []IdeaFeedback) FeedbackCount {
	last := make(map[int64]IdeaFeedback, len(said))
	for _, one := range said {
		before, known := last[one.MemberID]
		if !known || one.At.After(before.At) || one.At.Equal(before.At) && one.Round >= before.Round {
			last[one.MemberID] = one
		}
	}
	var count FeedbackCount
	for _, one := range last {
		if one.Helped {
			count.Helped++
		} else {
			count.NotYet++
		}
	}
	return count
}

// TrialDay is when a trial begins whose preparation is done now: on the next working
// day.
func TrialDay(now time.Time, calendar Calendar) Day {
	return calendar.addWorkdays(calendar.Day(now), 1)
}

// Prepared tells whether everything that comes of a decision is done: at least one
// task is, and none is open.
func Prepared(tasks []Task) bool {
	done := false
	for _, task := range tasks {
		if !task.State.Ended() {
			return false
		}
		done = done || task.State == TaskDone
	}
	return done
}

// StartTrial records that what was decided is prepared, and on which day the trial
// begins. Refusal beside those of every change: "trial_day_past".
func (i Idea) StartTrial(day Day, now time.Time, calendar Calendar) (Idea, error) {
	if day.Before(calendar.Day(now)) {
		return i, Refuse("trial_day_past", "Reference", i.Reference().String())
	}
	i, err := i.change(EventTrialStarted, now)
	if err == nil {
		i.TrialAt = calendar.at(day, trialHour).UTC()
	}
	return i, err
}

// MoveTrial lets the trial begin on another day. Refusals: "no_trial",
// "trial_day_past", and "trial_same_day".
func (i Idea) MoveTrial(day Day, now time.Time, calendar Calendar) (Idea, error) {
	reference := i.Reference().String()
	switch {
	case i.State != IdeaTrial:
		return i, Refuse("no_trial", "Reference", reference)
	case day.Before(calendar.Day(now)):
		return i, Refuse("trial_day_past", "Reference", reference)
	case day == calendar.Day(i.TrialAt):
		return i, Refuse("trial_same_day", "Reference", reference)
	}
	i.TrialAt = calendar.at(day, trialHour).UTC()
	i.Version++
	return i, nil
}

// Adopt records that what was tried stays. Refusal beside those of every change:
// "no_trial".
func (i Idea) Adopt(now time.Time) (Idea, error) {
	if i.State != IdeaTrial {
		return i, Refuse("no_trial", "Reference", i.Reference().String())
	}
	return i.change(EventAdopted, now)
}

// StopTrial ends a trial without adopting the idea: it is not taken forward for now,
// and may be decided anew. Refusals: "no_trial", "reason_missing".
func (i Idea) StopTrial(reason string, memberID int64, now time.Time) (Idea, error) {
	switch {
	case i.State != IdeaTrial:
		return i, Refuse("no_trial", "Reference", i.Reference().String())
	case reason == "":
		return i, Refuse("reason_missing", "Reference", i.Reference().String())
	}
	i, err := i.change(EventTrialStopped, now)
	if err == nil {
		i.Decision = IdeaDecision{State: IdeaNotNow, Reason: reason, MemberID: memberID, At: now}
	}
	return i, err
}

// FeedbackRound is in which round something is said now about the trial.
func (i Idea) FeedbackRound(now time.Time, calendar Calendar) int {
	if calendar.Day(now).Before(calendar.Day(i.TrialAt).Add(TrialAskDays)) {
		return 1
	}
	return 2
}
