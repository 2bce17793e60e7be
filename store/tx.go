package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/rembuk/rembuk/council"
)

// ErrNotFound is returned when there is no such row.
var ErrNotFound = errors.New("not found")

// Tx is one transaction. It is valid only inside the function it was handed to.
type Tx struct {
	inner       querier
	linked      *linkedGroups
	settled     *council.Day // on which day the roles that positions give were settled last; nil in a View
	queued      []queuedRow
	rescheduled bool  // something falls due at another moment than before
	edition     int64 // of the city's settings, at most as new as what this transaction sees
	cityChanged bool  // by this transaction, or one before it that is committed with it
}

// querier is what SQL runs on: the writer's connection, or a reader's transaction.
type querier interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

type scanner interface{ Scan(...any) error }

func (tx *Tx) exec(query string, arguments ...any) (sql.Result, error) {
	result, err := tx.inner.ExecContext(context.Background(), query, arguments...)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return result, nil
}

// run executes a statement of which only success matters.
func (tx *Tx) run(query string, arguments ...any) error {
	_, err := tx.exec(query, arguments...)
	return err
}

// insert executes an INSERT and gives the new row's id.
func (tx *Tx) insert(query string, arguments ...any) (int64, error) {
	result, err := tx.exec(query, arguments...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// insertNew executes an INSERT that makes no row where there is one already, and
// tells whether it made one. It costs less than reading the id with RETURNING.
func (tx *Tx) insertNew(query string, arguments ...any) (id int64, made bool, err error) {
	result, err := tx.exec(query, arguments...)
	if err != nil {
		return 0, false, err
	}
	if count, err := result.RowsAffected(); err != nil || count == 0 {
		return 0, false, err
	}
	id, err = result.LastInsertId()
	return id, true, err
}

// move makes the rows of one owner another's. Where the other has the same row
// already, that one stands and the moved one goes.
func (tx *Tx) move(table, column string, from, to int64) error {
	if err := tx.run(`UPDATE OR IGNORE `+table+` SET `+column+` = ? WHERE `+column+` = ?`, to, from); err != nil {
		return err
	}
	return tx.run(`DELETE FROM `+table+` WHERE `+column+` = ?`, from)
}

// one reads a single row; ErrNotFound when there is none.
func one[T any](tx *Tx, scan func(scanner) (T, error), query string, arguments ...any) (T, error) {
	value, err := scan(tx.inner.QueryRowContext(context.Background(), query, arguments...))
	if errors.Is(err, sql.ErrNoRows) {
		return value, ErrNotFound
	}
	if err != nil {
		return value, fmt.Errorf("store: %w", err)
	}
	return value, nil
}

// all reads every row; an empty list when there is none.
func all[T any](tx *Tx, scan func(scanner) (T, error), query string, arguments ...any) (list []T, err error) {
	rows, err := tx.inner.QueryContext(context.Background(), query, arguments...)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		value, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		list = append(list, value)
	}
	return list, rows.Err()
}

// scalar scans a single column.
func scalar[T any](row scanner) (T, error) {
	var value T
	err := row.Scan(&value)
	return value, err
}

func milliseconds(t time.Time) int64 { return t.UnixMilli() }

// optional turns the zero time into null.
func optional(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

func optionalMoment(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return moment(ms.Int64)
}

// orNever writes the zero time as 0, in columns that are never null.
func orNever(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func momentOrNever(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return moment(ms)
}
