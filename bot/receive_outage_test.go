package bot

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func TestARefusedTokenEndsTheBot(t *testing.T) {
	for _, row := range []struct {
		name  string
		fault sim.Fault
		later bool
	}{
		{"unknown at the start", sim.Fault{Method: "getMe", Kind: sim.Unauthorized401}, false},
		{"no bot at the start", sim.Fault{Method: "getMe", Kind: sim.Refuse, Code: 404, Description: "Not Found"}, false},
		{"revoked while running", sim.Fault{Method: "getUpdates", Kind: sim.Unauthorized401}, true},
		{"gone while running", sim.Fault{Method: "getUpdates", Kind: sim.Refuse, Code: 404, Description: "Not Found"}, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				if row.later {
					b.start()
				}
				b.telegram.Fail(row.fault)
				if !row.later {
					b.start()
				}
				time.Sleep(time.Minute) // the poll in hand is over
				select {
				case err := <-b.ended:
					if !errors.Is(err, ErrTokenRefused) {
						t.Errorf("it ended with %v", err)
					}
				default:
					t.Error("the bot goes on")
					b.cancel()
					<-b.ended
				}
				b.cancel()
				b.cancel = nil
			})
		})
	}
}

func TestAnotherPollerIsWaitedForAndNamedOnce(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		b.telegram.Fail(sim.Fault{Method: "getUpdates", Kind: sim.Conflict409, Times: 20})
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"}) // ends the poll in hand
		before := len(b.said(person, ""))
		time.Sleep(5 * time.Minute)
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
		time.Sleep(15 * time.Minute)
		if lines := b.logged("another program polls"); lines != 1 {
			t.Errorf("the operator reads of it %d times", lines)
		}
		if lines := b.logged("telegram cannot be reached"); lines != 0 {
			t.Error("Telegram counts as away, which it is not")
		}
		if said := len(b.said(person, "")) - before; said < 1 {
			t.Errorf("afterwards %d were answered", said)
		}
	})
}

func TestANetworkThatIsGoneForAnHourIsSurvivedQuietly(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		people := []int64{b.person("Baso"), b.person("Andi")}
		b.wire.gone.Store(true)
		for _, person := range people {
			b.queue(series(person, store.PriorityReminder, "kabar", 20)...)
			b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
		}
		time.Sleep(time.Hour)
		lines := len(b.log.String())
		time.Sleep(time.Hour)
		if more := b.log.String()[lines:]; more != "" {
			t.Errorf("in the second hour the operator reads\n%s", more)
		}
		b.wire.gone.Store(false)
		time.Sleep(2 * time.Minute)
		for _, person := range people {
			if difference := cmp.Diff(seriesTexts("kabar", 20), b.said(person, "kabar")); difference != "" {
				t.Errorf("what waited, in order:\n%s", difference)
			}
		}
		if left := b.unconfirmed(); left != 0 {
			t.Errorf("%d updates are still with Telegram", left)
		}
		if away, back := b.logged("telegram cannot be reached"), b.logged("telegram can be reached again"); away != 1 || back != 1 {
			t.Errorf("the operator reads of the break %d times and of its end %d times", away, back)
		}
		if broken := b.bot.Broken(); broken != 0 {
			t.Errorf("%d requests count as broken after they went out; none went out", broken)
		}
	})
}

func TestPollsThatFailComeLessAndLessOften(t *testing.T) {
	for _, kind := range []sim.FaultKind{sim.Error500, sim.Error502HTML, sim.BreakBefore} {
		t.Run(fmt.Sprint(kind), func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				b.telegram.Fail(sim.Fault{Method: "getUpdates", Kind: kind, Times: -1})
				b.start()
				time.Sleep(time.Hour)
				if polls := b.telegram.Counts()["getUpdates"]; polls < 100 || polls > 140 {
					t.Errorf("%d polls in an hour", polls)
				}
				if lines := b.logged("telegram cannot be reached"); lines != 1 {
					t.Errorf("the operator reads of it %d times", lines)
				}
			})
		})
	}
}

func TestPollsWaitAsLongAsTelegramSays(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.telegram.Fail(sim.Fault{Method: "getUpdates", Kind: sim.Error429, RetryAfter: 600, Times: 2})
		b.start()
		time.Sleep(1199 * time.Second)
		if polls := b.telegram.Counts()["getUpdates"]; polls != 2 {
			t.Errorf("%d polls before the time was over", polls)
		}
		time.Sleep(2 * time.Second) // a poll is counted when it is over, and one after a failure ends at once
		if polls := b.telegram.Counts()["getUpdates"]; polls != 3 {
			t.Errorf("%d polls after", polls)
		}
	})
}
