package council

import "time"

// StepPack is when the pack of an evaluation's evidence is offered.
const StepPack Step = "pack"

// packMinute is the hour at which the pack is offered, in minutes after midnight.
const packMinute = 16 * 60

// PackReference stands for the pack of an evaluation, for what is planned about it.
func PackReference(evaluation int64) Reference { return Reference{PackLetter, evaluation} }

// PackMoment is when the pack of an evaluation is offered: on the working day before
// its presentation, at 16.00; before its first date where nothing is presented. False
// where it has no date.
func PackMoment(evaluation Evaluation, calendar Calendar) (time.Time, bool) {
	var first Milestone
	for _, milestone := range evaluation.Milestones {
		switch {
		case !milestone.hasLadder():
		case milestone.Kind == MilestonePresentation:
			return calendar.packBefore(milestone.Deadline), true
		case first.Deadline.IsZero() || milestone.Deadline.At.Before(first.Deadline.At):
			first = milestone
		}
	}
	return calendar.packBefore(first.Deadline), !first.Deadline.IsZero()
}

func (c Calendar) packBefore(deadline Deadline) time.Time {
	return c.at(c.workdayOnOrBefore(c.Day(deadline.At).Add(-1)), packMinute)
}

// PlanPack plans that the bot offers the pack of an open evaluation, if that is still
// to come. It replaces what was planned before.
func PlanPack(evaluation Evaluation, now time.Time, timing Timing) []Reminder {
	moment, dated := PackMoment(evaluation, timing.Calendar)
	if !dated || evaluation.State != EvaluationOpen || !moment.After(now) {
		return nil
	}
	return []Reminder{{Subject: PackReference(evaluation.Number), Step: StepPack, Audience: ToBot, Anchor: moment, Due: moment}}
}
