package town

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// Wire stands before a local Telegram. It writes down what the bot sends, and
// ends the bot at the send that it was told.
type Wire struct {
	telegram http.Handler
	server   *http.Server
	base     string

	mutex       sync.Mutex
	sends       int // that have come in, whatever became of them
	said        []Said
	plan        *ending
	connections map[net.Conn]bool
	last        time.Time // when something last happened
}

// Said is a message that stands in a chat since the bot sent it.
type Said struct {
	Chat    int64
	Text    string
	Buttons []string // their labels
	Markup  string   // the keyboard as it was sent
	ReplyTo string
}

// Phase is the moment of a send at which the program ends.
type Phase int

// Phases of a send.
const (
	Before   Phase = iota // the request has come, and nothing has happened
	After                 // it was carried out, and the answer is not sent
	Answered              // the answer is sent
	Handed                // after it: updates have just been handed over by a poll
)

func (p Phase) String() string {
	return [...]string{"before", "after", "with the answer to", "with the poll behind"}[p]
}

// ending is when and how the program ends.
type ending struct {
	at    int // at which send, counted like Wire.sends
	phase Phase
	end   func()
	done  chan struct{}
}

// NewWire serves a local Telegram on a port of 127.0.0.1 until Close.
func NewWire(telegram *sim.Server) (*Wire, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &Wire{telegram: telegram.Handler(), connections: map[net.Conn]bool{}, base: "http://" + listener.Addr().String()}
	w.server = &http.Server{Handler: w, ReadHeaderTimeout: 10 * time.Second, ConnState: w.connected}
	go func() {
		if err := w.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic("wire: " + err.Error())
		}
	}()
	return w, nil
}

// Base is the address of the Bot API.
func (w *Wire) Base() string { return w.base }

// Close cuts every line.
func (w *Wire) Close() error { return w.server.Close() }

// connected keeps which lines are open: a program that was killed has sent nothing
// more once they all are closed.
func (w *Wire) connected(connection net.Conn, state http.ConnState) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if state == http.StateClosed || state == http.StateHijacked {
		delete(w.connections, connection)
	} else {
		w.connections[connection] = true
	}
}

// Drained tells whether everything that was on the wire has come in.
func (w *Wire) Drained() bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return len(w.connections) == 0
}

// EndAt makes end be called at the next-th send from now on. The channel is closed
// after that.
func (w *Wire) EndAt(next int, phase Phase, end func()) <-chan struct{} {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.plan = &ending{at: w.sends + next, phase: phase, end: end, done: make(chan struct{})}
	return w.plan.done
}

// Never takes EndAt back; false when it is too late for that.
func (w *Wire) Never() bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	waits := w.plan != nil
	w.plan = nil
	return waits
}

// Quiet is for how long the bot has made no call but polls.
func (w *Wire) Quiet() time.Duration {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return time.Since(w.last)
}

// Said are all messages that the bot has sent, in the order in which they came to be.
func (w *Wire) Said() []Said {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return slices.Clone(w.said)
}

// Sends is how many calls that people see the bot has made.
func (w *Wire) Sends() int {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.sends
}

// ServeHTTP carries a call out and writes down what came of it.
func (w *Wire) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	method := request.URL.Path[strings.LastIndex(request.URL.Path, "/")+1:]
	if method == "getUpdates" {
		w.poll(response, request)
		return
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	plan := w.count(method)
	if plan.falls(Before) {
		plan.end()
		close(plan.done)
		panic(http.ErrAbortHandler)
	}
	answer := httptest.NewRecorder()
	w.telegram.ServeHTTP(answer, request)
	w.keep(method, body, answer)
	if plan.falls(After) {
		plan.end()
		close(plan.done)
		panic(http.ErrAbortHandler)
	}
	for name, values := range answer.Header() {
		response.Header()[name] = values
	}
	response.WriteHeader(answer.Code)
	_, _ = response.Write(answer.Body.Bytes()) // to a program that may have ended
	if plan.falls(Answered) {
		_ = http.NewResponseController(response).Flush()
		plan.end()
		close(plan.done)
	}
}

// poll hands updates over.
func (w *Wire) poll(response http.ResponseWriter, request *http.Request) {
	counted := &countingWriter{ResponseWriter: response}
	w.telegram.ServeHTTP(counted, request)
	if counted.bytes <= len(`{"ok":true,"result":[]}`) {
		return
	}
	if plan := w.fallsOnPoll(); plan != nil {
		_ = http.NewResponseController(response).Flush() // to a program that may have ended
		plan.end()
		close(plan.done)
	}
}

// fallsOnPoll gives the ending that falls on updates being handed over.
func (w *Wire) fallsOnPoll() *ending {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.last = time.Now()
	plan := w.plan
	if !plan.falls(Handed) || w.sends < plan.at {
		return nil
	}
	w.plan = nil
	return plan
}

// countingWriter counts what is written.
type countingWriter struct {
	http.ResponseWriter
	bytes int
}

func (c *countingWriter) Write(body []byte) (int, error) {
	c.bytes += len(body)
	return c.ResponseWriter.Write(body)
}

func (e *ending) falls(phase Phase) bool { return e != nil && e.phase == phase }

// count counts a call that people see, and gives the ending that falls on it.
func (w *Wire) count(method string) *ending {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.last = time.Now()
	if !seen(method) {
		return nil
	}
	w.sends++
	plan := w.plan
	if plan == nil || plan.phase == Handed || w.sends < plan.at {
		return nil
	}
	w.plan = nil
	return plan
}

// seen tells whether people see what a method does.
func seen(method string) bool {
	return strings.HasPrefix(method, "send") || strings.HasPrefix(method, "edit") || method == "answerCallbackQuery" || method == "deleteMessage"
}

// keep writes down a message that was sent.
func (w *Wire) keep(method string, body []byte, answer *httptest.ResponseRecorder) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.last = time.Now()
	if method != "sendMessage" || answer.Code != http.StatusOK {
		return
	}
	var sent struct {
		Chat   int64           `json:"chat_id"`
		Text   string          `json:"text"`
		Markup json.RawMessage `json:"reply_markup"`
		Reply  json.RawMessage `json:"reply_parameters"`
	}
	if err := json.Unmarshal(body, &sent); err != nil {
		panic(fmt.Sprintf("wire: a message that Telegram took cannot be read: %v", err))
	}
	w.said = append(w.said, Said{Chat: sent.Chat, Text: sent.Text, Buttons: labels(sent.Markup), Markup: string(sent.Markup), ReplyTo: string(sent.Reply)})
}

// labels are the words on the buttons of a keyboard.
func labels(markup json.RawMessage) []string {
	var keyboard struct {
		Rows [][]struct {
			Text string `json:"text"`
		} `json:"inline_keyboard"`
	}
	if len(markup) == 0 || json.Unmarshal(markup, &keyboard) != nil {
		return nil
	}
	var labels []string
	for _, row := range keyboard.Rows {
		for _, button := range row {
			labels = append(labels, button.Text)
		}
	}
	return labels
}
