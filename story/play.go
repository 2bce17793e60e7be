package story

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Play starts the program, plays the script to its end and stops the program again. The error is a *Failure when the
// story went otherwise than it was written.
func (s *Stage) Play(ctx context.Context, program Program) error {
	err := s.Perform(ctx, program)
	if s.running {
		err = errors.Join(err, s.stop(ctx))
	}
	return err
}

// Perform is Play, but leaves the program as it is at the end of the story.
func (s *Stage) Perform(ctx context.Context, program Program) error {
	if err := s.open(ctx, program); err != nil {
		return s.failure(Step{}, err)
	}
	if err := s.playSteps(ctx); err != nil {
		return err
	}
	return s.failure(Step{}, s.noViolations())
}

// open starts the program and brings about what the cast takes for granted.
func (s *Stage) open(ctx context.Context, program Program) error {
	s.program = program
	if err := s.start(ctx); err != nil {
		return err
	}
	return s.prepare(ctx)
}

func (s *Stage) playSteps(ctx context.Context) error {
	for i, step := range s.script.Steps {
		if err := s.playStep(ctx, step, s.script.endsAt(i)); err != nil {
			return s.failure(step, err)
		}
	}
	return s.failure(Step{}, s.allExpected())
}

// endsAt reports whether nothing happens meanwhile after the step with this index.
func (s Script) endsAt(i int) bool { return i+1 == len(s.Steps) || !s.Steps[i+1].Meanwhile }

func (s *Stage) playStep(ctx context.Context, step Step, wait bool) error {
	if !step.Acts() {
		return s.expectInTime(ctx, step)
	}
	if !step.Meanwhile {
		if err := s.allExpected(); err != nil {
			return err
		}
		if err := s.interrupt(ctx); err != nil {
			return err
		}
		s.watch.presses = nil
		for chat := range s.watch.changed {
			delete(s.watch.changed, chat)
		}
	}
	s.watch.told = append(s.watch.told, happening{at: s.program.Now(), step: step})
	if err := s.act(ctx, step); err != nil {
		return err
	}
	if !wait {
		return nil
	}
	if err := s.quiet(ctx); err != nil {
		return err
	}
	return s.allAnswered()
}

// interrupt restarts or kills the program between all lines when the script's settings say so.
func (s *Stage) interrupt(ctx context.Context) error {
	if !s.running || s.script.Settings["interrupt"] == "" {
		return nil
	}
	end := s.stop
	if s.script.Settings["interrupt"] == "kill" {
		end = s.kill
	}
	if err := end(ctx); err != nil {
		return err
	}
	if err := s.start(ctx); err != nil {
		return err
	}
	return s.quiet(ctx)
}

// allExpected is an error when the bot has said something that no line of the story expects.
func (s *Stage) allExpected() error {
	var unexpected []string
	for chat, messages := range s.watch.unread {
		for _, message := range messages {
			unexpected = append(unexpected, said(s.whereabouts(message), message))
		}
		delete(s.watch.unread, chat)
	}
	if len(unexpected) == 0 {
		return nil
	}
	return &Otherwise{"the bot said what no line before this one expects", strings.Join(unexpected, "\n")}
}

// allAnswered is an error when a press was not answered: its button would go on spinning.
func (s *Stage) allAnswered() error {
	for _, press := range s.watch.presses {
		if _, answered := s.telegram.Toast(press.id); !answered && s.running && !s.cut {
			return fmt.Errorf("the press of %s was not answered", press.who)
		}
	}
	return nil
}

func (s *Stage) noViolations() error {
	if violations := s.telegram.Violations(); len(violations) > 0 {
		return fmt.Errorf("calls that Telegram's Bot API does not describe:\n  %s", strings.Join(violations, "\n  "))
	}
	return nil
}

// quiet waits until the program has come to rest, and looks at what it has said.
func (s *Stage) quiet(ctx context.Context) error {
	if s.running {
		waiting, cancel := context.WithTimeout(ctx, s.patience())
		defer cancel()
		if err := s.program.Quiet(waiting); err != nil {
			return errors.Join(fmt.Errorf("the bot did not come to rest: %w", err), s.look())
		}
	}
	return s.look()
}

func (s *Stage) patience() time.Duration {
	if s.Patience == 0 {
		return 30 * time.Second
	}
	return s.Patience
}

// moveTo moves the clock on, from one thing that falls due to the next.
func (s *Stage) moveTo(ctx context.Context, moment time.Time) error {
	if moment.Before(s.program.Now()) {
		return fmt.Errorf("the clock already shows %s", s.program.Now().In(s.zone).Format("2006-01-02 15:04"))
	}
	for s.running && !s.cut {
		next, waits := s.program.Next()
		if !waits || next.After(moment) {
			break
		}
		if !next.After(s.program.Now()) {
			return fmt.Errorf("what was due at %s has not been said", next.In(s.zone).Format("2006-01-02 15:04"))
		}
		s.program.Set(next)
		if err := s.quiet(ctx); err != nil {
			return err
		}
	}
	s.program.Set(moment)
	return nil
}

func (s *Stage) start(ctx context.Context) error {
	if err := s.program.Start(ctx); err != nil {
		return fmt.Errorf("the program did not start: %w", err)
	}
	s.running = true
	return s.quiet(ctx)
}

func (s *Stage) stop(ctx context.Context) error {
	s.running = false
	if err := s.program.Stop(ctx); err != nil {
		return fmt.Errorf("the program did not stop: %w", err)
	}
	return s.awaitHangUp(ctx)
}

func (s *Stage) kill(ctx context.Context) error {
	s.running = false
	if err := s.program.Kill(); err != nil {
		return fmt.Errorf("the program could not be killed: %w", err)
	}
	return s.awaitHangUp(ctx)
}

// awaitHangUp waits until Telegram has noticed that the program's poll has ended, so that this poll is not taken for
// one of the program that is started next.
func (s *Stage) awaitHangUp(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, s.patience())
	defer cancel()
	changed, done := s.telegram.Subscribe()
	defer done()
	for s.telegram.PollWaiting() {
		select {
		case <-changed:
		case <-waiting.Done():
			return fmt.Errorf("a poll goes on although the program has ended: %w", waiting.Err())
		}
	}
	return nil
}
