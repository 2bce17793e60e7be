//go:build !linux

package reading

import "time"

var began = time.Now()

// worked is how much time has passed: other systems do not tell how long a thread was at work.
func worked() time.Duration { return time.Since(began) }
