package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Renewal is the step of a database from an earlier schema to today's.
type Renewal struct {
	From, To int64
	Done     bool // false: it lies ahead
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
	if from == 0 {
		return begin(ctx, db)
	}
	renewed := from < to
	if renewed {
		tell(Renewal{From: from, To: to})
	}
	if _, err = provider.Up(ctx); err == nil && renewed {
		tell(Renewal{From: from, To: to, Done: true})
	}
	return err
}

// migration is one file of the folder migrations.
type migration struct {
	version  int64
	up, down string
}

func readMigrations() ([]migration, error) {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	steps := make([]migration, len(files))
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
		steps[i] = migration{version, up, down}
	}
	return steps, nil
}

// migrator knows every migration there is. SQLite itself tells statements apart:
// goose's reader would take 4 MB for each file and more time than all statements.
func migrator(db *sql.DB) (*goose.Provider, error) {
	steps, err := readMigrations()
	if err != nil {
		return nil, err
	}
	known := make([]*goose.Migration, len(steps))
	for i, step := range steps {
		known[i] = goose.NewGoMigration(step.version, executing(step.up), executing(step.down))
	}
	return goose.NewProvider(goose.DialectSQLite3, db, nil, goose.WithGoMigrations(known...), goose.WithDisableGlobalRegistry(true))
}

// executing makes statements a migration, in the transaction that goose begins.
func executing(statements string) *goose.GoFunc {
	return &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statements)
		return err
	}}
}

// begin makes a new database, in which there is nothing but goose's table of versions: all
// migrations in one transaction, which waits for the disk once and not for each of them.
func begin(ctx context.Context, db *sql.DB) (err error) {
	steps, err := readMigrations()
	if err != nil {
		return err
	}
	versions, err := database.NewStore(database.DialectSQLite3, goose.DefaultTablename)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
		}
	}()
	for _, step := range steps {
		if _, err := tx.ExecContext(ctx, step.up); err != nil {
			return fmt.Errorf("migration %d: %w", step.version, err)
		}
		if err := versions.Insert(ctx, tx, database.InsertRequest{Version: step.version}); err != nil {
			return err
		}
	}
	return tx.Commit()
}
