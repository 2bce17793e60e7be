//go:build linux && (amd64 || arm64)

package machine

import (
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// become makes this process, on this thread, hand its calls over, and turns it into
// the program that arguments name. It returns only when that does not work.
func become(order string, arguments []string) error {
	var watched Watched
	var socket string
	if _, err := fmt.Sscanf(order, "%d %s", &watched, &socket); err != nil || len(arguments) == 0 {
		return errors.New("it is not said what is to be started")
	}
	connection, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: socket, Net: "unix"})
	if err != nil {
		return err
	}
	raw, err := connection.File()
	if err != nil {
		return err
	}
	runtime.LockOSThread()
	listener, err := handOver(watched)
	if err != nil {
		return fmt.Errorf("the kernel does not hand system calls over: %w", err)
	}
	if err := unix.Sendmsg(int(raw.Fd()), []byte{1}, unix.UnixRights(listener), nil, 0); err != nil {
		return err
	}
	unix.CloseOnExec(listener)
	environment := slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, launching+"=") })
	return syscall.Exec(arguments[0], arguments, environment)
}

// handOver installs the filter and returns the descriptor from which calls are read.
func handOver(watched Watched) (int, error) {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return 0, err
	}
	filter := filterFor(watched)
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	listener, _, failed := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_NEW_LISTENER|unix.SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, uintptr(unsafe.Pointer(&program)))
	if failed != 0 {
		return 0, failed
	}
	return int(listener), nil
}

// Where the number of a call, the machine's kind and its first argument stand in what
// a filter sees (struct seccomp_data).
const (
	atNumber       = 0
	atArchitecture = 4
	atFirst        = 16
)

// filterFor lets everything happen but what is watched. A jump of a filter leads so
// many instructions on.
func filterFor(watched Watched) []unix.SockFilter {
	load := func(offset uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
	}
	equal := func(value uint32, yes, no uint8) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jt: yes, Jf: no, K: value}
	}
	answer := func(value uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: value}
	}
	filter := []unix.SockFilter{
		load(atArchitecture), equal(architecture, 1, 0), answer(unix.SECCOMP_RET_ALLOW), load(atNumber),
	}
	for number, call := range calls {
		if watched&call.watched == 0 {
			continue
		}
		if number == unix.SYS_CLOCK_GETTIME {
			filter = append(filter, equal(uint32(number), 0, 4), load(atFirst), equal(unix.CLOCK_REALTIME, 0, 1),
				answer(unix.SECCOMP_RET_USER_NOTIF), answer(unix.SECCOMP_RET_ALLOW))
			continue
		}
		filter = append(filter, equal(uint32(number), 0, 1), answer(unix.SECCOMP_RET_USER_NOTIF))
	}
	return append(filter, answer(unix.SECCOMP_RET_ALLOW))
}
