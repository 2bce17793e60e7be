package main

import (
	"bytes"
	"cmp"
	"embed"
	"io/fs"
	"log/slog"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// storyFiles are the stories that the tests play as well.
//
//go:embed testdata/stories
var storyFiles embed.FS

const storyFolder = "testdata/stories"

// readStories reads every story once.
var readStories = sync.OnceValue(func() []story.Script {
	entries, err := fs.ReadDir(storyFiles, storyFolder)
	if err != nil {
		panic("the stories are missing: " + err.Error())
	}
	var scripts []story.Script
	for _, entry := range entries {
		data, err := storyFiles.ReadFile(path.Join(storyFolder, entry.Name()))
		if err != nil {
			panic("the stories are missing: " + err.Error())
		}
		if script, err := story.Read(entry.Name(), data); err == nil { // a test reads and plays them all
			scripts = append(scripts, script)
		}
	}
	return scripts
})

func findStory(name string) (story.Script, bool) {
	for _, script := range readStories() {
		if titleOf(script).Name == name {
			return script, true
		}
	}
	return story.Script{}, false
}

func titleOf(script story.Script) sim.StoryTitle {
	return sim.StoryTitle{Name: strings.TrimSuffix(script.Name, ".txtar"), Title: script.Title, About: script.About, Steps: len(script.Steps)}
}

// storyWorld is a new world with the cast of a story, at its first moment.
func storyWorld(script story.Script, database string) (*world, *story.Stage, error) {
	zone, err := zoneOf(script)
	if err != nil {
		return nil, nil, err
	}
	begins, err := script.Begins(zone)
	if err != nil {
		return nil, nil, err
	}
	clock := NewMovableClock(begins)
	telegram := sim.New(sim.Options{Now: clock.Now})
	stage := story.NewStage(script, telegram, zone)
	config := storyConfig(script, zone, stage.Owners())
	config.Database, config.LogLevel = database, slog.LevelInfo
	w, err := newWorld(telegram, clock, config, &keptOutput{})
	if err != nil {
		return nil, nil, err
	}
	w.hurry(true)
	return w, stage, nil
}

func zoneOf(script story.Script) (*time.Location, error) {
	return time.LoadLocation(cmp.Or(script.Settings["zone"], "Asia/Makassar"))
}

// storyConfig is the usual configuration with what the script's settings change:
// "owners: none" leaves a claim link, "city: asked" leaves city and zone to be asked,
// "officer: none" names nobody who looks after personal data.
func storyConfig(script story.Script, zone *time.Location, owners []int64) Config {
	config := usualConfig()
	config.Pacing = false
	if script.Settings["owners"] != "none" {
		config.Owners = owners
	}
	if script.Settings["officer"] != "none" {
		config.Officer = sampleOfficer
	}
	if script.Settings["city"] != "asked" {
		config.City, config.Zone = "Kabupaten Teluk Marannu", zone
	}
	return config
}

// sampleOfficer looks after personal data in the sample city.
const sampleOfficer = "Dra. Rahmi Tandung, Sekretaris Diskominfo, pdp@telukmarannu.example"

// keptOutput keeps what is logged.
type keptOutput struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (o *keptOutput) Write(text []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.Write(text)
}

func (o *keptOutput) String() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.String()
}
