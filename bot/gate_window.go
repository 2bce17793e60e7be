package bot

import (
	"time"

	"github.com/rembuk/rembuk/store"
)

// limit is how many messages Telegram takes within a span.
type limit struct {
	messages int
	span     time.Duration
}

// Telegram's limits: over all chats, to a group, and to a person, of whom a few
// seconds are counted together.
var (
	overallLimit = limit{30, time.Second}
	groupLimit   = limit{20, time.Minute}
	privateLimit = limit{5, 5 * time.Second}
)

// counts is for how long a message is counted after its answer: a little longer
// than the span, for clocks that do not run alike.
func (l limit) counts() time.Duration { return l.span + l.span/1000 + 4*time.Millisecond }

// window knows what may have arrived at Telegram within the last span: whatever
// is under way, and what was answered in that time. A request arrives before it is
// answered; so of all that arrive within one span the one that was let through
// last found the others here, and they are no more than the limit.
type window struct {
	limit
	underWay int
	answered []answeredMessages
}

// answeredMessages are counted until a moment.
type answeredMessages struct {
	until    time.Time
	messages int
}

// counted is as how many messages a row counts in Telegram's limits: answers to
// presses and what fetches or removes a file are none.
func counted(row store.Queued) int {
	switch row.Kind {
	case store.KindAnswer, store.KindFetch, store.KindForget, store.KindCompact:
		return 0
	}
	return row.Messages
}

// room tells whether so many messages may leave now, when no more than so many may
// be counted; if not, after how long it is worth asking again, 0 when only an
// answer can change that. What is more than the limit leaves when nothing is counted.
func (w *window) room(messages, most int, now time.Time) (room bool, opens time.Duration) {
	count, kept := w.underWay, w.answered[:0]
	for _, one := range w.answered {
		span := one.until.Sub(now)
		if span <= 0 {
			continue
		}
		kept = append(kept, one)
		count += one.messages
		if opens == 0 || span < opens {
			opens = span
		}
	}
	w.answered = kept
	return count+messages <= most || count == 0, opens
}

// end notes that what was under way has been answered. What was more than the
// limit is counted for longer, as long as the limit asks for it.
func (w *window) end(messages int, at time.Time) {
	w.underWay -= messages
	if messages > 0 {
		span := w.counts() * time.Duration(max(messages, w.messages)) / time.Duration(w.messages)
		w.answered = append(w.answered, answeredMessages{at.Add(span), messages})
	}
}
