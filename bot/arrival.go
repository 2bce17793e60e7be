package bot

import (
	"encoding/json"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
)

// arrival is one update on its way from Telegram to a conversation.
type arrival struct {
	id      int64
	chatID  int64
	raw     []byte
	update  models.Update
	failure string // why it could not be decoded; never people's words
	forBot  bool
}

// thread is the topic in which somebody wrote or pressed, 0 for the general one.
func (a arrival) thread() int {
	message := a.update.Message
	if press := a.update.CallbackQuery; press != nil {
		message = press.Message.Message
	}
	if message == nil || !message.IsTopicMessage {
		return 0
	}
	return message.MessageThreadID
}

// wanted tells whether the update is kept: what is not for the bot is dropped
// before anything is stored.
func (a arrival) wanted() bool { return a.forBot || a.failure != "" }

// read decodes one update and hides long digit runs. What cannot be decoded
// comes back with a failure, so that one bad update stops nobody.
func (b *Bot) read(text json.RawMessage) arrival {
	if decoded := b.decode(0, maskUpdate(text)); decoded.failure == "" {
		decoded.id = decoded.update.ID
		return decoded
	}
	var head struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return arrival{}
	}
	return b.decode(head.ID, maskUpdate(text))
}

// undecodable is the kind of those updates that are set aside unread.
const undecodable = "undecodable"

func (b *Bot) decode(id int64, raw []byte) (a arrival) {
	a = arrival{id: id, raw: raw}
	defer func() {
		if recover() != nil { // in the library: whoever wrote this must not stop the program
			a.update, a.failure = models.Update{}, "the telegram library stumbles over it"
		}
	}()
	err := json.Unmarshal(raw, &a.update)
	if err != nil {
		a.failure = "the telegram library cannot decode it"
		return a
	}
	a.chatID, a.forBot = b.forBot(a.update)
	if a.update.Poll != nil {
		if a.raw, err = bareCounts(a.update); err != nil {
			a.failure = "its counts cannot be kept"
		}
	}
	return a
}

// forBot tells which chat an update belongs to and whether it is for the bot:
// everything in private; in groups commands, replies to the bot, presses, and
// who comes and goes. Where the bot could see more it does not look, and what names no
// chat cannot be answered.
func (b *Bot) forBot(update models.Update) (chatID int64, wanted bool) {
	switch {
	case update.Message != nil:
		return update.Message.Chat.ID, b.messageForBot(update.Message, update.Message.Chat.Type == models.ChatTypePrivate)
	case update.EditedMessage != nil:
		return update.EditedMessage.Chat.ID, b.messageForBot(update.EditedMessage, update.EditedMessage.Chat.Type == models.ChatTypePrivate)
	case update.CallbackQuery != nil:
		chat, _ := pressedMessage(update.CallbackQuery)
		return chat.ID, chat.ID != 0
	case update.MyChatMember != nil:
		chat := update.MyChatMember.Chat
		return chat.ID, chat.ID != 0 && chat.Type != models.ChatTypeChannel
	case update.Poll != nil:
		return 0, true // of no chat; what is none of the bot's is passed over
	}
	return 0, false
}

func (b *Bot) messageForBot(message *models.Message, private bool) bool {
	if message.Chat.ID == 0 || message.Chat.Type == models.ChatTypeChannel {
		return false
	}
	if _, addressee, _, isCommand := splitCommand(body(message)); isCommand {
		return addressee == "" || council.FoldUsername(addressee) == council.FoldUsername(b.Username())
	}
	if private {
		return true
	}
	if message.ReplyToMessage != nil && message.ReplyToMessage.From != nil && message.ReplyToMessage.From.ID == b.id.Load() {
		return true
	}
	return len(message.NewChatMembers) > 0 || message.LeftChatMember != nil || message.NewChatTitle != "" ||
		message.MigrateToChatID != 0 || message.MigrateFromChatID != 0
}

// migration tells that a group has become a supergroup: both the old and the
// new chat say so, in either order.
func migration(message *models.Message) (before, after int64, moved bool) {
	switch {
	case message == nil:
		return 0, 0, false
	case message.MigrateFromChatID != 0:
		return message.MigrateFromChatID, message.Chat.ID, true
	}
	return message.Chat.ID, message.MigrateToChatID, message.MigrateToChatID != 0
}

// body gives a message's text with its entities, or its caption with those.
func body(message *models.Message) (string, []models.MessageEntity) {
	if message.Text != "" {
		return message.Text, message.Entities
	}
	return message.Caption, message.CaptionEntities
}

// pressedMessage tells on which message of which chat a button was pressed. An
// old message is known by its id only.
func pressedMessage(press *models.CallbackQuery) (models.Chat, int) {
	switch {
	case press.Message.Message != nil:
		return press.Message.Message.Chat, press.Message.Message.ID
	case press.Message.InaccessibleMessage != nil:
		return press.Message.InaccessibleMessage.Chat, press.Message.InaccessibleMessage.MessageID
	}
	return models.Chat{}, 0
}

// displayName is the name Telegram shows for a person.
func displayName(user *models.User) string {
	return strings.TrimSpace(user.FirstName + " " + user.LastName)
}
