// Command telegram is a local Telegram in a process of its own, so that what a
// bot uses can be told from what Telegram uses. bench/speed starts it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/sim"
)

// longest bounds the life of the process.
const longest = 10 * time.Minute

func main() {
	groups := flag.Int("groups", 50, "how many groups there are")
	seed := flag.Uint64("seed", 1, "repeats the same commands")
	link := flag.Bool("link", false, "link the groups, for a bot that knows what that is")
	token := flag.String("token", sim.DefaultToken, "the bot's token")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	telegram := sim.New(sim.Options{Token: *token, Lenient: true})
	city := load.NewCity(telegram, *groups, *seed)
	if *link {
		city.Link()
	}
	err := serve(ctx, city)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "telegram:", err)
		os.Exit(1)
	}
}

// serve serves the Bot API, and under /load what the bench asks for.
func serve(ctx context.Context, city *load.City) error {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	watch := load.NewWatch(city.Telegram.Handler())
	mux := http.NewServeMux()
	mux.Handle("/", watch)
	mux.HandleFunc("POST /ready", func(w http.ResponseWriter, r *http.Request) {
		answer(w, nil, city.Ready(r.Context()))
	})
	mux.HandleFunc("POST /load", func(w http.ResponseWriter, r *http.Request) {
		var order load.Order
		if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
			answer(w, nil, err)
			return
		}
		result, err := city.Carry(r.Context(), watch, order)
		answer(w, result, err)
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	fmt.Printf("owner %d\nlistening http://%s\n", city.Owner, listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func answer(w http.ResponseWriter, result any, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(w).Encode(result) // who asked has gone if this fails
}
