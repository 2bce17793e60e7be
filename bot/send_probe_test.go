package bot

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestRequestsThatBreakTogetherWaitTogether breaks the line under requests to several
// chats at once, and keeps it broken for a minute: whoever waits stops no clock, and each
// message arrives once.
func TestRequestsThatBreakTogetherWaitTogether(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		var chats []int64
		var rows []store.Outgoing
		for i := range 5 {
			chat := b.person(fmt.Sprintf("Orang %d", i))
			chats = append(chats, chat)
			rows = append(rows, plainRow(chat, store.PriorityAnswer, "kabar"))
			b.telegram.Fail(sim.Fault{Chat: chat, Method: "sendMessage", Kind: sim.BreakBefore})
		}
		b.telegram.Fail(sim.Fault{Method: "getMe", Kind: sim.Error500, Times: 8})
		b.queue(rows...)
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		for _, chat := range chats {
			if said := b.said(chat, "kabar"); len(said) != 1 {
				t.Errorf("one of five hears %q", said)
			}
		}
	})
}
