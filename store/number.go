package store

// How many numbers a restored database leaves out: of what people name, more than a
// city makes between two backups; of what only the program names, more than enough.
const (
	namedGap   = 100
	unnamedGap = 100_000
)

// LeaveGap keeps the next numbers of everything from being given out. A copy of the
// database does not know what came after it was made: cards with those numbers stand
// in chats, and their buttons must not act on another thing that gets the same number.
func (tx *Tx) LeaveGap() error {
	if err := tx.run(`INSERT INTO sqlite_sequence (name, seq)
		SELECT name, 0 FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)`); err != nil {
		return err
	}
	return tx.run(`UPDATE sqlite_sequence SET seq = seq + CASE WHEN name IN ('event', 'outbox', 'reminder', 'words', 'attachment', 'digest') THEN ? ELSE ? END
		WHERE name <> 'goose_db_version'`, unnamedGap, namedGap)
}
