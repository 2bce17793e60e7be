package story

import (
	"fmt"
	"strings"
)

// Failure says where a story went otherwise than it was written, and what had happened until then.
type Failure struct {
	Script     string
	Step       Step // the zero Step before the first and after the last
	Reason     error
	Transcript string
	Violations error
}

// Otherwise is an expectation that was not met.
type Otherwise struct {
	Reason string
	There  string // what was there instead: messages as a script would write them, each line after four blanks
}

func (o *Otherwise) Error() string {
	if strings.HasPrefix(o.There, " ") {
		return o.Reason + ":\n" + o.There
	}
	return o.Reason + ": " + o.There
}

// failure wraps the reason; nil stays nil.
func (s *Stage) failure(step Step, reason error) error {
	if reason == nil {
		return nil
	}
	return &Failure{Script: s.script.Name, Step: step, Reason: reason,
		Transcript: s.watch.transcript(s.zone), Violations: s.noViolations()}
}

func (f *Failure) Error() string {
	where := f.Script
	if f.Step.Line > 0 {
		where = fmt.Sprintf("%s:%d: %s", f.Script, f.Step.Line, f.Step)
	}
	text := fmt.Sprintf("%s\n%v\nWhat had happened:\n%s", where, f.Reason, f.Transcript)
	if f.Violations != nil && f.Violations.Error() != f.Reason.Error() {
		text += f.Violations.Error() + "\n"
	}
	return text
}

func (f *Failure) Unwrap() error { return f.Reason }
