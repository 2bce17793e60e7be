package sim

import (
	"context"
	"encoding/json"
	"time"
)

const (
	mostUpdates     = 100
	longestPoll     = 50 * time.Second
	repeatedPoll    = 3 * time.Second        // the same offset again so soon waits at least so long
	hastyPoll       = 500 * time.Millisecond // the same offset again so soon gets one update
	conflictSpacing = 3 * time.Second        // no more than one 409 in this time; others come later
	lookSpacing     = time.Second            // how often a held poll looks what has happened by itself
)

func conflict() *refusal {
	return &refusal{code: 409, description: "Conflict: terminated by other getUpdates request; " +
		"make sure that only one bot instance is running"}
}

// getUpdates is called without the mutex, because it waits.
func (s *Server) getUpdates(ctx context.Context, r *request) (any, *refusal) {
	limit := int(min(max(r.number("limit"), 0), mostUpdates))
	if limit == 0 {
		limit = mostUpdates
	}
	timeout := min(max(time.Duration(r.number("timeout"))*time.Second, 0), longestPoll)
	s.mutex.Lock()
	s.allow(r)
	offset := r.number("offset")
	limit, timeout = s.slowDown(offset, limit, timeout)
	s.queue.confirm(offset)
	s.passTime()
	batch := s.queue.take(limit)
	if len(batch) > 0 || timeout == 0 {
		s.changed()
		s.mutex.Unlock()
		return batch, nil
	}
	s.endHeldPoll()
	poll := &heldPoll{wake: make(chan struct{}, 1), ended: make(chan struct{})}
	s.queue.held = poll
	s.changed()
	s.mutex.Unlock()
	return s.hold(ctx, poll, limit, timeout)
}

// slowDown applies the rules for a poller that asks for the same again at once.
func (s *Server) slowDown(offset int64, limit int, timeout time.Duration) (int, time.Duration) {
	now := time.Now()
	since := now.Sub(s.queue.lastStart)
	if offset == s.queue.lastOffset && !s.queue.lastStart.IsZero() {
		if since < repeatedPoll {
			timeout = max(timeout, repeatedPoll)
		}
		if since < hastyPoll {
			limit = 1
		}
	}
	s.queue.lastOffset, s.queue.lastStart = offset, now
	return limit, timeout
}

// allow remembers which updates are wanted from now on.
func (s *Server) allow(r *request) {
	raw, given := r.values["allowed_updates"]
	if !given || raw == "" {
		return
	}
	var kinds []string
	if err := json.Unmarshal([]byte(raw), &kinds); err != nil {
		return // Telegram does not look at what it cannot read; the violation is listed
	}
	s.queue.allowed = kinds
	if len(kinds) == 0 {
		s.queue.allowed = nil
	}
}

func (s *Server) endHeldPoll() {
	if s.queue.held != nil {
		close(s.queue.held.ended)
		s.queue.held = nil
	}
}

// hold waits until there is something, another poll comes, the time is over or the client goes away.
func (s *Server) hold(ctx context.Context, poll *heldPoll, limit int, timeout time.Duration) (any, *refusal) {
	timer, look := time.NewTimer(timeout), time.NewTicker(lookSpacing)
	defer timer.Stop()
	defer look.Stop()
	for {
		select {
		case <-poll.ended:
			if s.LineBroken() {
				return nil, conflict() // which does not arrive
			}
			return nil, s.conflict(ctx)
		case <-timer.C:
			return s.release(poll, limit, true)
		case <-ctx.Done():
			return s.release(poll, 0, true)
		case <-look.C:
			poll.look()
		case <-poll.wake:
			if batch, refused := s.release(poll, limit, false); batch != nil || refused != nil {
				return batch, refused
			}
		}
	}
}

// release ends a held poll with what there is. With nothing to give it stays held, unless it is the last time.
func (s *Server) release(poll *heldPoll, limit int, last bool) (any, *refusal) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.queue.held != poll {
		return nil, conflict()
	}
	s.passTime()
	batch := s.queue.take(limit)
	if len(batch) == 0 && !last {
		return nil, nil
	}
	s.queue.held = nil
	s.changed()
	return batch, nil
}

// conflict tells a poll that it was ended; a second such answer within three seconds comes three seconds later.
func (s *Server) conflict(ctx context.Context) *refusal {
	s.mutex.Lock()
	now := time.Now()
	wait := !s.queue.lastEnd.IsZero() && now.Sub(s.queue.lastEnd) < conflictSpacing
	if !wait {
		s.queue.lastEnd = now
	}
	s.mutex.Unlock()
	if wait {
		waitFor(ctx, conflictSpacing)
	}
	return conflict()
}

// PollWaiting reports whether a getUpdates is held open right now and nothing is undelivered.
func (s *Server) PollWaiting() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.passTime()
	return s.queue.held != nil && s.queue.undelivered == 0
}

func (s *Server) deleteWebhook(r *request) (any, *refusal) {
	if r.yes("drop_pending_updates") {
		s.queue.waiting, s.queue.undelivered = nil, 0
	}
	return true, nil
}

func (s *Server) getWebhookInfo(*request) (any, *refusal) {
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(s.queue.waiting)}
	if s.queue.allowed != nil {
		info["allowed_updates"] = s.queue.allowed
	}
	return info, nil
}
