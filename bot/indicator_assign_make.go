package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// madeInGroup are tasks that were made at once, and the group they stand in.
type madeInGroup struct {
	group council.Group
	tasks []council.Task
}

// makeIndicatorTasks makes a task for each indicator and tells everybody once. What
// somebody may not make stops all of it before anything is kept.
func (r *request) makeIndicatorTasks(draft indicatorAssignment, wanted []council.Indicator, taken []council.Task) error {
	groups := make([]council.Group, len(wanted))
	for i, indicator := range wanted {
		var err error
		if groups[i], err = r.groupOfIndicator(draft, indicator); err != nil {
			return err
		}
		if err := r.may(council.ActionCreateTask, council.Scope{GroupID: groups[i].ID}); err != nil {
			return err
		}
	}
	var tasks []council.Task
	var made []madeInGroup
	for i, indicator := range wanted {
		task, err := r.makeIndicatorTask(draft, indicator, groups[i])
		if err != nil {
			return err
		}
		tasks = append(tasks, task)
		at := slices.IndexFunc(made, func(m madeInGroup) bool { return m.group.ID == groups[i].ID })
		if at < 0 {
			at, made = len(made), append(made, madeInGroup{group: groups[i]})
		}
		made[at].tasks = append(made[at].tasks, task)
	}
	return r.announceIndicatorTasks(draft, wanted, tasks, made, taken)
}

// groupOfIndicator is the group in which an indicator's task stands: the one that was
// named, the working group of its dimension, else one of the person's or this one.
func (r *request) groupOfIndicator(draft indicatorAssignment, indicator council.Indicator) (council.Group, error) {
	if draft.GroupID != 0 {
		return r.tx.Group(draft.GroupID)
	}
	if indicator.Dimension != "" {
		groups, err := r.groupsNamed(council.KindWorkingGroup, indicator.Dimension)
		if err != nil || len(groups) > 0 {
			return append(groups, council.Group{})[0], err
		}
	}
	group, choices, err := r.draftGroup(taskDraft{MemberIDs: draft.MemberIDs})
	switch {
	case err != nil || group.ID != 0:
		return group, err
	case len(choices) == 0:
		return group, council.Refuse("no_such_group")
	}
	if at := slices.IndexFunc(choices, func(g council.Group) bool { return g.Kind == council.KindSecretariat }); at > 0 {
		return choices[at], nil
	}
	return choices[0], nil
}

// makeIndicatorTask keeps the task that is to bring the evidence of an indicator.
func (r *request) makeIndicatorTask(draft indicatorAssignment, indicator council.Indicator, group council.Group) (council.Task, error) {
	name := indicator.Name
	if draft.Words != "" {
		name = draft.Words
	}
	title, full := titleOf(indicator.Code + ": " + plainLine(name))
	task, err := r.makeTask(taskDraft{Title: title, FullText: full, MemberIDs: draft.MemberIDs, Evaluation: indicator.Evaluation,
		At: draft.Deadline.At, Zone: draft.Deadline.Zone, NoDeadline: draft.NoDeadline}, group)
	if err != nil {
		return task, err
	}
	if err := r.tx.LinkIndicatorTask(indicator.ID, task.Number); err != nil {
		return task, err
	}
	for _, id := range draft.MemberIDs {
		member, err := r.tx.Member(id)
		if err != nil {
			return task, err
		}
		if err := r.vouchFor(member, task); err != nil {
			return task, err
		}
	}
	return task, r.keepMaking(task)
}

// announceIndicatorTasks tells each person and each group once of everything that was
// made for them, and answers whoever assigned it.
func (r *request) announceIndicatorTasks(draft indicatorAssignment, wanted []council.Indicator, tasks []council.Task, made []madeInGroup, taken []council.Task) error {
	told, unreached, err := r.tellIndicatorTasks(draft, wanted, tasks)
	if err != nil {
		return err
	}
	for _, one := range made {
		if err := r.showIndicatorTasks(draft, one, len(unreached) > 0); err != nil {
			return err
		}
	}
	lines := []string{r.madeWords(draft, tasks, made, told)}
	if draft.Words == "" {
		lines = append(lines, r.speak.Say("indicator.assign.deadline", "Deadline", r.deadlineOrNone(draft.Deadline)))
	}
	if len(unreached) > 0 {
		lines = append(lines, r.speak.Say("indicator.assign.unreached", "Persons", strings.Join(unreached, ", ")))
	}
	away, err := r.awayNote(r.speak, draft.MemberIDs, draft.Deadline)
	if err != nil {
		return err
	}
	already, err := r.takenWords(taken)
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(append(lines, away, already), func(line string) bool { return line == "" })
	if !r.private && len(lines) > 3 { // a group reads three lines
		lines = append(lines[:2], strings.Join(lines[2:], " "))
	}
	return r.answerAssigned(tasks, strings.Join(lines, "\n"))
}

// answerAssigned answers with the way back, in the place of the question if there was one.
func (r *request) answerAssigned(tasks []council.Task, text string) error {
	undo := []store.Button{button(r.speak, "undo", pressAssignIndicators, assignUndo, tasks[0].Number, tasks[len(tasks)-1].Number)}
	subject := ""
	if len(tasks) == 1 {
		subject = tasks[0].Reference().String()
	}
	if asked, err := r.onQuestion(); err != nil || asked {
		return errorsOr(err, r.editIndicators(subject, aboutIndicatorTasks, text, undo))
	}
	return r.replyAbout(subject, aboutIndicatorTasks, text, undo)
}

// aboutIndicatorTasks marks a message about tasks that were made at once.
const aboutIndicatorTasks = "indicator_tasks"

// madeWords say what was made: for whom, or until when what was asked for is due.
func (r *request) madeWords(draft indicatorAssignment, tasks []council.Task, made []madeInGroup, told []string) string {
	references := referenceList(tasks)
	switch {
	case draft.Words != "":
		words := r.speak.Say("indicator.assign.requested", "References", references, "Deadline", r.deadlineOrNone(draft.Deadline))
		if note := r.fridayNote(draft.Deadline); note != "" {
			words += " " + note
		}
		return words
	case len(told) > 0:
		return r.speak.Say("indicator.assign.made_told", "N", len(tasks), "References", references, "Persons", strings.Join(told, ", "))
	case draft.Anyone:
		var names []string
		for _, one := range made {
			names = append(names, r.groupNameIn(r.speak, one.group))
		}
		return r.speak.Say("indicator.assign.made_open", "N", len(tasks), "References", references, "Groups", strings.Join(names, ", "))
	}
	return r.speak.Say("indicator.assign.made", "N", len(tasks), "References", references)
}

// fridayNote reminds of the rest on Fridays, where a deadline of the next days is on one.
func (r *request) fridayNote(deadline council.Deadline) string {
	local := deadline.At.In(r.city.Zone)
	rest := local.Hour() > 11 || local.Hour() == 11 && local.Minute() >= 30
	if deadline.IsZero() || local.Weekday() != time.Friday || !rest || r.city.days(r.now, deadline.At) > 2 {
		return ""
	}
	return r.speak.Say("indicator.assign.friday")
}

// tellIndicatorTasks writes one message to each person for all the tasks. It gives the
// names of those who were reached, and of those who cannot be.
func (r *request) tellIndicatorTasks(draft indicatorAssignment, indicators []council.Indicator, tasks []council.Task) (told, unreached []string, err error) {
	members, err := r.others(membersOf(r.tx, draft.MemberIDs))
	if err != nil {
		return nil, nil, err
	}
	subject := ""
	if len(tasks) == 1 {
		subject = tasks[0].Reference().String()
	}
	reached, err := r.tellEach(members, subject, aboutIndicatorTasks, func(speak locale.Speaker, member council.Member) (string, [][]store.Button, error) {
		return r.assignedNotice(speak, member, indicators, tasks), r.assignedButtons(speak, tasks), nil
	})
	for _, member := range members {
		if name := namePerson(r.speak, member); slices.ContainsFunc(reached, func(one council.Member) bool { return one.ID == member.ID }) {
			told = append(told, name)
		} else {
			unreached = append(unreached, name)
		}
	}
	return told, unreached, err
}

// How many tasks a message lists and opens.
const (
	assignedListed = 15
	assignedOpened = 6
)

// assignedNotice asks somebody for the evidence of indicators, with examples of it.
func (r *request) assignedNotice(speak locale.Speaker, member council.Member, indicators []council.Indicator, tasks []council.Task) string {
	var lines []string
	for i, task := range tasks[:min(len(tasks), assignedListed)] {
		line := task.Reference().String() + " · " + shorten(task.Title, cardTitleLimit)
		if examples := plainLine(indicators[i].Examples); examples != "" {
			line += "\n" + speak.Say("indicator.part.examples", "Value", shorten(examples, cardTitleLimit))
		}
		lines = append(lines, line)
	}
	if more := len(tasks) - assignedListed; more > 0 {
		lines = append(lines, speak.Count("notice.more", more))
	}
	deadline := speak.Say("task.card.no_deadline")
	if !tasks[0].Deadline.IsZero() {
		deadline = r.deadlineIn(speak, tasks[0].Deadline)
	}
	return speak.Say("indicator.assign.notice", "Person", greetPerson(speak, member), "Deadline", deadline) + "\n" + strings.Join(lines, "\n")
}

// assignedButtons promise all of the tasks, and open each.
func (r *request) assignedButtons(speak locale.Speaker, tasks []council.Task) [][]store.Button {
	rows := [][]store.Button{{button(speak, "acknowledge", pressAssignIndicators, assignReady, tasks[0].Number, tasks[len(tasks)-1].Number)}}
	for i, task := range tasks[:min(len(tasks), assignedOpened)] {
		if i%3 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: task.Reference().String(), Data: data(pressCard, task.Number)})
	}
	return rows
}

// showIndicatorTasks shows a group what is new in it: the card of a single task, or
// one line for several. Where it was asked, the answer says it.
func (r *request) showIndicatorTasks(draft indicatorAssignment, made madeInGroup, unreached bool) error {
	if len(made.tasks) == 1 {
		return r.groupCards(made.tasks[0], cardExtra{fresh: true, bare: true})
	}
	if made.group.ChatID == r.chatID && made.group.ThreadID == r.thread {
		return nil
	}
	speak := r.book.In(made.group.Language)
	persons := speak.Say("task.card.anyone")
	if len(draft.MemberIDs) > 0 {
		var err error
		if persons, err = r.namePersons(speak, draft.MemberIDs); err != nil {
			return err
		}
	}
	deadline := speak.Say("task.card.no_deadline")
	if !draft.Deadline.IsZero() {
		deadline = r.deadlineIn(speak, draft.Deadline)
	}
	payload := store.Payload{About: aboutIndicatorTasks, Text: speak.Say("indicator.assign.group", "N", len(made.tasks),
		"References", shorten(referenceList(made.tasks), cardTitleLimit), "Persons", persons, "Deadline", deadline)}
	if unreached {
		payload.Buttons = [][]store.Button{{{Text: speak.Say("button.open_private"), URL: r.privateLink(made.tasks[0].Reference().String())}}}
	}
	return r.tx.Queue(store.Outgoing{ChatID: made.group.ChatID, ThreadID: made.group.ThreadID, Kind: store.KindMessage,
		Priority: store.PriorityAnswer, Payload: payload}, time.Now())
}

// takenWords name what is in somebody's hands already, in whose for those who may see
// that, and how it is passed on.
func (r *request) takenWords(taken []council.Task) (string, error) {
	if len(taken) == 0 {
		return "", nil
	}
	var parts []string
	for _, task := range taken[:min(len(taken), assignedListed)] {
		indicator, err := r.tx.IndicatorOfTask(task.Number)
		if err != nil {
			return "", err
		}
		named := indicator.Code + " " + task.Reference().String()
		if may, _ := council.May(r.actor, council.ActionSeeTask, r.scope(task)); may {
			persons, err := r.personsOf(r.tx, r.speak, task)
			if err != nil {
				return "", err
			}
			named += " (" + persons + ")"
		}
		parts = append(parts, named)
	}
	if more := len(taken) - assignedListed; more > 0 {
		parts = append(parts, r.speak.Count("notice.more", more))
	}
	return r.speak.Say("indicator.assign.taken", "Tasks", strings.Join(parts, ", "), "Reference", taken[0].Reference().String()), nil
}

// replyNothingToAssign says why no task is made.
func (r *request) replyNothingToAssign(draft indicatorAssignment, taken []council.Task) error {
	text, err := r.takenWords(taken)
	if err != nil {
		return err
	}
	if text == "" {
		text = r.speak.Say("indicator.assign.none", "Dimension", r.dimensionName(draft.Dimension))
	}
	if asked, err := r.onQuestion(); err != nil || asked {
		return errorsOr(err, r.edit(text))
	}
	return r.reply(text)
}
