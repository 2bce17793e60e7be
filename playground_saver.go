package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// saveEvery is the least time between two savings of a world.
const saveEvery = 2 * time.Second

// saver saves a world while it changes.
type saver struct {
	folder *playgroundFolder
	world  *world
	output io.Writer
	end    context.CancelFunc
	ended  chan struct{}
}

// keep saves the world from now on: soon after each change of what people see.
// What has happened in the bot is in its database at once.
func (f *playgroundFolder) keep(w *world, output io.Writer) {
	if f.lock == nil {
		return
	}
	ctx, end := context.WithCancel(context.Background())
	f.saver = &saver{folder: f, world: w, output: output, end: end, ended: make(chan struct{})}
	go func() {
		defer close(f.saver.ended)
		f.saver.run(ctx)
	}()
}

// kept saves the world, which has ended, for the last time.
func (f *playgroundFolder) kept() error {
	if f.saver == nil {
		return nil
	}
	f.saver.end()
	<-f.saver.ended
	defer func() { f.saver = nil }()
	return f.saver.save()
}

func (s *saver) run(ctx context.Context) {
	changed, done := s.world.telegram.Subscribe()
	defer done()
	select {
	case <-s.world.ready:
	case <-ctx.Done():
		return
	}
	s.world.hurry(false)
	for told := false; ; {
		err := s.save()
		if err != nil && !told {
			fmt.Fprintf(s.output, "Warning: the chats could not be saved in %s: %v\n", s.folder.path, err)
		}
		told = err != nil
		if nap(ctx, saveEvery) != nil {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// save writes the file. A city that has not come about is not saved: it is made anew.
func (s *saver) save() error {
	if !s.world.built.Load() {
		return nil
	}
	if err := s.folder.save(s.world); err != nil {
		return err
	}
	return removeIfThere(s.folder.unfinished())
}

func (f *playgroundFolder) save(w *world) error {
	content, err := w.save()
	if err != nil {
		return err
	}
	return writeWhole(f.chats(), content)
}

// begun notes that a city is about to come about.
func (f *playgroundFolder) begun() error {
	if f.lock == nil {
		return nil
	}
	return writeWhole(f.unfinished(), []byte("This city was not finished and is made anew.\n"))
}

// writeWhole puts a file with this content in the place of another, or nothing.
func writeWhole(path string, content []byte) (err error) {
	draft, err := draftName(path)
	if err != nil {
		return plainPathError(err)
	}
	defer func() { err = errors.Join(err, removeIfThere(draft)) }()
	if err := os.WriteFile(draft, content, 0o600); err != nil {
		return plainPathError(err)
	}
	if err := syncPath(draft); err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return plainPathError(err)
	}
	return syncPath(filepath.Dir(path))
}
