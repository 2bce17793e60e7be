package report

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"strings"
	"time"
)

// heldLimit is up to how many bytes a file is held in memory, so that it is read
// once; a larger one is read twice, to be looked at and to be copied.
const heldLimit = 2 << 20

// packWriter writes the files of a pack one after another.
type packWriter struct {
	zip      *zip.Writer
	open     func(hash string) (io.ReadCloser, error)
	contents PackContents
	at       time.Time // when it was put together, in the city's zone
	folders  folders
	listed   []listedFile
	outcome  PackOutcome

	held   bytes.Buffer
	buffer [64 << 10]byte
}

// listedFile is a line of the list of hashes.
type listedFile struct{ hash, name string }

// packFinding is what became of a file that was to go into a pack.
type packFinding int

const (
	packFound packFinding = iota
	packMissing
	packDamaged
)

// seen is what a content turned out to be.
type seen struct {
	size  uint64
	check uint32 // its CRC-32, which stands before it in a ZIP
	held  bool   // all of it is in memory
}

// keep copies a content into the pack, if it is what its hash says.
func (p *packWriter) keep(name, hash string, made time.Time) (packFinding, error) {
	content, finding := p.look(hash)
	if finding != packFound {
		return finding, nil
	}
	if content.held && compressible(name) {
		return packFound, p.compress(name, hash, p.held.Bytes(), made)
	}
	header := p.header(name, made)
	header.Method, header.CRC32 = zip.Store, content.check
	header.CompressedSize64, header.UncompressedSize64 = content.size, content.size
	entry, err := p.zip.CreateRaw(header)
	if err != nil {
		return packFound, err
	}
	p.note(hash, name, content.size)
	if content.held {
		_, err := entry.Write(p.held.Bytes())
		return packFound, err
	}
	return packFound, p.copyAgain(entry, hash)
}

// look reads a content to its end, where it is known to be whole, and holds it in
// memory unless it is large.
func (p *packWriter) look(hash string) (seen, packFinding) {
	content, err := p.open(hash)
	if err != nil {
		return seen{}, packMissing
	}
	defer func() { _ = content.Close() }() // it was only read
	p.held.Reset()
	check, found := crc32.NewIEEE(), seen{held: true}
	for {
		count, err := content.Read(p.buffer[:])
		part := p.buffer[:count]
		check.Write(part)
		found.size += uint64(count)
		if found.held = found.held && found.size <= heldLimit; found.held {
			p.held.Write(part)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return seen{}, packDamaged
		}
	}
	found.check = check.Sum32()
	return found, packFound
}

// copyAgain copies a large content that was looked at before. That it has changed
// since can only be told when it stands in the pack: then there is none.
func (p *packWriter) copyAgain(entry io.Writer, hash string) error {
	content, err := p.open(hash)
	if err != nil {
		return fmt.Errorf("read a file again: %w", err)
	}
	defer func() { _ = content.Close() }() // it was only read
	if _, err := io.CopyBuffer(entry, struct{ io.Reader }{content}, p.buffer[:]); err != nil {
		return fmt.Errorf("copy the file %s again: %w", hash, err)
	}
	return nil
}

// put writes a file that was made just now.
func (p *packWriter) put(name string, content []byte, made time.Time) error {
	sum := sha256.Sum256(content)
	return p.compress(name, hex.EncodeToString(sum[:]), content, made)
}

// stream writes a file while it is being made.
func (p *packWriter) stream(name string, write func(io.Writer) error) error {
	header := p.header(name, p.at)
	header.Method = zip.Deflate
	entry, err := p.zip.CreateHeader(header)
	if err != nil {
		return err
	}
	sum, counted := sha256.New(), &counter{to: entry}
	if err := write(io.MultiWriter(counted, sum)); err != nil {
		return err
	}
	p.note(hex.EncodeToString(sum.Sum(nil)), name, counted.size)
	return nil
}

// counter counts what is written.
type counter struct {
	to   io.Writer
	size uint64
}

func (c *counter) Write(part []byte) (int, error) {
	count, err := c.to.Write(part)
	c.size += uint64(count)
	return count, err
}

func (p *packWriter) compress(name, hash string, content []byte, made time.Time) error {
	header := p.header(name, made)
	header.Method = zip.Deflate
	if !compressible(name) {
		header.Method = zip.Store
	}
	entry, err := p.zip.CreateHeader(header)
	if err != nil {
		return err
	}
	p.note(hash, name, uint64(len(content)))
	_, err = entry.Write(content)
	return err
}

// header is what stands before a file. The flag says that its name is in UTF-8.
func (p *packWriter) header(name string, made time.Time) *zip.FileHeader {
	const (
		nameInUnicode = 0x800
		version       = 20
	)
	header := &zip.FileHeader{Name: name, Modified: made, Flags: nameInUnicode, ReaderVersion: version}
	header.SetMode(0o644)
	header.CreatorVersion |= version
	//lint:ignore SA1019 what is written raw takes its time from these two alone
	header.ModifiedDate, header.ModifiedTime = dosTime(made)
	return header
}

// dosTime writes a local time as a ZIP has it, in steps of two seconds from 1980 on.
func dosTime(local time.Time) (date, clock uint16) {
	if local.Year() < 1980 {
		return 1<<5 | 1, 0
	}
	return uint16(local.Day() + int(local.Month())<<5 + (local.Year()-1980)<<9), uint16(local.Second()/2 + local.Minute()<<5 + local.Hour()<<11)
}

// note adds a file to the list of hashes.
func (p *packWriter) note(hash, name string, size uint64) {
	p.outcome.Files++
	p.outcome.Bytes += int64(size)
	p.listed = append(p.listed, listedFile{hash, name})
}

// finish writes the list of hashes and ends the ZIP.
func (p *packWriter) finish() error {
	header := p.header(PackManifest, p.at)
	header.Method = zip.Deflate
	entry, err := p.zip.CreateHeader(header)
	if err != nil {
		return err
	}
	seal := sha256.New()
	lines := bufio.NewWriter(io.MultiWriter(entry, seal))
	for _, file := range p.listed {
		fmt.Fprintf(lines, "%s  %s\n", file.hash, file.name)
	}
	if err := lines.Flush(); err != nil {
		return err
	}
	p.outcome.Seal = hex.EncodeToString(seal.Sum(nil))
	return p.zip.Close()
}

// compressible tells by a file's name whether it becomes smaller; most of what people
// send is compressed already.
func compressible(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".csv", ".html", ".htm", ".xml", ".json", ".geojson", ".kml", ".svg", ".rtf", ".doc", ".xls", ".ppt", ".bmp", ".tif", ".tiff":
		return true
	}
	return false
}
