package sim

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// pageFault is a fault that is switched on.
type pageFault struct {
	Kind  string `json:"kind"`  // one of pageFaultKinds, "slow" or "cut"
	Times int    `json:"times"` // how many calls it will still meet; 0: until it is switched off
	Span  int    `json:"span"`  // for "slow", in milliseconds
}

// pageFaultKinds are the faults of single calls by the names that the page has for them. Beside them stand "slow",
// which makes every answer late, and "cut": the line does not carry anything at all, the poll neither.
var pageFaultKinds = map[string]FaultKind{
	"before": BreakBefore, "after": BreakAfter, "429": Error429, "500": Error500,
}

const (
	mostFaults     = 1000             // how many calls a fault of the page may meet, if not all
	longestLate    = 30 * time.Second // how late it may make an answer
	pageRetryAfter = 5                // seconds that a 429 of the page asks for
)

func (p *page) fail(w http.ResponseWriter, r *http.Request) {
	number := func(name string) (int, bool) {
		value, err := strconv.Atoi(r.FormValue(name))
		return value, err == nil && value >= 0
	}
	kind := r.FormValue("kind")
	switch ordered, known := pageFaultKinds[kind]; {
	case known:
		times, good := number("times")
		if !good || times > mostFaults {
			refuse(w, http.StatusBadRequest, "tools_no_number")
			return
		}
		if times == 0 {
			times = -1
		}
		p.server.takeBack(ordered)
		p.server.Fail(Fault{Kind: ordered, Times: times, RetryAfter: pageRetryAfter})
	case kind == "slow":
		span, good := number("span")
		if late := time.Duration(span) * time.Millisecond; !good || late > longestLate {
			refuse(w, http.StatusBadRequest, "tools_no_number")
			return
		}
		p.server.Delay(time.Duration(span) * time.Millisecond)
	case kind == "cut":
		p.server.BreakLine()
	default:
		refuse(w, http.StatusBadRequest, "failed")
		return
	}
	p.server.Tell()
	writeJSON(w, http.StatusOK, struct{}{})
}

// takeBack takes back faults of a kind that any call would meet: the page orders one anew.
func (s *Server) takeBack(kind FaultKind) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.faults = slices.DeleteFunc(s.faults, func(fault *Fault) bool { return fault.Kind == kind && fault.Method == "" && fault.Chat == 0 })
}

func (p *page) heal(w http.ResponseWriter, _ *http.Request) {
	p.server.Heal()
	p.server.MendLine()
	writeJSON(w, http.StatusOK, struct{}{})
}

// pageFaults lists what is switched on; the caller holds the mutex.
func (s *Server) pageFaults() []pageFault {
	shown := []pageFault{}
	if s.cut {
		shown = append(shown, pageFault{Kind: "cut"})
	}
	if s.delay > 0 {
		shown = append(shown, pageFault{Kind: "slow", Span: int(s.delay.Milliseconds())})
	}
	for _, fault := range s.faults {
		for name, kind := range pageFaultKinds {
			if fault.Kind == kind {
				shown = append(shown, pageFault{Kind: name, Times: max(0, fault.Times)})
			}
		}
	}
	return shown
}
