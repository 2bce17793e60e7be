package bot

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/store"
)

// result is how an attempt to send ended.
type result struct {
	ending    ending
	messageID int
	others    []int         // further messages of an album
	poll      *sentPoll     // that was posted or closed
	delay     time.Duration // before the next attempt, for endedLater
	err       error
}

type ending int

const (
	endedSent    ending = iota
	endedLater          // no connection, 429, 5xx: the same again, when it may work
	endedNever          // blocked, gone, bad text: it will not work
	endedUnknown        // the line broke after the request went out
	endedAfresh         // the message to edit is gone: it is sent anew
	endedTopic          // the topic is gone: it goes to the general one
	endedMoved          // the group became a supergroup
	endedKept           // the message is too old to be taken back
)

// attempt makes one request for a row and says how it ended.
func (s *sender) attempt(ctx context.Context, out store.Outgoing) result {
	var message sentMessage
	err := s.request(ctx, out, &message)
	if err == nil || errors.Is(err, errUnreadable) {
		return result{ending: endedSent, messageID: max(message.ID, out.MessageID), others: message.others, poll: message.Poll}
	}
	return result{ending: classify(out, err), messageID: out.MessageID, err: err}
}

// sentMessage is all that is read of a message that was sent. The whole of it
// may hold what the library cannot decode, as in the message it replies to.
type sentMessage struct {
	ID     int       `json:"message_id"`
	Poll   *sentPoll `json:"poll"`
	others []int
}

func (s *sender) request(ctx context.Context, out store.Outgoing, message *sentMessage) error {
	switch {
	case out.Kind == store.KindAnswer:
		return s.bot.send.call(ctx, "answerCallbackQuery", telegram.AnswerCallbackQueryParams{
			CallbackQueryID: out.Payload.PressID, Text: shorten(out.Payload.Text, toastLimit), ShowAlert: out.Payload.Alert,
		}, nil)
	case out.Kind == store.KindLeave:
		return s.bot.send.call(ctx, "leaveChat", telegram.LeaveChatParams{ChatID: out.ChatID}, nil)
	case out.Kind == store.KindCommands:
		return s.bot.sendMenu(ctx, out)
	case isPoll(out):
		return s.sendPoll(ctx, out, message)
	case out.Kind == store.KindDelete:
		return s.bot.send.call(ctx, "deleteMessage", telegram.DeleteMessageParams{ChatID: out.ChatID, MessageID: out.MessageID}, nil)
	case out.MessageID != 0:
		return s.edit(ctx, out, message)
	case len(out.Payload.Files) > 0:
		return s.sendFiles(ctx, out, message)
	}
	return s.bot.send.call(ctx, "sendMessage", messageParameters(out), message)
}

// Telegram's limits on texts, in characters: TDLib counts code points after
// parsing (MessageContent.cpp), other than in entities, which count UTF-16 units.
const (
	textLimit    = 4096
	captionLimit = 1024
	toastLimit   = 200
)

// edit changes the words of a message; those of a file stand below it.
func (s *sender) edit(ctx context.Context, out store.Outgoing, message *sentMessage) error {
	err := s.bot.send.call(ctx, "editMessageText", editParameters(out), message)
	if !isCaption(err) || !fits(out.Payload.Text, captionLimit) {
		return err
	}
	return s.bot.send.call(ctx, "editMessageCaption", telegram.EditMessageCaptionParams{
		ChatID: out.ChatID, MessageID: out.MessageID, Caption: out.Payload.Text, ReplyMarkup: markup(out.Payload),
	}, message)
}

// isCaption tells whether a message could not be edited as a text since its words
// stand below a file.
func isCaption(err error) bool {
	var failed *apiError
	return errors.As(err, &failed) && strings.Contains(failed.Description, "there is no text in the message to edit")
}

func messageParameters(out store.Outgoing) telegram.SendMessageParams {
	parameters := telegram.SendMessageParams{
		ChatID: out.ChatID, MessageThreadID: out.ThreadID, Text: shorten(out.Payload.Text, textLimit),
		LinkPreviewOptions: withoutPreview, DisableNotification: out.Payload.Silent, ReplyMarkup: markup(out.Payload),
	}
	if out.Payload.ReplyTo != 0 {
		parameters.ReplyParameters = &models.ReplyParameters{MessageID: out.Payload.ReplyTo, AllowSendingWithoutReply: true}
	}
	return parameters
}

func editParameters(out store.Outgoing) telegram.EditMessageTextParams {
	return telegram.EditMessageTextParams{
		ChatID: out.ChatID, MessageID: out.MessageID, Text: shorten(out.Payload.Text, textLimit),
		LinkPreviewOptions: withoutPreview, ReplyMarkup: markup(out.Payload),
	}
}

var withoutPreview = &models.LinkPreviewOptions{IsDisabled: telegram.True()}

func markup(payload store.Payload) models.ReplyMarkup {
	if payload.ForceReply {
		return models.ForceReply{ForceReply: true, Selective: true, InputFieldPlaceholder: shorten(payload.Placeholder, 64)}
	}
	if len(payload.Buttons) == 0 {
		return nil
	}
	keyboard := make([][]models.InlineKeyboardButton, len(payload.Buttons))
	for i, row := range payload.Buttons {
		for _, button := range row {
			keyboard[i] = append(keyboard[i], models.InlineKeyboardButton{Text: button.Text, CallbackData: button.Data, URL: button.URL})
		}
	}
	return models.InlineKeyboardMarkup{InlineKeyboard: keyboard}
}

// shorten cuts a text that is too long for Telegram, and shows that it did.
func shorten(text string, limit int) string {
	if fits(text, limit) {
		return text
	}
	return string([]rune(text)[:limit-1]) + "…"
}

func fits(text string, limit int) bool {
	return len(text) <= limit || utf8.RuneCountInString(text) <= limit
}

// classify reads what went wrong (the wording is Telegram's own).
func classify(out store.Outgoing, err error) ending {
	var line *lineError
	var failed *apiError
	switch {
	case errors.As(err, &line) && line.Written && !repeatable(out):
		return endedUnknown
	case errors.Is(err, errNotMade):
		return endedNever
	case !errors.As(err, &failed):
		return endedLater
	case failed.MigrateTo != 0:
		return endedMoved
	case failed.Code == http.StatusTooManyRequests || failed.Code >= http.StatusInternalServerError, tokenRefused(err),
		failed.Code == http.StatusConflict:
		return endedLater
	case strings.Contains(failed.Description, "message is not modified"), strings.Contains(failed.Description, "message to delete not found"):
		return endedSent
	case strings.Contains(failed.Description, "message can't be deleted"), out.Kind == store.KindDelete && out.MessageID == 0:
		return endedKept
	case out.ThreadID != 0 && topicGone(failed.Description):
		return endedTopic
	case out.MessageID != 0 && !isPoll(out) && (strings.Contains(failed.Description, "message to edit not found") ||
		strings.Contains(failed.Description, "message can't be edited") || isCaption(err)):
		return endedAfresh
	}
	return endedNever
}

// topicGone tells whether a topic cannot be written to any more: it was removed, or closed.
func topicGone(description string) bool {
	return strings.Contains(description, "message thread not found") || strings.Contains(description, "TOPIC_CLOSED") || strings.Contains(description, "TOPIC_DELETED")
}

// tokenRefused tells whether Telegram does not know the bot. Nothing is lost by
// that: the receiver ends the program.
func tokenRefused(err error) bool {
	var failed *apiError
	return errors.As(err, &failed) && (failed.Code == http.StatusUnauthorized || failed.Code == http.StatusNotFound)
}

// repeatable tells whether doing it twice is the same as doing it once.
func repeatable(out store.Outgoing) bool {
	return out.Kind == store.KindAnswer || out.Kind == store.KindLeave || out.Kind == store.KindCommands || out.MessageID != 0
}
