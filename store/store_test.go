package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWhatWasCommittedIsThereAfterOpeningAgain(t *testing.T) {
	for _, name := range []string{"rembuk.db", "kota 100% ?mode=memory&x#1.db", "Bantaeng–né.db"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			for _, want := range []string{"", "Bantaeng"} {
				s := got(Open(t.Context(), path))(t)
				if city := read(t, s, func(tx *Tx) (string, error) { return tx.Setting(SettingCity) }); city != want {
					t.Errorf("city is %q, want %q", city, want)
				}
				ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.SetSetting(SettingCity, "Bantaeng") }))
				ok(t, s.Close())
			}
			left := got(os.ReadDir(filepath.Dir(path)))(t)
			if len(left) != 1 || left[0].Name() != name {
				t.Errorf("after closing there should be the one file %q, there is %v", name, left)
			}
		})
	}
}

func TestTwoOpenStoresOnOneFileSeeEachOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rembuk.db")
	first := got(Open(t.Context(), path))(t)
	second := got(Open(t.Context(), path))(t)
	ok(t, first.Update(t.Context(), func(tx *Tx) error { return tx.SetSetting(SettingCity, "Bone") }))
	ok(t, second.Update(t.Context(), func(tx *Tx) error { return tx.SetSetting(SettingZone, "Asia/Makassar") }))
	for _, s := range []*Store{first, second} {
		city := read(t, s, func(tx *Tx) (string, error) { return tx.Setting(SettingCity) })
		zone := read(t, s, func(tx *Tx) (string, error) { return tx.Setting(SettingZone) })
		if city != "Bone" || zone != "Asia/Makassar" {
			t.Errorf("read %q and %q", city, zone)
		}
		ok(t, s.Close())
	}
}

func TestFilesBelongToTheOwnerAlone(t *testing.T) {
	s := got(Open(t.Context(), filepath.Join(t.TempDir(), "rembuk.db")))(t)
	defer func() { ok(t, s.Close()) }()
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.SetSetting(SettingCity, "Bantaeng") }))
	for _, end := range []string{"", "-wal", "-shm"} {
		info := got(os.Stat(s.path + end))(t)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("rembuk.db%s has mode %o", end, info.Mode().Perm())
		}
	}
}

// TestOpenTakesRightsFromOthers that a database has which was copied there; its group's stay.
func TestOpenTakesRightsFromOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rembuk.db")
	for _, end := range []string{"", "-wal", "-shm"} {
		ok(t, os.WriteFile(path+end, nil, 0o600))
		ok(t, os.Chmod(path+end, 0o646))
	}
	s := got(Open(t.Context(), path))(t)
	defer func() { ok(t, s.Close()) }()
	for _, end := range []string{"", "-wal", "-shm"} {
		if mode := got(os.Stat(path + end))(t).Mode().Perm(); mode != 0o640 {
			t.Errorf("rembuk.db%s has mode %o", end, mode)
		}
	}
}

func TestOpenRefusesWhatItCannotUse(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text.db")
	ok(t, os.WriteFile(text, []byte(strings.Repeat("ini bukan basis data ", 100)), 0o600))
	tests := map[string]string{
		"missing folder": filepath.Join(folder, "nowhere", "rembuk.db"),
		"a folder":       folder,
		"another file":   text,
	}
	for name, path := range tests {
		t.Run(name, func(t *testing.T) {
			if s, err := Open(t.Context(), path); err == nil {
				t.Errorf("opened %s", path)
				ok(t, s.Close())
			}
		})
	}
}

func TestConnectionsAreSetUp(t *testing.T) {
	s := openStore(t)
	tests := map[string]string{
		"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "5000",
	}
	for pragma, want := range tests {
		var value string
		ok(t, s.writer.QueryRow("PRAGMA "+pragma).Scan(&value))
		if value != want {
			t.Errorf("%s is %s, want %s", pragma, value, want)
		}
	}
	if _, err := s.reader.Exec("DELETE FROM setting"); err == nil {
		t.Error("a reading connection deleted something")
	}
}

// schema gives every object of the database with its definition.
func schema(t *testing.T, s *Store) []string {
	t.Helper()
	return read(t, s, func(tx *Tx) ([]string, error) {
		return all(tx, scalar[string], `SELECT name || ': ' || sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%goose%' ORDER BY name`)
	})
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	s := openStore(t)
	before := schema(t, s)
	if len(before) < 30 {
		t.Fatalf("the schema has only %d objects", len(before))
	}
	// Some rows that hang together, so that the order of dropping matters.
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		person, err := tx.Seen(7, "Ramlah", "ramlah", "id", noon)
		if err != nil {
			return err
		}
		return tx.GrantRole(person.ID, "coordinator", "owners")
	}))
	provider := got(migrator(s.writer))(t)
	got(provider.DownTo(context.Background(), 0))(t)
	if left := schema(t, s); len(left) > 1 || len(left) == 1 && !strings.HasPrefix(left[0], "sqlite_sequence") {
		t.Errorf("left behind: %v", left)
	}
	got(provider.Up(context.Background()))(t)
	if difference := cmp.Diff(before, schema(t, s)); difference != "" {
		t.Errorf("not the same after going down and up:\n%s", difference)
	}
}
