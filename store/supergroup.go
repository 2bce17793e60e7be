package store

import "errors"

// Migrate gives a group that became a supergroup its new chat id, waiting
// messages included. What was said under the old id stays there; cards are
// sent afresh when next needed, since message ids do not carry over: waiting
// edits end, and waiting replies answer no message.
func (tx *Tx) Migrate(oldChatID, newChatID int64) error {
	tx.linked.forget()
	if oldChatID == newChatID {
		return nil
	}
	if err := tx.joinLinks(oldChatID, newChatID); err != nil {
		return err
	}
	if err := tx.run(keepFormer+` WHERE chat_id = ? AND message_id <> 0`, oldChatID); err != nil {
		return err
	}
	for _, statement := range []string{
		`UPDATE OR REPLACE linked_group SET chat_id = ?1 WHERE chat_id = ?2`,
		`UPDATE OR REPLACE chat SET chat_id = ?1 WHERE chat_id = ?2`,
		`UPDATE chat SET leave_at = NULL WHERE chat_id = ?1 AND EXISTS (SELECT 1 FROM linked_group WHERE chat_id = ?1 AND linked = 1)`,
		`UPDATE OR REPLACE membership SET chat_id = ?1 WHERE chat_id = ?2`,
		`UPDATE OR REPLACE dialog SET chat_id = ?1 WHERE chat_id = ?2`,
		`UPDATE OR REPLACE refusal SET chat_id = ?1 WHERE chat_id = ?2`,
		`UPDATE prompt_answer SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE question SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE question_draft SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE idea SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE idea_draft SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE evidence SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE meeting SET command_chat_id = ?1, command_message_id = 0 WHERE command_chat_id = ?2`,
		`UPDATE meeting_topic SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE meeting_minute SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE OR REPLACE card SET chat_id = ?1, message_id = 0 WHERE chat_id = ?2`,
		`UPDATE poll_copy SET chat_id = ?1, state = iif(state IN ('waiting', 'final', 'missing'), state, 'missing'),
			missing = iif(state IN ('waiting', 'final', 'missing'), missing, 'moved'), message_id = 0 WHERE chat_id = ?2`, // a poll stays behind
		`UPDATE outbox SET chat_id = ?1, payload = json_remove(payload, '$.reply_to') WHERE chat_id = ?2 AND ended_at IS NULL AND kind NOT IN ('edit', 'stoppoll') AND (kind <> 'delete' OR card_id IS NOT NULL)`,
	} {
		if err := tx.run(statement, newChatID, oldChatID); err != nil {
			return err
		}
	}
	return tx.run(`UPDATE outbox SET state = 'never', reason = 'the group became a supergroup', ended_at = created_at, payload = ''
		WHERE chat_id = ? AND ended_at IS NULL AND (kind IN ('edit', 'stoppoll') OR kind = 'delete' AND card_id IS NULL)`, oldChatID)
}

// pair is the ids of two rows of which the second takes the place of the first.
type pair struct{ before, now int64 }

func scanPair(row scanner) (pair, error) {
	var p pair
	err := row.Scan(&p.before, &p.now)
	return p, err
}

// joinLinks serves a group that was linked anew under its new id before the bot
// heard that it is the old one, as after a long absence: what hung on the old
// link hangs on the new one, which is what somebody decided last.
func (tx *Tx) joinLinks(oldChatID, newChatID int64) error {
	pairs, err := all(tx, scanPair, `SELECT before.id, now.id FROM linked_group AS before JOIN linked_group AS now ON now.thread_id = before.thread_id
		WHERE before.chat_id = ? AND now.chat_id = ? AND now.linked = 1`, oldChatID, newChatID)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if err := tx.run(`UPDATE task SET group_id = ? WHERE group_id = ? AND group_id <> 0`, p.now, p.before); err != nil {
			return err
		}
		if err := errors.Join(tx.joinPositions(p.before, p.now), tx.joinPartners(p.before, p.now)); err != nil {
			return err
		}
		if err := tx.run(`UPDATE poll_copy SET group_id = ? WHERE group_id = ?`, p.now, p.before); err != nil {
			return err
		}
		for _, table := range []string{"task_assignee", "reminder", "own_reminder", "quiet_time", "position"} {
			if err := tx.move(table, "group_id", p.before, p.now); err != nil {
				return err
			}
		}
		for _, column := range []string{"from_group", "to_group"} {
			if err := errors.Join(tx.move("question", column, p.before, p.now), tx.move("question_draft", column, p.before, p.now)); err != nil {
				return err
			}
		}
		if err := errors.Join(tx.move("idea", "from_group", p.before, p.now), tx.move("idea_draft", "from_group", p.before, p.now)); err != nil {
			return err
		}
		if err := tx.run(`INSERT OR REPLACE INTO joined_group (before_id, now_id) VALUES (?, ?)`, p.before, p.now); err != nil {
			return err
		}
		for _, table := range []string{"prompt_target", "prompt_asked", "prompt_answer"} {
			if err := tx.move(table, "group_id", p.before, p.now); err != nil {
				return err
			}
		}
		for _, table := range []string{announcementAddressee, "announcement_copy", "announcement_reader", meetingAddressee, "meeting_guest", "meeting_group", "meeting_attendee"} {
			if err := tx.move(table, "group_id", p.before, p.now); err != nil {
				return err
			}
		}
		if err := tx.run(`DELETE FROM linked_group WHERE id = ?`, p.before); err != nil {
			return err
		}
	}
	return nil
}

// joinPositions brings those who are in a position of one group into the same
// position of another, where there is one.
func (tx *Tx) joinPositions(before, now int64) error {
	pairs, err := all(tx, scanPair, `SELECT before.id, now.id FROM position AS before JOIN position AS now ON now.kind = before.kind AND now.title = before.title
		WHERE before.group_id = ? AND now.group_id = ?`, before, now)
	for _, p := range pairs {
		err = errors.Join(err, tx.move("holding", "position_id", p.before, p.now),
			tx.move("question", "to_position", p.before, p.now), tx.move("question_draft", "to_position", p.before, p.now))
	}
	return err
}
