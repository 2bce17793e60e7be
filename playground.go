package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// sampleCity is a story: what is there at the beginning came about by people
// writing and pressing, and therefore is what the bot really does.
//
//go:embed playground.txtar
var sampleCity []byte

// playground shows a local Telegram with a sample city in the browser until the
// context is done. folder keeps the database; when empty, nothing is kept.
func playground(ctx context.Context, address, folder string, stdout *Scrubber) (err error) {
	if !isLoopback("http://" + address) {
		return refuse("--addr %q is not allowed, the page has no login; allowed: HOST:PORT on a loopback address such as 127.0.0.1:8088", address)
	}
	folder, forget, err := playgroundFolder(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, forget()) }()
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", address)
	if err != nil {
		return refuse("--addr %q cannot be used: %v; allowed: a free HOST:PORT on a loopback address", address, err)
	}
	defer listener.Close() // serveHTTP closes it first unless the city cannot be built
	city, err := buildCity(ctx, filepath.Join(folder, "rembuk.db"), stdout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, city.close()) }()
	fmt.Fprintf(stdout, "Kabupaten Teluk Marannu: http://%s (Ctrl+C ends it)\n", listener.Addr())
	if err := serveHTTP(ctx, listener, city.telegram.Page(city.bot)); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func playgroundFolder(folder string) (path string, forget func() error, err error) {
	if folder != "" {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return "", nil, refuse("--data %q cannot be reached: %v; allowed: a folder that can be written", folder, plainPathError(err))
		}
		if err := writableFolder(folder); err != nil {
			return "", nil, refuse("--data %q cannot be reached: %v; allowed: a folder that can be written", folder, err)
		}
		return folder, func() error { return nil }, nil
	}
	path, err = os.MkdirTemp("", "rembuk-playground-")
	return path, func() error { return os.RemoveAll(path) }, err
}

// city is a local Telegram with the bot and its people.
type city struct {
	telegram *sim.Server
	bot      *Hosted
	close    func() error
}

// buildCity starts the bot and lets the sample city come about. A database that
// is there already is kept: its people come back, and the day goes on.
func buildCity(ctx context.Context, database string, output io.Writer) (*city, error) {
	script, err := story.Read("playground.txtar", sampleCity)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation("Asia/Makassar")
	if err != nil {
		return nil, err
	}
	begins, err := script.Begins(zone)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(database); err == nil {
		if begins, err = comeBack(ctx, database, begins.In(zone), &script); err != nil {
			return nil, err
		}
	}
	clock := NewMovableClock(begins)
	// The clock of a kept city only moves on, so its minutes number messages anew.
	telegram := sim.New(sim.Options{Now: clock.Now, LastMessage: 1000 * int(begins.Sub(numbersFrom).Minutes())})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	stage := story.NewStage(script, telegram, zone)
	config := playgroundConfig(base, telegram.Token(), database, stage.Owners(), zone)
	bot := NewHosted(config, clock, telegram, output)
	ended := func() error { err := bot.Stop(ctx); stop(); return err }
	err = stage.Play(ctx, bot)
	if err == nil {
		err = bot.Start(ctx) // a story ends with the bot stopped
	}
	if err == nil {
		err = bot.Quiet(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the sample city could not be built: %w", err), ended())
	}
	return &city{telegram: telegram, bot: bot, close: ended}, nil
}

// numbersFrom is before every day a city may be on, and late enough for a
// thousand messages a minute to be numbered in the 32 bits that Telegram has.
var numbersFrom = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func playgroundConfig(api, token, database string, owners []int64, zone *time.Location) Config {
	config := usualConfig()
	config.API, config.Token, config.Database, config.Owners = api, token, database, owners
	config.City, config.Zone, config.Pacing = "Kabupaten Teluk Marannu", zone, false
	config.LogLevel = slog.LevelWarn
	return config
}

// comeBack leaves of the script its cast and its first moment, which becomes
// the minute after the last event of a database that was kept.
func comeBack(ctx context.Context, database string, begins time.Time, script *story.Script) (time.Time, error) {
	last, err := lastEvent(ctx, database)
	if err != nil {
		return begins, err
	}
	if !last.at.Before(begins) {
		begins = last.at.In(begins.Location()).Truncate(time.Minute).Add(time.Minute)
	}
	first := script.Steps[0]
	first.Date, first.Clock = begins.Format("2006-01-02"), begins.Format("15:04")
	script.Steps = []story.Step{first}
	return begins, nil
}
