package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
)

// planSide is how long each side of a change is at most, in the units of a page.
const planSide = 1300

// beforeAndAfter writes what is said about an evaluation now, and after a change.
// It names no people: it may stand in a group.
func (r *request) beforeAndAfter(change plannedChange) (string, error) {
	lines := []string{r.speak.Say("plan.change.head", "Reference", change.Before.Reference().String(), "Name", change.Before.Name)}
	worded := change.Kind == council.EventRhythm && sameRhythm(change.Before.Rhythm, change.After.Rhythm)
	for i, evaluation := range []council.Evaluation{change.Before, change.After} {
		if worded && i == 0 {
			continue // the mornings stay the same
		}
		evaluation.Milestones = withNumbers(evaluation.Milestones)
		sayings, err := r.sayingsOfEvaluation(evaluation, i == 1)
		if err != nil {
			return "", err
		}
		words := r.evaluationText()
		heads := words.ownRhythm(evaluation)
		if change.Kind != council.EventRhythm {
			heads = words.milestones(evaluation.Milestones, false)
		}
		if evaluation.State != council.EvaluationOpen {
			heads = []string{r.speak.Say("evaluation.state." + string(evaluation.State))}
		}
		if lines, err = r.side(lines, i, heads, sayings); err != nil {
			return "", err
		}
	}
	return strings.Join(append(lines, r.speak.Say("plan.change.nothing")), "\n"), nil
}

// withNumbers tells milestones that are not kept yet from one another.
func withNumbers(milestones []council.Milestone) []council.Milestone {
	told := append([]council.Milestone(nil), milestones...)
	for i := range told {
		if told[i].ID == 0 {
			told[i].ID = -int64(i + 1)
		}
	}
	return told
}

// sayingsOfEvaluation foretells what is said about an evaluation as it is given:
// what waits now, or what a change would plan.
func (r *request) sayingsOfEvaluation(evaluation council.Evaluation, changed bool) ([]saying, error) {
	facts, err := newPlanFacts(r.tx, r.city.Timing, r.now)
	if err != nil {
		return nil, err
	}
	if _, err := facts.standing(evaluation); err != nil {
		return nil, err
	}
	reminders, err := r.tx.WaitingReminders(evaluation.Reference())
	if err != nil {
		return nil, err
	}
	if changed {
		groups, err := r.tx.Groups()
		if err != nil {
			return nil, err
		}
		reminders = append(staying(reminders, r.stays(evaluation)), council.PlanEvaluation(evaluation, groups, r.now, r.city.Timing)...)
	}
	beside, err := r.besides(evaluation.Reference())
	if err != nil {
		return nil, err
	}
	until := r.now
	for _, milestone := range evaluation.Milestones {
		if milestone.Deadline.At.After(until) {
			until = milestone.Deadline.At
		}
	}
	sayings, err := foretell(facts, append(reminders, beside...), until, false)
	return about(evaluation.Reference(), sayings), err
}

func staying(reminders []council.Reminder, stays func(council.Reminder) bool) (left []council.Reminder) {
	for _, reminder := range reminders {
		if stays(reminder) {
			left = append(left, reminder)
		}
	}
	return left
}

// side adds one side of a change: its dates or steps, and what is said when.
func (r *request) side(lines []string, index int, heads []string, sayings []saying) ([]string, error) {
	lines = append(lines, "", r.speak.Say("plan.change."+[]string{"before", "after"}[index]))
	lines = append(lines, heads...)
	facts := &planFacts{tx: r.tx, members: make(map[int64]council.Member)}
	writer := &planText{evaluationText: r.evaluationText(), request: r, facts: facts, single: true}
	blocks, err := writer.blocks(sayings)
	if err != nil || len(blocks) == 0 {
		return append(lines, r.speak.Say("plan.none")), err
	}
	used := 0
	for i, block := range blocks {
		line := "· " + writer.moment(block.at) + " " + shorten(strings.Join(block.lines, " | "), planLine)
		if used += units(line); used > planSide {
			lines = append(lines, r.speak.Count("plan.change.more", len(blocks)-i))
			break
		}
		lines = append(lines, line)
	}
	if pastDeadlines(sayings) {
		lines = append(lines, r.speak.Say("plan.after"))
	}
	return lines, nil
}
