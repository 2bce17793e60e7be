package sim

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// handleTools serves what the page's tools ask for.
func (p *page) handleTools(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/tools", p.tools)
	mux.HandleFunc("POST /api/clock", p.moveClock)
	mux.HandleFunc("POST /api/clock/halt", p.haltClock)
	mux.HandleFunc("POST /api/clock/run", p.runClock)
	mux.HandleFunc("POST /api/program", p.program)
	mux.HandleFunc("POST /api/fault", p.fail)
	mux.HandleFunc("POST /api/heal", p.heal)
	mux.HandleFunc("POST /api/over", p.startOver)
}

// moveClock moves the clock forward and answers when the bot has said what was due. A browser that goes away does not
// end the move.
func (p *page) moveClock(w http.ResponseWriter, r *http.Request) {
	p.clock.Lock()
	defer p.clock.Unlock()
	now := p.side.Now()
	to, problem := p.target(r, now)
	if problem != "" {
		refuse(w, http.StatusConflict, problem)
		return
	}
	err := p.side.Advance(context.WithoutCancel(r.Context()), to)
	p.server.Tell()
	if err != nil {
		refuse(w, http.StatusGatewayTimeout, "no_answer")
		return
	}
	writeJSON(w, http.StatusOK, map[string]pageTime{"clock": timeOf(p.side.Now())})
}

// haltClock ends a move of the clock where it has come.
func (p *page) haltClock(w http.ResponseWriter, _ *http.Request) {
	p.side.Halt()
	writeJSON(w, http.StatusOK, struct{}{})
}

// runClock lets the clock go on by itself.
func (p *page) runClock(w http.ResponseWriter, r *http.Request) {
	speed, err := strconv.Atoi(r.FormValue("speed"))
	if err != nil || speed < 0 || speed > mostSpeed {
		refuse(w, http.StatusBadRequest, "tools_no_number")
		return
	}
	p.side.Run(speed)
	p.server.Tell()
	writeJSON(w, http.StatusOK, struct{}{})
}

// target is the moment to which a form moves the clock, or the word for what is wrong with it.
func (p *page) target(r *http.Request, now time.Time) (to time.Time, problem string) {
	switch r.FormValue("by") {
	case "hour":
		return now.Add(time.Hour), ""
	case "day":
		return now.AddDate(0, 0, 1), ""
	case "next":
		due, any := p.side.Next()
		if !any {
			return now, "no_reminder"
		}
		if !due.After(now) {
			due = now.Add(time.Second) // it is being said already
		}
		return due, ""
	}
	chosen, err := time.ParseInLocation("2006-01-02T15:04", r.FormValue("to"), now.Location())
	if err != nil {
		return now, "no_date"
	}
	if !chosen.After(now) {
		return now, "not_later"
	}
	return chosen, ""
}
