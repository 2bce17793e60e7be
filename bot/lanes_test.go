package bot

import (
	"container/heap"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestUpdatesOfAChatAreHandledInOrder lets some conversations fall on the way.
func TestUpdatesOfAChatAreHandledInOrder(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.prepare = func(bot *Bot) {
			bot.words["hitung"] = command{name: "hitung", answer: func(r *request) error {
				if len(r.text)%3 == 0 {
					panic("jatuh")
				}
				return r.reply("hitungan " + r.text)
			}}
		}
		b.start()
		people := []int64{b.person("Baso"), b.person("Andi"), b.person("Sitti")}
		var want []string
		for i := range 30 {
			text := fmt.Sprint(1 << i)
			if len(text)%3 != 0 {
				want = append(want, "hitungan "+text)
			}
			for _, person := range people {
				b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/hitung " + text})
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		for _, person := range people {
			if difference := cmp.Diff(want, b.said(person, "hitungan ")); difference != "" {
				t.Errorf("answered in another order:\n%s", difference)
			}
		}
		if found := b.setAside(); len(found) == 0 {
			t.Error("nothing fell")
		}
	})
}

// TestAFallingConversationHoldsBackNoOtherChat while it is tried again.
func TestAFallingConversationHoldsBackNoOtherChat(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.prepare = func(bot *Bot) {
			bot.words["meledak"] = command{name: "meledak", answer: func(*request) error { panic("jatuh") }}
		}
		b.start()
		falls, other := b.person("Baso"), b.person("Andi")
		before := len(b.said(other, ""))
		b.telegram.Say(sim.Message{Chat: falls, Person: falls, Text: "/meledak"})
		for range 5 {
			b.telegram.Say(sim.Message{Chat: other, Person: other, Text: "/batal"})
		}
		synctest.Wait() // no time passes
		if said := len(b.said(other, "")) - before; said != 5 || len(b.setAside()) != 0 {
			t.Errorf("beside it %d of 5 were answered, %d set aside", said, len(b.setAside()))
		}
	})
}

// TestRowsLeaveByPriorityAndAge states the order of a chat's queue.
func TestRowsLeaveByPriorityAndAge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) queuedRow {
			return queuedRow{rapid.IntRange(0, 3).Draw(t, "priority"), rapid.Int64Range(1, 50).Draw(t, "id")}
		}), 1, 30).Draw(t, "rows")
		left := order(rows)
		for i := 1; i < len(left); i++ {
			before, after := left[i-1], left[i]
			if before.priority > after.priority || before.priority == after.priority && before.id > after.id {
				t.Errorf("%v leaves before %v", before, after)
			}
		}
		if len(left) != len(rows) {
			t.Errorf("%d of %d leave", len(left), len(rows))
		}
	})
}

type queuedRow struct {
	priority int
	id       int64
}

// order pushes rows and pops them again.
func order(rows []queuedRow) (left []queuedRow) {
	var waiting rowHeap
	for _, row := range rows {
		heap.Push(&waiting, store.Queued{ID: row.id, Priority: store.Priority(row.priority)})
	}
	for len(waiting) > 0 {
		row := heap.Pop(&waiting).(store.Queued)
		left = append(left, queuedRow{int(row.Priority), row.ID})
	}
	return left
}
