package bot

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// references reads the references at the beginning of what follows a command;
// without any, the thing replied to is meant. The rest is what follows them.
func (r *request) references() ([]council.Reference, string) {
	var references []council.Reference
	words := strings.Fields(r.text)
	taken := 0
	for _, word := range words {
		reference, ok := council.ParseReference(word)
		if !ok || reference.Letter != council.TaskLetter && reference.Letter != council.EvaluationLetter {
			break
		}
		references = append(references, reference)
		taken++
	}
	rest := strings.TrimSpace(r.text)
	for _, word := range words[:taken] {
		rest = strings.TrimSpace(strings.TrimPrefix(rest, word))
	}
	if len(references) == 0 && !r.about.IsZero() {
		references = append(references, r.about)
	}
	return references, rest
}

// tasksNamed gives the numbers of the tasks a command names.
func (r *request) tasksNamed() (numbers []int64, rest string) {
	references, rest := r.references()
	for _, reference := range references {
		if reference.Letter == council.TaskLetter {
			numbers = append(numbers, reference.Number)
		}
	}
	return numbers, rest
}

// take is /ambil T-12.
func (r *request) take() error {
	numbers, _ := r.tasksNamed()
	if len(numbers) == 0 {
		return r.askWhich(pressTake, store.TaskFilter{GroupID: r.group.ID, OpenOnly: true}, council.ActionTake)
	}
	for _, number := range numbers {
		task, err := r.changeTask(number, takeChange())
		if err != nil {
			return err
		}
		if err := r.confirm(task, r.speak.Say("task.reply.taken", "Reference", task.Reference().String(), "Title", shorten(task.Title, cardTitleLimit))); err != nil {
			return err
		}
	}
	return nil
}

func takeChange() taskChange {
	return taskChange{action: council.ActionTake, event: council.EventTaken, takes: true,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Take(memberID) }}
}

var percent = regexp.MustCompile(`(?:^|\s)(\d{1,9})\s*(?:%|persen\b|percent\b)|^(\d{1,9})$`)

// progress is /progres T-12 60% kata.
func (r *request) progress() error {
	numbers, rest := r.tasksNamed()
	if len(numbers) == 0 {
		return council.Refuse("which_task")
	}
	done := -1
	if found := percent.FindStringSubmatch(rest); found != nil {
		done, _ = strconv.Atoi(found[1] + found[2]) // the pattern lets only digits through
		rest = tidy(strings.Replace(rest, found[0], "", 1))
	}
	change := taskChange{action: council.ActionReport, event: council.EventProgress, words: rest,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Report(memberID, done) }}
	if done >= 0 {
		change.detail = []string{"percent", percentText(done)}
	}
	for _, number := range numbers {
		task, err := r.changeTask(number, change)
		if err != nil {
			return err
		}
		key := "task.reply.progress_words"
		if done >= 0 {
			key = "task.reply.progress"
		}
		if err := r.confirm(task, r.speak.Say(key, "Reference", task.Reference().String(), "Percent", done)); err != nil {
			return err
		}
	}
	return nil
}

func obstacleChange(words string) taskChange {
	return taskChange{action: council.ActionObstruct, event: council.EventObstacle, words: words,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Obstruct(memberID) }}
}

// blocked is /kendala T-12 kata.
func (r *request) blocked() error {
	numbers, rest := r.tasksNamed()
	if len(numbers) == 0 {
		return r.askWhich(pressObstacle, store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}, council.ActionStatusOwn)
	}
	for _, number := range numbers {
		task, err := r.changeTask(number, obstacleChange(rest))
		if err != nil {
			return err
		}
		reference := task.Reference().String()
		if err := r.replyAbout(reference, cardTask, r.speak.Say("task.reply.obstacle", "Reference", reference), helperRow(r.speak, number)); err != nil {
			return err
		}
	}
	return nil
}

// helperRow asks who can help with an obstacle.
func helperRow(speak speaker, number int64) []store.Button {
	return []store.Button{
		button(speak, "helper_coordinator", pressHelper, number, helperCoordinator),
		button(speak, "helper_leader", pressHelper, number, helperLeader),
		button(speak, "helper_later", pressHelper, number, helperLater),
	}
}

// Who can help with an obstacle.
const (
	helperCoordinator = "c"
	helperLeader      = "l"
	helperLater       = "n"
)

func submitChange() taskChange {
	return taskChange{action: council.ActionSubmit, event: council.EventSubmitted,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Submit(memberID) }}
}

// done is /selesai T-12 T-13 kata, with files or without.
func (r *request) done() error {
	numbers, rest := r.tasksNamed()
	if len(numbers) == 0 {
		return r.askWhich(pressSubmit, store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}, council.ActionStatusOwn)
	}
	change := submitChange()
	change.words = rest
	files := filesOf(r.message)
	if reply := r.message.ReplyToMessage; reply != nil {
		files = append(files, filesOf(reply)...)
	}
	var references []string
	var last council.Task
	for _, number := range numbers {
		task, err := r.task(number, council.ActionSubmit)
		if err != nil {
			return err
		}
		if _, err := task.Submit(r.actingAs(task)); err != nil {
			return err
		}
	}
	for _, number := range numbers {
		if err := r.attach(council.TaskReference(number), files); err != nil {
			return err
		}
		task, err := r.changeTask(number, change)
		if err != nil {
			return err
		}
		last = task
		references = append(references, task.Reference().String())
	}
	text := r.speak.Say("task.reply.submitted", "Person", greetPerson(r.speak, r.actor.Member), "References", strings.Join(references, ", "))
	return r.confirm(last, text)
}

// confirm answers a command that changed a task; from this message the change
// can be undone.
func (r *request) confirm(task council.Task, text string) error {
	return r.replyAbout(task.Reference().String(), cardTask, text, []store.Button{button(r.speak, "undo", pressUndo, task.Number, task.Version)})
}

// assign is /disposisi T-12 @baso_contoh, or as a reply to the person's message.
func (r *request) assign() error {
	full, entities := body(r.message)
	text, ids, err := r.takeMentions(full, entities)
	if err != nil {
		return err
	}
	r.text = strings.TrimSpace(text)
	numbers, rest := r.tasksNamed()
	if len(numbers) == 0 {
		return council.Refuse("which_task")
	}
	if reply := r.message.ReplyToMessage; len(ids) == 0 && reply != nil && reply.From != nil && !reply.From.IsBot {
		member, err := r.known(reply.From)
		if err != nil {
			return err
		}
		ids = append(ids, member.ID)
	}
	for _, number := range numbers {
		if err := r.assignOne(number, ids, rest); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) assignOne(number int64, ids []int64, rest string) error {
	if _, err := r.task(number, council.ActionAssign); err != nil {
		return err
	}
	if len(ids) == 0 {
		if kind, dimension, ok := groupWords(strings.TrimPrefix(rest, "#")); ok {
			return r.assignGroup(number, kind, dimension)
		}
		return r.askAssignee(number)
	}
	task, err := r.changeTask(number, assignChange(council.AssignTo(ids...), ids))
	if err != nil {
		return err
	}
	names, err := r.namePersons(r.speak, ids)
	if err != nil {
		return err
	}
	return r.confirm(task, r.speak.Say("task.reply.assigned", "Reference", task.Reference().String(), "Persons", names))
}

func (r *request) assignGroup(number int64, kind council.GroupKind, dimension council.Dimension) error {
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	for _, group := range groups {
		if group.Kind != kind || group.Dimension != dimension {
			continue
		}
		change := assignChange(council.AssignToGroup(group.ID), nil)
		change.detail = []string{"group", strconv.FormatInt(group.ID, 10)}
		task, err := r.changeTask(number, change)
		if err != nil {
			return err
		}
		return r.confirm(task, r.speak.Say("task.reply.assigned", "Reference", task.Reference().String(), "Persons", r.groupNameIn(r.speak, group)))
	}
	return council.Refuse("no_such_group")
}

func assignChange(assignees []council.Assignee, ids []int64) taskChange {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	return taskChange{action: council.ActionAssign, event: council.EventReassigned, detail: []string{"members", strings.Join(texts, ",")},
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.Reassign(assignees) }}
}

// askAssignee offers the people the bot knows in the task's group.
func (r *request) askAssignee(number int64) error {
	task, err := r.tx.Task(number)
	if err != nil {
		return err
	}
	group, err := r.tx.Group(task.GroupID)
	if notFoundIsNil(err) != nil {
		return err
	}
	rows, err := r.peopleRows(group, func(id int64) string { return data(pressAssign, number, id) })
	if err != nil {
		return err
	}
	reference := task.Reference().String()
	return r.replyAbout(reference, cardTask, r.speak.Say("refused.no_person", "Reference", reference), rows...)
}

// comment keeps words, or a file, sent as a reply to a message about a task. A
// reply with a date answers the card's question for one.
func (r *request) comment() error {
	task, err := r.task(r.about.Number, council.ActionComment)
	if err != nil {
		return err
	}
	if answered, err := r.commentIsDate(task); answered || err != nil {
		return err
	}
	files := filesOf(r.message)
	if len(files) == 0 && strings.TrimSpace(r.text) == "" {
		return nil // a sticker, a voice: nothing that can stand in the history
	}
	if err := r.attach(task.Reference(), files); err != nil {
		return err
	}
	if strings.TrimSpace(r.text) != "" {
		if err := r.record(task.Reference(), council.EventCommented, r.text); err != nil {
			return err
		}
	}
	if err := r.passOn(task); err != nil {
		return err
	}
	if err := r.refreshCards(task, cardExtra{}); err != nil {
		return err
	}
	if r.private {
		return r.reply(r.speak.Say("task.reply.comment", "Reference", task.Reference().String()))
	}
	return nil
}

// commentIsDate takes a reply as the date that the card asks for, when it is one.
func (r *request) commentIsDate(task council.Task) (bool, error) {
	if allowed, _ := council.May(r.actor, council.ActionReschedule, r.scope(task)); !allowed {
		return false, nil
	}
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return false, err
	}
	asked := err == nil && dialog.Kind == dialogDue && dialog.Data == task.Reference().String()
	if !asked && !task.DeadlineAsked {
		return false, nil
	}
	due := reading.ReadDue(r.text, r.readingContext())
	if due.Outcome != reading.Found && !due.NoDeadline {
		if !asked {
			return false, nil
		}
		return true, r.askDue(task, due, strings.TrimSpace(r.text))
	}
	return true, r.setDue(task.Number, due)
}

// passOn sends what a coordinator writes on work that was sent back to those
// whose work it is, and what an assignee writes on an obstacle to coordinators.
func (r *request) passOn(task council.Task) error {
	if task.State == council.TaskBlocked && isAssignee(task, r.actor.ID) && strings.TrimSpace(r.text) != "" {
		_, err := r.tellCoordinators(task, taskChange{words: r.text})
		return err
	}
	if r.aboutAs != cardCheck || !r.actor.Coordinates() || strings.TrimSpace(r.text) == "" {
		return nil
	}
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 || assignee.MemberID == r.actor.ID {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return err
		}
		speak := r.speaker(member)
		text := speak.Say("task.notice.sent_back_words", "Person", greetPerson(speak, member), "Reference", task.Reference().String(), "Words", r.text)
		if _, err := r.tell(member, task.Reference().String(), cardTask, text); err != nil {
			return err
		}
	}
	return nil
}
