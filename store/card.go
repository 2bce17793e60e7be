package store

// Card is the one message of the bot about a thing in a chat.
type Card struct {
	ID        int64
	Subject   string // "T-12"
	Kind      string // which face of the thing: "task", "check", …
	ChatID    int64
	ThreadID  int
	MessageID int // 0: not sent yet, or to be sent afresh
}

// Card finds the card of a subject in a chat, and makes it if there is none.
func (tx *Tx) Card(subject, kind string, chatID int64, threadID int) (Card, error) {
	id, made, err := tx.insertNew(`INSERT INTO card (subject, kind, chat_id, thread_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, subject, kind, chatID, threadID)
	if err != nil || made {
		return Card{ID: id, Subject: subject, Kind: kind, ChatID: chatID, ThreadID: threadID}, err
	}
	return one(tx, scanCard, `SELECT id, subject, kind, chat_id, thread_id, message_id FROM card
		WHERE subject = ? AND kind = ? AND chat_id = ? AND thread_id = ?`, subject, kind, chatID, threadID)
}

// Cards lists the cards of a subject over all chats.
func (tx *Tx) Cards(subject string) ([]Card, error) {
	return all(tx, scanCard, `SELECT id, subject, kind, chat_id, thread_id, message_id FROM card WHERE subject = ? ORDER BY id`, subject)
}

// CardByID finds a card.
func (tx *Tx) CardByID(id int64) (Card, error) {
	return one(tx, scanCard, `SELECT id, subject, kind, chat_id, thread_id, message_id FROM card WHERE id = ?`, id)
}

// StandCard makes a message of the bot the card of a thing, where the card has none yet.
func (tx *Tx) StandCard(id int64, messageID int) error {
	return tx.run(`UPDATE card SET message_id = ? WHERE id = ? AND message_id = 0`, messageID, id)
}

// ForgetCardMessage makes the card be sent afresh when it is next needed, as
// after its message was deleted. The topic may be taken away with it.
func (tx *Tx) ForgetCardMessage(id int64, threadID int) error {
	if err := tx.run(keepFormer+` WHERE id = ? AND message_id <> 0`, id); err != nil {
		return err
	}
	return tx.run(`UPDATE OR REPLACE card SET message_id = 0, thread_id = ? WHERE id = ?`, threadID, id)
}

// LeaveCard makes a message a card no longer; what it is about stays known. What
// waits to be shown on it is not.
func (tx *Tx) LeaveCard(id int64) error {
	for _, statement := range []string{
		keepFormer + ` WHERE id = ? AND message_id <> 0`,
		`UPDATE outbox SET state = 'never', reason = 'the card is gone', ended_at = created_at, payload = '' WHERE card_id = ? AND state = 'queued'`,
		`DELETE FROM card WHERE id = ?`,
	} {
		if err := tx.run(statement, id); err != nil {
			return err
		}
	}
	return nil
}

// keepFormer keeps what messages are about that are about to be cards no longer.
const keepFormer = `INSERT OR REPLACE INTO message (chat_id, message_id, subject, kind) SELECT chat_id, message_id, subject, kind FROM card`

func scanCard(row scanner) (Card, error) {
	var card Card
	err := row.Scan(&card.ID, &card.Subject, &card.Kind, &card.ChatID, &card.ThreadID, &card.MessageID)
	return card, err
}

// MessageAbout tells what a message of the bot is about, ErrNotFound if about
// nothing that carries a reference.
func (tx *Tx) MessageAbout(chatID int64, messageID int) (subject, kind string, err error) {
	type pair struct{ subject, kind string }
	found, err := one(tx, func(row scanner) (pair, error) {
		var p pair
		err := row.Scan(&p.subject, &p.kind)
		return p, err
	}, `SELECT subject, kind FROM message WHERE chat_id = ?1 AND message_id = ?2 UNION ALL
		SELECT subject, kind FROM card WHERE chat_id = ?1 AND message_id = ?2 AND message_id <> 0 LIMIT 1`, chatID, messageID)
	return found.subject, found.kind, err
}

// Shown tells whether a message of this kind about a subject, which is no card, is known to
// be in a chat or is on its way there.
func (tx *Tx) Shown(chatID int64, subject, kind string) (bool, error) {
	return one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM message WHERE chat_id = ?1 AND subject = ?2 AND kind = ?3)
		OR EXISTS (SELECT 1 FROM outbox WHERE chat_id = ?1 AND ended_at IS NULL AND card_id IS NULL
			AND json_extract(payload, '$.subject') = ?2 AND json_extract(payload, '$.about') = ?3)`, chatID, subject, kind)
}

// CardAt finds the card that a message is; ErrNotFound if it is none, or no
// longer the current one.
func (tx *Tx) CardAt(chatID int64, messageID int) (Card, error) {
	return one(tx, scanCard, `SELECT id, subject, kind, chat_id, thread_id, message_id FROM card WHERE chat_id = ? AND message_id = ? AND message_id <> 0`, chatID, messageID)
}
