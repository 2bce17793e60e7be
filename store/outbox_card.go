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
	return true, tx.changeCard(out, `UPDATE outbox SET priority = ? WHERE card_id = ? AND state = 'queued' AND priority > ?`, out.Priority, out.CardID, out.Priority)
}

// holdCard lets a newer face that waits leave no sooner than the one that it takes the place of
// would have: Telegram asked for patience.
func (tx *Tx) holdCard(out Outgoing, notBeforeMilliseconds int64) error {
	return tx.changeCard(out, `UPDATE outbox SET not_before = ? WHERE card_id = ? AND state = 'queued' AND not_before < ?`,
		notBeforeMilliseconds, out.CardID, notBeforeMilliseconds)
}

// changeCard changes when the face of a card that waits may leave, and tells of it anew.
func (tx *Tx) changeCard(out Outgoing, update string, arguments ...any) error {
	changed, err := all(tx, func(row scanner) (queuedRow, error) {
		changed := queuedRow{Queued: Queued{Kind: out.Kind, Messages: max(1, len(out.Payload.Files))}}
		var ms int64
		err := row.Scan(&changed.ID, &changed.ChatID, &changed.Priority, &ms)
		if ms > 0 {
			changed.NotBefore = moment(ms)
		}
		return changed, err
	}, update+` RETURNING id, chat_id, priority, not_before`, arguments...)
	tx.queued = append(tx.queued, changed...)
	return err
}
