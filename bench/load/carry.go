package load

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// Order is a load to put on a bot.
type Order struct {
	Commands  int
	PerSecond float64       // how many are written each second; 0: all at once
	Late      time.Duration // how much later Telegram gives each answer
}

// Result is how a bot stood a load.
type Result struct {
	Answered   int
	Seconds    float64 // from the first command until the last answer arrived at Telegram
	OutOfOrder int
	Delivery   Spread // from the update being handed over until the answer arrived
	Writing    Spread // from the message being written until the answer arrived
}

// Spread are the middle and the late end of many times, in milliseconds.
type Spread struct{ Median, P99 float64 }

// Carry writes the commands of an order and waits until all are answered.
func (c *City) Carry(ctx context.Context, watch *Watch, order Order) (Result, error) {
	c.Telegram.Delay(order.Late)
	defer c.Telegram.Delay(0)
	sends, before := c.Sends(), len(c.said)
	written := map[string]time.Time{}
	began, err := c.write(ctx, watch, order, written)
	if err != nil {
		return Result{}, err
	}
	err = c.Wait(ctx, func() bool { return c.Sends()-sends >= order.Commands && c.Answered() == len(c.said) })
	if err != nil {
		return Result{}, fmt.Errorf("after %d of %d answers: %w", c.Answered()-before, order.Commands, err)
	}
	return c.measure(watch, began, written), nil
}

// write writes as fast as the order says, and tells when the first command
// could be fetched.
func (c *City) write(ctx context.Context, watch *Watch, order Order, written map[string]time.Time) (time.Time, error) {
	if order.PerSecond == 0 {
		release := watch.Hold()
		for range order.Commands {
			c.say()
		}
		began := time.Now()
		for _, said := range c.said[len(c.said)-order.Commands:] {
			written[said.title] = began
		}
		release()
		return began, nil
	}
	began := time.Now()
	for number := range order.Commands {
		due := began.Add(time.Duration(float64(number) / order.PerSecond * float64(time.Second)))
		select {
		case <-time.After(time.Until(due)):
		case <-ctx.Done():
			return began, context.Cause(ctx)
		}
		now := time.Now()
		written[c.say()] = now
	}
	return began, nil
}

// measure looks at when the answers to the written commands arrived.
func (c *City) measure(watch *Watch, began time.Time, written map[string]time.Time) Result {
	arrived := map[string]time.Time{}
	last := began
	for _, call := range c.Telegram.Calls() {
		title := titleShape.FindString(call.Params["text"])
		if _, ordered := written[title]; call.Method != "sendMessage" || !ordered {
			continue
		}
		if _, known := arrived[title]; !known {
			arrived[title] = call.At
		}
		last = call.At
	}
	var delivery, writing []time.Duration
	for title, at := range arrived {
		writing = append(writing, at.Sub(written[title]))
		if delivered, known := watch.Delivered(title); known {
			delivery = append(delivery, at.Sub(delivered))
		}
	}
	result := Result{Answered: len(arrived), Seconds: last.Sub(began).Seconds(), Delivery: spread(delivery), Writing: spread(writing)}
	var outcome Outcome
	for _, group := range c.groups {
		outcome.read(c.Telegram.Messages(group))
	}
	result.OutOfOrder = outcome.OutOfOrder
	return result
}

// spread finds the middle and the time that one in a hundred is above.
func spread(times []time.Duration) Spread {
	if len(times) == 0 {
		return Spread{}
	}
	slices.Sort(times)
	at := func(share float64) float64 {
		place := int(math.Ceil(share*float64(len(times)))) - 1
		return max(0, float64(times[max(0, place)])/float64(time.Millisecond))
	}
	return Spread{Median: at(0.5), P99: at(0.99)}
}
