package program

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Work is how long the process has had a processor so far, as exactly as Linux
// counts it: Usage knows hundredths of a second only. Threads that have ended are not
// in it.
func (p *Process) Work() (time.Duration, error) {
	folder := "/proc/" + strconv.Itoa(p.command.Process.Pid) + "/task/"
	threads, err := os.ReadDir(folder)
	if err != nil {
		return 0, fmt.Errorf("work can be measured on Linux only, of a running process: %w", err)
	}
	var total time.Duration
	for _, thread := range threads {
		line, err := os.ReadFile(folder + thread.Name() + "/schedstat")
		if os.IsNotExist(err) {
			continue // it has ended since
		}
		if err != nil {
			return 0, err
		}
		first, _, _ := strings.Cut(string(line), " ")
		nanoseconds, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("/proc/PID/task/TID/schedstat has a shape that is not known: %w", err)
		}
		total += time.Duration(nanoseconds)
	}
	return total, nil
}
