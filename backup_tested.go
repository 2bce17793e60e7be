package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/rembuk/rembuk/store"
)

// copiesAtMost is how often a database is copied anew because it was changed meanwhile.
const copiesAtMost = 5

// errUntested is returned when a copy could not be restored, or holds something else
// than the database did.
var errUntested = errors.New("the backup does not restore what was saved")

// copyTested copies a database into a draft and restores the draft into a scratch file as
// restore would. What was restored must be whole, must open with this version, and must
// have the newest event and as many rows in each table as the database had at the moment
// of the copy. Nothing is left of the scratch file; the draft is left to the caller.
func copyTested(ctx context.Context, database, draft string) error {
	copied, err := copyCounted(ctx, database, draft)
	if err != nil {
		return err
	}
	restored, err := restoreScratch(ctx, draft)
	if err != nil {
		return fmt.Errorf("%w: %w", errUntested, err)
	}
	if copied.Rows[versions] != restored.Rows[versions] { // a newer version saves what an older one runs on
		copied.Rows = nil
	}
	delete(copied.Rows, versions)
	if difference := copied.Differs(restored); difference != "" {
		return fmt.Errorf("%w: %s", errUntested, difference)
	}
	return nil
}

// versions is the table of the versions of the schema, one row each.
const versions = "goose_db_version"

// copyCounted copies a database and counts its rows. The database is counted before and
// after; where somebody changed it in between it is copied once more. One that is never
// at rest must at least not have lost an event.
func copyCounted(ctx context.Context, database, draft string) (copied store.Tally, err error) {
	for range copiesAtMost {
		if err := removeIfThere(draft); err != nil {
			return copied, err
		}
		before, err := store.Count(ctx, database)
		if err != nil {
			return copied, err
		}
		if err := store.Copy(ctx, database, draft); err != nil {
			return copied, err
		}
		after, err := store.Count(ctx, database)
		if err != nil {
			return copied, err
		}
		if copied, err = store.Count(ctx, draft); err != nil {
			return copied, err
		}
		if copied.Event < before.Event || copied.Event > after.Event {
			return copied, fmt.Errorf("%w: its newest event is number %d, the database's was %d before and %d after", errUntested, copied.Event, before.Event, after.Event)
		}
		if before.Differs(after) != "" {
			continue
		}
		if difference := before.Differs(copied); difference != "" {
			return copied, fmt.Errorf("%w: %s", errUntested, difference)
		}
		return copied, nil
	}
	return copied, nil
}

// restoreScratch restores a copy into a file of its own, looks whether that is whole,
// opens it with this version, and counts its rows.
func restoreScratch(ctx context.Context, draft string) (restored store.Tally, err error) {
	scratch, err := draftName(draft)
	if err != nil {
		return restored, err
	}
	defer func() {
		for _, rest := range []string{"", "-wal", "-shm"} {
			err = errors.Join(err, removeIfThere(scratch+rest))
		}
	}()
	if err := store.Copy(ctx, draft, scratch); err != nil {
		return restored, err
	}
	if _, err := lastEvent(ctx, scratch); err != nil {
		return restored, err
	}
	if err := store.Verify(ctx, scratch); err != nil {
		return restored, err
	}
	return store.Count(ctx, scratch)
}
