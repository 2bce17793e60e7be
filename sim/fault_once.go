package sim

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// EachOnce lets every call fail the first time it is made: what the bot asks for once more after that goes well. Polls
// fail once for each offset, and the fetching of a file with the calls.
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
}

// eachOnce is an EachOnce at work; the caller holds the Server's mutex.
type eachOnce struct {
	EachOnce
	Struck
	failed map[string]int  // calls that failed and were not made once more yet, by what was asked
	polled map[string]bool // offsets whose first poll has been seen
}

// FailEachOnce begins to let every call fail once.
func (s *Server) FailEachOnce(order EachOnce) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.each = &eachOnce{EachOnce: order, Struck: Struck{ByMethod: map[string]int{}}, failed: map[string]int{}, polled: map[string]bool{}}
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
	for asked, times := range s.each.failed {
		method, _, _ := strings.Cut(asked, "\x00")
		for range times {
			struck.Never = append(struck.Never, method)
		}
	}
	slices.Sort(struck.Never)
	return struck
}

// meet gives the fault that a call is to meet, nil if it is to go well.
func (e *eachOnce) meet(call *request) *Fault {
	if e == nil || call.method == pollMethod && e.polledBefore(call) {
		return nil
	}
	asked := call.asks()
	if e.failed[asked] > 0 {
		if e.failed[asked]--; e.failed[asked] == 0 {
			delete(e.failed, asked)
		}
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
		e.failed[asked]++
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

// sent notes what a call has said: a message whose answer got lost is linked to the one that says the same once more.
func (s *Server) sent(call *request, lost bool) {
	if len(call.made) == 0 {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if !lost && len(s.unheard) == 0 {
		return
	}
	asked := call.asks()
	if earlier := s.unheard[asked]; len(earlier) > 0 {
		for i, m := range earlier[0] {
			m.again = call.made[i].id
			if s.each != nil {
				s.each.Twice++
			}
		}
		s.unheard[asked] = earlier[1:]
		s.changed()
	}
	if !lost {
		return
	}
	if s.unheard == nil {
		s.unheard = map[string][][]*message{}
	}
	s.unheard[asked] = append(s.unheard[asked], call.made)
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
	breakLine(w)
	return true
}
