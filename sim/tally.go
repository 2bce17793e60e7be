package sim

import (
	"maps"
	"slices"
	"strings"
)

// Tally counts what faults have done to the bot's calls since the first of those that are or were last on.
type Tally struct {
	Met      int `json:"met"`      // calls that met a fault
	Repeated int `json:"repeated"` // calls that were made once more after that
	Twice    int `json:"twice"`    // of these, messages that had been taken the first time: they stand there twice
}

// tally remembers which calls the bot has reason to make once more.
type tally struct {
	Tally
	unanswered map[string]int // by what was asked
	carriedOut map[string]int
}

// meet counts a call that meets a fault: one that is only late gives no reason to repeat it.
func (t *tally) meet(call *request, kind FaultKind) {
	t.Met++
	call.faults = append(call.faults, kind)
	if kind == Slow {
		return
	}
	if t.unanswered == nil {
		t.unanswered, t.carriedOut = map[string]int{}, map[string]int{}
	}
	asked := call.asks()
	t.unanswered[asked]++
	if kind == BreakAfter && strings.HasPrefix(call.method, "send") {
		t.carriedOut[asked]++
	}
}

// see looks at a call that comes in: is it one that got no answer before?
func (t *tally) see(call *request) {
	if len(t.unanswered) == 0 {
		return
	}
	asked := call.asks()
	if t.unanswered[asked] == 0 {
		return
	}
	t.unanswered[asked]--
	t.Repeated++
	if t.carriedOut[asked] > 0 {
		t.carriedOut[asked]--
		t.Twice++
	}
}

// breaks tells whether the line is broken, and counts a call that comes to nothing by it.
func (s *Server) breaks(call *request) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.cut && call.method != pollMethod {
		s.tally.meet(call, BreakBefore)
	}
	return s.cut
}

// countAnew begins to count when the first fault is switched on; the caller holds the mutex.
func (s *Server) countAnew() {
	if len(s.faults) == 0 && s.delay == 0 && !s.cut {
		s.tally = tally{}
	}
}

// asks is what a call asks for, in one line.
func (r *request) asks() string {
	var line strings.Builder
	line.WriteString(r.method)
	for _, name := range slices.Sorted(maps.Keys(r.values)) {
		line.WriteString("\x00" + name + "=" + r.values[name])
	}
	return line.String()
}
