package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/store"
)

// backup copies the database into a file that must not exist yet. It works
// beside a running copy and changes nothing in the database.
func backup(ctx context.Context, config Config, file string, stdout io.Writer) error {
	if err := reachableFile(file); err != nil {
		return refuse("backup FILE %q cannot be reached: %v; allowed: a new file in a folder that exists and can be written", file, err)
	}
	if err := saveDatabase(ctx, config.Database, file); err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s: a whole copy of %s, restored for a test, %d KiB\n", file, config.Database, (info.Size()+1023)/1024)
	return nil
}

// saveDatabase makes a copy and restores it for a test. The file gets its name only
// when it is known to be whole, and never takes another file's place.
func saveDatabase(ctx context.Context, database, file string) (err error) {
	if _, err := os.Stat(database); err != nil {
		return fmt.Errorf("there is no database to back up: %s: %w", database, plainPathError(err))
	}
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s exists already; choose another name, backups never replace a file", file)
	}
	draft, err := draftName(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeIfThere(draft)) }()
	if err := store.Verify(ctx, database); err != nil {
		return fmt.Errorf("%s cannot be backed up: %w", database, err)
	}
	if err := copyTested(ctx, database, draft); err != nil {
		return err
	}
	return nameForGood(draft, file)
}

// nameForGood gives a whole file its name, if no other has it.
func nameForGood(draft, file string) error {
	if err := os.Link(draft, file); err != nil {
		// Some file systems, those of USB sticks among them, know no links.
		if _, taken := os.Lstat(file); taken == nil {
			return fmt.Errorf("%s exists already", file)
		}
		if err := os.Rename(draft, file); err != nil {
			return err
		}
	}
	return syncPath(filepath.Dir(file))
}

// draftName is a free name beside the file, so that a rename stays on one disk.
func draftName(file string) (string, error) {
	draft, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*.draft")
	if err != nil {
		return "", err
	}
	return draft.Name(), errors.Join(draft.Close(), os.Remove(draft.Name()))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

const (
	ownBackupStart  = "rembuk-"
	ownBackupEnd    = ".db"
	ownBackupMoment = "20060102-150405"
)

// keepBackups saves the database whenever the plan's schedule says so in the
// city's zone, in real time. What was missed while the program was down is made
// up for at the start. How each ended is told to ended; one that could not be made is
// tried again an hour later.
func keepBackups(ctx context.Context, config Config, zone func() *time.Location, ended func(error)) error {
	clock := WallClock{}
	for {
		due, err := nextBackup(config.Backup, clock.Now(), zone())
		if err == nil {
			err = clock.Wait(ctx, due)
		}
		if err == nil {
			err = saveAndPrune(ctx, config, clock.Now())
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		ended(err)
		if err != nil {
			if err := clock.Wait(ctx, clock.Now().Add(time.Hour)); err != nil {
				return err
			}
		}
	}
}

// nextBackup is the first firing after the newest backup; now if there is none.
func nextBackup(plan BackupPlan, now time.Time, zone *time.Location) (time.Time, error) {
	made, err := newestBackup(plan.Folder)
	if err != nil || made.IsZero() {
		return now, err
	}
	if made.After(now) {
		made = now
	}
	return plan.Schedule.Next(made.In(zone)), nil
}

// newestBackup tells when the newest of the program's own backups was made; the zero
// time if there is none.
func newestBackup(folder string) (time.Time, error) {
	names, err := ownBackups(folder)
	if err != nil || len(names) == 0 {
		return time.Time{}, err
	}
	return time.Parse(ownBackupStart+ownBackupMoment+ownBackupEnd, names[len(names)-1])
}

func saveAndPrune(ctx context.Context, config Config, now time.Time) error {
	name := ownBackupStart + now.UTC().Format(ownBackupMoment) + ownBackupEnd
	if err := saveDatabase(ctx, config.Database, filepath.Join(config.Backup.Folder, name)); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	names, err := ownBackups(config.Backup.Folder)
	if err != nil {
		return err
	}
	for _, old := range names[:max(0, len(names)-config.Backup.Keep)] {
		if err := os.Remove(filepath.Join(config.Backup.Folder, old)); err != nil {
			return fmt.Errorf("delete an old backup: %w", err)
		}
	}
	return nil
}

// ownBackups lists the files that saveAndPrune made, oldest first. Files of any
// other name are not its own and stay.
func ownBackups(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	var names []string
	for _, entry := range entries {
		middle, found := strings.CutPrefix(entry.Name(), ownBackupStart)
		moment, ended := strings.CutSuffix(middle, ownBackupEnd)
		if _, err := time.Parse(ownBackupMoment, moment); found && ended && err == nil {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// checkBackups looks whether the newest backup of a running copy's own is as young as the
// plan asks for: one firing may be under way or be tried again.
func checkBackups(plan BackupPlan, now time.Time, zone *time.Location) []finding {
	if plan.Folder == "" {
		return nil
	}
	made, err := newestBackup(plan.Folder)
	switch {
	case err != nil:
		return []finding{{wrong, "backups", fmt.Sprintf("%s cannot be read: %v", plan.Folder, plainPathError(err))}}
	case made.IsZero():
		return []finding{{note, "backups", "none in " + plan.Folder + " yet; a running copy makes the first one at its start"}}
	}
	said := made.UTC().Format(time.RFC3339)
	if due := plan.Schedule.Next(plan.Schedule.Next(made.In(zone))); due.Before(now) {
		return []finding{{wrong, "backups", fmt.Sprintf("the newest in %s is of %s, and later ones were due; is a copy running, is there room on the disk, and what does its log say?", plan.Folder, said)}}
	}
	return []finding{{fine, "backups", fmt.Sprintf("the newest in %s is of %s", plan.Folder, said)}}
}
