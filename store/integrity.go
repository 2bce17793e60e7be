package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// flawsNamed is how many flaws Verify names.
const flawsNamed = 10

// laws are what holds of the rows of a whole database beside what SQLite looks after: each
// query counts the rows of which it does not hold. They name only what the first version
// had, so that they can be asked of a database of every version.
var laws = []struct{ name, broken string }{
	{"an event is missing", `SELECT ifnull(max(id), 0) - count(*) FROM event`},
	{"a message waits without what it says", `SELECT count(*) FROM outbox WHERE ended_at IS NULL AND payload = ''`},
	{"an update waits without what it says", `SELECT count(*) FROM inbox WHERE state = 'waiting' AND raw = ''`},
	{"a number may be given twice", `SELECT count(*) FROM sqlite_sequence WHERE name = 'task' AND seq < (SELECT ifnull(max(number), 0) FROM task)
		OR name = 'event' AND seq < (SELECT ifnull(max(id), 0) FROM event)`},
}

// Verify reads the whole of a database and tells what is wrong with it: pages and indexes
// (PRAGMA integrity_check), references between rows (PRAGMA foreign_key_check), and what
// this program holds to. It changes nothing, and may run beside a running copy, for which
// it takes as long as reading the file. Flaws are named by tables and numbers, never by
// people's words.
func Verify(ctx context.Context, path string) (err error) {
	if err := Inspect(ctx, path); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", source(path, "mode=ro"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	pages, err := words(db, fmt.Sprintf(`PRAGMA integrity_check(%d)`, flawsNamed))
	if err != nil {
		return fmt.Errorf("it is damaged: %w", err)
	}
	if !slices.Equal(pages, []string{"ok"}) {
		return fmt.Errorf("it is damaged: %s", strings.Join(pages, "; "))
	}
	flaws, err := words(db, fmt.Sprintf(`SELECT "table" || ' ' || ifnull(rowid, '') || ' names a ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT %d`, flawsNamed))
	if err != nil {
		return fmt.Errorf("it is damaged: %w", err)
	}
	for _, law := range laws {
		var broken int
		if err := db.QueryRowContext(ctx, law.broken).Scan(&broken); err != nil {
			return fmt.Errorf("it is damaged: %w", err)
		}
		if broken != 0 {
			flaws = append(flaws, fmt.Sprintf("%s (%d)", law.name, broken))
		}
	}
	if len(flaws) > 0 {
		return fmt.Errorf("it is not whole: %s", strings.Join(flaws, "; "))
	}
	return nil
}

func words(db querier, query string) ([]string, error) {
	return all(&Tx{inner: db}, scalar[string], query)
}

// Tally is how many rows each table of a database has, and the number of its newest event.
type Tally struct {
	Rows  map[string]int64
	Event int64
}

// Count counts the rows of a database, all at one moment. It changes nothing.
func Count(ctx context.Context, path string) (tally Tally, err error) {
	db, err := sql.Open("sqlite3", source(path, "mode=ro"))
	if err != nil {
		return tally, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	inner, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return tally, err
	}
	defer func() { _ = inner.Rollback() }() // a read has nothing to keep
	tables, err := words(inner, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	tally.Rows = make(map[string]int64, len(tables))
	tx := &Tx{inner: inner}
	for _, table := range tables {
		if err == nil {
			tally.Rows[table], err = one(tx, scalar[int64], `SELECT count(*) FROM "`+table+`"`)
		}
	}
	if err == nil {
		tally.Event, err = one(tx, scalar[int64], `SELECT ifnull(max(id), 0) FROM event`)
	}
	return tally, err
}

// Differs names what one database has and the other has not; empty if nothing.
func (t Tally) Differs(other Tally) string {
	if t.Event != other.Event {
		return fmt.Sprintf("the newest event is number %d in one and %d in the other", t.Event, other.Event)
	}
	for _, table := range slices.Sorted(maps.Keys(t.Rows)) {
		if rows, there := other.Rows[table]; !there || rows != t.Rows[table] {
			return fmt.Sprintf("table %s has %d rows in one and %d in the other", table, t.Rows[table], rows)
		}
	}
	return ""
}
