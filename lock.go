package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// errRunning is returned when another copy runs on the same database.
var errRunning = errors.New("another copy is running on this database; stop it first, or give this one a database of its own")

// Lock keeps a second copy away from a database. It is the operating system's
// and dies with the process, however that ends; its file stays behind.
type Lock struct{ file *os.File }

// lockDatabase takes the lock beside the database's real file. `check --alive`
// holds the lock for an instant to see whether it is free, and a killed process
// takes an instant to go, therefore it is tried for a short while.
func lockDatabase(ctx context.Context, database string) (*Lock, error) {
	const patience, pause = 500 * time.Millisecond, 20 * time.Millisecond
	for range int(patience / pause) {
		lock, err := tryLock(database)
		if !errors.Is(err, errRunning) {
			return lock, err
		}
		if err := nap(ctx, pause); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%s: %w", database, errRunning)
}

// tryLock takes the lock or returns errRunning at once.
func tryLock(database string) (*Lock, error) {
	path, err := lockPath(database)
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	giveToFolderOwner(path)
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return &Lock{file}, nil
	}
	file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errRunning
	}
	return nil, fmt.Errorf("lock %s: %w", path, err)
}

// Release gives the lock back. The file is left: taking it away would let two
// copies lock two files of one name.
func (l *Lock) Release() error { return l.file.Close() }

// isLocked tells whether a copy runs on the database. It leaves no file behind
// where there was none.
func isLocked(database string) (bool, error) {
	path, err := lockPath(database)
	if err != nil {
		return false, err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	lock, err := tryLock(database)
	if errors.Is(err, errRunning) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, lock.Release()
}

func lockPath(database string) (string, error) {
	path, err := realPath(database)
	return path + ".lock", err
}

// realPath follows links to where the file is or will be, so that two names of
// one database are one database.
func realPath(path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	for range 40 { // as many links as Linux follows
		target, err := os.Readlink(absolute)
		if err != nil {
			folder, err := filepath.EvalSymlinks(filepath.Dir(absolute))
			if err != nil {
				return "", fmt.Errorf("%s: %w", filepath.Dir(absolute), plainPathError(err))
			}
			return filepath.Join(folder, filepath.Base(absolute)), nil
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(absolute), target)
		}
		absolute = target
	}
	return "", fmt.Errorf("%s: too many links", path)
}
