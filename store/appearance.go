package store

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

// Seen records that a person appeared, under the name and username that the
// person has now, and binds what was kept for a @username not seen until now.
// language is the language of a person seen for the first time.
func (tx *Tx) Seen(telegramID int64, name, username, language string, at time.Time) (council.Member, error) {
	member, err := tx.MemberByTelegramID(telegramID)
	if err == nil && member.Name == name && member.Username == username {
		return member, nil
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return member, err
	}
	folded := council.FoldUsername(username)
	if member, _, err = tx.bind(member, telegramID, folded, language, at); err != nil {
		return member, err
	}
	// A username belongs to one person at a time: whoever had it before has it no longer.
	if err := tx.run(`UPDATE member SET username = '', folded = '' WHERE folded = ? AND folded <> '' AND id <> ?`, folded, member.ID); err != nil {
		return member, err
	}
	member.Name, member.Username = name, username
	return member, tx.run(`UPDATE member SET name = ?, username = ?, folded = ? WHERE id = ?`, name, username, folded, member.ID)
}

// Appeared finds the member with this Telegram id. One who appears for the
// first time is kept by the id alone. What was kept for the username, which
// somebody mentioned, is bound to the person; bound tells that it happened now.
func (tx *Tx) Appeared(telegramID int64, username, language string, at time.Time) (member council.Member, bound bool, err error) {
	member, err = tx.MemberByTelegramID(telegramID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return member, false, err
	}
	return tx.Recognize(member, telegramID, username, language, at)
}

// Recognize is Appeared where it has been looked for the member already: known is the one
// with this Telegram id, or zero if there is none.
func (tx *Tx) Recognize(known council.Member, telegramID int64, username, language string, at time.Time) (member council.Member, bound bool, err error) {
	if known.ID != 0 && known.Username == username {
		return known, false, nil
	}
	return tx.bind(known, telegramID, council.FoldUsername(username), language, at)
}

// bind gives the row of a person: the one known, joined by the place that was
// kept for the username; else that place itself; else a new row. It tells
// whether such a place was bound.
func (tx *Tx) bind(known council.Member, telegramID int64, folded, language string, at time.Time) (council.Member, bool, error) {
	mentioned, err := council.Member{}, ErrNotFound
	if folded != "" {
		mentioned, err = one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE folded = ? AND folded <> '' AND telegram_id IS NULL`, folded)
	}
	missing := errors.Is(err, ErrNotFound)
	switch {
	case err != nil && !missing:
		return known, false, err
	case known.ID != 0 && missing:
		return known, false, nil
	case known.ID != 0:
		known.Username = mentioned.Username
		return known, true, tx.absorb(mentioned, known.ID, at)
	case missing:
		known = council.Member{TelegramID: telegramID, Language: language, Reach: council.ReachUnknown}
		known.ID, err = tx.insert(`INSERT INTO member (telegram_id, language, seen_at) VALUES (?, ?, ?)`, telegramID, language, milliseconds(at))
		return known, false, err
	}
	mentioned.TelegramID, mentioned.Language = telegramID, language
	return mentioned, true, tx.run(`UPDATE member SET telegram_id = ?, language = ?, seen_at = ? WHERE id = ?`, telegramID, language, milliseconds(at), mentioned.ID)
}

// absorb moves everything of a mentioned row to the person, username included.
// The row stays as a signpost, since events and snapshots name its id. Where
// the person already has the same, the person's own stands. at is when this happens: a
// task of which no open part is left has ended then.
func (tx *Tx) absorb(mentioned council.Member, person int64, at time.Time) error {
	doubled, err := all(tx, scalar[int64], `SELECT task_number FROM task_assignee WHERE member_id IN (?, ?) AND member_id <> 0
		GROUP BY task_number HAVING count(*) = 2`, person, mentioned.ID)
	if err != nil {
		return err
	}
	// What positions give follows from the holdings, which are joined as well.
	tx.unsettle()
	if err := tx.run(`DELETE FROM role WHERE source = 'position' AND member_id IN (?, ?)`, person, mentioned.ID); err != nil {
		return err
	}
	// Whoever is seen in a group has the rights of that one: a mention elsewhere, which
	// vouches for people whom nobody has seen, adds none.
	if err := tx.run(`DELETE FROM membership WHERE member_id = ? AND EXISTS (SELECT 1 FROM membership WHERE member_id = ?)`, mentioned.ID, person); err != nil {
		return err
	}
	if err := tx.run(`UPDATE meeting_guest SET by_name = 1 WHERE member_id = ? AND number IN (SELECT number FROM meeting_guest WHERE member_id = ? AND by_name = 1)`,
		person, mentioned.ID); err != nil {
		return err
	}
	for _, table := range []string{"task_assignee", "membership", "role", "reminder", "own_reminder", "leave", "quiet_time", "holding", "announcement_copy", "announcement_reader", "prompt_target", "prompt_asked", "prompt_answer",
		"meeting_guest", "meeting_attendee"} {
		if err := tx.move(table, "member_id", mentioned.ID, person); err != nil {
			return err
		}
	}
	for _, table := range []string{"question", "question_draft"} {
		if err := tx.move(table, "to_member", mentioned.ID, person); err != nil {
			return err
		}
	}
	if err := tx.run(`UPDATE member SET same_as = ?, username = '', folded = '' WHERE id = ?`, person, mentioned.ID); err != nil {
		return err
	}
	if err := tx.run(`UPDATE member SET username = ?, folded = ? WHERE id = ?`, mentioned.Username, council.FoldUsername(mentioned.Username), person); err != nil {
		return err
	}
	return tx.recombine(doubled, at)
}

// recombine brings tasks whose assignees became fewer to the state that those
// who are left have together.
func (tx *Tx) recombine(numbers []int64, at time.Time) error {
	for _, number := range numbers {
		task, err := tx.Task(number)
		if err != nil {
			return err
		}
		task.State = council.Combine(task.State, task.Assignees)
		if err := tx.SaveTask(task, at); err != nil {
			return err
		}
	}
	return nil
}

// sameMember stands in a statement for a member id given twice: that of a
// mention which was bound to a person becomes the person's.
const sameMember = `coalesce((SELECT same_as FROM member WHERE id = ?), ?)`

// Mentioned finds the member with this username, and keeps a place for one who
// has not been seen yet. ErrNotFound when the username is empty.
func (tx *Tx) Mentioned(username string) (council.Member, error) {
	folded := council.FoldUsername(username)
	if folded == "" {
		return council.Member{}, ErrNotFound
	}
	member, err := one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE folded = ? AND folded <> ''`, folded)
	if !errors.Is(err, ErrNotFound) {
		return member, err
	}
	member = council.Member{Username: strings.TrimPrefix(strings.TrimSpace(username), "@"), Language: "id", Reach: council.ReachUnknown}
	member.ID, err = tx.insert(`INSERT INTO member (username, folded) VALUES (?, ?)`, member.Username, folded)
	return member, err
}

// Heard records that a member was heard of at a moment, being here or being named, to a
// day: who is not heard of for long is forgotten.
func (tx *Tx) Heard(memberID int64, at time.Time) error {
	return tx.run(`UPDATE member SET seen_at = ?1 WHERE id = ?2 AND seen_at < ?3`, milliseconds(at), memberID, milliseconds(at.Add(-24*time.Hour)))
}
