package store

import (
	"strings"

	"github.com/rembuk/rembuk/council"
)

// Actor gives a member with roles and linked groups.
func (tx *Tx) Actor(member council.Member) (council.Actor, error) {
	type lists struct{ roles, chats string }
	held, err := one(tx, func(row scanner) (lists, error) {
		var l lists
		err := row.Scan(&l.roles, &l.chats)
		return l, err
	}, `SELECT coalesce((SELECT group_concat(role) FROM role WHERE member_id = ?1), ''),
		coalesce((SELECT group_concat(chat_id) FROM membership WHERE member_id = ?1), '')`, member.ID)
	if err != nil {
		return council.Actor{}, err
	}
	actor := council.Actor{Member: member}
	for role := range strings.FieldsFuncSeq(held.roles, func(r rune) bool { return r == ',' }) {
		actor.Granted = append(actor.Granted, council.Role(role))
	}
	actor.Groups, err = tx.groupsIn(held.chats)
	return actor, err
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
// linked group other than a community's, and cannot be written to in private.
func (tx *Tx) Unreachable(limit int) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member
		WHERE reach <> 'open' AND (
			EXISTS (SELECT 1 FROM role WHERE role.member_id = member.id)
			OR EXISTS (SELECT 1 FROM task_assignee JOIN task ON task.number = task_assignee.task_number
				WHERE task_assignee.member_id = member.id AND task.state NOT IN ('done', 'cancelled'))
			OR EXISTS (SELECT 1 FROM membership JOIN linked_group USING (chat_id)
				WHERE membership.member_id = member.id AND linked = 1 AND kind <> 'community'))
		ORDER BY member.name, member.id LIMIT ?`, limit)
}
