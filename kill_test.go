package main

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestKilledAtRandomMoments kills the real binary again and again while
// commands come in. Nothing is lost, nothing is done twice, and everything
// stands in order; a message is said twice at most as often as the line broke.
// bench/crash is the long form.
func TestKilledAtRandomMoments(t *testing.T) {
	const groups, kills = 5, 5
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	ctx, cancel := context.WithTimeout(t.Context(), 25*time.Second)
	defer cancel()
	telegram, config := localTelegram(t)
	k := &killing{t: t, ctx: ctx, random: rand.New(rand.NewPCG(seed, 0)), telegram: telegram, city: load.NewCity(telegram, groups, seed), groups: groups}
	binary := filepath.Join(t.TempDir(), "rembuk")
	if output, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	m := machine{telegram, binary, filepath.Dir(config.Database), []string{"PATH=/nonexistent", "REMBUK_TELEGRAM_API=" + config.API,
		"REMBUK_TELEGRAM_TOKEN=" + config.Token, "REMBUK_DATABASE=" + config.Database, "REMBUK_OWNERS=" + strconv.FormatInt(k.city.Owner, 10),
		"REMBUK_CITY=Kabupaten Teluk Marannu", "REMBUK_ZONE=Asia/Makassar", "REMBUK_LIMITS=off"}}
	k.city.Link()
	for range kills {
		k.once(m)
	}
	m.serve(t)
	k.reckon(config.Database)
}

// killing is a city whose bot is killed.
type killing struct {
	t        *testing.T
	ctx      context.Context
	random   *rand.Rand
	telegram *sim.Server
	city     *load.City
	groups   int
}

// once starts the binary and kills it: either when some of what was written is
// answered, or when it has just been handed some of it.
func (k *killing) once(m machine) {
	k.t.Helper()
	began := len(k.telegram.Calls())
	running := m.serve(k.t)
	k.city.Say(k.groups)
	k.wait("every group has heard", func() bool { return k.everyGroupHeardSince(began) })
	const more = 10
	sends, polls := k.city.Sends(), k.polls()
	k.city.Say(more)
	if k.random.IntN(2) == 0 {
		k.wait("the bot was handed something", func() bool { return k.polls() > polls })
	} else {
		some := k.random.IntN(more)
		k.wait("the bot has answered some", func() bool { return k.city.Sends() >= sends+some })
	}
	if status, _ := running.signal(k.t, os.Kill); status != -1 {
		k.t.Fatalf("the bot had ended by itself: %d %s", status, running.output)
	}
}

// everyGroupHeardSince tells whether what was on its way at the last kill has
// been said again by now. It is said first in each group, and only once more: a
// kill in the same moment would leave open whether it ever arrived.
func (k *killing) everyGroupHeardSince(calls int) bool {
	heard := map[int64]bool{}
	for _, call := range k.telegram.Calls()[calls:] {
		if call.Method == "sendMessage" && call.Outcome == "200" {
			heard[call.Chat] = true
		}
	}
	return len(heard) == k.groups
}

func (k *killing) polls() int { return k.telegram.Counts()["getUpdates"] }

func (k *killing) wait(what string, condition func() bool) {
	k.t.Helper()
	if err := k.city.Wait(k.ctx, condition); err != nil {
		k.t.Fatalf("waiting until %s: %v", what, err)
	}
}

// reckon waits until the last copy is done with everything, and compares.
func (k *killing) reckon(database string) {
	opened, err := store.Open(k.ctx, database)
	if err != nil {
		k.t.Fatal(err)
	}
	defer opened.Close()
	if err := k.city.Settle(k.ctx, opened); err != nil {
		k.t.Errorf("there is still something to do: %v", err) // and what is missing is told below
	}
	kept, err := load.ReadDatabase(k.t.Context(), opened)
	if err != nil {
		k.t.Fatal(err)
	}
	outcome := k.city.Outcome(kept.Tasks)
	k.t.Logf("%+v; the line broke for %d messages", outcome, kept.Broken)
	if outcome.Commands < 60 || outcome.Bad() || outcome.SaidTwice > kept.Broken {
		k.t.Error("something was lost, done twice, out of order, or said twice although the line held")
	}
	for _, violation := range k.telegram.Violations() {
		k.t.Error(violation)
	}
}
