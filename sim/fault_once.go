package sim

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// EachOnce lets every call fail the first time it is made: what the bot asks for once more after that goes well. Polls
// fail once for each offset, and the fetching of a file as calls do.
type EachOnce struct {
	Kinds      []FaultKind // in turns: Error429, Error500, Error502HTML, BreakBefore, BreakAfter
	RetryAfter int         // seconds that Error429 asks for; 0 counts as 1
	Only       int         // 0: all; else only the call with this number fails, counted from 1
}

// Struck is what came of EachOnce.
type Struck struct {
	Calls    int            // that were no repetition
	Failed   int            // of these, by order
	ByMethod map[string]int // of Failed, by names of methods in lower case
	Never    []string       // methods of calls that failed and were not made once more, in alphabetical order
	Twice    int            // messages that were taken the first time and stand there once more
	Newer    int            // of these, those that show something newer by then
}

// eachOnce is an EachOnce at work; the caller holds the Server's mutex.
type eachOnce struct {
	EachOnce
	Struck
	failed outstanding[struct{}] // calls that failed and were not made once more yet
	polled map[string]bool       // offsets whose first poll has been seen
}

// FailEachOnce begins to let every call fail once.
func (s *Server) FailEachOnce(order EachOnce) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.each = &eachOnce{EachOnce: order, Struck: Struck{ByMethod: map[string]int{}}, polled: map[string]bool{}}
}

// Struck tells what has come of FailEachOnce so far.
func (s *Server) Struck() Struck {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.each == nil {
		return Struck{}
	}
	struck := s.each.Struck
	struck.ByMethod = maps.Clone(struck.ByMethod)
	for _, call := range s.each.failed {
		method, _, _ := strings.Cut(call.asked, "\x00")
		struck.Never = append(struck.Never, method)
	}
	slices.Sort(struck.Never)
	return struck
}

// meet gives the fault that a call is to meet, nil if it is to go well.
func (e *eachOnce) meet(call *request) *Fault {
	if e == nil || call.method == pollMethod && e.polledBefore(call) {
		return nil
	}
	if _, _, again := e.failed.take(call); again {
		return nil
	}
	e.Calls++
	if e.Only != 0 && e.Only != e.Calls {
		return nil
	}
	kind := e.Kinds[e.Failed%len(e.Kinds)]
	e.Failed++
	e.ByMethod[call.method]++
	if call.method != pollMethod {
		e.failed.add(call, struct{}{})
	}
	return &Fault{Kind: kind, RetryAfter: e.RetryAfter}
}

// polledBefore tells whether a poll with this offset has been seen. One that goes on after a failed one asks otherwise.
func (e *eachOnce) polledBefore(call *request) bool {
	offset := call.values["offset"]
	before := e.polled[offset]
	e.polled[offset] = true
	return before
}

// pollMethod is the only method of which there is always one on the way.
const pollMethod = "getupdates"

// outstanding are calls that the bot has reason to make once more, oldest first, with something about each.
type outstanding[T any] []outstandingCall[T]

type outstandingCall[T any] struct {
	asked, card string
	what        T
}

func (o *outstanding[T]) add(call *request, what T) {
	*o = append(*o, outstandingCall[T]{call.asks(), call.card(), what})
}

// take finds the call that this one makes once more: word for word, or a card that has got a newer face meanwhile.
func (o *outstanding[T]) take(call *request) (what T, newer, found bool) {
	if len(*o) == 0 {
		return what, false, false
	}
	asked, card := call.asks(), call.card()
	at := slices.IndexFunc(*o, func(earlier outstandingCall[T]) bool { return earlier.asked == asked })
	if newer = at < 0 && card != ""; newer {
		at = slices.IndexFunc(*o, func(earlier outstandingCall[T]) bool { return earlier.card == card })
	}
	if at < 0 {
		return what, false, false
	}
	what = (*o)[at].what
	*o = slices.Delete(*o, at, at+1)
	return what, newer, true
}

// card is the same in all calls that send the card of one thing into one chat: they have the same first button. Empty for
// all other calls.
func (r *request) card() string {
	var markup wireMarkup
	if r.method != "sendmessage" || json.Unmarshal([]byte(r.values["reply_markup"]), &markup) != nil {
		return ""
	}
	for _, button := range slices.Concat(markup.Keyboard...) {
		if button.Data != "" {
			return r.values["chat_id"] + "\x00" + r.values["message_thread_id"] + "\x00" + button.Data
		}
	}
	return ""
}

// sent notes what a call has said: a message whose answer got lost is linked to the one that says the same once more.
func (s *Server) sent(call *request, lost bool) {
	if len(call.made) == 0 {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if earlier, newer, again := s.unheard.take(call); again {
		for i, m := range earlier {
			m.again = call.made[i].id
			if s.each != nil {
				s.each.Twice++
			}
		}
		if newer && s.each != nil {
			s.each.Newer++
		}
		s.changed()
	}
	if lost {
		s.unheard.add(call, call.made)
	}
}

// failFile lets the fetching of a file fail if that is on order, and reports whether it did. Where the line breaks after
// the effect, half of the file has come.
func (s *Server) failFile(w http.ResponseWriter, place string, file File) bool {
	s.mutex.Lock()
	fault := s.each.meet(&request{method: "file", values: map[string]string{"path": place}})
	s.mutex.Unlock()
	if fault == nil {
		return false
	}
	if fault.before() {
		fault.answer(w)
		return true
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(file.Bytes)))
	_, _ = w.Write(file.Bytes[:len(file.Bytes)/2])
	_ = http.NewResponseController(w).Flush() // a client of which nothing was heard yet would ask once more by itself
	breakLine(w)
	return true
}
