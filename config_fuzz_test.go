package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// FuzzReadConfig: whatever the file holds, it is read, or refused in one line that says
// what is allowed and shows no token.
func FuzzReadConfig(f *testing.F) {
	example, err := os.ReadFile("config.example.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example))
	for _, text := range []string{"", "[telegram]\ntoken = 5", "owners = [1, 2]", "owners = \"1,x\"", "[reminders]\ncron = \"@every 1h\"", "zone = \"Local\"", "rehearsal = \"2026-05-12T07:59:00+08:00@600\"",
		"city = [[1]]", "zone = 1979-05-27", "\xff", "[a.b.c]", "database = \"\\u0000\""} {
		f.Add(text)
	}
	file := filepath.Join(f.TempDir(), "rembuk.toml")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := readConfig(file, nil, nil)
		var mistake *configError
		switch {
		case err == nil:
		case !errors.As(err, &mistake):
			t.Errorf("refused without a cure: %v", err)
		case strings.Contains(err.Error(), "\n"):
			t.Errorf("refused in more than one line: %q", err)
		}
	})
}

// FuzzReadRehearsal: what is read as a rehearsal begins at some moment and goes on.
func FuzzReadRehearsal(f *testing.F) {
	for _, text := range []string{"2026-05-12T07:59:00+08:00@600", "off", "@", "2026-05-12T07:59:00Z@-1", "2026-05-12T07:59:00Z@1e9", "x@1", "2026-05-12T07:59:00Z@NaN"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var config Config
		if err := readRehearsal(&config, text); err != nil || config.Rehearsal.Speed == 0 {
			return
		}
		clock := NewRehearsalClock(config.Rehearsal)
		if first := clock.Now(); config.Rehearsal.Speed < 0 || clock.Now().Before(first) || first.Before(config.Rehearsal.Start.Add(-time.Second)) {
			t.Errorf("%q goes back: %+v", text, config.Rehearsal)
		}
	})
}

// FuzzReadSentences: a file of sentences is read, or refused with what is wrong in it.
func FuzzReadSentences(f *testing.F) {
	for _, text := range []string{"[id.start]\nwords = \"Mohon {Person}\"", "[id]\n\"start.words\" = \"x\"", "[xx]\na = \"b\"", "[id.idea]\nx = {one = \"a\", other = \"b\"}", "id = 5", "\x00"} {
		f.Add(text)
	}
	file := filepath.Join(f.TempDir(), "kalimat.toml")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var config Config
		if err := readSentences(&config, file); err != nil && strings.TrimSpace(err.Error()) == "" {
			t.Error("refused without a word")
		}
	})
}
