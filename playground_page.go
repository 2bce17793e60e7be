package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
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
	chat  http.Handler // of that world
}

// ServeHTTP shows the present world. While it comes about it can be looked at;
// whoever changes something waits until it is there. What a browser listens to
// ends with the world.
func (p *playgroundPage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mutex.Lock()
	shown, chat := p.shown, p.chat
	p.mutex.Unlock()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(shown.life, cancel)()
	if r.Method == http.MethodPost {
		select {
		case <-shown.ready:
		case <-ctx.Done():
			return
		}
	}
	chat.ServeHTTP(w, r.WithContext(ctx))
}

// show puts a world on the page and lets it come about in view. The one before
// must have ended.
func (p *playgroundPage) show(next *world, build func(context.Context) error) {
	next.page = p
	p.mutex.Lock()
	p.shown, p.chat = next, next.telegram.Page(next, p.hosts...)
	p.mutex.Unlock()
	go func() {
		defer next.telegram.Tell()
		defer close(next.ready)
		err := build(next.life)
		next.built.Store(err == nil)
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

// startOver ends the present world, forgets it, and shows another.
func (p *playgroundPage) startOver(empty bool) error {
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

// end ends the present world, the bot in order, and saves it where it is kept.
func (p *playgroundPage) end() error {
	p.mutex.Lock()
	shown := p.shown
	p.mutex.Unlock()
	if err := errors.Join(shown.close(), p.folder.kept()); err != nil {
		return fmt.Errorf("the city could not be ended in order: %w", err)
	}
	return nil
}
