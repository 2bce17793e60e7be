// Command checkstatic starts a binary of the program in an empty directory,
// where there is no libc, no zone and no certificate, beside a local Telegram:
//
//	go run ./deploy/checkstatic BINARY
//
// `check` must exit 0 and make nothing, `serve` must run and be alive, and end
// in order when told to.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/sim"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: checkstatic BINARY")
		os.Exit(2)
	}
	if err := examine(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "checkstatic:", err)
		os.Exit(1)
	}
	fmt.Println("the binary checks, serves and ends in an empty directory")
}

func examine(binary string) (err error) {
	cell, err := os.MkdirTemp("", "rembuk-static-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(cell)) }()
	content, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(cell, "rembuk"), content, 0o700); err != nil {
		return err
	}
	telegram := sim.New(sim.Options{})
	api, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer stop()
	environment := []string{"REMBUK_TELEGRAM_API=" + api, "REMBUK_TELEGRAM_TOKEN=" + telegram.Token(),
		"REMBUK_DATABASE=/rembuk.db", "REMBUK_ZONE=Asia/Makassar"}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	inside := func(arguments ...string) *exec.Cmd {
		command := exec.CommandContext(ctx, "unshare", append([]string{"--user", "--map-root-user", "chroot", cell, "/rembuk"}, arguments...)...)
		command.Env = append(environment, "PATH="+os.Getenv("PATH"))
		return command
	}
	return errors.Join(checks(cell, inside("check")), serves(ctx, inside))
}

func checks(cell string, check *exec.Cmd) error {
	output, err := check.CombinedOutput()
	fmt.Printf("%s", output)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	entries, err := os.ReadDir(cell)
	if err != nil {
		return err
	}
	if len(entries) != 1 {
		return fmt.Errorf("check left something beside the binary: %v", entries)
	}
	return nil
}

func serves(ctx context.Context, inside func(...string) *exec.Cmd) error {
	var log strings.Builder
	serve := inside("serve")
	serve.Stdout, serve.Stderr = &log, &log
	if err := serve.Start(); err != nil {
		return err
	}
	alive := errors.New("never asked")
	for alive != nil && ctx.Err() == nil {
		alive = inside("check", "--alive").Run()
	}
	told := serve.Process.Signal(syscall.SIGTERM)
	if err := errors.Join(alive, told, serve.Wait()); err != nil {
		return fmt.Errorf("serve: %w\n%s", err, log.String())
	}
	return nil
}
