package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// reminderWords writes what is said about own reminders, to one reader.
type reminderWords struct {
	evaluationText
	tx *store.Tx
}

func (r *request) reminderWords() reminderWords { return reminderWords{r.evaluationText(), r.tx} }

func (n *notice) reminderWords() reminderWords { return reminderWords{n.evaluationText, n.tx} }

// lines are what a reminder says, and when in full.
func (w reminderWords) lines(own council.OwnReminder, zone string, whole bool) ([]string, error) {
	limit := cardTitleLimit
	if whole {
		limit = council.OwnReminderLimit
	}
	line, err := w.line(own, limit)
	return []string{line, w.when(own, zone)}, err
}

// line is what a reminder says: "N-3 · kirim berkas · T-12 Rekap tonase".
func (w reminderWords) line(own council.OwnReminder, limit int) (string, error) {
	parts := []string{own.Reference().String()}
	if own.Text != "" {
		parts = append(parts, shorten(own.Text, limit))
	}
	about, err := w.about(own)
	if about != "" {
		parts = append(parts, about)
	}
	return strings.Join(parts, " · "), err
}

// about names the thing that a reminder is about, with its title for those who
// may still see it.
func (w reminderWords) about(own council.OwnReminder) (string, error) {
	title, sees := "", false
	var err error
	switch own.About.Letter {
	case council.TaskLetter:
		title, sees, err = w.aboutTask(own)
	case council.EvaluationLetter:
		title, sees, err = w.aboutEvaluation(own)
	}
	if notFoundIsNil(err) != nil || !sees {
		return own.About.String(), notFoundIsNil(err)
	}
	return own.About.String() + " " + shorten(title, cardTitleLimit), nil
}

// aboutTask gives a task's title, with its state once it has ended.
func (w reminderWords) aboutTask(own council.OwnReminder) (title string, sees bool, err error) {
	task, err := w.tx.Task(own.About.Number)
	if err != nil {
		return "", false, err
	}
	title = task.Title
	if task.State.Ended() {
		title = shorten(title, cardTitleLimit/2) + " (" + w.speak.Say("task.state."+string(task.State)) + ")"
	}
	if own.GroupID != 0 {
		return title, task.GroupID == own.GroupID || slices.Contains(task.Assignees, council.Assignee{GroupID: own.GroupID}), nil
	}
	actor, err := w.asker(own)
	sees, _ = council.May(actor, council.ActionSeeTask, scopeOf(actor, task))
	return title, sees, err
}

func (w reminderWords) aboutEvaluation(own council.OwnReminder) (title string, sees bool, err error) {
	evaluation, err := w.tx.Evaluation(own.About.Number)
	if err != nil {
		return "", false, err
	}
	if own.GroupID != 0 {
		group, err := w.tx.Group(own.GroupID)
		return evaluation.Name, group.Kind != council.KindCommunity, err
	}
	actor, err := w.asker(own)
	sees, _ = council.May(actor, council.ActionSeeEvaluation, council.Scope{})
	return evaluation.Name, sees, err
}

// asker is whoever asked to be reminded, with the rights of today.
func (w reminderWords) asker(own council.OwnReminder) (council.Actor, error) {
	member, err := w.tx.Member(own.MemberID)
	if err != nil {
		return council.Actor{}, err
	}
	return w.tx.Actor(member)
}

// when echoes in full when a reminder is said, with the rule of a repeating one.
// zone is the one in which the hour was given.
func (w reminderWords) when(own council.OwnReminder, zone string) string {
	moment := w.deadline(council.Deadline{At: own.Next, Zone: zone})
	if name, off := w.city.Timing.Calendar.DayOff(own.Next); off && name != "" {
		moment = w.speak.Say("task.card.day_off", "Deadline", moment, "Name", name)
	}
	if own.Recurrence == nil {
		return moment
	}
	return w.speak.Say("reminder.rule.from", "Rule", w.rule(*own.Recurrence), "Moment", moment)
}

// rule says a rule of repetition in words: "setiap hari kerja pukul 08.00 WITA".
func (w reminderWords) rule(rule council.Recurrence) string {
	hour := w.speak.Hour(council.DayOf(w.now, w.city.Zone).At(rule.Hour, rule.Minute, w.city.Zone))
	return w.speak.Say("reminder.rule.at", "Rule", ruleWords(w.speak, rule), "Hour", hour)
}

// ruleWords says on which days a rule falls.
func ruleWords(speak locale.Speaker, rule council.Recurrence) string {
	key := "reminder.rule." + string(rule.Unit)
	if rule.Unit == council.EveryMonth && (rule.Day < 1 || rule.Day > shortestMonth) {
		key += "_short"
		if rule.Day < 1 {
			key = "reminder.rule.month_end"
		}
	}
	if rule.Every > 1 {
		key += "_many"
	}
	return speak.Say(key, "N", rule.Every, "Day", rule.Day, "Days", weekdayNames(speak, rule))
}

// shortestMonth is how many days every month has.
const shortestMonth = 28

// weekdayNames names the days of a rule in the order of the week.
func weekdayNames(speak locale.Speaker, rule council.Recurrence) string {
	days := append([]time.Weekday{rule.Weekday}, rule.Others...)
	slices.SortFunc(days, func(a, b time.Weekday) int { return (int(a)+6)%7 - (int(b)+6)%7 })
	var names []string
	for _, day := range slices.Compact(days) {
		names = append(names, speak.Weekday(time.Date(2024, time.January, 7+int(day), 0, 0, 0, 0, time.UTC))) // the 7th was a Sunday
	}
	if last := len(names) - 1; last > 0 {
		return speak.Say("reminder.rule.and", "First", strings.Join(names[:last], ", "), "Last", names[last])
	}
	return names[0]
}
