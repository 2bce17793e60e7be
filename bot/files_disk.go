package bot

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
)

// fileWriter makes a file like a fileMaker, of one that may be large: it is written to
// the disk. What words say about it stands below it, since only now is it known.
type fileWriter func(ctx context.Context, b *Bot, arguments []string, to io.Writer) (words string, err error)

// fileWriters maps what makes large files, as fileMakers does.
func fileWriters() map[string]fileWriter {
	return map[string]fileWriter{
		makerPack: makePack,
	}
}

// madeFile is a file that was made to be sent, in memory or on the disk.
type madeFile struct {
	content io.ReaderAt
	size    int64
	words   string // about it
	disk    *os.File
}

// open reads it from its beginning.
func (m madeFile) open() io.Reader { return io.NewSectionReader(m.content, 0, m.size) }

// close gives the room on the disk back.
func (m madeFile) close() {
	if m.disk != nil {
		_ = m.disk.Close() // it has no name, and nothing of it is kept
	}
}

// makeOnDisk makes a large file beside the database. It has no name there, so that
// nothing is left of it when the program is killed.
func (b *Bot) makeOnDisk(ctx context.Context, write fileWriter, arguments []string) (made madeFile, err error) {
	file, err := os.CreateTemp(b.Drafts, ".rembuk-*.draft")
	if err != nil {
		return made, err
	}
	made = madeFile{content: file, disk: file}
	if err := os.Remove(file.Name()); err != nil {
		return made, err
	}
	const together = 256 << 10
	buffer := bufio.NewWriterSize(file, together)
	if made.words, err = write(ctx, b, arguments, buffer); err != nil {
		return made, err
	}
	if err := buffer.Flush(); err != nil {
		return made, err
	}
	made.size, err = file.Seek(0, io.SeekCurrent)
	return made, errors.Join(err, ctx.Err())
}
