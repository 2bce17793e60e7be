package bot

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// ideaTask makes the task that prepares a trial; the idea's number follows, and how.
const ideaTask = "task"

// How a task for a trial is made.
const (
	taskSuggested = "yes"  // [Ya, tenggat 27 Maret]
	taskArranged  = "set"  // [Atur]
	taskNone      = "none" // [Tanpa tugas]
)

// preparingGroup finds the working group of an idea's dimension.
func (r *request) preparingGroup(idea council.Idea) (group council.Group, found bool, err error) {
	groups, err := r.tx.Groups()
	for _, one := range groups {
		if one.Kind == council.KindWorkingGroup && one.Dimension == idea.Dimension && idea.Dimension != "" {
			return one, true, err
		}
	}
	return group, false, err
}

// offersTask tells whether the person who decides is asked about a task for it, and
// for which group that would be.
func (r *request) offersTask(family council.IdeaFamily) (council.Group, bool, error) {
	if family.Root.State != council.IdeaApproved {
		return council.Group{}, false, nil
	}
	tasks, err := r.openTasks(family)
	if err != nil || len(tasks) > 0 {
		return council.Group{}, false, err
	}
	return r.preparingGroup(family.Root)
}

// openTasks lists the tasks that come of an idea and were not cancelled.
func (r *request) openTasks(family council.IdeaFamily) ([]council.Task, error) {
	tasks, err := r.familyTasks(family)
	var open []council.Task
	for _, task := range tasks {
		if task.State != council.TaskCancelled {
			open = append(open, task)
		}
	}
	return open, err
}

// officeOf names the office that answers for a group: that of its own head where there
// is one, the group itself otherwise.
func (r *request) officeOf(speak locale.Speaker, group council.Group) (string, error) {
	positions, err := r.tx.Positions()
	for _, position := range positions {
		if position.Kind != council.PositionOfficeHead || position.GroupID != group.ID {
			continue
		}
		word, office := firstWord(position.Title)
		if _, known := locale.Meaning("office_head", word); known && office != "" {
			return office, err
		}
		return position.Title, err
	}
	return r.groupNameIn(speak, group), err
}

// taskRows ask about a task for what was approved.
func (r *request) taskRows(idea council.Idea) [][]store.Button {
	day := r.shortTarget(r.speak, council.TrialTarget(idea.Decision.At, r.city.Timing.Calendar))
	return [][]store.Button{{
		{Text: r.speak.Say("button.idea_task", "Day", day), Data: data(pressIdea, ideaTask, idea.Number, taskSuggested)},
		button(r.speak, "adjust", pressIdea, ideaTask, idea.Number, taskArranged),
		button(r.speak, "idea_task_none", pressIdea, ideaTask, idea.Number, taskNone),
	}}
}

// shortTarget is a day with its month, and the year if it is another one.
func (r *request) shortTarget(speak locale.Speaker, at time.Time) string {
	local := at.In(r.city.Zone)
	_, day, found := strings.Cut(speak.Day(local), ", ")
	if !found {
		day = speak.Day(local)
	}
	if local.Year() == r.now.In(r.city.Zone).Year() {
		day = strings.TrimSuffix(day, " "+strconv.Itoa(local.Year()))
	}
	return day
}

// pressIdeaTask makes the task that prepares a trial, as it was suggested or as it is
// arranged, or tells everybody of the decision without one.
func (r *request) pressIdeaTask(number int64, rest pressArguments) error {
	idea, err := r.decidable(number)
	if err != nil {
		return err
	}
	if idea.State != council.IdeaApproved {
		return r.stale()
	}
	if err := r.awaitsTask(idea.Number); err != nil {
		return err
	}
	switch rest.text(0) {
	case taskNone:
		return r.decideWithoutTask(idea)
	case taskArranged:
		return r.arrangeTask(idea)
	case taskSuggested:
		return r.makeSuggested(idea)
	}
	return r.stale()
}

// awaitsTask refuses a task for an idea that is not approved any more, or that has one
// already; the number 0 is no idea.
func (r *request) awaitsTask(number int64) error {
	if number == 0 {
		return nil
	}
	idea, err := r.standsFor(number)
	if err != nil {
		return err
	}
	if idea.State != council.IdeaApproved {
		return council.Refuse("idea_state", "Reference", idea.Reference().String(), "idea_state", string(idea.State))
	}
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	open, err := r.openTasks(family)
	if err != nil || len(open) == 0 {
		return err
	}
	return council.Refuse("idea_task_made", "Reference", idea.Reference().String(), "Task", open[0].Reference().String())
}

func (r *request) decideWithoutTask(idea council.Idea) error {
	text := r.speak.Say("idea_decide.no_task", "Reference", idea.Reference().String(), "Decision", ideaStateName(r.speak, idea))
	if err := errors.Join(r.edit(text, r.undoIdeaRow(idea)), r.toast("")); err != nil || !idea.Decision.ToldAt.IsZero() {
		return err
	}
	return r.tellApproval(idea)
}

// trialDraft is the task that prepares a trial, as it is suggested.
func (r *request) trialDraft(idea council.Idea) (taskDraft, council.Group, error) {
	group, _, err := r.preparingGroup(idea)
	title := r.speak.Say("idea_decide.task_title", "Reference", idea.Reference().String(), "Title", plainLine(idea.Title))
	draft := taskDraft{
		Title:    shorten(title, titleLimit),
		FullText: title + "\n\n" + idea.Text + "\n\n" + r.speak.Say("idea_decide.task_reason", "Reason", idea.Decision.Reason),
		GroupID:  group.ID, Idea: idea.Number,
	}
	return draft, group, err
}

// arrangeTask asks who prepares a trial and by when.
func (r *request) arrangeTask(idea council.Idea) error {
	draft, _, err := r.trialDraft(idea)
	if err != nil {
		return err
	}
	draft.Guided = true
	return errors.Join(r.goOn(draft), r.toast(""))
}

// makeSuggested gives the task to who is in charge of the working group, until the day
// that was suggested.
func (r *request) makeSuggested(idea council.Idea) error {
	draft, group, err := r.trialDraft(idea)
	if err != nil {
		return err
	}
	if group.ID == 0 {
		return r.arrangeTask(idea)
	}
	if draft.MemberIDs, err = r.inChargeOf(group); err != nil {
		return err
	}
	draft.At, draft.Zone = council.TrialTarget(idea.Decision.At, r.city.Timing.Calendar), r.city.Zone.String()
	if !draft.At.After(r.now) {
		return r.arrangeTask(idea) // the day that was suggested is past
	}
	task, err := r.makeTask(draft, group)
	if err != nil {
		return err
	}
	if _, err := r.tellAssigned(task, nil); err != nil {
		return err
	}
	if err := errors.Join(r.keepMaking(task), r.groupCards(task, cardExtra{fresh: true}), r.warnOfLeave(task)); err != nil {
		return err
	}
	decided, err := r.decidedLine(idea)
	if err != nil {
		return err
	}
	made, err := r.taskMadeText(task, group)
	if err != nil {
		return err
	}
	if err := errors.Join(r.edit(decided+"\n"+made, r.undoRow(task)), r.toast("")); err != nil {
		return err
	}
	return r.taskOfIdea(idea.Number, task)
}

// inChargeOf lists who is in charge of a working group today.
func (r *request) inChargeOf(group council.Group) ([]int64, error) {
	acting, err := r.tx.Acting(r.day())
	for _, position := range acting {
		if position.Kind == council.PositionInCharge && position.GroupID == group.ID {
			return position.Members(), err
		}
	}
	return nil, err
}

// taskMadeText says which task was made, for whom and until when, and which holidays
// lie before its date.
func (r *request) taskMadeText(task council.Task, group council.Group) (string, error) {
	var ids []int64
	for _, assignee := range task.Assignees {
		ids = append(ids, assignee.MemberID)
	}
	persons, err := r.namePersons(r.speak, ids)
	if persons == "" {
		persons = r.groupNameIn(r.speak, group)
	}
	text := r.speak.Say("idea_decide.task_made", "Task", task.Reference().String(), "Persons", persons, "Deadline", r.momentLeft(task.Deadline.At))
	if off := r.longHoliday(r.now, task.Deadline.At); off != "" {
		text += "\n" + off
	}
	return text, err
}

// longHoliday names the longest row of days off between two moments that holds a
// holiday and takes a week's work: four days and more.
func (r *request) longHoliday(from, to time.Time) string {
	first, last, names := council.LongestBreak(r.city.Timing.Calendar, from, to)
	if len(names) == 0 {
		return ""
	}
	begin, end := first.At(0, 0, r.city.Zone), last.At(0, 0, r.city.Zone)
	begins := r.shortTarget(r.speak, begin)
	if first.Month == last.Month && first.Year == last.Year {
		begins = strconv.Itoa(first.Day)
	}
	return r.speak.Say("idea_decide.holidays", "Names", strings.Join(names, "–"), "First", begins, "Last", r.shortTarget(r.speak, end))
}

// taskOfIdea records that a task comes of an idea, and tells everybody: with the
// decision where they wait for it, as what follows where they have heard.
func (r *request) taskOfIdea(number int64, task council.Task) error {
	if number == 0 {
		return nil
	}
	if err := r.tx.LinkIdeaTask(number, task.Number); err != nil {
		return err
	}
	idea, err := r.idea(number)
	if err != nil {
		return err
	}
	if err := r.refreshIdea(number); err != nil {
		return err
	}
	if idea.State == council.IdeaApproved && idea.Decision.ToldAt.IsZero() {
		return r.tellApproval(idea)
	}
	family, err := r.tx.IdeaFamily(number)
	if err != nil {
		return err
	}
	return r.tellSubmitters(family, func(speak locale.Speaker, member council.Member) (string, error) {
		prepares, err := r.whoPrepares(speak, family)
		return speak.Say("idea_decide.told.prepared", "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
			"Person", greetPerson(speak, member), "Prepares", prepares), err
	})
}
