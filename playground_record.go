package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// byHand lets what people do on the page through to a world, and has it written
// down. While a story is played there nobody else does anything.
func (p *playgroundPage) byHand(shown *world, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path == "/api/read" || strings.HasPrefix(r.URL.Path, "/api/story/") {
			next.ServeHTTP(w, r)
			return
		}
		if on := p.story.Load(); on != nil && on.world == shown && on.player.Progress().Mode != story.Left {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusConflict)
			fmt.Fprint(w, `{"problem":"story_playing"}`)
			return
		}
		if r.URL.Path != "/api/clock/halt" {
			shown.settle(r.Context())
		}
		next.ServeHTTP(w, r)
	})
}

// settle lets what the bot has said be written down before anything else happens.
func (w *world) settle(ctx context.Context) {
	if recorder := w.recorder.Load(); recorder != nil {
		recorder.Settle(ctx)
	}
}

// Program starts the bot, stops or kills it, and has that written down.
func (w *world) Program(ctx context.Context, deed string) error {
	_, before := w.running()
	err := w.direct(ctx, deed)
	_, after := w.running()
	recorder := w.recorder.Load()
	if recorder == nil || (before == nil) == (after == nil) {
		return err
	}
	recorder.Program(map[string]story.Kind{sim.StartProgram: story.Start, sim.StopProgram: story.Stop, sim.KillProgram: story.Die}[deed])
	return err
}

// Recorded counts what was done by hand in the world that is shown.
func (p *playgroundPage) Recorded() (count int, possible bool) {
	recorder := p.present().recorder.Load()
	if recorder == nil {
		return 0, false
	}
	return recorder.Recorded(), true
}

// SaveStory writes down what has happened in the world that is shown, and plays
// it once in another to see whether it holds.
func (p *playgroundPage) SaveStory(ctx context.Context, title string) (sim.SavedStory, error) {
	recorder := p.present().recorder.Load()
	if recorder == nil {
		return sim.SavedStory{}, sim.ErrNoStory
	}
	script, err := recorder.Script(ctx, title)
	saved := sim.SavedStory{Name: script.Name, Text: string(script.Write()), Steps: len(script.Steps)}
	if err == nil {
		err = tryStory(ctx, script)
	}
	if err != nil {
		saved.Problem = err.Error()
	}
	return saved, nil
}

// tryStory plays a script in a world that nobody sees.
func tryStory(ctx context.Context, script story.Script) (err error) {
	folder, err := os.MkdirTemp("", "rembuk-story-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	w, stage, err := storyWorld(script, filepath.Join(folder, "rembuk.db"))
	if err != nil {
		return err
	}
	close(w.ready)
	defer func() { err = errors.Join(err, w.close()) }()
	return stage.Play(ctx, w.Hosted)
}

// written is what has happened in this world, as a script; empty when that is not
// known.
func (w *world) written() string {
	recorder := w.recorder.Load()
	if recorder == nil {
		return ""
	}
	return string(recorder.Written().Write())
}

// writeOn goes on with what has happened before this world came back.
func (w *world) writeOn(text string) {
	script, err := story.Read("kept.txtar", []byte(text))
	if err != nil {
		return // not known, or not to be said in a script: then nothing can be kept as a story here
	}
	zone := w.Now().Location()
	if recorder, found := story.Rejoin(script, w.telegram, w.Hosted, zone); found {
		w.recorder.Store(recorder)
	}
}
