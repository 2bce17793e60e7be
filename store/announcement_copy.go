package store

import (
	"database/sql"
	"time"

	"github.com/rembuk/rembuk/council"
)

// CopyState is where the latest face of a copy of an announcement stands.
type CopyState string

// States of copies.
const (
	CopyWaiting   CopyState = "waiting"   // in the outbox
	CopyArrived   CopyState = "arrived"   // there, or taken back where that was the latest
	CopyUncertain CopyState = "uncertain" // the line broke at every try: it may be there, its message is not known
	CopyUnreached CopyState = "unreached" // the group or the person cannot be written to
	CopyUnsent    CopyState = "unsent"    // taken back before it left
)

// Missing tells whether it has to be reckoned with that the announcement is not there.
func (state CopyState) Missing() bool { return state == CopyUnreached || state == CopyUncertain }

// AnnouncementCopy is what went to one group or one person.
type AnnouncementCopy struct {
	Number   int64
	GroupID  int64 // 0: to a person
	MemberID int64 // 0: to a group
	CardID   int64 // 0: it never had a message
	State    CopyState
	Arrived  bool // some face of it has arrived
}

func scanCopy(row scanner) (AnnouncementCopy, error) {
	var c AnnouncementCopy
	var card sql.NullInt64
	err := row.Scan(&c.Number, &c.GroupID, &c.MemberID, &card, &c.State, &c.Arrived)
	c.CardID = card.Int64
	return c, err
}

const copyColumns = `number, group_id, member_id, card_id, state, arrived_at IS NOT NULL`

// SaveCopy keeps a copy as it stands now.
func (tx *Tx) SaveCopy(c AnnouncementCopy) error {
	return tx.run(`INSERT INTO announcement_copy (number, group_id, member_id, card_id, state) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (number, group_id, member_id) DO UPDATE SET card_id = excluded.card_id, state = excluded.state`,
		c.Number, c.GroupID, c.MemberID, nullID(c.CardID), c.State)
}

// Copies lists the copies of an announcement, those to groups first.
func (tx *Tx) Copies(number int64) ([]AnnouncementCopy, error) {
	return all(tx, scanCopy, `SELECT `+copyColumns+` FROM announcement_copy WHERE number = ? ORDER BY member_id, group_id`, number)
}

// CopiesOfCard lists the copies whose message is this card.
func (tx *Tx) CopiesOfCard(cardID int64) ([]AnnouncementCopy, error) {
	return all(tx, scanCopy, `SELECT `+copyColumns+` FROM announcement_copy WHERE card_id = ? ORDER BY number, group_id`, cardID)
}

// settle ends the waiting of copies for whose card nothing is in the outbox any
// more: it arrived, or could not, or that is not known. One that was to be edited and
// that somebody had deleted is as it should be.
const settle = `UPDATE announcement_copy SET (state, arrived_at) = (SELECT CASE
		WHEN last.state = 'never' AND last.reason <> 'its message is gone' THEN 'unreached'
		WHEN last.state = 'unknown' AND card.message_id = 0 THEN 'uncertain'
		ELSE 'arrived' END,
	iif(last.state = 'never' OR last.state = 'unknown' AND card.message_id = 0, arrived_at, coalesce(arrived_at, ?1))
	FROM outbox AS last JOIN card ON card.id = last.card_id WHERE last.card_id = announcement_copy.card_id ORDER BY last.id DESC LIMIT 1)
	WHERE state = 'waiting' AND EXISTS (SELECT 1 FROM outbox WHERE outbox.card_id = announcement_copy.card_id)
	AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.card_id = announcement_copy.card_id AND ended_at IS NULL)`

// SettleCopies finds out what became of the copies whose message is this card,
// and returns the numbers of the announcements of which that changed something.
func (tx *Tx) SettleCopies(cardID int64, now time.Time) ([]int64, error) {
	return all(tx, scalar[int64], settle+` AND card_id = ?2 RETURNING number`, milliseconds(now), cardID)
}

// SettleCopiesIn is SettleCopies for all copies in a chat.
func (tx *Tx) SettleCopiesIn(chatID int64, now time.Time) ([]int64, error) {
	return all(tx, scalar[int64], settle+` AND card_id IN (SELECT id FROM card WHERE chat_id = ?2) RETURNING number`, milliseconds(now), chatID)
}

// FindCopies keeps that the copies of an announcement in a chat's topic of which that was
// uncertain are there, as this message, and lists them as they stand now.
func (tx *Tx) FindCopies(number, chatID int64, threadID, messageID int, now time.Time) ([]AnnouncementCopy, error) {
	cards, err := all(tx, scalar[int64], `UPDATE card SET message_id = ? WHERE chat_id = ? AND thread_id = ? AND message_id = 0
		AND EXISTS (SELECT 1 FROM announcement_copy WHERE card_id = card.id AND number = ? AND state = 'uncertain') RETURNING id`, messageID, chatID, threadID, number)
	if err != nil || len(cards) == 0 {
		return nil, err
	}
	return all(tx, scanCopy, `UPDATE announcement_copy SET state = 'arrived', arrived_at = coalesce(arrived_at, ?) WHERE card_id = ? AND state = 'uncertain' RETURNING `+copyColumns,
		milliseconds(now), cards[0])
}

// CopyCounts are the copies of an announcement by where they stand.
type CopyCounts struct{ Waiting, Arrived, Uncertain, Unreached, Unsent int }

// Missing is how many have to be reckoned with as not there.
func (counts CopyCounts) Missing() int { return counts.Unreached + counts.Uncertain }

// CountCopies counts the copies of an announcement to groups, and to people.
func (tx *Tx) CountCopies(number int64) (groups, people CopyCounts, err error) {
	type row struct {
		private bool
		state   CopyState
		count   int
	}
	rows, err := all(tx, func(r scanner) (row, error) {
		var one row
		err := r.Scan(&one.private, &one.state, &one.count)
		return one, err
	}, `SELECT member_id <> 0, state, count(*) FROM announcement_copy WHERE number = ? GROUP BY 1, 2`, number)
	for _, one := range rows {
		counts := &groups
		if one.private {
			counts = &people
		}
		switch one.state {
		case CopyWaiting:
			counts.Waiting = one.count
		case CopyArrived:
			counts.Arrived = one.count
		case CopyUncertain:
			counts.Uncertain = one.count
		case CopyUnreached:
			counts.Unreached = one.count
		case CopyUnsent:
			counts.Unsent = one.count
		}
	}
	return groups, people, err
}

// OfKind lists the cards of a subject that are of one kind, over all chats.
func (tx *Tx) OfKind(subject, kind string) ([]Card, error) {
	return all(tx, scanCard, `SELECT id, subject, kind, chat_id, thread_id, message_id FROM card WHERE subject = ? AND kind = ? ORDER BY id`, subject, kind)
}

// TurnCard makes a card the card of another subject in its chat; that one's
// former message is a card no longer.
func (tx *Tx) TurnCard(id int64, subject, kind string) error {
	card, err := tx.CardByID(id)
	if err != nil {
		return err
	}
	if err := tx.run(keepFormer+` WHERE subject = ? AND kind = ? AND chat_id = ? AND thread_id = ? AND message_id <> 0 AND id <> ?`,
		subject, kind, card.ChatID, card.ThreadID, id); err != nil {
		return err
	}
	return tx.run(`UPDATE OR REPLACE card SET subject = ?, kind = ? WHERE id = ?`, subject, kind, id)
}

// StopCard ends what waits in the outbox for a card, and tells whether something
// of it is on the way at this moment.
func (tx *Tx) StopCard(cardID int64, reason string, now time.Time) (underWay bool, err error) {
	if err := tx.run(`UPDATE outbox SET state = 'never', reason = ?, ended_at = ?, payload = '' WHERE card_id = ? AND state = 'queued'`,
		reason, milliseconds(now), cardID); err != nil {
		return false, err
	}
	return one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM outbox WHERE card_id = ? AND state = 'sending' AND ended_at IS NULL)`, cardID)
}

// DropAbout ends what waits for a chat, is about a subject and is no card, and tells
// whether there was any.
func (tx *Tx) DropAbout(chatID int64, subject, about string, now time.Time) (bool, error) {
	result, err := tx.exec(`UPDATE outbox SET state = 'never', reason = 'taken back', ended_at = ?, payload = '' WHERE chat_id = ? AND ended_at IS NULL AND state = 'queued'
		AND card_id IS NULL AND json_extract(payload, '$.subject') = ? AND json_extract(payload, '$.about') = ?`, milliseconds(now), chatID, subject, about)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}

// MessagesAbout lists the messages of a chat that are about a subject and are no
// cards, oldest first.
func (tx *Tx) MessagesAbout(chatID int64, subject, kind string) ([]int, error) {
	return all(tx, scalar[int], `SELECT message_id FROM message WHERE chat_id = ? AND subject = ? AND kind = ? ORDER BY message_id`, chatID, subject, kind)
}

// Holding lists the people the bot knows who hold a role, by grant or by being
// seen in a linked group of a kind that gives it.
func (tx *Tx) Holding(role council.Role) ([]council.Member, error) {
	arguments := []any{role}
	for _, kind := range council.GroupKinds {
		if kind.Role() == role {
			arguments = append(arguments, kind)
		}
	}
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE same_as IS NULL AND (
		EXISTS (SELECT 1 FROM role WHERE role.member_id = member.id AND role = ?)
		OR rests = 0 AND EXISTS (SELECT 1 FROM membership JOIN linked_group USING (chat_id) WHERE membership.member_id = member.id AND linked = 1
			AND kind IN (`+marks(len(arguments)-1)+`))) ORDER BY member.id`, arguments...)
}
