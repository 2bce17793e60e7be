package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideaTaskChanged keeps an idea in step with a task that comes of it: its card shows
// the task, and its trial begins when everything is prepared. When that is taken
// back within the time for undoing, so is the trial.
func (r *request) ideaTaskChanged(task council.Task) error {
	number, err := r.tx.IdeaOfTask(task.Number)
	if err != nil || number == 0 {
		return err
	}
	family, err := r.tx.IdeaFamily(number)
	if err != nil {
		return err
	}
	tasks, err := r.familyTasks(family)
	if err != nil {
		return err
	}
	prepared := council.Prepared(tasks)
	switch {
	case family.Root.State == council.IdeaApproved && prepared:
		return r.startTrial(family, council.TrialDay(r.now, r.city.Timing.Calendar), 0)
	case family.Root.State == council.IdeaTrial && !prepared:
		return r.takeTrialBack(family)
	}
	return r.refreshIdea(family.Root.Number)
}

// familyTasks lists the tasks that come of an idea and of what was merged into it.
func (r *request) familyTasks(family council.IdeaFamily) ([]council.Task, error) {
	var tasks []council.Task
	for _, idea := range family.Ideas() {
		some, err := r.tx.TasksOfIdea(idea.Number)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, some...)
	}
	return tasks, nil
}

// startTrial begins the trial of an idea on a day, asks its people to say afterwards
// whether it helps, and tells the coordinators.
//
// by is who may undo it by itself: whoever began it by hand, and nobody where its last
// task did, since undoing that takes the trial back as well.
func (r *request) startTrial(family council.IdeaFamily, day council.Day, by int64) error {
	before := family.Root
	idea, err := before.StartTrial(day, r.now, r.city.Timing.Calendar)
	if err != nil {
		return err
	}
	if err := r.keepIdeaAs(idea, council.EventTrialStarted, "", "day", day.String()); err != nil {
		return err
	}
	undo := store.Undo{Subject: idea.Reference().String(), MemberID: by, Version: idea.Version, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, before); err != nil {
		return err
	}
	return errors.Join(r.askHelped(family, idea, "idea_trial.begins"), r.offerProfile(idea))
}

// takeTrialBack undoes the beginning of a trial, where that is what happened last.
func (r *request) takeTrialBack(family council.IdeaFamily) error {
	current := family.Root
	var before council.Idea
	undo, err := r.tx.LastUndo(current.Reference().String(), &before)
	if notFoundIsNil(err) != nil {
		return err
	}
	if err != nil || before.State != council.IdeaApproved || undo.Version != current.Version || r.now.Sub(undo.ChangedAt) > undoTime {
		return r.refreshIdea(current.Number)
	}
	before.Version = current.Version + 1
	if err := r.tx.ForgetUndo(current.Reference().String()); err != nil {
		return err
	}
	if err := r.keepIdeaAs(before, council.EventUndone, ""); err != nil {
		return err
	}
	return r.tellIdeaUndone(family, before)
}

// tellIdeaUndone tells everybody who was told of a change of an idea that it was
// taken back.
func (r *request) tellIdeaUndone(family council.IdeaFamily, idea council.Idea) error {
	return r.tellIdeaPeople(family.People(), idea, func(speak speaker, _ council.Member) string {
		return speak.Say("idea.undone", "Reference", idea.Reference().String(), "State", ideaStateName(speak, idea))
	})
}

// tellTrialUndone tells everybody that the last change of a trial was taken back; the
// groups, too, where they were told of its end.
func (r *request) tellTrialUndone(current, before council.Idea) error {
	family, err := r.tx.IdeaFamily(before.Number)
	if err != nil {
		return err
	}
	if err := r.tellIdeaUndone(family, before); err != nil || current.State == council.IdeaTrial {
		return err
	}
	return r.announceTrial(family, before, "idea_trial.undone_group")
}

// trialOf finds the idea whose trial a coordinator decides about.
func (r *request) trialOf(number int64) (council.IdeaFamily, error) {
	if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
		return council.IdeaFamily{}, err
	}
	root, err := r.standsFor(number)
	if err != nil {
		return council.IdeaFamily{}, err
	}
	return r.tx.IdeaFamily(root.Number)
}

// adoptIdea makes what was tried stay, and tells everybody.
func (r *request) adoptIdea(number int64) error {
	family, err := r.trialOf(number)
	if err != nil {
		return err
	}
	idea, err := family.Root.Adopt(r.now)
	if err != nil {
		return err
	}
	return r.endTrial(family, idea, council.EventAdopted, "")
}

// stopTrial ends a trial without adopting the idea, with the reason, and tells
// everybody.
func (r *request) stopTrial(number int64, reason string) error {
	if err := tooLong(reason, council.ReasonLimit, "trial_reason_too_long"); err != nil {
		return err
	}
	family, err := r.trialOf(number)
	if err != nil {
		return err
	}
	idea, err := family.Root.StopTrial(reason, r.actor.ID, r.now)
	if err != nil {
		return err
	}
	return r.endTrial(family, idea, council.EventTrialStopped, reason)
}

// endTrial keeps how a trial ended, with the way back, and tells its people and the
// groups from which the idea came.
func (r *request) endTrial(family council.IdeaFamily, idea council.Idea, kind council.EventKind, reason string) error {
	count, err := r.feedbackCount(family.Root)
	if err != nil {
		return err
	}
	if err := r.keepIdeaAs(idea, kind, reason); err != nil {
		return err
	}
	if err := r.canUndoIdea(family.Root, idea); err != nil {
		return err
	}
	key := "idea_trial." + string(kind)
	say := func(speak speaker, member council.Member) string {
		return speak.Say(key, "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
			"Person", greetPerson(speak, member), "Said", saidOfTrial(speak, count), "Reason", reason)
	}
	if err := errors.Join(r.tellIdeaPeople(family.People(), idea, say), r.announceTrial(family, idea, key+"_group")); err != nil {
		return err
	}
	text := r.speak.Say(key+"_done", "Reference", idea.Reference().String(), "Said", saidOfTrial(r.speak, count), "Reason", reason)
	return r.replyAbout(idea.Reference().String(), cardIdeaGiven, text, r.undoIdeaRow(idea))
}

// announceTrial says in the groups from which an idea came what became of its trial.
func (r *request) announceTrial(family council.IdeaFamily, idea council.Idea, key string) error {
	return r.sayWhereGiven(family, func(speak speaker, names string) string {
		return speak.Say(key, "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
			"Names", shorten(names, cardTitleLimit), "Reason", shorten(plainLine(idea.Decision.Reason), cardTitleLimit))
	})
}

// moveTrial lets a trial begin on another day, and tells its people; one that has
// not begun, since no task was left to wait for, begins on it.
func (r *request) moveTrial(number int64, words string) error {
	family, err := r.trialOf(number)
	if err != nil {
		return err
	}
	day, found := r.readTrialDay(words)
	if !found {
		return r.askTrialDay(family.Root, r.speak.Say("idea_trial.day_unread", "Phrase", shorten(strings.TrimSpace(words), phraseLimit)))
	}
	if family.Root.State == council.IdeaApproved {
		if err := r.noTaskOpen(family); err != nil {
			return err
		}
		return r.startTrial(family, day, r.actor.ID)
	}
	idea, err := family.Root.MoveTrial(day, r.now, r.city.Timing.Calendar)
	if err != nil {
		return err
	}
	if err := r.keepIdeaAs(idea, council.EventTrialMoved, "", "day", day.String()); err != nil {
		return err
	}
	if err := r.canUndoIdea(family.Root, idea); err != nil {
		return err
	}
	err = r.tellIdeaPeople(family.People(), idea, func(speak speaker, _ council.Member) string {
		return speak.Say("idea_trial.moved", "Reference", idea.Reference().String(), "Day", r.trialDay(speak, idea))
	})
	if err != nil {
		return err
	}
	text := r.speak.Say("idea_trial.moved_done", "Reference", idea.Reference().String(), "Day", r.trialDay(r.speak, idea))
	return r.replyAbout(idea.Reference().String(), cardIdeaGiven, text, r.undoIdeaRow(idea))
}

// noTaskOpen refuses to begin a trial by hand while a task is open that is to prepare
// it: it begins by itself when the last one is done.
func (r *request) noTaskOpen(family council.IdeaFamily) error {
	open, err := r.unendedTasks(family)
	if err != nil || len(open) == 0 {
		return err
	}
	return council.Refuse("trial_tasks_open", "Reference", family.Root.Reference().String(), "Tasks", referenceList(open))
}

// unendedTasks lists the tasks of an idea that are still to be done.
func (r *request) unendedTasks(family council.IdeaFamily) ([]council.Task, error) {
	tasks, err := r.familyTasks(family)
	return slices.DeleteFunc(tasks, func(task council.Task) bool { return task.State.Ended() }), err
}

// feedbackCount counts what people say about the present trial of an idea.
func (r *request) feedbackCount(idea council.Idea) (council.FeedbackCount, error) {
	since := idea.StateSince
	if idea.State != council.IdeaTrial {
		since = idea.Decision.At
	}
	said, err := r.tx.Feedback(idea.Number, since)
	return council.CountFeedback(said), err
}

// trialDeeds are what a coordinator decides about a trial.
func trialDeeds(speak speaker, idea council.Idea) []store.Button {
	return []store.Button{button(speak, "idea_adopt", pressIdea, ideaAdopt, idea.Number), button(speak, "idea_stop", pressIdea, ideaStop, idea.Number)}
}
