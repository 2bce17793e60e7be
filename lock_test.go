package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestOneCopyPerDatabase(t *testing.T) {
	folder := t.TempDir()
	database := filepath.Join(folder, "rembuk.db")
	link := filepath.Join(folder, "link.db")
	if err := os.Symlink("rembuk.db", link); err != nil {
		t.Fatal(err)
	}
	if locked, err := isLocked(database); locked || err != nil {
		t.Fatalf("before: %v %v", locked, err)
	}
	if _, err := os.Stat(database + ".lock"); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("looking left a lock file behind")
	}
	lock, err := lockDatabase(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	for name, other := range map[string]string{"same path": database, "relative path": "rembuk.db", "detour": "../" + filepath.Base(folder) + "/./rembuk.db", "link to a file not there yet": link} {
		if _, err := lockDatabase(t.Context(), other); !errors.Is(err, errRunning) {
			t.Errorf("%s: %v", name, err)
		}
		if locked, err := isLocked(other); !locked || err != nil {
			t.Errorf("%s: %v %v", name, locked, err)
		}
	}
	beside, err := lockDatabase(t.Context(), filepath.Join(folder, "other.db"))
	if err != nil {
		t.Fatalf("another database: %v", err)
	}
	if err := errors.Join(beside.Release(), lock.Release()); err != nil {
		t.Fatal(err)
	}
	if locked, err := isLocked(link); locked || err != nil {
		t.Errorf("after: %v %v", locked, err)
	}
	again, err := lockDatabase(t.Context(), link)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestLockInAFolderThatIsNotThere(t *testing.T) {
	if _, err := lockDatabase(t.Context(), filepath.Join(t.TempDir(), "none", "x.db")); err == nil || errors.Is(err, errRunning) {
		t.Errorf("got %v", err)
	}
}

func TestLinksInACircle(t *testing.T) {
	folder := t.TempDir()
	one, two := filepath.Join(folder, "one"), filepath.Join(folder, "two")
	if err := errors.Join(os.Symlink(one, two), os.Symlink(two, one)); err != nil {
		t.Fatal(err)
	}
	if _, err := realPath(one); err == nil {
		t.Error("a circle of links has an end")
	}
}
