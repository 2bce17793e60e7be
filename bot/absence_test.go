package bot

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// kept lists the absences that were kept, oldest first, and what is planned to be
// said of each.
func (b *bubble) kept() (absences []council.Absence, planned []council.Reminder) {
	b.t.Helper()
	if err := b.store.View(b.t.Context(), func(tx *store.Tx) error {
		for id := int64(1); ; id++ {
			absence, err := tx.Absence(id)
			if err != nil {
				return notFoundIsNil(err)
			}
			reminders, err := tx.WaitingReminders(absence.Reference())
			if err != nil {
				return err
			}
			absences, planned = append(absences, absence), append(planned, reminders...)
		}
	}); err != nil {
		b.t.Fatal(err)
	}
	return absences, planned
}

// noAbsence expects that nothing was kept.
func (b *bubble) noAbsence() {
	b.t.Helper()
	if absences, _ := b.kept(); len(absences) != 0 {
		b.t.Errorf("kept as away: %v", absences)
	}
}

// absent expects exactly one absence, about as long as given.
func (b *bubble) absent(from time.Time, length time.Duration) council.Absence {
	b.t.Helper()
	absences, _ := b.kept()
	if len(absences) != 1 {
		b.t.Fatalf("kept as away: %v", absences)
	}
	began, lasted := absences[0].From.Sub(from), absences[0].Until.Sub(absences[0].From)
	if began < -2*time.Minute || began > 2*time.Minute || lasted < length-3*time.Minute || lasted > length+3*time.Minute {
		b.t.Errorf("away from %v to %v, should be %v from %v", absences[0].From, absences[0].Until, length, from.UTC())
	}
	return absences[0]
}

func TestNetworkGoneForADayAndTwoHours(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		time.Sleep(10 * time.Hour)
		b.noAbsence()
		if b.bot.Away() {
			t.Error("away while the line holds")
		}
		gone := time.Now()
		b.wire.gone.Store(true)
		time.Sleep(26 * time.Hour)
		if !b.bot.Away() {
			t.Error("not away while nothing can be reached")
		}
		b.wire.gone.Store(false)
		time.Sleep(time.Minute)
		if b.bot.Away() {
			t.Error("still away")
		}
		absence := b.absent(gone, 26*time.Hour)
		_, planned := b.kept()
		want := []council.Reminder{{Subject: absence.Reference(), Step: council.StepAbsence, Audience: council.ToCoordinator,
			Anchor: absence.Until, Due: absence.Until}}
		for i := range planned {
			planned[i].ID = 0
		}
		if difference := cmp.Diff(want, planned); difference != "" {
			t.Error(difference)
		}
		time.Sleep(48 * time.Hour)
		b.absent(gone, 26*time.Hour) // and no second one
	})
}

func TestAShortBreakIsNoAbsence(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		for range 5 {
			time.Sleep(time.Hour)
			b.wire.gone.Store(true)
			time.Sleep(55 * time.Minute)
			b.wire.gone.Store(false)
			time.Sleep(5 * time.Minute)
		}
		b.noAbsence()
	})
}

func TestAMachineThatSleptWasAway(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		var slept atomic.Int64
		clock := func() time.Time { return time.Now().Add(time.Duration(slept.Load())) }
		b.options.Now = clock
		b.prepare = func(bot *Bot) { bot.contact.wall = clock }
		b.start()
		time.Sleep(3 * time.Hour)
		fell := clock()
		slept.Store(int64(72 * time.Hour)) // the poll in hand is answered as if nothing had been
		time.Sleep(2 * time.Minute)
		b.absent(fell, 72*time.Hour)
	})
}

func TestAClockThatIsMovedByHandIsNoAbsence(t *testing.T) {
	for _, row := range []struct {
		name   string
		told   bool // the bot was told that the clock was moved
		broken bool // while the line was broken
		want   int
	}{
		{"while the line holds", true, false, 0},
		{"while it is broken", true, true, 1},
		{"without a word", false, false, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				var moved atomic.Int64
				b.options.Now = func() time.Time { return time.Now().Add(time.Duration(moved.Load())) }
				b.start()
				time.Sleep(5 * time.Minute)
				b.wire.gone.Store(row.broken)
				if row.broken {
					time.Sleep(2 * time.Minute)
				}
				moved.Store(int64(30 * time.Hour))
				if row.told {
					b.bot.ClockMoved(t.Context())
				}
				b.kill()
				b.wire.gone.Store(false)
				b.start()
				if absences, _ := b.kept(); len(absences) != row.want {
					t.Errorf("kept as away: %v", absences)
				}
			})
		})
	}
}

func TestAFastClockIsNoAbsence(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		began := time.Now()
		b.options.Now = func() time.Time { return began.Add(600 * time.Since(began)) }
		b.start()
		time.Sleep(time.Hour) // a poll takes eight hours of the rules' clock
		b.noAbsence()
		b.wire.gone.Store(true)
		time.Sleep(10 * time.Minute)
		b.wire.gone.Store(false)
		time.Sleep(time.Minute)
		if absences, _ := b.kept(); len(absences) != 1 {
			t.Errorf("kept as away: %v", absences)
		}
	})
}

func TestAProgramThatStoodStillWasAway(t *testing.T) {
	for _, row := range []struct {
		name string
		end  func(*bubble)
		want time.Duration
	}{
		{"stopped for two hours", func(b *bubble) {
			if err := b.stop(); err != nil {
				b.t.Error(err)
			}
		}, 2 * time.Hour},
		{"killed for two hours", (*bubble).kill, 2 * time.Hour},
	} {
		t.Run(row.name, func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				b.start()
				b.noAbsence() // of the time before the first start nothing is known
				time.Sleep(7*time.Hour + 25*time.Second)
				ended := time.Now()
				row.end(b)
				time.Sleep(row.want)
				b.start()
				b.absent(ended, row.want)
			})
		})
	}
}

func TestARestartIsNoAbsence(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		for range 3 {
			time.Sleep(5 * time.Hour)
			if err := b.stop(); err != nil {
				t.Error(err)
			}
			b.start()
		}
		b.noAbsence()
	})
}

func TestAProgramThatIsKilledInAnOutage(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		time.Sleep(time.Hour)
		gone := time.Now()
		b.wire.gone.Store(true)
		time.Sleep(5 * time.Hour)
		b.kill()
		time.Sleep(5 * time.Hour)
		b.start() // which waits for Telegram
		time.Sleep(time.Hour)
		if !b.bot.Away() {
			t.Error("not away before Telegram was ever reached")
		}
		b.wire.gone.Store(false)
		time.Sleep(time.Minute)
		b.absent(gone, 11*time.Hour)
	})
}

// TestAnotherPollerIsAnAbsence: the other one gets the messages. What falls due
// can be sent all the same.
func TestAnotherPollerIsAnAbsence(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		time.Sleep(time.Hour)
		b.telegram.Fail(sim.Fault{Method: "getUpdates", Kind: sim.Conflict409, Times: -1})
		began := time.Now()
		time.Sleep(3 * time.Hour)
		if b.bot.Away() {
			t.Error("away although messages can be sent")
		}
		b.telegram.Heal()
		time.Sleep(2 * time.Minute)
		b.absent(began, 3*time.Hour)
	})
}

func TestAnAbsenceThatCannotBeKeptIsTriedAgain(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		time.Sleep(time.Hour)
		gone := time.Now()
		b.wire.gone.Store(true)
		time.Sleep(5 * time.Hour)
		unkept, cancel := context.WithCancel(t.Context())
		cancel()
		b.bot.reached(unkept)
		b.noAbsence()
		b.wire.gone.Store(false)
		time.Sleep(time.Minute)
		b.absent(gone, 5*time.Hour)
	})
}

// TestContactIsWrittenDownSeldom sends many messages, each of which ends a poll.
func TestContactIsWrittenDownSeldom(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		connected := func() (at time.Time) {
			if err := b.store.View(t.Context(), func(tx *store.Tx) (err error) { at, err = tx.Connected(); return err }); err != nil {
				t.Fatal(err)
			}
			return at
		}
		written := map[time.Time]bool{}
		began := time.Now()
		for time.Since(began) < 10*time.Minute {
			b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
			time.Sleep(3 * time.Second)
			written[connected()] = true
		}
		if len(written) < 9 || len(written) > 12 {
			t.Errorf("written down %d times in ten minutes", len(written))
		}
	})
}
