package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

// asked is something that people ask of the program again and again.
type asked struct {
	name   string
	place  council.GroupKind // where it is written; empty: in private
	text   string            // %d is a number that grows
	button int               // 0: none is pressed; else the so manieth of the answer, counted from 1
	status bool              // it is one of the forms of /status
}

// asking lists what is measured: every form of /status that a coordinator can ask for,
// and what is asked most beside it.
var asking = []asked{
	{name: "/status, in private", text: "/status", status: true},
	{name: "/status, secretariat", place: council.KindSecretariat, text: "/status", status: true},
	{name: "/status, council", place: council.KindCouncil, text: "/status", status: true},
	{name: "/status, working group", place: council.KindWorkingGroup, text: "/status", status: true},
	{name: "/status, community", place: council.KindCommunity, text: "/status", status: true},
	{name: "/status of a dimension", text: "/status lingkungan", status: true},
	{name: "/status of the council", text: "/status dewan", status: true},
	{name: "/status of communities", text: "/status komunitas", status: true},
	{name: "/status of a task", text: "/status T-5", status: true},
	{name: "/status of an idea", text: "/status I-5", status: true},
	{name: "/status of a question", text: "/status Q-5", status: true},
	{name: "/status of an evaluation", text: "/status E-1", status: true},
	{name: "a new task", place: council.KindWorkingGroup, text: "/newtask item %d tenggat 2030-01-02"},
	{name: "[first button] of its card", place: council.KindWorkingGroup, text: "/newtask item %d tenggat 2030-01-02", button: 1},
	{name: "/tasks, in private", text: "/tasks"},
	{name: "/tasks, its next page", place: council.KindWorkingGroup, text: "/tasks", button: -1},
	{name: "/tasks, working group", place: council.KindWorkingGroup, text: "/tasks"},
	{name: "/progress", text: "/progress T-5 %d persen"},
	{name: "a comment and a history", text: "/status T-5", button: -1},
	{name: "/search", text: "/search tonase titik"},
	{name: "/ideas", text: "/ideas"},
	{name: "/ideas, council", place: council.KindCouncil, text: "/ideas"},
	{name: "/questions", text: "/questions"},
	{name: "/evaluation", text: "/evaluation"},
	{name: "/readiness", text: "/readiness"},
	{name: "/indicators", text: "/indicators"},
	{name: "/meetings", text: "/meetings"},
	{name: "/decisions", text: "/decisions"},
	{name: "/news", text: "/news"},
	{name: "/plan", text: "/plan"},
	{name: "/digest", text: "/digest"},
	{name: "/engagement", text: "/engagement"},
	{name: "/audit", text: "/audit"},
	{name: "/recommendations", text: "/recommendations"},
	{name: "/reminders", text: "/reminders"},
	{name: "/help", text: "/help"},
}

// costs are what the answers to one thing took.
type costs struct {
	work, wait []time.Duration // on the processors of the program; until the answer came
}

// share is the time that so many of a hundred are not above.
func share(times []time.Duration, of int) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[max(0, (len(sorted)*of+99)/100-1)]
}

// chat is where something is asked.
func (r *regency) chat(what asked) int64 {
	if what.place == "" {
		return r.owner
	}
	return r.groups[what.place]
}

// last is what was said last where something is asked.
func (r *regency) last(what asked) string {
	shown := r.telegram.Messages(r.chat(what))
	return shown[len(shown)-1].Text
}

// ask asks once and adds what it took.
func (r *regency) ask(ctx context.Context, what asked, number int, into *costs) error {
	chat, text := r.chat(what), what.text
	if slices.Contains([]byte(text), '%') {
		text = fmt.Sprintf(text, number)
	}
	say := func() error {
		r.telegram.Say(sim.Message{Chat: chat, Person: r.owner, Text: text})
		return nil
	}
	if what.button == 0 {
		return r.measure(ctx, what, say, into)
	}
	var before costs
	if err := r.measure(ctx, what, say, &before); err != nil {
		return err
	}
	return r.measure(ctx, what, func() error { return r.press(chat, what.button) }, into)
}

// press presses a button of the last message that has any: the so manieth, or the last.
func (r *regency) press(chat int64, button int) error {
	shown := r.telegram.Messages(chat)
	for _, message := range slices.Backward(shown) {
		buttons := slices.DeleteFunc(slices.Concat(message.Buttons...), func(b sim.Button) bool { return b.Data == "" })
		if !message.Bot || len(buttons) == 0 {
			continue
		}
		if button < 0 || button > len(buttons) {
			button = len(buttons)
		}
		r.telegram.PressData(chat, message.ID, r.owner, buttons[button-1].Data)
		return nil
	}
	return fmt.Errorf("nothing to press in chat %d", chat)
}

// measure does something and waits until it is answered and the program is at rest.
func (r *regency) measure(ctx context.Context, what asked, do func() error, into *costs) error {
	said := r.said()
	before, err := r.running.Work()
	if err != nil {
		return err
	}
	began := time.Now()
	if err := do(); err != nil {
		return fmt.Errorf("%s: %w", what.name, err)
	}
	var answered time.Time
	patience, cancel := context.WithTimeoutCause(ctx, 30*time.Second, fmt.Errorf("%s: no answer within 30 s", what.name))
	defer cancel()
	err = r.wait(patience, func() bool {
		if answered.IsZero() && r.said() > said {
			answered = time.Now()
		}
		return !answered.IsZero() && r.telegram.PollWaiting()
	})
	if err != nil {
		return err
	}
	work, err := r.atRest(ctx)
	into.work, into.wait = append(into.work, work-before), append(into.wait, answered.Sub(began))
	return err
}

// atRest waits until the program works no more, for a moment, and returns its work.
func (r *regency) atRest(ctx context.Context) (time.Duration, error) {
	before, err := r.running.Work()
	for err == nil {
		select {
		case <-time.After(3 * time.Millisecond):
		case <-ctx.Done():
			return 0, ctx.Err()
		}
		var now time.Duration
		if now, err = r.running.Work(); err == nil && now-before < 100*time.Microsecond {
			return now, nil
		}
		before = now
	}
	return 0, err
}

// said is how often the program has said something to a chat.
func (r *regency) said() int {
	counts := r.telegram.Counts()
	return counts["sendMessage"] + counts["editMessageText"] + counts["answerCallbackQuery"] + counts["sendPhoto"] + counts["sendDocument"] + counts["sendMediaGroup"]
}
