package bot

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// what writes everything that one reader hears at one moment: "E-1 H-7 · T-1,
// T-2 H-3 (akhir pekan)". Of what a crowd hears no reasons are given.
func (w *planText) what(sayings []saying, crowd bool) string {
	type part struct {
		step     string
		subjects []string
		tasks    bool
	}
	var parts []part
	for _, s := range bySubject(sayings) {
		step, subject := w.stepWords(s), w.subject(s, sayings)
		if notes := w.notes(s); len(notes) > 0 && !crowd {
			step += " (" + strings.Join(notes, "; ") + ")"
		}
		tasks := s.reminder.Subject.Letter == council.TaskLetter
		at := slices.IndexFunc(parts, func(p part) bool { return p.step == step && p.tasks == tasks })
		if at < 0 {
			at = len(parts)
			parts = append(parts, part{step: step, tasks: tasks})
		}
		if !slices.Contains(parts[at].subjects, subject) {
			parts[at].subjects = append(parts[at].subjects, subject)
		}
	}
	said := make([]string, len(parts))
	for i, p := range parts {
		said[i] = strings.Join(p.subjects, ", ")
		if p.tasks && len(p.subjects) > planTasks {
			said[i] = w.speak.Count("plan.tasks", len(p.subjects))
		}
		said[i] = strings.TrimSpace(said[i] + " " + p.step)
	}
	return strings.Join(said, " · ")
}

// bySubject puts evaluations first, then tasks, each in the order of numbers.
func bySubject(sayings []saying) []saying {
	return slices.SortedStableFunc(slices.Values(sayings), func(a, b saying) int {
		place := func(s saying) int { return strings.IndexByte("ETQIRPNM", s.reminder.Subject.Letter) }
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.reminder.Subject.Number, b.reminder.Subject.Number))
	})
}

// subject names what is spoken of. Of an evaluation with several dates the date
// is named, unless all of them are spoken of in the same way.
func (w *planText) subject(s saying, beside []saying) string {
	switch s.reminder.Subject.Letter {
	case council.EvaluationLetter:
		spoken := make(map[int64]bool)
		for _, other := range beside {
			if other.reminder.Subject == s.reminder.Subject && other.reminder.Step == s.reminder.Step {
				spoken[other.reminder.MilestoneID] = true
			}
		}
		if len(spoken) < dated(s.item.Evaluation) {
			return strings.TrimSpace(w.reference(s) + " " + w.speak.Say("evaluation.kind."+string(s.item.Milestone.Kind)))
		}
	case council.OwnReminderLetter:
		if w.names || w.bare && w.request.private {
			return w.reference(s) + " " + shorten(s.item.Own.Text, phraseLimit)
		}
	case council.HolidayYearLetter:
		return w.speak.Say("plan.step.year_missing", "Year", strconv.FormatInt(s.reminder.Subject.Number, 10))
	case council.AbsenceLetter:
		return w.speak.Say("plan.step.absence")
	}
	return w.reference(s)
}

// reference names a thing, unless there is only one.
func (w *planText) reference(s saying) string {
	if w.single {
		return ""
	}
	return s.reminder.Subject.String()
}

// dated counts the dates of an evaluation that are reminded of.
func dated(evaluation council.Evaluation) (count int) {
	for _, milestone := range evaluation.Milestones {
		if milestone.Kind != council.MilestoneInternal && !milestone.Deadline.IsZero() {
			count++
		}
	}
	return count
}

// stepWords names a step; what is said at an hour of its own has none.
func (w *planText) stepWords(s saying) string {
	step := s.reminder.Step
	days, known := step.Days()
	switch {
	case step == council.StepMeetingDay:
		return string(council.StepBefore(max(0, w.city.Timing.Calendar.DaysBetween(s.at, s.item.Meeting.Starts))))
	case step == council.StepOwn, step == council.StepYearMissing, step == council.StepAbsence:
		return ""
	case step == council.StepDay:
		return w.speak.Say("plan.step.day")
	case !known, step == council.StepSoon:
		return w.speak.Say("plan.step." + string(step))
	case days > 0:
		return w.speak.Say("plan.step.overdue", "N", days)
	}
	return string(step)
}

// notes name the days off because of which something comes on another day than
// its own, and what it has waited for.
func (w *planText) notes(s saying) (notes []string) {
	deadline := s.item.Task.Deadline
	if s.reminder.MilestoneID != 0 {
		deadline = s.item.Milestone.Deadline
	}
	if !deadline.IsZero() {
		if why := w.whyMoved(s.reminder.Step, deadline); why != "" {
			notes = append(notes, why)
		}
	}
	if key := "plan.waited." + s.reminder.Waited; s.until.IsZero() && s.reminder.Waited != "" && w.speak.Knows(key) {
		notes = append(notes, w.speak.Say(key))
	}
	return notes
}
