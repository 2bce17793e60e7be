package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestAFloodKeepsTheLimitsOverKills ends the program again and again while it
// sends as much as it may, and starts it at once.
func TestAFloodKeepsTheLimitsOverKills(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		b.options.Limits = true
		b.start()
		writer := b.person("Baso")
		for i := range 60 {
			b.queue(series(b.group(fmt.Sprintf("Pokja %d", i), writer), store.PriorityBroadcast, "kabar", 3)...)
		}
		b.queue(series(b.group("Dewan", writer), store.PriorityBroadcast, "kabar", 40)...)
		for range 6 {
			time.Sleep(1500 * time.Millisecond)
			b.kill()
			b.start()
		}
		for open, began := 1, time.Now(); open > 0 && time.Since(began) < time.Hour; open, _ = b.waiting() {
			time.Sleep(time.Second)
		}
		sent := 0
		for _, call := range b.telegram.Calls() {
			if strings.HasPrefix(call.Outcome, "429") {
				t.Errorf("Telegram asked for patience: %s %s", call.Method, call.Outcome)
			}
			if call.Method == "sendMessage" {
				sent++
			}
		}
		if sent < 220 {
			t.Errorf("only %d messages went out", sent)
		}
	})
}
