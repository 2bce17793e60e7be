package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Pulse remembers when each part of the program last showed a sign of life, in
// real time. A part is known from its first beat on.
type Pulse struct {
	mutex sync.Mutex
	beats map[string]time.Time
	now   func() time.Time
}

// NewPulse has no parts yet.
func NewPulse() *Pulse { return &Pulse{beats: map[string]time.Time{}, now: time.Now} }

// Parts of the program that must not stand still, and how long each may be
// silent: a poll is held open for 50 seconds.
const (
	PartLoop   = "loop"   // the scheduler
	PartPoll   = "poll"   // the receiver
	PartSender = "sender" // the sender
)

func patience(part string) time.Duration {
	if part == PartPoll {
		return 2 * time.Minute
	}
	return time.Minute
}

// Beat is a sign of life of a part.
func (p *Pulse) Beat(part string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.beats[part] = p.now()
}

// Of is Beat for one part, to hand to it.
func (p *Pulse) Of(part string) func() { return func() { p.Beat(part) } }

// Standing lists the parts that stand still, each with since when.
func (p *Pulse) Standing() []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var standing []string
	for part, at := range p.beats {
		if silent := p.now().Sub(at); silent > patience(part) {
			standing = append(standing, fmt.Sprintf("%s silent for %s", part, silent.Round(time.Second)))
		}
	}
	slices.Sort(standing)
	return standing
}

// healthHandler answers /healthz (200, or 503 with what stands still, one per
// line) and /metrics in the form of Prometheus.
func healthHandler(standing func() []string, registry *prometheus.Registry) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(answer http.ResponseWriter, _ *http.Request) {
		answer.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if still := standing(); len(still) > 0 {
			answer.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprintln(answer, strings.Join(still, "\n"))
			return
		}
		fmt.Fprintln(answer, "ok")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	return mux
}

// listenHealth takes the configured address, so that a taken one is noticed at
// the start.
func listenHealth(ctx context.Context, config Config) (net.Listener, error) {
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", config.Listen)
	if err != nil {
		return nil, refuse("listen (REMBUK_LISTEN) %q cannot be used: %v; allowed: a free HOST:PORT of this machine, or empty for off", config.Listen, err)
	}
	return listener, nil
}

// serveHTTP answers on the listener until the context is done, then ends at
// once: what asks here asks again.
func serveHTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("listen on %s: %w", listener.Addr(), err)
	}
	return ctx.Err()
}
