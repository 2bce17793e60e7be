package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/sim"
)

// built is the program as it is installed, built once for all tests that run it.
var built struct {
	once   sync.Once
	folder string
	binary string
	err    error
}

func TestMain(m *testing.M) {
	status := m.Run()
	if err := os.RemoveAll(built.folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}

// realProgram is the path of the program's binary.
func realProgram(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.folder, built.err = os.MkdirTemp("", "rembuk-binary-"); built.err == nil {
			built.binary, built.err = program.Build(context.Background(), built.folder, program.Module)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.binary
}

// TestTheProgram runs the real binary as processes of the operating system.
func TestTheProgram(t *testing.T) {
	t.Parallel()
	binary := realProgram(t)
	for name, test := range map[string]func(*testing.T, machine){
		"a second copy is refused":         secondCopyIsRefused,
		"a killed copy leaves no lock":     killedCopyLeavesNoLock,
		"it ends in order when told to":    endsInOrder,
		"it is alive and can be backed up": aliveAndBackedUp,
		"a relative path is one database":  relativePathIsOneDatabase,
		"health and metrics":               healthIsServed,
		"a refused token ends it":          refusedTokenEndsIt,
		"files are their owner's":          filesAreTheirOwners,
		"secrets stay inside":              secretsStayInside,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			telegram, config := localTelegram(t)
			folder := filepath.Dir(config.Database)
			test(t, machine{telegram, binary, folder, []string{"PATH=/nonexistent", "REMBUK_TELEGRAM_API=" + config.API,
				"REMBUK_TELEGRAM_TOKEN=" + config.Token, "REMBUK_DATABASE=" + config.Database, "REMBUK_LIMITS=off"}})
		})
	}
}

// machine is where the binary runs, beside a local Telegram.
type machine struct {
	telegram       *sim.Server
	binary, folder string
	environment    []string
}

// do runs the binary to its end.
func (m machine) do(t *testing.T, arguments ...string) (status int, output string) {
	t.Helper()
	command := exec.Command(m.binary, arguments...)
	command.Dir, command.Env = m.folder, m.environment
	both, err := command.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), string(both)
}

// running is a `rembuk serve` that has said that it runs.
type running struct {
	command *exec.Cmd
	output  *bytes.Buffer
	drained chan struct{}
}

func (m machine) serve(t *testing.T) *running {
	t.Helper()
	command := exec.Command(m.binary, "serve")
	command.Dir, command.Env = m.folder, m.environment
	pipe, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{command: command, output: &bytes.Buffer{}, drained: make(chan struct{})}
	command.Stderr = r.output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	lines := bufio.NewReader(pipe)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("ended before it ran: %v %s %s", command.Wait(), line, r.output)
		}
		if strings.Contains(line, "msg=running") {
			break
		}
	}
	go func() { _, _ = io.Copy(io.Discard, lines); close(r.drained) }()
	return r
}

func (r *running) signal(t *testing.T, signal os.Signal) (status int, took time.Duration) {
	t.Helper()
	began := time.Now()
	if err := r.command.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	<-r.drained
	_ = r.command.Wait() // the status is looked at
	return r.command.ProcessState.ExitCode(), time.Since(began)
}

func secondCopyIsRefused(t *testing.T, m machine) {
	m.serve(t)
	status, output := m.do(t, "serve")
	if status != 1 || !strings.Contains(output, "another copy is running") {
		t.Errorf("%d %s", status, output)
	}
}

func killedCopyLeavesNoLock(t *testing.T, m machine) {
	for range 3 {
		if status, _ := m.serve(t).signal(t, os.Kill); status != -1 {
			t.Errorf("ended with %d", status)
		}
	}
	if status, _ := m.do(t, "check", "--alive"); status != 1 {
		t.Errorf("a killed copy is alive: %d", status)
	}
}

func endsInOrder(t *testing.T, m machine) {
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		status, took := m.serve(t).signal(t, signal)
		if status != 0 || took > 5*time.Second {
			t.Errorf("%v: status %d after %v", signal, status, took)
		}
		for _, rest := range []string{"-wal", "-shm"} {
			if _, err := os.Stat(filepath.Join(m.folder, "rembuk.db"+rest)); err == nil {
				t.Errorf("%v left a %s file behind", signal, rest)
			}
		}
	}
}

func aliveAndBackedUp(t *testing.T, m machine) {
	server := m.serve(t)
	// The heart beats for the first time just after the program says that it runs.
	var status int
	var output string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if status, output = m.do(t, "check", "--alive"); status == 0 {
			break
		}
	}
	if status != 0 || output != "alive\n" {
		t.Errorf("%d %s", status, output)
	}
	file := filepath.Join(m.folder, "backup.db")
	if status, output := m.do(t, "backup", file); status != 0 {
		t.Errorf("backup: %d %s", status, output)
	}
	if status, output := m.do(t, "restore", "--force", file); status != 1 || !strings.Contains(output, "another copy") {
		t.Errorf("restore beside a running copy: %d %s", status, output)
	}
	if status, output := m.do(t, "check"); status != 0 {
		t.Errorf("check: %d %s", status, output)
	}
	server.signal(t, os.Kill)
	if status, output := m.do(t, "restore", file); status != 0 {
		t.Errorf("restore: %d %s", status, output)
	}
	m.serve(t)
}

func relativePathIsOneDatabase(t *testing.T, m machine) {
	m.serve(t)
	m.environment = append(m.environment, "REMBUK_DATABASE=../"+filepath.Base(m.folder)+"/rembuk.db")
	if status, output := m.do(t, "serve"); status != 1 || !strings.Contains(output, "another copy is running") {
		t.Errorf("%d %s", status, output)
	}
}

func refusedTokenEndsIt(t *testing.T, m machine) {
	m.environment = append(m.environment, "REMBUK_TELEGRAM_TOKEN="+goodToken)
	status, output := m.do(t, "serve")
	if status != 1 || !strings.Contains(output, "refused the bot token") || strings.Contains(output, goodToken) {
		t.Errorf("%d %s", status, output)
	}
}

func healthIsServed(t *testing.T, m machine) {
	address := freeAddress(t)
	m.environment = append(m.environment, "REMBUK_LISTEN="+address)
	m.serve(t)
	if code, body := fetch(t, "http://"+address+"/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("%d %q", code, body)
	}
	if code, body := fetch(t, "http://"+address+"/metrics"); code != 200 || !strings.Contains(body, "rembuk_inbox_waiting") {
		t.Errorf("%d %q", code, body)
	}
}
