package bot

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/store"
)

// passage is who came through a gate, and when.
type passage struct {
	mutex sync.Mutex
	names []string
	at    []time.Time
}

func (p *passage) note(name string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.names, p.at = append(p.names, name), append(p.at, time.Now())
}

func (p *passage) count() int { return len(p.order()) }

func (p *passage) order() []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return slices.Clone(p.names)
}

func (p *passage) times() []time.Time {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return slices.Clone(p.at)
}

// busiest is the largest number that came through in any span.
func (p *passage) busiest(span time.Duration) int {
	most, times := 0, p.times()
	for i, from := range times {
		count := 0
		for _, at := range times[i:] {
			if at.Sub(from) < span {
				count++
			}
		}
		most = max(most, count)
	}
	return most
}

// queueUp enters a gate and leaves it after as long as a request takes.
func (p *passage) queueUp(ctx context.Context, g *gate, name string, priority store.Priority, request time.Duration) {
	row := store.Queued{Priority: priority, Messages: 1}
	if priority == store.PriorityPress {
		row.Kind = store.KindAnswer
	}
	if g.enter(ctx, row, nil, nil) {
		p.note(name)
		time.Sleep(request)
		g.heard(counted(row))
		g.leave()
	}
}

// elapse lets time pass and everybody come to rest.
func elapse(span time.Duration) {
	time.Sleep(span)
	synctest.Wait()
}

func TestTheGateKeepsTheOverallLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, through := newGate(true), &passage{}
		for round := range 5 {
			for range 100 {
				go through.queueUp(t.Context(), g, "kabar", store.PriorityBroadcast, 20*time.Millisecond)
			}
			time.Sleep(time.Duration(round) * 700 * time.Millisecond)
		}
		elapse(time.Minute)
		if through.count() != 500 {
			t.Errorf("%d of 500 came through", through.count())
		}
		if most := through.busiest(time.Second); most > 30 {
			t.Errorf("%d within one second; Telegram allows 30", most)
		}
		if took := through.times()[499].Sub(through.times()[0]); took > 17500*time.Millisecond {
			t.Errorf("500 took %s", took)
		}
	})
}

func TestTheGateLetsTheUrgentFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, through := newGate(true), &passage{}
		enter := func(name string, priority store.Priority) {
			go through.queueUp(t.Context(), g, name, priority, time.Millisecond)
			synctest.Wait()
		}
		for range 30 {
			enter("sebelumnya", store.PriorityAnswer)
			time.Sleep(10 * time.Millisecond) // so that the limit opens for one after the other
		}
		for range 30 {
			enter("kabar", store.PriorityBroadcast)
		}
		for _, row := range []struct {
			name     string
			priority store.Priority
		}{{"pengingat 1", store.PriorityReminder}, {"jawaban 1", store.PriorityAnswer}, {"pengingat 2", store.PriorityReminder},
			{"jawaban 2", store.PriorityAnswer}, {"toast", store.PriorityPress}} {
			enter(row.name, row.priority)
		}
		if last := through.order()[through.count()-1]; last != "toast" {
			t.Errorf("a press waits for the limit: %q", through.order())
		}
		elapse(time.Minute)
		rest := slices.DeleteFunc(through.order(), func(name string) bool { return name == "kabar" || name == "sebelumnya" })
		if difference := cmp.Diff([]string{"toast", "jawaban 1", "jawaban 2", "pengingat 1", "pengingat 2"}, rest); difference != "" {
			t.Errorf("by priority, then by age:\n%s", difference)
		}
	})
}

func TestTheGateHasSoManyPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, through := newGate(false), &passage{}
		for range 2 * requestsAtOnce {
			go through.queueUp(t.Context(), g, "kabar", store.PriorityAnswer, time.Second)
		}
		synctest.Wait()
		if inside := through.count(); inside != requestsAtOnce {
			t.Errorf("%d requests at once", inside)
		}
		elapse(time.Second)
		synctest.Wait()
		if inside := through.count(); inside != 2*requestsAtOnce {
			t.Errorf("after the first ones left %d came through", inside)
		}
		elapse(time.Second)
	})
}

func TestWhoGivesUpTakesNoPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, through := newGate(false), &passage{}
		ctx, cancel := context.WithCancel(t.Context())
		for range requestsAtOnce {
			go through.queueUp(t.Context(), g, "da", store.PriorityAnswer, time.Second)
		}
		synctest.Wait()
		for range 50 {
			go through.queueUp(ctx, g, "gone", store.PriorityPress, time.Second)
		}
		synctest.Wait()
		cancel()
		elapse(2 * time.Second)
		for range requestsAtOnce {
			go through.queueUp(t.Context(), g, "da", store.PriorityAnswer, 0)
		}
		synctest.Wait()
		if slices.Contains(through.order(), "gone") || through.count() != 2*requestsAtOnce || g.free != requestsAtOnce {
			t.Errorf("%d came through, %d places are free", through.count(), g.free)
		}
	})
}

func TestAClosedGateLetsNobodyThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, through := newGate(true), &passage{}
		for _, span := range []time.Duration{time.Minute, time.Hour} {
			go g.closeWhile(func() { time.Sleep(span) })
		}
		synctest.Wait()
		go through.queueUp(t.Context(), g, "toast", store.PriorityPress, 0)
		elapse(time.Hour - time.Second)
		if through.count() != 0 {
			t.Error("somebody came through")
		}
		elapse(2 * time.Second)
		if through.count() != 1 {
			t.Errorf("%d came through after it was opened", through.count())
		}
	})
}

func TestARaisedPriorityCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, through := newGate(false), &passage{}
		for range requestsAtOnce {
			go through.queueUp(t.Context(), g, "first", store.PriorityAnswer, time.Second)
		}
		synctest.Wait()
		nudged := make(chan struct{}, 1)
		enter := func(name string, nudged <-chan struct{}) {
			go func() {
				if g.enter(t.Context(), store.Queued{Priority: store.PriorityBroadcast, Messages: 1}, nudged, func() store.Priority { return store.PriorityAnswer }) {
					through.note(name)
					time.Sleep(time.Second) // so that the places come free one after the other
					g.heard(1)
					g.leave()
				}
			}()
			synctest.Wait()
		}
		g.mutex.Lock()
		g.free -= requestsAtOnce - 1 // all but one place are taken away for good
		g.mutex.Unlock()
		enter("kabar 1", nil)
		enter("kabar 2", nil)
		enter("naik", nudged)
		nudged <- struct{}{}
		elapse(time.Minute)
		if difference := cmp.Diff([]string{"naik", "kabar 1", "kabar 2"}, through.order()[requestsAtOnce:]); difference != "" {
			t.Errorf("order:\n%s", difference)
		}
	})
}
