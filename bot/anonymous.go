package bot

import (
	"encoding/json"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/store"
)

// dialogWho is a command of an anonymous administrator that waits for somebody
// to say who it was. Its row stands under the message's number, so that several
// can wait in one chat.
const dialogWho = "who"

// whoAreYou asks an anonymous administrator to press a button: a press tells
// who it is.
func (r *request) whoAreYou(message *models.Message) error {
	word, _, _, isCommand := splitCommand(body(message))
	if message.IsAutomaticForward || !isCommand && message.ReplyToMessage == nil {
		return nil
	}
	if !r.linked() && !r.openToAll(word) {
		return nil
	}
	kept, err := json.Marshal(whatCounts(message))
	if err != nil {
		return err
	}
	waiting := store.Dialog{ChatID: r.chatID, MemberID: -int64(message.ID), Kind: dialogWho, Data: string(kept)}
	if err := r.tx.SetDialog(waiting, r.now); err != nil {
		return err
	}
	return r.reply(r.speak.Say("people.who"), []store.Button{button(r.speak, "who", pressWho, message.ID)})
}

// whatCounts is a message without what a conversation does not look at.
func whatCounts(message *models.Message) models.Message {
	kept := models.Message{
		ID: message.ID, Date: message.Date, Chat: models.Chat{ID: message.Chat.ID, Type: message.Chat.Type, Title: message.Chat.Title},
		MessageThreadID: message.MessageThreadID, IsTopicMessage: message.IsTopicMessage,
		Text: message.Text, Entities: message.Entities, Caption: message.Caption, CaptionEntities: message.CaptionEntities,
		Document: message.Document, Photo: message.Photo,
	}
	if reply := message.ReplyToMessage; reply != nil {
		kept.ReplyToMessage = &models.Message{
			ID: reply.ID, From: reply.From, Date: reply.Date, Chat: kept.Chat, Text: reply.Text, Entities: reply.Entities,
			Caption: reply.Caption, CaptionEntities: reply.CaptionEntities, Document: reply.Document, Photo: reply.Photo,
		}
	}
	return kept
}

// pressWho carries out the command that waits, as the person who pressed; once.
// When the rules refuse it to that person, it goes on waiting for somebody else.
func (r *request) pressWho(arguments pressArguments) error {
	key := -arguments.number(0)
	waiting, err := r.tx.Dialog(r.chatID, key)
	if notFoundIsNil(err) != nil {
		return err
	}
	if err != nil || waiting.Kind != dialogWho || key >= 0 {
		return r.toast(r.speak.Say("press.stale"))
	}
	var message models.Message
	if err := json.Unmarshal([]byte(waiting.Data), &message); err != nil {
		return err
	}
	if err := r.carryOut(&message); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, key); err != nil {
		return err
	}
	if err := r.toast(r.speak.Say("people.who_done")); err != nil {
		return err
	}
	return r.edit(r.speak.Say("people.who_done"))
}

// carryOut answers a message as if the person who pressed had sent it.
func (r *request) carryOut(message *models.Message) error {
	press := r.press
	defer func() { r.press, r.message = press, nil }()
	r.press, r.message = nil, message
	r.readAgainst(message.Date)
	return r.onWords(message)
}
