package bot

import (
	"time"

	"github.com/rembuk/rembuk/store"
)

// Telegram counts over a second; a little more than that is for clocks that do
// not run alike.
const (
	windowSpan  = time.Second + 20*time.Millisecond
	windowHolds = 30
)

// window knows what may have arrived at Telegram within the last second: whatever
// is under way, and what was answered in that time. A request arrives before it is
// answered; so of all that arrive within one second the one that was let through
// last found the others here, and they are no more than windowHolds.
type window struct {
	underWay int
	answered []answeredAt // in the order of time
}

type answeredAt struct {
	at       time.Time
	messages int
}

// counted is as how many messages a row counts in Telegram's limits: answers to
// presses are none.
func counted(row store.Queued) int {
	if row.Kind == store.KindAnswer {
		return 0
	}
	return row.Messages
}

// room tells whether so many messages may leave now; if not, after how long it is
// worth asking again, 0 when only an answer can change that.
func (w *window) room(messages int, now time.Time) (room bool, opens time.Duration) {
	for len(w.answered) > 0 && now.Sub(w.answered[0].at) >= windowSpan {
		w.answered = w.answered[1:]
	}
	count := w.underWay
	for _, one := range w.answered {
		count += one.messages
	}
	switch {
	case count+messages <= windowHolds || count == 0:
		return true, 0
	case len(w.answered) == 0:
		return false, 0
	}
	return false, windowSpan - now.Sub(w.answered[0].at)
}

// end notes that what was under way has been answered, or will not leave.
func (w *window) end(messages int, at time.Time) {
	w.underWay -= messages
	if messages > 0 {
		w.answered = append(w.answered, answeredAt{at, messages})
	}
}
