package bot

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestAFloodArrivesWithinTelegramsLimits sends 150 messages into a Telegram that
// keeps its limits, and looks whether it was ever asked for patience.
func TestAFloodArrivesWithinTelegramsLimits(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		b.options.Limits = true
		b.start()
		writer := b.person("Baso")
		counts := make(map[int64]int)
		for i := range 4 {
			counts[b.group(fmt.Sprintf("Pokja %d", i), writer)] = 25
		}
		for i := range 5 {
			counts[b.person(fmt.Sprintf("Warga %d", i))] = 10
		}
		time.Sleep(time.Hour) // greetings and menus are over
		began := time.Now()
		for chat, count := range counts {
			b.queue(series(chat, store.PriorityBroadcast, "kabar", count)...)
		}
		for open := 1; open > 0 && time.Since(began) < time.Hour; open, _ = b.waiting() {
			time.Sleep(time.Second)
		}
		for chat, count := range counts {
			if difference := cmp.Diff(seriesTexts("kabar", count), b.said(chat, "kabar")); difference != "" {
				t.Errorf("chat %d, in order:\n%s", chat, difference)
			}
		}
		if asked := b.bot.TooMany(); asked != 0 {
			t.Errorf("Telegram asked for patience %d times", asked)
		}
		if took := time.Since(began); took > 2*time.Minute {
			t.Errorf("25 messages to a group took %s; Telegram allows 20 a minute", took)
		}
	})
}

// TestWithoutLimitsNothingIsPaced is the choice of benchmarks and the playground.
func TestWithoutLimitsNothingIsPaced(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		chat := b.person("Baso")
		synctest.Wait()
		began := time.Now()
		b.queue(series(chat, store.PriorityBroadcast, "kabar", 100)...)
		synctest.Wait()
		if said := b.said(chat, "kabar"); len(said) != 100 || time.Since(began) > 0 {
			t.Errorf("%d of 100 after %s", len(said), time.Since(began))
		}
	})
}

func TestAnswersOvertakeABroadcast(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		b.options.Limits = true
		b.start()
		asker := b.person("Andi")
		group := b.group("Dewan", asker)
		var others []int64
		for i := range 40 {
			others = append(others, b.person(fmt.Sprintf("Warga %d", i)))
		}
		time.Sleep(time.Hour)
		shown := b.telegram.Messages(asker)
		for _, chat := range append(others, group, asker) {
			b.queue(series(chat, store.PriorityBroadcast, "kabar", 10)...)
		}
		time.Sleep(10 * time.Second)
		began := time.Now()
		press := b.telegram.PressData(asker, shown[len(shown)-1].ID, asker, "1:unknown")
		synctest.Wait()
		if _, answered := b.telegram.Toast(press); !answered {
			t.Error("a press waits behind a broadcast")
		}
		b.queue(plainRow(asker, store.PriorityReminder, "pengingat"), plainRow(asker, store.PriorityAnswer, "jawaban"))
		for len(b.said(asker, "jawaban")) == 0 && time.Since(began) < time.Minute {
			time.Sleep(100 * time.Millisecond)
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("an answer waited %s behind a broadcast", took)
		}
		time.Sleep(time.Hour)
		tail := b.said(asker, "")
		var order []string
		for _, text := range tail {
			if text == "jawaban" || text == "pengingat" || text == "kabar 10" {
				order = append(order, text)
			}
		}
		if difference := cmp.Diff([]string{"jawaban", "pengingat", "kabar 10"}, order); difference != "" {
			t.Errorf("by priority:\n%s", difference)
		}
		if asked := b.bot.TooMany(); asked != 0 {
			t.Errorf("Telegram asked for patience %d times", asked)
		}
	})
}
