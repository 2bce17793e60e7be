package bot

import (
	"time"

	"github.com/rembuk/rembuk/store"
)

// limitSpan is the longest span over which Telegram counts messages.
const limitSpan = time.Minute

// recall counts what was sent before the program began, at the moments when it
// was, so that a start soon after an end exceeds no limit. sent is in the order
// of time.
func (g *gate) recall(sent []store.Recent) {
	if !g.limits {
		return
	}
	for _, one := range sent {
		pace := g.paceOf(one.ChatID)
		pace.recall(one.At)
		g.release(pace)
		g.mutex.Lock()
		g.window.answered = append(g.window.answered, answeredMessages{one.At.Add(g.window.counts()), 1})
		g.mutex.Unlock()
	}
}
