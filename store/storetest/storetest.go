// Package storetest gives other rooms' tests databases in which nothing is kept yet.
package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/rembuk/rembuk/store"
)

// TB is what is asked of a test: any of package testing, or of rapid.
type TB interface {
	Helper()
	Fatal(args ...any)
}

// Empty puts a database in which nothing is kept yet at a path. To copy it takes a part of
// the time that store.Open would take to make it.
func Empty(t TB, path string) {
	t.Helper()
	file, err := empty()
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

var empty = sync.OnceValues(func() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "rembuk-empty-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "rembuk.db")
	made, err := store.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := made.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})
