package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// pause says how long to wait before trying again: longer each time, up to half
// a minute, or as long as Telegram said.
type pause struct{ current time.Duration }

const (
	shortestPause = 500 * time.Millisecond
	longestPause  = 30 * time.Second
)

func newPause() *pause { return &pause{} }

func (p *pause) reset() { p.current = 0 }

func (p *pause) next(err error) time.Duration {
	var failed *apiError
	if errors.As(err, &failed) && failed.RetryAfter > 0 {
		return failed.RetryAfter
	}
	p.current = min(max(2*p.current, shortestPause), longestPause)
	return p.current
}

// wait sleeps in real time; it ends early when the context does.
func wait(ctx context.Context, duration time.Duration) {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// line remembers whether Telegram can be reached, so that the operator reads of
// a break once and of its end once, however long it lasts and whatever breaks.
type line struct {
	mutex sync.Mutex
	down  map[doing]bool
	since time.Time
}

// doing is what may not work, while the other does.
type doing string

const (
	receiving doing = "receiving"
	sending   doing = "sending"
)

func (l *line) isDown(what doing) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.down[what]
}

func (l *line) broken(log *slog.Logger, what doing, err error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if len(l.down) == 0 {
		l.down, l.since = make(map[doing]bool), time.Now()
		log.Warn("telegram cannot be reached; trying again until it can", "while", string(what), "error", err.Error())
	}
	l.down[what] = true
}

func (l *line) works(log *slog.Logger, what doing) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if !l.down[what] {
		return
	}
	if delete(l.down, what); len(l.down) == 0 {
		log.Info("telegram can be reached again", "after", time.Since(l.since).Round(time.Second).String())
	}
}
