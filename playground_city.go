package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/rembuk/rembuk/story"
)

// sampleCity is a story: what is there at the beginning came about by people
// writing and pressing, and therefore is what the bot really does.
//
//go:embed playground.txtar
var sampleCity []byte

// emptyCity has a coordinator who has not opened the chat with the bot yet.
const emptyCity = `A city in which nothing has happened yet

-- cast --
Sitti Ramlah @sitti_contoh, coordinator

-- story --
at %s
`

// cityConfig is the configuration of the playground's city on a database.
func cityConfig(database string) (Config, error) {
	zone, err := time.LoadLocation("Asia/Makassar")
	config := usualConfig()
	config.Database, config.City, config.Officer, config.Zone, config.Pacing = database, "Kabupaten Teluk Marannu", sampleOfficer, zone, false
	config.LogLevel = slog.LevelWarn
	return config, err
}

// newCity is a world in which the sample city, or an empty one, is about to come
// about: build lets it. The database must not be there yet.
func newCity(empty bool, database string, output io.Writer) (w *world, build func(context.Context) error, err error) {
	config, err := cityConfig(database)
	if err != nil {
		return nil, nil, err
	}
	name, text := "playground.txtar", sampleCity
	if empty {
		name, text = "empty.txtar", fmt.Appendf(nil, emptyCity, time.Now().In(config.Zone).Format("2006-01-02 15:04"))
	}
	script, err := story.Read(name, text)
	if err != nil {
		return nil, nil, err
	}
	w, stage, err := stagedWorld(script, config, 0, output)
	if err != nil {
		return nil, nil, err
	}
	w.hurry(true)
	return w, func(ctx context.Context) error {
		err := playInto(ctx, w, stage)
		if err == nil {
			w.recorder.Store(stage.Record())
		}
		return err
	}, nil
}

// playInto plays a script in its world and leaves the bot running.
func playInto(ctx context.Context, w *world, stage *story.Stage) error {
	if err := stage.Perform(ctx, w.Hosted); err != nil {
		return fmt.Errorf("the city could not be built: %w", err)
	}
	return nil
}
