package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// evaluationText writes what is said about evaluations, to one reader.
type evaluationText struct {
	speak locale.Speaker
	city  *city
	now   time.Time
}

func (r *request) evaluationText() evaluationText { return evaluationText{r.speak, r.city, r.now} }

// milestones writes every date in full, in the order of time. A suggestion is an
// internal deadline that nobody has agreed to yet.
func (w evaluationText) milestones(milestones []council.Milestone, suggestion bool) []string {
	lines := make([]string, len(milestones))
	for i, milestone := range milestones {
		kind := string(milestone.Kind)
		if suggestion && milestone.Kind == council.MilestoneInternal {
			kind = "suggestion"
		}
		lines[i] = w.speak.Say("evaluation.milestone."+kind, "Deadline", w.deadline(milestone.Deadline))
		if name, off := w.city.Timing.Calendar.DayOff(milestone.Deadline.At); off && name != "" {
			lines[i] = w.speak.Say("evaluation.day_off", "Line", lines[i], "Name", name)
		}
	}
	return lines
}

func (w evaluationText) deadline(deadline council.Deadline) string {
	return w.speak.Deadline(deadline.At, deadline.Zone, w.city.days(w.now, deadline.At), w.city.Zone)
}

// next is the nearest date that is still to come, or why there is none.
func (w evaluationText) next(evaluation council.Evaluation) string {
	if evaluation.State != council.EvaluationOpen {
		return w.speak.Say("evaluation.state." + string(evaluation.State))
	}
	milestone, found := evaluation.Next(w.now)
	switch {
	case found:
		return w.speak.Say("evaluation.milestone."+string(milestone.Kind), "Deadline", w.deadline(milestone.Deadline))
	case len(evaluation.Milestones) == 0:
		return w.speak.Say("evaluation.no_date")
	}
	return w.speak.Say("evaluation.all_past")
}

// plan writes every reminder that is still to come, for groups and owners; for
// council and leaders where that is not as usual. A sentence of the
// coordinator's stands below.
func (w evaluationText) plan(evaluation council.Evaluation) []string {
	evaluation.Milestones = numbered(evaluation.Milestones)
	reminders := council.PlanEvaluation(evaluation, []council.Group{{ID: 1, Kind: council.KindCouncil}}, w.now, w.city.Timing)
	lines := w.ladder(evaluation, reminders)
	if len(lines) == 0 {
		lines = []string{w.speak.Say("evaluation.no_reminders")}
	}
	rhythm := w.city.Timing.For(evaluation).Rhythm
	if rhythm.Council != nil {
		lines = append(lines, w.speak.Say("rhythm.council", "Steps", w.stepsFor(evaluation, reminders, council.ToGroup)))
	}
	if rhythm.Leader != nil {
		lines = append(lines, w.speak.Say("rhythm.leader", "Steps", w.stepsFor(evaluation, reminders, council.ToLeader)))
	}
	return append(lines, w.sentence(rhythm)...)
}

// stepsFor writes an audience's reminders of all dates, each once.
func (w evaluationText) stepsFor(evaluation council.Evaluation, reminders []council.Reminder, audience council.Audience) string {
	var steps []string
	for _, milestone := range evaluation.Milestones {
		for _, reminder := range reminders {
			step := w.step(reminder, milestone.Deadline)
			if reminder.Audience == audience && reminder.MilestoneID == milestone.ID && !slices.Contains(steps, step) {
				steps = append(steps, step)
			}
		}
	}
	if len(steps) == 0 {
		return w.speak.Say("rhythm.none")
	}
	return strings.Join(steps, " · ")
}

// ladder writes the reminders of groups and owners. Milestones whose reminders
// come on the same mornings share a line.
func (w evaluationText) ladder(evaluation council.Evaluation, reminders []council.Reminder) []string {
	var lines []string
	var said string
	for _, milestone := range evaluation.Milestones {
		var steps []string
		var hour time.Time
		for _, reminder := range reminders {
			if reminder.Audience == council.ToOwner && reminder.MilestoneID == milestone.ID {
				steps, hour = append(steps, w.step(reminder, milestone.Deadline)), reminder.Due.In(w.city.Zone)
			}
		}
		list := strings.Join(steps, " · ")
		if list == "" || strings.HasPrefix(said, list) {
			continue
		}
		if strings.HasPrefix(list, said) && said != "" {
			lines = lines[:len(lines)-1]
		}
		said = list
		lines = append(lines, w.speak.Say("evaluation.reminders_of", "Steps", list,
			"Kind", w.speak.Say("evaluation.kind."+string(milestone.Kind)), "Hour", w.speak.Hour(hour)))
		if len(lines) == 1 {
			lines[0] = w.speak.Say("evaluation.reminders", "Steps", list, "Hour", w.speak.Hour(hour))
		}
	}
	return lines
}

// numbered tells milestones that are not kept yet from one another.
func numbered(milestones []council.Milestone) []council.Milestone {
	told := append([]council.Milestone(nil), milestones...)
	for i := range told {
		told[i].ID = int64(i + 1)
	}
	return told
}

// step writes one reminder: "H-14 Sel 26/5 (28/5 cuti bersama, 27/5 libur Iduladha)".
func (w evaluationText) step(reminder council.Reminder, deadline council.Deadline) string {
	name := string(reminder.Step)
	if reminder.Step == council.StepDay {
		name = w.speak.Say("evaluation.day_itself")
	}
	text := name + " " + w.speak.ShortDay(reminder.Due.In(w.city.Zone))
	if why := w.whyMoved(reminder.Step, deadline); why != "" {
		text += " (" + why + ")"
	}
	return text
}

// whyMoved names the days off because of which a step comes on another day than
// its own, that day first; "" if it does not.
func (w evaluationText) whyMoved(step council.Step, deadline council.Deadline) string {
	calendar := w.city.Timing.Calendar
	days, _ := step.Days()
	if !calendar.Moves(step, deadline) {
		return ""
	}
	direction := -1
	if days > 0 {
		direction = 1
	}
	own := council.DayOf(deadline.At, w.city.Zone).Add(days).At(12, 0, w.city.Zone)
	var why []string
	for day := own; !calendar.Workday(day); day = day.AddDate(0, 0, direction) {
		reason := w.dayOff(day)
		if len(why) == 0 || why[len(why)-1] != reason {
			why = append(why, reason)
		}
	}
	return strings.Join(why, ", ")
}

func (w evaluationText) dayOff(day time.Time) string {
	holidays := w.city.Timing.Calendar.HolidaysBetween(day, day)
	switch {
	case len(holidays) == 0:
		return w.speak.Say("evaluation.weekend")
	case holidays[0].JointLeave:
		return w.speak.Say("evaluation.joint_leave", "Date", w.speak.BriefDate(day))
	}
	return w.speak.Say("evaluation.holiday", "Date", w.speak.BriefDate(day), "Name", holidays[0].Name)
}

// progressOf writes how far an evaluation is prepared now.
func (w evaluationText) progressOf(tx *store.Tx, evaluation council.Evaluation) ([]string, error) {
	prepared, err := tx.Preparation(evaluation, w.now)
	if err != nil {
		return nil, err
	}
	dimensions, err := tx.PreparedByDimension(prepared)
	return w.progress(prepared.Counts, dimensions), err
}

// progress writes how far an evaluation is prepared, in all and by dimension: in
// indicators where it has any, otherwise in tasks; nothing when it has neither.
func (w evaluationText) progress(counts council.Counts, dimensions []council.DimensionCount) []string {
	if counts.Total == 0 {
		return nil
	}
	key := "evaluation.progress"
	if counts.OfIndicators {
		key = "readiness.complete"
	}
	line := w.speak.Say(key, "Done", counts.Done, "Total", counts.Total)
	if parts := w.byDimension(dimensions); parts != "" {
		line += ": " + parts
	}
	lines := []string{line}
	if counts.Blocked > 0 {
		lines = append(lines, w.speak.Say("evaluation.blocked", "N", counts.Blocked))
	}
	return lines
}

// byDimension compares dimensions, which may be compared; "" when there is only one.
func (w evaluationText) byDimension(counts []council.DimensionCount) string {
	if len(counts) < 2 {
		return ""
	}
	var parts []string
	for _, dimension := range append(council.Dimensions[:len(council.Dimensions):len(council.Dimensions)], "") {
		for _, count := range counts {
			if count.Dimension != dimension {
				continue
			}
			key := "dimension.none"
			if dimension != "" {
				key = "dimension." + string(dimension)
			}
			parts = append(parts, w.speak.Say(key)+" "+fraction(count.Done, count.Total))
		}
	}
	return strings.Join(parts, " · ")
}
