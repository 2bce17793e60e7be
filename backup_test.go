package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

var morning = time.Date(2026, 5, 12, 0, 0, 0, 0, time.UTC)

// databaseWith makes a database with this many events, a minute apart.
func databaseWith(t *testing.T, events int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rembuk.db")
	addEvents(t, path, events)
	return path
}

func addEvents(t *testing.T, path string, events int) {
	t.Helper()
	opened, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for range events {
		err := opened.Update(t.Context(), func(tx *store.Tx) error {
			last, _, err := tx.LastEvent()
			if err != nil {
				return err
			}
			return tx.Record(council.Event{At: morning.Add(time.Duration(last+1) * time.Minute), Subject: council.TaskReference(1), Kind: "created"}, "")
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
}

func countEvents(t *testing.T, path string) int {
	t.Helper()
	last, err := lastEvent(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return int(last.id)
}

func onlyFiles(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestBackupBesideAnOpenDatabase(t *testing.T) {
	database := databaseWith(t, 2)
	opened, err := store.Open(t.Context(), database) // as a running copy has it
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	folder := t.TempDir()
	file := filepath.Join(folder, "copy.db")
	var output bytes.Buffer
	if err := backup(t.Context(), Config{Database: database}, file, &output); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"copy.db"}, onlyFiles(t, folder)); diff != "" {
		t.Error(diff)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 || !strings.Contains(output.String(), "copy.db") {
		t.Errorf("%v %q", info.Mode(), output.String())
	}
	if got := countEvents(t, file); got != 2 {
		t.Errorf("%d events", got)
	}
}

func TestBackupNeverReplacesAFile(t *testing.T) {
	database, file := databaseWith(t, 1), write(t, "mine.db", "precious")
	if err := backup(t.Context(), Config{Database: database}, file, io.Discard); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Errorf("got %v", err)
	}
	dangling := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink("nowhere", dangling); err != nil {
		t.Fatal(err)
	}
	if err := backup(t.Context(), Config{Database: database}, dangling, io.Discard); err == nil {
		t.Error("wrote through a link")
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != "precious" {
		t.Errorf("%q %v", content, err)
	}
}

func TestBackupOfADamagedDatabaseGetsNoName(t *testing.T) {
	database := databaseWith(t, 400)
	damage(t, database)
	folder := t.TempDir()
	if err := backup(t.Context(), Config{Database: database}, filepath.Join(folder, "b.db"), io.Discard); err == nil {
		t.Error("a damaged database was backed up")
	}
	if left := onlyFiles(t, folder); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestBackupOfAnotherProgramsDatabaseGetsNoName(t *testing.T) {
	folder := t.TempDir()
	err := backup(t.Context(), Config{Database: otherDatabase(t)}, filepath.Join(folder, "b.db"), io.Discard)
	if err == nil || !strings.Contains(err.Error(), "not a database of Rembuk") {
		t.Errorf("got %v", err)
	}
	if left := onlyFiles(t, folder); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// damage overwrites everything after the first page.
func damage(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(content); i++ {
		content[i] ^= 0x5a
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOwnBackupsAreMadeAndPruned(t *testing.T) {
	database, folder := databaseWith(t, 1), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "rembuk-mine.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	config := Config{Database: database, Backup: BackupPlan{Folder: folder, Keep: 2}}
	for day := range 4 {
		if err := saveAndPrune(t.Context(), config, morning.AddDate(0, 0, day)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"rembuk-20260514-000000.db", "rembuk-20260515-000000.db", "rembuk-mine.db"}
	if diff := cmp.Diff(want, onlyFiles(t, folder)); diff != "" {
		t.Error(diff)
	}
}

func TestNextBackup(t *testing.T) {
	schedule, err := parseCron("30 2 * * *")
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("WITA", 8*3600)
	now := time.Date(2026, 5, 12, 9, 0, 0, 0, zone)
	cases := []struct {
		name  string
		files []string
		want  time.Time
	}{
		{"none yet: at once", nil, now},
		{"made this night: the next one", []string{"rembuk-20260511-183000.db"}, time.Date(2026, 5, 13, 2, 30, 0, 0, zone)},
		{"missed while down: already past", []string{"rembuk-20260509-183000.db"}, time.Date(2026, 5, 11, 2, 30, 0, 0, zone)},
		{"clock was set back: counted from now", []string{"rembuk-20300101-000000.db"}, time.Date(2026, 5, 13, 2, 30, 0, 0, zone)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			for _, name := range c.files {
				if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, err := nextBackup(BackupPlan{Folder: folder, Schedule: schedule}, now, zone)
			if err != nil || !got.Equal(c.want) {
				t.Errorf("got %v %v, want %v", got, err, c.want)
			}
		})
	}
}

// A backup that is missing is found by looking for the newest, whatever the log has said.
func TestCheckOfBackups(t *testing.T) {
	schedule := parsedCron(t, "0 2 * * *")
	for name, one := range map[string]struct {
		files, says string
	}{
		"none yet":         {"", "note backups none in "},
		"somebody else's":  {"rembuk-by-hand.db", "note backups none in "},
		"of this night":    {"rembuk-20260512-020003.db", "ok backups the newest in "},
		"this night's due": {"rembuk-20260511-020003.db", "ok backups the newest in "},
		"two nights ago":   {"rembuk-20260510-020003.db rembuk-20260509-020003.db", "wrong backups the newest in "},
	} {
		folder := t.TempDir()
		for file := range strings.FieldsSeq(one.files) {
			if err := os.WriteFile(filepath.Join(folder, file), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		found := checkBackups(BackupPlan{Folder: folder, Schedule: schedule}, time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC), time.UTC)
		if len(found) != 1 || !strings.HasPrefix(found[0].level+" "+found[0].subject+" "+found[0].text, one.says) {
			t.Errorf("%s: %+v", name, found)
		}
	}
	if found := checkBackups(BackupPlan{}, time.Now(), time.UTC); len(found) != 0 {
		t.Errorf("without backups of its own: %+v", found)
	}
}

func TestKeepBackupsSavesAndTellsWhatFailed(t *testing.T) {
	schedule, err := parseCron("30 2 * * *")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	config := Config{Database: filepath.Join(folder, "none.db"), Backup: BackupPlan{Folder: folder, Schedule: schedule, Keep: 1}}
	var told []error
	err = keepBackups(ctx, config, func() *time.Location { return time.UTC }, func(err error) { told = append(told, err); cancel() })
	if !errors.Is(err, context.Canceled) || len(told) != 1 || !strings.Contains(told[0].Error(), "no database") {
		t.Errorf("%v %v", err, told)
	}
	config.Database = databaseWith(t, 1)
	ctx, cancel = context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	done := make(chan error)
	go func() {
		done <- keepBackups(ctx, config, func() *time.Location { return time.UTC }, func(err error) {
			if err != nil {
				t.Error(err)
				cancel()
			}
		})
	}()
	for !slices.ContainsFunc(onlyFiles(t, folder), func(name string) bool { return strings.HasPrefix(name, ownBackupStart) }) && ctx.Err() == nil {
		if nap(ctx, 5*time.Millisecond) != nil {
			t.Error("no backup was made")
		}
	}
	cancel()
	<-done
}
