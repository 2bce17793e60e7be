package bot

import (
	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
)

// editHandler takes a message of a person after it was edited.
type editHandler func(r *request, message *models.Message) error

// commandEdits maps commands to what corrects what they have made, as long as
// nobody has touched that since.
func commandEdits() map[string]editHandler {
	return map[string]editHandler{
		"newtask":  (*request).correctTask,
		"remind":   (*request).correctReminder,
		"ask":      (*request).correctQuestion,
		"idea":     (*request).correctIdea,
		"answer":   (*request).correctAnswer,
		"announce": (*request).editAnnouncement,
		"prompt":   (*request).correctPrompt,

		"newmeeting": (*request).correctMeeting,

		"minutes":   (*request).correctMinutes,
		"decisions": (*request).correctMinutes,
	}
}

// replyEdits maps things, by their letter, to what takes an edited reply to a
// message about them.
func replyEdits() map[byte]editHandler {
	return map[byte]editHandler{
		council.PromptLetter:   (*request).editedAnswer,
		council.QuestionLetter: (*request).correctAnswer,
		council.MeetingLetter:  (*request).correctMinutes,
		council.TaskLetter:     (*request).editedComment,
	}
}

// onEdit corrects what an edited message has made or said.
func (r *request) onEdit(message *models.Message) error {
	if message.From == nil || message.From.IsBot {
		return nil
	}
	text, entities := body(message)
	word, _, _, isCommand := splitCommand(text, entities)
	correct, corrects := commandEdits()[r.words[foldCommand(word)].name]
	if isCommand != corrects {
		return nil
	}
	thread := 0
	if message.IsTopicMessage {
		thread = message.MessageThreadID
	}
	if err := r.enter(message.Chat, thread, message.From); err != nil {
		return err
	}
	r.message, r.text, r.entities = message, text, entities
	r.readAgainst(message.EditDate)
	if corrects {
		return correct(r, message)
	}
	if err := r.findAbout(message); err != nil {
		return err
	}
	if take, known := replyEdits()[r.about.Letter]; known {
		return take(r, message)
	}
	if r.about.IsZero() && r.private { // the answer to what the bot had asked
		if err := r.editedAnswer(message); err != nil {
			return err
		}
		return r.correctAnswer(message)
	}
	return nil
}
