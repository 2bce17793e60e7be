package bot

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// sqlBeside runs a statement on a connection of its own, as another program would.
func (b *bubble) sqlBeside(statement string) {
	b.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+b.path)
	if err != nil {
		b.t.Fatal(err)
	}
	_, err = db.Exec(statement)
	if err := errors.Join(err, db.Close()); err != nil {
		b.t.Fatal(err)
	}
}

// inbox are the states of all updates, oldest first, with what is left of their text.
func (b *bubble) inbox() (states, raw []string) {
	b.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+b.path)
	if err != nil {
		b.t.Fatal(err)
	}
	rows, err := db.Query(`SELECT state, raw FROM inbox ORDER BY update_id`)
	if err != nil {
		b.t.Fatal(err)
	}
	for rows.Next() {
		var state, text string
		if err := rows.Scan(&state, &text); err != nil {
			b.t.Fatal(err)
		}
		states, raw = append(states, state), append(raw, text)
	}
	if err := errors.Join(rows.Err(), rows.Close(), db.Close()); err != nil {
		b.t.Fatal(err)
	}
	return states, raw
}

func TestAnUpdateIsConfirmedOnlyOnceItIsKept(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		b.sqlBeside(`CREATE TRIGGER refuse BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'refused'); END`)
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
		time.Sleep(10 * time.Minute)
		if held := b.unconfirmed(); held != 1 {
			t.Errorf("Telegram holds %d updates, though nothing was kept", held)
		}
		if polls := b.telegram.Counts()["getUpdates"]; polls > 40 {
			t.Errorf("%d polls in ten minutes; they should come less and less often", polls)
		}
		if lines := b.logged("the database does not take what arrived"); lines == 0 {
			t.Error("the operator is not told")
		}
		if lines := b.logged("telegram cannot be reached"); lines != 0 {
			t.Error("the operator is told that Telegram is away, which it is not")
		}
		before := len(b.said(person, ""))
		b.sqlBeside(`DROP TRIGGER refuse`)
		time.Sleep(time.Minute)
		if said := len(b.said(person, "")) - before; said != 1 {
			t.Errorf("answered %d times", said)
		}
		if held := b.unconfirmed(); held != 0 {
			t.Errorf("Telegram still holds %d updates", held)
		}
	})
}

func TestAClosedDatabaseLosesNoUpdate(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		before := len(b.said(person, ""))
		if err := b.store.Close(); err != nil {
			t.Fatal(err)
		}
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
		time.Sleep(time.Minute)
		if held := b.unconfirmed(); held != 1 {
			t.Errorf("Telegram holds %d updates, though nothing was kept", held)
		}
		b.kill()
		b.start()
		if said := len(b.said(person, "")) - before; said != 1 {
			t.Errorf("answered %d times", said)
		}
	})
}

// TestARestartBetweenReceivingAndHandling takes an update as a program that is
// killed before it handles, or before it confirms, leaves it.
func TestARestartBetweenReceivingAndHandling(t *testing.T) {
	for _, row := range []struct {
		name    string
		confirm bool
	}{{"killed before it confirms", false}, {"killed after it confirms", true}} {
		t.Run(row.name, func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				b.start()
				person := b.person("Baso")
				before := len(b.said(person, ""))
				if err := b.stop(); err != nil {
					t.Fatal(err)
				}
				for range 3 {
					b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
				}
				killed := New(b.options)
				killed.poll.client.Transport = b.wire
				var raw []json.RawMessage
				if err := killed.poll.call(t.Context(), "getUpdates", pollParameters{Limit: 100, AllowedUpdates: updateKinds}, &raw); err != nil || len(raw) != 3 {
					t.Fatalf("%d updates came, %v", len(raw), err)
				}
				b.change(func(tx *store.Tx) error {
					var rows []store.Received
					for _, text := range raw {
						update := killed.read(text)
						rows = append(rows, store.Received{UpdateID: update.id, ChatID: update.chatID, Raw: string(update.raw)})
					}
					_, err := tx.Receive(rows, time.Now())
					return err
				})
				if row.confirm {
					if err := killed.poll.call(t.Context(), "getUpdates", pollParameters{Offset: b.telegram.LastUpdateID() + 1, Limit: 100, AllowedUpdates: updateKinds}, &raw); err != nil {
						t.Fatal(err)
					}
				}
				b.start()
				if said := len(b.said(person, "")) - before; said != 3 {
					t.Errorf("three updates were answered %d times", said)
				}
			})
		})
	}
}

func TestDuplicatesAreHandledOnce(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		before := len(b.said(person, ""))
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
		first := b.telegram.LastUpdateID()
		synctest.Wait()
		for range 3 {
			if !b.telegram.Duplicate(first) {
				t.Fatal("the update is forgotten")
			}
			synctest.Wait()
		}
		if err := b.stop(); err != nil {
			t.Fatal(err)
		}
		b.telegram.Duplicate(first)
		b.start()
		if said := len(b.said(person, "")) - before; said != 1 {
			t.Errorf("answered %d times", said)
		}
	})
}

func TestWordsGoOnceTheyAreHandled(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "rahasia dapur"})
		synctest.Wait()
		states, raw := b.inbox()
		for i := range states {
			if states[i] != "handled" || raw[i] != "" {
				t.Errorf("update %d is %s and still says %q", i, states[i], raw[i])
			}
		}
		if len(states) != 2 {
			t.Errorf("%d updates were kept", len(states))
		}
	})
}

// TestOneSlowChatHoldsBackNobody lets Telegram take two seconds over each
// message to one chat.
func TestOneSlowChatHoldsBackNobody(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		var people []int64
		for i := range 6 {
			people = append(people, b.person(fmt.Sprintf("Warga %d", i)))
		}
		slow := people[0]
		b.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: slow, Kind: sim.Slow, Delay: 2 * time.Second, Times: -1})
		count := make(map[int64]int)
		for _, person := range people {
			count[person] = len(b.said(person, ""))
			for range 5 {
				b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
			}
		}
		synctest.Wait()
		for _, person := range people[1:] {
			if said := len(b.said(person, "")) - count[person]; said != 5 {
				t.Errorf("beside the slow chat %d of 5 were answered", said)
			}
		}
		if said := len(b.said(slow, "")) - count[slow]; said != 1 {
			t.Errorf("in the slow chat %d were under way at once", said)
		}
		time.Sleep(20 * time.Second)
		if said := len(b.said(slow, "")) - count[slow]; said != 5 {
			t.Errorf("in the slow chat %d of 5 were answered", said)
		}
	})
}

func TestAnswersComeInTheOrderOfTheQuestions(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	coordinator := h.coordinator("Sitti Contoh", "sitti_contoh")
	var groups []int64
	for _, words := range []string{"dewan", "pokja lingkungan", "pokja ekonomi"} {
		groups = append(groups, h.linkedGroup("Grup "+words, words, coordinator))
	}
	h.quiet()
	asked := make(map[int64][]int)
	for i := range 60 {
		group := groups[i%len(groups)]
		h.heard(group)
		asked[group] = append(asked[group], h.sim.Say(sim.Message{Chat: group, Person: coordinator, Text: "/batal"}))
	}
	h.quiet()
	for _, group := range groups {
		var answered []int
		for _, message := range h.sim.Messages(group) {
			if message.Bot && message.ReplyTo >= asked[group][0] {
				answered = append(answered, message.ReplyTo)
			}
		}
		if difference := cmp.Diff(asked[group], answered); difference != "" {
			t.Errorf("answered in another order:\n%s", difference)
		}
	}
}

func TestNothingRunsOnAfterTheEnd(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Run("a working bot", func(t *testing.T) {
		h := newHarness(t)
		person := h.private("Baso")
		h.queue(series(person, store.PriorityBroadcast, "kabar", 50)...)
	})
	if err := goleak.Find(before); err != nil {
		t.Error(err)
	}
}
