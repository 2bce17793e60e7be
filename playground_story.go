package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// playedStory is a story in the place of the city, in a world of its own.
type playedStory struct {
	world  *world
	player *story.Player
	folder string
	end    context.CancelFunc // ends the player
	ended  chan struct{}
	taken  sync.Once // by whoever goes on by hand
}

// PlayStory puts a story in the place of the city, or of another story.
func (p *playgroundPage) PlayStory(name string, speed float64, paused bool) error {
	script, found := findStory(name)
	if !found {
		return sim.ErrNoStory
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	next, err := p.stageStory(script, speed, paused)
	if err != nil {
		return err
	}
	before := p.story.Swap(next)
	if before == nil {
		p.city = p.present()
		p.city.pace.set(0)
		p.city.Halt()
	}
	p.show(next.world, func(context.Context) error { return nil })
	return before.close()
}

// stageStory makes the world of a story, on a database of its own, and begins to play.
func (p *playgroundPage) stageStory(script story.Script, speed float64, paused bool) (*playedStory, error) {
	folder, err := os.MkdirTemp("", "rembuk-story-")
	if err != nil {
		return nil, err
	}
	w, stage, err := storyWorld(script, filepath.Join(folder, "rembuk.db"))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	ctx, end := context.WithCancel(w.life)
	next := &playedStory{world: w, folder: folder, end: end, ended: make(chan struct{}),
		player: story.NewPlayer(stage, speed, paused, w.telegram.Tell)}
	go func() {
		defer close(next.ended)
		next.player.Run(ctx, w.Hosted)
	}()
	return next, nil
}

// close ends everything of a story and removes it.
func (s *playedStory) close() error {
	if s == nil {
		return nil
	}
	s.end()
	<-s.ended
	return errors.Join(s.world.close(), os.RemoveAll(s.folder))
}

// takeOver ends the playing after the present step; from then on people act by hand, and it is written down.
func (s *playedStory) takeOver() {
	s.taken.Do(func() { s.world.recorder.Store(s.player.Leave()) })
}

// DirectStory does something with the story on the page.
func (p *playgroundPage) DirectStory(deed string, speed float64) error {
	if deed == sim.LeaveStory {
		return p.leaveStory()
	}
	shown := p.story.Load()
	if shown == nil {
		return sim.ErrNoStory
	}
	switch deed {
	case sim.GoOnWithStory:
		shown.player.Play(speed)
	case sim.PauseStory:
		shown.player.Pause()
	case sim.StepStory:
		shown.player.Step()
	case sim.TakeStory:
		shown.takeOver()
	default:
		return sim.ErrNoStory
	}
	return nil
}

// leaveStory brings the city back, as it was.
func (p *playgroundPage) leaveStory() error {
	p.turn.Lock()
	defer p.turn.Unlock()
	return p.endStory()
}

// endStory needs the turn. Nothing happens if no story is on the page.
func (p *playgroundPage) endStory() error {
	shown := p.story.Swap(nil)
	if shown == nil {
		return nil
	}
	p.put(p.city)
	return shown.close()
}

// Story is the one on the page.
func (p *playgroundPage) Story() *sim.StoryShown {
	on := p.story.Load()
	if on == nil {
		return nil
	}
	progress := on.player.Progress()
	shown := &sim.StoryShown{StoryTitle: titleOf(on.player.Script()), Mode: string(progress.Mode), Speed: progress.Speed,
		Done: len(progress.Outcomes), Failed: []sim.StoryFault{}}
	if progress.Problem != nil {
		shown.Problem = progress.Problem.Error()
	}
	for i, outcome := range progress.Outcomes {
		shown.Person, shown.Chat, shown.Thread = outcome.Person, outcome.Chat, outcome.Thread
		if outcome.Reason != "" {
			shown.Failed = append(shown.Failed, sim.StoryFault{Step: i, Reason: outcome.Reason, There: outcome.There})
		}
	}
	return shown
}

// StorySteps are those of the story on the page.
func (p *playgroundPage) StorySteps() []sim.StoryStep {
	on := p.story.Load()
	steps := []sim.StoryStep{}
	if on == nil {
		return steps
	}
	for _, step := range on.player.Script().Steps {
		gloss := step.Gloss
		step.Gloss = ""
		steps = append(steps, sim.StoryStep{Kind: string(step.Kind), Acts: step.Acts(), Who: step.Who, Place: step.Place.Name(),
			Private: step.Place.Person != "", On: step.On, Text: step.Text, Buttons: step.Buttons, Files: step.Files,
			Gloss: gloss, Line: step.String()})
	}
	return steps
}

// StoryTitles are the stories that can be played, those first that are explained
// most.
func (p *playgroundPage) StoryTitles() []sim.StoryTitle {
	titles := []sim.StoryTitle{}
	scripts := slices.Clone(readStories())
	slices.SortStableFunc(scripts, func(a, b story.Script) int { return glosses(b) - glosses(a) })
	for _, script := range scripts {
		titles = append(titles, titleOf(script))
	}
	return titles
}

func glosses(script story.Script) (count int) {
	for _, step := range script.Steps {
		if step.Gloss != "" {
			count++
		}
	}
	return count
}
