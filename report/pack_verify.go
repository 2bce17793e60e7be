package report

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// PackCheck is what a look into a pack has found.
type PackCheck struct {
	Files  int // as in PackOutcome
	Bytes  int64
	Seal   string
	Faults []PackFault
}

// PackFault is one thing that is wrong with a pack.
type PackFault struct {
	Path string
	What PackFaultKind
}

// PackFaultKind names what is wrong.
type PackFaultKind string

// What can be wrong with a pack, or with one of its files.
const (
	FaultNoList    PackFaultKind = "there is no list of hashes"
	FaultList      PackFaultKind = "this line of the list cannot be read"
	FaultGone      PackFaultKind = "it is in the list and not in the pack"
	FaultAltered   PackFaultKind = "it is not what the list says"
	FaultDamaged   PackFaultKind = "it cannot be unpacked"
	FaultNotListed PackFaultKind = "it is in the pack and not in the list"
	FaultTwice     PackFaultKind = "it is there twice"
	FaultOutside   PackFaultKind = "its name leads out of the folder"
)

// listLimit bounds the list of hashes in bytes: far more than a pack of an
// evaluation has files.
const listLimit = 64 << 20

// VerifyPack reads a pack to the end and compares it with its list of hashes. Errors
// are those of the file, of what is no ZIP, and the context's; what is wrong inside
// are faults.
func VerifyPack(ctx context.Context, name string) (check PackCheck, err error) {
	pack, err := zip.OpenReader(name)
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil // which is told of each file below
	}
	if err != nil {
		return check, err
	}
	defer func() { err = errors.Join(err, pack.Close()) }()
	listed, err := check.readList(pack.File)
	if err != nil || listed == nil {
		return check, err
	}
	there := make(map[string]bool, len(pack.File))
	for _, file := range pack.File {
		if err := ctx.Err(); err != nil {
			return check, err
		}
		hash, known := listed[file.Name]
		switch {
		case there[file.Name]:
			check.fault(file.Name, FaultTwice)
		case !fs.ValidPath(strings.TrimSuffix(file.Name, "/")) || strings.Contains(file.Name, `\`):
			check.fault(file.Name, FaultOutside)
		case file.Name == PackManifest:
		case !known:
			check.fault(file.Name, FaultNotListed)
		default:
			check.compare(file, hash)
		}
		there[file.Name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		if !there[name] {
			check.fault(name, FaultGone)
		}
	}
	return check, nil
}

func (c *PackCheck) fault(path string, what PackFaultKind) {
	c.Faults = append(c.Faults, PackFault{path, what})
}

func (c *PackCheck) compare(file *zip.File, hash string) {
	sum := sha256.New()
	size, err := readInto(sum, file)
	c.Files++
	c.Bytes += size
	switch {
	case err != nil:
		c.fault(file.Name, FaultDamaged)
	case hex.EncodeToString(sum.Sum(nil)) != hash:
		c.fault(file.Name, FaultAltered)
	}
}

// readInto unpacks a file of a pack; what it unpacks to is as long as it says.
func readInto(to io.Writer, file *zip.File) (int64, error) {
	content, err := file.Open()
	if err != nil {
		return 0, err
	}
	size, err := io.Copy(to, content)
	return size, errors.Join(err, content.Close())
}

// readList reads the list of hashes; nil where there is none that can be read.
func (c *PackCheck) readList(files []*zip.File) (map[string]string, error) {
	for _, file := range files {
		if file.Name != PackManifest {
			continue
		}
		if file.UncompressedSize64 > listLimit {
			return nil, fmt.Errorf("%s is larger than any list", PackManifest)
		}
		content, err := file.Open()
		if err != nil {
			c.fault(PackManifest, FaultDamaged)
			return nil, nil
		}
		defer func() { _ = content.Close() }() // it was only read
		return c.readLines(content), nil
	}
	c.fault(PackManifest, FaultNoList)
	return nil, nil
}

func (c *PackCheck) readLines(content io.Reader) map[string]string {
	seal, listed := sha256.New(), make(map[string]string)
	lines := bufio.NewScanner(io.TeeReader(content, seal))
	for lines.Scan() {
		hash, name, found := strings.Cut(lines.Text(), "  ")
		if _, err := hex.DecodeString(hash); err != nil || !found || len(hash) != hex.EncodedLen(sha256.Size) || listed[name] != "" {
			c.fault(lines.Text(), FaultList)
			continue
		}
		listed[name] = hash
	}
	if lines.Err() != nil {
		c.fault(PackManifest, FaultDamaged)
		return nil
	}
	c.Seal = hex.EncodeToString(seal.Sum(nil))
	return listed
}
