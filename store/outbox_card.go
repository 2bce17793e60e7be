package store

// replaceCard shows a newer face where an older one waits, as soon as the more
// urgent of the two would leave.
func (tx *Tx) replaceCard(out Outgoing, payload []byte) (bool, error) {
	result, err := tx.exec(`UPDATE outbox SET payload = ? WHERE card_id = ? AND state = 'queued'`, string(payload), out.CardID)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	if err != nil || count == 0 {
		return false, err
	}
	raised, err := all(tx, func(row scanner) (queuedRow, error) {
		raised := queuedRow{Queued: Queued{Kind: out.Kind, Priority: out.Priority, Messages: max(1, len(out.Payload.Files))}}
		var ms int64
		err := row.Scan(&raised.ID, &raised.ChatID, &ms)
		if ms > 0 {
			raised.NotBefore = moment(ms)
		}
		return raised, err
	}, `UPDATE outbox SET priority = ? WHERE card_id = ? AND state = 'queued' AND priority > ? RETURNING id, chat_id, not_before`,
		out.Priority, out.CardID, out.Priority)
	tx.queued = append(tx.queued, raised...)
	return true, err
}
