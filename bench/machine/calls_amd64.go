//go:build linux

package machine

import "golang.org/x/sys/unix"

const architecture = unix.AUDIT_ARCH_X86_64

// The C library of amd64 uses calls that newer machines do not have.
func init() {
	calls[unix.SYS_OPEN] = call{"open", Disk, -1, 0, 1}
	calls[unix.SYS_UNLINK] = call{"unlink", Disk, -1, 0, -1}
	calls[unix.SYS_RENAME] = call{"rename", Disk, -1, 0, -1}
	calls[unix.SYS_MKDIR] = call{"mkdir", Disk, -1, 0, -1}
}
