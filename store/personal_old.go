package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// LongUnheard lists the people of whom something is kept though nothing was heard of them
// since a moment: who are in no linked group, and have no role, no position that still
// stands on a day, nothing to do, to answer or to lead, and have asked nothing that is
// open.
func (tx *Tx) LongUnheard(since time.Time, day council.Day, limit int) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member
		WHERE (telegram_id IS NOT NULL OR name <> '' OR username <> '') AND same_as IS NULL AND seen_at < ?1
		AND NOT EXISTS (SELECT 1 FROM event WHERE event.member_id = member.id AND event.at >= ?1)
		AND NOT EXISTS (SELECT 1 FROM consent WHERE consent.member_id = member.id AND given_at >= ?1)
		AND NOT EXISTS (SELECT 1 FROM idea_draft WHERE idea_draft.member_id = member.id)
		AND NOT EXISTS (SELECT 1 FROM role WHERE role.member_id = member.id)
		AND NOT EXISTS (SELECT 1 FROM membership JOIN linked_group USING (chat_id) WHERE membership.member_id = member.id AND linked = 1)
		AND NOT EXISTS (SELECT 1 FROM holding WHERE holding.member_id = member.id AND (last_day = '' OR last_day >= ?2))
		AND NOT EXISTS (SELECT 1 FROM task_assignee JOIN task ON task.number = task_number
			WHERE task_assignee.member_id = member.id AND task.state NOT IN ('done', 'cancelled'))
		AND NOT EXISTS (SELECT 1 FROM question WHERE member.id IN (asker_id, to_member) AND state <> 'closed')
		AND NOT EXISTS (SELECT 1 FROM idea WHERE submitter_id = member.id AND state IN ('submitted', 'under_review', 'needs_detail', 'deliberated', 'approved_trial', 'trial'))
		AND NOT EXISTS (SELECT 1 FROM meeting WHERE state = 'planned' AND member.id IN (chair_id, scribe_id))
		AND NOT EXISTS (SELECT 1 FROM meeting JOIN meeting_guest USING (number) WHERE state = 'planned' AND member.id IN (meeting_guest.member_id, representative_id))
		AND NOT EXISTS (SELECT 1 FROM meeting WHERE state = 'held' AND minutes_state <> 'agreed' AND member.id IN (chair_id, scribe_id))
		AND NOT EXISTS (SELECT 1 FROM prompt LEFT JOIN prompt_target ON prompt_target.prompt_number = prompt.number
			WHERE prompt.state IN ('open', 'waiting') AND member.id IN (prompt_target.member_id, prompt.created_by))
		AND NOT EXISTS (SELECT 1 FROM own_reminder WHERE own_reminder.member_id = member.id AND next_at IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM recommendation WHERE owner_id = member.id AND state = 'open')
		AND NOT EXISTS (SELECT 1 FROM privacy_request WHERE privacy_request.member_id = member.id AND ended_at IS NULL)
		ORDER BY id LIMIT ?3`, milliseconds(since), day.String(), limit)
}
