package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/rembuk/rembuk/bench/program"
)

// litestreamModule is what is built where no binary is given.
const litestreamModule = "github.com/benbjohnson/litestream/cmd/litestream@v0.5.18"

// buildLitestream builds Litestream into a folder and returns the binary.
func buildLitestream(ctx context.Context, folder string) (string, error) {
	command := exec.CommandContext(ctx, "go", "install", litestreamModule)
	command.Env = append(os.Environ(), "GOBIN="+folder)
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build Litestream: %w\n%s", err, output)
	}
	return filepath.Join(folder, "litestream"), nil
}

// machine is a folder of its own in which the program and Litestream run.
type machine struct {
	rembuk     program.Rembuk
	litestream string // the binary
	config     string // deploy/litestream.yml
	replica    string // the folder into which Litestream copies, on another machine
	serving    *program.Process
	copying    *program.Process
}

// environment is what deploy/litestream.yml asks for.
func (m *machine) environment() []string {
	return []string{"REMBUK_DATABASE=" + m.rembuk.Database(), "REPLICA_FOLDER=" + m.replica, "HOME=" + m.rembuk.Folder}
}

// start starts the program, and Litestream beside it.
func (m *machine) start(ctx context.Context) (err error) {
	if m.serving, err = m.rembuk.Start(ctx); err != nil {
		return err
	}
	m.copying, err = program.Start(ctx, m.litestream, []string{"replicate", "-config", m.config}, m.environment())
	return err
}

// while gives a context that is done when one of the two ends by itself.
func (m *machine) while(ctx context.Context) (context.Context, context.CancelFunc) {
	serving, endServing := m.serving.While(ctx)
	both, endCopying := m.copying.While(serving)
	return both, func() { endCopying(); endServing() }
}

// lose ends both at once and takes the folder away.
func (m *machine) lose() error {
	_, served := m.serving.Signal(syscall.SIGKILL)
	_, copied := m.copying.Signal(syscall.SIGKILL)
	return errors.Join(served, copied, os.RemoveAll(m.rembuk.Folder))
}

// end lets both end in order.
func (m *machine) end() error {
	served, err := m.serving.Signal(syscall.SIGTERM)
	copied, failed := m.copying.Signal(syscall.SIGTERM)
	if err = errors.Join(err, failed); err == nil && (served != 0 || copied != 0) {
		err = fmt.Errorf("told to end, the program returned %d and Litestream %d\n%s", served, copied, m.copying.Output())
	}
	return err
}

// restore makes the database anew from the replica, as the guide says.
func (m *machine) restore(ctx context.Context) error {
	copied := filepath.Join(m.rembuk.Folder, "from-replica.db")
	fetch := exec.CommandContext(ctx, m.litestream, "restore", "-config", m.config, "-integrity-check", "full", "-o", copied, m.rembuk.Database())
	place := exec.CommandContext(ctx, m.rembuk.Binary, "restore", copied)
	for _, command := range []*exec.Cmd{fetch, place} {
		command.Env = m.environment()
		if output, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("restore from the replica: %w\n%s", err, output)
		}
	}
	return os.Remove(copied)
}
