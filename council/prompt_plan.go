package council

import "time"

// Steps of a prompt. A round is told from another by the reminder's MilestoneID.
const (
	StepUnanswered Step = "unanswered" // who has not answered is reminded, once in a round
	StepCloseRound Step = "close"      // the bot closes a round
	StepOpenRound  Step = "round"      // the bot opens the next one
)

// PlanPrompt plans what is due of a prompt: the silent of the present round are
// reminded, once; the bot closes it, and opens the next one.
func PlanPrompt(prompt Prompt, timing Timing) []Reminder {
	var planned []Reminder
	due := Reminder{Subject: prompt.Reference(), MilestoneID: int64(prompt.Round.Number)}
	if deadline := prompt.Round.Deadline; prompt.State == PromptOpen && !deadline.IsZero() {
		reminder, act := due, due
		if moment, possible := timing.silentReminded(prompt.Round); possible {
			// It hangs on the opening: another deadline is no reason to remind again.
			reminder.Step, reminder.Audience, reminder.Anchor, reminder.Due = StepUnanswered, ToSilent, prompt.Round.OpenedAt, moment
			planned = append(planned, reminder)
		}
		if !prompt.untilNext(timing.Calendar) { // else the next round closes it, when it really comes
			act.Step, act.Audience, act.Anchor, act.Due = StepCloseRound, ToBot, deadline.At, deadline.At
			planned = append(planned, act)
		}
	}
	if !prompt.Ended() && prompt.Repeats() {
		opens := prompt.Opens(timing.Calendar)
		due.Step, due.Audience, due.Anchor, due.Due = StepOpenRound, ToBot, opens, opens
		planned = append(planned, due)
	}
	return planned
}

// untilNext tells whether the present round lasts until the next one.
func (p Prompt) untilNext(calendar Calendar) bool {
	return p.Repeats() && p.Opens(calendar).Equal(p.Round.Deadline.At)
}

// silentReminded is when those who have not answered a round are reminded: on the
// morning of the working day before the deadline's; where the round was opened
// later, on the morning of the deadline's day, and on that day itself two working
// hours before. False where none of these lies between opening and deadline.
func (t Timing) silentReminded(round Round) (time.Time, bool) {
	for _, step := range []Step{StepBefore(1), StepDay, StepSoon} {
		moment, exists := t.Moment(step, round.Deadline)
		if exists && moment.After(round.OpenedAt) && moment.Before(round.Deadline.At) {
			return moment, true
		}
	}
	return time.Time{}, false
}

// DecidePrompt decides about the reminder of the silent. The task is that of a
// check-in, else the zero Task. Reasons to drop: "for_the_bot" (what it does
// itself), "prompt_ended", "round_over", "deadline_passed", "task_ended". To wait:
// "not_due", "quiet_time".
func DecidePrompt(reminder Reminder, prompt Prompt, task Task, now time.Time, timing Timing) Decision {
	drop := func(reason string) Decision { return Decision{Verdict: Drop, Reason: reason} }
	deadline := prompt.Round.Deadline
	switch {
	case reminder.Step != StepUnanswered:
		return drop("for_the_bot")
	case prompt.State != PromptOpen:
		return drop("prompt_ended")
	case reminder.MilestoneID != int64(prompt.Round.Number):
		return drop("round_over")
	case deadline.IsZero() || !now.Before(deadline.At):
		return drop("deadline_passed")
	case task.Number != 0 && (task.State.Ended() || task.State == TaskSubmitted):
		return drop("task_ended")
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	return unlessQuiet(deadline, now, timing.Calendar)
}

// StaysPrompt tells whether a waiting reminder stays when its prompt is planned
// anew: what waits for one person's own sake, as for the end of a leave.
func StaysPrompt(reminder Reminder, prompt Prompt) bool {
	return reminder.MemberID != 0 && reminder.MilestoneID == int64(prompt.Round.Number) && prompt.State == PromptOpen
}
