package bot

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// late makes the answer to what is sent to a chat come after so long; what the
// call does happens at once.
func (b *bubble) late(chat int64, times int) {
	b.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: chat, Kind: sim.Slow, Delay: time.Minute, Times: times})
}

func TestWhatWasBeingSentAtAKillIsSentOnceMore(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		b.late(person, 1)
		b.queue(series(person, store.PriorityAnswer, "kabar", 3)...)
		synctest.Wait()
		b.kill()
		if difference := cmp.Diff(seriesTexts("kabar", 1), b.said(person, "kabar")); difference != "" {
			t.Fatalf("before the kill:\n%s", difference)
		}
		calls := len(b.telegram.Calls())
		b.start()
		want := append(seriesTexts("kabar", 1), seriesTexts("kabar", 3)...)
		if difference := cmp.Diff(want, b.said(person, "kabar")); difference != "" {
			t.Errorf("after the next start:\n%s", difference)
		}
		if first := b.telegram.Calls()[calls]; first.Method != "getMe" {
			t.Errorf("the first call was %s; it must be one that shows that the line works", first.Method)
		}
		if open, unknown := b.waiting(); open != 0 || unknown != 1 {
			t.Errorf("%d wait, %d are counted as perhaps sent twice", open, unknown)
		}
	})
}

// TestWhatWasBeingSentAtTwoKillsIsGivenUpAndToldOnce whatever ends of the program come after.
func TestWhatWasBeingSentAtTwoKillsIsGivenUpAndToldOnce(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		b.late(person, 2)
		b.queue(series(person, store.PriorityAnswer, "kabar", 2)...)
		for range 2 {
			synctest.Wait()
			b.noAbsence()
			b.kill()
			b.start()
		}
		for range 2 {
			if difference := cmp.Diff([]string{"kabar 1", "kabar 1", "kabar 2"}, b.said(person, "kabar")); difference != "" {
				t.Errorf("said:\n%s", difference)
			}
			if open, unknown := b.waiting(); open != 0 || unknown != 1 {
				t.Errorf("%d wait, %d are counted as unknown", open, unknown)
			}
			absences, planned := b.kept()
			if len(absences) != 1 || len(planned) != 1 {
				t.Fatalf("kept %v, planned %v", absences, planned)
			}
			if absences[0].Cause != council.CauseCutOff || absences[0].Missed.Messages != 1 || planned[0].Audience != council.ToCoordinator {
				t.Errorf("kept %+v, planned %+v", absences[0], planned[0])
			}
			if lines := b.logged("messages were cut off twice while they were sent"); lines != 1 {
				t.Errorf("the operator reads it %d times", lines)
			}
			b.kill()
			b.start()
		}
	})
}

// TestWhatALineCutOffTwiceIsToldWhileTheProgramGoesOn which may be for months, and at most once an hour.
func TestWhatALineCutOffTwiceIsToldWhileTheProgramGoesOn(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		giveUp := func(text string) {
			b.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: person, Kind: sim.BreakAfter, Times: 2})
			b.queue(plainRow(person, store.PriorityAnswer, text))
			time.Sleep(5 * time.Minute)
		}
		giveUp("pertama")
		absences, planned := b.kept()
		if len(absences) != 1 || len(planned) != 1 || absences[0].Cause != council.CauseCutOff || absences[0].Missed.Messages != 1 {
			t.Fatalf("kept %+v, planned %+v", absences, planned)
		}
		giveUp("kedua")
		giveUp("ketiga")
		if absences, _ := b.kept(); len(absences) != 1 {
			t.Errorf("within the hour it is told %d times", len(absences))
		}
		time.Sleep(time.Hour)
		if absences, planned := b.kept(); len(absences) != 2 || len(planned) != 2 || absences[1].Missed.Messages != 2 {
			t.Errorf("after the hour: kept %+v, planned %+v", absences, planned)
		}
		time.Sleep(2 * time.Hour)
		if absences, _ := b.kept(); len(absences) != 2 {
			t.Errorf("without anything new: kept %+v", absences)
		}
		if lines := b.logged("messages were cut off twice while they were sent"); lines != 2 {
			t.Errorf("the operator reads it %d times", lines)
		}
	})
}

// TestAStartTellsAtOnceWhatALineCutOffTwice though something was told within the hour.
func TestAStartTellsAtOnceWhatALineCutOffTwice(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		for told, text := range []string{"pertama", "kedua"} {
			b.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: person, Kind: sim.BreakAfter, Times: 2})
			b.queue(plainRow(person, store.PriorityAnswer, text))
			time.Sleep(5 * time.Minute)
			if absences, _ := b.kept(); len(absences) != 1 {
				t.Fatalf("after %d given up: kept %+v", told+1, absences)
			}
		}
		b.kill()
		b.start()
		if absences, planned := b.kept(); len(absences) != 2 || len(planned) != 2 || absences[1].Missed.Messages != 1 {
			t.Errorf("after the start: kept %+v, planned %+v", absences, planned)
		}
	})
}

// TestTwoKillsTakeNothingThatWasNotOnTheWireBothTimes kills a bot that sends to five
// people at once, and again when it has begun to say that anew. Of what was cut
// off, only one message at a time is on the wire, so a second kill leaves open what
// became of one, and not of all.
func TestTwoKillsTakeNothingThatWasNotOnTheWireBothTimes(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		var people []int64
		for _, name := range []string{"Baso", "Andi", "Sitti", "Fadli", "Ratna"} {
			people = append(people, b.person(name))
		}
		cutOff := func() {
			for _, person := range people {
				b.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: person, Kind: sim.BreakBefore, Delay: time.Minute})
			}
		}
		cutOff()
		for _, person := range people {
			b.queue(plainRow(person, store.PriorityAnswer, "kabar"))
		}
		synctest.Wait()
		b.kill()
		b.telegram.Heal()
		cutOff()
		b.start()
		b.kill()
		b.telegram.Heal()
		b.start()
		told := 0
		for _, person := range people {
			told += len(b.said(person, "kabar"))
		}
		if open, unknown := b.waiting(); told != 4 || open != 0 || unknown != 5 {
			t.Errorf("%d of 5 were told; %d wait, %d are counted as cut off", told, open, unknown)
		}
		time.Sleep(2 * time.Minute) // until Telegram's side is done with what hung
	})
}

// TestAnEditAtAKillIsDoneAgain however often, of a message as of a card: doing it twice is
// doing it once.
func TestAnEditAtAKillIsDoneAgain(t *testing.T) {
	for kind, change := range map[store.Kind]func(*bubble, store.Outgoing) store.Outgoing{
		store.KindEdit: func(b *bubble, said store.Outgoing) store.Outgoing {
			messages := b.telegram.Messages(said.ChatID)
			edit := plainRow(said.ChatID, store.PriorityAnswer, "sekarang")
			edit.Kind, edit.Payload.MessageID = store.KindEdit, messages[len(messages)-1].ID
			return edit
		},
		store.KindCard: func(b *bubble, said store.Outgoing) store.Outgoing {
			return b.card(said.ChatID, store.PriorityAnswer, "sekarang")
		},
	} {
		t.Run(string(kind), func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				b.start()
				person := b.person("Baso")
				before := plainRow(person, store.PriorityAnswer, "dulu")
				if kind == store.KindCard {
					before = b.card(person, store.PriorityAnswer, "dulu")
				}
				b.queue(before)
				synctest.Wait()
				b.telegram.Fail(sim.Fault{Method: "editMessageText", Kind: sim.BreakBefore, Delay: time.Minute, Times: 3})
				b.queue(change(b, before))
				for range 3 {
					synctest.Wait()
					b.kill()
					b.start()
				}
				time.Sleep(2 * time.Minute) // until Telegram's side is done with what hung
				if said := b.said(person, "sekarang"); len(said) != 1 {
					t.Errorf("the chat shows %q", b.said(person, ""))
				}
			})
		})
	}
}

func TestTheEndComesInTimeThoughRequestsHang(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		var people []int64
		for _, name := range []string{"Baso", "Andi", "Sitti"} {
			person := b.person(name)
			people = append(people, person)
			b.late(person, 1)
			b.queue(series(person, store.PriorityAnswer, "kabar", 2)...)
		}
		synctest.Wait()
		began := time.Now()
		if err := b.stop(); err != nil {
			t.Errorf("it ended with %v", err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("the end took %s", took)
		}
		if open, unknown := b.waiting(); open != 6 || unknown != 3 {
			t.Errorf("at the end %d wait, %d of which may have arrived", open, unknown)
		}
		synctest.Wait()
		if lines := b.logged("telegram cannot be reached"); lines != 0 {
			t.Error("what was cut off at the end counts as a broken line")
		}
		b.start()
		for _, person := range people {
			if difference := cmp.Diff([]string{"kabar 1", "kabar 1", "kabar 2"}, b.said(person, "kabar")); difference != "" {
				t.Errorf("what hung may have arrived and is sent once more:\n%s", difference)
			}
		}
	})
}

func TestWhatIsInHandIsFinishedAtTheEnd(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		b.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: person, Kind: sim.Slow, Delay: 2 * time.Second})
		b.queue(series(person, store.PriorityAnswer, "kabar", 3)...)
		synctest.Wait()
		if err := b.stop(); err != nil {
			t.Errorf("it ended with %v", err)
		}
		if open, unknown := b.waiting(); open != 2 || unknown != 0 {
			t.Errorf("%d wait for the next start, %d are unknown", open, unknown)
		}
		b.queue(plainRow(person, store.PriorityAnswer, "kabar 4")) // as the scheduler may, beside a bot that has ended
		synctest.Wait()
		b.start()
		if difference := cmp.Diff(seriesTexts("kabar", 4), b.said(person, "kabar")); difference != "" {
			t.Errorf("said:\n%s", difference)
		}
	})
}

// TestTheEndComesInTimeThoughNothingWorks ends a bot whose network and database are away.
func TestTheEndComesInTimeThoughNothingWorks(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		b.wire.gone.Store(true)
		b.queue(series(person, store.PriorityAnswer, "kabar", 3)...)
		time.Sleep(time.Minute)
		b.sqlBeside(`CREATE TRIGGER refuse BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'refused'); END`)
		began := time.Now()
		if err := b.stop(); err != nil {
			t.Errorf("it ended with %v", err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("the end took %s", took)
		}
		b.sqlBeside(`DROP TRIGGER refuse`)
		b.wire.gone.Store(false)
		b.start()
		said := slices.Compact(b.said(person, "kabar"))
		if strings.Join(said, ",") != strings.Join(seriesTexts("kabar", 3), ",") {
			t.Errorf("said %q", said)
		}
	})
}
