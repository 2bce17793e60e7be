package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/rembuk/rembuk/store"
)

// signs are the facts by which a part of the program is known to stand still.
type signs struct {
	silence  time.Duration // since Telegram last answered a poll, or the start
	stuck    time.Duration // how long the same message has been the next to leave; 0 when nothing waits
	overdue  time.Duration // how late the scheduler is, in real time; negative when nothing is due
	database error         // what kept the facts from being read
}

// How long, in real time, each part may be silent. A poll is held open for
// fifty seconds; a large file may take minutes to leave.
const (
	pollPatience   = 2 * time.Minute
	senderPatience = 5 * time.Minute
	loopPatience   = time.Minute
)

// standing lists what stands still, one line each.
func (s signs) standing() []string {
	var lines []string
	if s.database != nil {
		lines = append(lines, "database: "+s.database.Error())
	}
	if s.silence > pollPatience {
		lines = append(lines, fmt.Sprintf("poll: Telegram has not answered for %s", s.silence.Round(time.Second)))
	}
	if s.stuck > senderPatience {
		lines = append(lines, fmt.Sprintf("sender: the next message has not left for %s", s.stuck.Round(time.Second)))
	}
	if s.overdue > loopPatience {
		lines = append(lines, fmt.Sprintf("loop: something has been due for %s", s.overdue.Round(time.Second)))
	}
	return lines
}

// signs looks at the bot and the database.
func (p *Program) signs(ctx context.Context, now time.Time) signs {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	last := p.bot.LastPoll()
	if last.Before(p.began) {
		last = p.began
	}
	found := signs{silence: now.Sub(last)}
	found.database = p.store.View(ctx, func(tx *store.Tx) (err error) {
		waiting, err := tx.OpenOutbox()
		if err != nil {
			return err
		}
		found.stuck = p.nextToLeave.look(waiting, now)
		next, err := nextDue(tx)
		if err == nil && !next.IsZero() && !p.bot.LineBroken() {
			found.overdue = time.Duration(float64(p.clock.Now().Sub(next)) / p.speed())
		}
		return err
	})
	return found
}

// speed is how fast the rules' clock runs.
func (p *Program) speed() float64 {
	if p.config.Rehearsal.Speed != 0 {
		return p.config.Rehearsal.Speed
	}
	return 1
}

// nextToLeave remembers which message is the oldest that may be sent, and since
// when. Age alone would tell little: in a busy group messages wait for their turn.
type nextToLeave struct {
	mutex sync.Mutex
	id    int64
	since time.Time
}

// look tells how long the same message has been the oldest one.
func (n *nextToLeave) look(waiting []store.Queued, now time.Time) time.Duration {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	oldest := int64(0)
	for _, row := range waiting {
		if !row.NotBefore.After(now) {
			oldest = row.ID
			break
		}
	}
	if oldest != n.id {
		n.id, n.since = oldest, now
	}
	if oldest == 0 {
		return 0
	}
	return now.Sub(n.since)
}
