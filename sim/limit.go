package sim

import (
	"time"
)

// Telegram's public rates: 30 messages a second over all, 20 a minute in a group, and one a second in a private chat,
// where a short burst is let pass.
const (
	overallRate  = 30
	groupRate    = 20
	privateBurst = 5
)

// pace remembers when messages went out, as far back as the rates reach.
type pace struct {
	overall []time.Time
	perChat map[int64][]time.Time
}

// pay counts a message, an edit or all messages of an album into the chat and refuses it if a rate is passed already.
// What is refused does not count.
func (s *Server) pay(c *chat, messages int) *refusal {
	if !s.limits {
		return nil
	}
	now := s.limitNow()
	if s.pace.perChat == nil {
		s.pace.perChat = map[int64][]time.Time{}
	}
	span, most := time.Minute, groupRate
	if c.Type == kindPrivate {
		span, most = privateBurst*time.Second, privateBurst
	}
	s.pace.overall = since(s.pace.overall, now.Add(-time.Second))
	recent := since(s.pace.perChat[c.ID], now.Add(-span))
	wait := max(waitTime(s.pace.overall, overallRate, time.Second, now), waitTime(recent, most, span, now))
	if wait > 0 {
		s.pace.perChat[c.ID] = recent
		return tooManyRequests(int((wait + time.Second - 1) / time.Second))
	}
	for range messages {
		s.pace.overall, recent = append(s.pace.overall, now), append(recent, now)
	}
	s.pace.perChat[c.ID] = recent
	return nil
}

// since drops the times that are not after the beginning.
func since(times []time.Time, beginning time.Time) []time.Time {
	for len(times) > 0 && !times[0].After(beginning) {
		times = times[1:]
	}
	return times
}

// waitTime is how long until the oldest of so many has gone out of the span, 0 if there are fewer.
func waitTime(times []time.Time, most int, span time.Duration, now time.Time) time.Duration {
	if len(times) < most {
		return 0
	}
	return max(times[len(times)-most].Add(span).Sub(now), time.Nanosecond)
}
