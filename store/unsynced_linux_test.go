//go:build amd64 || arm64

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rembuk/rembuk/bench/machine"
)

func init() {
	machine.Become()
	if path := os.Getenv("STORE_TEST_UNSYNCED"); path != "" {
		if err := onBadDisk(path, os.Getenv("STORE_TEST_PART")); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// onBadDisk is played by a process of its own, whose disk does not keep what is
// synced after it has made the file "bad" and before it has made "good".
func onBadDisk(path, part string) error {
	ctx := context.Background()
	disk := func(state string) error {
		return os.WriteFile(filepath.Join(filepath.Dir(path), state), nil, 0o600)
	}
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	set := func(value string) func(*Tx) error {
		return func(tx *Tx) error { return tx.SetSetting("note", value) }
	}
	if part == "afterwards" {
		if err := s.Renew(ctx); err != nil {
			return err
		}
		return s.View(ctx, func(tx *Tx) error {
			value, err := tx.Setting("note")
			fmt.Println("the note says", value)
			return err // and it ends without closing, as a program that is killed
		})
	}
	if err := errors.Join(s.Update(ctx, set("kept")), s.Note(ctx, set("noted")), disk("bad")); err != nil {
		return err
	}
	var failed error
	switch part {
	case "commit":
		failed = s.Update(ctx, set("not kept"))
	case "sync":
		failed = s.Sync()
	case "fold":
		s.checkpointer.from = 0
		s.checkpointer.nudge()
		failed = s.Unsynced(ctx)
	}
	if err := disk("good"); err != nil {
		return err
	}
	for what, err := range map[string]error{
		"what met it": failed, "Update": s.Update(ctx, set("later")), "Note": s.Note(ctx, set("later")), "Sync": s.Sync(),
		"Unsynced": s.Unsynced(ctx), "Compact": s.Compact(ctx), "Renew": s.Renew(ctx),
	} {
		if !errors.Is(err, ErrUnsynced) || !errors.Is(err, ErrClosed) {
			return fmt.Errorf("%s says %w", what, err)
		}
	}
	return s.Close()
}

// disk is what Linux makes of one: pages that it could not write count as clean
// afterwards, and the next sync tells that all is well.
type disk struct {
	mutex       sync.Mutex
	bad         bool
	dirty, lost map[int64]bool // parts of eight bytes of the write-ahead log
}

func (d *disk) decide(call machine.Call) syscall.Errno {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	switch filepath.Base(call.Path) {
	case "bad":
		d.bad = true
	case "good":
		d.bad = false
	case "rembuk.db-wal":
		return d.change(call)
	}
	return 0
}

// parts are how many parts of the log only the system has, and how many not even that will write.
func (d *disk) parts() (dirty, lost int) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return len(d.dirty), len(d.lost)
}

func (d *disk) change(call machine.Call) syscall.Errno {
	const part = 8
	switch call.Name {
	case "write", "pwrite64":
		for at := call.Offset / part; at < (call.Offset+call.Length)/part; at++ {
			d.dirty[at] = true
			delete(d.lost, at)
		}
	case "fsync", "fdatasync":
		dirty := d.dirty
		d.dirty = map[int64]bool{}
		if !d.bad {
			return 0
		}
		for at := range dirty {
			d.lost[at] = true
		}
		return syscall.EIO
	}
	return 0
}

// TestUnsynced lets a disk fail to keep something once, and work from then on. Nothing is
// written any more, and the next program brings all of the log to the disk before it
// goes on: what was noted, too, of which nobody has written anything since.
func TestUnsynced(t *testing.T) {
	for _, part := range []string{"commit", "sync", "fold"} {
		t.Run(part, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "rembuk.db")
			d := &disk{dirty: map[int64]bool{}, lost: map[int64]bool{}}
			var orders machine.Orders
			orders.Refuse(d.decide)
			play := func(part string) string {
				t.Helper()
				process, err := machine.Start(t.Context(), &orders, machine.Disk, os.Args[0], nil, []string{"STORE_TEST_UNSYNCED=" + path, "STORE_TEST_PART=" + part})
				if err != nil {
					t.Fatal(err)
				}
				select {
				case <-process.Ended():
				case <-time.After(20 * time.Second):
					t.Error("it does not end")
				}
				if status, err := process.Signal(os.Kill); err != nil || status != 0 {
					t.Fatalf("%d %v %s", status, err, process.Output())
				}
				return process.Output()
			}
			play(part)
			if _, lost := d.parts(); orders.Refused() == 0 || lost == 0 {
				t.Fatalf("%d syncs did not succeed, and %d parts are lost: this shows nothing", orders.Refused(), lost)
			}
			said := play("afterwards")
			if !strings.Contains(said, "the note says noted") && !strings.Contains(said, "the note says not kept") {
				t.Error(said)
			}
			if dirty, lost := d.parts(); lost+dirty > 0 {
				t.Errorf("%d parts of the log are on the disk only if the system writes them, and %d not even then", dirty, lost)
			}
		})
	}
}
