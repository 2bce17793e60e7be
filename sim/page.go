package sim

import (
	"context"
	"embed"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed web
var webFiles embed.FS

// Side is what the page needs of the bot's side.
type Side interface {
	// Now is the time on the clock that the bot lives by; its location is the zone in which the page shows times.
	Now() time.Time
	// Advance moves that clock forward, with everything that falls due on the way, until it shows the moment, the context is
	// done or Halt is called. To be ended on the way is no error.
	Advance(ctx context.Context, to time.Time) error
	// Next is when the next reminder is due, false if none is.
	Next() (time.Time, bool)
	Tools
	Stories
}

// page serves the browser chat.
type page struct {
	server *Server
	side   Side
	clock  sync.Mutex // one move of the clock at a time
}

// Page serves a chat for the browser with its endpoints, all under /. It answers only to requests that name a loopback
// host or one of the hosts given (HOST:PORT), and takes changes only from its own origin.
func (s *Server) Page(side Side, hosts ...string) http.Handler {
	p := &page{server: s, side: side}
	static, err := fs.Sub(webFiles, "web")
	if err != nil {
		panic("sim: the page's files are missing: " + err.Error())
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(static))
	mux.HandleFunc("GET /api/state", p.state)
	mux.HandleFunc("GET /api/events", p.events)
	mux.HandleFunc("GET /api/file", p.file)
	mux.HandleFunc("POST /api/say", p.say)
	mux.HandleFunc("POST /api/read", p.read)
	mux.HandleFunc("POST /api/edit", p.edit)
	mux.HandleFunc("POST /api/press", p.press)
	mux.HandleFunc("POST /api/vote", p.vote)
	p.handleTools(mux)
	p.handleWire(mux)
	p.handleStories(mux)
	p.handlePeople(mux)
	return guarded(mux, hosts)
}

// guarded keeps other sites out: a browser sends them the wrong host or the wrong origin.
func guarded(next http.Handler, hosts []string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) && !slices.Contains(hosts, strings.ToLower(r.Host)) {
			http.Error(w, "this page is not served under that address", http.StatusForbidden)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Header.Get("Origin") != "http://"+r.Host {
			http.Error(w, "changes are taken from the page itself only", http.StatusForbidden)
			return
		}
		header := w.Header()
		header.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// loopback says whether a Host header names this machine.
func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport // without a port
	}
	if host == "localhost" {
		return true
	}
	if len(host) > 2 && host[0] == '[' {
		host = host[1 : len(host)-1]
	}
	address := net.ParseIP(host)
	return address != nil && address.IsLoopback()
}

// eventSpacing is the least time between two events to one browser; eventRest is how often one comes when nothing
// happens, because the clock goes on.
const (
	eventSpacing = 40 * time.Millisecond
	eventRest    = 20 * time.Second
)

// events tells the browser, for as long as it listens, that something has changed.
func (p *page) events(w http.ResponseWriter, r *http.Request) {
	changed, cancel := p.server.Subscribe()
	defer cancel()
	w.Header().Set("Content-Type", "text/event-stream")
	line := http.NewResponseController(w)
	rest := time.NewTicker(eventRest)
	defer rest.Stop()
	if _, err := w.Write([]byte("retry: 300\n\n")); err != nil { // milliseconds: another city may come in this one's place
		return
	}
	for {
		if _, err := w.Write([]byte("data: changed\n\n")); err != nil {
			return
		}
		if err := line.Flush(); err != nil {
			return
		}
		if !waitFor(r.Context(), eventSpacing) {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		case <-rest.C:
		}
	}
}

// writeJSON answers a browser; one that has gone away cannot be told anything.
func writeJSON(w http.ResponseWriter, code int, content any) {
	body, err := json.Marshal(content)
	if err != nil {
		panic("sim: the page cannot encode its answer: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(body)
}

// refuse tells the page by a word of its own vocabulary what is wrong.
func refuse(w http.ResponseWriter, code int, word string) {
	writeJSON(w, code, map[string]string{"problem": word})
}
