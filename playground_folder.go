package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/rembuk/rembuk/store"
)

// playgroundFolder is where a playground has its files.
type playgroundFolder struct {
	path  string
	lock  *Lock  // nil: nothing is kept, and the folder is removed at the end
	saver *saver // of the world that is shown
}

// openPlaygroundFolder takes the folder for this playground alone; a nameless one
// is made and forgotten. What is damaged in it is refused before anything is
// written.
func openPlaygroundFolder(ctx context.Context, path string) (*playgroundFolder, error) {
	if path == "" {
		path, err := os.MkdirTemp("", "rembuk-playground-")
		return &playgroundFolder{path: path}, err
	}
	const allowed = "allowed: a folder that can be written"
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, refuse("--data %q cannot be reached: %v; %s", path, plainPathError(err), allowed)
	}
	if err := writableFolder(path); err != nil {
		return nil, refuse("--data %q cannot be reached: %v; %s", path, err, allowed)
	}
	folder := &playgroundFolder{path: path}
	lock, err := lockDatabase(ctx, filepath.Join(path, "playground"))
	if errors.Is(err, errRunning) {
		return nil, refuse("--data %q is in use by another playground; end that one, or choose another folder", path)
	}
	if err != nil {
		return nil, refuse("--data %q cannot be used: %v; %s", path, err, allowed)
	}
	folder.lock = lock
	return folder, nil
}

func (f *playgroundFolder) database() string { return filepath.Join(f.path, "rembuk.db") }

// chats is the file with the local Telegram, and unfinished one that is there
// while a city comes about.
func (f *playgroundFolder) chats() string { return filepath.Join(f.path, "playground.chats") }

func (f *playgroundFolder) unfinished() string { return filepath.Join(f.path, "playground.unfinished") }

// restore makes the world that was kept; nil if there is none. build lets it go on.
func (f *playgroundFolder) restore(ctx context.Context, output io.Writer) (w *world, build func(context.Context) error, err error) {
	if f.lock == nil {
		return nil, nil, nil
	}
	if isThere(f.unfinished()) {
		return nil, nil, f.clear() // nobody could do anything in it yet
	}
	_, missing := os.Stat(f.chats())
	switch database := isThere(f.database()); {
	case missing == nil && !database:
		return nil, nil, refuse("--data %q: the database rembuk.db is missing, to which the chats in playground.chats belong; put it back, or move playground.chats away to begin anew", f.path)
	case !database:
		return nil, nil, nil
	}
	if err := store.Inspect(ctx, f.database()); err != nil {
		return nil, nil, refuse("--data %q: the database rembuk.db cannot be used: %v; put a backup in its place, or move rembuk.db and playground.chats away to begin anew", f.path, err)
	}
	saved, err := readSavedWorld(f.chats())
	if err != nil {
		return nil, nil, refuse("--data %q: the chats in playground.chats cannot be used: %v; put a copy of that file in its place, or move it away to go on without them", f.path, err)
	}
	last, err := lastEvent(ctx, f.database())
	if err != nil {
		return nil, nil, refuse("--data %q: the database rembuk.db cannot be used: %v; put a backup in its place, or move rembuk.db and playground.chats away to begin anew", f.path, err)
	}
	config, err := cityConfig(f.database())
	if err != nil {
		return nil, nil, err
	}
	if saved == nil {
		return comeBack(config, last.at, output)
	}
	if w, build, err = saved.goOn(config, last.at, output); err != nil {
		return nil, nil, err
	}
	// From here on other numbers are given than before, also if this run is killed
	// before anything else is saved.
	return w, build, f.save(w)
}

// clear forgets what is kept. The chats go first: a database can go on without
// them, but not they without it.
func (f *playgroundFolder) clear() error {
	paths := []string{f.chats()}
	for _, rest := range []string{"", "-wal", "-shm", "-journal"} {
		paths = append(paths, f.database()+rest)
	}
	for _, path := range append(paths, f.unfinished()) {
		if err := removeIfThere(path); err != nil {
			return err
		}
	}
	return os.RemoveAll(f.database() + ".files")
}

// isThere tells whether there is a file with something in it: a database that was
// killed in its first moment has nothing.
func isThere(path string) bool {
	info, err := os.Stat(path)
	return err == nil && (info.Size() > 0 || !info.Mode().IsRegular())
}

// close gives the folder back, or removes one that is not kept.
func (f *playgroundFolder) close() error {
	if f.lock == nil {
		return os.RemoveAll(f.path)
	}
	return f.lock.Release()
}
