// Package vault keeps files by what is in them: each content once, under its
// SHA-256, in a folder of the city's own.
//
// A content lies in FOLDER/ab/abcdef…, where abcdef… is its hash in 64 hexadecimal
// digits: what people call their files reaches no path. It is written under a
// temporary name, and has its own only when all of it is on the disk: what a kill or
// a full disk leaves half written is never taken for a content.
package vault

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// What can be wrong with a content.
var (
	ErrMissing  = errors.New("the content is not in the vault")
	ErrAltered  = errors.New("the content is not what was put into the vault")
	ErrTooLarge = errors.New("the content is larger than allowed")
)

// Modes of what the vault makes: for its owner alone.
const (
	folderMode = 0o700
	fileMode   = 0o600
)

// temporary begins the name of what is being written.
const temporary = "incoming-"

// Vault is a folder of contents. It may be used from many goroutines, and be read by
// several programs at once; one alone should write.
type Vault struct{ folder string }

// Open makes the folder where there is none (not those above it) and takes away what
// an earlier program left half written. It is for the one program that writes.
func Open(folder string) (*Vault, error) {
	switch err := os.Mkdir(folder, folderMode); {
	case err == nil:
		if err := syncFolder(filepath.Dir(folder)); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrExist):
		return nil, err
	}
	left, err := filepath.Glob(filepath.Join(escape(folder), temporary+"*"))
	if err != nil {
		return nil, err
	}
	for _, name := range left {
		if err := removeIfThere(name); err != nil {
			return nil, err
		}
	}
	return At(folder), nil
}

// escape keeps a folder's name from being read as a pattern.
func escape(folder string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(folder)
}

// At is a vault as another program keeps it: nothing is made and nothing taken away.
// Without a folder it is empty.
func At(folder string) *Vault { return &Vault{folder: folder} }

// Put keeps what content holds, at most limit bytes, and gives its hash in
// hexadecimal and its size in bytes. It is on the disk when Put returns. What is there
// already is kept once, and mended where it was altered. Errors are ErrTooLarge, those
// of content, and those of the disk; nothing is left of what could not be kept.
func (v *Vault) Put(content io.Reader, limit int64) (name string, size int64, err error) {
	file, err := os.CreateTemp(v.folder, temporary) // readable by its owner only
	if err != nil {
		return "", 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, removeIfThere(file.Name()))
		}
	}()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(file, sum), io.LimitReader(content, limit+1))
	if err == nil && size > limit {
		err = ErrTooLarge
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", 0, err
	}
	name = hex.EncodeToString(sum.Sum(nil))
	return name, size, v.settle(file.Name(), name)
}

// settle gives a whole content its name, for good. The folder it lies in is synced also
// where it was there: who made it may have ended before the disk had its name.
func (v *Vault) settle(from, name string) error {
	to := v.path(name)
	if err := os.Mkdir(filepath.Dir(to), folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return errors.Join(syncFolder(filepath.Dir(to)), syncFolder(v.folder))
}

// path is where a content lies; its name must be a hash.
func (v *Vault) path(name string) string { return filepath.Join(v.folder, name[:2], name) }

// isHash tells whether this can be the name of a content: 64 lower hexadecimal digits.
func isHash(name string) bool {
	return len(name) == hex.EncodedLen(sha256.Size) && strings.Trim(name, "0123456789abcdef") == ""
}

// Open reads a content. The last Read gives ErrAltered in the place of io.EOF when it
// is not what was put in. ErrMissing where it is not there, or the name is no hash.
func (v *Vault) Open(name string) (io.ReadCloser, error) {
	if !isHash(name) {
		return nil, ErrMissing
	}
	file, err := os.Open(v.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrMissing
	}
	if err != nil {
		return nil, err
	}
	return &verified{file: file, sum: sha256.New(), name: name}, nil
}

// verified is a content that is compared with its name while it is read.
type verified struct {
	file *os.File
	sum  hash.Hash
	name string
}

func (c *verified) Read(part []byte) (int, error) {
	count, err := c.file.Read(part)
	c.sum.Write(part[:count]) // which returns no error
	if errors.Is(err, io.EOF) && hex.EncodeToString(c.sum.Sum(nil)) != c.name {
		err = ErrAltered
	}
	return count, err
}

func (c *verified) Close() error { return c.file.Close() }

// Has tells whether there is a content of this name, without reading it.
func (v *Vault) Has(name string) bool {
	if !isHash(name) {
		return false
	}
	info, err := os.Lstat(v.path(name))
	return err == nil && info.Mode().IsRegular()
}

// Verify reads a content and tells whether it is whole: ErrMissing or ErrAltered where
// it is not, and the errors of the disk.
func (v *Vault) Verify(name string) error {
	content, err := v.Open(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, content)
	return errors.Join(err, content.Close())
}

// Each hands on the name and the size in bytes of every content, in the order of their
// names, until one returns an error. What is half written is none.
func (v *Vault) Each(hand func(name string, size int64) error) error {
	folders, err := os.ReadDir(v.folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, folder := range folders {
		if !folder.IsDir() || len(folder.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(v.folder, folder.Name()))
		if err != nil {
			return err
		}
		for _, file := range files {
			info, err := file.Info()
			if err != nil || !isHash(file.Name()) || file.Name()[:2] != folder.Name() || !info.Mode().IsRegular() {
				continue // taken away meanwhile, or none of the vault's
			}
			if err := hand(file.Name(), info.Size()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Remove takes a content away, for good; one that is not there is no error.
func (v *Vault) Remove(name string) error {
	if !isHash(name) {
		return fmt.Errorf("%q is no content's name", name)
	}
	if err := removeIfThere(v.path(name)); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(v.path(name))); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder brings the names in a folder to the disk.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
