// Package program builds the programs of this repository and runs them as
// processes of the operating system.
package program

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Module is the path of the product; the programs of bench/ lie below it.
const Module = "github.com/rembuk/rembuk"

// Build builds a package of the module into a folder and returns the binary, which is
// read from the disk when it is started.
func Build(ctx context.Context, folder, packagePath string) (string, error) {
	binary := filepath.Join(folder, path.Base(packagePath))
	command := exec.CommandContext(ctx, "go", "build", "-o", binary, packagePath)
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", packagePath, err, output)
	}
	return binary, readAnew(binary)
}

// Process is one running program. It is killed when the context it was started
// with is done.
type Process struct {
	command *exec.Cmd
	output  output
	ended   chan struct{}
	outcome error
}

// Start runs a binary with these arguments and nothing in its environment but
// what is given.
func Start(ctx context.Context, binary string, arguments, environment []string) (*Process, error) {
	p := &Process{command: exec.CommandContext(ctx, binary, arguments...), ended: make(chan struct{})}
	p.command.Env = environment
	p.command.Stdout, p.command.Stderr = &p.output, &p.output
	p.command.WaitDelay = 5 * time.Second
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", filepath.Base(binary), err)
	}
	go func() {
		p.outcome = p.command.Wait()
		close(p.ended)
	}()
	return p, nil
}

// WaitFor waits for a line of the output that begins with prefix, and returns
// the rest of it.
func (p *Process) WaitFor(ctx context.Context, prefix string) (string, error) {
	for {
		written, more := p.output.look()
		for line := range strings.Lines(written) {
			if rest, found := strings.CutPrefix(line, prefix); found && strings.HasSuffix(line, "\n") {
				return strings.TrimSpace(rest), nil
			}
		}
		select {
		case <-more:
		case <-p.ended:
			return "", fmt.Errorf("%s ended: %w\n%s", filepath.Base(p.command.Path), p.outcome, written)
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// While gives a context that is also done, with that as its cause, when the
// process ends.
func (p *Process) While(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-p.ended:
			cancel(fmt.Errorf("%s has ended by itself: %w\n%s", filepath.Base(p.command.Path), p.outcome, p.Output()))
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(context.Canceled) }
}

// Ended is closed when the process has ended.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// Send sends a signal and does not wait for what comes of it.
func (p *Process) Send(signal os.Signal) error { return p.command.Process.Signal(signal) }

// Signal sends a signal, waits until the process has ended, and returns its
// exit status: -1 when the signal ended it.
func (p *Process) Signal(signal os.Signal) (status int, err error) {
	if err := p.command.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return 0, err
	}
	<-p.ended
	return p.command.ProcessState.ExitCode(), nil
}

// Status is the exit status of a process that has ended: -1 when a signal ended it.
func (p *Process) Status() int {
	<-p.ended
	return p.command.ProcessState.ExitCode()
}

// Output is what the process has written so far.
func (p *Process) Output() string {
	written, _ := p.output.look()
	return written
}

// output keeps what a process writes and wakes whoever waits for more.
type output struct {
	mutex sync.Mutex
	text  strings.Builder
	more  chan struct{}
}

func (o *output) Write(text []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.more != nil {
		close(o.more)
		o.more = nil
	}
	return o.text.Write(text)
}

func (o *output) look() (written string, more <-chan struct{}) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.more == nil {
		o.more = make(chan struct{})
	}
	return o.text.String(), o.more
}

// Until looks at a condition until it holds; the context's cause when that is done first.
func Until(ctx context.Context, condition func() bool) error {
	for !condition() {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}
