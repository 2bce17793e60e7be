//go:build linux && (amd64 || arm64)

package machine

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/rembuk/rembuk/bench/program"
)

// Call is one system call of the program that somebody may answer in the kernel's place.
type Call struct {
	Name string // such as "fdatasync"
	Path string // of the file that is changed, if it is a file

	Offset, Length int64 // of what "write" and "pwrite64" write
}

// Orders say what goes wrong. They may be changed while the program runs, and hold for
// every program that is started with them. The zero value is a machine that works.
type Orders struct {
	mutex  sync.Mutex
	refuse func(Call) syscall.Errno
	shift  atomic.Int64 // nanoseconds
	seen   atomic.Int64 // how many calls were refused
}

// Refuse lets decide see every call that changes a file: what it returns is the
// program's answer, and the call does not happen; 0 lets it happen. nil ends that.
func (o *Orders) Refuse(decide func(Call) syscall.Errno) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.refuse = decide
}

// Refused counts the calls that were refused so far.
func (o *Orders) Refused() int { return int(o.seen.Load()) }

// SetClock sets the machine's clock: it shows so much more than the true one. What
// measures how much time has passed is not touched, as on a machine whose clock is set.
func (o *Orders) SetClock(shift time.Duration) { o.shift.Store(int64(shift)) }

// Now is what the machine's clock shows.
func (o *Orders) Now() time.Time { return time.Now().Add(time.Duration(o.shift.Load())) }

func (o *Orders) decide(call Call) syscall.Errno {
	o.mutex.Lock()
	decide := o.refuse
	o.mutex.Unlock()
	if decide == nil {
		return 0
	}
	number := decide(call)
	if number != 0 {
		o.seen.Add(1)
	}
	return number
}

// Which calls are handed over: the fewer, the faster the program.
type Watched int

// What may be ordered of a program.
const (
	Disk  Watched = 1 << iota // Orders.Refuse
	Clock                     // Orders.SetClock
)

// launching names the variable by which a program is told that it is to become
// another one on such a machine.
const launching = "REMBUK_BENCH_MACHINE"

// Become must be called first thing in main: a copy of the caller's own program is
// what hands its calls over and then becomes the program that was asked for. It
// returns where this is no such copy.
func Become() {
	order := os.Getenv(launching)
	if order == "" {
		return
	}
	fmt.Fprintln(os.Stderr, "machine:", become(order, os.Args[1:]))
	os.Exit(1)
}

// Start starts a binary under the orders. The caller's main must begin with Become.
func Start(ctx context.Context, orders *Orders, watched Watched, binary string, arguments, environment []string) (*program.Process, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "rembuk-machine-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // the socket is used once
	socket, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(folder, "s"), Net: "unix"})
	if err != nil {
		return nil, err
	}
	defer func() { _ = socket.Close() }()
	process, err := program.Start(ctx, own, append([]string{binary}, arguments...),
		append(environment, fmt.Sprintf("%s=%d %s", launching, watched, socket.Addr())))
	if err != nil {
		return nil, err
	}
	handed, err := receive(socket, process)
	if err != nil {
		return nil, err
	}
	go serve(handed, orders)
	return process, nil
}

// receive waits for the file descriptor by which calls are handed over.
func receive(socket *net.UnixListener, process *program.Process) (int, error) {
	const patience = 10 * time.Second
	if err := socket.SetDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	connection, err := socket.AcceptUnix()
	if err != nil {
		return 0, fmt.Errorf("a program did not hand its calls over: %w\n%s", err, process.Output())
	}
	defer func() { _ = connection.Close() }()
	rights := make([]byte, unix.CmsgSpace(4))
	_, length, _, _, err := connection.ReadMsgUnix(make([]byte, 1), rights)
	if err != nil {
		return 0, err
	}
	messages, err := unix.ParseSocketControlMessage(rights[:length])
	if err != nil || len(messages) != 1 {
		return 0, errors.Join(errors.New("a program handed something else over"), err)
	}
	descriptors, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(descriptors) != 1 {
		return 0, errors.Join(errors.New("a program handed something else over"), err)
	}
	return descriptors[0], nil
}
