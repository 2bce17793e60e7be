package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

// years is how long a regency has worked with it.
const years = 10

// fill puts ten years of one regency into a database that the program has made, share
// 1 being all of it. It writes rows and no conversations, as that would take days; its
// last moment is now.
func fill(ctx context.Context, path string, share float64, now time.Time) (err error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=OFF&_cache_size=-200000")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	indexes, err := dropIndexes(ctx, db)
	if err != nil {
		return err
	}
	if err := fillTables(ctx, db, share, now); err != nil {
		return err
	}
	for _, statement := range append(indexes, waitingReminders, active, `PRAGMA wal_checkpoint(TRUNCATE)`) {
		if _, err := db.ExecContext(ctx, statement, sql.Named("now", now.UnixMilli())); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// waitingReminders lets the last reminder of each open task wait.
const waitingReminders = `UPDATE reminder SET state = 'waiting', reason = '', ended_at = NULL, due_at = :now + (5 + id % 60) * 86400000, deadline_at = :now + (6 + id % 60) * 86400000
	WHERE id IN (SELECT max(reminder.id) FROM task JOIN reminder ON reminder.subject = 'T-' || task.number WHERE task.ended_at IS NULL GROUP BY task.number)`

// active keeps of the events when something was last done for which groups.
const active = `INSERT OR REPLACE INTO activity SELECT detail ->> 'in', max(at) FROM event WHERE detail <> '' AND detail ->> 'in' <> '' GROUP BY 1`

// dropIndexes takes the indexes away, since making them anew at the end is quicker, and
// returns the statements that do so. Those that are part of a table stay.
func dropIndexes(ctx context.Context, db *sql.DB) (statements []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	var names []string
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		names, statements = append(names, name), append(statements, statement)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, err := db.ExecContext(ctx, `DROP INDEX `+name); err != nil {
			return nil, err
		}
	}
	return statements, nil
}

func fillTables(ctx context.Context, db *sql.DB, share float64, now time.Time) error {
	rows, sizes := map[string]int{}, map[string]int{}
	all := fillings()
	for _, table := range all {
		sizes[table.table] = table.rows
		rows[table.table] = max(2, int(float64(table.rows)*share))
	}
	rows["member"] = max(100, rows["member"]) // even in the first month
	for _, of := range []string{"indicator", "evidence"} {
		rows[of] = rows["evaluation"] * sizes[of] / sizes["evaluation"]
	}
	inner, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, table := range all {
		count := rows[table.table]
		values := map[string]any{":now": now.UnixMilli(), ":span": int64(years * 365 * 24 * time.Hour / time.Millisecond), ":rows": count,
			":members": rows["member"], ":tasks": rows["task"], ":ideas": rows["idea"], ":questions": rows["question"],
			":evaluations": rows["evaluation"], ":meetings": rows["meeting"], ":news": rows["announcement"]}
		statement := fmt.Sprintf(`WITH RECURSIVE number (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < :rows) INSERT OR IGNORE INTO %s (%s) SELECT %s FROM number`,
			table.table, table.columns, table.values)
		var arguments []any
		for name, value := range values {
			if strings.Contains(statement, name) {
				arguments = append(arguments, sql.Named(name[1:], value))
			}
		}
		result, err := inner.ExecContext(ctx, statement, arguments...)
		if err != nil {
			return errors.Join(fmt.Errorf("fill %s: %w", table.table, err), inner.Rollback())
		}
		if made, err := result.RowsAffected(); err != nil || made*10 < int64(count)*9 {
			return errors.Join(fmt.Errorf("fill %s: %d of %d rows, %w", table.table, made, count, err), inner.Rollback())
		}
	}
	return inner.Commit()
}
