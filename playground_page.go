package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// playgroundPage is the browser's page with one world behind it at a time.
type playgroundPage struct {
	folder *playgroundFolder
	hosts  []string // under which the page may be asked for beside loopback
	output io.Writer
	failed func(error) // is told why a world could not come about

	turn  sync.Mutex // one change of worlds at a time
	mutex sync.Mutex
	shown *world
	chat  http.Handler    // of that world
	here  context.Context // ends when another world is shown
	leave context.CancelFunc

	city  *world // which comes back after the story
	story atomic.Pointer[playedStory]
}

// ServeHTTP shows the present world. A browser that listens goes on listening to
// the one that is shown next.
func (p *playgroundPage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for p.serve(w, r) && r.URL.Path == "/api/events" && r.Context().Err() == nil {
	}
}

// serve lets the present world answer, and reports whether another one has come
// meanwhile, which ends the answer. While a world comes about it can be looked at;
// whoever changes something waits until it is there.
func (p *playgroundPage) serve(w http.ResponseWriter, r *http.Request) (left bool) {
	p.mutex.Lock()
	shown, chat, here := p.shown, p.chat, p.here
	p.mutex.Unlock()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(here, cancel)()
	if r.Method == http.MethodPost {
		select {
		case <-shown.ready:
		case <-ctx.Done():
			return true
		}
	}
	chat.ServeHTTP(w, r.WithContext(ctx))
	return here.Err() != nil
}

// present is the world that is shown.
func (p *playgroundPage) present() *world {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.shown
}

// put puts a world on the page, in the place of the one before.
func (p *playgroundPage) put(next *world) {
	next.page, next.Stories = p, p
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.leave != nil {
		p.leave()
	}
	p.here, p.leave = context.WithCancel(context.Background())
	p.shown, p.chat = next, p.byHand(next, next.telegram.Page(next, p.hosts...))
}

// show puts a world on the page and lets it come about in view.
func (p *playgroundPage) show(next *world, build func(context.Context) error) {
	p.put(next)
	go func() {
		defer next.telegram.Tell()
		defer close(next.ready)
		err := build(next.life)
		next.built.Store(err == nil)
		debug.SetGCPercent(playgroundCollectAt)
		debug.FreeOSMemory()
		if err != nil && next.life.Err() == nil {
			p.failed(err)
		}
	}()
}

// begin shows the world that the folder keeps, or else the sample city.
func (p *playgroundPage) begin(ctx context.Context) error {
	next, build, err := p.folder.restore(ctx, p.output)
	if err != nil {
		return err
	}
	if next == nil {
		return p.showCity(false)
	}
	p.show(next, build)
	p.folder.keep(next, p.output)
	return nil
}

// showCity lets the sample city, or an empty one, come about.
func (p *playgroundPage) showCity(empty bool) error {
	if err := p.folder.begun(); err != nil {
		return err
	}
	next, build, err := newCity(empty, p.folder.database(), p.output)
	if err != nil {
		return err
	}
	p.show(next, build)
	p.folder.keep(next, p.output)
	return nil
}

// startOver ends the present world, forgets it, and shows another. A story begins
// anew.
func (p *playgroundPage) startOver(empty bool) error {
	if on := p.story.Load(); on != nil {
		return p.PlayStory(titleOf(on.player.Script()).Name, on.player.Progress().Speed, false)
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	if err := p.end(); err != nil {
		return err
	}
	if err := p.folder.clear(); err != nil {
		return err
	}
	return p.showCity(empty)
}

// end ends the city, the bot in order, and saves it where it is kept, and a story
// before.
func (p *playgroundPage) end() error {
	if err := errors.Join(p.endStory(), p.present().close(), p.folder.kept()); err != nil {
		return fmt.Errorf("the city could not be ended in order: %w", err)
	}
	return nil
}
