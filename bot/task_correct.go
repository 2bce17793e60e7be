package bot

import (
	"errors"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// correctTask makes a task what its edited command says.
func (r *request) correctTask(message *models.Message) error {
	text, entities := body(message)
	task, err := r.tx.TaskByCommand(message.Chat.ID, message.ID)
	if err != nil || task.CreatedBy != r.actor.ID {
		return notFoundIsNil(err)
	}
	if err := r.may(council.ActionCorrect, r.scope(task)); err != nil {
		return err
	}
	if touched, err := r.touched(task); err != nil || touched {
		return errorsOr(err, council.Refuse("touched_since", "Reference", task.Reference().String()))
	}
	line, err := r.readTaskLine(text, entities)
	if err != nil {
		return err
	}
	draft := draftOf(line)
	if message, err = r.replyOfMeeting(message, &draft); err != nil {
		return err
	}
	draft.takeMessage(message)
	if draft.Title == "" {
		return r.reply(r.speak.Say("task.reply.not_corrected", "Reference", task.Reference().String()))
	}
	if err := r.correct(task, draft); err != nil {
		return err
	}
	task.Title = draft.Title
	return errors.Join(r.renameFollowUp(task, draft.Title), r.followCorrected(draft.Meeting, task))
}

// touched tells whether anything but its making and correcting has happened to a task.
func (r *request) touched(task council.Task) (bool, error) {
	if task.Version != 1 {
		return true, nil
	}
	events, err := r.tx.History(task.Reference(), 0, historyPage)
	for _, event := range events {
		own := event.Kind == council.EventCreated || event.Kind == council.EventAttached || event.Kind == council.EventCorrected || event.Kind == council.EventNoted
		if !own || event.MemberID != task.CreatedBy {
			return true, err
		}
	}
	return false, err
}

// correct makes the task what the edited command says.
func (r *request) correct(task council.Task, draft taskDraft) error {
	if draft.Due.Outcome == reading.Found {
		deadline := r.deadlineOf(draft.Due)
		draft.At, draft.Zone = deadline.At, deadline.Zone
	}
	corrected := task
	corrected.Title, corrected.FullText, corrected.EvaluationID = draft.Title, draft.FullText, draft.Evaluation
	corrected.Deadline, corrected.DeadlineAsked, corrected.Recurrence = draft.deadline(), draft.asksDeadline(), draft.Recurrence
	if corrected.Recurrence != nil {
		corrected.Deadline = r.deadlineAt(corrected.Recurrence.Next(r.now, r.city.Timing.Calendar))
		corrected.DeadlineAsked = false
	}
	corrected.Assignees = council.AssignTo(draft.MemberIDs...)
	corrected.Partners = nil
	corrected, err := r.shareNew(corrected, draft.Partners)
	if err != nil {
		return err
	}
	if err := r.keepTask(task, corrected, taskChange{event: council.EventCorrected}); err != nil {
		return err
	}
	if _, err := r.tellReassigned(task, corrected); err != nil {
		return err
	}
	if err := r.keepMaking(corrected); err != nil {
		return err
	}
	if r.private {
		if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
			return err
		}
		if err := r.awaitDateOf(corrected); err != nil {
			return err
		}
	}
	return r.refreshCards(corrected, r.draftExtra(r.speak, corrected, draft))
}

// keepMaking lets the making of a task be undone: it becomes a cancelled one,
// and its assignees are told.
func (r *request) keepMaking(task council.Task) error {
	cancelled := task
	cancelled.State = council.TaskCancelled
	undo := store.Undo{Subject: task.Reference().String(), MemberID: r.actor.ID, Version: task.Version, ChangedAt: r.now}
	for _, assignee := range task.Assignees {
		if assignee.MemberID != 0 {
			undo.Told = append(undo.Told, assignee.MemberID)
		}
	}
	return r.tx.KeepUndo(undo, cancelled)
}
