package bot

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestWordsAreLeftAloneUntilNothingMoreComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		words := arrival{id: 1, chatID: -1}
		all := newLanes(&Bot{out: newSender(nil, false)})
		var end context.CancelFunc
		all.ctx, end = context.WithCancel(t.Context())
		end() // nobody begins, so that what would be taken next can be seen
		next := func() bool {
			synctest.Wait()
			all.mutex.Lock()
			defer all.mutex.Unlock()
			return all.next(false) != nil
		}
		all.leaveWords(true)
		all.add(words)
		for range 3 {
			time.Sleep(gatherPatience - time.Millisecond)
			if next() {
				t.Fatal("words are taken while more comes")
			}
			all.leaveWords(true)
		}
		time.Sleep(gatherPatience)
		if !next() {
			t.Error("nothing came for a while, and words are still left alone")
		}
		all.leaveWords(true)
		all.leaveWords(false)
		if !next() {
			t.Error("all has come, and words are still left alone")
		}
		all.leaveWords(true)
		all.end()
		if time.Sleep(2 * gatherPatience); all.hands > 0 {
			t.Error("somebody began after the end")
		}
	})
}
