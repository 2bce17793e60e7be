package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

const groupColumns = `linked_group.id, linked_group.chat_id, max(linked_group.thread_id, 0), linked_group.title, linked_group.kind,
	linked_group.dimension, linked_group.language, linked_group.reachable`

func scanGroup(row scanner) (council.Group, error) {
	var g council.Group
	err := row.Scan(&g.ID, &g.ChatID, &g.ThreadID, &g.Title, &g.Kind, &g.Dimension, &g.Language, &g.Reachable)
	return g, err
}

// LinkGroup links a chat, or one topic of it, and returns the group. Linking
// again changes what the chat is linked as and keeps the group's id.
func (tx *Tx) LinkGroup(group council.Group) (council.Group, error) {
	tx.linked.forget()
	if err := tx.run(`UPDATE chat SET leave_at = NULL WHERE chat_id = ?`, group.ChatID); err != nil {
		return group, err
	}
	return one(tx, scanGroup, `INSERT INTO linked_group (chat_id, thread_id, title, kind, dimension, language) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (chat_id, thread_id) DO UPDATE SET title = excluded.title, kind = excluded.kind, dimension = excluded.dimension, linked = 1, reachable = 1
		RETURNING `+groupColumns, group.ChatID, group.ThreadID, group.Title, group.Kind, group.Dimension, group.Language)
}

// UnlinkGroup ends a link. The chat is left at leaveAt unless it is linked again.
func (tx *Tx) UnlinkGroup(group council.Group, leaveAt time.Time) error {
	tx.linked.forget()
	tx.rescheduled = true
	if err := tx.run(`UPDATE linked_group SET linked = 0 WHERE id = ?`, group.ID); err != nil {
		return err
	}
	return tx.run(`UPDATE chat SET leave_at = ? WHERE chat_id = ? AND NOT EXISTS
		(SELECT 1 FROM linked_group WHERE linked_group.chat_id = chat.chat_id AND linked = 1)`, milliseconds(leaveAt), group.ChatID)
}

// SetGroupLanguage sets the language in which the bot speaks in a group.
func (tx *Tx) SetGroupLanguage(id int64, language string) error {
	tx.linked.forget()
	return tx.run(`UPDATE linked_group SET language = ? WHERE id = ?`, language, id)
}

// SetGroupTitle keeps the name that a chat has now.
func (tx *Tx) SetGroupTitle(chatID int64, title string) error {
	tx.linked.forget()
	if err := tx.run(`UPDATE chat SET title = ? WHERE chat_id = ?`, title, chatID); err != nil {
		return err
	}
	return tx.run(`UPDATE linked_group SET title = ? WHERE chat_id = ?`, title, chatID)
}

// SetGroupReachable marks the linked groups of a chat that the bot was thrown out of,
// or came back to, and tells whether that changed anything.
func (tx *Tx) SetGroupReachable(chatID int64, reachable bool) (bool, error) {
	tx.linked.forget()
	result, err := tx.exec(`UPDATE linked_group SET reachable = ? WHERE chat_id = ? AND linked = 1 AND reachable <> ?`, reachable, chatID, reachable)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}

// DropTopic makes the link of a deleted topic fall back to the whole chat. Where
// the whole chat is linked as something else, the group keeps its own id and
// only posts there: what is written there belongs to the chat's own link.
func (tx *Tx) DropTopic(chatID int64, threadID int) error {
	tx.linked.forget()
	if threadID == 0 {
		return nil
	}
	for _, statement := range []string{
		`UPDATE OR IGNORE linked_group SET thread_id = -?1 WHERE chat_id = ?2 AND thread_id = 0 AND linked = 0`,
		`UPDATE OR IGNORE linked_group SET thread_id = 0 WHERE thread_id = ?1 AND chat_id = ?2`,
		`UPDATE OR IGNORE linked_group SET thread_id = -?1 WHERE thread_id = ?1 AND chat_id = ?2`,
		`UPDATE outbox SET thread_id = 0 WHERE thread_id = ?1 AND chat_id = ?2 AND ended_at IS NULL`,
	} {
		if err := tx.run(statement, threadID, chatID); err != nil {
			return err
		}
	}
	return nil
}

// FormerGroup finds a group by id, also one that is linked no more.
func (tx *Tx) FormerGroup(id int64) (council.Group, error) {
	return one(tx, scanGroup, `SELECT `+groupColumns+` FROM linked_group WHERE id = ?`, id)
}

// Joined records that the bot came into a chat; unless it is linked, it leaves at leaveAt.
func (tx *Tx) Joined(chatID int64, title string, at, leaveAt time.Time) error {
	tx.rescheduled = true
	return tx.run(`INSERT INTO chat (chat_id, title, joined_at, leave_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat_id) DO UPDATE SET title = excluded.title, joined_at = excluded.joined_at,
		leave_at = CASE WHEN EXISTS (SELECT 1 FROM linked_group WHERE linked_group.chat_id = excluded.chat_id AND linked = 1) THEN NULL ELSE excluded.leave_at END`,
		chatID, title, milliseconds(at), milliseconds(leaveAt))
}

// ForgetChat forgets a chat in which the bot is no longer.
func (tx *Tx) ForgetChat(chatID int64) error {
	return tx.run(`UPDATE chat SET leave_at = NULL WHERE chat_id = ?`, chatID)
}

// ToLeave lists the chats that nobody has linked in time.
func (tx *Tx) ToLeave(now time.Time) ([]int64, error) {
	return all(tx, scalar[int64], `SELECT chat_id FROM chat WHERE leave_at <= ? ORDER BY chat_id`, milliseconds(now))
}

// NextLeave is when the next unlinked chat is left; ErrNotFound if there is none.
func (tx *Tx) NextLeave() (time.Time, error) {
	ms, err := one(tx, scalar[int64], `SELECT leave_at FROM chat WHERE leave_at IS NOT NULL ORDER BY leave_at LIMIT 1`)
	return moment(ms), err
}

// SeenIn records that a person is in a chat.
func (tx *Tx) SeenIn(memberID, chatID int64) error {
	return tx.run(`INSERT INTO membership (member_id, chat_id) VALUES (?, ?) ON CONFLICT DO NOTHING`, memberID, chatID)
}

// Left records that a person is no longer in a chat.
func (tx *Tx) Left(memberID, chatID int64) error {
	return tx.run(`DELETE FROM membership WHERE member_id = ? AND chat_id = ?`, memberID, chatID)
}

// MembersOf lists the people the bot knows in a group, but for those who have handed
// everything over.
func (tx *Tx) MembersOf(chatID int64) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member JOIN membership ON membership.member_id = member.id
		WHERE membership.chat_id = ? AND rests = 0 ORDER BY member.name, member.id`, chatID)
}
