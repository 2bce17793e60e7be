package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/rembuk/rembuk/store"
)

// restore puts a backup in the database's place. The bot must be stopped. A
// database with events later than the backup's, or one that cannot be read,
// is replaced only with force. The change is one rename: at every moment one
// of the two databases is there as a whole.
func restore(ctx context.Context, config Config, file string, force bool, stdout io.Writer) (err error) {
	if err := store.Inspect(ctx, file); err != nil {
		return fmt.Errorf("%s cannot be restored: %w", file, err)
	}
	target, err := realPath(config.Database)
	if err != nil {
		return err
	}
	lock, err := lockDatabase(ctx, config.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	draft, err := draftName(target)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeIfThere(draft)) }()
	if err := store.Copy(ctx, file, draft); err != nil {
		return err
	}
	restored, err := lastEvent(ctx, draft)
	if err != nil {
		return fmt.Errorf("%s cannot be restored: %w", file, err)
	}
	if err := mayReplace(ctx, target, restored, force); err != nil {
		return err
	}
	if err := leaveGap(ctx, draft); err != nil {
		return fmt.Errorf("%s cannot be restored: %w", file, err)
	}
	if err := replace(draft, target); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s: restored from %s, last event %s\n", config.Database, file, restored)
	return nil
}

// newest is the newest event of a database.
type newest struct {
	id int64
	at time.Time
}

func (n newest) String() string {
	if n.id == 0 {
		return "none"
	}
	return fmt.Sprintf("number %d of %s", n.id, n.at.UTC().Format("2006-01-02 15:04:05 MST"))
}

// lastEvent opens a database for good, so that its -wal file is part of it
// afterwards, and brings its tables up to date.
func lastEvent(ctx context.Context, path string) (last newest, err error) {
	opened, err := store.Open(ctx, path)
	if err != nil {
		return last, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	err = opened.View(ctx, func(tx *store.Tx) (err error) {
		last.id, last.at, err = tx.LastEvent()
		return err
	})
	return last, err
}

// leaveGap keeps numbers from being given out again that were given out after the
// backup was made: their cards stand in chats.
func leaveGap(ctx context.Context, path string) (err error) {
	opened, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	return opened.Update(ctx, func(tx *store.Tx) error { return tx.LeaveGap() })
}

func mayReplace(ctx context.Context, target string, restored newest, force bool) error {
	if _, err := os.Stat(target); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	present, err := lastEvent(ctx, target) // with force too: it brings a -wal file home before it would be lost
	if force {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the present database cannot be read (%w); --force replaces it", err)
	}
	if present.id > restored.id || present.at.After(restored.at) {
		return fmt.Errorf("the present database has later events (last %s) than the backup (last %s); --force replaces it and loses them", present, restored)
	}
	return nil
}

// replace renames the draft over the target. What is left of the target's own
// -wal goes first: it must never be read as part of another database.
func replace(draft, target string) error {
	giveToFolderOwner(draft)
	for _, rest := range []string{"-wal", "-shm", "-journal"} {
		if err := removeIfThere(target + rest); err != nil {
			return err
		}
	}
	if err := syncPath(draft); err != nil {
		return err
	}
	if err := os.Rename(draft, target); err != nil {
		return err
	}
	return syncPath(filepath.Dir(target))
}
