package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Renewal is the step of a database from an earlier schema to today's.
type Renewal struct {
	From, To int64
	Done     bool          // false: it lies ahead
	Took     time.Duration // once it is done
}

// migrate brings the schema up to date. Of a database that is not new it tells before and
// after.
func migrate(ctx context.Context, db *sql.DB, tell func(Renewal)) error {
	provider, err := migrator(db)
	if err != nil {
		return err
	}
	from, to, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	began, renewed := time.Now(), from > 0 && from < to
	if renewed {
		tell(Renewal{From: from, To: to})
	}
	if _, err = provider.Up(ctx); err == nil && renewed {
		tell(Renewal{From: from, To: to, Done: true, Took: time.Since(began)})
	}
	return err
}

// migrator knows every migration there is. SQLite itself tells statements apart:
// goose's reader would take 4 MB for each file and more time than all statements.
func migrator(db *sql.DB) (*goose.Provider, error) {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	steps := make([]*goose.Migration, len(files))
	for i, file := range files {
		text, err := migrations.ReadFile("migrations/" + file.Name())
		if err != nil {
			return nil, err
		}
		version, err := goose.NumericComponent(file.Name())
		if err != nil {
			return nil, err
		}
		up, down, reversible := strings.Cut(string(text), "-- +goose Down\n")
		if !reversible {
			return nil, fmt.Errorf("migration %s does not say how it is taken back", file.Name())
		}
		steps[i] = goose.NewGoMigration(version, executing(up), executing(down))
	}
	return goose.NewProvider(goose.DialectSQLite3, db, nil, goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true))
}

// executing makes statements a migration, in the transaction that goose begins.
func executing(statements string) *goose.GoFunc {
	return &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statements)
		return err
	}}
}
