package main

import (
	"os"
	"strings"
	"testing"
)

// TestLetGo gives back what was mapped of this test's own file, and goes on.
func TestLetGo(t *testing.T) {
	resident := func() (kibibytes int) {
		t.Helper()
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(status)) {
			if fields := strings.Fields(line); fields[0] == "RssFile:" {
				for _, digit := range fields[1] {
					kibibytes = kibibytes*10 + int(digit-'0')
				}
			}
		}
		return kibibytes
	}
	before := resident()
	if err := letGo(); err != nil {
		t.Fatal(err)
	}
	if after := resident(); before == 0 || after >= before {
		t.Errorf("%d KiB of the file were resident, %d KiB are", before, after)
	}
}
