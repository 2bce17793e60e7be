package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
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
	script, zone := readStory(t, "testdata/stories/story_one.txtar")
	script.Settings["interrupt"] = "kill"
	playScript(t, script, zone)
}

func playScript(t *testing.T, script story.Script, zone *time.Location) {
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
	stage.Rule = manners(script)
	config := storyConfig(script, zone, stage.Owners())
	config.LogLevel = slog.LevelDebug
	config.API, config.Token = base, telegram.Token()
	config.Database = filepath.Join(t.TempDir(), "rembuk.db")
	output := &keptOutput{}
	if err := stage.Play(t.Context(), NewHosted(config, clock, telegram, output)); err != nil {
		t.Error(err)
	}
	for _, secret := range secrets(script, config.Token) {
		if strings.Contains(output.String(), secret) {
			t.Errorf("the log contains %q", secret)
		}
	}
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

// never are words that no message of the bot contains (product.md, "How it talks").
var never = regexp.MustCompile(`(?i)\b(ditolak|gagal|error|terlambat!|wajib segera|kamu)(\W|$)`)

// unfinished is what a sentence shows whose placeholders were not filled.
var unfinished = regexp.MustCompile(`\{\{|\}\}|%!|<nil>|<no value>|</?[bi]>|&(lt|gt|amp);`)

// late is how lateness is put into words.
var late = regexp.MustCompile(`(?i)\b(lewat tenggat|melewati tenggat|terlambat|overdue)\b`)

// manners is what holds for every message of the bot in every story. What
// people have written themselves may come back as it is.
func manners(script story.Script) func(story.Place, sim.Shown) error {
	var written strings.Builder
	for _, step := range script.Steps {
		if step.Kind == story.Say || step.Kind == story.Edit {
			written.WriteString(step.Text + "\n")
		}
	}
	return func(place story.Place, message sim.Shown) error {
		for _, word := range never.FindAllString(message.Text, -1) {
			if !strings.Contains(written.String(), word) {
				return fmt.Errorf("the word %q never appears", word)
			}
		}
		for _, rest := range unfinished.FindAllString(message.Text, -1) {
			if !strings.Contains(written.String(), rest) {
				return fmt.Errorf("a placeholder or mark-up is left: %q", rest)
			}
		}
		if place.Group == "" {
			return nil
		}
		if lines := strings.Count(strings.TrimSpace(message.Text), "\n") + 1; isCard(message) && lines > 3 {
			return fmt.Errorf("a card in a group has at most three lines before its buttons, this has %d", lines)
		}
		return nobodyIsShamed(script.Cast, message.Text)
	}
}

func isCard(message sim.Shown) bool {
	for _, row := range message.Buttons {
		for _, button := range row {
			if button.Text == "Ubah tenggat" {
				return true
			}
		}
	}
	return false
}

// nobodyIsShamed looks for a mark of lateness beside a name, in a group.
func nobodyIsShamed(cast story.Cast, text string) error {
	for line := range strings.Lines(text) {
		if !late.MatchString(line) {
			continue
		}
		for _, person := range cast.People {
			for _, name := range strings.Fields(person.Name) {
				if len(name) > 3 && strings.Contains(line, name) {
					return errors.New("groups see counts: a mark of lateness stands beside a name")
				}
			}
		}
	}
	return nil
}

func TestManners(t *testing.T) {
	script := story.Script{Cast: story.Cast{People: []story.Person{{Name: "Baso Irfandi"}}},
		Steps: []story.Step{{Kind: story.Say, Text: "/tugas_baru <i>Mesin gagal</i>"}}}
	group, private := story.Place{Group: "Pokja"}, story.Place{Person: "Baso Irfandi"}
	card := [][]sim.Button{{{Text: "Siap"}, {Text: "Ubah tenggat"}}}
	for name, row := range map[string]struct {
		place   story.Place
		message sim.Shown
		good    bool
	}{
		"a card":                 {group, sim.Shown{Text: "T-1 Rekap\nBaso\nBaru", Buttons: card}, true},
		"a card of four lines":   {group, sim.Shown{Text: "T-1\nRekap\nBaso\nBaru", Buttons: card}, false},
		"a longer private card":  {private, sim.Shown{Text: "T-1\nRekap\nBaso\nBaru", Buttons: card}, true},
		"a longer status":        {group, sim.Shown{Text: "1\n2\n3\n4"}, true},
		"a rude word":            {private, sim.Shown{Text: "Permintaan Ditolak."}, false},
		"a rude word at the end": {private, sim.Shown{Text: "untuk kamu"}, false},
		"a part of a word":       {private, sim.Shown{Text: "kamus gagalnya"}, true},
		"late in a group":        {group, sim.Shown{Text: "Baso: melewati tenggat 2 hari"}, false},
		"late in private":        {private, sim.Shown{Text: "Baso: melewati tenggat 2 hari"}, true},
		"a count in a group":     {group, sim.Shown{Text: "2 lewat tenggat\nBaso: T-1"}, true},
		"an empty placeholder":   {private, sim.Shown{Text: "Halo {{.Name}}"}, false},
		"mark-up shown":          {private, sim.Shown{Text: "&lt;b&gt;"}, false},
		"mark-up of ours":        {private, sim.Shown{Text: "<b>Rekap</b>"}, false},
		"people's own words":     {private, sim.Shown{Text: "T-1 <i>Mesin gagal</i>"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if err := manners(script)(row.place, row.message); (err == nil) != row.good {
				t.Errorf("got %v", err)
			}
		})
	}
}
