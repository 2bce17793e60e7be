package program

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// readAnew lets a file that was written a moment ago be read from the disk when it is
// used, as an installed program is: Linux keeps what was just written in pieces of up to
// 2 MB, and counts each piece of which a byte is used as resident.
func readAnew(path string) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := file.Sync(); err != nil {
		return err
	}
	if err := unix.Fadvise(int(file.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
		return fmt.Errorf("forget what was written of %s: %w", path, err)
	}
	return nil
}
