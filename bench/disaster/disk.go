//go:build linux && (amd64 || arm64)

package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/rembuk/rembuk/bench/machine"
)

// span is how long a disaster lasts: seconds, fewer in the short form.
func (s *stage) span(long, short float64) time.Duration {
	if s.short {
		long = short
	}
	return time.Duration(long * float64(time.Second))
}

// takesNothing is how the program says that the database is of no use now.
const takesNothing = "trying again until"

// fullDisk fills a disk of its own until not a byte is left, kills the program, which
// then starts without room, and makes room again.
func fullDisk(s *stage) error {
	if err := unix.Mount("tmpfs", s.rembuk.Folder, "tmpfs", 0, "size=24m"); err != nil {
		return fmt.Errorf("a disk of its own: %w", err)
	}
	s.tidy = func() error { return unix.Unmount(s.rembuk.Folder, unix.MNT_DETACH) }
	if err := s.open(); err != nil {
		return err
	}
	filling := filepath.Join(s.rembuk.Folder, "penuh")
	if err := fill(filling); err != nil {
		return err
	}
	s.city.Say(20 * groups)
	if err := s.wait("it says that the disk is full", func() bool { return strings.Contains(s.log(), takesNothing) }); err != nil {
		return err
	}
	time.Sleep(s.span(30, 2))
	s.promise("it goes on while there is no room", len(s.ended()) == 0, fmt.Sprintf("%d ends", len(s.ended())))
	if err := s.process().Send(syscall.SIGKILL); err != nil {
		return err
	}
	time.Sleep(s.span(10, 2))
	if err := os.Remove(filling); err != nil {
		return err
	}
	took, err := s.answered()
	s.promise("everything is answered once there is room, within 30 s", err == nil && took < 30*time.Second, fmt.Sprintf("after %.1f s", took.Seconds()))
	for _, end := range s.ended() {
		s.promise("a start without room ends with 1 and says why", end.status == 1 && strings.Contains(end.last, "rembuk: "), fmt.Sprintf("status %d", end.status))
		break
	}
	return err
}

// fill writes a file until the disk takes nothing more.
func fill(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	for size := 1 << 20; size > 0 && err == nil; {
		if _, err = file.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size, err = size/16, nil
		}
	}
	return errors.Join(err, file.Close())
}

// readOnlyDisk lets every change of a file be refused, as after an error of the disk
// that makes Linux stop writing on it, and ends that.
func readOnlyDisk(s *stage) error {
	if err := s.open(); err != nil {
		return err
	}
	s.orders.Refuse(func(call machine.Call) syscall.Errno {
		if !strings.HasPrefix(call.Path, s.rembuk.Folder) || call.Name == "fsync" || call.Name == "fdatasync" {
			return 0 // there is nothing to keep
		}
		return syscall.EROFS
	})
	s.city.Say(20 * groups)
	if err := s.wait("it says that nothing can be written", func() bool { return strings.Contains(s.log(), takesNothing) }); err != nil {
		return err
	}
	time.Sleep(s.span(30, 2))
	s.promise("it goes on while nothing can be written", len(s.ended()) == 0, fmt.Sprintf("%d ends", len(s.ended())))
	if err := s.process().Send(syscall.SIGKILL); err != nil {
		return err
	}
	time.Sleep(s.span(10, 2))
	s.orders.Refuse(nil)
	s.promise("many changes of files were refused", s.orders.Refused() > groups, fmt.Sprint(s.orders.Refused()))
	took, err := s.answered()
	s.promise("everything is answered once the disk can be written, within 30 s", err == nil && took < 30*time.Second, fmt.Sprintf("after %.1f s", took.Seconds()))
	for _, end := range s.ended() {
		s.promise("a start on it ends with 1 and says why", end.status == 1 && strings.Contains(end.last, "rembuk: "), fmt.Sprintf("status %d", end.status))
		break
	}
	return err
}

// failedSync lets a sync of the database not succeed once, and again a little later,
// while people write.
func failedSync(s *stage) error {
	if err := s.open(); err != nil {
		return err
	}
	times := 5
	if s.short {
		times = 2
	}
	for range times {
		var once atomic.Bool
		s.orders.Refuse(func(call machine.Call) syscall.Errno {
			if strings.HasPrefix(call.Path, s.rembuk.Database()) && strings.HasSuffix(call.Name, "sync") && once.CompareAndSwap(false, true) {
				return syscall.EIO
			}
			return 0
		})
		before := len(s.ended())
		s.city.Say(10 * groups)
		if err := s.wait("the program ends", func() bool { return len(s.ended()) > before }); err != nil {
			return err
		}
		if _, err := s.answered(); err != nil {
			return err
		}
	}
	for _, end := range s.ended() {
		if end.status != 1 || !strings.Contains(end.last, "the disk has not kept what it was given") {
			s.promise("it ends with 1 and says why", false, fmt.Sprintf("%d, %s", end.status, end.last))
		}
	}
	s.promise("it ends each time, and is started again", len(s.ended()) == times, fmt.Sprintf("%d of %d times", len(s.ended()), times))
	return nil
}

// lockedDatabase lets another program hold the database, twice: one that writes, and one
// that wants it alone. The second time the program is killed and starts meanwhile.
func lockedDatabase(s *stage) (err error) {
	if err := s.open(); err != nil {
		return err
	}
	other, err := sql.Open("sqlite3", "file:"+s.rembuk.Database()+"?_busy_timeout=5000")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, other.Close()) }()
	other.SetMaxOpenConns(1)
	for _, beginning := range []string{"BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"} {
		if _, err := other.ExecContext(s.ctx, beginning); err != nil {
			return err
		}
		s.city.Say(10 * groups)
		time.Sleep(s.span(30, 1))
		if beginning == "BEGIN EXCLUSIVE" {
			if err := s.process().Send(syscall.SIGKILL); err != nil {
				return err
			}
		}
		time.Sleep(s.span(30, 6)) // longer than SQLite itself waits
		if _, err := other.ExecContext(s.ctx, "COMMIT"); err != nil {
			return err
		}
		took, err := s.answered()
		s.promise("everything is answered once it is free, within 30 s", err == nil && took < 30*time.Second, fmt.Sprintf("after %.1f s", took.Seconds()))
		if err != nil {
			return err
		}
	}
	for _, end := range s.ended() {
		s.promise("a start meanwhile ends with 1 and says why", end.status == 1 && strings.Contains(end.last, "locked"), fmt.Sprintf("status %d", end.status))
		break
	}
	return nil
}
