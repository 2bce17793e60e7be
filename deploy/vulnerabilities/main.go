// Command vulnerabilities looks for known vulnerabilities in the program and in
// what it is built from:
//
//	go run ./deploy/vulnerabilities
//
// It runs govulncheck on the Go project's own list of them, the newest that the module
// proxy has, and needs no other place. Of the standard library it judges the Go that
// `make static` and the Dockerfile build with. What the code calls must be mended by
// an upgrade, or explained in deploy/vulnerabilities/explained.txt; else it exits 1.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// What is fetched from the module proxy.
const (
	listModule = "golang.org/x/vulndb@latest"
	checker    = "golang.org/x/vuln/cmd/govulncheck@v1.9.0"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	good, err := look(ctx)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "vulnerabilities:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

// look tells whether everything that was found is mended or explained.
func look(ctx context.Context) (bool, error) {
	built, err := builtWith("Makefile", "Dockerfile")
	if err != nil {
		return false, err
	}
	explained, err := readExplained(filepath.Join("deploy", "vulnerabilities", "explained.txt"))
	if err != nil {
		return false, err
	}
	list, version, err := fetchList(ctx)
	if err != nil {
		return false, err
	}
	said, err := check(ctx, list)
	if err != nil {
		return false, err
	}
	found, err := read(said)
	if err != nil {
		return false, err
	}
	fmt.Printf("list %s, standard library of %s\n", version, built)
	return judge(found, built, explained).print(os.Stdout), nil
}

// fetchList fetches the list of vulnerabilities and tells its folder and version.
func fetchList(ctx context.Context) (folder, version string, err error) {
	output, err := command(ctx, "go", "mod", "download", "-json", listModule)
	if err != nil {
		return "", "", fmt.Errorf("fetch the list of vulnerabilities: %w", err)
	}
	var module struct{ Dir, Version string }
	if err := json.Unmarshal(output, &module); err != nil {
		return "", "", fmt.Errorf("fetch the list of vulnerabilities: %w", err)
	}
	return filepath.Join(module.Dir, "data", "osv"), module.Version, nil
}

// check runs govulncheck on everything and returns what it says as JSON.
func check(ctx context.Context, list string) ([]byte, error) {
	output, err := command(ctx, "go", "run", checker, "-format", "json", "-db", "file://"+filepath.ToSlash(list), "./...")
	if err != nil {
		return nil, fmt.Errorf("govulncheck: %w", err)
	}
	return output, nil
}

// command runs a command and returns what it writes; what it complains of is in the error.
func command(ctx context.Context, name string, arguments ...string) ([]byte, error) {
	running := exec.CommandContext(ctx, name, arguments...)
	var complaints bytes.Buffer
	running.Stderr = &complaints
	output, err := running.Output()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, strings.TrimSpace(complaints.String()))
	}
	return output, err
}
