package load

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// Watch stands before a local Telegram and remembers when each command was
// handed to the bot. It can also hold back what waits.
type Watch struct {
	telegram  http.Handler
	mutex     sync.Mutex
	delivered map[string]time.Time // by title, the first time
	held      chan struct{}        // closed when polls may go on; nil if nothing is held
}

// NewWatch is used in the place of the handler it is given.
func NewWatch(telegram http.Handler) *Watch {
	return &Watch{telegram: telegram, delivered: map[string]time.Time{}}
}

// ServeHTTP passes a call on. What it measures is the moment after the answer
// to getUpdates was written.
func (w *Watch) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	if strings.HasSuffix(request.URL.Path, "/getUpdates") {
		w.waitWhileHeld(request)
		response = &deliveryWriter{response, w}
	}
	w.telegram.ServeHTTP(response, request)
}

// Hold keeps polls that come from now on waiting until release is called.
func (w *Watch) Hold() (release func()) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	held := make(chan struct{})
	w.held = held
	return func() { close(held) }
}

func (w *Watch) waitWhileHeld(request *http.Request) {
	w.mutex.Lock()
	held := w.held
	w.mutex.Unlock()
	if held == nil {
		return
	}
	select {
	case <-held:
	case <-request.Context().Done():
	}
}

// Delivered is when a command was handed to the bot; false if it was not yet.
func (w *Watch) Delivered(title string) (time.Time, bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	at, known := w.delivered[title]
	return at, known
}

func (w *Watch) note(titles []string, at time.Time) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, title := range titles {
		if _, known := w.delivered[title]; !known {
			w.delivered[title] = at
		}
	}
}

// deliveryWriter sees the updates that go out.
type deliveryWriter struct {
	http.ResponseWriter
	watch *Watch
}

// Write passes on and notes which commands went out. The local Telegram writes
// every answer at once, and the server sends it when the handler returns.
func (d *deliveryWriter) Write(body []byte) (int, error) {
	titles := titleShape.FindAllString(string(body), -1)
	count, err := d.ResponseWriter.Write(body)
	if flusher, ok := d.ResponseWriter.(http.Flusher); ok {
		flusher.Flush()
	}
	d.watch.note(titles, time.Now())
	return count, err
}
