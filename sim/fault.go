package sim

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// FaultKind says what goes wrong.
type FaultKind int

// The kinds of faults. Refuse answers with Fault.Code and Fault.Description; Slow only waits for Fault.Delay.
const (
	Slow            FaultKind = iota
	Error429                  // 429 with Fault.RetryAfter seconds (0 counts as 1)
	Error500                  // 500 as JSON
	Error502HTML              // 502 with the HTML page of a front end
	BreakBefore               // the line breaks before anything has happened
	BreakAfter                // the call is carried out and the line breaks before the answer
	Unauthorized401           // as for a token that was revoked
	Conflict409               // as with a second poller
	Refuse                    // Code and Description
)

// Fault is something that goes wrong on order.
type Fault struct {
	Method      string // of which method; "" is any but getUpdates
	Chat        int64  // in which chat; 0 is any
	After       int    // so many matching calls go well before
	Times       int    // how often; 0 counts as once, below 0 is for ever
	Kind        FaultKind
	RetryAfter  int
	Delay       time.Duration // the answer comes so much later
	Code        int
	Description string
}

// Fail orders a fault. Of several that match a call the one ordered first happens.
func (s *Server) Fail(fault Fault) {
	fault.Method = strings.ToLower(fault.Method)
	if fault.Times == 0 {
		fault.Times = 1
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.countAnew()
	s.observed(Act{Kind: Faults, Fault: fault})
	s.faults = append(s.faults, &fault)
}

// Heal takes back every fault and delay that was ordered.
func (s *Server) Heal() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(s.faults) > 0 {
		s.observed(Act{Kind: Heals})
	}
	s.faults, s.delay = nil, 0
}

// BreakLine breaks the line to the bot: every call breaks, also the poll that is
// held open, until MendLine.
func (s *Server) BreakLine() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.countAnew()
	if !s.cut {
		s.observed(Act{Kind: BreaksLine})
	}
	s.cut = true
	s.endHeldPoll()
	s.changed()
}

// MendLine makes the line whole again.
func (s *Server) MendLine() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.cut {
		s.observed(Act{Kind: MendsLine})
	}
	s.cut = false
	s.changed()
}

// LineBroken reports whether the line to the bot is broken.
func (s *Server) LineBroken() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.cut
}

// Delay makes every answer come so much later; what a call does happens at once.
func (s *Server) Delay(span time.Duration) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.countAnew()
	s.delay = span
}

func (s *Server) lateness() time.Duration {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.delay
}

// begin looks for violations and for the fault that this call is to meet.
func (s *Server) begin(call *request) *Fault {
	var found []string
	if !s.lenient {
		found = violationsOf(call)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.violations = append(s.violations, found...)
	s.tally.see(call)
	if s.delay > 0 && call.method != pollMethod {
		s.tally.meet(call, Slow)
	}
	for at, fault := range s.faults {
		if !fault.matches(call) {
			continue
		}
		if fault.After > 0 {
			fault.After--
			continue
		}
		if fault.Times > 0 {
			fault.Times--
		}
		if fault.Times == 0 {
			s.faults = append(s.faults[:at:at], s.faults[at+1:]...)
		}
		s.tally.meet(call, fault.Kind)
		return fault
	}
	fault := s.each.meet(call)
	if fault != nil {
		s.tally.meet(call, fault.Kind)
	}
	return fault
}

func (f *Fault) matches(call *request) bool {
	if f.Method == "" && call.method == pollMethod || f.Method != "" && f.Method != call.method {
		return false
	}
	return f.Chat == 0 || f.Chat == call.number("chat_id")
}

// before reports whether the fault takes the place of the call.
func (f *Fault) before() bool { return f.Kind != Slow && f.Kind != BreakAfter }

func (f *Fault) outcome() string {
	switch f.Kind {
	case BreakBefore:
		return "line broken before"
	case BreakAfter:
		return ", line broken after"
	case Slow:
		return ", late"
	case Error502HTML:
		return "502 page"
	}
	refused := f.refusal()
	return fmt.Sprintf("%d %s", refused.code, refused.description)
}

func (f *Fault) refusal() *refusal {
	switch f.Kind {
	case Error429:
		return tooManyRequests(max(1, f.RetryAfter))
	case Error500:
		return &refusal{code: http.StatusInternalServerError, description: "Internal Server Error"}
	case Unauthorized401:
		return &refusal{code: http.StatusUnauthorized, description: "Unauthorized"}
	case Conflict409:
		return conflict()
	}
	return &refusal{code: f.Code, description: f.Description, retryAfter: f.RetryAfter}
}

// answer gives what comes in the place of the call.
func (f *Fault) answer(w http.ResponseWriter) {
	time.Sleep(f.Delay)
	switch f.Kind {
	case BreakBefore:
		breakLine(w)
	case Error502HTML:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
			"<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"))
	default:
		writeAnswer(w, nil, f.refusal())
	}
}

// breakLine closes the connection without an answer.
func breakLine(http.ResponseWriter) { panic(http.ErrAbortHandler) }
