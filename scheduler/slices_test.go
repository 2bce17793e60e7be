package scheduler

import (
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestAMorningOfManyIsSaidInManyTransactions: everybody hears everything that is due in
// one message, however many there are; and what somebody does meanwhile is kept in between.
func TestAMorningOfManyIsSaidInManyTransactions(t *testing.T) {
	c := newCity(t, "2026-06-01 09:00")
	defer func() {
		if err := c.store.Close(); err != nil {
			t.Error(err)
		}
	}()
	const people = 3*tickHears + 5
	var ids []int64
	c.group(-1, council.KindWorkingGroup)
	for number := range people {
		id := c.member("Warga " + string(rune('A'+number%26)) + string(rune('a'+number/26)))
		ids = append(ids, id)
		c.task("2026-06-03 16:00", id)
	}
	for _, id := range ids { // the second thing of each comes long after the first of all
		c.task("2026-06-03 15:00", id)
	}
	c.clock.now = at(t, "2026-06-02 08:00")
	between, commits := 0, 0
	c.store.OnQueued(func(queued []store.Queued) {
		if len(queued) > 0 {
			commits++
			between = max(between, len(queued))
		}
	})
	c.turn()
	heard := make(map[int64]int)
	for _, notice := range c.voice.attempts {
		heard[notice.MemberID]++
		if len(notice.Items) != 2 {
			t.Errorf("member %d is told %d things", notice.MemberID, len(notice.Items))
		}
	}
	for _, id := range ids {
		if heard[id] != 1 {
			t.Errorf("member %d is told %d times", id, heard[id])
		}
	}
	if commits < 3 || between > tickHears {
		t.Errorf("%d commits, of which one says %d messages", commits, between)
	}
}

// TestAMilestoneOfManyOwnersIsSaidInManyTransactions: what several are for becomes one for
// each of them where these are many, and each hears it once.
func TestAMilestoneOfManyOwnersIsSaidInManyTransactions(t *testing.T) {
	c := newCity(t, "2026-06-04 12:00")
	defer func() {
		if err := c.store.Close(); err != nil {
			t.Error(err)
		}
	}()
	c.group(-1, council.KindWorkingGroup)
	evaluation := c.evaluation("2026-06-12 10:00")
	const people = 2*tickHears + 3
	for number := range people {
		serving(c, evaluation.Number, c.member("Warga "+string(rune('A'+number%26))+string(rune('a'+number/26))))
	}
	c.clock.now = at(t, "2026-06-05 08:00")
	most := 0
	c.store.OnQueued(func(queued []store.Queued) { most = max(most, len(queued)) })
	c.turn()
	heard := make(map[int64]int)
	for _, notice := range c.voice.attempts {
		heard[notice.MemberID]++
	}
	if len(heard) < people || most > 2*tickHears {
		t.Errorf("%d hear of it, %d in one transaction", len(heard), most)
	}
	for id, times := range heard {
		if id != 0 && times != 1 {
			t.Errorf("member %d is told %d times", id, times)
		}
	}
}
