package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestACopyTakenWhileOthersWriteIsWhole(t *testing.T) {
	s := openStore(t)
	stop, stopped := make(chan struct{}), make(chan int)
	started := make(chan struct{})
	go func() {
		written := 0
		defer func() { stopped <- written }()
		for {
			err := s.Update(t.Context(), func(tx *Tx) error {
				for range 2 { // always in pairs
					if err := tx.Queue(message(1, strings.Repeat("kata ", 200)), noon); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
				return
			}
			if written++; written == 20 {
				close(started)
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	<-started
	file := filepath.Join(t.TempDir(), "cadangan.db")
	ok(t, Copy(t.Context(), s.path, file))
	close(stop)
	written := <-stopped
	if mode := got(os.Stat(file))(t).Mode().Perm(); mode != 0o600 {
		t.Errorf("the copy has mode %o", mode)
	}
	restored := got(Open(t.Context(), file))(t)
	defer func() { ok(t, restored.Close()) }()
	ok(t, Inspect(t.Context(), file))
	verdict := read(t, restored, func(tx *Tx) (string, error) { return one(tx, scalar[string], `PRAGMA integrity_check`) })
	rows := read(t, restored, func(tx *Tx) (int, error) { return one(tx, scalar[int], `SELECT count(*) FROM outbox`) })
	if verdict != "ok" || rows < 40 || rows%2 != 0 || rows > 2*written {
		t.Errorf("integrity %s, %d rows of %d", verdict, rows, 2*written)
	}
}

func TestACopyReplacesNoFileAndLeavesNoHalf(t *testing.T) {
	s := openStore(t)
	file := filepath.Join(t.TempDir(), "ada.db")
	ok(t, os.WriteFile(file, []byte("penting"), 0o600))
	if err := Copy(t.Context(), s.path, file); !errors.Is(err, fs.ErrExist) {
		t.Errorf("onto a file: %v", err)
	}
	if kept := string(got(os.ReadFile(file))(t)); kept != "penting" {
		t.Errorf("the file holds %q", kept)
	}
	ok(t, os.Rename(s.path, s.path+".away"))
	half := filepath.Join(t.TempDir(), "separuh.db")
	if err := Copy(t.Context(), s.path, half); err == nil {
		t.Error("a backup of a database that is gone")
	}
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a copy is left: %v", err)
	}
	ok(t, os.Rename(s.path+".away", s.path))
}

func TestTheHeartbeatIsKept(t *testing.T) {
	s := openStore(t)
	if at := read(t, s, (*Tx).LastHeartbeat); !at.IsZero() {
		t.Errorf("never alive, and yet at %v", at)
	}
	for _, at := range []time.Time{noon, noon.Add(20*time.Second + 7*time.Millisecond)} {
		ok(t, s.Heartbeat(t.Context(), at))
		if last := read(t, s, (*Tx).LastHeartbeat); !last.Equal(at) {
			t.Errorf("alive at %v, want %v", last, at)
		}
	}
}

// TestAClockThatIsSetBack: what is to be sent again waits for a span, whatever the clock
// shows at its end. That it was wrong is known by a heartbeat, or by what came meanwhile.
func TestAClockThatIsSetBack(t *testing.T) {
	const day, wait = 24 * time.Hour, 30 * time.Second
	wrong := noon.Add(day)
	for _, row := range []struct {
		name  string
		wrong func(*Store) error
		right func(*Store, context.Context, time.Time) error
	}{
		{"while it runs", func(s *Store) error { return s.Heartbeat(t.Context(), wrong) }, (*Store).Heartbeat},
		{"before it begins", func(s *Store) error { return s.Heartbeat(t.Context(), wrong) }, (*Store).FirstHeartbeat},
		{"as an update shows", func(s *Store) error {
			return s.Update(t.Context(), func(tx *Tx) error { _, err := tx.Receive([]Received{{UpdateID: 7}}, wrong); return err })
		}, (*Store).FirstHeartbeat},
		{"as a message shows", func(s *Store) error {
			return s.Update(t.Context(), func(tx *Tx) error { return tx.Queue(message(6, "kata"), wrong) })
		}, (*Store).FirstHeartbeat},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := openStore(t)
			ok(t, s.Heartbeat(t.Context(), noon.Add(-time.Minute)))
			ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.Later(claimed(t, tx, 5), 0, wrong.Add(wait)) }))
			ok(t, row.wrong(s))
			ok(t, row.right(s, t.Context(), noon))
			ok(t, s.Heartbeat(t.Context(), noon)) // it was set back once
			if rows := read(t, s, (*Tx).OpenOutbox); !rows[0].NotBefore.Equal(noon.Add(wait)) {
				t.Errorf("it waits until %v", rows[0].NotBefore)
			}
			ok(t, s.Heartbeat(t.Context(), wrong)) // set forward, or a day has passed
			if rows := read(t, s, (*Tx).OpenOutbox); !rows[0].NotBefore.Equal(noon.Add(wait)) {
				t.Errorf("it waits until %v", rows[0].NotBefore)
			}
		})
	}
}

func TestADamagedFileIsNotWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rembuk.db")
	s := got(Open(t.Context(), path))(t)
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.Queue(message(1, strings.Repeat("kata ", 20_000)), noon) }))
	ok(t, s.Close())
	content := got(os.ReadFile(path))(t)
	for i := len(content) - 20_000; i < len(content); i += 3 {
		content[i] ^= 0x5a
	}
	ok(t, os.WriteFile(path, content, 0o600))
	if err := Inspect(t.Context(), path); err == nil {
		t.Error("a damaged file is called whole")
	}
}
