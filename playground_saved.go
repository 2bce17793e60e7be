package main

import (
	"bytes"
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
	telegram []byte
}

const savedVersion = 1

// save is the file of a world as it stands.
func (w *world) save() ([]byte, error) {
	var telegram []byte
	about, err := json.Marshal(savedWorld{Version: savedVersion, World: w.name, Clock: w.Now(), Owners: w.config.Owners})
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
	return saved, nil
}

// goOn is the world as it was saved, over a database whose last event was at a
// moment: if that is later than what was saved, the program was killed meanwhile,
// and the clock stands behind it. Without a saved world the people of the sample
// city come back to empty chats.
func (s *savedWorld) goOn(database string, lastEvent time.Time, output io.Writer) (*world, error) {
	config, err := cityConfig(database)
	if err != nil {
		return nil, err
	}
	if s == nil || len(s.telegram) == 0 {
		return comeBack(config, lastEvent, output)
	}
	begins := s.Clock
	if lastEvent.After(begins) {
		begins = lastEvent.Truncate(time.Minute).Add(time.Minute)
	}
	clock := NewMovableClock(begins)
	telegram := sim.New(sim.Options{Now: clock.Now})
	config.Owners = s.Owners
	w, err := newWorld(telegram, clock, config, output)
	if err != nil {
		return nil, err
	}
	w.name = s.World
	return w, nil
}

// numbersFrom is before every day a city may be on, and late enough for a
// thousand messages a minute to be numbered in the 32 bits that Telegram has.
var numbersFrom = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// comeBack puts the people of the sample city beside a database whose chats were
// not kept. The clock stands in the minute after the last event, and its minutes
// number messages anew, since the numbers of before are not known.
func comeBack(config Config, lastEvent time.Time, output io.Writer) (*world, error) {
	script, err := story.Read("playground.txtar", sampleCity)
	if err != nil {
		return nil, err
	}
	begins, err := script.Begins(config.Zone)
	if err != nil {
		return nil, err
	}
	if !lastEvent.Before(begins) {
		begins = lastEvent.Truncate(time.Minute).Add(time.Minute)
	}
	clock := NewMovableClock(begins)
	telegram := sim.New(sim.Options{Now: clock.Now, LastMessage: 1000 * int(begins.Sub(numbersFrom).Minutes())})
	config.Owners = story.NewStage(script, telegram, config.Zone).Owners()
	return newWorld(telegram, clock, config, output)
}
