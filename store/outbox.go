package store

import (
	"encoding/json"
	"time"
)

// Kind of what goes out.
type Kind string

// Kinds of outgoing rows.
const (
	KindMessage  Kind = "message"  // a new message
	KindCard     Kind = "card"     // the one message about a thing: sent, or edited where it stands
	KindEdit     Kind = "edit"     // a message known by its id is edited
	KindDelete   Kind = "delete"   // a message is taken back: that of a card, or one known by its id
	KindAnswer   Kind = "answer"   // the answer to a press
	KindLeave    Kind = "leave"    // the bot leaves the chat
	KindCommands Kind = "commands" // the menu of a chat
	KindFetch    Kind = "fetch"    // a file that somebody sent is fetched, and read in the name of who asked
	KindForget   Kind = "forget"   // a content of the vault is removed, unless something needs it
	KindCompact  Kind = "compact"  // the database is written anew, without what was erased
	KindPoll     Kind = "poll"     // a poll is posted
	KindStopPoll Kind = "stoppoll" // a poll known by its message is closed, and its last counts come back
)

// Priority of what goes out; a lower number leaves first.
type Priority int

// Priorities.
const (
	PriorityPress     Priority = 0
	PriorityAnswer    Priority = 1
	PriorityReminder  Priority = 2
	PriorityBroadcast Priority = 3
)

// Button is one inline button: either Data comes back on a press, or URL opens.
type Button struct {
	Text string `json:"t"`
	Data string `json:"d,omitempty"`
	URL  string `json:"u,omitempty"`
}

// Outgoing is one thing to be sent. Text is plain, without markup.
type Outgoing struct {
	ID        int64
	ChatID    int64
	ThreadID  int
	Kind      Kind
	Priority  Priority
	CardID    int64
	First     bool   // the card was made just now: no older face of it can be waiting
	MessageID int    // of the message to edit; for cards where it stands, 0 to send afresh
	UniqueKey string // a second row with the same key is not made
	NotBefore time.Time
	Attempts  int // how often the line broke after the request had gone out
	Payload   Payload
}

// Payload is what is said.
type Payload struct {
	Text        string     `json:"text,omitempty"`
	Files       []File     `json:"files,omitempty"` // that go with the text, see bot.queueWithFiles
	Buttons     [][]Button `json:"buttons,omitempty"`
	ReplyTo     int        `json:"reply_to,omitempty"`
	ForceReply  bool       `json:"force_reply,omitempty"` // asks the one replied to for an answer
	Placeholder string     `json:"placeholder,omitempty"`
	PressID     string     `json:"press,omitempty"`
	Alert       bool       `json:"alert,omitempty"`
	MessageID   int        `json:"message,omitempty"` // for KindEdit
	Subject     string     `json:"subject,omitempty"` // what the message is about, for replies to it
	About       string     `json:"about,omitempty"`   // the kind of message, beside Subject
	Silent      bool       `json:"silent,omitempty"`
	EditOnly    bool       `json:"edit_only,omitempty"` // not sent afresh where the message to edit is gone
	Language    string     `json:"language,omitempty"`  // for KindCommands
	Scope       string     `json:"scope,omitempty"`     // for KindCommands
	Fetch       *Fetch     `json:"fetch,omitempty"`     // for KindFetch
	Forget      string     `json:"forget,omitempty"`    // for KindForget: the hash of the content
	Poll        *Poll      `json:"poll,omitempty"`      // for KindPoll and KindStopPoll
}

// File is a file that goes out: one that Telegram keeps, or one that is made at
// the moment when it is sent.
type File struct {
	Kind      string   `json:"kind"`           // as of an Attachment
	FileID    string   `json:"id,omitempty"`   // of a file that Telegram keeps
	Maker     string   `json:"make,omitempty"` // what makes one that Telegram does not have
	Arguments []string `json:"of,omitempty"`   // of what it is made: ids, states and dates
	Name      string   `json:"name,omitempty"`
}

// Fetch is a file to be fetched from Telegram and handed to whatever reads it.
type Fetch struct {
	FileID    string `json:"file"`
	Purpose   string `json:"purpose"`         // what reads it
	MemberID  int64  `json:"member"`          // in whose name it is read
	MessageID int    `json:"message"`         // which message asked for it
	Limit     int    `json:"limit"`           // how many bytes it may have
	Words     string `json:"words,omitempty"` // what was written beside it
	Until     int64  `json:"until"`           // unix milliseconds of real time after which a file that cannot be fetched is given up
}

// Queued tells the sender that a row waits for it.
type Queued struct {
	ID        int64
	ChatID    int64
	Kind      Kind
	Priority  Priority
	NotBefore time.Time
	Messages  int  // how many it is in Telegram's limits: as many as the files of an album, 1 for all else
	Again     bool // it may have arrived already: the line broke, or the program ended, while it was sent
}

// queuedRow is a row queued in this transaction, with all of it where it is known.
type queuedRow struct {
	Queued
	out *Outgoing
}

// OnQueued sets the function that hears of every row queued by a committed
// transaction. It is called on the writer's goroutine and must return at once.
func (s *Store) OnQueued(hear func([]Queued)) {
	s.hookMutex.Lock()
	defer s.hookMutex.Unlock()
	s.queued = hear
}

func (s *Store) announce(queued []Queued) {
	s.hookMutex.Lock()
	defer s.hookMutex.Unlock()
	if s.queued != nil && len(queued) > 0 {
		s.queued(queued)
	}
}

// Queue puts something into the outbox. A row with a UniqueKey that was there
// before is not made again. An unsent card is overtaken by its newer face.
func (tx *Tx) Queue(out Outgoing, now time.Time) error {
	payload, err := json.Marshal(out.Payload)
	if err != nil {
		return err
	}
	if out.CardID != 0 && !out.First {
		replaced, err := tx.replaceCard(out, payload)
		if err != nil || replaced {
			return err
		}
	}
	id, made, err := tx.insertNew(`INSERT INTO outbox (chat_id, thread_id, kind, priority, payload, card_id, unique_key, not_before, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (unique_key) DO NOTHING`,
		out.ChatID, out.ThreadID, out.Kind, out.Priority, string(payload), nullID(out.CardID), nullText(out.UniqueKey), notBefore(out.NotBefore), milliseconds(now))
	if err != nil || !made {
		return err
	}
	tx.queued = append(tx.queued, queuedRow{out.queued(id, out.NotBefore), &out})
	return nil
}

// queued is a row as the sender hears of it.
func (out Outgoing) queued(id int64, notBeforeMoment time.Time) Queued {
	return Queued{ID: id, ChatID: out.ChatID, Kind: out.Kind, Priority: out.Priority, NotBefore: notBeforeMoment, Messages: max(1, len(out.Payload.Files)), Again: out.Attempts > 0}
}

func nullID(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func nullText(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func notBefore(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return milliseconds(t)
}

// OpenOutbox lists the rows that wait to be sent, oldest first. What was being
// sent when the program was killed may have arrived: it is listed too, once
// Interrupted has been called.
func (tx *Tx) OpenOutbox() ([]Queued, error) {
	return all(tx, func(row scanner) (Queued, error) {
		var queued Queued
		var ms int64
		err := row.Scan(&queued.ID, &queued.ChatID, &queued.Kind, &queued.Priority, &ms, &queued.Messages, &queued.Again)
		if ms > 0 {
			queued.NotBefore = moment(ms)
		}
		return queued, err
	}, `SELECT id, chat_id, kind, priority, not_before, max(1, ifnull(json_array_length(payload, '$.files'), 1)), attempts > 0 FROM outbox WHERE ended_at IS NULL AND state = 'queued' ORDER BY +id`) // with + SQLite sorts the open rows instead of reading all in order
}

// Interrupted treats every row that was being sent when the program ended as
// one for which the line broke: it is queued again with one more attempt.
func (tx *Tx) Interrupted() error {
	return tx.run(`UPDATE outbox SET state = 'queued', attempts = attempts + 1 WHERE ended_at IS NULL AND state = 'sending'`)
}

// UnderWay lists what is being sent now, or was when the program that sent it ended.
func (tx *Tx) UnderWay() ([]Outgoing, error) {
	return all(tx, func(row scanner) (Outgoing, error) {
		var out Outgoing
		var payload string
		if err := row.Scan(&out.ID, &out.ChatID, &out.Kind, &out.Priority, &out.Attempts, &payload); err != nil {
			return out, err
		}
		return out, json.Unmarshal([]byte(payload), &out.Payload)
	}, `SELECT id, chat_id, kind, priority, attempts, payload FROM outbox WHERE ended_at IS NULL AND state = 'sending' ORDER BY id`)
}

// Sent ends a row as sent and remembers what the message is about, and the
// other messages of an album.
func (tx *Tx) Sent(out Outgoing, messageID int, now time.Time, others ...int) error {
	if err := tx.end(out.ID, "sent", "", now); err != nil {
		return err
	}
	if messageID == 0 {
		return nil
	}
	if out.CardID != 0 && messageID != out.MessageID {
		if err := tx.run(`UPDATE card SET message_id = ? WHERE id = ? AND chat_id = ?`, messageID, out.CardID, out.ChatID); err != nil {
			return err
		}
	}
	if out.CardID != 0 || out.Payload.Subject == "" && out.Payload.About == "" {
		return nil
	}
	for _, id := range append([]int{messageID}, others...) {
		if err := tx.run(`INSERT INTO message (chat_id, message_id, subject, kind) SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE id = ? AND chat_id = 0)
			ON CONFLICT (chat_id, message_id) DO UPDATE SET subject = excluded.subject, kind = excluded.kind`,
			out.ChatID, id, out.Payload.Subject, out.Payload.About, out.ID); err != nil { // none in a chat that was forgotten meanwhile
			return err
		}
	}
	return nil
}

// Later queues a claimed row again, not before a real moment. attempts is how
// often the line has broken after the request went out. A card that got a newer
// face while it was being sent is dropped in favour of that, which leaves no sooner.
func (tx *Tx) Later(out Outgoing, attempts int, notBeforeMoment time.Time) error {
	result, err := tx.exec(`UPDATE outbox SET state = 'queued', attempts = ?, not_before = ? WHERE id = ? AND state = 'sending'
		AND NOT EXISTS (SELECT 1 FROM outbox AS newer WHERE newer.card_id = outbox.card_id AND newer.state = 'queued')`,
		attempts, notBefore(notBeforeMoment), out.ID)
	if err != nil {
		return err
	}
	if count, err := result.RowsAffected(); err != nil {
		return err
	} else if count == 0 {
		if err := tx.run(`UPDATE outbox SET state = 'sent', reason = 'superseded', attempts = ?, ended_at = ?, payload = '' WHERE id = ? AND state = 'sending'`,
			attempts, notBefore(notBeforeMoment), out.ID); err != nil || out.CardID == 0 {
			return err
		}
		return tx.holdCard(out, notBefore(notBeforeMoment))
	}
	out.Attempts = attempts
	tx.queued = append(tx.queued, queuedRow{Queued: out.queued(out.ID, notBeforeMoment)})
	return nil
}

// SendInstead queues a claimed row again, in its place, with what it says now.
func (tx *Tx) SendInstead(out Outgoing) error {
	payload, err := json.Marshal(out.Payload)
	if err != nil {
		return err
	}
	if err := tx.run(`UPDATE outbox SET payload = ? WHERE id = ?`, string(payload), out.ID); err != nil {
		return err
	}
	return tx.Later(out, out.Attempts, time.Time{})
}

// Never ends a row that cannot be sent, with the reason Telegram gave.
func (tx *Tx) Never(id int64, reason string, now time.Time) error {
	return tx.end(id, "never", reason, now)
}

// Unknown ends a row for which the line broke twice: it may have arrived.
func (tx *Tx) Unknown(id int64, now time.Time) error { return tx.end(id, "unknown", "line broke", now) }

// end blanks what was said, and of a last word to whom.
func (tx *Tx) end(id int64, state, reason string, now time.Time) error {
	return tx.run(`UPDATE outbox SET state = ?, reason = ?, ended_at = ?, payload = '', chat_id = CASE WHEN unique_key GLOB 'last word *' THEN 0 ELSE chat_id END
		WHERE id = ?`, state, reason, milliseconds(now), id)
}

// LastWord is the UniqueKey of something said to a person who is forgotten: once it is
// said, nothing tells to whom.
func LastWord(about string) string { return "last word " + about }

// DropQueued ends every waiting row of a chat that can never be reached again.
// Leaving it is still tried: where the bot may not write it can be inside. So is
// answering a press, which the person sees wherever the bot is, and fetching a file
// that was sent before: Telegram gives it out nevertheless.
func (tx *Tx) DropQueued(chatID int64, reason string, now time.Time) error {
	return tx.run(`UPDATE outbox SET state = 'never', reason = ?, ended_at = ?, payload = '', chat_id = CASE WHEN unique_key GLOB 'last word *' THEN 0 ELSE chat_id END
		WHERE chat_id = ? AND ended_at IS NULL AND state = 'queued' AND kind NOT IN ('leave', 'answer', 'fetch')`,
		reason, milliseconds(now), chatID)
}

// CountOutbox counts the rows that may be sent now (not before now) and those
// that may have been sent twice or not at all, since the line broke.
func (tx *Tx) CountOutbox(now time.Time) (due, unknown int, err error) {
	due, err = one(tx, scalar[int], `SELECT count(*) FROM outbox WHERE ended_at IS NULL AND not_before <= ?`, milliseconds(now))
	if err != nil {
		return 0, 0, err
	}
	unknown, err = one(tx, scalar[int], `SELECT count(*) FROM outbox WHERE attempts > 0`)
	return due, unknown, err
}

// PruneOutbox forgets what ended before the moment.
func (tx *Tx) PruneOutbox(before time.Time) error {
	return tx.run(`DELETE FROM outbox WHERE ended_at < ?`, milliseconds(before))
}
