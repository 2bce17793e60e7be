package main

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// letGo gives back the pages of the program's own file that only the start needed:
// migrations, tables, sentences. Linux counts them as resident for as long as they are
// mapped. What is still needed is mapped again when it is used, from memory, since the
// file stays in the system's cache. Pages that the program has changed are left alone.
func letGo() error {
	binary, err := os.Executable()
	if err != nil {
		return fmt.Errorf("own pages: %w", err)
	}
	mappings, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return fmt.Errorf("own pages: %w", err)
	}
	var from, to uintptr // of the mapping that is read, 0 where it is not of the file
	for line := range strings.Lines(string(mappings)) {
		fields := strings.Fields(line)
		switch {
		case !strings.HasSuffix(fields[0], ":"):
			from, to = 0, 0
			if fields[len(fields)-1] == binary {
				if _, err := fmt.Sscanf(fields[0], "%x-%x", &from, &to); err != nil {
					return fmt.Errorf("own pages: %w", err)
				}
			}
		case fields[0] == "Anonymous:" && fields[1] == "0" && from != 0:
			if _, _, failed := unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_DONTNEED); failed != 0 {
				return fmt.Errorf("own pages: %w", failed)
			}
		}
	}
	return nil
}
