package main

import (
	"context"
	"strings"

	"github.com/rembuk/rembuk/sim"
)

// fewPresses is how many lost cards are tried: nobody presses faster without being slowed down.
const fewPresses = 5

// pressLost presses the last button of cards whose tasks were lost, the one that takes
// a task back, and counts those that are not told that there is no such task.
func (f *failover) pressLost(ctx context.Context) (silent int, err error) {
	pressed := 0
	for _, call := range f.telegram.Calls() {
		title := titleShape.FindString(call.Params["text"])
		if pressed == fewPresses || !f.lost[title] || call.Method != "sendMessage" || call.Outcome != "200" {
			continue
		}
		for _, message := range f.telegram.Messages(call.Chat) {
			if !message.Bot || len(message.Buttons) == 0 || !strings.Contains(message.Text, title) {
				continue
			}
			pressed++
			void, err := f.pressVoid(ctx, message)
			if err != nil {
				return silent, err
			}
			if !void {
				silent++
			}
		}
	}
	return silent, nil
}

// pressVoid presses the last button of a message and tells whether the answer says that there is no such task.
func (f *failover) pressVoid(ctx context.Context, message sim.Shown) (void bool, err error) {
	row := message.Buttons[len(message.Buttons)-1]
	id, err := f.telegram.Press(message.Chat, message.ID, f.city.Owner, row[len(row)-1].Text)
	if err != nil {
		return false, err
	}
	var answer sim.Answer
	err = f.city.Wait(ctx, func() (answered bool) {
		answer, answered = f.telegram.Toast(id)
		return answered
	})
	return strings.Contains(answer.Text, "belum ada"), err
}
