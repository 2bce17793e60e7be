package store

import (
	"strings"

	"github.com/rembuk/rembuk/council"
)

// actorColumns are a member's, and what the member holds, with commas between.
const actorColumns = memberColumns + `,
	coalesce((SELECT group_concat(role) FROM role WHERE member_id = member.id), ''),
	coalesce((SELECT group_concat(chat_id) FROM membership WHERE member_id = member.id), '')`

// Actor gives a member with roles and linked groups.
func (tx *Tx) Actor(member council.Member) (council.Actor, error) {
	return tx.actor(`SELECT `+actorColumns+` FROM member WHERE id = ?`, member.ID)
}

// ActorByTelegramID gives a member who has been seen, with roles and linked groups.
func (tx *Tx) ActorByTelegramID(telegramID int64) (council.Actor, error) {
	return tx.actor(`SELECT `+actorColumns+` FROM member WHERE telegram_id = ?`, telegramID)
}

func (tx *Tx) actor(query string, id int64) (council.Actor, error) {
	var roles, chats string
	actor, err := one(tx, func(row scanner) (actor council.Actor, err error) {
		actor.Member, err = scanMember(scanning(func(columns ...any) error { return row.Scan(append(columns, &roles, &chats)...) }))
		return actor, err
	}, query, id)
	if err != nil {
		return actor, err
	}
	for role := range strings.FieldsFuncSeq(roles, func(r rune) bool { return r == ',' }) {
		actor.Granted = append(actor.Granted, council.Role(role))
	}
	actor.Groups, err = tx.groupsIn(chats)
	return actor, err
}

// scanning lets a row with more columns be scanned by what knows the first of them.
type scanning func(columns ...any) error

func (s scanning) Scan(columns ...any) error { return s(columns...) }

// GrantRole gives a member a role. source tells from where: owners, claim,
// granted. It outlasts a position that gives the same.
func (tx *Tx) GrantRole(memberID int64, role council.Role, source string) error {
	return tx.run(`INSERT INTO role (member_id, role, source) VALUES (?, ?, ?) ON CONFLICT (member_id, role)
		DO UPDATE SET source = excluded.source WHERE role.source = 'position'`, memberID, role, source)
}

// RevokeRole takes a role away. What a position gives comes back with the next
// SettlePositions.
func (tx *Tx) RevokeRole(memberID int64, role council.Role) error {
	tx.unsettle()
	return tx.run(`DELETE FROM role WHERE member_id = ? AND role = ?`, memberID, role)
}

// MembersWithRole lists those to whom a role was granted.
func (tx *Tx) MembersWithRole(role council.Role) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member JOIN role ON role.member_id = member.id WHERE role = ? ORDER BY member.id`, role)
}

// Unreachable lists the members who hold a role, an open task, a position that
// they have not left before a day, or a place in a linked group other than a
// community's, and cannot be written to in private.
func (tx *Tx) Unreachable(day council.Day, limit int) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member
		WHERE reach <> 'open' AND (
			EXISTS (SELECT 1 FROM role WHERE role.member_id = member.id)
			OR EXISTS (SELECT 1 FROM holding WHERE holding.member_id = member.id AND (last_day = '' OR last_day >= ?))
			OR EXISTS (SELECT 1 FROM membership CROSS JOIN linked_group USING (chat_id)
				WHERE membership.member_id = member.id AND linked = 1 AND kind <> 'community')
			OR EXISTS (SELECT 1 FROM task_assignee CROSS JOIN task ON task.number = task_assignee.task_number
				WHERE task_assignee.member_id <> 0 AND task_assignee.member_id = member.id AND task.ended_at IS NULL))
		ORDER BY member.name, member.id LIMIT ?`, day.String(), limit)
}
