package load

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// TestCarry lets a bot answer by hand and looks at what is measured of it.
func TestCarry(t *testing.T) {
	city := NewCity(sim.New(sim.Options{}), 1, 1)
	watch := NewWatch(city.Telegram.Handler())
	bot := &botHand{city: city, handler: watch}
	const commands, thinking = 5, 20 * time.Millisecond
	done := make(chan Result, 1)
	go func() {
		result, err := city.Carry(t.Context(), watch, Order{Commands: commands})
		if err != nil {
			t.Error(err)
		}
		done <- result
	}()
	offset := int64(0)
	for answered := 0; answered < commands; {
		var polled struct {
			Result []struct {
				ID      int64 `json:"update_id"`
				Message struct{ Text string }
			}
		}
		if err := json.Unmarshal([]byte(bot.call(t, "getUpdates", fmt.Sprintf(`{"offset":%d,"timeout":10}`, offset))), &polled); err != nil {
			t.Fatal(err)
		}
		for began := time.Now(); time.Since(began) < thinking; {
		}
		for _, update := range polled.Result {
			offset = update.ID + 1
			if title := titleShape.FindString(update.Message.Text); title != "" {
				bot.send(t, title)
				answered++
			}
		}
	}
	result := <-done
	if result.Answered != commands || result.OutOfOrder != 0 || result.Seconds < thinking.Seconds() {
		t.Errorf("%+v", result)
	}
	least := float64(thinking) / float64(time.Millisecond)
	if result.Delivery.Median < least || result.Writing.Median < result.Delivery.Median || result.Delivery.P99 < result.Delivery.Median {
		t.Errorf("faster than the bot was: %+v", result)
	}
}

func TestSpread(t *testing.T) {
	var times []time.Duration
	for number := range 200 {
		times = append(times, time.Duration(200-number)*time.Millisecond)
	}
	if got := spread(times); got != (Spread{Median: 100, P99: 198}) {
		t.Errorf("%+v", got)
	}
	if got := spread(times[:1]); got != (Spread{Median: 1, P99: 1}) { // sorted by the call before
		t.Errorf("%+v", got)
	}
	if got := spread(nil); got != (Spread{}) {
		t.Errorf("%+v", got)
	}
}
