//go:build linux && (amd64 || arm64)

package machine

import "golang.org/x/sys/unix"

// call says where a system call names the file that it changes.
type call struct {
	name       string
	watched    Watched
	descriptor int // which argument is a descriptor; -1 if none
	path       int // which argument is a path, which stands below the descriptor of the argument before it; -1 if none
	flags      int // which argument holds the flags of an opening; -1 if none
}

// calls are those that are handed over, by number.
var calls = map[uintptr]call{
	unix.SYS_WRITE:         {"write", Disk, 0, -1, -1},
	unix.SYS_PWRITE64:      {"pwrite64", Disk, 0, -1, -1},
	unix.SYS_FTRUNCATE:     {"ftruncate", Disk, 0, -1, -1},
	unix.SYS_FALLOCATE:     {"fallocate", Disk, 0, -1, -1},
	unix.SYS_FSYNC:         {"fsync", Disk, 0, -1, -1},
	unix.SYS_FDATASYNC:     {"fdatasync", Disk, 0, -1, -1},
	unix.SYS_OPENAT:        {"openat", Disk, -1, 1, 2},
	unix.SYS_MKDIRAT:       {"mkdirat", Disk, -1, 1, -1},
	unix.SYS_UNLINKAT:      {"unlinkat", Disk, -1, 1, -1},
	unix.SYS_RENAMEAT:      {"renameat", Disk, -1, 1, -1},
	unix.SYS_RENAMEAT2:     {"renameat2", Disk, -1, 1, -1},
	unix.SYS_CLOCK_GETTIME: {"clock_gettime", Clock, -1, -1, -1},
	unix.SYS_BRK:           {"brk", Clock, -1, -1, -1}, // the first call of a program, see vdso.go
}
