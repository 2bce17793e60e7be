package program

import (
	"os"
	"testing"
	"time"
)

func TestReadTimes(t *testing.T) {
	used, err := readTimes("123 (a (b) c) S 1 123 123 0 -1 4194304 100 0 0 0 150 50 9 9 20 0 1 0 100 0 0")
	if err != nil || used != 2*time.Second {
		t.Errorf("%v %v", used, err)
	}
	if _, err := readTimes("123 (a) S 1"); err == nil {
		t.Error("a shape that is not known was read")
	}
}

func TestReadSizes(t *testing.T) {
	var used Usage
	if err := readSizes("Name:\tx y z\nVmHWM:\t    2000 kB\nVmRSS:\t    1000 kB\nRssAnon:\t     500 kB\n", &used); err != nil || used.Memory != 1024000 || used.Own != 512000 || used.Peak != 2048000 {
		t.Errorf("%+v %v", used, err)
	}
	if err := readSizes("Name:\tx\n", &Usage{}); err == nil {
		t.Error("no sizes, and no error")
	}
}

// TestProcess runs the test's own binary as a process.
func TestProcess(t *testing.T) {
	if os.Getenv("PROGRAM_TEST_WAITS") != "" {
		_, _ = os.Stdout.WriteString("ready now\n")
		select {}
	}
	p, err := Start(t.Context(), os.Args[0], []string{"-test.run=^TestProcess$", "-test.timeout=1m"}, []string{"PROGRAM_TEST_WAITS=1"})
	if err != nil {
		t.Fatal(err)
	}
	if rest, err := p.WaitFor(t.Context(), "ready "); err != nil || rest != "now" {
		t.Fatalf("%q %v", rest, err)
	}
	if used, err := p.Usage(); err != nil || used.Memory <= 0 || used.Peak < used.Memory {
		t.Errorf("%+v %v", used, err)
	}
	while, cancel := p.While(t.Context())
	defer cancel()
	if status, err := p.Signal(os.Kill); err != nil || status != -1 {
		t.Errorf("%d %v", status, err)
	}
	<-while.Done()
	if _, err := p.WaitFor(t.Context(), "never"); err == nil {
		t.Error("waiting for a line of a process that has ended gives no error")
	}
	if _, err := p.Usage(); err == nil {
		t.Error("a process that is no more has used something")
	}
}
