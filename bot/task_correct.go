package bot

import (
	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// onEdit corrects what an edited command has made, as long as nobody has
// touched it since.
func (r *request) onEdit(message *models.Message) error {
	text, entities := body(message)
	word, _, _, isCommand := splitCommand(text, entities)
	if !isCommand || r.words[foldCommand(word)].name != "newtask" || message.From == nil || message.From.IsBot {
		return nil
	}
	thread := 0
	if message.IsTopicMessage {
		thread = message.MessageThreadID
	}
	if err := r.enter(message.Chat, thread, message.From); err != nil {
		return err
	}
	r.message = message
	r.readAgainst(message.EditDate)
	task, err := r.tx.TaskByCommand(message.Chat.ID, message.ID)
	if err != nil || task.CreatedBy != r.actor.ID {
		return notFoundIsNil(err)
	}
	if err := r.may(council.ActionCorrect, r.scope(task)); err != nil {
		return err
	}
	events, err := r.tx.History(task.Reference(), 0, historyPage)
	if err != nil {
		return err
	}
	if touched(task, events) {
		return council.Refuse("touched_since", "Reference", task.Reference().String())
	}
	return r.correct(task, text, entities)
}

// touched tells whether anything but its making has happened to a task.
func touched(task council.Task, events []store.Happening) bool {
	if task.Version != 1 {
		return true
	}
	for _, event := range events {
		if event.Kind != council.EventCreated && event.Kind != council.EventAttached && event.Kind != council.EventCorrected {
			return true
		}
	}
	return false
}

func (r *request) correct(task council.Task, text string, entities []models.MessageEntity) error {
	line, err := r.readTaskLine(text, entities)
	if err != nil {
		return err
	}
	corrected := task
	if line.Title != "" {
		corrected.Title, corrected.FullText = line.Title, line.FullText
	}
	draft := draftOf(line)
	if line.Due.Outcome == reading.Found {
		deadline := r.deadlineOf(line.Due)
		draft.At, draft.Zone = deadline.At, deadline.Zone
	}
	corrected.Deadline, corrected.DeadlineAsked, corrected.Recurrence = draft.deadline(), draft.asksDeadline(), line.Recurrence
	if corrected.Recurrence != nil {
		corrected.Deadline = r.deadlineAt(corrected.Recurrence.Next(r.now, r.city.Timing.Calendar))
		corrected.DeadlineAsked = false
	}
	corrected.Assignees = council.AssignTo(line.MemberIDs...)
	if err := r.tx.SaveTask(corrected, r.now); err != nil {
		return err
	}
	if err := r.record(task.Reference(), council.EventCorrected, ""); err != nil {
		return err
	}
	if err := r.planTask(corrected); err != nil {
		return err
	}
	if _, err := r.tellReassigned(task, corrected); err != nil {
		return err
	}
	return r.refreshCards(corrected, r.draftExtra(r.speak, corrected, draft))
}
