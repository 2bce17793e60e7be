package bot

import (
	"errors"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// newTask makes a task from one line, from the message replied to, or step by
// step when neither says what is to be done.
func (r *request) newTask() error {
	if err := r.mayCreateSomewhere(); err != nil {
		return err
	}
	full, entities := body(r.message)
	line, err := r.readTaskLine(full, entities)
	if err != nil {
		return err
	}
	draft := draftOf(line)
	message, err := r.replyOfMeeting(r.message, &draft)
	if err != nil {
		return err
	}
	draft.takeMessage(message)
	if line.Due.Outcome == reading.Found {
		deadline := r.deadlineOf(line.Due)
		draft.At, draft.Zone = deadline.At, deadline.Zone
	}
	if several, err := r.requestOfIndicators(line, draft); err != nil || several {
		return err
	}
	return r.goOn(draft)
}

// mayCreateSomewhere refuses early those who may make no task at all.
func (r *request) mayCreateSomewhere() error {
	scope := council.Scope{GroupID: r.group.ID}
	if r.group.ID == 0 {
		for _, group := range r.actor.Groups {
			if allowed, _ := council.May(r.actor, council.ActionCreateTask, council.Scope{GroupID: group.ID}); allowed {
				return nil
			}
		}
	}
	return r.may(council.ActionCreateTask, scope)
}

// takeMessage adds what the message carries: its files, and the text and files
// of the message it replies to.
func (d *taskDraft) takeMessage(message *models.Message) {
	d.CommandChat, d.CommandMessage = message.Chat.ID, message.ID
	d.Files = append(d.Files, filesOf(message)...)
	reply := message.ReplyToMessage
	if reply == nil {
		return
	}
	d.Files = append(filesOf(reply), d.Files...)
	text, _ := body(reply)
	switch {
	case text == "":
	case d.Title == "":
		d.Title, d.FullText = titleOf(tidy(text))
	case d.FullText != "":
		d.FullText += "\n\n" + text
	default:
		d.FullText = d.Title + "\n\n" + text
	}
}

// createTask keeps a task, shows its card and tells those it is for.
func (r *request) createTask(draft taskDraft, group council.Group) error {
	if err := r.awaitsTask(draft.Idea); err != nil {
		return err
	}
	task, err := r.makeTask(draft, group)
	if err != nil {
		return err
	}
	sayFollowUp, err := r.followUp(draft.Meeting, task)
	if err != nil {
		return err
	}
	if err := errors.Join(r.announceTask(task, draft, group), sayFollowUp()); err != nil {
		return err
	}
	return r.taskOfIdea(draft.Idea, task)
}

// makeTask keeps a task with what it brought along, and plans its reminders.
func (r *request) makeTask(draft taskDraft, group council.Group) (council.Task, error) {
	if err := r.may(council.ActionCreateTask, council.Scope{GroupID: group.ID}); err != nil {
		return council.Task{}, err
	}
	task := council.Task{
		Title: draft.Title, FullText: draft.FullText, GroupID: group.ID, EvaluationID: draft.Evaluation,
		CreatedBy: r.actor.ID, CreatedAt: r.now, State: council.TaskNew, Deadline: draft.deadline(),
		DeadlineAsked: draft.asksDeadline(), Assignees: council.AssignTo(draft.MemberIDs...), Recurrence: draft.Recurrence,
	}
	if task.Recurrence != nil && task.Deadline.IsZero() {
		task.Deadline = r.deadlineAt(task.Recurrence.Next(r.now, r.city.Timing.Calendar))
		task.DeadlineAsked = false
	}
	task, err := r.shareNew(task, draft.Partners)
	if err != nil {
		return task, err
	}
	task, err = r.tx.CreateTask(task, draft.CommandChat, draft.CommandMessage)
	if err != nil {
		return task, err
	}
	if err := r.record(task.Reference(), council.EventCreated, ""); err != nil {
		return task, err
	}
	if err := r.attach(task.Reference(), draft.Files); err != nil {
		return task, err
	}
	if err := errors.Join(r.linkNamedIndicator(draft, task), r.pointToRecommendation(draft.Recommends, task)); err != nil {
		return task, err
	}
	return task, r.tx.AddReminders(council.PlanTask(task, r.now, r.city.Timing))
}

// announceTask shows a new task where it belongs.
func (r *request) announceTask(task council.Task, draft taskDraft, group council.Group) error {
	if _, err := r.tellAssigned(task, nil); err != nil {
		return err
	}
	if err := r.keepMaking(task); err != nil {
		return err
	}
	if err := r.groupCards(task, r.draftExtra(r.book.In(group.Language), task, draft)); err != nil {
		return err
	}
	if err := r.answerCreated(task, group); err != nil {
		return err
	}
	if err := r.warnOfLeave(task); err != nil {
		return err
	}
	if r.private {
		if err := r.awaitDateOf(task); err != nil {
			return err
		}
		if _, err := r.privateCard(task, cardTask, r.actor.Member, r.draftExtra(r.speak, task, draft)); err != nil {
			return err
		}
	}
	return r.awaitAlbum([]council.Task{task})
}

// answerCreated says where a task was made when no card in this chat shows it,
// and closes the question whose answer was the last.
func (r *request) answerCreated(task council.Task, group council.Group) error {
	reference, title := task.Reference().String(), shorten(task.Title, cardTitleLimit)
	switch {
	case !r.private && group.ChatID != r.chatID:
		text := r.speak.Say("task.reply.created_elsewhere", "Reference", reference, "Group", r.groupNameIn(r.speak, group), "Title", title)
		if r.press != nil {
			return r.edit(text, r.undoRow(task))
		}
		return r.confirm([]council.Task{task}, text)
	case r.press != nil:
		return r.edit(r.speak.Say("task.reply.created", "Reference", reference, "Title", title))
	}
	return nil
}

// awaitDateOf takes the next words in private as the date that is asked for.
func (r *request) awaitDateOf(task council.Task) error {
	if !task.DeadlineAsked {
		return nil
	}
	return r.awaitDate(task.Reference().String())
}

func (r *request) awaitDate(reference string) error {
	if reference == "" {
		return nil
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogDue, Data: reference}, r.now)
}

// draftExtra asks on the card for the date that was not understood.
func (r *request) draftExtra(speak speaker, task council.Task, draft taskDraft) cardExtra {
	if !task.DeadlineAsked {
		return cardExtra{fresh: true, bare: len(draft.Files) == 0}
	}
	question, rows := r.dueQuestion(speak, task.Number, draft.Due, draft.DuePhrase)
	return cardExtra{question: question, rows: rows, fresh: true, bare: len(draft.Files) == 0}
}

// dueQuestion says what was not understood of a date, and offers what may have
// been meant.
func (r *request) dueQuestion(speak speaker, number int64, due reading.Due, phrase string) (string, [][]store.Button) {
	var rows [][]store.Button
	for _, candidate := range due.Candidates[:min(candidateLimit, len(due.Candidates))] {
		rows = append(rows, []store.Button{r.dateButton(speak, number, candidate)})
	}
	switch {
	case phrase == "":
		return "", nil
	case due.Outcome == reading.Past && !due.Time.IsZero():
		return speak.Say("task.card.past_deadline", "Moment", speak.Moment(due.Time, r.city.Zone)), rows
	case len(rows) > 0:
		return speak.Say("task.card.choose_deadline", "Phrase", shorten(phrase, phraseLimit)), rows
	}
	return speak.Say("task.card.unread_deadline", "Phrase", shorten(phrase, phraseLimit)), nil
}

// How much of a date that was not understood is shown, and offered.
const (
	candidateLimit = 6
	phraseLimit    = 40
)

func (r *request) attach(subject council.Reference, files []file) error {
	for _, f := range files {
		if err := r.tx.Attach(store.Attachment{
			Subject: subject.String(), Kind: f.Kind, FileID: f.ID, UniqueID: f.UniqueID, Name: f.Name, MemberID: r.actor.ID,
		}, r.now); err != nil {
			return err
		}
		if err := r.record(subject, council.EventAttached, f.Name); err != nil {
			return err
		}
	}
	return nil
}
