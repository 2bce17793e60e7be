package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// token is the bot's, of no real one.
const token = "7000000001:AAlocalTelegramForTestsOnly0000000000"

// telegram hands out whatever bytes it is told to as updates, and takes every
// answer: what reaches the program is not what a well-behaved Telegram would send.
type telegram struct {
	address string
	server  *http.Server

	mutex   sync.Mutex
	next    int64             // id of the next update
	waiting []json.RawMessage // not confirmed yet
	changed chan struct{}     // closed when anything below or above changes
	polling bool              // a poll waits, with everything confirmed
	calls   int               // answers of the program, under way or done
	open    int               // of these, under way
}

func newTelegram() (*telegram, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	t := &telegram{address: "http://" + listener.Addr().String(), next: 1, changed: make(chan struct{})}
	t.server = &http.Server{Handler: t, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = t.server.Serve(listener) }() // ends with close
	return t, nil
}

func (t *telegram) close() { _ = t.server.Close() }

// change changes something and wakes whoever waits for that.
func (t *telegram) change(what func()) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	what()
	close(t.changed)
	t.changed = make(chan struct{})
}

// ServeHTTP answers as the Bot API does, whatever was asked for.
func (t *telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	w.Header().Set("Content-Type", "application/json")
	switch method {
	case "getMe":
		fmt.Fprintf(w, `{"ok":true,"result":{"id":%d,"is_bot":true,"first_name":"Rembuk","username":"rembuk_bot"}}`, bot)
	case "getUpdates":
		t.poll(w, r)
	default:
		t.change(func() { t.calls++; t.open++ })
		defer t.change(func() { t.open-- })
		if strings.HasPrefix(method, "send") || strings.HasPrefix(method, "edit") {
			fmt.Fprintf(w, `{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":1,"type":"private"}}}`, 1_000_000+t.answers(), time.Now().Unix())
			return
		}
		fmt.Fprint(w, `{"ok":true,"result":true}`)
	}
}

// poll holds a poll open until there is an update, or for a while.
func (t *telegram) poll(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Offset  int64 `json:"offset"`
		Timeout int   `json:"timeout"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	deadline := time.After(time.Duration(asked.Timeout) * time.Second)
	for {
		t.mutex.Lock()
		if asked.Offset == t.next {
			t.waiting = nil
		}
		waiting, changed := t.waiting, t.changed
		t.polling = len(waiting) == 0
		t.mutex.Unlock()
		if len(waiting) > 0 {
			_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": waiting}) // who asked has gone if this fails
			return
		}
		select {
		case <-changed:
		case <-deadline:
			fmt.Fprint(w, `{"ok":true,"result":[]}`)
			return
		case <-r.Context().Done():
			return
		}
	}
}

// say hands one update to the program; its id, which it returns, takes the place of the
// number sign.
func (t *telegram) say(update string) (id int64) {
	t.change(func() {
		id = t.next
		t.waiting = []json.RawMessage{json.RawMessage(strings.Replace(update, "#", fmt.Sprint(t.next), 1))}
		t.next++
		t.polling = false
	})
	return id
}

// atRest tells whether the program has confirmed everything and asks for nothing.
func (t *telegram) atRest() bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.polling && t.open == 0
}

func (t *telegram) answers() int {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.calls
}

// patience is how long one input may keep the program busy before the run ends.
const patience = 30 * time.Second

// still is how long nothing may happen until the program counts as at rest: what it
// commits before an answer leaves takes less.
const still = 4 * time.Millisecond

// blip is what a program that waits may use of a processor meanwhile.
const blip = 50 * time.Microsecond

// rest waits until the program has nothing more to do: it polls, calls nothing, and has
// used no processor for a moment.
func (t *telegram) rest(ctx context.Context, used func() (time.Duration, error)) (time.Duration, error) {
	ends := time.Now().Add(patience)
	last, err := used()
	for since := time.Now(); err == nil && time.Since(since) < still; {
		if time.Now().After(ends) {
			return last, errors.New("the program does not come to rest")
		}
		select {
		case <-time.After(time.Millisecond):
		case <-ctx.Done():
			return last, context.Cause(ctx)
		}
		var now time.Duration
		if now, err = used(); now-last > blip || !t.atRest() {
			last, since = now, time.Now()
		}
	}
	return last, err
}
