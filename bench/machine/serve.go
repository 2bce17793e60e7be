//go:build linux && (amd64 || arm64)

package machine

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// notification is struct seccomp_notif: a call that waits for its answer.
type notification struct {
	id      uint64
	process uint32
	flags   uint32
	data    struct {
		number       int32
		architecture uint32
		instruction  uint64
		arguments    [6]uint64
	}
}

// reply is struct seccomp_notif_resp.
type reply struct {
	id    uint64
	value int64
	err   int32
	flags uint32
}

// serve answers the calls of one program until it ends.
func serve(listener int, orders *Orders) {
	defer func() { _ = unix.Close(listener) }()
	var honest bool
	for {
		var asked notification
		_, _, failed := unix.Syscall(unix.SYS_IOCTL, uintptr(listener), unix.SECCOMP_IOCTL_NOTIF_RECV, uintptr(unsafe.Pointer(&asked)))
		if failed == unix.EINTR || failed == unix.ENOENT && alive(listener) {
			continue
		}
		if failed != 0 {
			return
		}
		if !honest && calls[uintptr(asked.data.number)].watched == Clock {
			honest = withoutSharedClock(int(asked.process)) == nil
		}
		answer := answerTo(&asked, orders)
		// A program that was killed meanwhile needs no answer.
		_, _, _ = unix.Syscall(unix.SYS_IOCTL, uintptr(listener), unix.SECCOMP_IOCTL_NOTIF_SEND, uintptr(unsafe.Pointer(&answer)))
	}
}

// alive tells whether a call may still come: one that was withdrawn is no end.
func alive(listener int) bool {
	ready := []unix.PollFd{{Fd: int32(listener), Events: unix.POLLIN}}
	_, err := unix.Poll(ready, 0)
	return err == nil && ready[0].Revents&unix.POLLHUP == 0
}

func answerTo(asked *notification, orders *Orders) reply {
	happens := reply{id: asked.id, flags: unix.SECCOMP_USER_NOTIF_FLAG_CONTINUE}
	call := calls[uintptr(asked.data.number)]
	if call.name == "clock_gettime" {
		if tell(asked, orders.Now()) != nil {
			return happens
		}
		return reply{id: asked.id}
	}
	if call.watched != Disk || call.flags >= 0 && asked.data.arguments[call.flags]&(unix.O_WRONLY|unix.O_RDWR|unix.O_CREAT|unix.O_TRUNC) == 0 {
		return happens
	}
	path, err := call.file(asked)
	if err != nil {
		return happens // what is no file cannot be on a disk
	}
	wanted := Call{Name: call.name, Path: path}
	switch call.name {
	case "pwrite64":
		wanted.Length, wanted.Offset = int64(asked.data.arguments[2]), int64(asked.data.arguments[3])
	case "write":
		wanted.Length, wanted.Offset = int64(asked.data.arguments[2]), position(asked)
	}
	if refused := orders.decide(wanted); refused != 0 {
		return reply{id: asked.id, err: -int32(refused)}
	}
	return happens
}

// tell writes a moment where the program wants to have it.
func tell(asked *notification, now time.Time) error {
	text := make([]byte, 16)
	binary.NativeEndian.PutUint64(text, uint64(now.Unix()))
	binary.NativeEndian.PutUint64(text[8:], uint64(now.Nanosecond()))
	return write(int(asked.process), asked.data.arguments[1], text)
}

// file is the path of the file that a call changes.
func (c call) file(asked *notification) (string, error) {
	if c.descriptor >= 0 {
		return os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", asked.process, int32(asked.data.arguments[c.descriptor])))
	}
	name, err := text(int(asked.process), asked.data.arguments[c.path])
	if err != nil || filepath.IsAbs(name) {
		return name, err
	}
	below := fmt.Sprintf("/proc/%d/cwd", asked.process)
	if c.path == 1 && int32(asked.data.arguments[0]) != unix.AT_FDCWD {
		below = fmt.Sprintf("/proc/%d/fd/%d", asked.process, int32(asked.data.arguments[0]))
	}
	folder, err := os.Readlink(below)
	return filepath.Join(folder, name), err
}

// position is where a write without an offset of its own begins; 0 where that has no meaning.
func position(asked *notification) (offset int64) {
	about, err := os.ReadFile(fmt.Sprintf("/proc/%d/fdinfo/%d", asked.process, int32(asked.data.arguments[0])))
	if err != nil {
		return 0
	}
	_, _ = fmt.Sscanf(string(about), "pos: %d", &offset)
	return offset
}

// text reads a path out of a program's memory.
func text(process int, address uint64) (string, error) {
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", process))
	if err != nil {
		return "", err
	}
	defer func() { _ = memory.Close() }()
	const longest = 4096
	read := make([]byte, longest)
	count, err := memory.ReadAt(read, int64(address))
	if end := bytes.IndexByte(read[:count], 0); end >= 0 {
		return string(read[:end]), nil
	}
	return "", errors.Join(err, syscall.ENAMETOOLONG)
}

func write(process int, address uint64, text []byte) error {
	memory, err := os.OpenFile(fmt.Sprintf("/proc/%d/mem", process), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = memory.WriteAt(text, int64(address))
	return errors.Join(err, memory.Close())
}
