// Package machine runs a program on a machine that misbehaves on order: writes that
// the disk refuses, a sync that does not succeed, a clock that is set. The program is the real
// one, as it was built: Linux hands the system calls that matter over to whoever has
// started it (seccomp with SECCOMP_RET_USER_NOTIF), and what is answered is what the
// program gets. No privilege is needed.
//
// Linux 5.19 or later, on amd64 or arm64.
package machine
