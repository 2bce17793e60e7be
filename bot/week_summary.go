package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// summaryOf says which parts of how the city stands a kind of group reads once a
// week: the secretariat all of them, the council fewer. No other kind reads any.
func summaryOf(kind council.GroupKind) []statusPart {
	switch kind {
	case council.KindSecretariat:
		return cityParts()
	case council.KindCouncil:
		return []statusPart{(*request).tasksIfAny, (*request).ideasHere, (*request).questionsHere, (*request).nextMeetingOfCity, (*request).readinessHere, (*request).evaluationLines}
	}
	return nil
}

// tasksIfAny is how the tasks of the city stand, where there are any.
func (r *request) tasksIfAny() ([]string, error) {
	tasks, err := r.tx.CountMatching(store.TaskFilter{})
	if err != nil || tasks == 0 {
		return nil, err
	}
	return r.tasksOfCity()
}

// remindOfWeek lets the groups of the secretariat and the council hear how the city
// stands, in the same message as whatever else is due for them. While there is
// nothing to speak of they are left alone.
func (r *request) remindOfWeek(due council.Reminder) error {
	goesOn, err := r.anythingGoesOn()
	if err != nil || !goesOn {
		return err
	}
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	var reminders []council.Reminder
	for _, group := range groups {
		if len(summaryOf(group.Kind)) > 0 {
			reminders = append(reminders, council.Reminder{Subject: due.Subject, Step: council.StepWeekly, Audience: council.ToGroup,
				GroupID: group.ID, Anchor: due.Due, Due: due.Due})
		}
	}
	return r.tx.AddReminders(reminders)
}

// anythingGoesOn tells whether the city has a task or a question that is open, an idea
// to decide, a meeting to come, or an evaluation to prepare.
func (r *request) anythingGoesOn() (bool, error) {
	tasks, err := r.tx.CountMatching(store.TaskFilter{OpenOnly: true})
	if err != nil || tasks > 0 {
		return true, err
	}
	questions, err := r.tx.CountQuestions(store.QuestionFilter{OpenOnly: true})
	if err != nil || questions > 0 {
		return true, err
	}
	ideas, err := r.tx.CountIdeasByState(store.IdeaFilter{})
	if err != nil {
		return true, err
	}
	for state, count := range ideas {
		if state.Undecided() && count > 0 {
			return true, nil
		}
	}
	meetings, err := r.tx.ComingMeetings(r.now, 1)
	if err != nil || len(meetings) > 0 {
		return true, err
	}
	evaluations, err := r.evaluationLines()
	return len(evaluations) > 0, err
}

// writeSummary tells the secretariat's or the council's group how the city stands
// as the week begins: counts and dates, no names.
func (n *notice) writeSummary() error {
	due := slices.ContainsFunc(n.Items, func(item council.Item) bool { return item.Reminder.Step == council.StepWeekly })
	parts := summaryOf(n.group.Kind)
	if !due || len(parts) == 0 {
		return nil
	}
	r := n.asRequest()
	r.group = n.group
	lines, err := r.parts(parts...)
	if err != nil || len(lines) == 0 {
		return err
	}
	n.open("notice.group")
	n.headline(n.speak.Say("week.summary.head"))
	n.add(lines...)
	return nil
}

// questionNeeds says which questions wait for an answer of a group's.
func questionNeeds(b *Bot, tx *store.Tx, speak speaker, group council.Group) ([]string, error) {
	place, err := b.cityNow(tx)
	if err != nil {
		return nil, err
	}
	now := b.Now()
	open, err := tx.Questions(store.QuestionFilter{OpenOnly: true, ToGroups: []int64{group.ID}}, 0, -1)
	counts := council.CountQuestions(open, now, place.Timing.Calendar)
	if err != nil || counts.Waiting == 0 {
		return nil, err
	}
	r := &request{Bot: b, tx: tx, city: place, now: now, speak: speak}
	return []string{speak.Count("week.needs.questions", counts.Waiting, "Question", r.questionAndDay(counts.Next))}, nil
}
