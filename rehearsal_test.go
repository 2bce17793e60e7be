package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// A rehearsal on the database of the sample city begins three rehearsed minutes
// before the morning of H-30, at sixty times the speed. What falls due at eight
// is said within one real second of eight.
func TestARehearsalSpeaksInTime(t *testing.T) {
	t.Parallel()
	city := inCity(t)
	if err := city.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	config := city.config
	if err := readRehearsal(&config, "2026-05-12T07:57:00+08:00@60"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	clock := clockFor(config)
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, config, clock, &strings.Builder{}) }()
	changed, done := city.telegram.Subscribe()
	defer done()
	for !saidAbout(city.telegram, "11 Juni 2026 pukul 09.00 WITA (30 hari lagi)") {
		select {
		case <-changed:
		case err := <-ended:
			t.Fatalf("nothing was said on the morning of H-30: %v", err)
		}
	}
	late := clock.Now().Sub(time.Date(2026, 5, 12, 8, 0, 0, 0, config.Zone))
	if late < 0 || late > time.Minute {
		t.Errorf("said %v after eight on the rehearsed clock, which is sixty times as fast", late)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// saidAbout tells whether a message of the bot to a group holds the words.
func saidAbout(telegram *sim.Server, words string) bool {
	return slices.ContainsFunc(telegram.Calls(), func(call sim.Call) bool {
		return call.Method == "sendMessage" && call.Chat < 0 && strings.Contains(call.Params["text"], words)
	})
}
