package main

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// behind changes a database file behind the program's back.
func behind(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// TestABackupIsRestoredWhenItIsMade: what could not be restored, or would be another
// database than the one that was saved, gets no name, and nothing is left of it.
func TestABackupIsRestoredWhenItIsMade(t *testing.T) {
	const unguarded = `DROP TRIGGER event_is_append_only_delete`
	for name, row := range map[string]struct {
		spoil []string
		says  string
	}{
		"one that is whole":          {nil, ""},
		"an event that is gone":      {[]string{unguarded, `DELETE FROM event WHERE id = 2`}, "an event is missing (1)"},
		"a reference to nothing":     {[]string{`PRAGMA foreign_keys = off`, `INSERT INTO guidance VALUES (77, 'leader', 1)`}, "guidance  names a member that is not there"},
		"an update without its text": {[]string{`INSERT INTO inbox (update_id, chat_id, received_at, raw) VALUES (1, 1, 1, '')`}, "an update waits without what it says (1)"},
	} {
		t.Run(name, func(t *testing.T) {
			database, folder := databaseWith(t, 3), t.TempDir()
			behind(t, database, row.spoil...)
			err := saveDatabase(t.Context(), database, filepath.Join(folder, "copy.db"))
			left := strings.Join(onlyFiles(t, folder), " ")
			if row.says == "" && (err != nil || left != "copy.db") {
				t.Errorf("%v, left %s", err, left)
			}
			if row.says != "" && (err == nil || !strings.Contains(err.Error(), row.says) || left != "") {
				t.Errorf("%v, left %q", err, left)
			}
		})
	}
}

// TestACopyThatLacksSomethingIsNoBackup compares two copies that differ.
func TestACopyThatLacksSomethingIsNoBackup(t *testing.T) {
	database := databaseWith(t, 3)
	whole, err := store.Count(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct{ change, says string }{
		"the last event":   {`DELETE FROM event WHERE id = 3`, "the newest event is number 3 in one and 2 in the other"},
		"a row of another": {`INSERT INTO setting (key, value) VALUES ('x', 'y')`, "table setting has"},
		"a table":          {`DROP TABLE refusal`, "table refusal has"},
	} {
		t.Run(name, func(t *testing.T) {
			other := filepath.Join(t.TempDir(), "other.db")
			if err := store.Copy(t.Context(), database, other); err != nil {
				t.Fatal(err)
			}
			behind(t, other, `DROP TRIGGER event_is_append_only_delete`, row.change)
			tally, err := store.Count(t.Context(), other)
			if difference := whole.Differs(tally); err != nil || !strings.HasPrefix(difference, row.says) {
				t.Errorf("%q %v", difference, err)
			}
		})
	}
}

// TestABackupOfABusyDatabaseLosesNoEvent saves while somebody writes without a pause.
func TestABackupOfABusyDatabaseLosesNoEvent(t *testing.T) {
	database := databaseWith(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	opened, err := store.Open(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	written := make(chan int)
	go func() {
		count := 0
		for ctx.Err() == nil && opened.Update(ctx, func(tx *store.Tx) error {
			return tx.Record(council.Event{At: morning, Subject: council.TaskReference(1), Kind: "created"}, "")
		}) == nil {
			count++
		}
		written <- count
	}()
	file := filepath.Join(t.TempDir(), "copy.db")
	err = saveDatabase(t.Context(), database, file)
	cancel()
	count := <-written
	if saved := countEvents(t, file); err != nil || saved < 3 || saved > 3+count {
		t.Errorf("%d events saved, %d written meanwhile, %v", saved, count, err)
	}
}

func TestABackupThatFailsIsRedUntilOneIsMade(t *testing.T) {
	program := opened(t, WallClock{})
	for _, ended := range []struct {
		err  error
		want string
	}{{nil, "1"}, {errUntested, "0"}, {errors.New("no room"), "0"}, {nil, "1"}} {
		program.backedUp(ended.err)
		if got := figure(t, figuresOf(t, program), "rembuk_backup_ok"); got != ended.want {
			t.Errorf("after %v it is %s", ended.err, got)
		}
	}
}

// TestTheNightlyCheckTellsWhatIsWrong damages a database behind the program's back.
func TestTheNightlyCheckTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	telegram, config := localTelegram(t)
	owner := telegram.Person(sim.Person{FirstName: "Sitti"})
	config.Owners = []int64{owner}
	program := startHere(t, config, NewMovableClock(morning))
	telegram.Say(sim.Message{Chat: owner, Person: owner, Text: "/start"})
	told := func() (times int) {
		for _, message := range telegram.Messages(owner) {
			if strings.Contains(message.Text, "catatan saya tidak utuh") {
				times++
			}
		}
		return times
	}
	program.until(func() bool { return len(telegram.Messages(owner)) > 1 && telegram.PollWaiting() })
	night := time.Now()
	look := func(at time.Time, want int, ok string) {
		t.Helper()
		if err := program.checkIntegrity(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		program.until(func() bool {
			return program.signs(t.Context(), time.Now()).database == nil && program.nextToLeave.id == 0
		})
		if got := figure(t, figuresOf(t, program.Program), "rembuk_integrity_ok"); got != ok || told() != want {
			t.Errorf("rembuk_integrity_ok is %s, want %s; told %d times, want %d", got, ok, told(), want)
		}
	}
	look(night, 0, "1")
	behind(t, config.Database, `INSERT INTO inbox (update_id, chat_id, received_at, raw, state) VALUES (999999, 1, 1, '', 'waiting')`)
	look(night.Add(time.Hour), 1, "0")
	look(night.Add(time.Hour+time.Minute), 1, "0") // once a day
	if !strings.Contains(program.log.String(), "an update waits without what it says (1)") {
		t.Errorf("the operator does not read what: %s", program.log)
	}
	behind(t, config.Database, `DELETE FROM inbox WHERE update_id = 999999`)
	look(night.Add(26*time.Hour), 1, "1")
	if next, err := program.nextIntegrity(t.Context(), night.Add(27*time.Hour)); err != nil || next.In(program.zone(t.Context())).Hour() != 4 || next.Before(night.Add(26*time.Hour)) {
		t.Errorf("looked again at %v (%v)", next, err)
	}
	if next, err := program.nextIntegrity(t.Context(), night.Add(26*time.Hour+72*time.Hour)); err != nil || next.After(night.Add(26*time.Hour+72*time.Hour)) {
		t.Errorf("a night that was missed is made up for at %v (%v)", next, err)
	}
}

// TestCheckReadsTheWholeDatabase: what the nightly check finds, check finds.
func TestCheckReadsTheWholeDatabase(t *testing.T) {
	_, config := localTelegram(t)
	addEvents(t, config.Database, 3)
	behind(t, config.Database, `DROP TRIGGER event_is_append_only_delete`, `DELETE FROM event WHERE id = 2`)
	lines, failed := checked(t, config, morning)
	if !failed || !strings.Contains(lines["database"], "wrong: ") || !strings.Contains(lines["database"], "an event is missing (1)") {
		t.Errorf("%v %q", failed, lines["database"])
	}
}
