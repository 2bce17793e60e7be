package bot

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// aboutTrial marks a message that asks whether a trial helps; a reply to it is kept
// as a comment.
const aboutTrial = "idea trial"

// askHelped asks everybody who stands behind an idea whether its trial helps.
func (r *request) askHelped(family council.IdeaFamily, idea council.Idea, key string) error {
	for _, id := range family.People() {
		member, err := r.tx.Member(id)
		if err != nil {
			return err
		}
		speak := r.speaker(member)
		if _, err := r.tell(member, idea.Reference().String(), aboutTrial, r.askedHelped(speak, member, idea, key), helpedRow(speak, idea)); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) askedHelped(speak speaker, member council.Member, idea council.Idea, key string) string {
	return speak.Say(key, "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
		"Person", greetPerson(speak, member), "Day", r.trialDay(speak, idea))
}

func helpedRow(speak speaker, idea council.Idea) []store.Button {
	return []store.Button{
		button(speak, "idea_helped", pressIdea, ideaHelped, idea.Number, 1), button(speak, "idea_not_yet", pressIdea, ideaHelped, idea.Number, 0),
	}
}

// askTrialAgain asks the people of an idea once more, four weeks after its trial began.
func (r *request) askTrialAgain(idea council.Idea, _ council.Reminder) error {
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	return r.askHelped(family, idea, "idea_trial.again")
}

// trialDay is the day on which a trial begins; the year stands there if it is another.
func (r *request) trialDay(speak speaker, idea council.Idea) string {
	local := idea.TrialAt.In(r.city.Zone)
	day := speak.Day(local)
	if local.Year() == r.now.In(r.city.Zone).Year() {
		day = strings.TrimSuffix(day, " "+strconv.Itoa(local.Year()))
	}
	return day
}

// trialStanding is where a trial stands, in one line, with what people say about it.
func (r *request) trialStanding(speak speaker, idea council.Idea) (string, error) {
	count, err := r.feedbackCount(idea)
	if err != nil {
		return "", err
	}
	line := ideaStateName(speak, idea)
	if idea.State == council.IdeaTrial {
		key := "idea_trial.since"
		if council.DayOf(r.now, r.city.Zone).Before(council.DayOf(idea.TrialAt, r.city.Zone)) {
			key = "idea_trial.from"
		}
		line = speak.Say(key, "State", line, "Day", shortDay(speak, idea.TrialAt.In(r.city.Zone)))
	}
	if count == (council.FeedbackCount{}) {
		return line, nil
	}
	return line + " · " + saidOfTrial(speak, count), nil
}

// saidOfTrial is what people say about a trial, in counts.
func saidOfTrial(speak speaker, count council.FeedbackCount) string {
	return speak.Say("idea_trial.said", "Helped", count.Helped, "NotYet", count.NotYet)
}

// shortDay writes a day of these weeks, in its own zone: "Selasa 10/2".
func shortDay(speak speaker, local time.Time) string {
	return speak.Weekday(local) + " " + speak.BriefDate(local)
}

// ideaTasksLine is where the tasks stand that come of a decision: the one there is
// with its state, or how many are done, and by when.
func (r *request) ideaTasksLine(speak speaker, idea council.Idea) (string, error) {
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return "", err
	}
	tasks, err := r.familyTasks(family)
	if err != nil || len(tasks) == 0 {
		return ideaStanding(speak, idea), err
	}
	done, last := 0, time.Time{}
	for _, task := range tasks {
		if task.State == council.TaskDone {
			done++
		}
		if at := task.Deadline.At; !task.State.Ended() && at.After(last) {
			last = at
		}
	}
	line := ideaStanding(speak, idea) + " · "
	if len(tasks) == 1 {
		line += speak.Say("idea_care.task", "Reference", tasks[0].Reference().String(), "State", speak.Say("task.state."+string(tasks[0].State)))
	} else {
		line += speak.Say("idea_care.tasks", "Done", done, "N", len(tasks))
	}
	if last.IsZero() {
		return line, nil
	}
	return line + ", " + speak.Say("idea_care.due", "Day", shortDay(speak, last.In(r.city.Zone))), nil
}

// ideaTaskLines lists the tasks that come of an idea with where each stands.
func (r *request) ideaTaskLines(family council.IdeaFamily) ([]string, error) {
	tasks, err := r.familyTasks(family)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	lines := []string{"", r.speak.Say("idea_care.tasks_head")}
	for _, task := range tasks {
		line := r.speak.Say("idea_care.task", "Reference", task.Reference().String(), "State", r.speak.Say("task.state."+string(task.State)))
		if !task.Deadline.IsZero() && !task.State.Ended() {
			line += ", " + r.speak.Say("idea_care.due", "Day", shortDay(r.speak, task.Deadline.At.In(r.city.Zone)))
		}
		lines = append(lines, "– "+line)
	}
	return lines, nil
}

// queueIn says something in a group.
func (r *request) queueIn(group council.Group, subject, about, text string) error {
	return r.tx.Queue(store.Outgoing{
		ChatID: group.ChatID, ThreadID: group.ThreadID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Subject: subject, About: about},
	}, time.Now())
}

// pressHelped keeps whether the trial of an idea helps the person who presses; the
// last word counts.
func (r *request) pressHelped(number int64, rest pressArguments) error {
	if err := r.may(council.ActionSupport, council.Scope{}); err != nil {
		return err
	}
	idea, err := r.standsFor(number)
	if err != nil {
		return err
	}
	reference := idea.Reference().String()
	if idea.State != council.IdeaTrial {
		return r.toast(r.speak.Say("idea_trial.over", "Reference", reference, "State", ideaStateName(r.speak, idea)))
	}
	helped := rest.number(0) == 1
	feedback := council.IdeaFeedback{IdeaNumber: idea.Number, MemberID: r.actor.ID, Helped: helped, At: r.now,
		Round: idea.FeedbackRound(r.now, r.city.Timing.Calendar)}
	if err := r.tx.KeepFeedback(feedback); err != nil {
		return err
	}
	if err := r.record(idea.Reference(), council.EventFeedback, "", "helped", strconv.FormatBool(helped), "round", strconv.Itoa(feedback.Round)); err != nil {
		return err
	}
	count, err := r.feedbackCount(idea)
	if err != nil {
		return err
	}
	return errors.Join(r.showHelped(idea, helped), r.refreshIdea(idea.Number),
		r.toast(r.speak.Say("idea_trial.toast", "Reference", reference, "Said", saidOfTrial(r.speak, count))))
}

// showHelped says in the message that asked what was answered; another answer can
// take its place.
func (r *request) showHelped(idea council.Idea, helped bool) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if err != nil || about != aboutTrial {
		return notFoundIsNil(err)
	}
	answer := r.speak.Say("button.idea_not_yet")
	if helped {
		answer = r.speak.Say("button.idea_helped")
	}
	text := r.speak.Say("idea_trial.answered", "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
		"Answer", answer, "Person", greetPerson(r.speak, r.actor.Member))
	return r.edit(text, helpedRow(r.speak, idea))
}
