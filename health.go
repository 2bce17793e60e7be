package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// healthHandler answers /healthz (200, or 503 with what stands still, one per
// line) and /metrics in the form of Prometheus.
func healthHandler(standing func(context.Context) []string, registry *prometheus.Registry) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(answer http.ResponseWriter, request *http.Request) {
		answer.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if still := standing(request.Context()); len(still) > 0 {
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
