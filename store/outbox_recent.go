package store

import "time"

// Recent is a message that went to a chat a short while ago, or may have gone.
type Recent struct {
	ChatID int64
	At     time.Time // real time
}

// RecentlySent lists, in the order of time, what was sent after a moment and
// counts in Telegram's limits. What was under way when the program ended is
// listed as sent now, once Interrupted has been called.
func (tx *Tx) RecentlySent(after, now time.Time) ([]Recent, error) {
	return all(tx, func(row scanner) (Recent, error) {
		var recent Recent
		var ms int64
		err := row.Scan(&recent.ChatID, &ms)
		recent.At = moment(ms)
		return recent, err
	}, `SELECT chat_id, ended_at AS at FROM outbox WHERE ended_at > ?1 AND state IN ('sent', 'unknown') AND kind NOT IN ('answer', 'leave', 'commands', 'fetch')
		UNION ALL SELECT chat_id, ?2 FROM outbox WHERE ended_at IS NULL AND attempts > 0 AND kind NOT IN ('answer', 'leave', 'commands', 'fetch')
		ORDER BY at`, milliseconds(after), milliseconds(now))
}
