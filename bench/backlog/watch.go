package main

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

// watch stands before the local Telegram and remembers when the first poll came, and when
// each press was answered.
type watch struct {
	telegram http.Handler
	mutex    sync.Mutex
	polled   time.Time
	answered map[string]time.Time // by the id of the press, the first time
}

func newWatch(telegram http.Handler) *watch {
	return &watch{telegram: telegram, answered: make(map[string]time.Time)}
}

var pressID = regexp.MustCompile(`"callback_query_id":"(\d+)"`)

// ServeHTTP passes a call on.
func (w *watch) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	switch {
	case strings.HasSuffix(request.URL.Path, "/getUpdates"):
		w.mutex.Lock()
		if w.polled.IsZero() {
			w.polled = time.Now()
		}
		w.mutex.Unlock()
	case strings.HasSuffix(request.URL.Path, "/answerCallbackQuery"):
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return // the program has gone away
		}
		request.Body = io.NopCloser(bytes.NewReader(body))
		if found := pressID.FindSubmatch(body); found != nil {
			w.note(string(found[1]))
		}
	}
	w.telegram.ServeHTTP(response, request)
}

func (w *watch) note(press string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if _, known := w.answered[press]; !known {
		w.answered[press] = time.Now()
	}
}

// forget makes the next poll the first one.
func (w *watch) forget() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.polled = time.Time{}
}

// first is when the first poll came; the zero time: it did not yet.
func (w *watch) first() time.Time {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.polled
}

// at is when a press was answered.
func (w *watch) at(press string) (time.Time, bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	at, known := w.answered[press]
	return at, known
}
