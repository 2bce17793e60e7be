package main

import (
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func TestRestore(t *testing.T) {
	cases := []struct {
		name            string
		backup, present int // events; -1: no database
		force           bool
		refused         string
		events          int // afterwards
	}{
		{"no database yet", 2, -1, false, "", 2},
		{"an older database", 3, 2, false, "", 3},
		{"the same", 2, 2, false, "", 2},
		{"later events", 1, 2, false, "--force", 2},
		{"later events, with force", 1, 2, true, "", 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file := databaseWith(t, c.backup)
			database := filepath.Join(t.TempDir(), "rembuk.db")
			if c.present >= 0 {
				addEvents(t, database, c.present)
			}
			err := restore(t.Context(), Config{Database: database}, file, c.force, io.Discard)
			if (err != nil) != (c.refused != "") || err != nil && !strings.Contains(err.Error(), c.refused) {
				t.Fatalf("got %v", err)
			}
			if got := countEvents(t, database); got != c.events {
				t.Errorf("%d events afterwards", got)
			}
			info, err := os.Stat(database)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v %v", info, err)
			}
			if diff := cmp.Diff([]string{"rembuk.db", "rembuk.db.lock"}, onlyFiles(t, filepath.Dir(database))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Cards that were made after the backup stand in chats, and their numbers must not
// become another thing's.
func TestRestoreGivesNoNumberTwice(t *testing.T) {
	database := filepath.Join(t.TempDir(), "rembuk.db")
	first := makeTask(t, database)
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := backup(t.Context(), Config{Database: database}, file, io.Discard); err != nil {
		t.Fatal(err)
	}
	said := makeTask(t, database)
	if err := restore(t.Context(), Config{Database: database}, file, true, io.Discard); err != nil {
		t.Fatal(err)
	}
	if next := makeTask(t, database); next <= said || said <= first {
		t.Errorf("T-%d and T-%d had been said before the backup came back, and then T-%d was another task", first, said, next)
	}
}

// makeTask makes one task in a database, and returns its number.
func makeTask(t *testing.T, database string) (number int64) {
	t.Helper()
	opened, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	err = opened.Update(t.Context(), func(tx *store.Tx) error {
		who, err := tx.Seen(7, "Ramlah", "ramlah", "id", time.Date(2026, 6, 1, 4, 0, 0, 0, time.UTC))
		if err != nil {
			return err
		}
		task, err := tx.CreateTask(council.Task{Title: "Peta drainase", CreatedBy: who.ID, State: council.TaskNew, Version: 1}, 0, 0)
		number = task.Number
		return err
	})
	if err := errors.Join(err, opened.Close()); err != nil {
		t.Fatal(err)
	}
	return number
}

// A killed program leaves a -wal file. It belongs to the database it was
// written for: its events count, and it must not end in the restored one.
func TestRestoreMindsWhatAKilledCopyLeft(t *testing.T) {
	database := killedDatabase(t, 3)
	file := databaseWith(t, 2)
	if err := restore(t.Context(), Config{Database: database}, file, false, io.Discard); err == nil || !strings.Contains(err.Error(), "later events") {
		t.Errorf("events in the -wal file were not seen: %v", err)
	}
	if got := countEvents(t, database); got != 3 {
		t.Fatalf("refused, but %d events are left", got)
	}
	database = killedDatabase(t, 3)
	if err := restore(t.Context(), Config{Database: database}, file, true, io.Discard); err != nil {
		t.Fatal(err)
	}
	if got := countEvents(t, database); got != 2 {
		t.Errorf("%d events after a forced restore", got)
	}
}

// killedDatabase copies an open database together with its -wal, as a kill leaves them.
func killedDatabase(t *testing.T, events int) string {
	t.Helper()
	source := databaseWith(t, 0)
	opened, err := store.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	for i := range events {
		err := opened.Update(t.Context(), func(tx *store.Tx) error {
			return tx.Record(council.Event{At: morning.Add(time.Duration(i+1) * time.Minute), Subject: council.TaskReference(1), Kind: "created"}, "")
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	left := filepath.Join(t.TempDir(), "rembuk.db")
	for _, part := range []string{"", "-wal"} {
		content, err := os.ReadFile(source + part)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(left+part, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return left
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	damaged := databaseWith(t, 400)
	damage(t, damaged)
	cases := map[string]string{
		"text":    write(t, "a.db", "not a database at all, only words"),
		"empty":   write(t, "b.db", ""),
		"damaged": damaged,
		"folder":  t.TempDir(),
		"other":   otherDatabase(t),
	}
	for name, file := range cases {
		t.Run(name, func(t *testing.T) {
			database := databaseWith(t, 1)
			if err := restore(t.Context(), Config{Database: database}, file, true, io.Discard); err == nil {
				t.Error("was restored")
			}
			if got := countEvents(t, database); got != 1 {
				t.Errorf("%d events afterwards", got)
			}
		})
	}
}

// otherDatabase is a whole SQLite file of some other program.
func otherDatabase(t *testing.T) string {
	t.Helper()
	path := write(t, "other.db", "")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE moz_places (id INTEGER)`); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRestoreOverADamagedDatabaseNeedsForce(t *testing.T) {
	database, file := killedDatabase(t, 3), databaseWith(t, 1)
	if err := os.WriteFile(database, []byte("scrap"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := restore(t.Context(), Config{Database: database}, file, false, io.Discard); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Fatalf("got %v", err)
	}
	if err := restore(t.Context(), Config{Database: database}, file, true, io.Discard); err != nil {
		t.Fatal(err)
	}
	if got := countEvents(t, database); got != 1 {
		t.Errorf("%d events", got)
	}
}

// Two databases may have gone different ways: as many events do not mean the same.
func TestRestoreMindsWhenTheLastEventWas(t *testing.T) {
	file, database := databaseWith(t, 1), databaseWith(t, 0)
	opened, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	err = opened.Update(t.Context(), func(tx *store.Tx) error {
		return tx.Record(council.Event{At: morning.AddDate(0, 0, 1), Subject: council.TaskReference(9), Kind: "created"}, "")
	})
	if err := errors.Join(err, opened.Close()); err != nil {
		t.Fatal(err)
	}
	if err := restore(t.Context(), Config{Database: database}, file, false, io.Discard); err == nil || !strings.Contains(err.Error(), "later events") {
		t.Errorf("got %v", err)
	}
}

func TestRestoreNeedsTheBotStopped(t *testing.T) {
	database, file := databaseWith(t, 1), databaseWith(t, 2)
	lock, err := lockDatabase(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	if err := restore(t.Context(), Config{Database: database}, file, true, io.Discard); !errors.Is(err, errRunning) {
		t.Errorf("got %v", err)
	}
}

func TestRestoreThroughALinkKeepsTheLink(t *testing.T) {
	database, file := databaseWith(t, 1), databaseWith(t, 2)
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(database, link); err != nil {
		t.Fatal(err)
	}
	if err := restore(t.Context(), Config{Database: link}, file, false, io.Discard); err != nil {
		t.Fatal(err)
	}
	if target, err := os.Readlink(link); err != nil || target != database {
		t.Errorf("%q %v", target, err)
	}
	if got := countEvents(t, database); got != 2 {
		t.Errorf("%d events", got)
	}
}
