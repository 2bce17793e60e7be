package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// pack writes the evidence of an evaluation into a ZIP that must not exist yet. It
// works beside a running copy and changes nothing there. What is not whole is left
// out and named, and the pack counts as not done, although it is there.
func pack(ctx context.Context, config Config, clock Clock, evaluation, file, language string, stdout io.Writer) error {
	reference, read := council.ParseReference(evaluation)
	if !read || reference.Letter != council.EvaluationLetter {
		return refuse("pack EVALUATION %q is none; allowed: the name that the bot gave it, such as E-1", evaluation)
	}
	if err := reachableFile(file); err != nil {
		return refuse("pack FILE %q cannot be reached: %v; allowed: a new file in a folder that exists and can be written", file, err)
	}
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s exists already; choose another name, packs never replace a file", file)
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(packMemory))
	book, err := locale.Open()
	if err != nil {
		return err
	}
	contents, err := gatherPack(ctx, config, reference, book.WithOwn(config.Sentences), language, clock.Now())
	if err != nil {
		return err
	}
	written, err := savePack(ctx, contents, vault.At(config.filesFolder()), file)
	if err != nil {
		return fmt.Errorf("%s could not be written: %w", file, err)
	}
	fmt.Fprintf(stdout, "%s: %s with %d indicators and %d pieces of evidence; %s\n", file, reference,
		len(contents.Indicators), contents.Files()-len(written.Problems), inPack(written.Files, written.Bytes, written.Seal))
	for _, problem := range written.Problems {
		what := "missing"
		if problem.Damaged {
			what = "altered"
		}
		fmt.Fprintf(stdout, "%s  %s  %s\n", what, problem.Code, problem.Path)
	}
	if len(written.Problems) > 0 {
		return fmt.Errorf("the pack is written without %d files that are not whole; bring them back from a backup of %s, or have them filed anew", len(written.Problems), config.filesFolder())
	}
	return nil
}

func inPack(files int, bytes int64, seal string) string {
	return fmt.Sprintf("%d files, %d KiB, list of hashes %s", files, (bytes+1023)/1024, seal)
}

// gatherPack reads what is to be packed from a copy of the database: opening brings
// the tables up to date, and that must not be done to one in use.
func gatherPack(ctx context.Context, config Config, evaluation council.Reference, book *locale.OwnBook, language string, now time.Time) (contents report.PackContents, err error) {
	if _, err := os.Stat(config.Database); err != nil {
		return contents, fmt.Errorf("there is no database: %s: %w", config.Database, plainPathError(err))
	}
	draft, err := draftName(config.Database)
	if err != nil {
		return contents, err
	}
	defer func() { err = errors.Join(err, removeIfThere(draft)) }()
	if err := store.Copy(ctx, config.Database, draft); err != nil {
		return contents, err
	}
	opened, err := store.Open(ctx, draft)
	if err != nil {
		return contents, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	err = opened.View(ctx, func(tx *store.Tx) error {
		city, zone, err := cityOf(tx, config)
		if err != nil {
			return err
		}
		if err := bot.AdoptSentences(tx, book, 0); err != nil {
			return err
		}
		if contents, err = report.GatherPack(tx, evaluation.Number, city, book.In(language), now, zone); err != nil {
			return err
		}
		return contents.AddStatistics(tx)
	})
	if errors.Is(err, store.ErrNotFound) {
		err = fmt.Errorf("there is no evaluation %s", evaluation)
	}
	return contents, err
}

// cityOf is the city's name and zone: as configured, else as the coordinator said.
func cityOf(tx *store.Tx, config Config) (name string, zone *time.Location, err error) {
	name = config.City
	if name == "" {
		if name, err = tx.Setting(store.SettingCity); err != nil {
			return "", nil, err
		}
	}
	zoneName, err := tx.Setting(store.SettingZone)
	return name, zoneIn(config, zoneName), err
}

// packMemory is from when on memory is given back eagerly, in bytes: a small server has
// the bot beside.
const packMemory = 24 << 20

// packBuffer is how much of a pack is written at once, in bytes.
const packBuffer = 256 << 10

// savePack writes a pack. The file gets its name only when all of it is on the disk.
func savePack(ctx context.Context, contents report.PackContents, files *vault.Vault, file string) (written report.PackOutcome, err error) {
	draft, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*.draft")
	if err != nil {
		return written, err
	}
	defer func() { err = errors.Join(err, removeIfThere(draft.Name())) }()
	buffer := bufio.NewWriterSize(draft, packBuffer)
	written, err = report.WritePack(ctx, buffer, contents, files.Open)
	if err == nil {
		err = buffer.Flush()
	}
	if err == nil {
		err = draft.Sync()
	}
	if err = errors.Join(err, draft.Close()); err != nil {
		return written, err
	}
	giveToFolderOwner(draft.Name())
	return written, nameForGood(draft.Name(), file)
}

// verifyPack compares a pack with the list of hashes in it, and names each fault.
func verifyPack(ctx context.Context, file string, stdout io.Writer) error {
	check, err := report.VerifyPack(ctx, file)
	if err != nil {
		return fmt.Errorf("%s cannot be read as a pack: %w", file, err)
	}
	for _, fault := range check.Faults {
		fmt.Fprintf(stdout, "%s: %s\n", fault.Path, fault.What)
	}
	if len(check.Faults) > 0 {
		return fmt.Errorf("%s has %d faults", file, len(check.Faults))
	}
	fmt.Fprintf(stdout, "%s: whole; %s\n", file, inPack(check.Files, check.Bytes, check.Seal))
	return nil
}
