package reading

import (
	"time"

	"golang.org/x/sys/unix"
)

// worked is how long this thread has been at work: unlike the clock it stands still while
// others have the processor.
func worked() time.Duration {
	var at unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &at); err != nil {
		panic(err)
	}
	return time.Duration(at.Nano())
}
