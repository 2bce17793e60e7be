package bot

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/rembuk/rembuk/store"
)

// sendAll lets so many rows of a chat leave, as soon as each may.
func sendAll(p *pace, priority store.Priority, count int, through *passage) {
	row := store.Queued{Priority: priority, Messages: 1}
	for range count {
		for wait := p.delay(row, time.Now()); wait > 0; wait = p.delay(row, time.Now()) {
			time.Sleep(wait)
		}
		through.note("kabar")
		p.begin(row, time.Now())
		p.end(row, time.Now())
	}
}

func TestTheChatsPacesKeepTelegramsLimits(t *testing.T) {
	for _, row := range []struct {
		name      string
		chat      int64
		priority  store.Priority
		limit     limit
		burst     int           // so many go out at once
		notLonger time.Duration // than 40 of them take
	}{
		{"reminders to a person", 5, store.PriorityReminder, limit{privateShare, privateLimit.span}, 3, 70 * time.Second},
		{"answers to a person", 5, store.PriorityAnswer, privateLimit, 5, 36 * time.Second},
		{"reminders to a group", -5, store.PriorityReminder, limit{groupShare, groupLimit.span}, 6, 3 * time.Minute},
		{"answers to a group", -5, store.PriorityAnswer, groupLimit, 20, 61 * time.Second},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g, through := newGate(true), &passage{}
				began := time.Now()
				for range 10 {
					// A queue that was empty for a while asks for its pace again.
					p := g.paceOf(row.chat)
					sendAll(p, row.priority, 4, through)
					g.release(p)
				}
				if most := through.busiest(row.limit.span); most > row.limit.messages {
					t.Errorf("%d within %s; %d are allowed", most, row.limit.span, row.limit.messages)
				}
				if at := through.times()[row.burst-1]; at.After(began) {
					t.Errorf("%d do not go out at once", row.burst)
				}
				if took := time.Since(began); took > row.notLonger {
					t.Errorf("40 took %s", took)
				}
			})
		})
	}
}

// TestABroadcastLeavesRoomForAnswers: whatever was said unasked to a chat, somebody who
// asks there hears at once.
func TestABroadcastLeavesRoomForAnswers(t *testing.T) {
	for name, row := range map[string]struct {
		chat int64
		room int
	}{"person": {5, privateLimit.messages - privateShare}, "group": {-5, groupLimit.messages - groupShare}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPace(row.chat)
				sendAll(p, store.PriorityBroadcast, 30, &passage{})
				began := time.Now()
				sendAll(p, store.PriorityAnswer, row.room, &passage{})
				if took := time.Since(began); took != 0 {
					t.Errorf("%d answers took %s", row.room, took)
				}
			})
		})
	}
}

func TestPacesOfChatsThatRestAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(true)
		for chat := range int64(pacesKept) {
			g.release(g.paceOf(chat + 1))
		}
		said, waits := g.paceOf(1), g.paceOf(2)
		sendAll(said, store.PriorityAnswer, 1, &passage{})
		g.release(said)
		g.paceOf(pacesKept + 1)
		if len(g.paces) != 3 || g.paceOf(1) != said || g.paceOf(2) != waits {
			t.Errorf("%d paces are kept; the one just used, the one in use and the new one should be", len(g.paces))
		}
	})
}
