package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store/storetest"
	"github.com/rembuk/rembuk/story"
	"go.uber.org/goleak"
)

// TestStories plays every conversation of testdata/stories against the whole
// program over HTTP.
func TestStories(t *testing.T) {
	before := goleak.IgnoreCurrent()
	files, err := filepath.Glob("testdata/stories/*.txtar")
	if err != nil || len(files) < 13 {
		t.Fatalf("found %d stories, %v", len(files), err)
	}
	t.Run("play", func(t *testing.T) {
		for _, file := range files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
				t.Parallel()
				playStory(t, file)
			})
		}
	})
	goleak.VerifyNone(t, before)
}

func playStory(t *testing.T, file string) {
	script, zone := readStory(t, file)
	playScript(t, script, zone)
}

// TestTheFirstStoryOverKills plays the story of an evaluation with a kill after each
// line: the sheet, every file, check, and the pack are what they would have been.
func TestTheFirstStoryOverKills(t *testing.T) {
	t.Parallel()
	script, zone := readStory(t, "testdata/stories/story_one.txtar")
	script.Settings["interrupt"] = "kill"
	playScript(t, script, zone)
}

func playScript(t *testing.T, script story.Script, zone *time.Location) {
	t.Helper()
	for _, complaint := range performScript(t, script, zone, func(*sim.Server, *story.Stage, *Hosted) {}) {
		t.Error(complaint)
	}
}

// performScript plays a script against the whole program after prepare, and gives what is not as it should be.
func performScript(t *testing.T, script story.Script, zone *time.Location, prepare func(*sim.Server, *story.Stage, *Hosted)) (complaints []error) {
	t.Helper()
	begins, err := script.Begins(zone)
	if err != nil {
		t.Fatal(err)
	}
	clock := NewMovableClock(begins)
	telegram := sim.New(sim.Options{Now: clock.Now})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	stage := story.NewStage(script, telegram, zone)
	manners := mannersIn(script)
	stage.Rule = manners.rule
	config := storyConfig(script, zone, stage.Owners())
	config.LogLevel = slog.LevelDebug
	config.API, config.Token = base, telegram.Token()
	config.Database = filepath.Join(t.TempDir(), "rembuk.db")
	storetest.Empty(t, config.Database)
	output := &keptOutput{}
	hosted := NewHosted(config, clock, telegram, output)
	prepare(telegram, stage, hosted)
	if err := stage.Play(t.Context(), hosted); err != nil {
		complaints = append(complaints, err)
	}
	for _, answer := range telegram.Answers() {
		for _, complaint := range manners.ofToast(answer.Text) {
			complaints = append(complaints, fmt.Errorf("%s, in this answer to a press: %s", complaint, answer.Text))
		}
	}
	for _, secret := range secrets(script, config.Token) {
		if strings.Contains(output.String(), secret) {
			complaints = append(complaints, fmt.Errorf("the log contains %q", secret))
		}
	}
	return complaints
}

func readStory(t *testing.T, file string) (story.Script, *time.Location) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	script, err := story.Read(file, data)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := zoneOf(script)
	if err != nil {
		t.Fatal(err)
	}
	return script, zone
}

// secrets are what a log may never contain: the token, and people's words.
func secrets(script story.Script, token string) []string {
	all := []string{token}
	for _, step := range script.Steps {
		if step.Kind == story.Say || step.Kind == story.Edit {
			if _, words, _ := strings.Cut(step.Text, " "); len(words) > 12 {
				all = append(all, words)
			}
		}
	}
	return all
}
