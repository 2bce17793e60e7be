package program

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Usage is what a process has used so far.
type Usage struct {
	CPU          time.Duration // user and system
	Memory, Peak int64         // resident bytes, now and at most
	Own          int64         // of Memory, what is not mapped from a file
}

// Megabytes writes bytes in units of 1,000,000.
func Megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }

// clockTick is the unit of times in /proc/PID/stat, which Linux shows to all
// programs as a hundredth of a second.
const clockTick = 10 * time.Millisecond

// Usage reads what the process has used from Linux's /proc.
func (p *Process) Usage() (Usage, error) {
	folder := "/proc/" + strconv.Itoa(p.command.Process.Pid)
	status, err := os.ReadFile(folder + "/status")
	if err != nil {
		return Usage{}, fmt.Errorf("processor and memory can be measured on Linux only, of a running process: %w", err)
	}
	stat, err := os.ReadFile(folder + "/stat")
	if err != nil {
		return Usage{}, fmt.Errorf("read what a process has used: %w", err)
	}
	var used Usage
	used.CPU, err = readTimes(string(stat))
	return used, errors.Join(err, readSizes(string(status), &used))
}

// readTimes adds user and system time, the 12th and 13th field after the name
// of the program, which stands in brackets and may hold blanks.
func readTimes(stat string) (time.Duration, error) {
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/PID/stat has a shape that is not known")
	}
	user, err := strconv.ParseInt(fields[11], 10, 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * clockTick, err
}

// readSizes reads lines such as "VmRSS:     9000 kB".
func readSizes(status string, used *Usage) error {
	for line := range strings.Lines(status) {
		fields := strings.Fields(line)
		if len(fields) != 3 {
			continue
		}
		kibibytes, err := strconv.ParseInt(fields[1], 10, 64)
		switch fields[0] {
		case "VmRSS:":
			used.Memory = kibibytes * 1024
		case "RssAnon:":
			used.Own = kibibytes * 1024
		case "VmHWM:":
			used.Peak = kibibytes * 1024
		default:
			continue
		}
		if err != nil {
			return err
		}
	}
	if used.Memory == 0 || used.Peak == 0 {
		return fmt.Errorf("/proc/PID/status does not tell the memory")
	}
	return nil
}
