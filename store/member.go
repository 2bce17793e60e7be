package store

import (
	"database/sql"
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
)

const memberColumns = `member.id, member.telegram_id, member.name, member.username, member.address, member.language, member.reach`

func scanMember(row scanner) (council.Member, error) {
	var m council.Member
	var telegramID sql.NullInt64
	err := row.Scan(&m.ID, &telegramID, &m.Name, &m.Username, &m.Address, &m.Language, &m.Reach)
	m.TelegramID = telegramID.Int64
	return m, err
}

// Seen records that a person appeared, under the name and username that the
// person has now, and binds what was kept for a @username not seen until now.
// language is the language of a person seen for the first time.
func (tx *Tx) Seen(telegramID int64, name, username, language string, at time.Time) (council.Member, error) {
	member, err := one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE telegram_id = ?`, telegramID)
	if err == nil && member.Name == name && member.Username == username {
		return member, nil
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return member, err
	}
	known := err == nil
	folded := council.FoldUsername(username)
	placeholder, err := tx.placeholder(folded)
	if err != nil {
		return member, err
	}
	switch {
	case known && placeholder != 0:
		err = tx.absorb(placeholder, member.ID)
	case placeholder != 0:
		member = council.Member{ID: placeholder, Language: language, Reach: council.ReachUnknown}
		err = tx.run(`UPDATE member SET telegram_id = ?, language = ? WHERE id = ?`, telegramID, language, placeholder)
	case !known:
		member = council.Member{Language: language, Reach: council.ReachUnknown}
		member.ID, err = tx.insert(`INSERT INTO member (telegram_id, language, seen_at) VALUES (?, ?, ?)`, telegramID, language, milliseconds(at))
	}
	if err != nil {
		return member, err
	}
	// A username belongs to one person at a time: whoever had it before has it no longer.
	if folded != "" {
		if err := tx.run(`UPDATE member SET username = '', folded = '' WHERE folded = ? AND id <> ?`, folded, member.ID); err != nil {
			return member, err
		}
	}
	member.TelegramID, member.Name, member.Username = telegramID, name, username
	return member, tx.run(`UPDATE member SET name = ?, username = ?, folded = ? WHERE id = ?`, name, username, folded, member.ID)
}

// placeholder finds the row that was made when a username was mentioned before its person appeared.
func (tx *Tx) placeholder(folded string) (int64, error) {
	if folded == "" {
		return 0, nil
	}
	id, err := one(tx, scalar[int64], `SELECT id FROM member WHERE folded = ? AND telegram_id IS NULL`, folded)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	return id, err
}

// absorb moves everything of the placeholder to the person and removes it.
func (tx *Tx) absorb(placeholder, person int64) error {
	for _, statement := range []string{
		`UPDATE OR REPLACE task_assignee SET member_id = ?1 WHERE member_id = ?2`,
		`UPDATE OR REPLACE role SET member_id = ?1 WHERE member_id = ?2`,
		`UPDATE OR REPLACE reminder SET member_id = ?1 WHERE member_id = ?2`,
		`DELETE FROM member WHERE id = ?2 AND id <> ?1`,
	} {
		if err := tx.run(statement, person, placeholder); err != nil {
			return err
		}
	}
	return nil
}

// Mentioned finds the member with this username, and keeps a place for one who
// has not been seen yet.
func (tx *Tx) Mentioned(username string) (council.Member, error) {
	folded := council.FoldUsername(username)
	member, err := one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE folded = ?`, folded)
	if !errors.Is(err, ErrNotFound) {
		return member, err
	}
	member = council.Member{Username: username, Language: "id", Reach: council.ReachUnknown}
	member.ID, err = tx.insert(`INSERT INTO member (username, folded) VALUES (?, ?)`, username, folded)
	return member, err
}

// Member finds a member by id.
func (tx *Tx) Member(id int64) (council.Member, error) {
	return one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE id = ?`, id)
}

// MemberByTelegramID finds a member who has been seen.
func (tx *Tx) MemberByTelegramID(telegramID int64) (council.Member, error) {
	return one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE telegram_id = ?`, telegramID)
}

// SetAddress records the form of address a person wishes.
func (tx *Tx) SetAddress(id int64, address string) error {
	return tx.run(`UPDATE member SET address = ? WHERE id = ?`, address, id)
}

// SetLanguage records the language in which a person is spoken to.
func (tx *Tx) SetLanguage(id int64, language string) error {
	return tx.run(`UPDATE member SET language = ? WHERE id = ?`, language, id)
}

// SetReach records whether the bot can write to a person in private.
func (tx *Tx) SetReach(id int64, reach council.Reach) error {
	return tx.run(`UPDATE member SET reach = ? WHERE id = ? AND reach <> ?`, reach, id, reach)
}

// Actor gives a member with roles and linked groups.
func (tx *Tx) Actor(member council.Member) (council.Actor, error) {
	roles, err := all(tx, scalar[council.Role], `SELECT role FROM role WHERE member_id = ?`, member.ID)
	if err != nil {
		return council.Actor{}, err
	}
	groups, err := all(tx, scanGroup, `SELECT `+groupColumns+` FROM membership JOIN linked_group USING (chat_id)
		WHERE member_id = ? AND linked = 1 ORDER BY linked_group.id`, member.ID)
	return council.Actor{Member: member, Granted: roles, Groups: groups}, err
}

// GrantRole gives a member a role. source tells from where: owners, claim, granted.
func (tx *Tx) GrantRole(memberID int64, role council.Role, source string) error {
	return tx.run(`INSERT INTO role (member_id, role, source) VALUES (?, ?, ?) ON CONFLICT (member_id, role) DO NOTHING`, memberID, role, source)
}

// RevokeRole takes a role away.
func (tx *Tx) RevokeRole(memberID int64, role council.Role) error {
	return tx.run(`DELETE FROM role WHERE member_id = ? AND role = ?`, memberID, role)
}

// MembersWithRole lists those to whom a role was granted.
func (tx *Tx) MembersWithRole(role council.Role) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member JOIN role ON role.member_id = member.id WHERE role = ? ORDER BY member.id`, role)
}

// Unreachable lists the members who hold a role, an open task or a place in a
// group, and cannot be written to in private.
func (tx *Tx) Unreachable(limit int) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member
		WHERE reach <> 'open' AND (
			EXISTS (SELECT 1 FROM role WHERE role.member_id = member.id)
			OR EXISTS (SELECT 1 FROM task_assignee JOIN task ON task.number = task_assignee.task_number
				WHERE task_assignee.member_id = member.id AND task.state NOT IN ('done', 'cancelled')))
		ORDER BY member.name, member.id LIMIT ?`, limit)
}
