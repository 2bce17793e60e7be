package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// savedWorld is what a world keeps beside the bot's database. In its file the
// first line is a checksum of the rest, the second this in JSON, and what follows
// is the local Telegram as it saved itself.
type savedWorld struct {
	Version  int       `json:"version"`
	World    string    `json:"world"`
	Clock    time.Time `json:"clock"`
	Owners   []int64   `json:"owners"`
	Story    string    `json:"story"` // what has happened, as a script; empty when that is not known
	telegram []byte
}

const savedVersion = 1

// save is the file of a world as it stands.
func (w *world) save() ([]byte, error) {
	telegram, err := w.telegram.Save()
	if err != nil {
		return nil, err
	}
	about, err := json.Marshal(savedWorld{Version: savedVersion, World: w.name, Clock: w.Now(), Owners: w.config.Owners,
		Story: w.written()})
	if err != nil {
		return nil, err
	}
	rest := append(append(about, '\n'), telegram...)
	return append(checksumLine(rest), rest...), nil
}

func checksumLine(rest []byte) []byte { return fmt.Appendf(nil, "sha256 %x\n", sha256.Sum256(rest)) }

// readSavedWorld reads such a file; nil if there is none.
func readSavedWorld(path string) (*savedWorld, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, plainPathError(err)
	}
	line, rest, _ := bytes.Cut(content, []byte("\n"))
	if !bytes.Equal(append(line, '\n'), checksumLine(rest)) {
		return nil, errors.New("the file is damaged")
	}
	about, telegram, _ := bytes.Cut(rest, []byte("\n"))
	saved := &savedWorld{telegram: telegram}
	if err := json.Unmarshal(about, saved); err != nil {
		return nil, fmt.Errorf("the file is damaged: %w", err)
	}
	if saved.Version != savedVersion {
		return nil, fmt.Errorf("the file is of version %d, which this program does not know", saved.Version)
	}
	if _, err := sim.Load(telegram, sim.Options{}); err != nil {
		return nil, err
	}
	return saved, nil
}

// numbersAfresh is more than the program may have given in the seconds between
// the last saving and its being killed.
const numbersAfresh = 1000

// goOn is the world as it was saved, over a database whose last event was at a
// moment: if that is later than what was saved, the program was killed meanwhile,
// and the clock stands behind it.
func (s *savedWorld) goOn(config Config, lastEvent time.Time, output io.Writer) (w *world, build func(context.Context) error, err error) {
	clock := NewMovableClock(minuteAfter(lastEvent, s.Clock))
	telegram, err := sim.Load(s.telegram, sim.Options{Now: clock.Now})
	if err != nil {
		return nil, nil, err
	}
	telegram.Skip(numbersAfresh)
	config.Owners = s.Owners
	if w, err = newWorld(telegram, clock, config, output); err != nil {
		return nil, nil, err
	}
	w.name = s.World
	return w, func(ctx context.Context) error {
		if err := w.Start(w.life); err != nil {
			return fmt.Errorf("the city could not go on: %w", err)
		}
		w.writeOn(s.Story)
		return w.rest(ctx)
	}, nil
}

// minuteAfter is a moment, or the minute after a later one.
func minuteAfter(later, moment time.Time) time.Time {
	if later.Before(moment) {
		return moment
	}
	return later.In(moment.Location()).Truncate(time.Minute).Add(time.Minute)
}

// numbersFrom is before every day a city may be on, and late enough for a
// thousand messages a minute to be numbered in the 32 bits that Telegram has.
var numbersFrom = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// comeBack puts the people of the sample city beside a database whose chats were
// not kept: groups are linked anew, and the day goes on. Since the numbers of
// before are not known, the minutes of the clock number messages, for that only
// moves on.
func comeBack(config Config, lastEvent time.Time, output io.Writer) (w *world, build func(context.Context) error, err error) {
	script, err := story.Read("playground.txtar", sampleCity)
	if err != nil {
		return nil, nil, err
	}
	begins, err := script.Begins(config.Zone)
	if err != nil {
		return nil, nil, err
	}
	begins = minuteAfter(lastEvent, begins)
	first := script.Steps[0]
	first.Date, first.Clock = begins.Format("2006-01-02"), begins.Format("15:04")
	script.Steps = []story.Step{first}
	w, stage, err := stagedWorld(script, config, 1000*int(begins.Sub(numbersFrom).Minutes()), output)
	if err != nil {
		return nil, nil, err
	}
	return w, func(ctx context.Context) error { return playInto(ctx, w, stage) }, nil
}
