package main

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/rembuk/rembuk/bench/town"
)

// TestKilledAtRandomMoments kills the real binary again and again while people do
// many things with it. Nothing is lost, nothing is done twice, and everything
// stands in order; a message is said once more at most, and only where it was on its
// way. bench/crash is the long form.
func TestKilledAtRandomMoments(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano() % 1_000_000)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	plan := town.Plan{Binary: realProgram(t), Size: town.Size{People: 24, Groups: 3}, Kills: 6, Signal: syscall.SIGKILL, Seed: seed}
	result, err := town.Run(ctx, plan)
	if err != nil {
		t.Fatalf("go run ./bench/crash -seed %d -people 24 -groups 3 -kills 6: %v", seed, err)
	}
	if !result.Good() || result.Acts < 40 || result.Kills != plan.Kills {
		t.Errorf("go run ./bench/crash -seed %d -people 24 -groups 3 -kills 6: %+v", seed, result)
	}
}
