package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// signs are the facts by which a part of the program is known to stand still.
type signs struct {
	silence   time.Duration // since Telegram last answered a poll, or the start
	unhandled time.Duration // how long the same update has been the next to be handled; 0 when none waits
	stuck     time.Duration // how long the same message has been the next to leave; 0 when nothing waits
	overdue   time.Duration // how late the scheduler is, in real time; negative when nothing is due
	unwritten time.Duration // since something could last be written to the database, or the start
	database  error         // what kept the facts from being read
}

// How long, in real time, each part may be silent. A poll is held open for
// fifty seconds; a large file may take minutes to leave.
const (
	pollPatience   = 2 * time.Minute
	lanesPatience  = time.Minute
	senderPatience = 5 * time.Minute
	loopPatience   = time.Minute
	heartPatience  = time.Minute
)

// standing lists what stands still, one line each.
func (s signs) standing() []string {
	var lines []string
	if s.database != nil {
		lines = append(lines, "database: "+s.database.Error())
	}
	for _, part := range s.parts() {
		if part.length > part.patience {
			lines = append(lines, fmt.Sprintf(part.line, part.length.Round(time.Second)))
		}
	}
	return lines
}

// part is one part of the program, and for how long it has done nothing.
type part struct {
	name, line string
	cause      council.Cause // under which its standing still is kept; empty where an absence tells it
	length     time.Duration
	patience   time.Duration
}

func (s signs) parts() []part {
	return []part{
		{"writer", "database: nothing could be written for %s", "", s.unwritten, heartPatience},
		{"poll", "poll: Telegram has not answered for %s", "", s.silence, pollPatience},
		{"updates", "updates: the next one has not been handled for %s", council.CauseUpdates, s.unhandled, lanesPatience},
		{"sender", "sender: the next message has not left for %s", council.CauseSender, s.stuck, senderPatience},
		{"loop", "loop: something has been due for %s", council.CauseLoop, s.overdue, loopPatience},
	}
}

// signs looks at the bot and the database.
func (p *Program) signs(ctx context.Context, now time.Time) signs {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	found := signs{silence: p.since(p.bot.LastPoll(), now), unwritten: p.since(time.UnixMilli(p.beaten.Load()), now)}
	found.database = p.store.View(ctx, func(tx *store.Tx) error {
		queues, err := tx.Queues(now, p.clock.Now())
		if err != nil {
			return err
		}
		found.unhandled, found.stuck = p.nextToHandle.look(queues.WaitingFirst, now), p.nextToLeave.look(queues.DueFirst, now)
		next, err := nextDue(tx)
		if err == nil && !next.IsZero() && !p.bot.LineBroken() {
			found.overdue = time.Duration(float64(p.clock.Now().Sub(next)) / p.speed())
		}
		return err
	})
	return found
}

// since is how long ago something happened last, counted from the start at most.
func (p *Program) since(last, now time.Time) time.Duration {
	if last.Before(p.began) {
		last = p.began
	}
	return now.Sub(last)
}

// speed is how fast the rules' clock runs.
func (p *Program) speed() float64 {
	if p.config.Rehearsal.Speed != 0 {
		return p.config.Rehearsal.Speed
	}
	return 1
}

// oldest remembers what is the oldest that waits, and since when it has been. Age
// alone would tell little: in a busy group messages wait for their turn.
type oldest struct {
	mutex sync.Mutex
	id    int64
	since time.Time
}

// look tells how long the same thing has been the oldest one; 0 is none.
func (o *oldest) look(id int64, now time.Time) time.Duration {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if id != o.id {
		o.id, o.since = id, now
	}
	if id == 0 {
		return 0
	}
	return now.Sub(o.since)
}
