//go:build linux && (amd64 || arm64)

package machine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	Become()
	if folder := os.Getenv("MACHINE_TEST_FOLDER"); folder != "" {
		live(folder)
		return
	}
	os.Exit(m.Run())
}

// live does by turns what a machine may refuse, and says how it went.
func live(folder string) {
	for number := range 1000 {
		file, err := os.OpenFile(filepath.Join(folder, "file"), os.O_CREATE|os.O_WRONLY, 0o600)
		var written, synced error
		if err == nil {
			_, written = file.WriteAt([]byte("x"), 0)
			synced = file.Sync()
			_ = file.Close()
		}
		fmt.Printf("turn %d opened=%t written=%v synced=%v clock=%d\n", number, err == nil, written, synced, time.Now().Unix())
		time.Sleep(10 * time.Millisecond)
	}
}

// TestOrders lets a program run on a machine whose disk and clock are at the test's command.
func TestOrders(t *testing.T) {
	folder := t.TempDir()
	var orders Orders
	process, err := Start(t.Context(), &orders, Disk|Clock, os.Args[0], nil, []string{"MACHINE_TEST_FOLDER=" + folder})
	if err != nil {
		t.Fatal(err)
	}
	// line waits for a line that begins after what was written before and holds all of these.
	line := func(parts ...string) {
		t.Helper()
		from := len(process.Output())
		deadline := time.Now().Add(10 * time.Second)
		for time.Now().Before(deadline) {
			for said := range strings.Lines(process.Output()[from:]) {
				if holdsAll(said, parts) {
					return
				}
			}
			time.Sleep(time.Millisecond)
		}
		t.Fatalf("no line with %q in\n%s", parts, process.Output()[from:])
	}
	line("opened=true", "written=<nil>", "synced=<nil>")
	orders.Refuse(func(call Call) syscall.Errno {
		if strings.HasPrefix(call.Path, folder) && call.Name == "fsync" {
			return syscall.EIO
		}
		return 0
	})
	line("written=<nil>", "synced=sync", "input/output error")
	orders.Refuse(func(call Call) syscall.Errno {
		if strings.HasPrefix(call.Path, folder) {
			return syscall.EROFS
		}
		return 0
	})
	line("opened=false")
	if orders.Refused() < 2 {
		t.Errorf("%d calls were refused", orders.Refused())
	}
	orders.Refuse(nil)
	line("opened=true", "written=<nil>", "synced=<nil>")
	orders.SetClock(100 * 24 * time.Hour)
	line(fmt.Sprintf("clock=%d", orders.Now().Unix()/1e6)) // two years have the same first digits for eleven days
	orders.SetClock(-100 * 24 * time.Hour)
	line(fmt.Sprintf("clock=%d", orders.Now().Unix()/1e6))
	if status, err := process.Signal(os.Kill); err != nil || status != -1 {
		t.Errorf("%d %v", status, err)
	}
}

func holdsAll(line string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(line, part) {
			return false
		}
	}
	return true
}
